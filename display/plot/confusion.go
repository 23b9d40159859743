package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/display"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxClasses bounds a confusion matrix that can still be read.
const maxClasses = 30

// Confusion draws counts[true][predicted]: the number in each cell, its share of
// the row as colour (blue on the diagonal, vermillion off it), recall at the end
// of each row and precision under each column. Of more than 30 classes those
// with the most mistakes are shown. sklearn: ConfusionMatrixDisplay.
func Confusion(counts [][]int, classes []string, o Options) *Figure {
	m := newConfusion(counts, classes, o)
	n := len(m.shown)
	labels := vg.Length(48)
	for _, i := range m.shown {
		labels = max(labels, min(110, style(11.5, fore, false).Width(m.classes[i])))
	}
	cell := min(46.0, max(20, 480/float64(max(1, n))))
	w := float64(labels) + 30 + cell*float64(n) + 66 + 2*margin + 4
	h := cell*0.82*float64(n) + 142
	if o.Subtitle == "" && m.total == 0 {
		h -= 17
	}
	w, h = o.size(max(330, w), h)
	alt := o.Alt
	if alt == "" {
		alt = m.finding()
	}
	return &Figure{width: math.Ceil(w), height: math.Ceil(h), alt: alt, text: m.text(), table: m.table(),
		paint: func(c draw.Canvas) { m.paint(c, labels) }}
}

type confusion struct {
	Options
	counts         [][]int
	classes        []string
	shown          []int // classes that are drawn
	rows, columns  []int // sums
	total, correct int
	worst          float64 // greatest share of a row that a mistake has
}

func newConfusion(counts [][]int, classes []string, o Options) *confusion {
	n := len(counts)
	for _, r := range counts {
		n = max(n, len(r))
	}
	m := &confusion{Options: o, counts: make([][]int, n), rows: make([]int, n), columns: make([]int, n)}
	for i := range n {
		m.counts[i] = make([]int, n)
		if i < len(counts) {
			copy(m.counts[i], counts[i])
		}
		name := fmt.Sprint(i)
		if i < len(classes) {
			name = classes[i]
		}
		m.classes = append(m.classes, name)
		m.shown = append(m.shown, i)
	}
	for i, r := range m.counts {
		for j, k := range r {
			m.rows[i] += k
			m.columns[j] += k
			m.total += k
			if i == j {
				m.correct += k
			}
		}
	}
	for i, r := range m.counts {
		for j, k := range r {
			if i != j && k > 0 {
				m.worst = math.Max(m.worst, ratio(k, m.rows[i]))
			}
		}
	}
	if n > maxClasses {
		slices.SortStableFunc(m.shown, func(a, b int) int { return cmp.Compare(m.mistakes(b), m.mistakes(a)) })
		m.shown = m.shown[:maxClasses]
		slices.Sort(m.shown)
	}
	return m
}

func (m *confusion) mistakes(i int) int { return m.rows[i] + m.columns[i] - 2*m.counts[i][i] }

func ratio(a, b int) float64 {
	if b == 0 {
		return math.NaN()
	}
	return float64(a) / float64(b)
}

func (m *confusion) recall(i int) float64    { return ratio(m.counts[i][i], m.rows[i]) }
func (m *confusion) precision(i int) float64 { return ratio(m.counts[i][i], m.columns[i]) }

func (m *confusion) f1(i int) float64 {
	return ratio(2*m.counts[i][i], m.rows[i]+m.columns[i])
}

// ink is the colour of a cell. Mistakes are few: a scale of their own, and its
// root, make them visible.
func (m *confusion) ink(i, j int) ink {
	share := ratio(m.counts[i][j], m.rows[i])
	if math.IsNaN(share) {
		share = 0
	}
	if i == j {
		return sequential(share)
	}
	return mixInk(inks(0xf4f7fa, 0x1b1f24), inks(0xc24e00, 0xff8c42), quantize(math.Sqrt(share/math.Max(0.1, m.worst))))
}

func short(v float64) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case v == 1:
		return "100"
	}
	return fmt.Sprintf("%.1f", 100*v)
}

func (m *confusion) paint(c draw.Canvas, labels vg.Length) {
	title, subtitle := m.Title, m.Subtitle
	if title == "" {
		title = "Confusion matrix"
	}
	if subtitle == "" && m.total > 0 {
		subtitle = fmt.Sprintf("accuracy %s: %s of %s right", Percent(ratio(m.correct, m.total)), Number(float64(m.correct)), Number(float64(m.total)))
	}
	c = head(c, title, subtitle)
	small, axis := style(11, muted, false), style(11, muted, true)
	note := "colour: share of the row, mistakes on a scale of their own"
	if len(m.shown) < len(m.classes) {
		note = fmt.Sprintf("%d of %d classes: those with the most mistakes", len(m.shown), len(m.classes))
	}
	put(c, aligned(small, draw.XLeft, draw.YBottom), c.Min.X, c.Min.Y, fit(small, note, c.Size().X))
	n := len(m.shown)
	if n == 0 {
		return
	}
	area := draw.Crop(c, labels+30, -66, 58, -4)
	cw, ch := area.Size().X/vg.Length(n), area.Size().Y/vg.Length(n)
	size := math.Min(12.5, math.Min(float64(ch)*0.6, float64(cw)*0.34))
	name := style(math.Min(11.5, math.Max(8, float64(ch)*0.7)), fore, false)
	empty := inks(0xf4f7fa, 0x1b1f24)
	area.SetColor(empty)
	area.Fill(box(area.Min.X, area.Min.Y, area.Max.X, area.Max.Y))
	for a, i := range m.shown {
		y := area.Max.Y - vg.Length(a+1)*ch
		put(c, aligned(name, draw.XRight, draw.YCenter), area.Min.X-7, y+ch/2, fit(name, m.classes[i], labels))
		for b, j := range m.shown {
			x := area.Min.X + vg.Length(b)*cw
			k := m.ink(i, j)
			if k != empty {
				area.SetColor(k)
				area.Fill(box(x, y, x+cw, y+ch))
			}
			if v := m.counts[i][j]; v > 0 {
				s := aligned(style(size, readable(k), i == j), draw.XCenter, draw.YCenter)
				text := fmt.Sprint(v)
				for s.Width(text) > cw-3 && s.Font.Size > 6 {
					s.Font.Size -= 0.5
				}
				put(area, s, x+cw/2, y+ch/2, text)
			}
		}
		m.meter(c, area.Max.X+10, y+ch/2, m.recall(i), math.Min(11, float64(ch)*0.7))
	}
	var lines vg.Path
	for k := range n + 1 {
		x, y := area.Min.X+vg.Length(k)*cw, area.Min.Y+vg.Length(k)*ch
		lines.Move(vg.Point{X: x, Y: area.Min.Y})
		lines.Line(vg.Point{X: x, Y: area.Max.Y})
		lines.Move(vg.Point{X: area.Min.X, Y: y})
		lines.Line(vg.Point{X: area.Max.X, Y: y})
	}
	area.SetLineStyle(draw.LineStyle{Color: paper, Width: 1.4})
	area.Stroke(lines)
	for b, j := range m.shown {
		x := area.Min.X + (vg.Length(b)+0.5)*cw
		label := fit(name, m.classes[j], cw-2)
		put(c, aligned(name, draw.XCenter, draw.YTop), x, area.Min.Y-4, label)
		s := aligned(style(math.Min(11, float64(cw)*0.36), fore, false), draw.XCenter, draw.YTop)
		put(c, s, x, area.Min.Y-21, short(m.precision(j)))
	}
	put(c, aligned(axis, draw.XRight, draw.YTop), area.Min.X-7, area.Min.Y-21, fit(axis, "precision %", labels+22))
	put(c, aligned(axis, draw.XLeft, draw.YTop), area.Max.X+10, area.Min.Y-4, "recall %")
	turned := aligned(axis, draw.XCenter, draw.YTop)
	turned.Rotation = math.Pi / 2
	put(c, turned, c.Min.X, area.Center().Y, "true")
	put(c, aligned(axis, draw.XRight, draw.YTop), area.Min.X-7, area.Min.Y-4, fit(axis, "predicted", labels+22))
}

// meter writes a share and draws it as a bar.
func (m *confusion) meter(c draw.Canvas, x, y vg.Length, v, size float64) {
	put(c, aligned(style(size, fore, false), draw.XLeft, draw.YCenter), x, y, short(v))
	if math.IsNaN(v) {
		return
	}
	const w = 24
	x += 30
	c.SetColor(grid)
	c.Fill(box(x, y-2.5, x+w, y+2.5))
	c.SetColor(seriesInk(0))
	c.Fill(box(x, y-2.5, x+vg.Length(v)*w, y+2.5))
}

// confused returns the pairs of classes that are taken for each other most.
func (m *confusion) confused(n int) []string {
	type pair struct{ i, j, k int }
	var ps []pair
	for i, r := range m.counts {
		for j, k := range r {
			if i != j && k > 0 {
				ps = append(ps, pair{i, j, k})
			}
		}
	}
	slices.SortStableFunc(ps, func(a, b pair) int { return cmp.Compare(b.k, a.k) })
	var out []string
	for _, p := range ps[:min(n, len(ps))] {
		out = append(out, fmt.Sprintf("%s taken for %s (%d)", m.classes[p.i], m.classes[p.j], p.k))
	}
	return out
}

func (m *confusion) finding() string {
	if m.total == 0 {
		return "Confusion matrix without samples."
	}
	title := m.Title
	if title == "" {
		title = "Confusion matrix"
	}
	s := fmt.Sprintf("%s of %d classes: accuracy %s (%s of %s)", title, len(m.classes), Percent(ratio(m.correct, m.total)), Number(float64(m.correct)), Number(float64(m.total)))
	if c := m.confused(3); len(c) > 0 {
		s += "; most often " + strings.Join(c, ", ")
	}
	return s + "."
}

// table has the measures of each class, for screen readers and for copying.
func (m *confusion) table() *display.Table {
	t := &display.Table{Caption: "Measures of each class", Columns: []string{"class", "precision", "recall", "F1", "samples"}, RowHeader: true, Align: "lrrrr"}
	for _, i := range m.shown {
		t.Rows = append(t.Rows, []any{m.classes[i], short(m.precision(i)) + " %", short(m.recall(i)) + " %", short(m.f1(i)) + " %", m.rows[i]})
	}
	return t
}

func (m *confusion) text() string {
	t := &display.Table{Caption: m.finding(), Columns: []string{"true \\ predicted"}, RowHeader: true, MaxColumns: maxClasses + 2, Align: "l" + strings.Repeat("r", len(m.shown)+1)}
	foot := []any{"precision %"}
	for _, j := range m.shown {
		t.Columns = append(t.Columns, m.classes[j])
		foot = append(foot, short(m.precision(j)))
	}
	t.Columns = append(t.Columns, "recall %")
	for _, i := range m.shown {
		row := []any{m.classes[i]}
		for _, j := range m.shown {
			row = append(row, m.counts[i][j])
		}
		t.Rows = append(t.Rows, append(row, short(m.recall(i))))
	}
	t.Footer = [][]any{foot}
	if len(m.shown) < len(m.classes) {
		t.Note = fmt.Sprintf("%d of %d classes: those with the most mistakes", len(m.shown), len(m.classes))
	}
	return t.String()
}
