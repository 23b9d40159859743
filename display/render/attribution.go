package render

import (
	"fmt"

	"descent/display/plot"
	"descent/dl"
	"descent/dl/explain"
)

// Attribution draws what a model looked at: for pictures, [N, C, H, W], the input,
// the attribution and one over the other; for rows of features, [N, F], a heat
// map, or bars for one row. classes may be nil.
func Attribution(a *explain.Attribution, classes []string) *plot.Figure {
	x, ok := a.Input, a.Input.Dim() == 4
	if x.Dim() == 3 { // one channel without an axis
		s := x.Shape()
		x, ok = x.Reshape(s[0], 1, s[1], s[2]), true
	}
	if !ok {
		return features(a, classes)
	}
	const most = 12
	n := min(most, x.Size(0))
	ps := pictures(x, n)
	items := make([]plot.Attributed, x.Size(0))
	values := maps(a.Values.Narrow(0, 0, n), x.Size(2), x.Size(3))
	for i := range n {
		items[i] = plot.Attributed{Picture: ps[i], Values: values[i]}
		items[i].Title = explained(a, classes, i)
	}
	subtitle := "the class explained, and what the model says"
	if a.Target == nil {
		subtitle = "the model's output"
	}
	return plot.Saliency(items, plot.SaliencyOptions{Title: a.Method, Subtitle: subtitle, Signed: a.Signed, Max: most})
}

// explained is the title of one input.
func explained(a *explain.Attribution, classes []string, i int) string {
	if i >= len(a.Target) || i >= len(a.Predicted) {
		if i < len(a.Confidence) {
			return "output " + plot.Number(a.Confidence[i])
		}
		return fmt.Sprint(i)
	}
	if a.Target[i] == a.Predicted[i] {
		return verdict(classes, a.Target[i], a.Target[i], a.Confidence[i])
	}
	return fmt.Sprintf("for %s; predicted %s (%.0f %%)", name(classes, a.Target[i]), name(classes, a.Predicted[i]), 100*a.Confidence[i])
}

// maps adds up the channels of values [N, C, H, W] and brings each map to the
// size of the picture: those of Grad-CAM are as coarse as the layer.
func maps(v *dl.Tensor, h, w int) [][]float32 {
	s := v.Shape()
	if len(s) == 3 {
		v = v.Reshape(s[0], 1, s[1], s[2])
		s = v.Shape()
	}
	all := v.To(dl.Float32).Float32s()
	out := make([][]float32, s[0])
	for i := range out {
		m := make([]float32, h*w)
		for y := range h {
			for x := range w {
				yy, xx := y*s[2]/h, x*s[3]/w
				for c := range s[1] {
					m[y*w+x] += all[((i*s[1]+c)*s[2]+yy)*s[3]+xx]
				}
			}
		}
		out[i] = m
	}
	return out
}

// features draws attributions that are no pictures.
func features(a *explain.Attribution, classes []string) *plot.Figure {
	n := a.Values.Size(0)
	flat := float64s(a.Values)
	width := len(flat) / max(1, n)
	if n == 1 && width <= 60 {
		labels := make([]string, width)
		for j := range labels {
			labels[j] = fmt.Sprint(j)
		}
		return plot.Bar(labels, flat, plot.Options{Title: a.Method, Subtitle: explained(a, classes, 0), XLabel: "feature"})
	}
	rows := make([][]float64, n)
	names := make([]string, n)
	signed := a.Signed
	for i := range rows {
		rows[i] = flat[i*width : (i+1)*width]
		names[i] = explained(a, classes, i)
		for _, v := range rows[i] {
			signed = signed || v < 0
		}
	}
	if n > 40 {
		names = nil
	}
	return plot.Heatmap(rows, plot.HeatmapOptions{Options: plot.Options{Title: a.Method, XLabel: "feature", YLabel: "input"}, Rows: names, Diverging: signed})
}
