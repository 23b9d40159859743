package learn

import (
	"errors"
	"fmt"
	"math"
	"time"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
	"descent/dl/optim"
)

// A fit is one run of Trainer.Fit.
type fit struct {
	t        *Trainer
	loader   *data.Loader
	o        FitOptions
	h        *History
	reporter Reporter
	calls    callbacks
	meter    *meter
	watch    *watch
	params   []*dl.Tensor
	start    time.Time
}

func newFit(t *Trainer, loader *data.Loader, o FitOptions) *fit {
	m := newMeter(o.Metrics, loader.Dataset())
	return &fit{
		t: t, loader: loader, o: o, meter: m,
		reporter: reporterOr(o.Reporter),
		calls:    o.Callbacks,
		watch:    newWatch(o.EarlyStopping, m.names()),
		params:   nn.Params(t.Model),
		start:    time.Now(),
		h: &History{
			StepsPerEpoch: loader.Len(),
			MetricNames:   m.names(),
			StepLoss:      make([]float64, 0, loader.Len()*o.Epochs),
		},
	}
}

// run trains and closes the record, however the training ends.
func (f *fit) run() {
	asleep := allEval(f.t.Model)
	failure, interrupted := guard(f.epochs)
	if asleep {
		nn.Eval(f.t.Model)
	}

	h := f.h
	switch {
	case failure != nil:
		h.Reason, h.Err = ReasonFailed, asError(failure)
	case interrupted != nil:
		h.Reason, h.Interrupted = ReasonInterrupted, true
	default: // epochs has given the reason
		h.Restored = f.watch.restore(f.t.Model)
	}
	h.Seconds = time.Since(f.start).Seconds()
	f.reporter.End(Outcome{History: h, Reason: h.Reason, Err: h.Err})
	if failure != nil {
		panic(failure)
	}
	if again, _ := guard(func() { f.calls.end(h) }); again != nil {
		panic(again)
	}
}

// guard runs body and sorts what it panics with: an interrupt, whether dl's own
// or that of the code that called us, or a failure.
func guard(body func()) (failure, interrupted any) {
	defer func() {
		switch v := recover(); {
		case v == nil:
		case isInterrupt(v):
			interrupted = v
		default:
			failure = v
		}
	}()
	body()
	return nil, nil
}

func isInterrupt(v any) bool {
	err, ok := v.(error)
	return ok && errors.Is(err, dl.ErrInterrupted) || dl.Interrupted()
}

func asError(v any) error {
	if err, ok := v.(error); ok {
		return err
	}
	return fmt.Errorf("%v", v)
}

// epochs runs the epochs and sets the reason for which they end.
func (f *fit) epochs() {
	run := Run{
		Epochs:        f.o.Epochs,
		StepsPerEpoch: f.loader.Len(),
		BatchSize:     f.loader.BatchSize(),
		Samples:       f.loader.Samples(),
		HasValidation: f.o.Validation != nil,
		MetricNames:   f.meter.names(),
		Parameters:    numel(f.params),
		Start:         f.start,
	}
	f.reporter.Begin(run)
	f.calls.begin(run)
	for epoch := 1; epoch <= f.o.Epochs; epoch++ {
		if f.h.Reason = f.epoch(epoch); f.h.Reason != "" {
			return
		}
	}
	f.h.Reason = ReasonCompleted
}

// epoch trains one epoch and validates. It returns the reason to end the run, or "".
func (f *fit) epoch(epoch int) string {
	begin := time.Now()
	f.calls.epochBegin(epoch)
	e := EpochResult{Epoch: epoch, Epochs: f.o.Epochs, ValLoss: math.NaN()}
	loss, reason := f.pass(epoch)
	if reason != "" {
		return reason
	}
	e.TrainLoss, e.Train = loss, f.meter.values()
	if f.o.Validation != nil {
		v := evaluate(f.t.Model, f.o.Validation, f.t.Loss, f.meter, func(step, seen int, last, mean float64) {
			f.reporter.Step(Progress{
				Epoch: epoch, Epochs: f.o.Epochs, Step: step, Steps: f.o.Validation.Len(), Samples: seen,
				Loss: last, MeanLoss: mean, LR: f.t.Optimizer.LR(), Phase: PhaseValidate, Elapsed: time.Since(f.start),
			})
		})
		e.ValLoss, e.Val = v.Loss, v.Metrics
	}
	e.LR = f.t.Optimizer.LR()
	f.schedule(e)
	e.Seconds = time.Since(begin).Seconds()
	if e.Best = f.watch.improved(e); e.Best {
		f.h.BestEpoch = epoch
		f.watch.keep(f.t.Model)
	}
	f.h.Epochs = append(f.h.Epochs, e)
	f.reporter.Epoch(e)
	f.calls.epochEnd(e)
	switch {
	case f.t.stop.Load():
		return ReasonCallback
	case f.watch.exhausted() && epoch < f.o.Epochs:
		return ReasonEarly
	}
	return ""
}

// schedule moves the learning rate at the end of an epoch.
func (f *fit) schedule(e EpochResult) {
	if f.o.Schedule == nil || f.o.Schedule.PerStep() {
		return
	}
	if s, ok := f.o.Schedule.(optim.MetricSchedule); ok {
		watched := e.TrainLoss
		if f.o.Validation != nil {
			watched = e.ValLoss
		}
		s.StepWith(watched)
		return
	}
	f.o.Schedule.Step()
}

// pass trains on every batch once and returns the mean loss.
func (f *fit) pass(epoch int) (mean float64, reason string) {
	if allEval(f.t.Model) {
		nn.Train(f.t.Model)
	}
	f.meter.reset()
	f.watch.current = false
	var total float64
	step, seen := 0, 0
	for batch := range f.loader.All() {
		loss := f.step(batch)
		f.h.StepLoss = append(f.h.StepLoss, loss)
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			f.h.Err = f.lossError(loss, epoch, step+1)
			return 0, ReasonNaN
		}
		step++
		seen += batch.Len()
		total += loss * float64(batch.Len())
		p := Progress{
			Epoch: epoch, Epochs: f.o.Epochs, Step: step, Steps: f.h.StepsPerEpoch, Samples: seen,
			Loss: loss, MeanLoss: total / float64(seen), LR: f.t.Optimizer.LR(), Phase: PhaseTrain, Elapsed: time.Since(f.start),
		}
		f.reporter.Step(p)
		f.calls.step(p)
		if f.t.stop.Load() && step < f.h.StepsPerEpoch {
			return 0, ReasonCallback
		}
	}
	return total / float64(seen), ""
}

// step is one step of the explicit loop. It leaves the weights alone when the loss
// is not finite.
func (f *fit) step(batch data.Batch) float64 {
	t := f.t
	t.Optimizer.ZeroGrad()
	output := t.Model.Forward(batch.X)
	loss := t.Loss(output, batch.Y)
	value := loss.Item()
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return value
	}
	loss.Backward()
	if f.o.ClipValue > 0 {
		optim.ClipGradValue(f.params, f.o.ClipValue)
	}
	if f.o.ClipNorm > 0 {
		optim.ClipGradNorm(f.params, f.o.ClipNorm)
	}
	f.calls.backward()
	t.Optimizer.Step()
	if f.o.Schedule != nil && f.o.Schedule.PerStep() {
		f.o.Schedule.Step()
	}
	f.meter.update(output, batch.Y)
	return value
}

// lossError says what probably made the loss what it is.
func (f *fit) lossError(loss float64, epoch, step int) error {
	hint := fmt.Sprintf("a learning rate below %g, or ClipNorm in FitOptions, may help", f.t.Optimizer.LR())
	for i, p := range nn.NamedParams(f.t.Model) {
		if v := p.Tensor.Detach().Sum().Item(); math.IsNaN(v) || math.IsInf(v, 0) {
			hint = fmt.Sprintf("the weights of %s are no longer finite: %s", p.Name, hint)
			break
		} else if i == 0 && epoch == 1 && step == 1 {
			hint = "the loss was so from the first step: look for NaN in the inputs and for a logarithm of zero in the loss"
		}
	}
	return &dl.Error{Op: "Trainer.Fit", Got: fmt.Sprintf("a loss of %v at step %d of epoch %d", loss, step, epoch),
		Want: "a finite number", Hint: hint}
}

// allEval reports whether the whole model is in evaluation mode. A model of which
// only some modules are, such as frozen batch norms, is trained as it is.
func allEval(m nn.Module) bool {
	known, training := false, false
	nn.Walk(m, func(_ string, m nn.Module) {
		if mode, ok := m.(interface{ Training() bool }); ok {
			known = true
			training = training || mode.Training()
		}
	})
	return known && !training
}

func numel(ts []*dl.Tensor) int {
	n := 0
	for _, t := range ts {
		n += t.Numel()
	}
	return n
}
