package learn

import (
	"sync/atomic"
	"time"
)

// A Reporter is told what a training run does, on the goroutine that trains.
// Step is called for every step, so that an implementation must decide by the
// clock whether it draws, and return at once.
type Reporter interface {
	Begin(Run)
	Step(Progress)
	Epoch(EpochResult)
	End(Outcome)
}

// A Run describes a training run that begins.
type Run struct {
	Epochs        int // planned
	StepsPerEpoch int
	BatchSize     int
	Samples       int // of one epoch
	HasValidation bool
	MetricNames   []string // in the order in which they are to be shown
	Parameters    int      // numbers that are being trained
	Start         time.Time
}

// The phases of a Progress.
const (
	PhaseTrain    = "train"
	PhaseValidate = "validate"
)

// Progress is the state of a run after a step.
type Progress struct {
	Epoch, Epochs  int // the epoch under way, from 1
	Step, Steps    int // the step just done within its phase, from 1
	Samples        int // seen in this phase of this epoch
	Loss, MeanLoss float64
	LR             float64
	Phase          string        // PhaseTrain or PhaseValidate
	Elapsed        time.Duration // since Begin
}

// An Outcome says how a run ended.
type Outcome struct {
	History *History
	Reason  string // one of the Reason constants
	Err     error  // what made a failed run fail
}

// The reasons for which a run ends.
const (
	ReasonCompleted   = "completed"
	ReasonInterrupted = "interrupted"
	ReasonEarly       = "early stopping"
	ReasonNaN         = "nan loss"
	ReasonCallback    = "callback"
	ReasonFailed      = "failed"
)

var newReporter atomic.Pointer[func() Reporter]

// SetReporter installs what makes the reporter of every later Fit that has none
// in its options. nil removes it.
func SetReporter(make func() Reporter) {
	if make == nil {
		newReporter.Store(nil)
		return
	}
	newReporter.Store(&make)
}

// silent reports nothing.
type silent struct{}

func (silent) Begin(Run)         {}
func (silent) Step(Progress)     {}
func (silent) Epoch(EpochResult) {}
func (silent) End(Outcome)       {}

// reporterOr returns own, or the installed reporter, or one that is silent.
func reporterOr(own Reporter) Reporter {
	if own != nil {
		return own
	}
	if make := newReporter.Load(); make != nil {
		if r := (*make)(); r != nil {
			return r
		}
	}
	return silent{}
}
