package learn

import (
	"fmt"
	"math"
	"strings"
)

// An EpochResult is what one epoch came to. ValLoss is NaN and Val is nil when
// the run had no validation data.
type EpochResult struct {
	Epoch, Epochs      int // from 1
	TrainLoss, ValLoss float64
	Train, Val         map[string]float64 // metrics by name
	LR                 float64            // at the end of the epoch
	Seconds            float64            // validation included
	Best               bool               // the best epoch so far, by what early stopping watches, else by loss
}

// String reads like `epoch 3/5: loss 0.1893, accuracy 94.40%; validation loss 0.1750, accuracy 94.91%; 0.8 s`.
func (e EpochResult) String() string { return e.format(sortedNames(e.Train)) }

func (e EpochResult) format(names []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "epoch %d/%d: loss %.4f", e.Epoch, e.Epochs, e.TrainLoss)
	writeMetrics(&b, names, e.Train)
	if !math.IsNaN(e.ValLoss) || e.Val != nil {
		fmt.Fprintf(&b, "; validation loss %.4f", e.ValLoss)
		writeMetrics(&b, names, e.Val)
	}
	fmt.Fprintf(&b, "; %.1f s", e.Seconds)
	return b.String()
}

// A History is the record of a training run. It is complete whatever ended the
// run; Reason says what did. Keras: History.
type History struct {
	Epochs        []EpochResult // finished epochs
	StepLoss      []float64     // the loss of every step, unfinished epochs included
	StepsPerEpoch int
	MetricNames   []string // in the order in which they are shown
	BestEpoch     int      // from 1; 0 when no epoch finished
	Restored      bool     // early stopping put back the weights of BestEpoch
	Reason        string   // one of the Reason constants
	Interrupted   bool     // Reason is ReasonInterrupted
	Err           error    // what stopped a run that did not complete, if there is more to say than Reason
	Seconds       float64
}

// Len returns the number of finished epochs.
func (h *History) Len() int { return len(h.Epochs) }

// Last returns the last finished epoch, the zero EpochResult if there is none.
func (h *History) Last() EpochResult {
	if len(h.Epochs) == 0 {
		return EpochResult{TrainLoss: math.NaN(), ValLoss: math.NaN()}
	}
	return h.Epochs[len(h.Epochs)-1]
}

// Best returns the best finished epoch, like Last if there is none.
func (h *History) Best() EpochResult {
	if h.BestEpoch < 1 || h.BestEpoch > len(h.Epochs) {
		return h.Last()
	}
	return h.Epochs[h.BestEpoch-1]
}

// HasValidation reports whether the run had validation data.
func (h *History) HasValidation() bool {
	for _, e := range h.Epochs {
		if !math.IsNaN(e.ValLoss) || e.Val != nil {
			return true
		}
	}
	return false
}

// TrainLoss returns the mean training loss of every epoch.
func (h *History) TrainLoss() []float64 {
	return h.each(func(e EpochResult) float64 { return e.TrainLoss })
}

// ValLoss returns the validation loss of every epoch, NaN where there was none.
func (h *History) ValLoss() []float64 {
	return h.each(func(e EpochResult) float64 { return e.ValLoss })
}

// Metric returns a metric of every epoch on training and on validation data, NaN
// where it was not measured.
func (h *History) Metric(name string) (train, val []float64) {
	get := func(m map[string]float64) float64 {
		if v, ok := m[name]; ok {
			return v
		}
		return math.NaN()
	}
	train = h.each(func(e EpochResult) float64 { return get(e.Train) })
	val = h.each(func(e EpochResult) float64 { return get(e.Val) })
	return train, val
}

func (h *History) each(get func(EpochResult) float64) []float64 {
	out := make([]float64, len(h.Epochs))
	for i, e := range h.Epochs {
		out[i] = get(e)
	}
	return out
}

// String returns one line an epoch and, unless the run completed, why it ended.
func (h *History) String() string {
	var b strings.Builder
	for _, e := range h.Epochs {
		b.WriteString(e.format(h.MetricNames))
		b.WriteByte('\n')
	}
	if h.Reason != ReasonCompleted && h.Reason != "" {
		fmt.Fprintf(&b, "stopped after %d steps: %s", len(h.StepLoss), h.Reason)
		if h.Err != nil {
			fmt.Fprintf(&b, " (%v)", h.Err)
		}
		if h.Restored {
			fmt.Fprintf(&b, "; the weights are those of epoch %d", h.BestEpoch)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// A Result is what Evaluate measured.
type Result struct {
	Loss        float64
	Metrics     map[string]float64
	MetricNames []string
	Samples     int
	Seconds     float64
}

// Metric returns a metric by name, NaN if it was not measured.
func (r Result) Metric(name string) float64 {
	if v, ok := r.Metrics[name]; ok {
		return v
	}
	return math.NaN()
}

// Accuracy returns the metric "accuracy", NaN if it was not measured.
func (r Result) Accuracy() float64 { return r.Metric("accuracy") }

// String reads like `loss 0.1055, accuracy 96.80% on 10000 samples`.
func (r Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "loss %.4f", r.Loss)
	writeMetrics(&b, r.MetricNames, r.Metrics)
	fmt.Fprintf(&b, " on %d samples", r.Samples)
	return b.String()
}
