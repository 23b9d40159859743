package plot

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Line draws the values y as a curve over 0, 1, 2, … matplotlib: plot(y).
func Line(y []float64, o Options) *Figure {
	return Curves([]Series{{Y: y}}, o)
}

// XY draws y over x as a curve. matplotlib: plot(x, y).
func XY(x, y []float64, o Options) *Figure {
	return Curves([]Series{{X: x, Y: y}}, o)
}

// Scatter draws groups of points, each with its colour and marker. It is Curves
// without the lines. matplotlib: scatter.
func Scatter(groups []Series, o Options) *Figure {
	gs := make([]Series, len(groups))
	for i, g := range groups {
		g.Points = true
		gs[i] = g
	}
	return Curves(gs, o)
}

// Curves draws several series in one chart. Lines differ in colour, dash and
// marker; long ones keep the lowest and highest value of each stretch; NaN and
// infinite values are marked at the edge; a few extreme values do not flatten
// the rest. matplotlib: plot.
func Curves(series []Series, o Options) *Figure {
	c := newCurves(series, o)
	w, h := o.size(640, 380)
	alt := o.Alt
	if alt == "" {
		alt = c.finding()
	}
	return &Figure{width: w, height: h, alt: alt, text: c.text(), paint: c.frame.draw}
}

// A curve is a series made ready to be drawn.
type curve struct {
	Series
	split
	index  int // of its colour
	raw    [][]xy
	smooth [][]xy
	lo, hi float64 // range without outliers: what lies outside is marked at the edge
}

type curves struct {
	frame
	list    []curve
	clipped int
}

func newCurves(series []Series, o Options) *curves {
	c := &curves{frame: frame{Options: o}}
	index := 0
	for _, s := range series {
		if s.X != nil && len(s.X) < len(s.Y) {
			s.Y = s.Y[:len(s.X)]
		}
		k := curve{Series: s, split: splitSeries(s, o.LogX, o.LogY), index: index}
		if !s.Reference && !s.Faint {
			index++
		}
		runs := merged(k.runs)
		for _, run := range runs {
			k.raw = append(k.raw, downsample(run, buckets(len(series))))
		}
		if s.Smooth > 0 && !s.Points {
			for _, run := range smooth(runs, s.Smooth) {
				k.smooth = append(k.smooth, downsample(run, buckets(len(series))/2))
			}
		}
		c.list = append(c.list, k)
	}
	c.limits()
	c.notes()
	for i := range c.list {
		k := &c.list[i]
		c.layers = append(c.layers, c.lines(k))
		if k.Name != "" {
			c.entries = append(c.entries, entry{k.Name, k.sample})
		}
		if len(k.smooth) > 0 {
			c.entries = append(c.entries, entry{"before smoothing", k.faintSample})
		}
	}
	c.layers = append(c.layers, c.marks)
	return c
}

// merged joins runs when there are so many gaps that they cannot be seen.
func merged(runs [][]xy) [][]xy {
	if len(runs) <= 60 {
		return runs
	}
	all := make([]xy, 0, len(runs))
	for _, r := range runs {
		all = append(all, r...)
	}
	return [][]xy{all}
}

func (c *curves) limits() {
	c.xmin, c.xmax = math.Inf(1), math.Inf(-1)
	c.ymin, c.ymax = math.Inf(1), math.Inf(-1)
	seen := func(x float64) { c.xmin, c.xmax = math.Min(c.xmin, x), math.Max(c.xmax, x) }
	for i := range c.list {
		k := &c.list[i]
		var ys []float64
		for _, p := range k.points() {
			seen(p.x)
			if c.LogY {
				ys = append(ys, math.Log(p.y))
			} else {
				ys = append(ys, p.y)
			}
		}
		for _, x := range append(k.nan, k.inf...) {
			seen(x)
		}
		if len(ys) == 0 {
			continue
		}
		k.lo, k.hi = robust(ys)
		lo, hi := k.lo, k.hi
		if len(k.smooth) > 0 {
			// The smooth curve counts; the ends of the noise behind it may be cut.
			lo, hi = quantiles(ys, 0.01, 0.99)
		}
		if c.LogY {
			lo, hi, k.lo, k.hi = math.Exp(lo), math.Exp(hi), math.Exp(k.lo), math.Exp(k.hi)
		}
		for _, run := range k.smooth {
			for _, p := range run {
				lo, hi = math.Min(lo, p.y), math.Max(hi, p.y)
			}
		}
		c.ymin, c.ymax = math.Min(c.ymin, lo), math.Max(c.ymax, hi)
	}
	points := false
	for _, k := range c.list {
		points = points || k.Points
	}
	if points {
		c.xmin, c.xmax = widen(c.xmin, c.xmax, 0.03, c.LogX)
	} else if !(c.xmin < c.xmax) {
		c.xmin, c.xmax = widen(c.xmin, c.xmax, 0, c.LogX)
	}
	lowest := c.ymin
	c.ymin, c.ymax = widen(c.ymin, c.ymax, 0.05, c.LogY)
	// An axis that comes near zero begins there: heights can be compared then.
	if !c.LogY && lowest >= 0 && lowest < 0.35*c.ymax && !points {
		c.ymin = 0
	}
	if c.YMin != c.YMax {
		c.ymin, c.ymax = c.YMin, c.YMax
	}
	if c.XMin != c.XMax {
		c.xmin, c.xmax = c.XMin, c.XMax
	}
	if c.LogX && c.xmin <= 0 {
		c.xmin = c.xmax / 1e3
	}
	if c.LogY && c.ymin <= 0 {
		c.ymin = c.ymax / 1e6
	}
}

// notes counts what the chart cannot show, for the line under it.
func (c *curves) notes() {
	var parts []string
	count := func(n int, at []float64, what string) {
		if n == 0 {
			return
		}
		s := fmt.Sprintf("× %s at %s", what, Number(at[0]))
		if n > 1 {
			s += fmt.Sprintf(" and %d more", n-1)
		}
		parts = append(parts, s)
	}
	var nan, inf []float64
	skipped, clipped := 0, 0
	peak, peakAt := 0.0, 0.0
	for _, k := range c.list {
		nan, inf = append(nan, k.nan...), append(inf, k.inf...)
		skipped += k.skipped
		for _, p := range k.points() {
			if c.beyond(&k, p.y) != 0 {
				clipped++
				if math.Abs(p.y) > math.Abs(peak) {
					peak, peakAt = p.y, p.x
				}
			}
		}
	}
	count(len(nan), nan, "NaN")
	count(len(inf), inf, "Inf")
	if clipped > 0 {
		parts = append(parts, fmt.Sprintf("▲ %d beyond the axis, the farthest %s at %s", clipped, Number(peak), Number(peakAt)))
	}
	if skipped > 0 {
		parts = append(parts, fmt.Sprintf("%d not positive, left out", skipped))
	}
	c.clipped = clipped
	c.note = strings.Join(parts, "   ")
}

// beyond is 1 for a value above the axis, -1 for one below, 0 for one that can be
// seen or belongs to the noise behind a smooth curve.
func (c *curves) beyond(k *curve, y float64) int {
	lo, hi := c.ymin, c.ymax
	if len(k.smooth) > 0 {
		lo, hi = math.Min(lo, k.lo), math.Max(hi, k.hi)
	}
	const rounding = 1e-9 // of a logarithm and back
	switch {
	case y > hi+rounding*math.Abs(hi):
		return 1
	case y < lo-rounding*math.Abs(lo):
		return -1
	}
	return 0
}

func (k *curve) style() draw.LineStyle {
	if k.Reference {
		return draw.LineStyle{Color: muted, Width: 1.2, Dashes: []vg.Length{2, 3}}
	}
	if k.Faint {
		return k.faint()
	}
	return draw.LineStyle{Color: seriesInk(k.index), Width: 2, Dashes: dash(k.index)}
}

// sample draws the mark of a series in the legend.
func (k *curve) sample(c draw.Canvas, x, y, w vg.Length) {
	if !k.Points {
		c.StrokeLine2(k.style(), x, y, x+w, y)
	}
	if !k.Reference && !k.Faint {
		shape(k.index).draw(c, seriesInk(k.index), x+w/2, y, 3.6, !k.Points)
	}
}

// faint is how raw values are drawn behind the curve that counts.
func (k *curve) faint() draw.LineStyle {
	return draw.LineStyle{Color: seriesInk(k.index).alpha(0.25), Width: 1}
}

func (k *curve) faintSample(c draw.Canvas, x, y, w vg.Length) {
	zigzag := []vg.Point{{X: x, Y: y - 2}}
	for i := range 6 {
		zigzag = append(zigzag, vg.Point{X: x + w*vg.Length(i+1)/7, Y: y + vg.Length(4-8*(i%2))})
	}
	zigzag = append(zigzag, vg.Point{X: x + w, Y: y + 1})
	st := k.faint()
	st.Color = seriesInk(k.index).alpha(0.5) // a thin sample alone must be seen
	c.StrokeLines(st, zigzag)
}

// lines draws one series.
func (c *curves) lines(k *curve) layer {
	return func(dc draw.Canvas, x, y func(float64) vg.Length) {
		col := seriesInk(k.index)
		n := 0
		for _, r := range k.raw {
			n += len(r)
		}
		if k.Points {
			r := vg.Length(3.4)
			switch {
			case n > 2000:
				r = 1.4
			case n > 300:
				r = 2.2
			}
			for _, run := range k.runs {
				for _, p := range capped(run) {
					if px, py := x(p.x), y(p.y); dc.Contains(vg.Point{X: px, Y: py}) {
						shape(k.index).draw(dc, col.alpha(0.8), px, py, r, false)
					}
				}
			}
			return
		}
		bold := k.raw
		if len(k.smooth) > 0 {
			bold = k.smooth
			c.stroke(dc, k.faint(), k.raw, x, y)
		}
		st := k.style()
		if n > 300 && len(k.smooth) == 0 && !k.Faint {
			// A dense curve would become a band, and its dashes dust.
			st.Width, st.Dashes = 1.2, nil
		}
		c.stroke(dc, st, bold, x, y)
		if k.Reference || k.Faint {
			return
		}
		c.points(dc, k, bold, x, y)
	}
}

// capped bounds the points of a scatter chart by taking them evenly.
func capped(pts []xy) []xy {
	const limit = 4000
	if len(pts) <= limit {
		return pts
	}
	out := make([]xy, limit)
	for i := range out {
		out[i] = pts[i*len(pts)/limit]
	}
	return out
}

// points puts markers on a line: on each value of a short one, on the last value
// of a long one and, when there are several, here and there along it.
func (c *curves) points(dc draw.Canvas, k *curve, runs [][]xy, x, y func(float64) vg.Length) {
	n := 0
	for _, r := range runs {
		n += len(r)
	}
	every := 1
	if n > 30 {
		every = max(1, n/7)
	}
	i := 0
	for ri, run := range runs {
		for pi, p := range run {
			last := ri == len(runs)-1 && pi == len(run)-1
			on := i%every == every/2 && len(c.list) > 1
			if n <= 30 {
				on = true
			}
			i++
			px, py := x(p.x), y(p.y)
			if (on || last) && dc.ContainsX(px) && dc.ContainsY(py) {
				shape(k.index).draw(dc, seriesInk(k.index), px, py, 3.6, true)
			}
		}
	}
}

func (c *curves) stroke(dc draw.Canvas, st draw.LineStyle, runs [][]xy, x, y func(float64) vg.Length) {
	for _, run := range runs {
		line := make([]vg.Point, len(run))
		for i, p := range run {
			// What lies far outside is brought near, or the clipping loses precision.
			py := min(dc.Max.Y+2000, max(dc.Min.Y-2000, y(p.y)))
			line[i] = vg.Point{X: x(p.x), Y: py}
		}
		dc.StrokeLines(st, dc.ClipLinesXY(line)...)
	}
}

// marks shows at the edges what has no place on the axes.
func (c *curves) marks(dc draw.Canvas, x, y func(float64) vg.Length) {
	const most = 40
	drawn := 0
	for i := range c.list {
		k := &c.list[i]
		col := seriesInk(k.index)
		for _, v := range append(append([]float64{}, k.nan...), k.inf...) {
			if px := x(v); dc.ContainsX(px) && drawn < most {
				cross.draw(dc, col, px, dc.Min.Y+7, 4, false)
				drawn++
			}
		}
		if c.clipped == 0 {
			continue
		}
		for _, p := range k.points() {
			px := x(p.x)
			if !dc.ContainsX(px) || drawn >= most {
				continue
			}
			switch c.beyond(k, p.y) {
			case 1:
				triangle.draw(dc, col, px, dc.Max.Y-4, 3.4, true)
				drawn++
			case -1:
				caret.draw(dc, col, px, dc.Min.Y+4, 3.4, true)
				drawn++
			}
		}
	}
}
