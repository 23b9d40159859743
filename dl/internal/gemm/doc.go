// Package gemm multiplies matrices of float32.
//
// Matrices are row-major with a leading dimension, as in gonum's blas32:
//
//	// c[m,n] = a[m,k] · b[k,n]
//	gemm.Sgemm(false, false, m, n, k, 1, a, k, b, n, 0, c, n)
//
//	// a linear layer: y = relu(x·wᵀ + bias), w stored [out, in]
//	gemm.SgemmEpilogue(false, true, batch, out, in, 1, x, in, w, in, 0, y, out,
//		&gemm.Epilogue{Bias: bias, ReLU: true})
//
// The micro-kernels are AVX2, AVX-512 or NEON assembly written by the generator in
// dl/internal/asm, or Go. Large products run in parallel; the bits of the
// result depend on the shape and on the level of package cpu, not on
// GOMAXPROCS. Levels differ in the rounding and order of the additions along
// k, by no more than the usual bound k·2⁻²⁴·Σ|a||b| per element.
//
// The package is not a BLAS: there are no other routines, and float64 goes to
// gonum.
package gemm
