package render_test

import (
	"fmt"

	"descent/display"
	"descent/display/plot"
	"descent/display/render"
	"descent/dl"
	"descent/dl/data"
	"descent/dl/explain"
	"descent/dl/learn"
	"descent/dl/metric"
	"descent/dl/nn"
)

func Example() {
	display.Show(dl.New([]float32{1, 2, 3}))
	// Output:
	// tensor([1., 2., 3.])
	// float32 [3]; min 1, mean 2, max 3, std 0.816
}

func ExampleImages() {
	f := render.Images(dl.Zeros(3, 1, 28, 28), render.ImagesOptions{Title: "Digits", Titles: []string{"a", "b", "c"}})
	fmt.Println(f.Alt())
	// Output: Digits: 3 pictures: a, b, c.
}

func ExamplePredictions() {
	// A model that finds the brighter half: it is always right here.
	model := nn.Func(func(x *dl.Tensor) *dl.Tensor { return x.Reshape(-1, 2, 8).Sum(2) })
	x := dl.FromFloat32s([]float32{1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 1, 1, 4, 4)
	f := render.Predictions(model, x, dl.FromInt64s([]int64{0}, 1), []string{"upper", "lower"})
	fmt.Println(f.Alt())
	// Output: Predictions: One picture, 1 right and 0 wrong: upper (100 %).
}

func ExampleMistakes() {
	m := &learn.MistakeSet{Indices: []int{4}, Images: dl.Zeros(1, 1, 8, 8), Target: []int{5}, Predicted: []int{6}, Confidence: []float64{0.98}, Classes: metric.Digits(10), Total: 100}
	fmt.Println(render.Mistakes(m).Alt())
	// Output: Mistakes: 1 in 100 samples: most often 5 taken for 6 (1).
}

func ExampleHistory() {
	h := &learn.History{StepsPerEpoch: 2, StepLoss: []float64{1, 0.5, 0.4, 0.3}, Epochs: []learn.EpochResult{{Epoch: 1, TrainLoss: 0.75, ValLoss: 0.6}, {Epoch: 2, TrainLoss: 0.35, ValLoss: 0.4}}}
	fmt.Println(render.History(h).Alt())
	// Output: Training, 2 epochs: loss 0.7500 → 0.3500, validation loss 0.6000 → 0.4000.
}

func ExampleConfusion() {
	m := metric.NewConfusion([]string{"cat", "dog"})
	m.Add(0, 0)
	m.Add(1, 0)
	fmt.Println(render.Confusion(m).Alt())
	// Output: Confusion matrix of 2 classes: accuracy 50.0 % (1 of 2); most often dog taken for cat (1).
}

func ExampleCurve() {
	c := metric.ROC(dl.New([]float32{0.9, 0.8, 0.3, 0.1}), dl.New([]int{1, 0, 1, 0}))
	fmt.Println(render.Curve(c))
	// Output: true positive rate over false positive rate: 5 points, area 0.7500
}

func ExampleAttribution() {
	model := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(16, 2))
	a := explain.Saliency(model, dl.Ones(1, 1, 4, 4), dl.FromInt64s([]int64{0}, 1))
	w, h := render.Attribution(a, nil).Size()
	fmt.Println(w > 250, h > 150)
	// Output: true true
}

func ExampleSummary() {
	model := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(784, 128), nn.NewReLU(), nn.NewLinear(128, 10))
	fmt.Println(render.Summary(nn.Summary(model, 1, 1, 28, 28)))
	// Output:
	// Sequential, input [1, 1, 28, 28]
	// layer  type             output    parameters
	// ────────────────────────────────────────────
	// 0      Flatten(1)       [1, 784]           0
	// 1      Linear(784→128)  [1, 128]     100,480
	// 2      ReLU             [1, 128]           0
	// 3      Linear(128→10)   [1, 10]        1,290
	// ────────────────────────────────────────────
	// total                   [1, 10]      101,770
	// parameters take 397.5 KiB, all trainable
}

func ExampleReport() {
	m := metric.NewConfusion([]string{"cat", "dog"})
	m.Add(0, 0)
	m.Add(1, 1)
	m.Add(1, 0)
	fmt.Println(render.Report(m.Report()))
	// Output:
	// Scores by class
	// class             precision   recall      F1  samples
	// ─────────────────────────────────────────────────────
	// cat                  50.0 %  100.0 %  66.7 %        1
	// dog                 100.0 %   50.0 %  66.7 %        2
	// ─────────────────────────────────────────────────────
	// macro average        75.0 %   75.0 %  66.7 %        3
	// weighted average     83.3 %   66.7 %  66.7 %        3
	// accuracy                              66.7 %        3
}

func ExampleBatch() {
	b := data.Batch{X: dl.Zeros(2, 1, 8, 8), Y: dl.FromInt64s([]int64{1, 0}, 2)}
	fmt.Println(render.Batch(b, []string{"cat", "dog"}).Alt())
	// Output: Batch: 2 pictures: dog, cat.
}

func ExampleWeights() {
	fmt.Println(render.Weights(dl.New([]float32{-1, 0, 0, 1}), "fc1.weight"))
	// Output:
	// fc1.weight: 4 values
	// min -1, quartiles 0 0 0, max 1, mean 0, std 0.707
	// ▅█▅
}

func ExampleHeatmap() {
	f := render.Heatmap(dl.New([][]float32{{1, -1}, {0.5, 0}}), plot.HeatmapOptions{Options: plot.Options{Title: "W"}})
	fmt.Println(f.Alt())
	// Output: W, 2 rows × 2 columns: highest 1 at row 0, column 0; lowest −1 at row 0, column 1.
}
