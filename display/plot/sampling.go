package plot

import (
	"math"
	"slices"
)

// A xy is one value of a series.
type xy struct{ x, y float64 }

// buckets is how many stretches each of n curves is divided into: two points are
// drawn for each, and a picture should stay small.
func buckets(n int) int { return max(100, min(400, 800/max(1, n))) }

// downsample keeps of each bucket of points the lowest and the highest, in their
// order, so that no spike is lost whatever the length of the series.
func downsample(pts []xy, buckets int) []xy {
	if len(pts) <= 2*buckets {
		return pts
	}
	out := make([]xy, 0, 2*buckets+2)
	out = append(out, pts[0])
	for b := range buckets {
		lo, hi := b*len(pts)/buckets, (b+1)*len(pts)/buckets
		imin, imax := lo, lo
		for i := lo; i < hi; i++ {
			if pts[i].y < pts[imin].y {
				imin = i
			}
			if pts[i].y > pts[imax].y {
				imax = i
			}
		}
		if imin > imax {
			imin, imax = imax, imin
		}
		out = append(out, pts[imin])
		if imax != imin {
			out = append(out, pts[imax])
		}
	}
	return append(out, pts[len(pts)-1])
}

// smooth is the exponential moving average with weight w of the past, corrected
// for its start as in Adam, so that it begins at the first value. It goes on over
// the gaps between the runs.
func smooth(runs [][]xy, w float64) [][]xy {
	w = min(0.9999, max(0, w))
	avg, norm := 0.0, 0.0
	out := make([][]xy, len(runs))
	for i, run := range runs {
		out[i] = make([]xy, len(run))
		for j, p := range run {
			avg = w*avg + (1-w)*p.y
			norm = w*norm + (1 - w)
			out[i][j] = xy{p.x, avg / norm}
		}
	}
	return out
}

// robust returns the range of values without extreme outliers: those more than
// four times the spread of the middle 96 % beyond it. Fewer than 20 values have
// no outliers, and neither has a curve that just falls steeply.
func robust(values []float64) (lo, hi float64) {
	v := slices.Clone(values)
	slices.Sort(v)
	if len(v) == 0 {
		return math.Inf(1), math.Inf(-1)
	}
	lo, hi = v[0], v[len(v)-1]
	if len(v) < 20 {
		return lo, hi
	}
	q := func(p float64) float64 { return v[int(math.Round(p*float64(len(v)-1)))] }
	a, b := q(0.02), q(0.98)
	spread := 4 * (b - a)
	if spread == 0 {
		return lo, hi
	}
	if hi > b+spread {
		i, _ := slices.BinarySearch(v, b+spread)
		hi = v[max(0, i-1)]
	}
	if lo < a-spread {
		i, _ := slices.BinarySearch(v, a-spread)
		lo = v[min(len(v)-1, i)]
	}
	return lo, hi
}

// quantiles returns the values below which shares a and b of all lie.
func quantiles(values []float64, a, b float64) (lo, hi float64) {
	v := slices.Clone(values)
	slices.Sort(v)
	at := func(p float64) float64 { return v[int(math.Round(p*float64(len(v)-1)))] }
	return at(a), at(b)
}

// A split is a series divided into its drawable points, in runs between the values
// that cannot be drawn, and the places of those.
type split struct {
	runs     [][]xy
	nan, inf []float64 // x of NaN and of ±Inf
	skipped  int       // not positive on a logarithmic axis, or x not finite
}

func splitSeries(s Series, logX, logY bool) split {
	var out split
	var run []xy
	flush := func() {
		if len(run) > 0 {
			out.runs = append(out.runs, run)
			run = nil
		}
	}
	for i := range s.Y {
		x, y := s.at(i)
		switch {
		case math.IsNaN(x) || math.IsInf(x, 0) || (logX && x <= 0):
			out.skipped++
		case math.IsNaN(y):
			flush()
			out.nan = append(out.nan, x)
		case math.IsInf(y, 0):
			flush()
			out.inf = append(out.inf, x)
		case logY && y <= 0:
			flush()
			out.skipped++
		default:
			run = append(run, xy{x, y})
		}
	}
	flush()
	return out
}

func (s split) points() []xy { return slices.Concat(s.runs...) }
