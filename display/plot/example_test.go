package plot_test

import (
	"fmt"

	"descent/display/plot"
)

func ExampleLine() {
	f := plot.Line([]float64{2.3, 0.9, 0.4, 0.2}, plot.Options{Title: "Training", XLabel: "epoch", YLabel: "loss"})
	fmt.Println(f)
	// Output:
	// Training
	// 2.3 → 0.2   lowest 0.2 at 3, highest 2.3 at 0, 4 values   █▃▁▁
	// x: epoch, y: loss
}

func ExampleCurves() {
	f := plot.Curves([]plot.Series{
		{Name: "train", Y: []float64{0.41, 0.21, 0.15}, From: 1},
		{Name: "validation", Y: []float64{0.25, 0.17, 0.19}, From: 1},
	}, plot.Options{XLabel: "epoch", YLabel: "loss", IntegerX: true})
	fmt.Println(f.Alt())
	// Output:
	// Curves of loss over epoch: train 0.41 → 0.15; validation 0.25 → 0.19 (lowest 0.17 at 2); epoch 1 to 3.
}

func ExampleXY() {
	f := plot.XY([]float64{0.001, 0.01, 0.1}, []float64{2.1, 0.4, 9}, plot.Options{XLabel: "learning rate", YLabel: "loss", LogX: true, LogY: true})
	fmt.Println(f.Alt())
	// Output:
	// Curves of loss over learning rate: loss 2.1 → 9 (lowest 0.4 at 0.01); learning rate 0.001 to 0.1.
}

func ExampleScatter() {
	f := plot.Scatter([]plot.Series{{Name: "a", X: []float64{1, 2}, Y: []float64{3, 4}}}, plot.Options{Title: "Two points"})
	fmt.Println(f)
	// Output:
	// Two points
	// a  2 points, y from 3 to 4
}

func ExampleBar() {
	f := plot.Bar([]string{"linear", "two layers"}, []float64{0.917, 0.967}, plot.Options{Title: "Accuracy", Percent: true})
	fmt.Println(f)
	// Output:
	// Accuracy
	// linear          91.7 %  ████████████████████████████
	// two layers      96.7 %  ██████████████████████████████
}

func ExampleBars() {
	f := plot.Bars([]string{"a", "b"}, []plot.Series{{Name: "before", Y: []float64{1, 2}}, {Name: "after", Y: []float64{2, 3}}}, plot.Options{Title: "Twice"})
	fmt.Println(f.Alt())
	// Output:
	// Twice, 2 bars: before: highest b (2), lowest a (1); after: highest b (3), lowest a (2).
}

func ExampleHistogram() {
	f := plot.Histogram([]float64{1, 2, 2, 3, 3, 3, 4}, plot.HistogramOptions{Options: plot.Options{Title: "Dice"}})
	fmt.Println(f)
	// Output:
	// Dice: 7 values
	// min 1, quartiles 2 3 3, max 4, mean 2.571, std 0.904
	// ▃▆█▃
}

func ExampleHeatmap() {
	f := plot.Heatmap([][]float64{{1, 0.5}, {0.5, 1}}, plot.HeatmapOptions{Options: plot.Options{Title: "Correlation"}, Rows: []string{"x", "y"}, Columns: []string{"x", "y"}})
	fmt.Println(f)
	// Output:
	// Correlation, 2 rows × 2 columns: highest 1 at row x, column x; lowest 0.50 at row x, column y.
	//       x     y
	// ─────────────
	// x     1  0.50
	// y  0.50     1
}

func ExampleConfusion() {
	f := plot.Confusion([][]int{{48, 2}, {5, 45}}, []string{"cat", "dog"}, plot.Options{})
	fmt.Println(f)
	// Output:
	// Confusion matrix of 2 classes: accuracy 93.0 % (93 of 100); most often dog taken for cat (5), cat taken for dog (2).
	// true \ predicted   cat   dog  recall %
	// ──────────────────────────────────────
	// cat                 48     2      96.0
	// dog                  5    45      90.0
	// ──────────────────────────────────────
	// precision %       90.6  95.7
}

func ExampleImages() {
	digit := plot.Picture{Width: 2, Height: 2, Pixels: []float32{0, 1, 1, 0}, Title: "7 → 2", Mark: plot.Wrong}
	fmt.Println(plot.Images([]plot.Picture{digit}, plot.ImagesOptions{Title: "Mistakes"}).Alt())
	// Output:
	// Mistakes: One picture, 0 right and 1 wrong: 7 → 2 ✗.
}

func ExampleSaliency() {
	item := plot.Attributed{
		Picture: plot.Picture{Width: 2, Height: 2, Pixels: []float32{0, 1, 1, 0}, Title: "7"},
		Values:  []float32{0, 0.5, -0.25, 0},
	}
	fmt.Println(plot.Saliency([]plot.Attributed{item}, plot.SaliencyOptions{Title: "Saliency"}))
	// Output:
	// Saliency: what 1 pictures' pixels contribute to the answer: 7.
	// 7: for 0.5, against 0.25, strongest at row 0, column 1
}

func ExampleGrid() {
	a := plot.Line([]float64{1, 2}, plot.Options{Title: "A", Width: 300})
	b := plot.Line([]float64{2, 1}, plot.Options{Title: "B", Width: 300})
	w, _ := plot.Grid([]*plot.Figure{a, b}, 2).Size()
	fmt.Println(w)
	// Output: 600
}

func ExampleFigure_SetAlt() {
	f := plot.Line([]float64{1, 2}, plot.Options{}).SetAlt("The loss doubles.")
	fmt.Println(f.Alt())
	// Output: The loss doubles.
}
