package optim

import (
	"fmt"
	"math"

	"descent/dl"
)

// Schedule changes the learning rate of an optimizer as training goes on. Each says by PerStep when its Step is to be
// called: after every step of the optimizer, or after every epoch.
//
// PyTorch: torch.optim.lr_scheduler.LRScheduler.
type Schedule interface {
	Step()
	PerStep() bool
}

// MetricSchedule is a schedule that goes by how well training does.
type MetricSchedule interface {
	Schedule
	// StepWith is Step with the metric of the epoch, such as the validation loss.
	StepWith(metric float64)
}

// Curve is what the schedules share that give the rate as a function of the number of calls of Step.
type Curve struct {
	o       Optimizer
	start   float64 // rate when the schedule was made
	n       int
	perStep bool
	rate    func(n int) float64
}

// Step moves the learning rate on.
func (s *Curve) Step() {
	s.n++
	s.set(s.rate(s.n))
}

// set gives the optimizer a rate without making it the one that schedules start from.
func (s *Curve) set(lr float64) {
	if b, ok := s.o.(scheduled); ok {
		b.follow(lr)
		return
	}
	s.o.SetLR(lr)
}

// scheduled is what embeds Base: it knows the rate that was set by hand.
type scheduled interface {
	firstRate() float64
	follow(lr float64)
}

// firstRate is the rate that schedules start from: the last one that was set by hand, whatever schedules made of it since.
func firstRate(o Optimizer) float64 {
	if b, ok := o.(scheduled); ok {
		return b.firstRate()
	}
	return o.LR()
}

// PerStep reports whether Step is meant to be called after every step of the optimizer rather than every epoch.
func (s *Curve) PerStep() bool { return s.perStep }

// Count is how often Step has been called.
func (s *Curve) Count() int { return s.n }

// SetCount moves the schedule to where it is after n calls of Step, as when training is taken up again.
func (s *Curve) SetCount(n int) {
	s.n = n
	s.set(s.rate(n))
}

func bad(op, got, want string) {
	panic(&dl.Error{Op: op, Got: got, Want: want})
}

// StepLR multiplies the learning rate by gamma every so many epochs.
//
// PyTorch: lr_scheduler.StepLR.
type StepLR struct{ Curve }

// NewStepLR makes a [StepLR]; PyTorch's default gamma is 0.1.
func NewStepLR(o Optimizer, every int, gamma float64) *StepLR {
	if every < 1 {
		bad("optim.NewStepLR", fmt.Sprintf("every %d epochs", every), "at least 1")
	}
	s := &StepLR{Curve{o: o, start: firstRate(o)}}
	s.rate = func(n int) float64 { return s.start * math.Pow(gamma, float64(n/every)) }
	return s
}

// MultiStepLR multiplies the learning rate by gamma after each of the given epochs.
//
// PyTorch: lr_scheduler.MultiStepLR.
type MultiStepLR struct{ Curve }

// NewMultiStepLR makes a [MultiStepLR].
func NewMultiStepLR(o Optimizer, milestones []int, gamma float64) *MultiStepLR {
	s := &MultiStepLR{Curve{o: o, start: firstRate(o)}}
	at := append([]int(nil), milestones...)
	s.rate = func(n int) float64 {
		lr := s.start
		for _, m := range at {
			if n >= m {
				lr *= gamma
			}
		}
		return lr
	}
	return s
}

// ExponentialLR multiplies the learning rate by gamma every epoch.
//
// PyTorch: lr_scheduler.ExponentialLR.
type ExponentialLR struct{ Curve }

// NewExponentialLR makes an [ExponentialLR].
func NewExponentialLR(o Optimizer, gamma float64) *ExponentialLR {
	s := &ExponentialLR{Curve{o: o, start: firstRate(o)}}
	s.rate = func(n int) float64 { return s.start * math.Pow(gamma, float64(n)) }
	return s
}

// LambdaLR sets the learning rate to its first value times f(epoch).
//
// PyTorch: lr_scheduler.LambdaLR.
type LambdaLR struct{ Curve }

// NewLambdaLR makes a [LambdaLR] and sets the rate for epoch 0.
func NewLambdaLR(o Optimizer, f func(epoch int) float64) *LambdaLR {
	s := &LambdaLR{Curve{o: o, start: firstRate(o)}}
	s.rate = func(n int) float64 { return s.start * f(n) }
	s.set(s.rate(0))
	return s
}

// CosineOptions are the settings of [Cosine].
type CosineOptions struct {
	Min    float64 // the rate at the end
	Warmup int     // calls of Step at the start over which the rate rises in a straight line from near zero
}

// Cosine lowers the learning rate along half a wave of the cosine.
//
//	lr(t) = min + ½(start − min)(1 + cos(π·t/length))
//
// I. Loshchilov, F. Hutter: SGDR, arXiv:1608.03983.
// PyTorch: lr_scheduler.CosineAnnealingLR.
type Cosine struct{ Curve }

// NewCosine makes a [Cosine] over so many epochs.
func NewCosine(o Optimizer, length int, c CosineOptions) *Cosine {
	if length < 1 || c.Warmup < 0 || c.Warmup >= length {
		bad("optim.NewCosine", fmt.Sprintf("length %d with a warm-up of %d", length, c.Warmup), "a positive length above the warm-up")
	}
	s := &Cosine{Curve{o: o, start: firstRate(o)}}
	s.rate = func(n int) float64 {
		if n < c.Warmup {
			return s.start * float64(n+1) / float64(c.Warmup+1)
		}
		t := math.Min(float64(n-c.Warmup)/float64(length-c.Warmup), 1)
		return c.Min + 0.5*(s.start-c.Min)*(1+math.Cos(math.Pi*t))
	}
	if c.Warmup > 0 {
		s.set(s.rate(0))
	}
	return s
}

// OneCycleOptions are the settings of [OneCycle]. In each, 0 means PyTorch's default.
type OneCycleOptions struct {
	Rise     float64 // part of the steps in which the rate rises; 0 means 0.3
	Div      float64 // the first rate is the highest divided by this; 0 means 25
	FinalDiv float64 // the last is the first divided by this; 0 means 10,000
	Linear   bool    // straight lines instead of cosines
}

// OneCycle raises the learning rate to its height and lets it fall to almost nothing, over one whole training. Its Step
// is called after every step of the optimizer. Unlike PyTorch's, it leaves the momentum alone.
//
// L. N. Smith, N. Topin: Super-Convergence, arXiv:1708.07120.
// PyTorch: lr_scheduler.OneCycleLR(cycle_momentum=False).
type OneCycle struct{ Curve }

// NewOneCycle makes a [OneCycle] of so many steps with the given highest rate, and sets the first rate.
func NewOneCycle(o Optimizer, highest float64, steps int, c OneCycleOptions) *OneCycle {
	if steps < 2 || !(highest > 0) {
		bad("optim.NewOneCycle", fmt.Sprintf("%d steps, highest rate %g", steps, highest), "at least 2 steps and a positive rate")
	}
	rise, first := or(c.Rise, 0.3), highest/or(c.Div, 25)
	last := first / or(c.FinalDiv, 1e4)
	top := rise*float64(steps) - 1
	s := &OneCycle{Curve{o: o, start: firstRate(o), perStep: true}}
	curve := func(from, to, t float64) float64 {
		t = math.Min(t, 1)
		if c.Linear {
			return from + (to-from)*t
		}
		return to + (from-to)/2*(1+math.Cos(math.Pi*t))
	}
	s.rate = func(n int) float64 {
		if x := float64(n); x <= top {
			return curve(first, highest, x/top)
		}
		return curve(highest, last, (float64(n)-top)/(float64(steps-1)-top))
	}
	s.set(s.rate(0))
	return s
}

// PlateauOptions are the settings of [ReduceOnPlateau]. In each, 0 means PyTorch's default.
type PlateauOptions struct {
	Factor    float64 // the rate is multiplied by this; 0 means 0.1
	Patience  int     // epochs without improvement that are let pass; 0 means 10, a negative number none
	Threshold float64 // relative improvement that counts; 0 means 1e-4
	Cooldown  int     // epochs after a reduction in which none are counted
	MinLR     float64 // the rate does not fall below this
	Maximize  bool    // the metric is to grow, as accuracy
}

// ReduceOnPlateau lowers the learning rate when a metric has stopped improving.
//
// PyTorch: lr_scheduler.ReduceLROnPlateau.
type ReduceOnPlateau struct {
	opt             Optimizer
	o               PlateauOptions
	best            float64
	waited, resting int
}

// NewReduceOnPlateau makes a [ReduceOnPlateau].
func NewReduceOnPlateau(o Optimizer, p PlateauOptions) *ReduceOnPlateau {
	p.Factor, p.Threshold = or(p.Factor, 0.1), or(p.Threshold, 1e-4)
	switch {
	case p.Patience == 0:
		p.Patience = 10
	case p.Patience < 0:
		p.Patience = 0
	}
	if p.Factor >= 1 {
		bad("optim.NewReduceOnPlateau", fmt.Sprintf("factor %g", p.Factor), "a factor below 1")
	}
	s := &ReduceOnPlateau{opt: o, o: p, best: math.Inf(1)}
	if p.Maximize {
		s.best = math.Inf(-1)
	}
	return s
}

// PerStep is false: the schedule goes by epochs.
func (s *ReduceOnPlateau) PerStep() bool { return false }

// Step counts an epoch whose metric is not known as one without improvement.
func (s *ReduceOnPlateau) Step() { s.StepWith(math.NaN()) }

// StepWith counts an epoch with its metric, and lowers the rate when patience has run out.
func (s *ReduceOnPlateau) StepWith(metric float64) {
	better := metric < s.best*(1-s.o.Threshold)
	if s.o.Maximize {
		better = metric > s.best*(1+s.o.Threshold)
	}
	if math.IsInf(s.best, 0) {
		better = !math.IsNaN(metric)
	}
	if better {
		s.best, s.waited = metric, 0
	} else {
		s.waited++
	}
	if s.resting > 0 {
		s.resting--
		s.waited = 0
	}
	if s.waited > s.o.Patience {
		old := s.opt.LR()
		if next := math.Max(old*s.o.Factor, s.o.MinLR); old-next > 1e-8 {
			s.opt.SetLR(next)
		}
		s.resting, s.waited = s.o.Cooldown, 0
	}
}
