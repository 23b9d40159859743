package dl

import (
	"math"
	"runtime"
	"testing"
)

// Products of rows of every kind of length, of columns and of everything
// equal those of float64, with the same bits for any number of processors.
func TestProdLong(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, shape := range [][]int{{3, 1, 2}, {2, 5, 1}, {2, 1023, 1}, {3, 1024, 1}, {2, 1300, 1}, {1, 40000, 1}, {2, 70, 600}, {1, 0, 3}} {
		x := Rand(shape...).MulScalar(0.02).AddScalar(0.99)
		want := make([]float64, shape[0]*shape[2])
		for i := range want {
			want[i] = 1
			for r := range shape[1] {
				want[i] *= x.At(i/shape[2], r, i%shape[2])
			}
		}
		var first []float64
		for _, procs := range []int{1, 3} {
			runtime.GOMAXPROCS(procs)
			got := x.Prod(1).Float64s()
			if x.n > 0 && shape[2] == 1 {
				running := x.CumProd(1).Narrow(1, shape[1]-1, 1).Float64s()
				for i, w := range want {
					if math.Abs(running[i]-w) > 1e-6*w {
						t.Errorf("%v: last running product %g, want %g", shape, running[i], w)
					}
				}
			}
			for i, w := range want {
				if math.Abs(got[i]-w) > 1e-5*w {
					t.Errorf("%v: product %d is %g, want %g", shape, i, got[i], w)
				}
				if first != nil && got[i] != first[i] {
					t.Errorf("%v: %g with one processor, %g with %d", shape, first[i], got[i], procs)
				}
			}
			first = got
		}
	}
}
