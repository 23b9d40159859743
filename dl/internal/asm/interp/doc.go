// Package interp runs assembly for amd64 without a processor: it reads the
// files that the generator wrote and interprets their instructions, AVX-512
// among them, on registers and memory of its own. So tests verify kernels that
// the machine they run on cannot execute, and see every access out of bounds.
//
// It knows the instructions that the kernels use and stops at any other. The
// values of NaNs are not followed: a NaN stays one, with some payload.
//
// That it does what processors do is tested where the kernels are: those for
// AVX2 have the same results interpreted and executed.
package interp
