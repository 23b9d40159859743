package gemm

import "math"

// spread puts NaN where a product of zero with an infinity or a NaN of b belongs:
// gonum leaves out the products with the zeros of a, as if all of b were finite.
func spread(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, c []float64, ldc int) {
	rows, cols := k, n
	if transB {
		rows, cols = n, k
	}
	for r := range rows {
		for s, v := range b[r*ldb : r*ldb+cols] {
			if v-v == 0 {
				continue
			}
			l, j := r, s
			if transB {
				l, j = s, r
			}
			for i := range m {
				at := i*lda + l
				if transA {
					at = l*lda + i
				}
				if alpha*a[at] == 0 {
					c[i*ldc+j] = math.NaN()
				}
			}
		}
	}
}
