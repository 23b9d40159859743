package gemm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// matrix is a random matrix inside a wider buffer.
func matrix(r *rand.Rand, rows, cols, ld int) []float32 {
	x := make([]float32, max(rows*ld, 1))
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

type trial struct {
	transA, transB bool
	m, n, k        int
	pad            int // leading dimensions beyond the width
	alpha, beta    float32
	bias           int // 0 none, 1 per column, 2 per row
	relu           bool
}

func (p trial) String() string {
	return fmt.Sprintf("%v %v m=%d n=%d k=%d pad=%d alpha=%v beta=%v bias=%d relu=%v",
		p.transA, p.transB, p.m, p.n, p.k, p.pad, p.alpha, p.beta, p.bias, p.relu)
}

type sgemm func(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int, e *Epilogue)

// run computes the trial by f and compares it with float64; it also checks
// that nothing around c was touched. It returns c.
func (p trial) run(t *testing.T, f sgemm) []float32 {
	t.Helper()
	r := rand.New(rand.NewPCG(1, uint64(p.m*1000003+p.n*1009+p.k)))
	ar, ac, br, bc := p.m, p.k, p.k, p.n
	if p.transA {
		ar, ac = ac, ar
	}
	if p.transB {
		br, bc = bc, br
	}
	lda, ldb, ldc := max(ac, 1)+p.pad, max(bc, 1)+p.pad, p.n+p.pad
	a, b, c := matrix(r, ar, ac, lda), matrix(r, br, bc, ldb), matrix(r, p.m, p.n, ldc)
	e := &Epilogue{ReLU: p.relu}
	switch p.bias {
	case 1:
		e.Bias = matrix(r, 1, p.n, p.n)
	case 2:
		e.Bias, e.BiasPerRow = matrix(r, 1, p.m, p.m), true
	}
	old := append([]float32(nil), c...)
	if p.beta == 0 {
		for i := range p.m {
			for j := range p.n {
				c[i*ldc+j] = float32(math.NaN()) // must not be read
			}
		}
	}
	f(p.transA, p.transB, p.m, p.n, p.k, p.alpha, a, lda, b, ldb, p.beta, c, ldc, e)
	for i := range p.m {
		for j := range ldc {
			got := c[i*ldc+j]
			if j >= p.n {
				if got != old[i*ldc+j] {
					t.Fatalf("%v: wrote beyond row %d", p, i)
				}
				continue
			}
			want, size := 0.0, 0.0
			for q := range p.k {
				ai, bi := i*lda+q, q*ldb+j
				if p.transA {
					ai = q*lda + i
				}
				if p.transB {
					bi = j*ldb + q
				}
				av, bv := a[ai], b[bi]
				want += float64(av) * float64(bv)
				size += math.Abs(float64(av) * float64(bv))
			}
			want = float64(p.alpha)*want + float64(p.beta)*float64(old[i*ldc+j])
			size = math.Abs(float64(p.alpha))*size + math.Abs(float64(p.beta*old[i*ldc+j]))
			switch p.bias {
			case 1:
				want += float64(e.Bias[j])
				size += math.Abs(float64(e.Bias[j]))
			case 2:
				want += float64(e.Bias[i])
				size += math.Abs(float64(e.Bias[i]))
			}
			if p.relu {
				want = max(want, 0)
			}
			tol := float64(p.k+4) * size / (1 << 24)
			if d := math.Abs(float64(got) - want); !(d <= tol) {
				t.Fatalf("%v: c[%d,%d] = %v, want %v (off by %g, bound %g)", p, i, j, got, want, d, tol)
			}
		}
	}
	return c
}

func trials() []trial {
	var ps []trial
	sizes := [][3]int{{1, 1, 1}, {2, 3, 4}, {5, 7, 0}, {6, 16, 8}, {7, 17, 9}, {13, 33, 31}, {64, 10, 128}, {10, 128, 64}, {64, 128, 100}, {30, 70, 300}, {65, 48, 20}}
	i := 0
	for _, s := range sizes {
		for _, ta := range []bool{false, true} {
			for _, tb := range []bool{false, true} {
				p := trial{transA: ta, transB: tb, m: s[0], n: s[1], k: s[2], pad: i % 4,
					alpha: []float32{1, 1, -0.5}[i%3], beta: []float32{0, 1, 0, 2}[i%4], bias: i % 3, relu: i%2 == 0}
				ps = append(ps, p)
				i++
			}
		}
	}
	return ps
}

func TestSgemm(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		for _, p := range trials() {
			p.run(t, SgemmEpilogue)
		}
	})
}

// TestEdges has every height and width of a tile, and depths around those of
// vectors.
func TestEdges(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		i := 0
		for m := 1; m <= 30; m++ {
			for n := 1; n <= 66; n += 1 + m%3 {
				k := 1 + i%35
				p := trial{transA: i&1 != 0, transB: i&2 != 0, m: m, n: n, k: k, pad: i % 3,
					alpha: []float32{1, 2}[i%2], beta: []float32{0, 1, 0.5}[i%3], bias: i % 3, relu: i%5 == 0}
				p.run(t, SgemmEpilogue)
				i++
			}
		}
	})
}

func TestSameBits(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, s := range [][3]int{{64, 128, 784}, {128, 784, 64}, {300, 310, 320}, {17, 600, 600}, {600, 17, 600}} {
		for tr := range 4 {
			p := trial{transA: tr&1 != 0, transB: tr&2 != 0, m: s[0], n: s[1], k: s[2], alpha: 1}
			runtime.GOMAXPROCS(1)
			want := p.run(t, SgemmEpilogue)
			for _, procs := range []int{2, 5} {
				runtime.GOMAXPROCS(procs)
				got := p.run(t, SgemmEpilogue)
				for i := range want {
					if got[i] != want[i] {
						t.Fatalf("%v: GOMAXPROCS=%d: element %d is %v, want %v", p, procs, i, got[i], want[i])
					}
				}
			}
		}
	}
}

func TestCheck(t *testing.T) {
	x := make([]float32, 12)
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"gemm: a: 3×4 with leading dimension 3", func() { Sgemm(false, false, 3, 3, 4, 1, x, 3, x, 3, 0, x, 3) }},
		{"gemm: b: 4×3 with leading dimension 4 does not fit in 12", func() { Sgemm(false, false, 3, 3, 4, 1, x, 4, x, 4, 0, x, 3) }},
		{"gemm: c: 5×3", func() { Sgemm(true, false, 5, 3, 2, 1, x, 5, x, 3, 0, x, 3) }},
		{"gemm: negative", func() { Sgemm(true, false, -1, 3, 2, 1, x, 5, x, 3, 0, x, 3) }},
		{"gemm: bias has 2 elements, want 3", func() {
			SgemmEpilogue(false, false, 3, 3, 4, 1, x, 4, x, 3, 0, x, 3, &Epilogue{Bias: x[:2]})
		}},
	} {
		func() {
			defer func() {
				if s := fmt.Sprint(recover()); !strings.Contains(s, c.want) {
					t.Errorf("panic %q, want %q", s, c.want)
				}
			}()
			c.f()
		}()
	}
}

func TestDgemm(t *testing.T) {
	c := make([]float64, 4)
	Dgemm(true, false, 2, 2, 2, 1, []float64{1, 2, 3, 4}, 2, []float64{5, 6, 7, 8}, 2, 0, c, 2)
	if fmt.Sprint(c) != "[26 30 38 44]" {
		t.Errorf("aᵀb = %v", c)
	}
}

// TestDgemmNonFinite checks that zeros of one matrix do not hide what is not a
// number in the other.
func TestDgemmNonFinite(t *testing.T) {
	const m, n, k = 3, 4, 5
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for flags := range 4 {
			transA, transB := flags&1 != 0, flags&2 != 0
			lda, ldb := k, n
			if transA {
				lda = m
			}
			if transB {
				ldb = k
			}
			for place := range k * n {
				a, b, c := make([]float64, m*k), make([]float64, k*n), make([]float64, m*n)
				b[place] = bad
				Dgemm(transA, transB, m, n, k, 1, a, lda, b, ldb, 0, c, n)
				j := place % n
				if transB {
					j = place / k
				}
				for i := range c {
					if math.IsNaN(c[i]) != (i%n == j) {
						t.Fatalf("transposed %v %v, %v at %d of b: c = %v", transA, transB, bad, place, c)
					}
				}
				clear(b)
				a[place%(m*k)] = bad
				Dgemm(transA, transB, m, n, k, 1, a, lda, b, ldb, 0, c, n)
				row := place % (m * k) / k
				if transA {
					row = place % (m * k) % m
				}
				for i := range c {
					if math.IsNaN(c[i]) != (i/n == row) {
						t.Fatalf("transposed %v %v, %v at %d of a: c = %v", transA, transB, bad, place%(m*k), c)
					}
				}
			}
		}
	}
}

func ExampleSgemmEpilogue() {
	x := []float32{1, 2, 3, 4, 5, 6}  // [2,3]
	w := []float32{1, 0, -1, 1, 1, 1} // [2,3]: out, in
	y := make([]float32, 4)
	SgemmEpilogue(false, true, 2, 2, 3, 1, x, 3, w, 3, 0, y, 2, &Epilogue{Bias: []float32{1, 10}, ReLU: true})
	fmt.Println(y)
	// Output: [0 16 0 25]
}
