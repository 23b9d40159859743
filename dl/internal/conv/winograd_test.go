package conv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// byWinograd are the shapes that the method is for.
func byWinograd(t *testing.T) (l []Shape) {
	for _, s := range shapes {
		if p := s.plan(); p.suitsWinograd() {
			l = append(l, s)
		}
	}
	if vector && haveWinograd && len(l) < 5 {
		t.Fatalf("only %d shapes are computed by Winograd's method", len(l))
	}
	return l
}

// TestWinogradChunks cuts the work as finely as possible.
func TestWinogradChunks(t *testing.T) {
	defer func(n int) { chunkFloats = n }(chunkFloats)
	for _, s := range byWinograd(t) {
		r := rand.New(rand.NewPCG(1, 2))
		nx, nw, ny := s.sizes()
		x, w, b, dy := random(r, nx), random(r, nw), random(r, s.OutC), random(r, ny)
		all := func() [3][]float32 {
			y, dx, dw := garbage(ny), garbage(nx), garbage(nw)
			Forward(s, x, w, b, y, true)
			BackwardInput(s, dy, w, dx)
			BackwardWeight(s, dy, x, dw, nil)
			return [3][]float32{y, dx, dw}
		}
		chunkFloats = 2 << 20
		want := all()
		chunkFloats = 1
		got := all()
		for k := range got {
			for i, v := range got[k] {
				// The sums over chunks have another order.
				if v != want[k][i] && (k < 2 || math.Abs(float64(v-want[k][i])) > 1e-3) {
					t.Fatalf("%+v: result %d, element %d is %v in small chunks, %v in one", s, k, i, v, want[k][i])
				}
			}
		}
	}
}

// TestWinogradBound checks the stated error on inputs of which some are much
// larger than others, and how far a NaN reaches.
func TestWinogradBound(t *testing.T) {
	for _, s := range byWinograd(t) {
		r := rand.New(rand.NewPCG(3, 4))
		nx, nw, ny := s.sizes()
		x, w := random(r, nx), random(r, nw)
		for i := range x {
			if r.IntN(50) == 0 {
				x[i] *= 1000
			}
		}
		p := s.plan()
		// The largest input of each tile and channel.
		tileOf := func(y int) (n, i, j int) {
			return y / (p.OutC * p.out), y % p.out / p.ow / 4, y % p.ow / 4
		}
		largest := map[[4]int]float64{}
		inTile := func(n, c, ti, tj int) float64 {
			key := [4]int{n, c, ti, tj}
			if v, ok := largest[key]; ok {
				return v
			}
			v := 0.0
			for i := 4*ti - p.PadH; i < 4*ti-p.PadH+6; i++ {
				for j := 4*tj - p.PadW; j < 4*tj-p.PadW+6; j++ {
					if i >= 0 && i < p.H && j >= 0 && j < p.W {
						v = max(v, math.Abs(float64(x[(n*p.C+c)*p.plane+i*p.W+j])))
					}
				}
			}
			largest[key] = v
			return v
		}
		want, size := make([]float64, ny), make([]float64, ny)
		s.visit(func(i, j, o int) { want[o] += float64(x[i]) * float64(w[j]) })
		for o := range size {
			n, ti, tj := tileOf(o)
			oc := o / p.out % p.OutC
			for c := range p.C {
				sum := 0.0
				for k := range 9 {
					sum += math.Abs(float64(w[(oc*p.C+c)*9+k]))
				}
				size[o] += sum * inTile(n, c, ti, tj)
			}
		}
		y := garbage(ny)
		Forward(s, x, w, nil, y, false)
		worst := 0.0
		for i, v := range y {
			worst = max(worst, math.Abs(float64(v)-want[i])/size[i])
		}
		if !(worst <= winogradError) {
			t.Errorf("%+v: error %.2g of the sum, stated are %.2g", s, worst, winogradError)
		}
		// The NaN is in the first image.
		x[p.W+1] = float32(math.NaN())
		Forward(s, x, w, nil, y, false)
		for i, v := range y {
			near := i < p.OutC*p.out
			for _, d := range []int{i % p.out / p.ow, i % p.ow} {
				near = near && d < 8
			}
			if v != v && !near {
				t.Fatalf("%+v: a NaN reached output %d", s, i)
			}
		}
		if s.PadH == 1 && y[0] == y[0] {
			t.Errorf("%+v: the NaN is lost", s)
		}
	}
}

// TestPoints compares the assembly with its twin in Go, bit for bit.
func TestPoints(t *testing.T) { eachWidth(t, testPoints) }

func testPoints(t *testing.T) {
	defer func(v bool) { haveWinograd = v }(haveWinograd)
	if !haveWinograd {
		return // then the twin is what runs
	}
	r := rand.New(rand.NewPCG(5, 6))
	scratch := make([]float32, scratchFloats)
	twice := func(name string, f func(dst []float32), size int) {
		t.Helper()
		got, want := garbage(size), garbage(size)
		haveWinograd = true
		f(got)
		haveWinograd = false
		f(want)
		for i := range got {
			if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
				t.Fatalf("%s: element %d is %v, in Go %v", name, i, got[i], want[i])
			}
		}
	}
	for n := 1; n <= 5; n++ {
		for _, kind := range []pointsKind{inputPoints, weightPoints, outGradPoints} {
			for _, gap := range []int{0, 3, 8} {
				m := kind.side()
				col := 8*n + gap
				row := m*col + gap
				src := random(r, m*row)
				name := fmt.Sprintf("to the points, kind %d, %d vectors", kind, n)
				twice(name, func(dst []float32) {
					toPoints(kind, n, dst, 8*n+gap, src, 0, row, col, scratch)
				}, 36*(8*n+gap))
				twice(name+", backwards", func(dst []float32) {
					toPoints(kind, n, dst, 8*n, src, (m-1)*(row+col), -row, -col, scratch)
				}, 36*8*n)
			}
		}
		for _, kind := range []resultKind{outputPoints, weightGradPoints} {
			m := kind.side()
			step := 8*n + 3
			src, bias := random(r, 36*step), random(r, 8*n)
			src[7] = float32(math.NaN())
			for _, floor := range []float32{0, float32(math.Inf(-1))} {
				twice(fmt.Sprintf("back, kind %d, %d vectors", kind, n), func(dst []float32) {
					fromPoints(kind, n, dst, m*(8*n+1), 8*n+1, src, step, bias, floor, scratch)
				}, m*m*(8*n+1))
			}
		}
	}
}
