package live

import (
	"math"
	"time"

	"descent/display"
	"descent/display/internal/training"
	"descent/dl/learn"
)

// interval is the shortest time between two updates of a panel.
const interval = 250 * time.Millisecond

// NewReporter returns a reporter that shows one training run. It has the type
// that learn.SetReporter takes.
func NewReporter() learn.Reporter {
	return &reporter{now: time.Now}
}

// A reporter is the panel of one run. learn calls it on the goroutine that
// trains, so it draws only when the interval is over.
type reporter struct {
	now     func() time.Time
	handle  *display.Handle
	run     learn.Run
	trace   trace
	epochs  []learn.EpochResult
	best    int
	last    learn.Progress
	outcome *learn.Outcome
	start   time.Time
	drawn   time.Time // when the last update was sent
	broken  bool

	trainTime time.Duration // spent in training steps, without validation
	trained   int           // samples seen in them
	stepped   time.Time     // when the last step was reported
}

// Begin shows the empty panel.
func (r *reporter) Begin(run learn.Run) {
	r.run = run
	r.start = r.now()
	r.stepped = r.start
	r.last = learn.Progress{Epoch: 1, Epochs: run.Epochs, Steps: run.StepsPerEpoch, Phase: learn.PhaseTrain, Loss: math.NaN(), MeanLoss: math.NaN()}
	r.show(false)
}

// Step takes in a step and shows it if the interval is over.
func (r *reporter) Step(p learn.Progress) {
	now := r.now()
	if p.Phase == learn.PhaseTrain {
		r.trace.add(p.Loss)
		before := 0
		if r.last.Phase == learn.PhaseTrain && r.last.Epoch == p.Epoch {
			before = r.last.Samples
		}
		// The first step after a validation has that time in it and is left out.
		if r.last.Phase == learn.PhaseTrain {
			r.trainTime += now.Sub(r.stepped)
			r.trained += max(0, p.Samples-before)
		}
	}
	r.stepped = now
	r.last = p
	if now.Sub(r.drawn) >= interval {
		r.show(false)
	}
}

// Epoch takes in the values of an epoch. It, too, waits for the interval: epochs
// can be shorter than that.
func (r *reporter) Epoch(e learn.EpochResult) {
	r.epochs = append(r.epochs, e)
	if e.Best {
		r.best = e.Epoch
	}
	if r.now().Sub(r.drawn) >= interval {
		r.show(false)
	}
}

// End shows the final state.
func (r *reporter) End(o learn.Outcome) {
	r.outcome = &o
	if h := o.History; h != nil {
		r.epochs, r.best = h.Epochs, h.BestEpoch
	}
	r.show(true)
}

// show sends the panel. A panel that cannot be drawn must not end a training.
func (r *reporter) show(final bool) {
	if r.broken {
		return
	}
	defer func() {
		if recover() != nil {
			r.broken = true
		}
	}()
	b := r.bundle(final)
	switch {
	case r.handle == nil:
		r.handle = display.NewHandle(b)
		if final {
			r.handle.Final(b)
		}
	case final:
		r.handle.Final(b)
	default:
		r.handle.Update(b)
	}
	r.drawn = r.now()
}

// state is the run as the curves and the table take it.
func (r *reporter) state() training.Run {
	t := training.Run{
		Title: "Training", Epochs: r.epochs, MetricNames: r.run.MetricNames, HasValidation: r.run.HasValidation,
		Planned: r.run.Epochs, Best: r.best,
	}
	if r.outcome != nil && r.outcome.History != nil {
		full := training.Of(r.outcome.History)
		t.StepX, t.StepY = full.StepX, full.StepY
		return t
	}
	t.StepX, t.StepY = r.trace.points(r.run.StepsPerEpoch)
	return t
}

// share is how much of the run is done, from 0 to 1.
func (r *reporter) share() float64 {
	if r.run.Epochs <= 0 {
		return 0
	}
	done := float64(r.last.Epoch - 1)
	if r.last.Phase == learn.PhaseValidate {
		done++ // the validation is short beside the training
	} else if r.last.Steps > 0 {
		done += float64(r.last.Step) / float64(r.last.Steps)
	}
	return math.Min(1, math.Max(0, done/float64(r.run.Epochs)))
}

func (r *reporter) elapsed() time.Duration {
	if r.outcome != nil && r.outcome.History != nil && r.outcome.History.Seconds > 0 {
		return time.Duration(r.outcome.History.Seconds * float64(time.Second))
	}
	return r.now().Sub(r.start)
}

// left estimates the time to the end; ok is false until there is enough to go by.
func (r *reporter) left() (d time.Duration, ok bool) {
	s, e := r.share(), r.elapsed()
	if s <= 0.01 && e < 2*time.Second || s <= 0 {
		return 0, false
	}
	return time.Duration(float64(e) * (1 - s) / s), true
}

// rate is the number of samples trained in a second.
func (r *reporter) rate() (float64, bool) {
	if r.trainTime <= 0 || r.trained == 0 {
		return 0, false
	}
	return float64(r.trained) / r.trainTime.Seconds(), true
}
