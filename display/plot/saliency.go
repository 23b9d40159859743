package plot

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// An Attributed is a picture and what each of its pixels contributes to the
// answer of a network.
type Attributed struct {
	Picture
	// Values has Height × Width values: above zero speaks for the answer, below
	// zero against it.
	Values []float32
}

// SaliencyOptions say how attributions are shown.
type SaliencyOptions struct {
	Title, Subtitle string
	// Signed says that values below zero have a meaning even where there are none:
	// the scale has two sides. It does where there are.
	Signed bool
	// Max bounds the number of pictures, 12 when zero.
	Max int
	// Size is the side of a picture in CSS pixels; zero chooses it.
	Size int
	// Alt replaces the sentence for those who do not see the pictures.
	Alt string
}

// Saliency draws for each picture its pixels, the attribution and the one over
// the other. Colours are vermillion above zero and blue below, fading to nothing
// at zero, with a scale; each picture has its own, up to the value that only one
// pixel in two hundred exceeds. Captum: visualize_image_attr_multiple.
func Saliency(items []Attributed, o SaliencyOptions) *Figure {
	s := &saliency{SaliencyOptions: o, total: len(items), signed: o.Signed}
	most := o.Max
	if most <= 0 {
		most = 12
	}
	s.items = items[:min(most, len(items))]
	ps := make([]Picture, len(s.items))
	for i, it := range s.items {
		ps[i] = it.Picture
		for _, v := range it.Values {
			s.signed = s.signed || v < 0
		}
	}
	s.lo, s.hi = brightness(ps)
	s.side = vg.Length(o.Size)
	if o.Size <= 0 {
		s.side = 84
	}
	s.across = 2
	if len(s.items) == 1 {
		s.across = 1
	}
	s.group = 3*s.side + 2*6
	rows := (len(s.items) + s.across - 1) / s.across
	w := 2*margin + 4 + vg.Length(s.across)*s.group + vg.Length(s.across-1)*28
	h := 2*margin + 5 + vg.Length(max(1, rows))*(s.side+30) + 16 + 34
	if s.Title != "" {
		h += 21
	}
	if s.subtitle() != "" {
		h += 17
	}
	alt := o.Alt
	if alt == "" {
		alt = s.finding()
	}
	return &Figure{width: math.Ceil(float64(max(w, 300))), height: math.Ceil(float64(h)), alt: alt, text: s.text(), paint: s.paint}
}

type saliency struct {
	SaliencyOptions
	items         []Attributed
	total, across int
	signed        bool
	lo, hi        float64
	side, group   vg.Length
}

func (s *saliency) subtitle() string {
	t := s.Subtitle
	if s.total > len(s.items) {
		if t != "" {
			t += "; "
		}
		t += fmt.Sprintf("%d of %d shown", len(s.items), s.total)
	}
	return t
}

// scale is the absolute value that gets the full colour.
func (a Attributed) scale() float64 {
	var v []float64
	for _, x := range a.Values {
		if f := math.Abs(float64(x)); !math.IsNaN(f) && !math.IsInf(f, 0) {
			v = append(v, f)
		}
	}
	if len(v) == 0 {
		return 1
	}
	slices.Sort(v)
	if q := v[int(math.Round(0.995*float64(len(v)-1)))]; q > 0 {
		return q
	}
	if m := v[len(v)-1]; m > 0 {
		return m
	}
	return 1
}

// layer is the attribution as colours that are transparent at zero, so that it
// can lie on the paper of either theme and on the picture.
func (a Attributed) layer() image.Image {
	w, h := min(a.Width, maxSide), min(a.Height, maxSide)
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	scale := a.scale()
	for y := range h {
		for x := range w {
			v := float64(a.Values[(y*a.Height/h)*a.Width+x*a.Width/w])
			if math.IsNaN(v) {
				img.SetNRGBA(x, y, nanColor)
				continue
			}
			img.SetNRGBA(x, y, overlay(v/scale))
		}
	}
	return img
}

// overlay is the colour for t in [-1, 1]; its opacity grows with |t|.
func overlay(t float64) color.NRGBA {
	c := color.NRGBA{0xd9, 0x5b, 0x00, 0}
	if t < 0 {
		c = color.NRGBA{0x1f, 0x86, 0xd0, 0}
	}
	c.A = uint8(math.Round(32*math.Min(1, math.Abs(t))) / 32 * 255)
	return c
}

func (s *saliency) paint(c draw.Canvas) {
	c = head(c, s.Title, s.subtitle())
	c.Max.Y -= 5
	small := aligned(style(10.5, muted, false), draw.XLeft, draw.YTop)
	for k := range min(s.across, max(1, len(s.items))) {
		x := c.Min.X + vg.Length(k)*(s.group+28)
		for j, name := range []string{"input", "attribution", "overlay"} {
			put(c, small, x+vg.Length(j)*(s.side+6), c.Max.Y, name)
		}
	}
	c.Max.Y -= 16
	for i, it := range s.items {
		x := c.Min.X + vg.Length(i%s.across)*(s.group+28)
		top := c.Max.Y - vg.Length(i/s.across)*(s.side+30)
		caption(c, x, top-9, s.group, it.Title, it.Mark)
		s.item(c, it, x, top-19)
	}
	s.key(c)
}

func (s *saliency) item(c draw.Canvas, it Attributed, x, top vg.Length) {
	place := func(k int) vg.Rectangle {
		l := x + vg.Length(k)*(s.side+6)
		return vg.Rectangle{Min: vg.Point{X: l, Y: top - s.side}, Max: vg.Point{X: l + s.side, Y: top}}
	}
	plain := it.Picture
	plain.Mark = Unmarked
	plain.paint(c, place(0), s.lo, s.hi, 1)
	if it.check() != "" || len(it.Values) != it.Width*it.Height {
		return
	}
	colours := it.layer()
	for k := 1; k <= 2; k++ {
		r := place(k)
		c.SetColor(paper)
		c.Fill(box(r.Min.X, r.Min.Y, r.Max.X, r.Max.Y))
		fitted := plain.fitted(r)
		if k == 2 {
			img, opacity := plain.backdrop(s.lo, s.hi)
			drawPicture(c, fitted, img, opacity)
		}
		drawPicture(c, fitted, colours, 1)
		c.SetLineStyle(draw.LineStyle{Color: grid, Width: 1})
		c.Stroke(box(fitted.Min.X, fitted.Min.Y, fitted.Max.X, fitted.Max.Y))
	}
}

// backdrop is the picture as it lies under an attribution: pale. A light figure
// on a dark ground, as a digit of MNIST, becomes a grey figure on the paper of
// either theme; other pictures are faded.
func (p Picture) backdrop(lo, hi float64) (image.Image, float64) {
	img, ok := p.image(lo, hi).(*image.Gray)
	if !ok || !darkBorder(img) {
		return p.image(lo, hi), 0.38
	}
	b := img.Bounds()
	out := image.NewNRGBA(b)
	for y := range b.Dy() {
		for x := range b.Dx() {
			// Levels in steps, so that the palette is small.
			a := math.Round(float64(img.GrayAt(x, y).Y)/255*16) / 16
			out.SetNRGBA(x, y, color.NRGBA{128, 128, 128, uint8(255 * 0.75 * a)})
		}
	}
	return out, 1
}

// darkBorder says that the rim of a picture is darker than a quarter.
func darkBorder(img *image.Gray) bool {
	b := img.Bounds()
	sum, n := 0, 0
	for x := range b.Dx() {
		sum += int(img.GrayAt(x, 0).Y) + int(img.GrayAt(x, b.Dy()-1).Y)
		n += 2
	}
	for y := range b.Dy() {
		sum += int(img.GrayAt(0, y).Y) + int(img.GrayAt(b.Dx()-1, y).Y)
		n += 2
	}
	return sum < 64*n
}

// fitted is the part of a place that a picture of these proportions takes.
func (p Picture) fitted(place vg.Rectangle) vg.Rectangle {
	scale := math.Min(place.Size().X.Points()/float64(p.Width), place.Size().Y.Points()/float64(p.Height))
	w, h := vg.Length(float64(p.Width)*scale), vg.Length(float64(p.Height)*scale)
	return vg.Rectangle{Min: vg.Point{X: place.Min.X, Y: place.Max.Y - h}, Max: vg.Point{X: place.Min.X + w, Y: place.Max.Y}}
}

// key draws the scale under the pictures.
func (s *saliency) key(c draw.Canvas) {
	const steps, w = 32, 192
	lo := 0
	if s.signed {
		lo = -steps
	}
	x0, y0 := c.Min.X, c.Min.Y+14
	d := vg.Length(w) / vg.Length(steps-lo)
	for i := lo; i < steps; i++ {
		o := overlay((float64(i) + 0.5) / steps)
		k := ink{o, o}
		c.SetColor(mixPaper(k))
		c.Fill(box(x0+vg.Length(i-lo)*d, y0, x0+vg.Length(i-lo+1)*d+0.2, y0+9))
	}
	c.SetLineStyle(draw.LineStyle{Color: rule, Width: 0.75})
	c.Stroke(box(x0, y0, x0+w, y0+9))
	t := aligned(style(10.5, muted, false), draw.XCenter, draw.YTop)
	labels := []string{"0", "most"}
	if s.signed {
		labels = []string{"−most", "0", "+most"}
	}
	for i, l := range labels {
		a := t
		switch i {
		case 0:
			a.XAlign = draw.XLeft
		case len(labels) - 1:
			a.XAlign = draw.XRight
		}
		put(c, a, x0+vg.Length(w)*vg.Length(i)/vg.Length(len(labels)-1), y0-2, l)
	}
	what := "how much a pixel counts; each picture has its own scale"
	if s.signed {
		what = "blue: against the answer, vermillion: for it; own scales"
	}
	n := aligned(style(10.5, muted, false), draw.XLeft, draw.YCenter)
	put(c, n, x0+w+14, y0+4.5, fit(n, what, c.Max.X-x0-w-14))
}

// mixPaper is a transparent colour on the paper of each theme.
func mixPaper(k ink) ink {
	t := float64(k.light.A) / 255
	k.light.A, k.dark.A = 255, 255
	return mixInk(paper, k, t)
}

func (s *saliency) finding() string {
	t := strings.TrimRight(s.Title, ".:")
	if t == "" {
		t = "Attributions"
	}
	var names []string
	for _, it := range s.items {
		if it.Title != "" {
			names = append(names, it.Title)
		}
	}
	out := fmt.Sprintf("%s: what %d pictures' pixels contribute to the answer", t, s.total)
	if len(names) > 0 {
		out += ": " + strings.Join(names, ", ")
	}
	return out + "."
}

func (s *saliency) text() string {
	var sb strings.Builder
	sb.WriteString(s.finding())
	for i, it := range s.items {
		if it.check() != "" || len(it.Values) != it.Width*it.Height {
			continue
		}
		pos, neg, best, bi := 0.0, 0.0, 0.0, 0
		for j, v := range it.Values {
			f := float64(v)
			if f > 0 {
				pos += f
			} else {
				neg += f
			}
			if math.Abs(f) > best {
				best, bi = math.Abs(f), j
			}
		}
		name := it.Title
		if name == "" {
			name = fmt.Sprint(i)
		}
		if !s.signed {
			fmt.Fprintf(&sb, "\n%s: total %s, strongest at row %d, column %d", name, Number(pos), bi/it.Width, bi%it.Width)
			continue
		}
		fmt.Fprintf(&sb, "\n%s: for %s, against %s, strongest at row %d, column %d", name, Number(pos), Number(-neg), bi/it.Width, bi%it.Width)
	}
	return sb.String()
}
