package plot

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// encodePNG encodes img with a palette of 256 colours, which makes a chart a
// third of its size and cannot be seen.
func encodePNG(img image.Image) []byte {
	switch img.(type) {
	case *image.Gray, *image.Paletted:
	default:
		img = paletted(img)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		panic("plot: " + err.Error()) // only for sizes that no figure has
	}
	return buf.Bytes()
}

// A tint is a colour of a picture and how many pixels have it.
type tint struct {
	c color.NRGBA
	n int
}

func (t tint) key() uint32 {
	return uint32(t.c.R)<<24 | uint32(t.c.G)<<16 | uint32(t.c.B)<<8 | uint32(t.c.A)
}

// paletted returns img with at most 256 colours: its own if they are so few,
// else the most frequent ones as they are and the rest by median cut.
func paletted(img image.Image) *image.Paletted {
	b := img.Bounds()
	at := func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA) }
	switch m := img.(type) {
	case *image.NRGBA:
		at = m.NRGBAAt
	case *image.RGBA:
		at = func(x, y int) color.NRGBA {
			if p := m.RGBAAt(x, y); p.A == 255 {
				return color.NRGBA(p)
			} else {
				return color.NRGBAModel.Convert(p).(color.NRGBA)
			}
		}
	}
	// Neighbours are mostly of one colour: the map is asked once for each run.
	count := map[color.NRGBA]int{}
	var last color.NRGBA
	run := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if c := at(x, y); c == last {
				run++
			} else {
				if run > 0 {
					count[last] += run
				}
				last, run = c, 1
			}
		}
	}
	if run > 0 {
		count[last] += run
	}
	tints := make([]tint, 0, len(count))
	for c, n := range count {
		tints = append(tints, tint{c, n})
	}
	slices.SortFunc(tints, func(a, b tint) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.key(), b.key()))
	})
	var pal color.Palette
	index := make(map[color.NRGBA]uint8, len(tints))
	exact := len(tints)
	if exact > 256 {
		exact = 64
	}
	for _, t := range tints[:exact] {
		index[t.c] = uint8(len(pal))
		pal = append(pal, t.c)
	}
	for _, box := range medianCut(tints[exact:], 256-exact) {
		for _, t := range box {
			index[t.c] = uint8(len(pal))
		}
		pal = append(pal, average(box))
	}
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), pal)
	var i uint8
	for y := range b.Dy() {
		for x := range b.Dx() {
			if c := at(b.Min.X+x, b.Min.Y+y); c != last || x+y == 0 {
				last, i = c, index[c]
			}
			out.Pix[y*out.Stride+x] = i
		}
	}
	return out
}

func channel(c color.NRGBA, i int) uint8 { return [4]uint8{c.R, c.G, c.B, c.A}[i] }

// medianCut divides tints into at most n boxes of similar colours.
func medianCut(tints []tint, n int) [][]tint {
	if len(tints) == 0 {
		return nil
	}
	boxes := [][]tint{slices.Clone(tints)}
	for len(boxes) < n {
		// The box with the widest channel is cut in the middle of its pixels.
		best, wide, ch := -1, 0, 0
		for i, box := range boxes {
			for k := range 4 {
				lo, hi := 255, 0
				for _, t := range box {
					v := int(channel(t.c, k))
					lo, hi = min(lo, v), max(hi, v)
				}
				if hi-lo > wide {
					best, wide, ch = i, hi-lo, k
				}
			}
		}
		if best < 0 {
			break
		}
		box := boxes[best]
		slices.SortFunc(box, func(a, b tint) int {
			return cmp.Or(cmp.Compare(channel(a.c, ch), channel(b.c, ch)), cmp.Compare(a.key(), b.key()))
		})
		total, half, cut := 0, 0, 0
		for _, t := range box {
			total += t.n
		}
		for cut < len(box)-1 && (cut == 0 || half < total/2) {
			half += box[cut].n
			cut++
		}
		boxes[best] = box[:cut]
		boxes = append(boxes, box[cut:])
	}
	return boxes
}

func average(box []tint) color.NRGBA {
	var sum [4]int
	n := 0
	for _, t := range box {
		for k := range 4 {
			sum[k] += int(channel(t.c, k)) * t.n
		}
		n += t.n
	}
	v := func(k int) uint8 { return uint8((sum[k] + n/2) / n) }
	return color.NRGBA{v(0), v(1), v(2), v(3)}
}
