package plot

import (
	"fmt"
	"image"
	"image/color"
	"math"
)

// A Picture is an image as networks have it: planes of values, channel by
// channel, row by row.
type Picture struct {
	Width, Height int
	// Channels is 1 for grey and 3 for red, green, blue. Others are shown as the
	// mean of their planes; 0 is 1.
	Channels int
	// Pixels has Channels × Height × Width values.
	Pixels []float32
	// Title stands over the picture.
	Title string
	// Mark says whether a prediction about it is right.
	Mark Mark
}

// A Mark tells right predictions from wrong ones.
type Mark int

// The marks of a picture.
const (
	Unmarked Mark = iota
	Right         // a green ✓ before the title
	Wrong         // a vermillion ✗ and a frame
)

// FromImage makes a Picture of a Go image, in colour, with values in [0, 1].
func FromImage(img image.Image, title string) Picture {
	b := img.Bounds()
	p := Picture{Width: b.Dx(), Height: b.Dy(), Channels: 3, Title: title, Pixels: make([]float32, 3*b.Dx()*b.Dy())}
	n := b.Dx() * b.Dy()
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, g, bl, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
			i := y*b.Dx() + x
			p.Pixels[i], p.Pixels[n+i], p.Pixels[2*n+i] = float32(r)/0xffff, float32(g)/0xffff, float32(bl)/0xffff
		}
	}
	return p
}

// check returns what is wrong with the sizes of p, "" if nothing.
func (p Picture) check() string {
	c := max(1, p.Channels)
	if p.Width <= 0 || p.Height <= 0 || len(p.Pixels) != c*p.Width*p.Height {
		return fmt.Sprintf("%d values are not a picture of %d × %d × %d", len(p.Pixels), c, p.Height, p.Width)
	}
	return ""
}

// bounds returns the range of the finite values.
func (p Picture) bounds() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range p.Pixels {
		if f := float64(v); !math.IsNaN(f) && !math.IsInf(f, 0) {
			lo, hi = math.Min(lo, f), math.Max(hi, f)
		}
	}
	return lo, hi
}

// brightness returns the range of values that is drawn from black to white: that
// of the usual ways to scale pictures if the values fit one, else their own.
func brightness(ps []Picture) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, p := range ps {
		a, b := p.bounds()
		lo, hi = math.Min(lo, a), math.Max(hi, b)
	}
	switch {
	case lo > hi:
		return 0, 1
	case lo >= 0 && hi <= 1:
		return 0, 1
	case lo >= -1 && hi <= 1:
		return -1, 1
	case lo >= 0 && hi <= 255:
		return 0, 255
	case lo == hi:
		return lo - 1, hi
	}
	return lo, hi
}

// maxSide bounds the pixels of a picture in a figure: more cannot be seen.
const maxSide = 256

// image returns p with values from lo to hi as black to white. NaN is magenta:
// it should be seen.
func (p Picture) image(lo, hi float64) image.Image {
	w, h := min(p.Width, maxSide), min(p.Height, maxSide)
	n := p.Width * p.Height
	gray := p.Channels != 3
	var out interface {
		image.Image
		Set(x, y int, c color.Color)
	} = image.NewNRGBA(image.Rect(0, 0, w, h))
	lower, upper := p.bounds()
	if gray && lower <= upper && !p.hasNaN() {
		out = image.NewGray(image.Rect(0, 0, w, h))
	}
	level := func(v float64) uint8 {
		if hi <= lo {
			return 0
		}
		return uint8(math.Round(255 * min(1, max(0, (v-lo)/(hi-lo)))))
	}
	for y := range h {
		for x := range w {
			i := (y*p.Height/h)*p.Width + x*p.Width/w
			if !gray {
				r, g, b := float64(p.Pixels[i]), float64(p.Pixels[n+i]), float64(p.Pixels[2*n+i])
				if math.IsNaN(r + g + b) {
					out.Set(x, y, nanColor)
					continue
				}
				out.Set(x, y, color.NRGBA{level(r), level(g), level(b), 255})
				continue
			}
			sum, c := 0.0, max(1, p.Channels)
			for k := range c {
				sum += float64(p.Pixels[k*n+i])
			}
			if math.IsNaN(sum) {
				out.Set(x, y, nanColor)
				continue
			}
			out.Set(x, y, color.Gray{level(sum / float64(c))})
		}
	}
	return out
}

var nanColor = color.NRGBA{0xff, 0x00, 0xff, 0xff}

func (p Picture) hasNaN() bool {
	for _, v := range p.Pixels {
		if v != v {
			return true
		}
	}
	return false
}
