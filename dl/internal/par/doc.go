// Package par runs a loop on several processors.
//
//	par.For(len(x), 4096, func(lo, hi int) {
//		simd.Exp(y[lo:hi], x[lo:hi])
//	})
//
// The range is cut into chunks that depend on its length and the grain only,
// never on GOMAXPROCS or on timing: a reduction that keeps one partial result
// per chunk (see Chunks) and adds them in order gives the same bits
// everywhere. Which goroutine runs a chunk is not defined.
//
// Helper goroutines spin for a short while after a loop before they park,
// since waking a parked thread takes longer than many of the loops here. They
// spin only while that has lately paid off, give way to other goroutines
// while spinning, and spin less when the operating system takes their
// processor away. A loop never waits for a helper that has not started: what
// nobody has begun, the caller does itself.
//
// A panic in the body reaches the caller of For with its value. Loops may be
// nested and started from many goroutines. The package is not a general
// scheduler: bodies must not wait for each other.
package par
