package fft

import (
	"math"
	"sync"

	"descent/dl/internal/par"
)

// Float is the set of types that transforms work in.
type Float interface{ float32 | float64 }

const (
	lanes = 8         // signals side by side
	point = 2 * lanes // their real parts, then their imaginary parts
	// largePrime is the first prime for which a stage of its own takes longer than
	// the convolution.
	largePrime = 17
)

// plan is how to transform signals of n pairs.
type plan[T Float] struct {
	n       int
	inverse bool
	stages  []stage[T]
	chirp   *chirp[T] // instead of stages, for a length with a large prime
}

// stage turns p·radix·s points into as many: for each of p twiddles, s
// butterflies.
type stage[T Float] struct {
	radix, p, s int
	inverse     bool
	tw          []T // for each of p, radix-1 pairs
	roots       []T // radix pairs, for odd radices
}

// key names what the cache has.
type key struct {
	kind          string
	n             int
	inverse, wide bool // wide: float64
}

// The tables of a few lengths are kept: programs transform the same ones again
// and again.
var (
	mu     sync.Mutex
	tables = map[key]any{}
)

const keep = 32

// kept returns what make gave for n the first time.
func kept[T Float, V any](kind string, n int, inverse bool, make func(n int, inverse bool) V) V {
	_, narrow := any(T(0)).(float32)
	k := key{kind, n, inverse, !narrow}
	mu.Lock()
	v, ok := tables[k].(V)
	mu.Unlock()
	if ok {
		return v
	}
	v = make(n, inverse)
	mu.Lock()
	defer mu.Unlock()
	if len(tables) >= keep {
		clear(tables)
	}
	tables[k] = v
	return v
}

// planFor returns the plan for signals of n pairs.
func planFor[T Float](n int, inverse bool) *plan[T] {
	return kept[T]("plan", n, inverse, newPlan[T])
}

func newPlan[T Float](n int, inverse bool) *plan[T] {
	p := &plan[T]{n: n, inverse: inverse}
	if rough(n) {
		p.chirp = newChirp[T](n, inverse)
		return p
	}
	s := 1
	for rest := n; rest > 1; {
		r := radix(rest)
		st := stage[T]{radix: r, p: rest / r, s: s, inverse: inverse}
		for i := range st.p {
			for j := 1; j < r; j++ {
				st.tw = appendUnit(st.tw, i*j, rest, inverse)
			}
		}
		if r > 4 || r == 3 {
			for j := range r {
				st.roots = appendUnit(st.roots, j, r, inverse)
			}
		}
		p.stages = append(p.stages, st)
		s *= r
		rest /= r
	}
	return p
}

// radix is that of the first stage for n points.
func radix(n int) int {
	if n%4 == 0 {
		return 4
	}
	for r := 2; r*r <= n; r++ {
		if n%r == 0 {
			return r
		}
	}
	return n
}

// rough reports whether n has a large prime.
func rough(n int) bool {
	for n > 1 {
		r := radix(n)
		if r >= largePrime {
			return true
		}
		n /= r
	}
	return false
}

// unit returns e^(-2πik/n), exact where it is 1, -1, i or -i.
func unit(k, n int) (re, im float64) {
	k %= n
	if 2*k > n { // conjugate of the other half
		re, im = unit(n-k, n)
		return re, -im
	}
	if 4*k > n {
		re, im = unit(n-2*k, 2*n) // the angle to half a turn
		return -re, im
	}
	if 8*k > n {
		s, c := math.Sincos(2 * math.Pi * float64(n-4*k) / float64(4*n)) // to a quarter
		return s, -c
	}
	s, c := math.Sincos(2 * math.Pi * float64(k) / float64(n))
	return c, -s
}

func appendUnit[T Float](w []T, k, n int, inverse bool) []T {
	re, im := unit(k, n)
	if inverse {
		im = -im
	}
	return append(w, T(re), T(im))
}

// run transforms the points of x, with as many in y to work with, and returns
// the one of the two that has the result.
func (p *plan[T]) run(x, y []T) []T {
	if p.chirp != nil {
		p.chirp.run(x, y)
		return y
	}
	for i := range p.stages {
		if p.n > 1<<14 {
			par.Poll()
		}
		p.stages[i].run(y, x)
		x, y = y, x
	}
	return x
}
