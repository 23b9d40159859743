package plot

import (
	"fmt"
	"image"
	"math"
	"strings"

	"descent/display"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// HeatmapOptions say how a matrix is shown.
type HeatmapOptions struct {
	Options
	// Rows and Columns name them; without, they are numbered.
	Rows, Columns []string
	// Diverging centres the colours on 0, for values with a sign.
	Diverging bool
	// Min and Max bound the colours when they differ.
	Min, Max float64
	// NoNumbers leaves the values out of the cells. They are left out anyway
	// where they do not fit.
	NoNumbers bool
}

// Heatmap draws a matrix as coloured cells with a scale; row 0 is on top. Small
// matrices have their values in the cells. matplotlib: imshow; seaborn: heatmap.
func Heatmap(values [][]float64, o HeatmapOptions) *Figure {
	h := newHeatmap(values, o)
	labels := vg.Length(0)
	if h.named() {
		for _, r := range h.rowNames {
			labels = max(labels, min(140, style(11, muted, false).Width(r)))
		}
		labels += 8
	}
	w, _ := o.size(560, 0)
	cell := math.Min(46, (w-2*margin-float64(labels)-70)/float64(max(1, h.cols)))
	if o.Width == 0 {
		w = math.Max(300, float64(labels)+cell*float64(h.cols)+70+2*margin)
	}
	ht := 96 + math.Max(60, math.Min(cell*0.8, 480/float64(max(1, h.rows)))*float64(h.rows))
	if h.raster() {
		ht = 96 + math.Min(480, math.Max(60, cell*float64(h.rows)))
	}
	if o.Height > 0 {
		ht = float64(o.Height)
	}
	alt := o.Alt
	if alt == "" {
		alt = h.finding()
	}
	return &Figure{width: math.Ceil(w), height: math.Ceil(ht), alt: alt, text: h.text(), paint: func(c draw.Canvas) { h.paint(c, labels) }}
}

type heatmap struct {
	HeatmapOptions
	values             [][]float64
	rows, cols         int
	rowNames, colNames []string
	lo, hi             float64
	low, high          [2]int
	nan                int
}

func newHeatmap(values [][]float64, o HeatmapOptions) *heatmap {
	h := &heatmap{HeatmapOptions: o, values: values, rows: len(values), lo: math.Inf(1), hi: math.Inf(-1)}
	for i, r := range values {
		h.cols = max(h.cols, len(r))
		for j, v := range r {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				h.nan++
				continue
			}
			if v < h.lo {
				h.lo, h.low = v, [2]int{i, j}
			}
			if v > h.hi {
				h.hi, h.high = v, [2]int{i, j}
			}
		}
	}
	if h.lo > h.hi {
		h.lo, h.hi = 0, 1
	}
	if o.Min != o.Max {
		h.lo, h.hi = o.Min, o.Max
	}
	if o.Diverging {
		m := math.Max(math.Abs(h.lo), math.Abs(h.hi))
		h.lo, h.hi = -m, m
	}
	if h.lo == h.hi {
		h.hi = h.lo + 1
	}
	name := func(names []string, n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = fmt.Sprint(i)
			if i < len(names) {
				out[i] = names[i]
			}
		}
		return out
	}
	h.rowNames, h.colNames = name(o.Rows, h.rows), name(o.Columns, h.cols)
	return h
}

// raster says that the cells are too many to be shapes of their own.
func (h *heatmap) raster() bool { return h.rows*h.cols > 900 }

// named says that rows and columns have their names beside them.
func (h *heatmap) named() bool { return h.rows <= 40 && h.cols <= 40 }

func (h *heatmap) at(i, j int) float64 {
	if j < len(h.values[i]) {
		return h.values[i][j]
	}
	return math.NaN()
}

func (h *heatmap) number(v float64) string {
	if h.Percent {
		return fmt.Sprintf("%.0f %%", 100*v)
	}
	if v != math.Trunc(v) && math.Abs(v) < 100 && math.Abs(v) >= 0.01 {
		return minus(fmt.Sprintf("%.2f", v))
	}
	return minus(Number(v))
}

// ink is the colour of a value.
func (h *heatmap) ink(v float64) ink {
	t := (v - h.lo) / (h.hi - h.lo)
	if h.Diverging {
		return diverging(2*t - 1)
	}
	c := viridis(quantize(t))
	return ink{c, c}
}

func (h *heatmap) paint(c draw.Canvas, labels vg.Length) {
	c = head(c, h.Title, h.Subtitle)
	small := style(11, muted, false)
	if h.YLabel != "" || h.XLabel != "" {
		what := strings.Join(nonEmpty(prefixed("rows: ", h.YLabel), prefixed("columns: ", h.XLabel)), ", ")
		put(c, aligned(small, draw.XLeft, draw.YTop), c.Min.X, c.Max.Y, what)
		c.Max.Y -= 18
	}
	area := draw.Crop(c, labels, -62, 0, 0)
	if h.named() {
		area.Min.Y += 18
	}
	if h.rows == 0 || h.cols == 0 {
		put(c, aligned(small, draw.XLeft, draw.YTop), c.Min.X, c.Max.Y, "no values")
		return
	}
	cw, ch := area.Size().X/vg.Length(h.cols), area.Size().Y/vg.Length(h.rows)
	if h.raster() {
		drawPicture(c, area.Rectangle, h.picture(), 1)
	} else {
		h.cells(area, cw, ch)
	}
	if h.named() {
		for i, name := range h.rowNames {
			s := aligned(small, draw.XRight, draw.YCenter)
			put(c, s, area.Min.X-6, area.Max.Y-(vg.Length(i)+0.5)*ch, fit(s, name, labels-8))
		}
		every := 1
		for _, name := range h.colNames {
			every = max(every, int(math.Ceil(float64(min(small.Width(name), 60)+4)/float64(cw))))
		}
		for j := 0; j < h.cols; j += every {
			s := aligned(small, draw.XCenter, draw.YTop)
			put(c, s, area.Min.X+(vg.Length(j)+0.5)*cw, area.Min.Y-4, fit(s, h.colNames[j], cw*vg.Length(every)))
		}
	}
	bar := vg.Rectangle{Min: vg.Point{X: area.Max.X + 14, Y: area.Min.Y}, Max: vg.Point{X: area.Max.X + 26, Y: area.Max.Y}}
	scaleBar(c, bar, func(t float64) ink { return h.ink(h.lo + t*(h.hi-h.lo)) }, h.lo, h.hi)
}

func prefixed(p, s string) string {
	if s == "" {
		return ""
	}
	return p + s
}

func nonEmpty(s ...string) []string {
	var out []string
	for _, x := range s {
		if x != "" {
			out = append(out, x)
		}
	}
	return out
}

func (h *heatmap) cells(area draw.Canvas, cw, ch vg.Length) {
	size := min(12, float64(ch)*0.55)
	widest := ""
	for i := range h.rows {
		for j := range h.cols {
			if s := h.number(h.at(i, j)); len(s) > len(widest) {
				widest = s
			}
		}
	}
	numbers := !h.NoNumbers
	for numbers && style(size, fore, false).Width(widest) > cw-4 {
		size -= 0.5
		numbers = size >= 8
	}
	for i := range h.rows {
		for j := range h.cols {
			v := h.at(i, j)
			x, y := area.Min.X+vg.Length(j)*cw, area.Max.Y-vg.Length(i+1)*ch
			k := h.ink(v)
			if math.IsNaN(v) {
				area.SetLineStyle(draw.LineStyle{Color: rule, Width: 1})
				var p vg.Path
				p.Move(vg.Point{X: x + 3, Y: y + 3})
				p.Line(vg.Point{X: x + cw - 3, Y: y + ch - 3})
				area.Stroke(p)
				continue
			}
			area.SetColor(k)
			area.Fill(box(x+0.5, y+0.5, x+cw-0.5, y+ch-0.5))
			if numbers {
				put(area, aligned(style(size, readable(k), false), draw.XCenter, draw.YCenter), x+cw/2, y+ch/2, h.number(v))
			}
		}
	}
}

// picture is the matrix as an image, a pixel for each cell. Very large ones are
// reduced by taking the value that is farthest from the middle of each block.
func (h *heatmap) picture() image.Image {
	const most = 400
	w, ht := min(h.cols, most), min(h.rows, most)
	img := image.NewNRGBA(image.Rect(0, 0, w, ht))
	mid := (h.lo + h.hi) / 2
	for y := range ht {
		for x := range w {
			best := math.NaN()
			for i := y * h.rows / ht; i < max(y*h.rows/ht+1, (y+1)*h.rows/ht); i++ {
				for j := x * h.cols / w; j < max(x*h.cols/w+1, (x+1)*h.cols/w); j++ {
					if v := h.at(i, j); math.IsNaN(best) || math.Abs(v-mid) > math.Abs(best-mid) {
						best = v
					}
				}
			}
			if !math.IsNaN(best) {
				img.SetNRGBA(x, y, h.ink(best).light)
			}
		}
	}
	return img
}

// scaleBar draws an upright colour scale with its numbers.
func scaleBar(c draw.Canvas, r vg.Rectangle, col func(t float64) ink, lo, hi float64) {
	const steps = 40
	d := r.Size().Y / steps
	for i := range steps {
		c.SetColor(col((float64(i) + 0.5) / steps))
		top := r.Min.Y + vg.Length(i+1)*d
		if i < steps-1 {
			top += 0.4 // no seams
		}
		c.Fill(box(r.Min.X, r.Min.Y+vg.Length(i)*d, r.Max.X, top))
	}
	s := aligned(style(10.5, muted, false), draw.XLeft, draw.YCenter)
	for _, t := range (niceTicks{count: int(math.Max(2, r.Size().Y.Points()/50))}).Ticks(lo, hi) {
		y := r.Min.Y + vg.Length((t.Value-lo)/(hi-lo))*r.Size().Y
		put(c, s, r.Max.X+5, y, t.Label)
	}
}

func (h *heatmap) finding() string {
	if h.rows*h.cols == 0 || h.rows*h.cols == h.nan {
		return h.subject("Heat map") + ": no finite values."
	}
	lo, hi := h.at(h.low[0], h.low[1]), h.at(h.high[0], h.high[1])
	return fmt.Sprintf("%s, %d rows × %d columns: highest %s at row %s, column %s; lowest %s at row %s, column %s.",
		h.subject("Heat map"), h.rows, h.cols, h.number(hi), h.rowNames[h.high[0]], h.colNames[h.high[1]],
		h.number(lo), h.rowNames[h.low[0]], h.colNames[h.low[1]])
}

func (h *heatmap) text() string {
	t := display.Table{Caption: h.finding(), Columns: append([]string{""}, h.colNames...), Align: "l" + strings.Repeat("r", h.cols), MaxRows: 20, MaxColumns: 13}
	for i := range h.rows {
		row := []any{h.rowNames[i]}
		for j := range h.cols {
			row = append(row, h.number(h.at(i, j)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t.String()
}
