package optim

import (
	"fmt"
	"slices"
)

// SequentialLR follows one schedule after another: a warm-up, then a decay.
//
// PyTorch: lr_scheduler.SequentialLR.
type SequentialLR struct{ Curve }

// NewSequentialLR makes a schedule that follows the first of parts until the first milestone, the second until the next, and
// so on; each starts at its own beginning, from the rate that the optimizer had before any of them was made. There is one
// milestone fewer than parts. The parts are schedules of this package, made of the same optimizer, that count alike;
// ReduceOnPlateau cannot be one of them.
func NewSequentialLR(o Optimizer, parts []Schedule, milestones []int) *SequentialLR {
	curves := curvesOf("optim.NewSequentialLR", o, parts)
	if len(milestones) != len(parts)-1 || !slices.IsSorted(milestones) {
		bad("optim.NewSequentialLR", fmt.Sprintf("milestones %v for %d schedules", milestones, len(parts)), "one fewer, in rising order")
	}
	at := slices.Clone(milestones)
	s := &SequentialLR{Curve{o: o, start: curves[0].start, perStep: curves[0].perStep}}
	s.rate = func(n int) float64 {
		i, from := 0, 0
		for i < len(at) && n >= at[i] {
			from = at[i]
			i++
		}
		return curves[i].rate(n - from)
	}
	s.SetCount(0)
	return s
}

// ChainedScheduler lets several schedules act at the same time.
//
// PyTorch: lr_scheduler.ChainedScheduler.
type ChainedScheduler struct{ Curve }

// NewChainedScheduler makes a schedule whose factor of the first rate is the product of the factors of all parts. They are
// schedules of this package, made of the same optimizer, that count alike; ReduceOnPlateau cannot be one of them.
func NewChainedScheduler(o Optimizer, parts []Schedule) *ChainedScheduler {
	curves := curvesOf("optim.NewChainedScheduler", o, parts)
	s := &ChainedScheduler{Curve{o: o, start: curves[0].start, perStep: curves[0].perStep}}
	s.rate = func(n int) float64 {
		lr := s.start
		for _, c := range curves {
			if c.start != 0 {
				lr *= c.rate(n) / c.start
			}
		}
		return lr
	}
	s.SetCount(0)
	return s
}

// curve is how a schedule is told to be made of a Curve.
func (s *Curve) curve() *Curve { return s }

// curvesOf checks the parts of a schedule.
func curvesOf(op string, o Optimizer, parts []Schedule) []*Curve {
	if len(parts) == 0 {
		bad(op, "no schedules", "at least one")
	}
	curves := make([]*Curve, len(parts))
	for i, p := range parts {
		c, ok := p.(interface{ curve() *Curve })
		if !ok {
			bad(op, fmt.Sprintf("schedule %d of type %T, which has no rate for a given epoch", i, p), "schedules of this package other than ReduceOnPlateau")
		}
		curves[i] = c.curve()
		if curves[i].o != o {
			bad(op, fmt.Sprintf("schedule %d of another optimizer", i), "schedules of the same one")
		}
		if curves[i].perStep != curves[0].perStep {
			bad(op, fmt.Sprintf("schedule 0 with PerStep %v and schedule %d with %v", curves[0].perStep, i, curves[i].perStep), "schedules that count alike")
		}
	}
	return curves
}
