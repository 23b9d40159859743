// Package pool keeps large buffers between uses, so that a training step
// does not make garbage.
//
//	buf := pool.Float32s(n) // contents undefined
//	defer pool.Put(buf)
//
// Buffers come in size classes (four per power of two). What has not been
// asked for during two cycles of the garbage collector is handed to it.
//
// A buffer that was put back must not be used by the one who put it: the
// next caller owns it. The package is not a replacement for make where the
// lifetime of a buffer is not known.
package pool
