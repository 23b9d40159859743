package gemm

import (
	"fmt"

	"descent/dl/internal/par"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Epilogue is what happens to each element of the product before it is
// stored: the bias is added, then ReLU is taken. The zero value does nothing.
type Epilogue struct {
	// Bias has one element per column of c, or per row when BiasPerRow.
	Bias       []float32
	BiasPerRow bool
	ReLU       bool
}

// Sgemm computes c = alpha·op(a)·op(b) + beta·c, where op(a) is m×k, op(b) is
// k×n, and op transposes when the flag is set. With beta zero c is not read.
func Sgemm(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	SgemmEpilogue(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, nil)
}

// SgemmEpilogue is Sgemm followed by the epilogue; e may be nil.
func SgemmEpilogue(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int, e *Epilogue) {
	check(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, e)
	if m == 0 || n == 0 {
		return
	}
	if k > 0 && alpha != 0 && useVector() {
		vector(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, e)
		return
	}
	portable(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, e)
}

// Dgemm is Sgemm in float64, by gonum, but that zero times an infinity or NaN is NaN.
func Dgemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	if m == 0 || n == 0 {
		return
	}
	dgemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	if k > 0 && alpha != 0 {
		spread(transA, transB, m, n, k, alpha, a, lda, b, ldb, c, ldc)
	}
}

func dgemm(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	t := func(trans bool) blas.Transpose {
		if trans {
			return blas.Trans
		}
		return blas.NoTrans
	}
	// Rows that are a multiple of gonum's blocks: the sums stay the same.
	const rows, long = 256, 1 << 30
	if m*n*k < long {
		gonum.Implementation{}.Dgemm(t(transA), t(transB), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	for i := 0; i < m; i += rows {
		par.Poll()
		at := i * lda
		if transA {
			at = i
		}
		gonum.Implementation{}.Dgemm(t(transA), t(transB), min(rows, m-i), n, k, alpha, a[at:], lda, b, ldb, beta, c[i*ldc:], ldc)
	}
}

// check panics when a matrix does not fit in its slice.
func check(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, e *Epilogue) {
	if m < 0 || n < 0 || k < 0 {
		panic(fmt.Sprintf("gemm: negative dimension: m=%d n=%d k=%d", m, n, k))
	}
	if m == 0 || n == 0 {
		return
	}
	fits := func(name string, trans bool, rows, cols, ld, length int) {
		if trans {
			rows, cols = cols, rows
		}
		if rows > 0 && cols > 0 && (ld < cols || length < (rows-1)*ld+cols) {
			panic(fmt.Sprintf("gemm: %s: %d×%d with leading dimension %d does not fit in %d elements", name, rows, cols, ld, length))
		}
	}
	fits("a", transA, m, k, lda, len(a))
	fits("b", transB, k, n, ldb, len(b))
	fits("c", false, m, n, ldc, len(c))
	if e != nil && e.Bias != nil {
		want := n
		if e.BiasPerRow {
			want = m
		}
		if len(e.Bias) < want {
			panic(fmt.Sprintf("gemm: bias has %d elements, want %d", len(e.Bias), want))
		}
	}
}
