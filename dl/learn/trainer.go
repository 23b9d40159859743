package learn

import (
	"fmt"
	"sync/atomic"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/metric"
	"descent/dl/nn"
	"descent/dl/optim"
)

// A Trainer trains a model with an optimizer on a loss. Its fields may be changed
// between runs. Keras: Model.compile and Model.fit.
type Trainer struct {
	Model     nn.Module
	Optimizer optim.Optimizer
	Loss      nn.Loss

	history *History
	stop    atomic.Bool
}

// NewTrainer returns a trainer. The optimizer must have been made for the
// parameters of the model; the loss is any function of output and target that
// returns a scalar, such as nn.CrossEntropy.
func NewTrainer(model nn.Module, optimizer optim.Optimizer, loss nn.Loss) *Trainer {
	const op = "learn.NewTrainer"
	switch {
	case model == nil:
		panic(&dl.Error{Op: op, Got: "no model", Want: "something with Forward"})
	case optimizer == nil:
		panic(&dl.Error{Op: op, Got: "no optimizer", Want: "an optimizer for the model's parameters",
			Hint: "optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})"})
	case loss == nil:
		panic(&dl.Error{Op: op, Got: "no loss", Want: "a function of output and target",
			Hint: "nn.CrossEntropy for classes, nn.MSE for numbers"})
	}
	return &Trainer{Model: model, Optimizer: optimizer, Loss: loss}
}

// FitOptions configure a run. The zero value trains one epoch.
type FitOptions struct {
	// Epochs is the number of passes over the training data; 0 means 1.
	Epochs int
	// Validation is evaluated after each epoch.
	Validation *data.Loader
	// Metrics are measured in every epoch; nil means accuracy where the targets
	// are class numbers, and none otherwise.
	Metrics []metric.Metric
	// Callbacks are called in order.
	Callbacks []Callback
	// EarlyStopping ends the run when it no longer improves.
	EarlyStopping *EarlyStopping
	// Schedule moves the learning rate after every step or every epoch, as it says
	// itself. It must have been made for the trainer's optimizer. One that goes by a
	// metric is given the validation loss, the training loss without validation.
	Schedule optim.Schedule
	// ClipNorm scales gradients whose joint norm is larger down to it; 0 leaves them.
	ClipNorm float64
	// ClipValue cuts every gradient to ±ClipValue; 0 leaves them.
	ClipValue float64
	// Reporter is told how the run goes; nil means the one that SetReporter installed.
	Reporter Reporter
}

// Fit trains the model and returns the record of the run.
//
// The run ends early when EarlyStopping says so, when a callback calls Stop, when
// the loss is no longer a number (before the weights are touched by it), and when
// the user interrupts: the model keeps what it has learned, and History.Reason
// says which it was. A panic of the model, the data or a callback is passed on;
// Trainer.History then returns the record until there.
//
// A model that is in evaluation mode is put into training mode for the run. One of
// which only some modules are, such as frozen batch norms, is trained as it is.
func (t *Trainer) Fit(loader *data.Loader, o FitOptions) *History {
	const op = "Trainer.Fit"
	switch {
	case loader == nil:
		panic(&dl.Error{Op: op, Got: "no loader", Want: "training data",
			Hint: "data.NewLoader(set, data.LoaderOptions{BatchSize: 64, Shuffle: true})"})
	case o.Epochs < 0 || !(o.ClipNorm >= 0) || !(o.ClipValue >= 0):
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("Epochs %d, ClipNorm %v, ClipValue %v", o.Epochs, o.ClipNorm, o.ClipValue),
			Want: "numbers of at least 0"})
	}
	if o.Epochs == 0 {
		o.Epochs = 1
	}
	f := newFit(t, loader, o)
	t.history = f.h
	t.stop.Store(false)
	f.run()
	return f.h
}

// Stop ends the run after the step under way. It is meant for callbacks and may
// be called from any goroutine; without a run it does nothing.
func (t *Trainer) Stop() { t.stop.Store(true) }

// History returns the record of the last Fit, also of one that panicked; nil
// before the first.
func (t *Trainer) History() *History { return t.history }

// Evaluate measures the loss, and accuracy where the targets are class numbers,
// over a loader; see the function Evaluate. Keras: Model.evaluate.
func (t *Trainer) Evaluate(loader *data.Loader) Result {
	return Evaluate(t.Model, loader, t.Loss, nil)
}

// Predict returns the model's outputs for all samples of a loader, in its order;
// see the function Predict. Keras: Model.predict.
func (t *Trainer) Predict(loader *data.Loader) *dl.Tensor { return Predict(t.Model, loader) }
