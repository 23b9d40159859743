// Command asm writes the assembly of dl/internal/gemm, simd, conv and fft.
//
//	go generate ./dl/internal/gemm ./dl/internal/simd ./dl/internal/conv ./dl/internal/fft
//
// It is written with avo: instructions are Go calls, registers are allocated.
// The kernels for AVX2 and AVX-512 come from the same functions wherever the
// two differ in the width and the masks only; those for NEON are translated
// from AVX2 by package neon. What it writes is committed; a test checks that it
// is up to date, and others interpret it with package interp, so that AVX-512
// is verified on processors that lack it.
package main
