package learn

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"descent/dl/data"
)

// recorder is a Reporter that writes down what it hears.
type recorder struct {
	log []string
	run Run
	end func(Outcome)
	all []Progress
}

func (r *recorder) Begin(run Run) {
	r.run = run
	r.log = append(r.log, "begin")
}

func (r *recorder) Step(p Progress) {
	r.all = append(r.all, p)
	r.log = append(r.log, fmt.Sprintf("%s %d.%d/%d", p.Phase, p.Epoch, p.Step, p.Steps))
}

func (r *recorder) Epoch(e EpochResult) { r.log = append(r.log, fmt.Sprintf("epoch %d", e.Epoch)) }

func (r *recorder) End(o Outcome) {
	r.log = append(r.log, "end "+o.Reason)
	if r.end != nil {
		r.end(o)
	}
}

func TestReporterAndCallbacks(t *testing.T) {
	rec := &recorder{}
	var calls []string
	note := func(format string, v ...any) { calls = append(calls, fmt.Sprintf(format, v...)) }
	m := mlp()
	h := trainer(m).Fit(loader(blobs(40, 1)), FitOptions{
		Epochs:     2,
		Validation: data.NewLoader(blobs(20, 2), data.LoaderOptions{BatchSize: 10}),
		Reporter:   rec,
		Callbacks: []Callback{{}, {
			OnBegin:      func(r Run) { note("begin %d", r.Epochs) },
			OnEpochBegin: func(e int) { note("epoch %d", e) },
			OnBackward:   func() { note("backward") },
			OnStep:       func(p Progress) { note("step %d", p.Step) },
			OnEpochEnd:   func(e EpochResult) { note("end of %d", e.Epoch) },
			OnEnd:        func(h *History) { note("%s", h.Reason) },
		}},
	})
	want := "begin|train 1.1/3|train 1.2/3|train 1.3/3|validate 1.1/2|validate 1.2/2|epoch 1|" +
		"train 2.1/3|train 2.2/3|train 2.3/3|validate 2.1/2|validate 2.2/2|epoch 2|end completed"
	if got := strings.Join(rec.log, "|"); got != want {
		t.Errorf("reporter heard\n%s\nwant\n%s", got, want)
	}
	steps := []string{"backward", "step 1", "backward", "step 2", "backward", "step 3"}
	wantCalls := slices.Concat([]string{"begin 2", "epoch 1"}, steps, []string{"end of 1", "epoch 2"}, steps, []string{"end of 2", "completed"})
	if !slices.Equal(calls, wantCalls) {
		t.Errorf("callbacks:\n%q\nwant\n%q", calls, wantCalls)
	}
	r := rec.run
	if r.Epochs != 2 || r.StepsPerEpoch != 3 || r.BatchSize != 16 || r.Samples != 40 || !r.HasValidation ||
		!slices.Equal(r.MetricNames, []string{"accuracy"}) || r.Parameters != 2*8+8+8*3+3 || r.Start.IsZero() {
		t.Errorf("Run = %+v", r)
	}
	last := rec.all[2]
	if last.Samples != 40 || last.Loss != h.StepLoss[2] || last.MeanLoss != h.Epochs[0].TrainLoss || last.LR != 0.02 || last.Elapsed <= 0 {
		t.Errorf("Progress = %+v, epoch %+v", last, h.Epochs[0])
	}
}

func TestStop(t *testing.T) {
	for _, tt := range []struct {
		name          string
		epochs, steps int
		callback      func(tr *Trainer) Callback
	}{
		{"in a step", 0, 2, func(tr *Trainer) Callback {
			return Callback{OnStep: func(p Progress) {
				if p.Step == 2 {
					tr.Stop()
				}
			}}
		}},
		{"in the last step", 1, 3, func(tr *Trainer) Callback {
			return Callback{OnStep: func(p Progress) {
				if p.Step == 3 {
					tr.Stop()
				}
			}}
		}},
		{"after an epoch", 1, 3, func(tr *Trainer) Callback { return Callback{OnEpochEnd: func(EpochResult) { tr.Stop() }} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := trainer(mlp())
			tr.Stop() // before a run it does nothing
			h := tr.Fit(loader(blobs(40, 1)), FitOptions{Epochs: 3, Callbacks: []Callback{tt.callback(tr)}})
			if h.Reason != ReasonCallback || h.Len() != tt.epochs || len(h.StepLoss) != tt.steps {
				t.Errorf("%s after %d epochs and %d steps", h.Reason, h.Len(), len(h.StepLoss))
			}
		})
	}
}

func TestSetReporter(t *testing.T) {
	var made []*recorder
	SetReporter(func() Reporter {
		made = append(made, &recorder{})
		return made[len(made)-1]
	})
	defer SetReporter(nil)
	own := &recorder{}
	tr := trainer(mlp())
	tr.Fit(loader(blobs(16, 1)), FitOptions{})
	tr.Fit(loader(blobs(16, 1)), FitOptions{})
	tr.Fit(loader(blobs(16, 1)), FitOptions{Reporter: own})
	if len(made) != 2 || len(made[0].log) != 4 || len(made[1].log) != 4 || len(own.log) != 4 {
		t.Errorf("%d reporters were made", len(made))
	}
	SetReporter(func() Reporter { return nil })
	tr.Fit(loader(blobs(16, 1)), FitOptions{})
	SetReporter(nil)
	tr.Fit(loader(blobs(16, 1)), FitOptions{})
	if len(made) != 2 {
		t.Error("a removed reporter was made")
	}
}
