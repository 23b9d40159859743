package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// HistogramOptions say how values are counted.
type HistogramOptions struct {
	Options
	// Bins is their number; zero chooses it by the rule of Freedman and Diaconis,
	// between 8 and 60.
	Bins int
}

// Histogram counts values in bins of equal width. NaN and infinite values are
// left out and counted in the note. matplotlib: hist.
func Histogram(values []float64, o HistogramOptions) *Figure {
	var v []float64
	for _, x := range values {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			v = append(v, x)
		}
	}
	slices.Sort(v)
	h := &histogram{frame: frame{Options: o.Options}, n: len(v)}
	if dropped := len(values) - len(v); dropped > 0 {
		h.note = fmt.Sprintf("%d NaN or infinite values left out", dropped)
	}
	if len(v) > 0 {
		h.count(v, o.Bins)
		h.entries = []entry{{"mean " + minus(Number(h.mean)), func(c draw.Canvas, x, y, w vg.Length) {
			c.StrokeLine2(meanLine, x, y, x+w, y)
		}}}
	}
	h.xmin, h.xmax = widen(h.lo, h.lo+h.width*float64(len(h.counts)), 0.01, false)
	top := 0
	for _, c := range h.counts {
		top = max(top, c)
	}
	h.ymin, h.ymax = 0, math.Max(1, float64(top)*1.05)
	if h.YLabel == "" {
		h.YLabel = "count"
	}
	h.layers = []layer{h.paint}
	w, ht := o.size(640, 320)
	alt := o.Alt
	if alt == "" {
		alt = h.finding()
	}
	return &Figure{width: w, height: ht, alt: alt, text: h.text(), paint: h.frame.draw}
}

type histogram struct {
	frame
	lo, width             float64
	counts                []int
	n                     int
	mean, std, median     float64
	minimum, maximum, q25 float64
	q75                   float64
}

func (h *histogram) count(v []float64, bins int) {
	q := func(p float64) float64 { return v[int(math.Round(p*float64(len(v)-1)))] }
	h.minimum, h.maximum, h.median, h.q25, h.q75 = v[0], v[len(v)-1], q(0.5), q(0.25), q(0.75)
	for _, x := range v {
		h.mean += x / float64(len(v))
	}
	for _, x := range v {
		h.std += (x - h.mean) * (x - h.mean) / float64(len(v))
	}
	h.std = math.Sqrt(h.std)
	span := h.maximum - h.minimum
	if bins <= 0 {
		bins = 20
		if w := 2 * (h.q75 - h.q25) / math.Cbrt(float64(len(v))); w > 0 && span > 0 {
			bins = int(math.Ceil(math.Min(1e6, span/w)))
		}
		bins = min(60, max(8, bins))
		// Few whole numbers have a bin each.
		if whole(v) && span < 60 {
			bins = int(span) + 1
			h.lo, h.width = h.minimum-0.5, 1
		}
	}
	if h.width == 0 {
		if span == 0 {
			span = 1
			h.lo = h.minimum - 0.5
		} else {
			h.lo = h.minimum
		}
		h.width = span / float64(bins)
	}
	h.counts = make([]int, bins)
	for _, x := range v {
		h.counts[min(bins-1, max(0, int((x-h.lo)/h.width)))]++
	}
}

var meanLine = draw.LineStyle{Color: seriesInk(1), Width: 1.8, Dashes: dash(1)}

func whole(v []float64) bool {
	for _, x := range v {
		if x != math.Trunc(x) {
			return false
		}
	}
	return true
}

func (h *histogram) paint(c draw.Canvas, x, y func(float64) vg.Length) {
	gap := vg.Length(0.75)
	if len(h.counts) > 40 {
		gap = 0.4
	}
	c.SetColor(seriesInk(0))
	for i, n := range h.counts {
		if n == 0 {
			continue
		}
		a := h.lo + float64(i)*h.width
		c.Fill(box(x(a)+gap, y(0), x(a+h.width)-gap, y(float64(n))))
	}
	if h.n == 0 {
		return
	}
	px := x(h.mean)
	c.StrokeLine2(meanLine, px, c.Min.Y, px, c.Max.Y)
}

func (h *histogram) finding() string {
	if h.n == 0 {
		return h.subject("Histogram") + ": no finite values."
	}
	top := 0
	for i, c := range h.counts {
		if c > h.counts[top] {
			top = i
		}
	}
	a := h.lo + float64(top)*h.width
	return fmt.Sprintf("%s: %s values from %s to %s, mean %s, standard deviation %s, most (%s) between %s and %s.",
		h.subject("Histogram"), Number(float64(h.n)), Number(h.minimum), Number(h.maximum), Number(h.mean), Number(h.std),
		Number(float64(h.counts[top])), Number(a), Number(a+h.width))
}

func (h *histogram) text() string {
	if h.n == 0 {
		return h.finding()
	}
	var sb strings.Builder
	fmt.Fprintf(&sb, "%s: %s values\n", h.subject("Histogram"), Number(float64(h.n)))
	fmt.Fprintf(&sb, "min %s, quartiles %s %s %s, max %s, mean %s, std %s\n",
		Number(h.minimum), Number(h.q25), Number(h.median), Number(h.q75), Number(h.maximum), Number(h.mean), Number(h.std))
	counts, top := make([]float64, len(h.counts)), 0.0
	for i, c := range h.counts {
		counts[i] = float64(c)
		top = math.Max(top, counts[i])
	}
	sb.WriteString(sparkBetween(counts, len(counts), 0, top))
	if h.note != "" {
		sb.WriteString("\n" + h.note)
	}
	return sb.String()
}
