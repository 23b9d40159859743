package learn_test

import (
	"runtime"
	"slices"
	"testing"

	"descent/datasets"
	"descent/dl"
	"descent/dl/data"
	"descent/dl/learn"
	"descent/dl/nn"
	"descent/dl/optim"
)

// simpleNN is the network of the first tutorial.
type simpleNN struct {
	fc1, fc2 *nn.Linear
}

func (m *simpleNN) Forward(x *dl.Tensor) *dl.Tensor {
	x = x.Flatten(1)
	x = m.fc1.Forward(x).ReLU()
	return m.fc2.Forward(x)
}

func newSimpleNN() *simpleNN {
	dl.ManualSeed(1)
	return &simpleNN{fc1: nn.NewLinear(28*28, 128), fc2: nn.NewLinear(128, 10)}
}

// TestMNIST trains the first tutorial's network on a sixth of MNIST, for one epoch
// of the explicit loop and one of the Trainer from the same start.
func TestMNIST(t *testing.T) {
	train, test := datasets.MNIST()
	set := train.Normalize(0.5, 0.5).Take(10000)
	testLoader := data.NewLoader(test.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 500})
	newLoader := func(prefetch int) *data.Loader {
		return data.NewLoader(set, data.LoaderOptions{BatchSize: 64, Shuffle: true, Seed: 1, Prefetch: prefetch})
	}

	explicit := newSimpleNN()
	optimizer := optim.NewAdam(nn.Params(explicit), optim.AdamOptions{LR: 0.001})
	loader := newLoader(0)
	for range 2 {
		for batch := range loader.All() {
			optimizer.ZeroGrad()
			loss := nn.CrossEntropy(explicit.Forward(batch.X), batch.Y)
			loss.Backward()
			optimizer.Step()
		}
	}

	// On one core, and with batches made ahead: not a bit may differ.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	model := newSimpleNN()
	trainer := learn.NewTrainer(model, optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001}), nn.CrossEntropy)
	history := trainer.Fit(newLoader(3), learn.FitOptions{Epochs: 2, Validation: testLoader})
	for i, p := range nn.Params(model) {
		if !slices.Equal(p.Float32s(), nn.Params(explicit)[i].Float32s()) {
			t.Fatalf("parameter %d differs from the explicit loop's", i)
		}
	}

	// PyTorch 2.15, same network, data and options, five seeds: 89.2 to 90.3 % (testdata/train_mnist.py).
	acc := trainer.Evaluate(testLoader).Accuracy()
	if acc < 0.88 || acc > 0.915 {
		t.Errorf("test accuracy %.4f after two epochs of 10000 samples, want 0.88 to 0.915", acc)
	}
	if got := history.Last().Val["accuracy"]; got != acc {
		t.Errorf("the history ends at %v, Evaluate says %v", got, acc)
	}
	confusion := learn.Confusion(model, testLoader, test.Classes)
	if confusion.Accuracy() != acc || confusion.Total() != 10000 {
		t.Errorf("the confusion matrix has accuracy %v of %d, Evaluate says %v", confusion.Accuracy(), confusion.Total(), acc)
	}
	mistakes := learn.Mistakes(model, testLoader)
	if mistakes.Len() != confusion.Total()-confusion.Correct() || mistakes.Images.Size(0) != mistakes.Len() {
		t.Errorf("%d mistakes, the confusion matrix has %d", mistakes.Len(), confusion.Total()-confusion.Correct())
	}
	i := mistakes.Indices[0]
	if want := test.Batch([]int{i}).X; !slices.EqualFunc(mistakes.Images.Narrow(0, 0, 1).Float32s(), want.Float32s(), func(a, b float32) bool { return a-b < 1e-6 && b-a < 1e-6 }) {
		t.Error("the image of a mistake is not the one of the dataset")
	}
}

// TestFitIsLean compares what a step allocates in Fit and in the explicit loop.
func TestFitIsLean(t *testing.T) {
	x, y := dl.Randn(6400, 20), dl.RandInt(0, 5, 6400)
	loader := data.NewLoader(data.NewTensorDataset(x, y), data.LoaderOptions{BatchSize: 64, Shuffle: true, Seed: 1})
	model := nn.NewSequential(nn.NewLinear(20, 32), nn.NewReLU(), nn.NewLinear(32, 5))
	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{})
	trainer := learn.NewTrainer(model, optimizer, nn.CrossEntropy)
	explicit := testing.AllocsPerRun(3, func() {
		for batch := range loader.All() {
			optimizer.ZeroGrad()
			loss := nn.CrossEntropy(model.Forward(batch.X), batch.Y)
			loss.Backward()
			optimizer.Step()
		}
	})
	fit := testing.AllocsPerRun(3, func() { trainer.Fit(loader, learn.FitOptions{}) })
	steps := float64(loader.Len())
	t.Logf("allocations a step: explicit loop %.1f, Fit %.1f", explicit/steps, fit/steps)
	if extra := (fit - explicit) / steps; extra > 8 {
		t.Errorf("Fit allocates %.1f times a step more than the explicit loop, want at most 8", extra)
	}
}
