// Package simd has the inner loops of dl over contiguous float32 slices, in
// AVX2, AVX-512 or NEON assembly where the processor has it and in Go
// everywhere.
//
//	simd.Mul(y, x, w)  // y[i] = x[i]*w[i]
//	simd.Exp(y, y)
//	s := simd.Sum(y)
//
// Slices of one call have the length of dst; longer ones are cut, shorter
// ones panic. dst may be one of the sources; other overlaps are not allowed.
// Functions that do not name a bound give the same bits on every level.
// Everything runs on the caller's goroutine: package par splits the work.
//
// The assembly is written by the generator in dl/internal/asm. The kernels with
// AVX-512 have the bits of those with AVX2: sums have 32 partial sums and a tree
// whatever the width of a vector.
package simd
