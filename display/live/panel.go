package live

import (
	"fmt"
	"html"
	"math"
	"strings"

	"descent/display"
	"descent/display/internal/training"
	"descent/display/plot"
	"descent/dl/learn"
)

// tableRows is how many epochs the panel lists at most.
const tableRows = 10

// bundle draws the panel.
func (r *reporter) bundle(final bool) display.Bundle {
	t := r.state()
	fig := t.Figure()
	b := display.Bundle{
		Data:     map[string]any{display.MIMEHTML: r.html(t, fig)},
		Metadata: map[string]any{},
	}
	text := r.headline() + "\n" + r.values()
	if final {
		// What stays in the notebook is a whole figure: with a picture for exports.
		fb := fig.MIMEBundle()
		if png, ok := fb.Data[display.MIMEPNG]; ok {
			b.Data[display.MIMEPNG] = png
			b.Metadata[display.MIMEPNG] = fb.Metadata[display.MIMEPNG]
		}
		if _, ok := fb.Data[display.MIMEHTML]; !ok {
			delete(b.Data, display.MIMEHTML) // the reader has asked for pictures or text only
		}
		text = r.headline()
		if len(t.Epochs) > 0 {
			text += "\n" + t.Table(0).String()
		}
	}
	b.Data[display.MIMEText] = text
	return b
}

// rows is how many rows the table has, the same in every frame.
func (r *reporter) rows() int { return min(tableRows, max(1, r.run.Epochs)) }

// html is the panel. Its parts have fixed heights; it sets no colours of its own
// outside the picture, so that it reads in any theme, and nothing that JupyterLab
// drops from a notebook it does not trust.
func (r *reporter) html(t training.Run, fig *plot.Figure) string {
	var sb strings.Builder
	line := func(height int, s string) {
		fmt.Fprintf(&sb, `<div style="height:%dpx;line-height:%dpx;overflow:hidden;white-space:nowrap">%s</div>`, height, height, s)
	}
	sb.WriteString(`<div>`)
	head, rest, _ := strings.Cut(r.headline(), ": ")
	line(24, "<b>"+html.EscapeString(head)+"</b>: "+html.EscapeString(rest))
	percent := int(100*r.progress() + 1e-9)
	line(20, fmt.Sprintf(`<progress value="%d" max="100" style="width:%dpx;height:14px;vertical-align:middle">%d %%</progress> %d %%`,
		percent, 420, percent, percent))
	line(24, html.EscapeString(r.values()))
	sb.WriteString(fig.HTML())
	table := t.Table(r.rows())
	table.Caption = "Epochs"
	if n := len(t.Epochs); n > r.rows() {
		table.Caption = fmt.Sprintf("Epochs, the last %d of %d", r.rows(), n)
	}
	sb.WriteString(table.HTML())
	sb.WriteString(`</div>`)
	return sb.String()
}

// progress is what the bar shows: all of it for a run that ended as it should.
func (r *reporter) progress() float64 {
	if r.outcome != nil {
		switch r.outcome.Reason {
		case learn.ReasonCompleted, learn.ReasonEarly:
			return 1
		}
	}
	return r.share()
}

// where is the place in the run: epoch and step.
func (r *reporter) where() string {
	s := fmt.Sprintf("epoch %d of %d", max(1, r.last.Epoch), r.run.Epochs)
	if r.last.Phase == learn.PhaseValidate {
		return s + fmt.Sprintf(", validation step %d of %d", r.last.Step, r.last.Steps)
	}
	return s + fmt.Sprintf(", step %d of %d", r.last.Step, r.last.Steps)
}

// headline says in one line what is going on or how it ended.
func (r *reporter) headline() string {
	if r.outcome == nil {
		s := "Training: " + r.where()
		if rate, ok := r.rate(); ok {
			s += fmt.Sprintf(" · %s samples/s", plot.Number(math.Round(rate)))
		}
		s += " · " + training.Duration(r.elapsed())
		if left, ok := r.left(); ok {
			s += ", about " + training.Duration(left) + " left"
		}
		return s
	}
	took := " in " + training.Duration(r.elapsed())
	n := len(r.epochs)
	epochs := fmt.Sprintf("%d epochs", n)
	if n == 1 {
		epochs = "1 epoch"
	}
	at := fmt.Sprintf("stopped at %d %% (%s)", int(100*r.share()+1e-9), r.where())
	switch r.outcome.Reason {
	case learn.ReasonCompleted:
		s := "Trained: " + epochs + took
		if rate, ok := r.rate(); ok {
			s += fmt.Sprintf(" · %s samples/s", plot.Number(math.Round(rate)))
		}
		return s + r.bestText()
	case learn.ReasonEarly:
		s := fmt.Sprintf("Stopped early: no improvement, after %s of %d%s", epochs, r.run.Epochs, took)
		if h := r.outcome.History; h != nil && h.Restored {
			s += fmt.Sprintf("; the weights are those of epoch %d", h.BestEpoch)
		}
		return s + r.bestText()
	case learn.ReasonInterrupted:
		return "Interrupted: " + at + took + "; the model keeps what it has learnt"
	case learn.ReasonCallback:
		return "Stopped: by a callback, " + at + took
	case learn.ReasonNaN:
		s := "Failed: the loss is not a number any more, " + at
		if r.outcome.Err != nil {
			s = "Failed: " + firstLine(r.outcome.Err.Error()) + ", " + at
		}
		return s
	}
	s := "Failed: " + at
	if r.outcome.Err != nil {
		s += ": " + firstLine(r.outcome.Err.Error())
	}
	return s
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// bestText names the best epoch when it is not the last.
func (r *reporter) bestText() string {
	if r.best == 0 || r.best > len(r.epochs) || r.best == len(r.epochs) {
		return ""
	}
	return fmt.Sprintf(" · best: epoch %d", r.best)
}

// values are the last and the best numbers in one line.
func (r *reporter) values() string {
	var parts []string
	if r.outcome == nil || !r.ended() {
		if r.last.Step > 0 {
			if r.last.Phase == learn.PhaseValidate {
				parts = append(parts, "validation loss "+training.Loss(r.last.MeanLoss))
			} else {
				parts = append(parts, "loss "+training.Loss(r.last.Loss)+" (epoch so far "+training.Loss(r.last.MeanLoss)+")")
			}
		} else {
			parts = append(parts, fmt.Sprintf("%s parameters, %s samples", plot.Number(float64(r.run.Parameters)), plot.Number(float64(r.run.Samples))))
		}
	}
	if n := len(r.epochs); n > 0 {
		e := r.epochs[n-1]
		parts = append(parts, fmt.Sprintf("epoch %d: %s", e.Epoch, r.epochValues(e)))
		if r.best > 0 && r.best < n {
			parts = append(parts, fmt.Sprintf("best, epoch %d: %s", r.best, r.epochValues(r.epochs[r.best-1])))
		}
	}
	return strings.Join(parts, " · ")
}

// ended says that the run came to the end of an epoch as it should.
func (r *reporter) ended() bool {
	return r.outcome.Reason == learn.ReasonCompleted || r.outcome.Reason == learn.ReasonEarly
}

// epochValues are the numbers of an epoch that count: of the validation if there
// is one.
func (r *reporter) epochValues(e learn.EpochResult) string {
	loss, values, kind := e.TrainLoss, e.Train, ""
	if r.run.HasValidation && e.Val != nil || !math.IsNaN(e.ValLoss) && r.run.HasValidation {
		loss, values, kind = e.ValLoss, e.Val, "validation "
	}
	s := kind + "loss " + training.Loss(loss)
	for _, name := range r.run.MetricNames {
		if v, ok := values[name]; ok {
			s += ", " + name + " " + training.Metric(name, v)
		}
	}
	return s
}
