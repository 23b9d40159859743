package optim

import "math"

// search looks along a direction for a step that lowers the loss enough and where the slope has flattened: the strong Wolfe
// conditions.
type search struct {
	l           *LBFGS
	eval        func() (float64, []float64)
	from        []float64 // the parameters at the start
	f, slope    float64   // loss and slope along the direction at the start
	evals, most int
}

// point is a step of length t, and the loss, gradient and slope there.
type point struct {
	t, f, slope float64
	g           []float64
}

const (
	enough = 1e-4 // share of the decrease that the slope at the start promises
	flat   = 0.9  // share of the slope at the start that may be left
)

func (s *search) at(t float64) point {
	s.l.place(s.from, t)
	f, g := s.eval()
	s.evals++
	return point{t: t, f: f, g: g, slope: dot(g, s.l.direction)}
}

func (s *search) tooHigh(p point) bool    { return p.f > s.f+enough*p.t*s.slope }
func (s *search) flatEnough(p point) bool { return math.Abs(p.slope) <= -flat*s.slope }

// run lengthens the step until it has passed a good point, then closes in on it.
func (s *search) run(start point, t float64) point {
	before, now := start, s.at(t)
	n := 0
	for ; n < s.most; n++ {
		if s.tooHigh(now) || n > 1 && now.f >= before.f {
			return s.between(before, now, n)
		}
		if s.flatEnough(now) {
			return now
		}
		if now.slope >= 0 {
			return s.between(before, now, n)
		}
		next := cubic(before, now, now.t+0.01*(now.t-before.t), now.t*10)
		before, now = now, s.at(next)
	}
	return s.between(start, now, n)
}

// between closes in on a good point between a and b; n evaluations are spent.
func (s *search) between(a, b point, n int) point {
	low, high := a, b
	if b.f < a.f {
		low, high = b, a
	}
	size := largest(s.l.direction)
	stuck := false
	for ; n < s.most && math.Abs(high.t-low.t)*size >= s.l.o.ChangeTol; n++ {
		first, last := min(low.t, high.t), max(low.t, high.t)
		t := cubic(low, high, first, last)
		if margin := 0.1 * (last - first); min(last-t, t-first) < margin {
			if stuck || t >= last || t <= first {
				if math.Abs(t-last) < math.Abs(t-first) {
					t = last - margin
				} else {
					t = first + margin
				}
				stuck = false
			} else {
				stuck = true
			}
		} else {
			stuck = false
		}
		p := s.at(t)
		if s.tooHigh(p) || p.f >= low.f {
			if high = p; high.f < low.f {
				low, high = high, low
			}
			continue
		}
		if s.flatEnough(p) {
			return p
		}
		if p.slope*(high.t-low.t) >= 0 {
			high = low
		}
		low = p
	}
	return low
}

// cubic returns where the cubic through two points with their slopes is least, within lo and hi.
func cubic(a, b point, lo, hi float64) float64 {
	if a.t > b.t {
		a, b = b, a
	}
	d := a.slope + b.slope - 3*(a.f-b.f)/(a.t-b.t)
	square := d*d - a.slope*b.slope
	if !(square >= 0) {
		return (lo + hi) / 2
	}
	root := math.Sqrt(square)
	t := b.t - (b.t-a.t)*(b.slope+root-d)/(b.slope-a.slope+2*root)
	return min(max(t, lo), hi)
}
