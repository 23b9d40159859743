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
// # Where the time goes
//
// One core of an EPYC with AVX2, of its measured peak of 101 GFLOP/s: a tile
// whose operands lie in the first two caches reaches 98 to 100 %, a whole
// product with operands that are packed already 95 to 98 %. Packing takes 2 % of
// 1024³, 4 % of 512³, and 8 to 11 % where a side has 128 rows or fewer to share it
// among (128×2048×512, 64×9216×128: 84 to 87 % are left). The rest is memory: c,
// which every 320 steps along k are added to, and operands that come from afar.
// Deeper or shallower blocks (256 to 512 steps, 72 to 192 rows) change the whole
// by less than 2 %. Two cores share the last cache and the memory.
//
// The package is not a BLAS: there are no other routines, and float64 goes to
// gonum.
package gemm
