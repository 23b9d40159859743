package plot

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ImagesOptions say how a grid of pictures is laid out.
type ImagesOptions struct {
	Title, Subtitle string
	// Columns is the number of pictures in a row; zero chooses it.
	Columns int
	// Size is the height and width of a picture in CSS pixels; zero chooses it.
	Size int
	// Max bounds the number of pictures, 40 when zero; the rest is counted.
	Max int
	// Lo and Hi are drawn black and white. Without them (both zero) [0, 1],
	// [-1, 1] or [0, 255] is taken, whichever holds the values, or their range.
	Lo, Hi float64
	// Alt replaces the sentence for those who do not see the pictures.
	Alt string
}

// Images draws a grid of pictures with square pixels and their titles. A picture
// marked Right has ✓ before its title, one marked Wrong ✗ and a frame, so that
// the difference does not rest on colour.
func Images(pictures []Picture, o ImagesOptions) *Figure {
	g := &gallery{ImagesOptions: o, total: len(pictures)}
	most := o.Max
	if most <= 0 {
		most = 40
	}
	g.pictures = pictures[:min(most, len(pictures))]
	g.lo, g.hi = o.Lo, o.Hi
	if g.lo == g.hi {
		g.lo, g.hi = brightness(g.pictures)
	}
	g.layout()
	alt := o.Alt
	if alt == "" {
		alt = g.finding()
	}
	return &Figure{width: math.Ceil(float64(g.w)), height: math.Ceil(float64(g.h)), alt: alt, text: g.text(), paint: g.paint}
}

type gallery struct {
	ImagesOptions
	pictures        []Picture
	total           int
	lo, hi          float64
	columns         int
	side, pitch     vg.Length // of a picture, and from one to the next
	pictureH, lineH vg.Length
	w, h            vg.Length
	titled          bool
}

func (g *gallery) layout() {
	n := len(g.pictures)
	wide := vg.Length(0)
	aspect := 1.0
	for _, p := range g.pictures {
		if p.Title != "" || p.Mark != Unmarked {
			g.titled = true
			t := style(11.5, fore, false).Width(p.Title)
			if p.Mark != Unmarked {
				t += 15
			}
			wide = max(wide, t)
		}
		if p.Width > 0 && p.Height > 0 {
			aspect = math.Max(aspect, float64(p.Height)/float64(p.Width))
		}
	}
	g.columns = g.Columns
	if g.columns <= 0 {
		switch {
		case n <= 6:
			g.columns = max(1, n)
		case n <= 16:
			g.columns = (n + 1) / 2
		default:
			g.columns = 8
		}
	}
	g.side = vg.Length(g.Size)
	if g.Size <= 0 {
		g.side = min(96, max(56, (720-2*margin)/vg.Length(g.columns)-10))
	}
	g.pitch = max(g.side, min(wide, 160)) + 10
	g.pictureH = vg.Length(math.Round(float64(g.side) * math.Min(2, aspect)))
	if g.titled {
		g.lineH = 18
	}
	rows := (n + g.columns - 1) / g.columns
	g.w = max(220, vg.Length(g.columns)*g.pitch-10+2*margin+4)
	g.h = 2*margin + vg.Length(max(1, rows))*(g.pictureH+g.lineH+9) - 9
	if g.Title != "" {
		g.h += 21
	}
	if g.subtitle() != "" {
		g.h += 17
	}
	if g.Title != "" || g.subtitle() != "" {
		g.h += 5
	}
}

func (g *gallery) subtitle() string {
	s := g.Subtitle
	if g.total > len(g.pictures) {
		if s != "" {
			s += "; "
		}
		s += fmt.Sprintf("%d of %s shown", len(g.pictures), Number(float64(g.total)))
	}
	return s
}

func (g *gallery) paint(c draw.Canvas) {
	c = head(c, g.Title, g.subtitle())
	for i, p := range g.pictures {
		x := c.Min.X + vg.Length(i%g.columns)*g.pitch
		top := c.Max.Y - vg.Length(i/g.columns)*(g.pictureH+g.lineH+9)
		if g.titled {
			caption(c, x, top-g.lineH/2, g.pitch-6, p.Title, p.Mark)
		}
		place := vg.Rectangle{Min: vg.Point{X: x, Y: top - g.lineH - g.pictureH}, Max: vg.Point{X: x + g.side, Y: top - g.lineH}}
		p.paint(c, place, g.lo, g.hi, 1)
	}
}

// caption draws a title with the mark before it.
func caption(c draw.Canvas, x, y, w vg.Length, title string, m Mark) {
	col := fore
	switch m {
	case Right:
		tick(c, x+5, y, 4.6)
		x, w = x+14, w-14
	case Wrong:
		miss(c, x+5, y, 4.6)
		x, w = x+14, w-14
		col = wrong
	}
	s := aligned(style(11.5, col, m == Wrong), draw.XLeft, draw.YCenter)
	put(c, s, x, y, fit(s, title, w))
}

// paint draws p into a place, keeping its proportions, with the frame of its mark.
func (p Picture) paint(c draw.Canvas, place vg.Rectangle, lo, hi, opacity float64) vg.Rectangle {
	if msg := p.check(); msg != "" {
		c.SetColor(panel)
		c.Fill(box(place.Min.X, place.Min.Y, place.Max.X, place.Max.Y))
		return place
	}
	scale := math.Min(place.Size().X.Points()/float64(p.Width), place.Size().Y.Points()/float64(p.Height))
	w, h := vg.Length(float64(p.Width)*scale), vg.Length(float64(p.Height)*scale)
	r := vg.Rectangle{Min: vg.Point{X: place.Min.X, Y: place.Max.Y - h}, Max: vg.Point{X: place.Min.X + w, Y: place.Max.Y}}
	drawPicture(c, r, p.image(lo, hi), opacity)
	line := draw.LineStyle{Color: grid, Width: 1}
	if p.Mark == Wrong {
		line = draw.LineStyle{Color: wrong, Width: 2.5}
	}
	c.SetLineStyle(line)
	c.Stroke(box(r.Min.X, r.Min.Y, r.Max.X, r.Max.Y))
	return r
}

func (g *gallery) counts() (right, wrong int) {
	for _, p := range g.pictures {
		switch p.Mark {
		case Right:
			right++
		case Wrong:
			wrong++
		}
	}
	return right, wrong
}

// titles lists what stands over the pictures, the first ones only.
func (g *gallery) titles(n int) string {
	var out []string
	for _, p := range g.pictures {
		t := p.Title
		if p.Mark == Wrong {
			t += " ✗"
		}
		if t != "" {
			out = append(out, t)
		}
	}
	if len(out) > n {
		return strings.Join(out[:n], ", ") + ", …"
	}
	return strings.Join(out, ", ")
}

func (g *gallery) finding() string {
	s := fmt.Sprintf("%d pictures", g.total)
	if g.total == 1 {
		s = "One picture"
	}
	if g.Title != "" {
		s = strings.TrimRight(g.Title, ".:") + ": " + s
	}
	if r, w := g.counts(); r+w > 0 {
		s += fmt.Sprintf(", %d right and %d wrong", r, w)
	}
	if t := g.titles(12); t != "" {
		s += ": " + t
	}
	return s + "."
}

func (g *gallery) text() string {
	var sb strings.Builder
	sb.WriteString(g.finding())
	if len(g.pictures) > 0 {
		p := g.pictures[0]
		lo, hi := p.bounds()
		fmt.Fprintf(&sb, "\n%d × %d pixels, %d channel(s), values of the first from %s to %s", p.Width, p.Height, max(1, p.Channels), Number(lo), Number(hi))
		if msg := p.check(); msg != "" {
			sb.WriteString("\n" + msg)
		}
	}
	if t := g.titles(len(g.pictures)); t != "" {
		sb.WriteString("\n" + t)
	}
	return sb.String()
}
