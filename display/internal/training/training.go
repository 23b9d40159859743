package training

import (
	"fmt"
	"math"
	"strings"

	"descent/display"
	"descent/display/plot"
	"descent/dl/learn"
)

// A Run is a training run as far as it has come.
type Run struct {
	Title, Subtitle string
	Epochs          []learn.EpochResult
	MetricNames     []string
	HasValidation   bool
	// Steps is the loss over steps: StepY[i] at StepX[i], in epochs.
	StepX, StepY []float64
	// Planned is the number of epochs that the axis shows; zero fits it to the run.
	Planned int
	Best    int // epoch, from 1; 0 for none
}

// Of returns the run that a history records.
func Of(h *learn.History) Run {
	r := Run{Epochs: h.Epochs, MetricNames: h.MetricNames, HasValidation: h.HasValidation(), Best: h.BestEpoch, StepY: h.StepLoss}
	per := float64(max(1, h.StepsPerEpoch))
	r.StepX = make([]float64, len(h.StepLoss))
	for i := range r.StepX {
		r.StepX[i] = float64(i+1) / per
	}
	return r
}

// size of a panel: the same whatever the run has come to, so that nothing jumps.
const (
	panelWidth  = 380
	panelHeight = 290
)

// panels is how many metrics are drawn beside the loss.
func (r Run) panels() []string { return r.MetricNames[:min(3, len(r.MetricNames))] }

// Figure draws the loss and the metrics.
func (r Run) Figure() *plot.Figure {
	width := panelWidth
	if len(r.panels()) == 0 {
		width = 640
	}
	o := plot.Options{XLabel: "epoch", Width: width, Height: panelHeight, IntegerX: true}
	last := float64(r.Planned)
	if r.Planned == 0 {
		last = float64(len(r.Epochs))
		if n := len(r.StepX); n > 0 {
			last = math.Max(last, r.StepX[n-1])
		}
	}
	o.XMin, o.XMax = 0, math.Max(last, 1e-9)
	if last <= 2 {
		o.IntegerX = false // the axis of a short run needs ticks between
	}
	loss := o
	loss.Title, loss.Subtitle = "Loss", r.Subtitle
	series := r.losses()
	if loss.LogY = steep(series); loss.LogY {
		loss.Title = "Loss (logarithmic)"
	}
	figures := []*plot.Figure{plot.Curves(series, loss)}
	for _, name := range r.panels() {
		m := o
		m.Title, m.Subtitle, m.Percent = title(name), r.blank(), IsShare(name)
		figures = append(figures, plot.Curves(r.metric(name), m))
	}
	f := plot.Grid(figures, 2)
	return f.SetAlt(r.Finding()).SetText(r.Text())
}

// steep says that a loss falls so far that a linear axis would only show its
// beginning.
func steep(series []plot.Series) bool {
	lo, hi := math.Inf(1), 0.0
	for _, s := range series {
		for _, v := range s.Y {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				continue
			}
			if v <= 0 {
				return false
			}
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	return hi > 4*lo
}

// blank keeps the panels beside one with a subtitle at one height.
func (r Run) blank() string {
	if r.Subtitle == "" {
		return ""
	}
	return " "
}

func title(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func (r Run) losses() []plot.Series {
	train := plot.Series{Name: "train", X: r.StepX, Y: r.StepY}
	if n := len(r.StepY); n > 20 {
		train.Smooth = 1 - 1/math.Max(5, float64(n)/100)
	} else if n == 0 {
		train = r.perEpoch("train", func(e learn.EpochResult) float64 { return e.TrainLoss })
	}
	out := []plot.Series{train}
	if r.HasValidation {
		out = append(out, r.perEpoch("validation", func(e learn.EpochResult) float64 { return e.ValLoss }))
	}
	return out
}

func (r Run) metric(name string) []plot.Series {
	get := func(m map[string]float64) float64 {
		if v, ok := m[name]; ok {
			return v
		}
		return math.NaN()
	}
	out := []plot.Series{r.perEpoch("train", func(e learn.EpochResult) float64 { return get(e.Train) })}
	if r.HasValidation {
		out = append(out, r.perEpoch("validation", func(e learn.EpochResult) float64 { return get(e.Val) }))
	}
	return out
}

// perEpoch is a series with a value at the end of each epoch that has one.
func (r Run) perEpoch(name string, get func(learn.EpochResult) float64) plot.Series {
	s := plot.Series{Name: name}
	for i, e := range r.Epochs {
		v := get(e)
		if math.IsNaN(v) && name == "validation" {
			continue // this epoch was not validated
		}
		s.X, s.Y = append(s.X, float64(i+1)), append(s.Y, v)
	}
	return s
}

// Finding states where the run has come to.
func (r Run) Finding() string {
	t := r.Title
	if t == "" {
		t = "Training"
	}
	n := len(r.Epochs)
	if n == 0 {
		if k := len(r.StepY); k > 0 {
			return fmt.Sprintf("%s: loss %s → %s in %d steps of the first epoch.", t, Loss(r.StepY[0]), Loss(r.StepY[k-1]), k)
		}
		return t + ": nothing yet, 0 steps."
	}
	first, last := r.Epochs[0], r.Epochs[n-1]
	arrow := func(format func(float64) string, a, b float64) string {
		if n == 1 {
			return format(b)
		}
		return format(a) + " → " + format(b)
	}
	parts := []string{"loss " + arrow(Loss, first.TrainLoss, last.TrainLoss)}
	if r.HasValidation {
		parts = append(parts, "validation loss "+arrow(Loss, first.ValLoss, last.ValLoss))
	}
	for _, name := range r.MetricNames {
		format := func(v float64) string { return Metric(name, v) }
		if r.HasValidation {
			parts = append(parts, "validation "+name+" "+arrow(format, first.Val[name], last.Val[name]))
		} else {
			parts = append(parts, name+" "+arrow(format, first.Train[name], last.Train[name]))
		}
	}
	epochs := fmt.Sprintf("%d epochs", n)
	if n == 1 {
		epochs = "1 epoch"
	}
	return fmt.Sprintf("%s, %s: %s.", t, epochs, strings.Join(parts, ", "))
}

// Text is the run in numbers: the finding and a line for each epoch.
func (r Run) Text() string {
	return r.Finding() + "\n" + r.Table(0).String()
}

// Table lists the epochs. With rows > 0 it has exactly that many rows: the last
// epochs, or empty ones for those that are to come.
func (r Run) Table(rows int) *display.Table {
	t := &display.Table{Columns: []string{"epoch", "loss"}, Align: "rr", RowHeader: true}
	column := func(name string) {
		t.Columns = append(t.Columns, name)
		t.Align += "r"
	}
	for _, name := range r.MetricNames {
		column(name)
	}
	if r.HasValidation {
		column("validation loss")
		for _, name := range r.MetricNames {
			column("validation " + name)
		}
	}
	column("time")
	column("best")
	first := 0
	if rows > 0 {
		first = max(0, len(r.Epochs)-rows)
	}
	for _, e := range r.Epochs[first:] {
		row := []any{fmt.Sprint(e.Epoch), Loss(e.TrainLoss)}
		value := func(m map[string]float64, name string) {
			v, ok := m[name]
			if !ok {
				v = math.NaN()
			}
			row = append(row, Metric(name, v))
		}
		for _, name := range r.MetricNames {
			value(e.Train, name)
		}
		if r.HasValidation {
			if math.IsNaN(e.ValLoss) && e.Val == nil {
				row = append(row, "–")
			} else {
				row = append(row, Loss(e.ValLoss))
			}
			for _, name := range r.MetricNames {
				value(e.Val, name)
			}
		}
		best := ""
		if e.Epoch == r.Best {
			best = "★"
		}
		t.Rows = append(t.Rows, append(row, fmt.Sprintf("%.1f s", e.Seconds), best))
	}
	for i := len(t.Rows); i < rows; i++ {
		row := make([]any, len(t.Columns))
		for j := range row {
			row[j] = ""
		}
		row[0] = fmt.Sprint(first + i + 1)
		t.Rows = append(t.Rows, row)
	}
	return t
}
