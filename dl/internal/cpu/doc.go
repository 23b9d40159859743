// Package cpu says which instruction sets the kernels of dl may use.
//
// The level is found once, at program start, from the processor and from
// what the operating system saves across context switches. The environment
// variable DESCENT_CPU (portable, avx2, avx512 or neon) forces a level; a value
// that is unknown, or that this machine cannot run, stops the program with a
// message that says so, because silently running something else would make
// measurements and bug reports lie.
//
//	if cpu.Active() > cpu.Portable {
//		addAsm(dst, a, b)
//	}
//
// It is not a general feature list: only the levels that dl has kernels for.
package cpu
