package learn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/learn"
	"descent/dl/nn"
	"descent/dl/optim"
)

// signs is a problem that a linear layer solves: is the sum of two numbers positive?
func signs(n int, seed uint64) *data.TensorDataset {
	x := dl.NewGenerator(seed, dl.StreamUser).Randn(n, 2)
	y := make([]int64, n)
	for i := range y {
		if x.At(i, 0)+x.At(i, 1) > 0 {
			y[i] = 1
		}
	}
	d := data.NewTensorDataset(x, dl.FromInt64s(y, n))
	d.Classes = []string{"negative", "positive"}
	return d
}

func ExampleNewTrainer() {
	dl.ManualSeed(1)
	model := nn.NewLinear(2, 2)
	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.1})
	loader := data.NewLoader(signs(640, 1), data.LoaderOptions{BatchSize: 32, Shuffle: true})
	test := data.NewLoader(signs(100, 2), data.LoaderOptions{BatchSize: 100})

	trainer := learn.NewTrainer(model, optimizer, nn.CrossEntropy)
	history := trainer.Fit(loader, learn.FitOptions{Epochs: 5, Validation: test})
	fmt.Println(history.Len(), "epochs,", history.Reason)
	fmt.Println("over 95%:", trainer.Evaluate(test).Accuracy() > 0.95)
	fmt.Println(trainer.Predict(test).Shape())
	// Output:
	// 5 epochs, completed
	// over 95%: true
	// [100 2]
}

func ExampleTrainer_Fit_callback() {
	dl.ManualSeed(1)
	model := nn.NewLinear(2, 2)
	trainer := learn.NewTrainer(model, optim.NewSGD(nn.Params(model), optim.SGDOptions{LR: 0.1}), nn.CrossEntropy)
	loader := data.NewLoader(signs(64, 1), data.LoaderOptions{BatchSize: 32})
	trainer.Fit(loader, learn.FitOptions{Epochs: 10, Callbacks: []learn.Callback{{
		OnEpochEnd: func(e learn.EpochResult) {
			fmt.Println("epoch", e.Epoch, "of", e.Epochs)
			if e.Epoch == 2 {
				trainer.Stop()
			}
		},
	}}})
	fmt.Println(trainer.History().Reason)
	// Output:
	// epoch 1 of 10
	// epoch 2 of 10
	// callback
}

func ExampleEarlyStopping() {
	dl.ManualSeed(1)
	model := nn.NewLinear(2, 2)
	trainer := learn.NewTrainer(model, optim.NewSGD(nn.Params(model), optim.SGDOptions{LR: 0.1}), nn.CrossEntropy)
	loader := data.NewLoader(signs(64, 1), data.LoaderOptions{BatchSize: 32})
	history := trainer.Fit(loader, learn.FitOptions{
		Epochs:        100,
		EarlyStopping: &learn.EarlyStopping{Patience: 2, MinDelta: 10}, // nothing improves by that much
	})
	fmt.Println(history.Len(), history.BestEpoch, history.Reason, history.Restored)
	// Output: 3 1 early stopping true
}

// right is a model that already knows.
var right = nn.Func(func(x *dl.Tensor) *dl.Tensor {
	sum := x.Sum(1)
	return dl.Stack([]*dl.Tensor{sum.Neg(), sum}, 1)
})

func ExampleEvaluate() {
	test := data.NewLoader(signs(100, 2), data.LoaderOptions{BatchSize: 100})
	fmt.Println(learn.Evaluate(right, test, nn.CrossEntropy, nil).Accuracy())
	// Output: 1
}

func ExamplePredict() {
	test := data.NewLoader(signs(100, 2), data.LoaderOptions{BatchSize: 30})
	fmt.Println(learn.Predict(right, test).Shape())
	// Output: [100 2]
}

func ExampleConfusion() {
	set := data.NewTensorDataset(dl.New([][]float64{{1, 1}, {-1, -2}, {3, 1}}), dl.New([]int{1, 0, 0}))
	set.Classes = []string{"negative", "positive"}
	fmt.Print(learn.Confusion(right, data.NewLoader(set, data.LoaderOptions{}), set.Classes))
	// Output:
	// 3 samples, accuracy 66.7%
	// true\predicted  negative  positive  recall
	// negative               1         1   50.0%
	// positive               0         1  100.0%
	// precision         100.0%     50.0%   66.7%
}

func ExampleMistakes() {
	set := data.NewTensorDataset(dl.New([][]float64{{1, 1}, {-1, -2}, {3, 1}}), dl.New([]int{1, 0, 0}))
	set.Classes = []string{"negative", "positive"}
	fmt.Print(learn.Mistakes(right, data.NewLoader(set, data.LoaderOptions{})))
	// Output:
	// 1 mistake in 3 samples
	// sample 2: negative taken for positive, 100% sure
}

// counter is a Reporter.
type counter struct{ steps int }

func (c *counter) Begin(learn.Run)         { c.steps = 0 }
func (c *counter) Step(learn.Progress)     { c.steps++ }
func (c *counter) Epoch(learn.EpochResult) {}
func (c *counter) End(o learn.Outcome)     { fmt.Println(c.steps, "steps,", o.Reason) }

func ExampleSetReporter() {
	learn.SetReporter(func() learn.Reporter { return &counter{} })
	defer learn.SetReporter(nil)
	model := nn.NewLinear(2, 2)
	trainer := learn.NewTrainer(model, optim.NewSGD(nn.Params(model), optim.SGDOptions{LR: 0.1}), nn.CrossEntropy)
	trainer.Fit(data.NewLoader(signs(64, 1), data.LoaderOptions{BatchSize: 16}), learn.FitOptions{Epochs: 2})
	// Output: 8 steps, completed
}
