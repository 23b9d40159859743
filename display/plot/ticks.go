package plot

import (
	"math"
	"strconv"

	gplot "gonum.org/v1/plot"
)

// niceTicks puts ticks at multiples of 1, 2, 2.5 or 5 times a power of ten.
type niceTicks struct {
	count   int // about so many
	integer bool
	percent bool
}

func (t niceTicks) step(lo, hi float64) float64 {
	raw := (hi - lo) / float64(max(t.count, 2))
	if !(raw > 0) || math.IsInf(raw, 0) {
		return 1
	}
	base := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * base
	for _, m := range []float64{1, 2, 2.5, 5} {
		if t.integer && m == 2.5 {
			continue
		}
		if m*base >= raw*0.999 {
			step = m * base
			break
		}
	}
	if t.integer {
		step = math.Max(1, math.Round(step))
	}
	return step
}

// Ticks implements the ticker of gonum/plot.
func (t niceTicks) Ticks(lo, hi float64) []gplot.Tick {
	step := t.step(lo, hi)
	var ticks []gplot.Tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step && len(ticks) < 50; k++ {
		v := k * step
		if k == 0 {
			v = 0
		}
		ticks = append(ticks, gplot.Tick{Value: v, Label: t.label(v, step)})
	}
	return ticks
}

func (t niceTicks) label(v, step float64) string {
	if t.percent {
		v, step = v*100, step*100
	}
	s := ""
	if a := math.Abs(v); a != 0 && (a >= 1e7 || a < 1e-4) {
		s = strconv.FormatFloat(v, 'g', 3, 64)
	} else {
		digits := 0
		for p := step; digits < 9 && math.Abs(p-math.Round(p)) > 1e-6*p; p *= 10 {
			digits++
		}
		s = thousands(strconv.FormatFloat(v, 'f', digits, 64))
	}
	if t.percent {
		s += " %"
	}
	return minus(s)
}

// logTicks puts ticks at powers of ten, and at 2 and 5 between them when there
// are few of those.
type logTicks struct{ percent bool }

// Ticks implements the ticker of gonum/plot.
func (t logTicks) Ticks(lo, hi float64) []gplot.Tick {
	if !(lo > 0) || !(hi > lo) {
		return nil
	}
	a, b := math.Floor(math.Log10(lo)), math.Ceil(math.Log10(hi))
	multiples := []float64{1}
	every := 1.0
	switch decades := math.Log10(hi / lo); {
	case decades < 0.7:
		return niceTicks{count: 4, percent: t.percent}.Ticks(lo, hi)
	case decades < 3:
		multiples = []float64{1, 2, 5}
	case decades > 8:
		every = math.Ceil(decades / 6)
	}
	var ticks []gplot.Tick
	for e := a; e <= b; e++ {
		for _, m := range multiples {
			v := m * math.Pow(10, e)
			if v < lo*0.9999 || v > hi*1.0001 || math.Mod(e-a, every) != 0 {
				continue
			}
			label := strconv.FormatFloat(v, 'g', -1, 64)
			if t.percent {
				label = strconv.FormatFloat(100*v, 'g', 6, 64) + " %"
			} else if v >= 1e-4 && v < 1e7 {
				label = thousands(strconv.FormatFloat(v, 'f', -1, 64))
			}
			// Powers of ten are not exact: 0.0010000000000000002 would be a long label.
			if len(label) > 12 {
				label = strconv.FormatFloat(v, 'g', 3, 64)
			}
			ticks = append(ticks, gplot.Tick{Value: v, Label: label})
		}
	}
	return ticks
}

// logScale normalizes logarithmically. Axes that use it have positive bounds.
type logScale struct{}

func (logScale) Normalize(lo, hi, x float64) float64 {
	return math.Log(x/lo) / math.Log(hi/lo)
}
