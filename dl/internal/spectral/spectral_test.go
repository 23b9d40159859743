package spectral

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// matrices are symmetric ones of all kinds, as functions of n.
var matrices = map[string]func(r *rand.Rand, n int) []float64{
	"random": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return r.NormFloat64() })
	},
	"zero": func(r *rand.Rand, n int) []float64 { return make([]float64, n*n) },
	"identity": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return kind(i == j) })
	},
	"ones": func(r *rand.Rand, n int) []float64 { return symmetric(n, func(i, j int) float64 { return 1 }) },
	"graded": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return math.Pow(10, -float64(i+j)/4) * (1 + r.Float64()) })
	},
	"graded up": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return math.Pow(10, float64(i+j)/8) * (1 + r.Float64()) })
	},
	"huge": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return 1e300 * r.NormFloat64() })
	},
	"small": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return 1e-300 * r.NormFloat64() })
	},
	"clustered": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return kind(i == j) + 1e-12*r.NormFloat64() })
	},
	"tridiagonal": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return 2*kind(i == j) - kind(i == j+1) })
	},
	"two halves": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return kind((i < n/2) == (j < n/2)) * r.NormFloat64() })
	},
	"integers": func(r *rand.Rand, n int) []float64 {
		return symmetric(n, func(i, j int) float64 { return float64(r.IntN(3) - 1) })
	},
}

func kind(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func symmetric(n int, f func(i, j int) float64) []float64 {
	a := make([]float64, n*n)
	for i := range n {
		for j := range i + 1 {
			v := f(i, j)
			a[i*n+j], a[j*n+i] = v, v
		}
	}
	return a
}

var sizes = []int{1, 2, 3, 5, 8, 33, 61}

func TestSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, f := range matrices {
		for _, n := range sizes {
			a := f(r, n)
			v, values := slices.Clone(a), make([]float64, n)
			if !Symmetric(n, v, values) {
				t.Errorf("%s %d: not found", name, n)
				continue
			}
			if !slices.IsSorted(values) {
				t.Errorf("%s %d: values %v", name, n, values)
			}
			size := normOf(a)
			where := fmt.Sprint(name, " ", n)
			orthonormal(t, where, mat.NewDense(n, n, v))
			limit := 4e-15 * float64(n) * size
			for i := range n {
				for j := range n { // A·v = λ·v
					sum := 0.0
					for k := range n {
						sum += a[i*n+k] * v[k*n+j]
					}
					if d := math.Abs(sum - values[j]*v[i*n+j]); !(d <= limit) {
						t.Fatalf("%s: vector %d is off by %g, at most %g", where, j, d, limit)
					}
				}
			}
			var twin mat.EigenSym
			if !twin.Factorize(mat.NewSymDense(n, divided(a)), false) {
				t.Fatalf("%s: gonum finds none", where)
			}
			for i, want := range twin.Values(nil) {
				want *= largest(a)
				if !(math.Abs(values[i]-want) <= limit) {
					t.Errorf("%s: value %d is %g, want %g", where, i, values[i], want)
				}
			}
		}
	}
}

func normOf(a []float64) float64 { return largest(a) * math.Sqrt(float64(len(a))) }

// largest is the size of the largest element, 1 if all are zero.
func largest(a []float64) float64 {
	most := 0.0
	for _, v := range a {
		most = max(most, math.Abs(v))
	}
	if most == 0 {
		return 1
	}
	return most
}

// divided has 1 as its largest element: gonum is not safe with others.
func divided(a []float64) []float64 {
	d := slices.Clone(a)
	for i := range d {
		d[i] /= largest(a)
	}
	return d
}

func orthonormal(t *testing.T, where string, v *mat.Dense) {
	t.Helper()
	_, n := v.Dims()
	var p mat.Dense
	p.Mul(v.T(), v)
	for i := range n {
		for j := range n {
			if d := math.Abs(p.At(i, j) - kind(i == j)); !(d <= 3e-15*float64(n+10)) {
				t.Fatalf("%s: vectors %d and %d are off by %g", where, i, j, d)
			}
		}
	}
}

func TestSingular(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for name, f := range matrices {
		for _, m := range sizes {
			for _, n := range []int{m, 1 + m/2, 2 * m} {
				square := f(r, max(m, n))
				a := make([]float64, 0, m*n)
				for i := range m {
					a = append(a, square[i*max(m, n):][:n]...)
				}
				testSingular(t, fmt.Sprintf("%s %d×%d", name, m, n), m, n, a)
			}
		}
	}
}

func testSingular(t *testing.T, where string, m, n int, a []float64) {
	k := min(m, n)
	u, s, vt := make([]float64, m*k), make([]float64, k), make([]float64, k*n)
	if !Singular(m, n, slices.Clone(a), u, s, vt) {
		t.Fatalf("%s: not found", where)
	}
	orthonormal(t, where+" left", mat.NewDense(m, k, u))
	orthonormal(t, where+" right", mat.DenseCopyOf(mat.NewDense(k, n, vt).T()))
	limit := 4e-15 * float64(m+n) * normOf(a)
	for i := range m {
		for j := range n {
			sum := 0.0
			for p := range k {
				sum += u[i*k+p] * s[p] * vt[p*n+j]
			}
			if d := math.Abs(sum - a[i*n+j]); !(d <= limit) {
				t.Fatalf("%s: element %d, %d is off by %g, at most %g", where, i, j, d, limit)
			}
		}
	}
	var twin mat.SVD
	if !twin.Factorize(mat.NewDense(m, n, divided(a)), mat.SVDNone) {
		t.Fatalf("%s: gonum finds none", where)
	}
	for i, want := range twin.Values(nil) {
		want *= largest(a)
		if !(math.Abs(s[i]-want) <= limit) || s[i] < 0 || i > 0 && s[i] > s[i-1] {
			t.Errorf("%s: value %d is %g, want %g", where, i, s[i], want)
		}
	}
}

func TestNotFinite(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if Symmetric(2, []float64{1, v, v, 1}, make([]float64, 2)) || Singular(2, 2, []float64{1, v, 0, 1}, make([]float64, 4), make([]float64, 2), make([]float64, 4)) {
			t.Errorf("%v: found", v)
		}
	}
}

// TestProcessors wants the same bits for any number of them.
func TestProcessors(t *testing.T) {
	const n = 70
	a := matrices["random"](rand.New(rand.NewPCG(5, 6)), n)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var want [][]float64
	for _, procs := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(procs)
		v, values := slices.Clone(a), make([]float64, n)
		u, s, vt := make([]float64, n*n), make([]float64, n), make([]float64, n*n)
		if !Symmetric(n, v, values) || !Singular(n, n, slices.Clone(a), u, s, vt) {
			t.Fatal("not found")
		}
		got := [][]float64{v, values, u, s, vt}
		if procs == 1 {
			want = got
			continue
		}
		for i := range got {
			if !slices.Equal(got[i], want[i]) {
				t.Errorf("output %d has other bits on %d processors", i, procs)
			}
		}
	}
}
