package conv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// shapes are small ones with every option, and some of networks.
var shapes = []Shape{
	{N: 1, C: 1, H: 1, W: 1, OutC: 1, KH: 1, KW: 1},
	{N: 2, C: 3, H: 5, W: 6, OutC: 4, KH: 3, KW: 2},
	{N: 2, C: 3, H: 5, W: 6, OutC: 4, KH: 3, KW: 3, PadH: 1, PadW: 1},
	{N: 3, C: 2, H: 7, W: 9, OutC: 5, KH: 3, KW: 3, StrideH: 2, StrideW: 3, PadH: 2, PadW: 1},
	{N: 2, C: 4, H: 9, W: 8, OutC: 6, KH: 3, KW: 2, DilH: 2, DilW: 3, PadH: 2, PadW: 2, Groups: 2},
	{N: 2, C: 6, H: 8, W: 8, OutC: 6, KH: 3, KW: 3, PadH: 1, PadW: 1, Groups: 6},
	{N: 2, C: 4, H: 6, W: 7, OutC: 9, KH: 1, KW: 1},
	{N: 2, C: 4, H: 6, W: 7, OutC: 9, KH: 1, KW: 1, StrideH: 2, StrideW: 2},
	{N: 2, C: 2, H: 1, W: 40, OutC: 3, KH: 1, KW: 5, PadW: 2},
	{N: 2, C: 2, H: 3, W: 3, OutC: 3, KH: 5, KW: 5, PadH: 3, PadW: 4},
	{N: 2, C: 2, H: 4, W: 4, OutC: 3, KH: 2, KW: 2, PadH: 2, PadW: 3},
	{N: 3, C: 1, H: 28, W: 28, OutC: 32, KH: 3, KW: 3},
	{N: 3, C: 1, H: 28, W: 28, OutC: 6, KH: 5, KW: 5, PadH: 2, PadW: 2},
	{N: 5, C: 6, H: 14, W: 14, OutC: 16, KH: 5, KW: 5},
	{N: 9, C: 20, H: 4, W: 4, OutC: 40, KH: 3, KW: 3, PadH: 1, PadW: 1},
	{N: 2, C: 32, H: 13, W: 13, OutC: 48, KH: 3, KW: 3, PadH: 1, PadW: 1, StrideH: 2, StrideW: 2},
	{N: 1, C: 3, H: 40, W: 33, OutC: 20, KH: 7, KW: 7, PadH: 3, PadW: 3, StrideH: 2, StrideW: 2},
	{N: 17, C: 16, H: 8, W: 8, OutC: 24, KH: 1, KW: 1},
	// By Winograd's method, with the gradient of the weights and without.
	{N: 30, C: 16, H: 8, W: 8, OutC: 24, KH: 3, KW: 3, PadH: 1, PadW: 1},
	{N: 13, C: 24, H: 13, W: 11, OutC: 16, KH: 3, KW: 3},
	{N: 7, C: 16, H: 5, W: 18, OutC: 72, KH: 3, KW: 3, PadH: 2, PadW: 1},
	{N: 16, C: 32, H: 4, W: 4, OutC: 40, KH: 3, KW: 3, PadH: 1, PadW: 1},
	{N: 2, C: 16, H: 26, W: 29, OutC: 16, KH: 3, KW: 3, PadW: 2},
	// One or a few channels in a group.
	{N: 3, C: 10, H: 9, W: 21, OutC: 10, KH: 3, KW: 3, PadH: 1, PadW: 1, Groups: 10},
	{N: 2, C: 5, H: 70, W: 70, OutC: 5, KH: 5, KW: 3, StrideH: 3, StrideW: 2, PadH: 1, PadW: 1, Groups: 5},
	// A narrow output.
	{N: 3, C: 5, H: 9, W: 9, OutC: 8, KH: 3, KW: 4, DilH: 2},
	{N: 2, C: 4, H: 6, W: 12, OutC: 3, KH: 2, KW: 3, PadH: 1, PadW: 1, DilW: 3},
	{N: 3, C: 6, H: 9, W: 8, OutC: 12, KH: 2, KW: 3, StrideH: 1, StrideW: 2, DilH: 2, Groups: 3},
}

// visit calls f for every product that the convolution adds up, with the
// indices of its elements.
func (s Shape) visit(f func(x, w, y int)) {
	p := s.plan()
	for n := range p.N {
		for o := range p.OutC {
			g := o / p.outC
			for r := range p.oh {
				for q := range p.ow {
					y := ((n*p.OutC+o)*p.oh+r)*p.ow + q
					for c := range p.inC {
						for k := range p.KH {
							for l := range p.KW {
								h, w := r*p.StrideH-p.PadH+k*p.DilH, q*p.StrideW-p.PadW+l*p.DilW
								if h >= 0 && h < p.H && w >= 0 && w < p.W {
									f(((n*p.C+g*p.inC+c)*p.H+h)*p.W+w, ((o*p.inC+c)*p.KH+k)*p.KW+l, y)
								}
							}
						}
					}
				}
			}
		}
	}
}

func (s Shape) sizes() (x, w, y int) {
	p := s.plan()
	return p.N * p.C * p.plane, p.OutC * p.taps, p.N * p.OutC * p.out
}

// near compares with the sums in float64, within a bound from the sums of
// the absolute values.
func near(t *testing.T, what string, got []float32, want, size []float64) {
	t.Helper()
	for i, v := range got {
		if !(math.Abs(float64(v)-want[i]) <= 1e-6*(size[i]+1)*8) {
			t.Fatalf("%s: element %d of %d is %v, want %v", what, i, len(got), v, want[i])
		}
	}
}

func garbage(n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(math.NaN())
	}
	return x
}

func TestConv(t *testing.T) {
	t.Run("active", testConv)
	defer func(v bool) { vector = v }(vector)
	vector = false
	t.Run("portable", testConv)
}

func testConv(t *testing.T) {
	for _, s := range shapes {
		r := rand.New(rand.NewPCG(1, 2))
		nx, nw, ny := s.sizes()
		x, w, bias, dy := random(r, nx), random(r, nw), random(r, s.OutC), random(r, ny)
		name := fmt.Sprintf("%+v", s)
		if err := s.Validate(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		wantY, sizeY := make([]float64, ny), make([]float64, ny)
		wantX, sizeX := make([]float64, nx), make([]float64, nx)
		wantW, sizeW := make([]float64, nw), make([]float64, nw)
		add := func(sum, size []float64, i int, a, b float32) {
			v := float64(a) * float64(b)
			sum[i] += v
			size[i] += math.Abs(v)
		}
		s.visit(func(i, j, o int) {
			add(wantY, sizeY, o, x[i], w[j])
			add(wantX, sizeX, i, dy[o], w[j])
			add(wantW, sizeW, j, dy[o], x[i])
		})
		y := garbage(ny)
		Forward(s, x, w, nil, y, false)
		near(t, "forward "+name, y, wantY, sizeY)
		dx, dw, db := garbage(nx), garbage(nw), garbage(s.OutC)
		BackwardInput(s, dy, w, dx)
		near(t, "backward input "+name, dx, wantX, sizeX)
		BackwardWeight(s, dy, x, dw, db)
		near(t, "backward weight "+name, dw, wantW, sizeW)
		out := ny / s.N / s.OutC
		wantB, sizeB := make([]float64, s.OutC), make([]float64, s.OutC)
		for i, v := range dy {
			c := i / out % s.OutC
			wantB[c] += float64(v)
			sizeB[c] += math.Abs(float64(v))
		}
		near(t, "backward bias "+name, db, wantB, sizeB)
		for i := range wantY {
			c := i / out % s.OutC
			sizeY[i] += math.Abs(float64(bias[c]))
			wantY[i] = max(0, wantY[i]+float64(bias[c]))
		}
		Forward(s, x, w, bias, y, true)
		near(t, "forward with bias and ReLU "+name, y, wantY, sizeY)
	}
}

func TestSameBits(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, s := range shapes[11:] {
		r := rand.New(rand.NewPCG(3, 4))
		nx, nw, ny := s.sizes()
		x, w, dy := random(r, nx), random(r, nw), random(r, ny)
		all := func() []float32 {
			y, dx, dw, db := garbage(ny), garbage(nx), garbage(nw), garbage(s.OutC)
			Forward(s, x, w, nil, y, false)
			BackwardInput(s, dy, w, dx)
			BackwardWeight(s, dy, x, dw, db)
			return append(append(append(y, dx...), dw...), db...)
		}
		runtime.GOMAXPROCS(1)
		want := all()
		for _, procs := range []int{2, 5} {
			runtime.GOMAXPROCS(procs)
			got := all()
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("%+v: GOMAXPROCS=%d: element %d is %v, want %v", s, procs, i, got[i], want[i])
				}
			}
		}
	}
}

func TestNoGarbage(t *testing.T) {
	s := shapes[13]
	r := rand.New(rand.NewPCG(5, 6))
	nx, nw, ny := s.sizes()
	x, w, b, y := random(r, nx), random(r, nw), random(r, s.OutC), random(r, ny)
	dx, dw, db := random(r, nx), random(r, nw), random(r, s.OutC)
	step := func() {
		Forward(s, x, w, b, y, true)
		BackwardInput(s, y, w, dx)
		BackwardWeight(s, y, x, dw, db)
	}
	step()
	// A few closures and tables may be allocated, no buffers.
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const steps = 50
	for range steps {
		step()
	}
	runtime.ReadMemStats(&after)
	if n := (after.TotalAlloc - before.TotalAlloc) / steps; n > 1<<15 {
		t.Errorf("%d bytes allocated per step", n)
	}
}

func TestValidate(t *testing.T) {
	good := Shape{N: 1, C: 4, H: 8, W: 8, OutC: 4, KH: 3, KW: 3}
	for _, c := range []struct {
		want   string
		change func(s *Shape)
	}{
		{"sizes must be positive", func(s *Shape) { s.C = 0 }},
		{"negative stride", func(s *Shape) { s.StrideH = -1 }},
		{"3 groups do not divide 4", func(s *Shape) { s.Groups = 3 }},
		{"a kernel of 9×3 does not fit in a padded input of 8×8", func(s *Shape) { s.KH = 9 }},
		{"a kernel of 5×3", func(s *Shape) { s.H, s.DilH = 4, 2 }},
	} {
		s := good
		c.change(&s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
	func() {
		defer func() {
			if v := fmt.Sprint(recover()); !strings.Contains(v, "conv: output has 3 elements, want 144") {
				t.Errorf("panic %q", v)
			}
		}()
		Forward(good, make([]float32, 256), make([]float32, 144), nil, make([]float32, 3), false)
	}()
}

var poolShapes = []PoolShape{
	{N: 1, C: 1, H: 2, W: 2, KH: 2, KW: 2},
	{N: 2, C: 3, H: 7, W: 9, KH: 2, KW: 2},
	{N: 2, C: 3, H: 7, W: 9, KH: 2, KW: 2, CeilMode: true},
	{N: 2, C: 3, H: 8, W: 40, KH: 2, KW: 2},
	{N: 2, C: 3, H: 9, W: 9, KH: 3, KW: 3, StrideH: 2, StrideW: 2, PadH: 1, PadW: 1},
	{N: 2, C: 3, H: 9, W: 9, KH: 3, KW: 3, StrideH: 2, StrideW: 2, PadH: 1, PadW: 1, CountPad: true},
	{N: 1, C: 2, H: 6, W: 5, KH: 3, KW: 2, StrideH: 1, StrideW: 1, PadH: 1, PadW: 1, CeilMode: true, CountPad: true},
	{N: 1, C: 2, H: 6, W: 5, KH: 5, KW: 4, StrideH: 3, StrideW: 3, PadH: 2, PadW: 2, CeilMode: true},
	{N: 1, C: 2, H: 5, W: 5, KH: 1, KW: 1, StrideH: 2, StrideW: 2},
	{N: 2, C: 3, H: 1, W: 41, KH: 1, KW: 2},
	{N: 2, C: 3, H: 5, W: 40, KH: 1, KW: 2, StrideH: 2, StrideW: 2},
	{N: 2, C: 3, H: 5, W: 40, KH: 2, KW: 2, StrideH: 1, StrideW: 2},
}

func TestMaxPool(t *testing.T) {
	shapes := append([]PoolShape{
		{N: 1, C: 2, H: 9, W: 9, KH: 3, KW: 2, StrideH: 2, StrideW: 1, DilH: 2, DilW: 3, PadH: 1, PadW: 1},
	}, poolShapes...)
	for _, s := range shapes {
		r := rand.New(rand.NewPCG(7, 8))
		oh, ow := s.Out()
		plane, out := s.H*s.W, oh*ow
		x := random(r, s.N*s.C*plane)
		for i := range x {
			x[i] = float32(math.Round(float64(2 * x[i]))) // ties
		}
		dy := random(r, s.N*s.C*out)
		x[1] = float32(math.NaN())
		y, arg, dx := garbage(len(dy)), make([]int32, len(dy)), garbage(len(x))
		wantDX := make([]float64, len(x))
		MaxPoolForward(s, x, y, arg)
		n := s.norm()
		for c := range s.N * s.C {
			for i := range oh {
				for j := range ow {
					best, at := math.Inf(-1), -1
					for k := range n.KH {
						for l := range n.KW {
							h, w := i*n.StrideH-n.PadH+k*n.DilH, j*n.StrideW-n.PadW+l*n.DilW
							if h < 0 || h >= s.H || w < 0 || w >= s.W || best != best {
								continue
							}
							if v := float64(x[c*plane+h*s.W+w]); at < 0 || v > best || v != v {
								best, at = v, h*s.W+w
							}
						}
					}
					o := c*out + i*ow + j
					if float64(y[o]) != best && best == best || int(arg[o]) != at {
						t.Fatalf("%+v: window %d is %v at %d, want %v at %d", s, o, y[o], arg[o], best, at)
					}
					wantDX[c*plane+at] += float64(dy[o])
				}
			}
		}
		MaxPoolBackward(s, dy, arg, dx)
		near(t, fmt.Sprintf("%+v", s), dx, wantDX, make([]float64, len(dx)))
		again := garbage(len(y))
		MaxPoolForward(s, x, again, nil)
		for i := range y {
			if y[i] != again[i] && y[i] == y[i] {
				t.Fatalf("%+v: without indices window %d is %v, want %v", s, i, again[i], y[i])
			}
		}
	}
}

func TestAvgPool(t *testing.T) {
	for _, s := range poolShapes {
		r := rand.New(rand.NewPCG(9, 10))
		oh, ow := s.Out()
		plane, out := s.H*s.W, oh*ow
		x, dy := random(r, s.N*s.C*plane), random(r, s.N*s.C*out)
		y, dx := garbage(len(dy)), garbage(len(x))
		wantY, wantDX := make([]float64, len(y)), make([]float64, len(x))
		n := s.norm()
		for c := range s.N * s.C {
			for i := range oh {
				for j := range ow {
					var at []int
					counted := 0
					for k := range n.KH {
						for l := range n.KW {
							h, w := i*n.StrideH-n.PadH+k, j*n.StrideW-n.PadW+l
							if h < s.H+s.PadH && w < s.W+s.PadW {
								counted++ // what ceil mode adds beyond is not
							}
							if h >= 0 && h < s.H && w >= 0 && w < s.W {
								at = append(at, c*plane+h*s.W+w)
							}
						}
					}
					div := float64(len(at))
					if s.CountPad {
						div = float64(counted)
					}
					o := c*out + i*ow + j
					for _, q := range at {
						wantY[o] += float64(x[q]) / div
						wantDX[q] += float64(dy[o]) / div
					}
				}
			}
		}
		AvgPoolForward(s, x, y)
		near(t, fmt.Sprintf("forward %+v", s), y, wantY, make([]float64, len(y)))
		AvgPoolBackward(s, dy, dx)
		near(t, fmt.Sprintf("backward %+v", s), dx, wantDX, make([]float64, len(dx)))
	}
}

func TestPoolValidate(t *testing.T) {
	for _, c := range []struct {
		want string
		s    PoolShape
	}{
		{"positive", PoolShape{N: 1, C: 1, H: 4, W: 4, KH: 0, KW: 2}},
		{"more than half", PoolShape{N: 1, C: 1, H: 4, W: 4, KH: 2, KW: 2, PadH: 2}},
		{"does not fit", PoolShape{N: 1, C: 1, H: 4, W: 4, KH: 5, KW: 2}},
	} {
		if err := c.s.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

func ExampleForward() {
	s := Shape{N: 1, C: 1, H: 3, W: 3, OutC: 1, KH: 2, KW: 2}
	x := []float32{1, 2, 3, 4, 5, 6, 7, 8, 9}
	y := make([]float32, 4)
	Forward(s, x, []float32{1, 0, 0, -1}, []float32{5}, y, true)
	fmt.Println(y)
	// Output: [1 1 1 1]
}
