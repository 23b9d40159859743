package plot

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	xfont "golang.org/x/image/font"
	gplot "gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// style is a text style of the figures, size in CSS pixels.
func style(size float64, col color.Color, bold bool) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return text.Style{Color: col, Font: f, Handler: gplot.DefaultTextHandler, XAlign: draw.XLeft, YAlign: draw.YBottom}
}

func aligned(s text.Style, x text.XAlignment, y text.YAlignment) text.Style {
	s.XAlign, s.YAlign = x, y
	return s
}

func put(c draw.Canvas, s text.Style, x, y vg.Length, txt string) {
	c.FillText(s, vg.Point{X: x, Y: y}, txt)
}

// fit shortens txt with an ellipsis until it is not wider than w.
func fit(s text.Style, txt string, w vg.Length) string {
	if s.Width(txt) <= w {
		return txt
	}
	r := []rune(txt)
	for len(r) > 1 {
		r = r[:len(r)-1]
		if t := strings.TrimRight(string(r), " ") + "…"; s.Width(t) <= w {
			return t
		}
	}
	return "…"
}

// Number writes v with as many digits as a reader of a chart wants: three to
// five significant ones, thousands separated, an exponent only far out.
func Number(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 0):
		if v > 0 {
			return "∞"
		}
		return "−∞"
	case a == 0:
		return "0"
	case a >= 1e9 || a < 1e-4:
		return exponent.Replace(strconv.FormatFloat(v, 'g', 3, 64))
	case v == math.Trunc(v) || a >= 1000:
		return thousands(strconv.FormatFloat(v, 'f', 0, 64))
	case a >= 100:
		return trimZeros(strconv.FormatFloat(v, 'f', 1, 64))
	case a >= 10:
		return trimZeros(strconv.FormatFloat(v, 'f', 2, 64))
	case a >= 0.1:
		return trimZeros(strconv.FormatFloat(v, 'f', 3, 64))
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

var exponent = strings.NewReplacer("e-0", "e-", "e+0", "e", "e+", "e")

func trimZeros(s string) string {
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// Percent writes v as per cent: 0.9671 as 96.7 %.
func Percent(v float64) string {
	if math.IsNaN(v) {
		return "NaN"
	}
	return strconv.FormatFloat(100*v, 'f', 1, 64) + " %"
}

// minus writes the sign of a number as long as a plus.
func minus(s string) string {
	if t, ok := strings.CutPrefix(s, "-"); ok {
		return "−" + t
	}
	return s
}

// thousands puts commas into the whole part of a decimal number.
func thousands(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, dot := strings.Cut(s, ".")
	var sb strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			sb.WriteByte(',')
		}
		sb.WriteRune(d)
	}
	if dot {
		sb.WriteString("." + frac)
	}
	return sign + sb.String()
}

// spark draws values as a line of block characters, for the plain text.
func spark(values []float64, width int) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	if lo > hi {
		return ""
	}
	return sparkBetween(values, width, lo, hi)
}

// sparkBetween is spark with the values of its lowest and highest character.
func sparkBetween(values []float64, width int, lo, hi float64) string {
	blocks := []rune("▁▂▃▄▅▆▇█")
	n := min(width, len(values))
	out := make([]rune, n)
	for i := range n {
		// The mean of the finite values of each stretch.
		a, b := i*len(values)/n, (i+1)*len(values)/n
		sum, k := 0.0, 0
		for _, v := range values[a:b] {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				sum += v
				k++
			}
		}
		if k == 0 {
			out[i] = '×'
			continue
		}
		t := 0.0
		if hi > lo {
			t = (sum/float64(k) - lo) / (hi - lo)
		}
		out[i] = blocks[min(len(blocks)-1, int(t*float64(len(blocks))))]
	}
	return string(out)
}
