package plot

import (
	"math"

	gplot "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// margin is the free space round a figure.
const margin = 10

// An entry is one line of a legend: a sample of the mark and what it stands for.
type entry struct {
	name   string
	sample func(c draw.Canvas, x, y, w vg.Length)
}

// A frame is the chart around the data: head, legend, axes, grid and note.
type frame struct {
	Options
	entries                []entry
	note                   string
	xmin, xmax, ymin, ymax float64
	xticks, yticks         gplot.Ticker // nil: by the scale
	plainX                 bool         // no grid and no line on the x axis
	vertical               bool         // grid lines stand upright, for bars that lie
	layers                 []layer
}

// A layer draws data; tr maps data to the canvas.
type layer func(c draw.Canvas, x, y func(float64) vg.Length)

// Plot makes a layer a plotter of gonum/plot.
func (l layer) Plot(c draw.Canvas, p *gplot.Plot) {
	trX, trY := p.Transforms(&c)
	l(c, trX, trY)
}

// head draws title and subtitle and returns the canvas under them.
func head(c draw.Canvas, title, subtitle string) draw.Canvas {
	c = draw.Crop(c, margin, -margin-4, margin, -margin)
	if title != "" {
		s := aligned(style(15, fore, true), draw.XLeft, draw.YTop)
		put(c, s, c.Min.X, c.Max.Y, fit(s, title, c.Size().X))
		c.Max.Y -= 21
	}
	if subtitle != "" {
		s := aligned(style(12, muted, false), draw.XLeft, draw.YTop)
		put(c, s, c.Min.X, c.Max.Y, fit(s, subtitle, c.Size().X))
		c.Max.Y -= 17
	}
	if title != "" || subtitle != "" {
		c.Max.Y -= 5
	}
	return c
}

// legendRow draws the label of the y axis on the left and the legend beside it,
// over as many rows as it takes, and returns the canvas under them.
func legendRow(c draw.Canvas, label string, entries []entry) draw.Canvas {
	s := aligned(style(11.5, fore, false), draw.XLeft, draw.YCenter)
	l := aligned(style(11.5, muted, false), draw.XLeft, draw.YCenter)
	if label == "" && len(entries) == 0 {
		return c
	}
	const rowHeight, sample, gap = 17, 26, 16
	y := c.Max.Y - rowHeight/2
	x := c.Min.X
	if label != "" {
		label = fit(l, label, c.Size().X)
		put(c, l, x, y, label)
		x += l.Width(label) + 22
	}
	for i, e := range entries {
		name := fit(s, e.name, c.Size().X-sample-6)
		w := sample + 6 + s.Width(name)
		if x+w > c.Max.X && (i > 0 || label != "") && x > c.Min.X {
			x = c.Min.X
			y -= rowHeight
		}
		e.sample(c, x, y, sample)
		put(c, s, x+sample+6, y, name)
		x += w + gap
	}
	c.Max.Y = y - rowHeight/2 - 4
	return c
}

func (f *frame) draw(c draw.Canvas) {
	c = head(c, f.Title, f.Subtitle)
	c = legendRow(c, f.YLabel, f.entries)
	if f.note != "" {
		s := aligned(style(11, muted, false), draw.XLeft, draw.YBottom)
		put(c, s, c.Min.X, c.Min.Y, fit(s, f.note, c.Size().X))
		c.Min.Y += 18
	}

	p := gplot.New()
	p.BackgroundColor = nil
	f.axes(p, c)
	p.Add(layer(f.grid(p)))
	for _, l := range f.layers {
		p.Add(l)
	}
	p.Draw(c)
}

func (f *frame) axes(p *gplot.Plot, c draw.Canvas) {
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = f.xmin, f.xmax, f.ymin, f.ymax
	label := style(11, muted, false)
	for _, a := range []*gplot.Axis{&p.X, &p.Y} {
		a.LineStyle = draw.LineStyle{}
		a.Tick.LineStyle = draw.LineStyle{}
		a.Tick.Length = 0
		a.Padding = 0
		a.Label.TextStyle = aligned(style(11.5, muted, false), draw.XCenter, draw.YBottom)
	}
	p.X.Tick.Label = aligned(label, draw.XCenter, draw.YTop)
	p.Y.Tick.Label = aligned(label, draw.XRight, draw.YCenter)
	if !f.plainX {
		p.X.LineStyle = draw.LineStyle{Color: rule, Width: 1}
		p.X.Tick.LineStyle = p.X.LineStyle
		p.X.Tick.Length = 4
	} else {
		p.X.Padding = 4
	}
	p.Y.Padding = 2
	p.X.Label.Text = f.XLabel
	p.X.Label.Padding = 4

	wide := vg.Length(85)
	if f.IntegerX {
		wide = 45 // whole numbers are short
	}
	p.X.Tick.Marker = niceTicks{count: int(c.Size().X / wide), integer: f.IntegerX}
	if f.LogX {
		p.X.Scale, p.X.Tick.Marker = logScale{}, logTicks{}
	}
	if f.xticks != nil {
		p.X.Tick.Marker = f.xticks
	}
	p.Y.Tick.Marker = niceTicks{count: int(c.Size().Y / 55), percent: f.Percent}
	if f.LogY {
		p.Y.Scale, p.Y.Tick.Marker = logScale{}, logTicks{percent: f.Percent}
	}
	if f.yticks != nil {
		p.Y.Tick.Marker = f.yticks
	}
}

// grid draws a thin line at each tick of the value axis.
func (f *frame) grid(p *gplot.Plot) layer {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		line := draw.LineStyle{Color: grid, Width: 1}
		if f.vertical {
			for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
				if px := x(t.Value); c.ContainsX(px) {
					c.StrokeLine2(line, px, c.Min.Y, px, c.Max.Y)
				}
			}
			return
		}
		for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			if py := y(t.Value); c.ContainsY(py) {
				c.StrokeLine2(line, c.Min.X, py, c.Max.X, py)
			}
		}
	}
}

// widen makes room around [lo, hi] and never returns an empty range.
func widen(lo, hi, share float64, log bool) (float64, float64) {
	if lo > hi || math.IsNaN(lo) || math.IsNaN(hi) {
		lo, hi = 0, 1
		if log {
			lo = 0.1
		}
	}
	if log {
		if lo == hi {
			return lo / 2, hi * 2
		}
		f := math.Pow(hi/lo, share)
		return lo / f, hi * f
	}
	if lo == hi {
		d := math.Max(math.Abs(lo)*0.1, 1e-6)
		if lo == math.Trunc(lo) && math.Abs(lo) < 1000 {
			d = 0.5
		}
		return lo - d, hi + d
	}
	d := (hi - lo) * share
	return lo - d, hi + d
}
