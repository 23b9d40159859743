package plot

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Grid puts figures side by side, columns in a row, into one figure.
// matplotlib: subplots.
func Grid(figures []*Figure, columns int) *Figure {
	columns = min(max(1, columns), max(1, len(figures)))
	rows := (len(figures) + columns - 1) / columns
	widths, heights := make([]float64, columns), make([]float64, rows)
	var alts, texts []string
	for i, f := range figures {
		widths[i%columns] = max(widths[i%columns], f.width)
		heights[i/columns] = max(heights[i/columns], f.height)
		alts = append(alts, f.alt)
		texts = append(texts, f.text)
	}
	g := &Figure{alt: strings.Join(alts, " "), text: strings.Join(texts, "\n\n")}
	for _, w := range widths {
		g.width += w
	}
	for _, h := range heights {
		g.height += h
	}
	g.width, g.height = max(g.width, 1), max(g.height, 1)
	g.paint = func(c draw.Canvas) {
		y := c.Max.Y
		for r := range rows {
			x := c.Min.X
			for k := range columns {
				if i := r*columns + k; i < len(figures) && figures[i].paint != nil {
					f := figures[i]
					part := draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
						Min: vg.Point{X: x, Y: y - vg.Length(f.height)},
						Max: vg.Point{X: x + vg.Length(f.width), Y: y},
					}}
					f.paint(part)
				}
				x += vg.Length(widths[k])
			}
			y -= vg.Length(heights[r])
		}
	}
	return g
}
