package plot

import (
	"image/color"
	"math"
)

// An ink is a colour with a counterpart for dark themes. As a color.Color it is
// its light form: that is what goes into a PNG. The SVG canvas writes both.
type ink struct {
	light, dark color.NRGBA
}

func (k ink) RGBA() (r, g, b, a uint32) { return k.light.RGBA() }

// alpha returns the ink with opacity a in both themes.
func (k ink) alpha(a float64) ink {
	k.light.A = uint8(math.Round(255 * a))
	k.dark.A = k.light.A
	return k
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

func inks(light, dark uint32) ink { return ink{rgb(light), rgb(dark)} }

// The inks of everything that is not data.
var (
	paper  = inks(0xffffff, 0x111111) // background
	fore   = inks(0x1f2328, 0xe9ecef) // titles, numbers
	muted  = inks(0x59636e, 0xa9b2bc) // axis labels, notes
	rule   = inks(0x8c959f, 0x6e7781) // axis lines
	grid   = inks(0xe3e7eb, 0x2c3036) // grid lines
	panel  = inks(0xf6f8fa, 0x1c1f23) // under pictures
	right  = inks(0x00795a, 0x3fd0a5) // a right prediction, with ✓
	wrong  = inks(0xb8430a, 0xff9a5c) // a wrong prediction, with ✗
	posInk = inks(0xd55e00, 0xff7f2a) // evidence for, above zero
	negInk = inks(0x0072b2, 0x4aa8e8) // evidence against, below zero
)

// seriesInks are the colours of series: the palette of Okabe and Ito, each
// darkened on white and lightened on black until it can be seen (contrast of at
// least 3 to the paper), in an order that keeps neighbours apart.
var seriesInks = []ink{
	inks(0x0072b2, 0x56b4e9), // blue
	inks(0xd55e00, 0xff8c42), // vermillion
	inks(0x00896a, 0x2fd0a0), // bluish green
	inks(0xb0508a, 0xe59cc8), // reddish purple
	inks(0x9a6a00, 0xf0b429), // orange
	inks(0x555b61, 0xc3c9cf), // grey
	inks(0x2a8fbd, 0x9ad8f5), // sky blue
	inks(0x857800, 0xf0e442), // yellow
}

func seriesInk(i int) ink { return seriesInks[i%len(seriesInks)] }

// luminance is the relative luminance of WCAG 2.
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	lin := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(n.R) + 0.7152*lin(n.G) + 0.0722*lin(n.B)
}

// contrast is the contrast ratio of WCAG 2, between 1 and 21.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

// readable is black or white, whichever is read better on the ink. One of them
// always has a contrast of 4.58, the root of 21, at least.
func readable(on ink) ink {
	pick := func(c color.NRGBA) color.NRGBA {
		white, black := rgb(0xffffff), rgb(0x000000)
		if contrast(white, c) >= contrast(black, c) {
			return white
		}
		return black
	}
	return ink{pick(on.light), pick(on.dark)}
}

// mix is the colour at t between a and b.
func mix(a, b color.NRGBA, t float64) color.NRGBA {
	m := func(x, y uint8) uint8 {
		return uint8(math.Round(float64(x) + t*(float64(y)-float64(x))))
	}
	return color.NRGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), m(a.A, b.A)}
}

func mixInk(a, b ink, t float64) ink {
	return ink{mix(a.light, b.light, t), mix(a.dark, b.dark, t)}
}

// viridisStops are eleven equally spaced colours of the viridis map.
var viridisStops = []uint32{
	0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c,
	0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725,
}

// viridis is the colour for t in [0, 1], dark to light, even to the eye and to
// all kinds of colour vision.
func viridis(t float64) color.NRGBA {
	if math.IsNaN(t) {
		return color.NRGBA{}
	}
	t = min(1, max(0, t)) * float64(len(viridisStops)-1)
	i := min(int(t), len(viridisStops)-2)
	return mix(rgb(viridisStops[i]), rgb(viridisStops[i+1]), t-float64(i))
}

// sequential is an ink for t in [0, 1] that begins at the colour of the paper,
// for cells whose number is written in them.
func sequential(t float64) ink {
	return mixInk(inks(0xf4f7fa, 0x1b1f24), inks(0x08519c, 0x6cb8f0), quantize(t))
}

// diverging is an ink for t in [-1, 1], the colour of the paper at 0.
func diverging(t float64) ink {
	mid := inks(0xf7f7f7, 0x1b1f24)
	if math.IsNaN(t) {
		return mid
	}
	if t < 0 {
		return mixInk(mid, negInk, quantize(-t))
	}
	return mixInk(mid, posInk, quantize(t))
}

// quantize keeps the number of different colours, and so of rules in the style
// sheet of an SVG, small.
func quantize(t float64) float64 {
	if math.IsNaN(t) {
		return 0
	}
	return math.Round(min(1, max(0, t))*40) / 40
}
