// Package recycle hands out large buffers and takes them back when nothing
// refers to them any more, without being told.
//
// Results of tensor operations are short-lived and large. Left to the Go
// allocator, each costs a clearing and often the page faults of fresh memory:
// several times the arithmetic of an addition. Giving buffers back by hand is
// no way out either, since any slice of a tensor's memory, in a kernel that is
// still running or in a user's variable, would silently see the memory change.
//
// Here the garbage collector decides. Every buffer carries a finalizer, which
// runs only when no pointer into the buffer exists anywhere, slices of it
// included; it puts the buffer on a free list instead of letting it go. When
// the lists run dry after much was handed out, a collection is started, the later
// the longer it takes.
//
// # What a plain loop costs
//
// A buffer that the collector gives back has left the caches: between two
// collections 60 MiB and more are handed out, since one takes 1.4 to 5 ms in a
// session, and collecting sooner costs more than it saves.
// An ordinary store reads such memory before it overwrites it. Results says so,
// and large ones are stored past the caches instead. Microseconds for 4 MiB on
// one core of an EPYC with AVX2, operands in the caches, least of many:
//
//	                                  add   copy
//	into a buffer just freed          188    120
//	into one given back, stored past  193    191
//	into one given back, ordinary     429    363
//
// The rest is the processor's bandwidth to memory, 22 GB/s for a core that
// writes: reading the operands hides behind it in an addition, not in a copy.
// It remains to who frees the result (dl's Tensor.Free), which no rule here can
// do for them: a view, a graph or a goroutine may still hold it.
package recycle
