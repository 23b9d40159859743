package learn

import (
	"fmt"
	"math"
	"strings"

	"descent/dl"
	"descent/dl/nn"
)

// EarlyStopping ends a run that no longer improves and puts back the weights of
// its best epoch. The zero value watches the validation loss (the training loss
// if there is no validation) and waits three epochs. Keras: EarlyStopping.
type EarlyStopping struct {
	// Patience is the number of epochs without improvement after which the run
	// ends; 0 means 3.
	Patience int
	// MinDelta is how much better an epoch must be to count.
	MinDelta float64
	// Monitor names the metric to watch; "" is the loss. It is read from the
	// validation data if there are any.
	Monitor string
	// Maximize says that higher is better. Accuracies, top-k rates, r2 and auc are
	// maximised in any case.
	Maximize bool
	// KeepLast leaves the weights of the last epoch in the model.
	KeepLast bool
}

// watch follows the quantity that decides which epoch is the best.
type watch struct {
	o       EarlyStopping
	stops   bool // early stopping was asked for
	best    float64
	waited  int
	weights *nn.StateDict
	current bool // the model still has these weights
}

func newWatch(o *EarlyStopping, metrics []string) *watch {
	w := &watch{best: math.Inf(1)}
	if o == nil {
		return w
	}
	w.o, w.stops = *o, true
	if w.o.Patience == 0 {
		w.o.Patience = 3
	}
	if w.o.Patience < 0 || w.o.MinDelta < 0 {
		panic(&dl.Error{Op: "learn.EarlyStopping", Got: fmt.Sprintf("Patience %d, MinDelta %v", o.Patience, o.MinDelta), Want: "numbers of at least 0"})
	}
	if w.o.Monitor == "" {
		return w
	}
	for _, name := range metrics {
		if name == w.o.Monitor {
			w.o.Maximize = w.o.Maximize || isShare(name) || name == "r2" || strings.HasSuffix(name, "auc")
			return w
		}
	}
	panic(&dl.Error{Op: "learn.EarlyStopping", Got: fmt.Sprintf("Monitor %q", w.o.Monitor),
		Want: fmt.Sprintf("one of the run's metrics %q, or \"\" for the loss", metrics),
		Hint: "list the metric in FitOptions.Metrics"})
}

// value returns what is watched, such that lower is better.
func (w *watch) value(e EpochResult) float64 {
	validated := e.Val != nil || !math.IsNaN(e.ValLoss)
	v := e.TrainLoss
	switch {
	case w.o.Monitor != "" && validated:
		v = e.Val[w.o.Monitor]
	case w.o.Monitor != "":
		v = e.Train[w.o.Monitor]
	case validated:
		v = e.ValLoss
	}
	if w.o.Maximize {
		return -v
	}
	return v
}

// improved takes in an epoch and reports whether it is the best so far.
func (w *watch) improved(e EpochResult) bool {
	v := w.value(e)
	if v < w.best-w.o.MinDelta || math.IsInf(w.best, 1) && !math.IsNaN(v) {
		w.best, w.waited = v, 0
		return true
	}
	w.waited++
	return false
}

// keep remembers the weights of the best epoch.
func (w *watch) keep(m nn.Module) {
	if w.stops && !w.o.KeepLast {
		w.weights, w.current = nn.State(m).Clone(), true
	}
}

// exhausted reports whether patience is at its end.
func (w *watch) exhausted() bool { return w.stops && w.waited >= w.o.Patience }

// restore puts the best weights back, if they are not there already.
func (w *watch) restore(m nn.Module) bool {
	if w.weights == nil || w.current {
		return false
	}
	if _, err := nn.LoadState(m, w.weights, nn.LoadOptions{}); err != nil {
		panic(&dl.Error{Op: "learn.EarlyStopping", Got: err.Error(), Want: "the model that the run began with",
			Hint: "a callback has changed the model's layers"})
	}
	return true
}
