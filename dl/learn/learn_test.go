package learn

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/metric"
	"descent/dl/nn"
	"descent/dl/optim"
)

// blobs returns n points around the corners of a triangle, one class a corner.
func blobs(n int, seed uint64) *data.TensorDataset {
	g := dl.NewGenerator(seed, dl.StreamUser)
	x, y := make([]float32, 2*n), make([]int64, n)
	for i := range y {
		c := i % 3
		y[i] = int64(c)
		x[2*i] = float32([]float64{0, 2, 1}[c] + 0.4*g.Normal())
		x[2*i+1] = float32([]float64{0, 0, 2}[c] + 0.4*g.Normal())
	}
	d := data.NewTensorDataset(dl.FromFloat32s(x, n, 2), dl.FromInt64s(y, n))
	d.Classes = []string{"left", "right", "top"}
	return d
}

func loader(d data.Dataset) *data.Loader {
	return data.NewLoader(d, data.LoaderOptions{BatchSize: 16, Shuffle: true, Seed: 3})
}

// mlp returns a small model; the same one each time.
func mlp() *nn.Sequential {
	dl.ManualSeed(11)
	return nn.NewSequential(nn.NewLinear(2, 8), nn.NewReLU(), nn.NewDropout(0.1), nn.NewLinear(8, 3))
}

func adam(m nn.Module) optim.Optimizer {
	return optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.02})
}

func trainer(m nn.Module) *Trainer { return NewTrainer(m, adam(m), nn.CrossEntropy) }

// weights returns all parameters of a model as one slice.
func weights(m nn.Module) []float32 {
	var out []float32
	for _, p := range nn.Params(m) {
		out = append(out, p.Float32s()...)
	}
	return out
}

func TestFitEqualsTheExplicitLoop(t *testing.T) {
	d := blobs(200, 1)

	model := mlp()
	opt := adam(model)
	l := loader(d)
	var losses []float64
	for range 3 {
		for batch := range l.All() {
			opt.ZeroGrad()
			loss := nn.CrossEntropy(model.Forward(batch.X), batch.Y)
			loss.Backward()
			opt.Step()
			losses = append(losses, loss.Item())
		}
	}

	twin := mlp()
	h := trainer(twin).Fit(loader(d), FitOptions{Epochs: 3, Validation: data.NewLoader(blobs(50, 2), data.LoaderOptions{})})
	if !slices.Equal(weights(model), weights(twin)) {
		t.Error("Fit ends in other weights than the explicit loop")
	}
	if !slices.Equal(h.StepLoss, losses) {
		t.Error("Fit sees other losses than the explicit loop")
	}
}

func TestHistory(t *testing.T) {
	d, val := blobs(200, 1), data.NewLoader(blobs(90, 2), data.LoaderOptions{BatchSize: 40})
	m := mlp()
	tr := trainer(m)
	h := tr.Fit(loader(d), FitOptions{Epochs: 4, Validation: val, Metrics: []metric.Metric{metric.NewAccuracy(), metric.NewTopK(2)}})
	if h.Len() != 4 || len(h.StepLoss) != 4*13 || h.StepsPerEpoch != 13 || h.Reason != ReasonCompleted || h.Err != nil || h.Interrupted {
		t.Fatalf("%+v", h)
	}
	if tr.History() != h || !slices.Equal(h.MetricNames, []string{"accuracy", "top2"}) || !h.HasValidation() || h.Seconds <= 0 {
		t.Errorf("%+v", h)
	}
	// The epoch's loss is the mean over samples; the last batch has 8 of 16.
	for e, got := range h.TrainLoss() {
		var sum float64
		for s, v := range h.StepLoss[e*13 : (e+1)*13] {
			w := 16.0
			if s == 12 {
				w = 8
			}
			sum += w * v
		}
		if want := sum / 200; math.Abs(got-want) > 1e-12 {
			t.Errorf("epoch %d: training loss %v, want %v", e+1, got, want)
		}
	}
	r := tr.Evaluate(val)
	if last := h.Last(); last.ValLoss != r.Loss || last.Val["accuracy"] != r.Accuracy() || last.Epoch != 4 || last.Epochs != 4 || last.LR != 0.02 {
		t.Errorf("the last epoch says %v, Evaluate says %v", last, r)
	}
	if r.Samples != 90 || r.Accuracy() < 0.85 {
		t.Errorf("Evaluate: %v", r)
	}
	train, valAcc := h.Metric("accuracy")
	if len(train) != 4 || train[3] < 0.7 || valAcc[3] != r.Accuracy() {
		t.Errorf("Metric: %v %v", train, valAcc)
	}
	if none, _ := h.Metric("nothing"); !math.IsNaN(none[0]) {
		t.Errorf("a metric that was not measured is %v", none[0])
	}
	best := 0
	for i, v := range h.ValLoss() {
		if v < h.ValLoss()[best] {
			best = i
		}
	}
	if h.BestEpoch != best+1 || h.Best().Epoch != best+1 || !h.Best().Best {
		t.Errorf("BestEpoch = %d, the lowest validation loss is in epoch %d", h.BestEpoch, best+1)
	}
	if lines := strings.Split(strings.TrimSpace(h.String()), "\n"); len(lines) != 4 || !strings.HasPrefix(lines[3], "epoch 4/4: loss ") || !strings.Contains(lines[3], "; validation loss ") {
		t.Errorf("String() = %q", h)
	}
	if empty := (&History{}); !math.IsNaN(empty.Last().TrainLoss) || empty.HasValidation() || empty.String() != "" {
		t.Error("an empty history is not empty")
	}
}

func TestModes(t *testing.T) {
	m := mlp()
	tr := trainer(m)
	val := data.NewLoader(blobs(64, 2), data.LoaderOptions{BatchSize: 64})
	nn.Eval(m)
	var during []bool
	tr.Fit(loader(blobs(32, 1)), FitOptions{Validation: val, Callbacks: []Callback{{OnStep: func(Progress) { during = append(during, nn.IsTraining(m)) }}}})
	if nn.IsTraining(m) || !slices.Equal(during, []bool{true, true}) {
		t.Errorf("training mode during the steps %v, after the run %v", during, nn.IsTraining(m))
	}
	nn.Train(m)

	// A part that is in evaluation mode stays there, through training and evaluation.
	frozen := nn.NewSequential(mlp(), nn.NewDropout(0.5))
	nn.Eval(frozen.At(0))
	var modes []bool
	trainer(frozen).Fit(loader(blobs(32, 1)), FitOptions{Epochs: 2, Validation: val, Callbacks: []Callback{{OnStep: func(Progress) {
		modes = append(modes, nn.IsTraining(frozen.At(0)), nn.IsTraining(frozen.At(1)))
	}}}})
	if want := []bool{false, true, false, true, false, true, false, true}; !slices.Equal(modes, want) || !nn.IsTraining(frozen.At(1)) {
		t.Errorf("modes of the two parts in each step: %v", modes)
	}

	a, b := tr.Evaluate(val), tr.Evaluate(val)
	if a.Loss != b.Loss {
		t.Error("Evaluate drops out")
	}
	if !nn.IsTraining(m) {
		t.Error("Evaluate left the model in evaluation mode")
	}
	if p := tr.Predict(val); p.RequiresGrad() {
		t.Error("Predict kept the history of its outputs")
	}
}

func TestPredict(t *testing.T) {
	m := mlp()
	nn.Eval(m)
	d := blobs(50, 2)
	got := trainer(m).Predict(data.NewLoader(d, data.LoaderOptions{BatchSize: 16}))
	want := m.Forward(d.X)
	if !slices.Equal(got.Shape(), []int{50, 3}) {
		t.Fatalf("shape %v", got.Shape())
	}
	for i, v := range want.Float32s() {
		if d := math.Abs(float64(v - got.Float32s()[i])); d > 1e-6 {
			t.Fatalf("output %d differs by %v", i, d)
		}
	}
}

func TestEarlyStopping(t *testing.T) {
	val := data.NewLoader(blobs(90, 2), data.LoaderOptions{BatchSize: 90})
	tests := []struct {
		name     string
		o        EarlyStopping
		restored bool
	}{
		{"loss", EarlyStopping{Patience: 2}, true},
		{"accuracy", EarlyStopping{Patience: 2, Monitor: "accuracy"}, true},
		{"keep last", EarlyStopping{Patience: 2, KeepLast: true}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mlp()
			var good []float32
			spoil := Callback{
				OnEpochBegin: func(epoch int) {
					if epoch > 3 { // from here on everything is worse
						p := nn.Params(m)[0]
						dl.NoGrad(func() { p.CopyFrom(dl.Full(-float64(epoch), p.Shape()...)) })
					}
				},
				OnEpochEnd: func(e EpochResult) {
					if e.Epoch == 3 {
						good = weights(m)
					}
				},
			}
			tr := trainer(m)
			h := tr.Fit(loader(blobs(200, 1)), FitOptions{Epochs: 20, Validation: val, EarlyStopping: &tt.o, Callbacks: []Callback{spoil}})
			if h.Reason != ReasonEarly || h.Len() != h.BestEpoch+2 || h.BestEpoch > 3 || h.Restored != tt.restored {
				t.Fatalf("%s after %d epochs, best %d, restored %v", h.Reason, h.Len(), h.BestEpoch, h.Restored)
			}
			if h.BestEpoch == 3 && slices.Equal(weights(m), good) != tt.restored {
				t.Error("the weights are not those they should be")
			}
			if r := tr.Evaluate(val); tt.restored && r.Loss != h.Best().ValLoss {
				t.Errorf("loss %v after the run, %v in its best epoch", r.Loss, h.Best().ValLoss)
			}
			if tt.restored && !strings.Contains(h.String(), "the weights are those of epoch") {
				t.Errorf("String() does not tell: %v", h)
			}
		})
	}
	// Without validation the training loss decides; a run that gets better to the
	// end is not stopped and not restored.
	m := mlp()
	h := trainer(m).Fit(loader(blobs(200, 1)), FitOptions{Epochs: 2, EarlyStopping: &EarlyStopping{}})
	if h.Reason != ReasonCompleted || h.BestEpoch != 2 || h.Restored {
		t.Errorf("%+v", h)
	}
	// A huge MinDelta: nothing after the first epoch counts.
	h = trainer(mlp()).Fit(loader(blobs(64, 1)), FitOptions{Epochs: 9, EarlyStopping: &EarlyStopping{MinDelta: 10}})
	if h.BestEpoch != 1 || h.Len() != 4 {
		t.Errorf("best %d of %d epochs, want 1 of 4", h.BestEpoch, h.Len())
	}
}

func TestInterruptKeepsTheModel(t *testing.T) {
	defer dl.SetInterrupt(nil)
	d := blobs(200, 1)
	for _, own := range []bool{false, true} { // own: the cell's code stops in a way of its own
		var stop atomic.Bool
		dl.SetInterrupt(stop.Load)
		m := mlp()
		var model nn.Module = m
		if own {
			model = nn.Func(func(x *dl.Tensor) *dl.Tensor {
				if stop.Load() {
					panic("stopped by the notebook")
				}
				return m.Forward(x)
			})
		}
		var at []float32
		ended := false
		tr := NewTrainer(model, adam(m), nn.CrossEntropy)
		h := tr.Fit(loader(d), FitOptions{Epochs: 5, Callbacks: []Callback{{
			OnStep: func(p Progress) {
				if p.Epoch == 2 && p.Step == 4 {
					at = weights(m)
					stop.Store(true)
				}
			},
			OnEnd: func(*History) { ended = true },
		}}})
		if !h.Interrupted || h.Reason != ReasonInterrupted || h.Len() != 1 || len(h.StepLoss) != 13+4 || !ended {
			t.Fatalf("%+v", h)
		}
		if !slices.Equal(weights(m), at) {
			t.Error("the model is not as the last step left it")
		}
		if !nn.IsTraining(m) || tr.History() != h || !strings.Contains(h.String(), "stopped after 17 steps: interrupted") {
			t.Errorf("after the run: %v", h)
		}
		// The next run goes on from there.
		stop.Store(false)
		if h := tr.Fit(loader(d), FitOptions{}); h.Reason != ReasonCompleted {
			t.Errorf("the run after an interrupt: %s", h.Reason)
		}
	}
}

func TestNaN(t *testing.T) {
	d := blobs(64, 1)
	t.Run("from the data", func(t *testing.T) {
		x := d.X.Clone()
		x.SetAt(math.NaN(), 0, 0)
		m := mlp()
		before := weights(m)
		h := trainer(m).Fit(data.NewLoader(data.NewTensorDataset(x, d.Y), data.LoaderOptions{}), FitOptions{Epochs: 3})
		if h.Reason != ReasonNaN || len(h.StepLoss) != 1 || h.Len() != 0 || !slices.Equal(weights(m), before) {
			t.Errorf("%+v", h)
		}
		if h.Err == nil || !strings.Contains(h.Err.Error(), "loss of NaN at step 1 of epoch 1") || !strings.Contains(h.Err.Error(), "NaN in the inputs") {
			t.Errorf("error %v", h.Err)
		}
	})
	t.Run("from divergence", func(t *testing.T) {
		m := mlp()
		loss := func(output, target *dl.Tensor) *dl.Tensor { return output.MulScalar(10).Pow(2).Mean() }
		h := NewTrainer(m, optim.NewSGD(nn.Params(m), optim.SGDOptions{LR: 1e6}), loss).Fit(loader(d), FitOptions{Epochs: 3, Metrics: []metric.Metric{}})
		if h.Reason != ReasonNaN || h.Err == nil || !strings.Contains(h.Err.Error(), "learning rate below 1e+06") {
			t.Errorf("%s, %v", h.Reason, h.Err)
		}
	})
	t.Run("restores the best epoch", func(t *testing.T) {
		m := mlp()
		var good []float32
		h := trainer(m).Fit(loader(d), FitOptions{Epochs: 5, EarlyStopping: &EarlyStopping{}, Callbacks: []Callback{{OnEpochEnd: func(e EpochResult) {
			if e.Epoch == 2 {
				good = weights(m)
				p := nn.Params(m)[0]
				dl.NoGrad(func() { p.CopyFrom(dl.Full(math.NaN(), p.Shape()...)) })
			}
		}}}})
		if h.Reason != ReasonNaN || !h.Restored || h.BestEpoch != 2 || !slices.Equal(weights(m), good) {
			t.Errorf("%s, best %d, restored %v", h.Reason, h.BestEpoch, h.Restored)
		}
		if !strings.Contains(h.Err.Error(), "the weights of 0.weight are no longer finite") {
			t.Errorf("error %v", h.Err)
		}
	})
}

func TestPanicsPassThrough(t *testing.T) {
	boom := errors.New("boom")
	m := mlp()
	var reported Outcome
	rec := &recorder{end: func(o Outcome) { reported = o }}
	tr := trainer(m)
	got := func() (v any) {
		defer func() { v = recover() }()
		tr.Fit(loader(blobs(200, 1)), FitOptions{Epochs: 3, Reporter: rec, Callbacks: []Callback{{OnStep: func(p Progress) {
			if p.Epoch == 2 {
				panic(boom)
			}
		}}}})
		return nil
	}()
	h := tr.History()
	if got != boom || h == nil || h.Len() != 1 || h.Reason != ReasonFailed || h.Err != boom {
		t.Errorf("panicked with %v, history %+v", got, h)
	}
	if reported.Reason != ReasonFailed || reported.Err != boom || reported.History != h {
		t.Errorf("the reporter heard %+v", reported)
	}
	if !nn.IsTraining(m) {
		t.Error("the mode was not put back")
	}
}

func TestSchedules(t *testing.T) {
	d := blobs(64, 1) // four steps an epoch
	rates := func(make func(o optim.Optimizer) optim.Schedule) (epochs []float64, steps []float64) {
		m := mlp()
		tr := trainer(m)
		h := tr.Fit(loader(d), FitOptions{Epochs: 3, Schedule: make(tr.Optimizer), Callbacks: []Callback{{OnStep: func(p Progress) { steps = append(steps, p.LR) }}}})
		for _, e := range h.Epochs {
			epochs = append(epochs, e.LR)
		}
		return epochs, steps
	}
	epochs, _ := rates(func(o optim.Optimizer) optim.Schedule { return optim.NewStepLR(o, 1, 0.5) })
	if !slices.Equal(epochs, []float64{0.02, 0.01, 0.005}) {
		t.Errorf("each epoch: %v", epochs)
	}
	_, steps := rates(func(o optim.Optimizer) optim.Schedule { return optim.NewOneCycle(o, 0.1, 12, optim.OneCycleOptions{}) })
	if len(steps) != 12 || slices.Max(steps) < 0.09 || steps[11] > 0.01 || steps[0] == steps[1] {
		t.Errorf("each step: %v", steps)
	}
	var seen []float64
	rates(func(o optim.Optimizer) optim.Schedule { return plateau{&seen} })
	if len(seen) != 3 {
		t.Errorf("the metric schedule was given %v", seen)
	}
}

type plateau struct{ seen *[]float64 }

func (plateau) Step()                {}
func (plateau) PerStep() bool        { return false }
func (p plateau) StepWith(v float64) { *p.seen = append(*p.seen, v) }

func TestClipping(t *testing.T) {
	norm := func(m nn.Module) float64 { return optim.GradNorm(nn.Params(m)) }
	var free, clipped, largest float64
	for _, o := range []FitOptions{{}, {ClipNorm: 1e-3}, {ClipValue: 1e-3}} {
		m := mlp()
		o.Callbacks = []Callback{{OnBackward: func() {
			switch {
			case o.ClipNorm > 0:
				clipped = max(clipped, norm(m))
			case o.ClipValue > 0:
				for _, p := range nn.Params(m) {
					for _, v := range p.Grad().Float32s() {
						largest = max(largest, math.Abs(float64(v)))
					}
				}
			default:
				free = max(free, norm(m))
			}
		}}}
		trainer(m).Fit(loader(blobs(64, 1)), o)
	}
	if free < 0.01 || clipped > 1.0001e-3 || clipped == 0 || largest > 1.0001e-3 || largest == 0 {
		t.Errorf("norm %v, clipped %v; largest value %v", free, clipped, largest)
	}
}

func TestMisuse(t *testing.T) {
	m := mlp()
	l := loader(blobs(32, 1))
	tr := trainer(m)
	tests := []struct {
		name, want string
		f          func()
	}{
		{"model", "no model", func() { NewTrainer(nil, adam(m), nn.CrossEntropy) }},
		{"optimizer", "optim.NewAdam", func() { NewTrainer(m, nil, nn.CrossEntropy) }},
		{"loss", "nn.CrossEntropy for classes", func() { NewTrainer(m, adam(m), nil) }},
		{"loader", "no loader", func() { tr.Fit(nil, FitOptions{}) }},
		{"epochs", "Epochs -1", func() { tr.Fit(l, FitOptions{Epochs: -1}) }},
		{"monitor", `Monitor "acuracy"`, func() { tr.Fit(l, FitOptions{EarlyStopping: &EarlyStopping{Monitor: "acuracy"}}) }},
		{"patience", "Patience -1", func() { tr.Fit(l, FitOptions{EarlyStopping: &EarlyStopping{Patience: -1}}) }},
		{"metrics", `two metrics called "accuracy"`, func() {
			tr.Fit(l, FitOptions{Metrics: []metric.Metric{metric.NewAccuracy(), metric.NewAccuracy()}})
		}},
		{"nil metric", "a nil metric", func() { tr.Fit(l, FitOptions{Metrics: []metric.Metric{nil}}) }},
		{"evaluate", "no loader", func() { tr.Evaluate(nil) }},
		{"evaluate without a loss", "no loss", func() { Evaluate(m, l, nil, nil) }},
		{"confusion classes", "2 names of classes", func() { Confusion(m, l, []string{"a", "b"}) }},
		{"confusion of a regression", "does not classify", func() {
			Confusion(m, data.NewLoader(data.NewTensorDataset(dl.Zeros(4, 2), dl.Zeros(4)), data.LoaderOptions{}), nil)
		}},
		{"mistakes without targets", "does not classify", func() {
			Mistakes(m, data.NewLoader(data.NewTensorDataset(dl.Zeros(4, 2), nil), data.LoaderOptions{}))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(*dl.Error)
				if !ok || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("got %v, want an error with %q", err, tt.want)
				}
			}()
			tt.f()
		})
	}
}

func TestRegressionHasNoAccuracy(t *testing.T) {
	x := dl.Arange(0, 64, 1).Reshape(64, 1).DivScalar(64)
	y := x.MulScalar(3)
	dl.ManualSeed(1)
	m := nn.NewLinear(1, 1)
	h := NewTrainer(m, optim.NewSGD(nn.Params(m), optim.SGDOptions{LR: 0.5}), nn.MSE).
		Fit(loader(data.NewTensorDataset(x, y)), FitOptions{Epochs: 40})
	if len(h.MetricNames) != 0 || h.Last().Train != nil || h.Last().TrainLoss > 1e-3 {
		t.Errorf("%v", h)
	}
	if s := fmt.Sprint(h.Last()); strings.Contains(s, "accuracy") {
		t.Errorf("%q", s)
	}
}
