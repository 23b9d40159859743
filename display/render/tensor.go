package render

import (
	"fmt"
	"html"
	"math"
	"strings"

	"descent/display"
	"descent/display/plot"
	"descent/dl"
)

// maxCounted bounds the elements whose statistics are taken: larger tensors, and
// expanded ones that only look large, are shown at once without them.
const maxCounted = 1 << 26

// maxLines bounds the lines of the values; longer ones are left out to the ends
// of each axis.
const maxLines = 40

// A summary has the numbers that tell whether a tensor is healthy.
type summary struct {
	n, nan, inf         int
	min, max, mean, std float64 // of the finite values
}

// summarize goes over all values once.
func summarize(t *dl.Tensor) summary {
	s := summary{n: t.Numel(), min: math.Inf(1), max: math.Inf(-1)}
	// The running mean and sum of squares of Welford keep their digits.
	k, mean, m2 := 0.0, 0.0, 0.0
	add := func(v float64) {
		switch {
		case math.IsNaN(v):
			s.nan++
			return
		case math.IsInf(v, 0):
			s.inf++
			return
		}
		k++
		d := v - mean
		mean += d / k
		m2 += d * (v - mean)
		s.min, s.max = math.Min(s.min, v), math.Max(s.max, v)
	}
	if t.DType() == dl.Float32 {
		for _, v := range t.Detach().Float32s() {
			add(float64(v))
		}
	} else {
		for _, v := range t.Detach().To(dl.Float64).Float64s() {
			add(v)
		}
	}
	s.mean = mean
	if k > 0 {
		s.std = math.Sqrt(m2 / k)
	}
	if k == 0 {
		s.min, s.max, s.mean, s.std = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	}
	return s
}

// kind is the type and shape of a tensor, as in float32 [64, 1, 28, 28].
func kind(t *dl.Tensor) string {
	return fmt.Sprintf("%v %s", t.DType(), shapeText(t.Shape()))
}

func shapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = fmt.Sprint(n)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// tensor shows a tensor as PyTorch prints it, with its type, shape and health.
func tensor(t *dl.Tensor) display.Bundle {
	values := t.Detach().String()
	for edge := 2; edge > 0 && strings.Count(values, "\n") > maxLines; edge-- {
		values = t.Detach().Format(dl.PrintOptions{EdgeItems: edge, Threshold: 1})
	}
	head := kind(t)
	if t.RequiresGrad() {
		head += ", requires grad"
	}
	if t.Numel() == 0 || t.Dim() == 0 {
		return display.Bundle{Data: map[string]any{display.MIMEText: t.String()}}
	}
	text := values + "\n" + head
	page := "<div><b>tensor</b> " + html.EscapeString(head) + "</div>"
	if t.Numel() <= maxCounted {
		s := summarize(t)
		line := fmt.Sprintf("min %s, mean %s, max %s, std %s", plot.Number(s.min), plot.Number(s.mean), plot.Number(s.max), plot.Number(s.std))
		if s.nan > 0 {
			line += fmt.Sprintf(", %s NaN", plot.Number(float64(s.nan)))
		}
		if s.inf > 0 {
			line += fmt.Sprintf(", %s infinite", plot.Number(float64(s.inf)))
		}
		if t.DType() == dl.Bool {
			line = fmt.Sprintf("%s of %s true", plot.Number(math.Round(s.mean*float64(s.n))), plot.Number(float64(s.n)))
		}
		text += "; " + line
		page += "<div>" + html.EscapeString(line) + "</div>"
	}
	page += "<pre>" + html.EscapeString(values) + "</pre>"
	return display.Bundle{Data: map[string]any{display.MIMEText: text, display.MIMEHTML: page}}
}

// Weights draws how the values of a tensor are distributed, as for the weights or
// the gradients of a layer. matplotlib: hist(t.flatten()).
func Weights(t *dl.Tensor, title string) *plot.Figure {
	if title == "" {
		title = "Values"
	}
	return plot.Histogram(float64s(t), plot.HistogramOptions{Options: plot.Options{Title: title, Subtitle: kind(t), XLabel: "value"}})
}

// Heatmap draws a matrix [R, C] as coloured cells: attention, a weight, an
// embedding. Values with a sign have the colours of plot's diverging map.
// matplotlib: imshow(t). It panics if t has not two axes.
func Heatmap(t *dl.Tensor, o plot.HeatmapOptions) *plot.Figure {
	if t.Dim() != 2 {
		panic(&dl.Error{Op: "render.Heatmap", Shapes: [][]int{t.Shape()}, Got: "shape " + shapeText(t.Shape()), Want: "a matrix [R, C]",
			Hint: "choose one with Select, or fold axes with Reshape"})
	}
	v := float64s(t)
	rows := make([][]float64, t.Size(0))
	w := t.Size(1)
	neg, pos := false, false
	for i := range rows {
		rows[i] = v[i*w : (i+1)*w]
		for _, x := range rows[i] {
			neg, pos = neg || x < 0, pos || x > 0
		}
	}
	o.Diverging = o.Diverging || neg && pos
	return plot.Heatmap(rows, o)
}

func float64s(t *dl.Tensor) []float64 { return t.Detach().To(dl.Float64).Float64s() }
