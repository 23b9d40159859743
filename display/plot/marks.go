package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// dashes of series, so that lines differ without their colour.
var dashes = [][]vg.Length{
	nil,
	{7, 3},
	{2, 2.5},
	{9, 3, 2, 3},
	{4, 2},
	{12, 3},
	{2, 5},
	{9, 3, 2, 3, 2, 3},
}

func dash(i int) []vg.Length { return dashes[i%len(dashes)] }

// A shape is the marker of a series.
type shape int

const (
	circle shape = iota
	square
	triangle
	diamond
	cross
	plus
	ring
	caret
	shapes
)

func polygon(pts ...vg.Length) vg.Path {
	var p vg.Path
	for i := 0; i < len(pts); i += 2 {
		pt := vg.Point{X: pts[i], Y: pts[i+1]}
		if i == 0 {
			p.Move(pt)
		} else {
			p.Line(pt)
		}
	}
	p.Close()
	return p
}

func disc(x, y, r vg.Length) vg.Path {
	var p vg.Path
	p.Move(vg.Point{X: x + r, Y: y})
	p.Arc(vg.Point{X: x, Y: y}, r, 0, 6.283185307179586)
	p.Close()
	return p
}

// draw draws a marker of radius r. Filled markers have a rim of paper, which
// keeps them apart where they overlap.
func (s shape) draw(c draw.Canvas, col color.Color, x, y, r vg.Length, rim bool) {
	var p vg.Path
	switch s % shapes {
	case circle:
		p = disc(x, y, r)
	case square:
		d := r * 0.9
		p = polygon(x-d, y-d, x+d, y-d, x+d, y+d, x-d, y+d)
	case triangle:
		p = polygon(x-1.1*r, y-0.8*r, x+1.1*r, y-0.8*r, x, y+1.2*r)
	case diamond:
		p = polygon(x-1.25*r, y, x, y-1.25*r, x+1.25*r, y, x, y+1.25*r)
	case caret:
		p = polygon(x-1.1*r, y+0.8*r, x+1.1*r, y+0.8*r, x, y-1.2*r)
	case cross, plus, ring:
		var lines vg.Path
		d := r * 0.9
		switch s % shapes {
		case cross:
			lines.Move(vg.Point{X: x - d, Y: y - d})
			lines.Line(vg.Point{X: x + d, Y: y + d})
			lines.Move(vg.Point{X: x - d, Y: y + d})
			lines.Line(vg.Point{X: x + d, Y: y - d})
		case plus:
			lines.Move(vg.Point{X: x - 1.2*d, Y: y})
			lines.Line(vg.Point{X: x + 1.2*d, Y: y})
			lines.Move(vg.Point{X: x, Y: y - 1.2*d})
			lines.Line(vg.Point{X: x, Y: y + 1.2*d})
		default:
			lines = disc(x, y, d)
		}
		c.SetLineStyle(draw.LineStyle{Color: col, Width: 1.8})
		c.Stroke(lines)
		return
	}
	if rim {
		c.SetLineStyle(draw.LineStyle{Color: paper, Width: 2})
		c.Stroke(p)
	}
	c.SetColor(col)
	c.Fill(p)
}

// tick draws ✓, for what is right; a path, since fonts lack the character.
func tick(c draw.Canvas, x, y, r vg.Length) {
	var p vg.Path
	p.Move(vg.Point{X: x - r, Y: y})
	p.Line(vg.Point{X: x - 0.3*r, Y: y - 0.75*r})
	p.Line(vg.Point{X: x + r, Y: y + 0.8*r})
	c.SetLineStyle(draw.LineStyle{Color: right, Width: 1.9})
	c.Stroke(p)
}

// miss draws ✗, for what is wrong.
func miss(c draw.Canvas, x, y, r vg.Length) {
	var p vg.Path
	r *= 0.8
	p.Move(vg.Point{X: x - r, Y: y - r})
	p.Line(vg.Point{X: x + r, Y: y + r})
	p.Move(vg.Point{X: x - r, Y: y + r})
	p.Line(vg.Point{X: x + r, Y: y - r})
	c.SetLineStyle(draw.LineStyle{Color: wrong, Width: 1.9})
	c.Stroke(p)
}

func box(x0, y0, x1, y1 vg.Length) vg.Path { return polygon(x0, y0, x1, y0, x1, y1, x0, y1) }
