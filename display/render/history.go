package render

import (
	"fmt"

	"descent/display/internal/training"
	"descent/display/plot"
	"descent/dl/learn"
	"descent/dl/metric"
)

// History draws the loss of a training run over its steps and epochs, on training
// and validation data, and its metrics beside it.
func History(h *learn.History) *plot.Figure {
	r := training.Of(h)
	r.Subtitle = outcome(h)
	f := r.Figure()
	text := r.Text()
	if r.Subtitle != "" {
		text += "\n" + r.Subtitle
	}
	t := r.Table(0)
	t.Caption = "Epochs"
	return f.SetText(text).SetTable(t)
}

// outcome says how a run ended that did not just complete.
func outcome(h *learn.History) string {
	s := ""
	switch h.Reason {
	case "", learn.ReasonCompleted:
		return ""
	case learn.ReasonEarly:
		s = "stopped early"
	case learn.ReasonNaN:
		s = "stopped: the loss was not finite"
	default:
		s = h.Reason
	}
	s += fmt.Sprintf(" after %s steps", plot.Number(float64(len(h.StepLoss))))
	if h.Restored {
		s += fmt.Sprintf("; weights of epoch %d", h.BestEpoch)
	}
	return s
}

// Confusion draws a confusion matrix with precision and recall.
func Confusion(m *metric.ConfusionMatrix) *plot.Figure {
	return plot.Confusion(m.Counts, m.Classes, plot.Options{})
}

// Curve draws a ROC or precision-recall curve with its area.
func Curve(c *metric.Curve) *plot.Figure {
	series := []plot.Series{{Name: fmt.Sprintf("area %.4f", c.Area), X: c.X, Y: c.Y}}
	if c.XName == "false positive rate" {
		series = append(series, plot.Series{Name: "chance", X: []float64{0, 1}, Y: []float64{0, 1}, Reference: true})
	}
	f := plot.Curves(series, plot.Options{Title: c.YName + " over " + c.XName, XLabel: c.XName, YLabel: c.YName, XMin: 0, XMax: 1, YMin: 0, YMax: 1.02, Width: 420, Height: 400})
	return f.SetText(c.String()).SetAlt(c.String() + ".")
}
