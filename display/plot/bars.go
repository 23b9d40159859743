package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	gplot "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bar draws one bar for each label, with its value written beside it. Many or
// long labels lie down. matplotlib: bar and barh.
func Bar(labels []string, values []float64, o Options) *Figure {
	return Bars(labels, []Series{{Y: values}}, o)
}

// Bars draws, for each label, one bar of each group. The Y of a group has a
// value for each label; NaN leaves the place free.
func Bars(labels []string, groups []Series, o Options) *Figure {
	n := len(labels)
	for _, g := range groups {
		n = max(n, len(g.Y))
	}
	all := slices.Clone(labels)
	for i := len(all); i < n; i++ {
		all = append(all, fmt.Sprint(i))
	}
	const most = 60
	note := ""
	if n > most {
		note = fmt.Sprintf("the first %d of %d", most, n)
		n, all = most, all[:most]
	}
	b := &bars{frame: frame{Options: o, note: note}, labels: all, groups: groups}
	longest := vg.Length(0)
	for _, l := range all {
		longest = max(longest, style(11, muted, false).Width(l))
	}
	w, h := o.size(640, 340)
	b.lying = n*max(1, len(groups)) > 24 || longest > vg.Length(w-60)/vg.Length(max(1, n))-4
	if b.lying && o.Height == 0 {
		h = math.Max(200, 110+float64(n)*(8+16*float64(max(1, len(groups)))))
	}
	b.prepare()
	alt := o.Alt
	if alt == "" {
		alt = b.finding()
	}
	return &Figure{width: w, height: h, alt: alt, text: b.text(), paint: b.frame.draw}
}

type bars struct {
	frame
	labels []string
	groups []Series
	lying  bool
}

func (b *bars) value(g, i int) float64 {
	if i < len(b.groups[g].Y) {
		return b.groups[g].Y[i]
	}
	return math.NaN()
}

func (b *bars) number(v float64) string {
	if b.Percent {
		return Percent(v)
	}
	return minus(Number(v))
}

func (b *bars) prepare() {
	lo, hi := 0.0, 0.0
	for g := range b.groups {
		for i := range b.labels {
			if v := b.value(g, i); !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
		if name := b.groups[g].Name; name != "" {
			b.entries = append(b.entries, entry{name, func(c draw.Canvas, x, y, w vg.Length) {
				b.fill(c, g, x+w/2-6, y-5, x+w/2+6, y+5)
			}})
		}
	}
	if lo == hi {
		hi = 1
	}
	room := (hi - lo) * 0.08 // for the numbers at the ends
	if b.lying {
		room = (hi - lo) * 0.14
	}
	if hi > 0 {
		hi += room
	}
	if lo < 0 {
		lo -= room
	}
	if b.YMin != b.YMax {
		lo, hi = b.YMin, b.YMax
	}
	var names gplot.ConstantTicks
	for i, l := range b.labels {
		at := float64(i)
		if b.lying {
			at = -at // the first on top
		}
		names = append(names, gplot.Tick{Value: at, Label: fit(style(11, muted, false), l, 220)})
	}
	n := float64(len(b.labels))
	b.plainX = true
	if b.lying {
		b.xmin, b.xmax, b.ymin, b.ymax = lo, hi, -n+0.4, 0.6
		b.yticks, b.vertical = names, true
		b.xticks = niceTicks{count: 6, percent: b.Percent}
		b.XLabel, b.YLabel = b.YLabel, b.XLabel
	} else {
		b.xmin, b.xmax, b.ymin, b.ymax = -0.6, n-0.4, lo, hi
		b.xticks = names
	}
	b.layers = []layer{b.paint}
}

// fill draws a bar; groups after the first have a pattern as well as a colour.
func (b *bars) fill(c draw.Canvas, g int, x0, y0, x1, y1 vg.Length) {
	c.SetColor(seriesInk(g))
	c.Fill(box(x0, y0, x1, y1))
	if g == 0 {
		return
	}
	w, h := x1-x0, y1-y0
	var lines vg.Path
	add := func(pts []vg.Point) {
		lines.Move(pts[0])
		lines.Line(pts[1])
	}
	switch (g - 1) % 3 {
	case 0: // rising
		for d := -h; d < w; d += 6 {
			add(rising(x0, y0, x1, y1, x0+d, y0, x0+d+h, y1))
		}
	case 1: // falling
		for d := -h; d < w; d += 6 {
			pts := rising(x0, y0, x1, y1, x0+d, y0, x0+d+h, y1)
			for i := range pts {
				pts[i].Y = y0 + y1 - pts[i].Y
			}
			add(pts)
		}
	case 2: // rungs
		for y := y0 + 4; y < y1; y += 5 {
			add([]vg.Point{{X: x0, Y: y}, {X: x1, Y: y}})
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: paper.alpha(0.75), Width: 1.2})
	c.Stroke(lines)
}

// rising is the part of a rising line at 45 degrees within a box.
func rising(x0, y0, x1, y1, ax, ay, bx, by vg.Length) []vg.Point {
	if ax < x0 {
		ay += x0 - ax
		ax = x0
	}
	if bx > x1 {
		by -= bx - x1
		bx = x1
	}
	return []vg.Point{{X: ax, Y: ay}, {X: bx, Y: by}}
}

func (b *bars) paint(c draw.Canvas, x, y func(float64) vg.Length) {
	k := len(b.groups)
	width := 0.72 / float64(max(1, k))
	for i := range b.labels {
		for g := range b.groups {
			v := b.value(g, i)
			off := (float64(g)-float64(k-1)/2)*width - width/2
			s := style(10.5, fore, false)
			if math.IsNaN(v) || math.IsInf(v, 0) {
				s = style(10.5, muted, false)
				if b.lying {
					put(c, aligned(s, draw.XLeft, draw.YCenter), x(0)+4, y(-float64(i)-off-width/2), Number(v))
				} else {
					put(c, aligned(s, draw.XCenter, draw.YBottom), x(float64(i)+off+width/2), y(0)+3, Number(v))
				}
				continue
			}
			text := b.number(v)
			if b.lying {
				y0, y1 := y(-float64(i)-off-width), y(-float64(i)-off)
				b.fill(c, g, min(x(0), x(v)), y0+0.5, max(x(0), x(v)), y1-0.5)
				if v >= 0 {
					put(c, aligned(s, draw.XLeft, draw.YCenter), x(v)+4, (y0+y1)/2, text)
				} else {
					put(c, aligned(s, draw.XRight, draw.YCenter), x(v)-4, (y0+y1)/2, text)
				}
				continue
			}
			x0, x1 := x(float64(i)+off), x(float64(i)+off+width)
			b.fill(c, g, x0+0.5, min(y(0), y(v)), x1-0.5, max(y(0), y(v)))
			if s.Width(text) > (x1-x0)*1.35 {
				continue
			}
			if v >= 0 {
				put(c, aligned(s, draw.XCenter, draw.YBottom), (x0+x1)/2, y(v)+3, text)
			} else {
				put(c, aligned(s, draw.XCenter, draw.YTop), (x0+x1)/2, y(v)-3, text)
			}
		}
	}
	line := draw.LineStyle{Color: rule, Width: 1}
	if b.lying {
		c.StrokeLine2(line, x(0), c.Min.Y, x(0), c.Max.Y)
	} else {
		c.StrokeLine2(line, c.Min.X, y(0), c.Max.X, y(0))
	}
}

// extremes returns the places of the highest and lowest finite value of a group.
func (b *bars) extremes(g int) (hi, lo int) {
	hi, lo = -1, -1
	for i := range b.labels {
		v := b.value(g, i)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		if hi < 0 || v > b.value(g, hi) {
			hi = i
		}
		if lo < 0 || v < b.value(g, lo) {
			lo = i
		}
	}
	return hi, lo
}

func (b *bars) finding() string {
	var parts []string
	for g := range b.groups {
		hi, lo := b.extremes(g)
		if hi < 0 {
			continue
		}
		s := fmt.Sprintf("highest %s (%s), lowest %s (%s)", b.labels[hi], b.number(b.value(g, hi)), b.labels[lo], b.number(b.value(g, lo)))
		if b.groups[g].Name != "" {
			s = b.groups[g].Name + ": " + s
		}
		parts = append(parts, s)
	}
	return fmt.Sprintf("%s, %d bars: %s.", b.subject("Bars"), len(b.labels), strings.Join(parts, "; "))
}

func (b *bars) text() string {
	var sb strings.Builder
	sb.WriteString(b.subject("Bars") + "\n")
	width, most := 0, 0.0
	for i, l := range b.labels {
		width = max(width, len([]rune(l)))
		for g := range b.groups {
			if v := math.Abs(b.value(g, i)); v > most && !math.IsInf(v, 0) {
				most = v
			}
		}
	}
	for i, l := range b.labels {
		for g, s := range b.groups {
			if g > 0 {
				l = ""
			}
			v := b.value(g, i)
			n := 0
			if most > 0 && v > 0 && !math.IsInf(v, 0) {
				n = int(math.Round(v / most * 30))
			}
			line := fmt.Sprintf("%-*s  %10s  %s", width, l, b.number(v), strings.Repeat("█", n))
			if s.Name != "" {
				line += "  " + s.Name
			}
			sb.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return strings.TrimRight(sb.String(), " \n")
}
