package strided

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// layout is a random strided array over its own memory.
type layout struct {
	shape, strides []int
	data           []float64
}

// random makes an array of the shape with the dimensions in random order in
// memory, gaps between elements, and some dimensions repeated by stride 0.
func random(r *rand.Rand, shape []int, repeat bool) layout {
	n := len(shape)
	l := layout{shape: shape, strides: make([]int, n)}
	size := 1
	for _, d := range r.Perm(n) {
		if repeat && r.IntN(3) == 0 {
			continue
		}
		if r.IntN(3) == 0 {
			size += r.IntN(3) // a gap
		}
		l.strides[d] = size
		size *= max(shape[d], 1)
	}
	l.data = make([]float64, 2*size+8)
	for i := range l.data {
		l.data[i] = r.Float64()
	}
	return l
}

// each calls f with the row-major number and the memory position of every
// element.
func (l layout) each(f func(i, p int)) {
	n := 1
	for _, d := range l.shape {
		n *= d
	}
	for i := range n {
		p, k := 0, i
		for d := len(l.shape) - 1; d >= 0; d-- {
			p += k % l.shape[d] * l.strides[d]
			k /= l.shape[d]
		}
		f(i, p)
	}
}

func (l layout) dense() []float64 {
	var out []float64
	l.each(func(_, p int) { out = append(out, l.data[p]) })
	return out
}

var shapes = [][]int{{}, {1}, {7}, {0}, {3, 0, 2}, {2, 3}, {1, 5, 1}, {4, 3, 2}, {33, 65}, {2, 1100}, {3, 2, 2, 2, 3},
	{2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, {40, 1, 50, 20}, {5, 16400}, {20000}}

func TestAgainstIndexing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, shape := range shapes {
		for range 6 {
			a, b, x := random(r, shape, true), random(r, shape, true), random(r, shape, true)
			name := fmt.Sprint(shape, a.strides, b.strides, x.strides)
			da, db, dx := a.dense(), b.dense(), x.dense()

			got := make([]float64, len(da))
			Gather(got, shape, a.data, a.strides)
			same(t, "Gather "+name, got, da)

			clear(got)
			Map1(got, shape, a.data, a.strides, func(dst, a []float64) { copy(dst, a) })
			same(t, "Map1 "+name, got, da)

			want := make([]float64, len(da))
			for i := range want {
				want[i] = da[i] - 2*db[i]
			}
			clear(got)
			Map2(got, shape, a.data, a.strides, b.data, b.strides, func(dst, a, b []float64) {
				for i := range dst {
					dst[i] = a[i] - 2*b[i]
				}
			})
			same(t, "Map2 "+name, got, want)

			for i := range want {
				want[i] += 3 * dx[i]
			}
			clear(got)
			Map3(got, shape, a.data, a.strides, b.data, b.strides, x.data, x.strides, func(dst, a, b, x []float64) {
				for i := range dst {
					dst[i] = a[i] - 2*b[i] + 3*x[i]
				}
			})
			same(t, "Map3 "+name, got, want)

			to := random(r, shape, false)
			before := append([]float64(nil), to.data...)
			Copy(shape, to.data, 0, to.strides, a.data, 0, a.strides)
			to.each(func(i, p int) { before[p] = da[i] })
			same(t, "Copy "+name, to.data, before)
		}
	}
}

func same(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s: element %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

func TestTransposeTiles(t *testing.T) {
	for _, s := range [][2]int{{1, 1}, {16, 16}, {17, 5}, {5, 40}, {300, 301}} {
		rows, cols := s[0], s[1]
		src := make([]float32, rows*cols)
		for i := range src {
			src[i] = float32(i)
		}
		dst := make([]float32, rows*cols)
		Gather(dst, []int{cols, rows}, src, []int{1, cols})
		for i := range rows {
			for j := range cols {
				if dst[j*rows+i] != src[i*cols+j] {
					t.Fatalf("%v: element %d,%d", s, i, j)
				}
			}
		}
	}
}

// TestCopyBackwards copies with reversed dimensions on both sides, in float32,
// whose rectangles go another way.
func TestCopyBackwards(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, shape := range shapes {
		for range 8 {
			from, to := random(r, shape, true), random(r, shape, false)
			fromAt, toAt := from.reversed(r), to.reversed(r)
			src, dst := make([]float32, len(from.data)), make([]float32, len(to.data))
			for i := range src {
				src[i] = float32(i + 1)
			}
			want := append([]float32(nil), dst...)
			var places []int
			from.each(func(_, p int) { places = append(places, fromAt+p) })
			to.each(func(i, p int) { want[toAt+p] = src[places[i]] })
			Copy(shape, dst, toAt, to.strides, src, fromAt, from.strides)
			for i := range want {
				if dst[i] != want[i] {
					t.Fatalf("%v %v %v: element %d is %v, want %v", shape, to.strides, from.strides, i, dst[i], want[i])
				}
			}
		}
	}
}

// reversed turns some dimensions round and returns where the first element is.
func (l layout) reversed(r *rand.Rand) int {
	at := 0
	for d, n := range l.shape {
		if n > 0 && r.IntN(2) == 0 {
			at += (n - 1) * l.strides[d]
			l.strides[d] = -l.strides[d]
		}
	}
	return at
}
