package gemm

import "descent/dl/internal/par"

// portableRows is the height of the strips that portable shares out.
const portableRows = 16

// portable is the Go twin of the assembly.
func portable(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int, e *Epilogue) {
	ars, acs := lda, 1
	if transA {
		ars, acs = 1, lda
	}
	// Strips of less than some 20 µs are not worth sharing.
	grain := portableRows
	for grain*n*k < 1<<15 && grain < m {
		grain *= 2
	}
	par.For(m, grain, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			row := c[i*ldc : i*ldc+n]
			scale(row, beta)
			switch {
			case k == 0 || alpha == 0:
			case transB:
				for j := range row {
					row[j] += alpha * dotStrided(k, a[i*ars:], acs, b[j*ldb:j*ldb+k])
				}
			default:
				addRows(row, k, alpha, a[i*ars:], acs, b, ldb)
			}
			e.apply(row, i)
		}
	})
}

// scale multiplies by beta; zero also clears NaN.
func scale(x []float32, beta float32) {
	switch beta {
	case 0:
		clear(x)
	case 1:
	default:
		for i := range x {
			x[i] *= beta
		}
	}
}

// addRows adds alpha·Σ a[p]·b[p,:] to row, four rows of b at a time.
func addRows(row []float32, k int, alpha float32, a []float32, acs int, b []float32, ldb int) {
	n := len(row)
	p := 0
	for ; p+4 <= k; p += 4 {
		a0, a1 := alpha*a[p*acs], alpha*a[(p+1)*acs]
		a2, a3 := alpha*a[(p+2)*acs], alpha*a[(p+3)*acs]
		b0 := b[p*ldb:][:n]
		b1 := b[(p+1)*ldb:][:n]
		b2 := b[(p+2)*ldb:][:n]
		b3 := b[(p+3)*ldb:][:n]
		for j := range row {
			row[j] += a0*b0[j] + a1*b1[j] + a2*b2[j] + a3*b3[j]
		}
	}
	for ; p < k; p++ {
		a0 := alpha * a[p*acs]
		b0 := b[p*ldb:][:n]
		for j := range row {
			row[j] += a0 * b0[j]
		}
	}
}

func dotStrided(k int, a []float32, acs int, b []float32) float32 {
	var s [4]float32
	p := 0
	for ; p+4 <= k; p += 4 {
		s[0] += a[p*acs] * b[p]
		s[1] += a[(p+1)*acs] * b[p+1]
		s[2] += a[(p+2)*acs] * b[p+2]
		s[3] += a[(p+3)*acs] * b[p+3]
	}
	for ; p < k; p++ {
		s[0] += a[p*acs] * b[p]
	}
	return (s[0] + s[1]) + (s[2] + s[3])
}

// apply runs the epilogue on row i.
func (e *Epilogue) apply(row []float32, i int) {
	if e == nil {
		return
	}
	switch {
	case e.Bias == nil:
	case e.BiasPerRow:
		v := e.Bias[i]
		for j := range row {
			row[j] += v
		}
	default:
		for j, v := range e.Bias[:len(row)] {
			row[j] += v
		}
	}
	if e.ReLU {
		for j, v := range row {
			if v < 0 {
				row[j] = 0
			}
		}
	}
}
