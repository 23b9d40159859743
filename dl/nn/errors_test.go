package nn_test

import (
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

// simpleNN is the network of the first notebook.
type simpleNN struct {
	fc1, fc2 *nn.Linear
}

func (m *simpleNN) Forward(x *dl.Tensor) *dl.Tensor {
	x = x.Flatten(1)
	x = m.fc1.Forward(x).ReLU()
	return m.fc2.Forward(x)
}

func newSimpleNN() *simpleNN {
	return &simpleNN{fc1: nn.NewLinear(28*28, 128), fc2: nn.NewLinear(128, 10)}
}

// misuse runs f and returns the error that it panics with.
func misuse(t *testing.T, f func()) (e *dl.Error) {
	t.Helper()
	defer func() {
		r := recover()
		var ok bool
		if e, ok = r.(*dl.Error); !ok {
			t.Errorf("panic %v (%T), want a *dl.Error", r, r)
			e = &dl.Error{}
		}
	}()
	f()
	return nil
}

// TestErrors holds what a person reads when a layer is misused.
func TestErrors(t *testing.T) {
	m := newSimpleNN()
	nn.Params(m) // the layers learn their places
	conv := nn.NewSequential(nn.NewConv2d(1, 8, 3, nn.Conv2dOptions{}), nn.NewFlatten(), nn.NewLinear(100, 10))
	for _, c := range []struct {
		name string
		f    func()
		want []string
	}{
		{"not flattened", func() { m.fc1.Forward(dl.Zeros(64, 1, 28, 28)) },
			[]string{"fc1: Linear(784→128)", "[64×1×28×28]", "784", "x.Flatten(1) gives [64×784]"}},
		{"one sample", func() { m.fc1.Forward(dl.Zeros(28, 28)) }, []string{"x.Reshape(1, 784)"}},
		{"swapped", func() { m.fc1.Forward(dl.Zeros(784, 5)) }, []string{"x.T() gives [5×784]"}},
		{"wrong layer before", func() { m.fc2.Forward(dl.Zeros(4, 64)) }, []string{"fc2: Linear(128→10)", "nn.NewLinear(64, 10)"}},
		{"wrong type", func() { m.fc2.Forward(dl.Zeros(4, 128).To(dl.Float64)) }, []string{"fc2: Linear(128→10)", "float64", "x.To(dl.Float32)"}},
		{"integers", func() { m.fc2.Forward(dl.Zeros(4, 128).To(dl.Int64)) }, []string{"fc2", "int64"}},
		{"after a convolution", func() { conv.Forward(dl.Zeros(2, 1, 28, 28)) }, []string{"2: Linear(100→10)", "[2×5408]", "nn.NewLinear(5408, 10)"}},
		{"channels last", func() { conv.Forward(dl.Zeros(2, 28, 28, 1)) }, []string{"0: Conv2d(1→8, kernel 3)", "x.Permute(0, 3, 1, 2)"}},
		{"no channels", func() { conv.Forward(dl.Zeros(2, 28, 28)) }, []string{"x.Unsqueeze(1)"}},
		{"flat images", func() { conv.Forward(dl.Zeros(2, 784)) }, []string{"x.Reshape(2, 1, 28, 28)"}},
		{"three channels", func() { conv.Forward(dl.Zeros(2, 3, 28, 28)) }, []string{"3 channels", "nn.NewConv2d(3, 8, …)"}},
		{"image too small", func() { conv.Forward(dl.Zeros(2, 1, 2, 2)) }, []string{"0: Conv2d(1→8, kernel 3)", "2×2", "3×3"}},
		{"pool too small", func() { nn.NewMaxPool2d(4, nn.MaxPool2dOptions{}).Forward(dl.Zeros(1, 1, 2, 2)) }, []string{"MaxPool2d(4)", "2×2", "4×4"}},
		{"batch norm features", func() { nn.NewBatchNorm2d(4, nn.BatchNormOptions{}).Forward(dl.Zeros(2, 3, 4, 4)) }, []string{"BatchNorm2d(4)", "[2×3×4×4]"}},
		{"batch norm of one", func() { nn.NewBatchNorm1d(4, nn.BatchNormOptions{}).Forward(dl.Zeros(1, 4)) }, []string{"BatchNorm1d(4)", "nn.Eval(model)"}},
		{"images in batch norm 1d", func() { nn.NewBatchNorm1d(4, nn.BatchNormOptions{}).Forward(dl.Zeros(2, 4, 3, 3)) }, []string{"nn.BatchNorm2d"}},
		{"layer norm", func() { nn.NewLayerNorm(5).Forward(dl.Zeros(2, 4)) }, []string{"LayerNorm(5)", "[2×4]", "[5]"}},
		{"embedding index", func() { nn.NewEmbedding(5, 2).Forward(dl.New([]int64{1, 7})) }, []string{"Embedding(5×2)", "index 7", "at least 8 rows"}},
		{"embedding floats", func() { nn.NewEmbedding(5, 2).Forward(dl.Zeros(3)) }, []string{"float32", "index.To(dl.Int64)"}},
		{"softmax axis", func() { nn.NewSoftmax(2).Forward(dl.Zeros(2, 3)) }, []string{"Softmax(axis 2)", "2"}},
		{"no features", func() { nn.NewLinear(0, 3) }, []string{"in = 0"}},
		{"groups", func() { nn.NewConv2d(3, 4, 3, nn.Conv2dOptions{Groups: 2}) }, []string{"3 input channels", "2 groups"}},
		{"same and stride", func() { nn.NewConv2d(3, 4, 3, nn.Conv2dOptions{Same: true, Stride: 2}) }, []string{"stride 2", "Padding instead"}},
		{"even and same", func() { nn.NewConv2d(3, 4, 2, nn.Conv2dOptions{Same: true}) }, []string{"kernel 2"}},
		{"dropout", func() { nn.NewDropout(1.5) }, []string{"1.5", "[0, 1]"}},
		{"nil in a chain", func() { nn.NewSequential(nn.NewReLU(), nil) }, []string{"nil module at position 1"}},
		{"hook", func() { nn.AddHook(m, nil) }, []string{"simpleNN", "nn.NewSequential"}},
		{"one-hot target", func() { nn.CrossEntropy(dl.Zeros(2, 3), dl.Zeros(2, 3).To(dl.Int64)) }, []string{"[2×3]", "target.To(dl.Float32)"}},
		{"float target", func() { nn.CrossEntropy(dl.Zeros(2, 3), dl.Zeros(2)) }, []string{"float32", "target.To(dl.Int64)"}},
		{"column target", func() { nn.CrossEntropy(dl.Zeros(2, 3), dl.Zeros(2, 1).To(dl.Int64)) }, []string{"target.Squeeze(-1)"}},
		{"batches", func() { nn.CrossEntropy(dl.Zeros(2, 3), dl.Zeros(5).To(dl.Int64)) }, []string{"2 rows", "5 targets"}},
		{"class too high", func() { nn.CrossEntropy(dl.Zeros(2, 3), dl.New([]int64{0, 3})) }, []string{"class 3 in target 1", "at least 4 wide"}},
		{"regression shapes", func() { nn.MSE(dl.Zeros(4, 1), dl.Zeros(4)) }, []string{"[4×1]", "[4]", "output.Squeeze(-1)"}},
		{"scores in BCE", func() { nn.BCE(dl.New([]float64{1.5}), dl.New([]float64{1.0})) }, []string{"1.5", "BCEWithLogits"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := misuse(t, c.f)
			if e == nil {
				t.Fatal("no error")
			}
			text := e.Error()
			for _, w := range c.want {
				if !strings.Contains(text, w) {
					t.Errorf("the error does not say %q:\n%s", w, text)
				}
			}
		})
	}
}

// TestOtherPanicsPass: a layer adds its name to errors of dl and leaves all else alone.
func TestOtherPanicsPass(t *testing.T) {
	l := nn.NewReLU()
	defer nn.AddHook(l, func(_, _ *dl.Tensor) *dl.Tensor { panic(dl.ErrInterrupted) })()
	defer func() {
		if r := recover(); r != dl.ErrInterrupted {
			t.Errorf("panic %v", r)
		}
	}()
	l.Forward(dl.Zeros(1))
}
