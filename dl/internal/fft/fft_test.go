package fft

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// plain is a transform as it is defined, of rows of n pairs.
func plain(src []float64, n int, inverse bool) []float64 {
	sign := -1.0
	if inverse {
		sign = 1
	}
	dst, roots := make([]float64, len(src)), make([]complex128, n)
	for j := range roots {
		roots[j] = cmplx.Rect(1, sign*2*math.Pi*float64(j)/float64(n))
	}
	for r := 0; r < len(src); r += 2 * n {
		for k := range n {
			var sum complex128
			for j := range n {
				sum += complex(src[r+2*j], src[r+2*j+1]) * roots[j*k%n]
			}
			dst[r+2*k], dst[r+2*k+1] = real(sum), imag(sum)
		}
	}
	return dst
}

// lengths has every kind of plan: odd primes, powers, a convolution, and long
// signals that go alone.
func lengths() []int {
	l := []int{60, 64, 97, 100, 120, 127, 128, 194, 210, 256, 289, 400, 2 * 17 * 3, 2048, 2056, 4096}
	for n := 1; n <= 40; n++ {
		l = append(l, n)
	}
	return l
}

func random[T Float](r *rand.Rand, n int) ([]T, []float64) {
	a, b := make([]T, n), make([]float64, n)
	for i := range a {
		a[i] = T(r.NormFloat64())
		b[i] = float64(a[i])
	}
	return a, b
}

// near compares within a few units of the whole row's norm, as errors of a
// transform spread.
func near[T Float](t *testing.T, what string, got []T, want []float64, row int) {
	t.Helper()
	eps := 0x1p-24
	if _, wide := any(got).([]float64); wide {
		eps = 0x1p-53
	}
	for r := 0; r < len(want); r += row {
		norm, worst := 0.0, 0.0
		for i := r; i < r+row; i++ {
			norm += want[i] * want[i]
			if d := math.Abs(float64(got[i]) - want[i]); !(d <= worst) {
				worst = d
			}
		}
		// The plain sum's own error grows with the row.
		if limit := 8 * eps * math.Sqrt(norm); !(worst <= limit) && !(worst <= 40*0x1p-53*math.Sqrt(norm*float64(row))) {
			t.Fatalf("%s: off by %g in row %d, at most %g", what, worst, r/row, limit)
		}
	}
}

func testRows[T Float](t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range lengths() {
		for _, rows := range []int{1, 3, 13} {
			if n > 300 && rows > 3 {
				continue
			}
			name := fmt.Sprintf("%T n %d rows %d", T(0), n, rows)
			src, exact := random[T](r, rows*n*2)
			for _, inverse := range []bool{false, true} {
				got := make([]T, len(src))
				Complex(got, src, n, inverse)
				near(t, fmt.Sprint(name, " inverse ", inverse), got, plain(exact, n, inverse), 2*n)
			}
			signal, wide := random[T](r, rows*n)
			w := 2 * (n/2 + 1)
			got := make([]T, rows*w)
			Real(got, signal, n)
			pairs := make([]float64, 2*len(wide))
			for i, v := range wide {
				pairs[2*i] = v
			}
			full := plain(pairs, n, false)
			want := make([]float64, 0, rows*w)
			for k := range rows {
				want = append(want, full[2*n*k:][:w]...)
			}
			near(t, name+" real", got, want, w)
			back := make([]T, len(signal))
			RealInverse(back, got, n)
			near(t, name+" real, there and back", back, wide, n)
		}
	}
}

func TestRows(t *testing.T) {
	testRows[float32](t)
	testRows[float64](t)
}

// TestRealInverseIgnores the imaginary parts that a real signal cannot have.
func TestRealInverseIgnores(t *testing.T) {
	for _, n := range []int{1, 2, 5, 8, 30, 4096} {
		w := 2 * (n/2 + 1)
		src, _ := random[float64](rand.New(rand.NewPCG(3, 4)), w)
		want, got := make([]float64, n), make([]float64, n)
		RealInverse(got, src, n)
		src[1] = 0
		if n%2 == 0 {
			src[w-1] = 0
		}
		RealInverse(want, src, n)
		if !slices.Equal(got, want) {
			t.Errorf("n %d: %v, want %v", n, got[:min(n, 4)], want[:min(n, 4)])
		}
	}
}

func TestInPlace(t *testing.T) {
	for _, n := range []int{7, 16, 4096} {
		src, _ := random[float32](rand.New(rand.NewPCG(5, 6)), 3*n*2)
		want := make([]float32, len(src))
		Complex(want, src, n, false)
		Complex(src, src, n, false)
		if !slices.Equal(src, want) {
			t.Errorf("n %d: other results in place", n)
		}
	}
}

// TestProcessors wants the same bits for any number of them.
func TestProcessors(t *testing.T) {
	src, _ := random[float32](rand.New(rand.NewPCG(7, 8)), 600*96)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var want []float32
	for _, procs := range []int{1, 2, 4} {
		runtime.GOMAXPROCS(procs)
		for _, n := range []int{96, 64, 28800} {
			got := make([]float32, len(src)/n*2*(n/2+1))
			Real(got, src, n)
			if procs == 1 {
				want = append(want, got...)
				continue
			}
			if !slices.Equal(got, want[:len(got)]) {
				t.Fatalf("n %d: other bits on %d processors", n, procs)
			}
			want = append(want[len(got):], got...)
		}
	}
}

func TestUnit(t *testing.T) {
	for _, c := range []struct {
		k, n   int
		re, im float64
	}{{0, 5, 1, 0}, {2, 8, 0, -1}, {3, 6, -1, 0}, {9, 12, 0, 1}, {12, 12, 1, 0}} {
		if re, im := unit(c.k, c.n); re != c.re || im != c.im {
			t.Errorf("%d of %d: %v %v", c.k, c.n, re, im)
		}
	}
	for k := range 720 {
		re, im := unit(k, 720)
		if s, c := math.Sincos(2 * math.Pi * float64(k) / 720); math.Abs(re-c) > 2e-15 || math.Abs(im+s) > 2e-15 {
			t.Errorf("%d: %v %v", k, re, im)
		}
	}
}
