//go:build amd64 || arm64

package gemm

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMultiplyInPlace compares with sums in float64, for all widths and for
// left operands in rows and in columns.
func TestMultiplyInPlace(t *testing.T) {
	_, width, ok := Tiles()
	if !ok {
		return // nothing to test without micro-kernels
	}
	r := rand.New(rand.NewPCG(1, 2))
	var q Packer
	for _, m := range []int{1, 5, 6, 7, 29} {
		for _, k := range []int{1, 4, 33} {
			for cols := 1; cols <= width; cols++ {
				for _, byColumns := range []bool{false, true} {
					a, panel, c := make([]float32, m*k), make([]float32, k*width), make([]float32, m*(cols+1))
					for _, s := range [][]float32{a, panel, c} {
						for i := range s {
							s[i] = float32(r.NormFloat64())
						}
					}
					p := InPlace{A: a, Row: k, Step: 1, M: m, K: k, Panel: panel, Cols: cols, C: c, LDC: cols + 1, Add: cols%2 == 0}
					if byColumns {
						p.Row, p.Step = 1, m
					}
					before := append([]float32(nil), c...)
					q.MultiplyInPlace(&p)
					for i := range m {
						for j := range cols + 1 {
							at := i*(cols+1) + j
							want := float64(before[at])
							if j < cols {
								if !p.Add {
									want = 0
								}
								for s := range k {
									want += float64(a[i*p.Row+s*p.Step]) * float64(panel[s*width+j])
								}
							}
							if !(math.Abs(float64(c[at])-want) <= 1e-4) {
								t.Fatalf("m=%d k=%d cols=%d by columns %v: element (%d,%d) is %v, want %v", m, k, cols, byColumns, i, j, c[at], want)
							}
						}
					}
				}
			}
		}
	}
}
