package render

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"descent/display"
	"descent/display/plot"
	"descent/dl"
	"descent/dl/data"
	"descent/dl/explain"
	"descent/dl/learn"
	"descent/dl/metric"
	"descent/dl/nn"
	"descent/dl/optim"
)

var look = flag.String("look", "", "write what the tests show to this directory, to look at it")

// bars makes pictures of 8 × 8 with an upright or a lying bar: two classes.
func bars(n int) *data.TensorDataset {
	x := make([]float32, n*64)
	y := make([]int64, n)
	for i := range n {
		y[i] = int64(i % 2)
		at := 1 + (i/2*3)%6
		for k := 1; k < 7; k++ {
			if y[i] == 0 {
				x[i*64+k*8+at] = 1
			} else {
				x[i*64+at*8+k] = 1
			}
		}
	}
	d := data.NewTensorDataset(dl.FromFloat32s(x, n, 1, 8, 8), dl.FromInt64s(y, n))
	d.Classes, d.Name = []string{"upright", "lying"}, "bars"
	return d
}

// trained trains a small model on bars and returns what a cell would have.
func trained(t *testing.T) (nn.Module, *data.TensorDataset, *data.Loader, *learn.History) {
	t.Helper()
	dl.ManualSeed(1)
	set := bars(64)
	model := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(64, 8), nn.NewReLU(), nn.NewLinear(8, 2))
	loader := data.NewLoader(set.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 16, Shuffle: true, Seed: 1})
	trainer := learn.NewTrainer(model, optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.01}), nn.CrossEntropy)
	return model, set, loader, trainer.Fit(loader, learn.FitOptions{Epochs: 3, Validation: loader})
}

// TestShow goes over every kind of value that this package shows.
func TestShow(t *testing.T) {
	model, set, loader, history := trained(t)
	first := set.Normalize(0.5, 0.5).First(4)
	confusion := learn.Confusion(model, loader, set.Classes)
	confusion.Add(0, 1)
	wrong := &learn.MistakeSet{Indices: []int{3, 9}, Images: set.X.Narrow(0, 0, 2), Predicted: []int{1, 0}, Target: []int{0, 1},
		Confidence: []float64{0.9, 0.6}, Missed: []float64{0.1, 0.4}, Classes: set.Classes, Total: 64}
	flat := *wrong
	flat.Images = dl.Randn(2, 5)
	table := data.NewTensorDataset(dl.FromFloat32s([]float32{1, 2, 3, 4}, 2, 2), dl.FromInt64s([]int64{0, 1}, 2))
	row := &explain.Attribution{Method: "Saliency", Input: dl.Randn(1, 5), Values: dl.New([]float32{1, -2, 3, 0, 1}).Reshape(1, 5), Target: []int{0}, Predicted: []int{0}, Confidence: []float64{0.8}}
	tests := []struct {
		name  string
		v     any
		types string
		text  []string // parts of text/plain
		page  []string // parts of text/html
	}{
		{"history", history, "image/png text/html text/plain", []string{"Training, 3 epochs: loss ", "validation accuracy", "★"}, []string{"<img alt=\"Training, 3 epochs", "<details>", "<caption"}},
		{"confusion", confusion, "image/png text/html text/plain", []string{"Confusion matrix of 2 classes", "upright", "recall %", "precision %"}, []string{"<img alt=\"Confusion matrix"}},
		{"mistakes", wrong, "image/png text/html text/plain", []string{"sample 3: upright taken for lying, 90% sure"}, []string{"most often"}},
		{"flat mistakes", &flat, "text/html text/plain", []string{"upright", "lying", "90.0 %"}, []string{"<table"}},
		{"saliency", explain.Saliency(model, first.X, first.Y), "image/png text/html text/plain", []string{"Saliency: what 4 pictures", "total", "strongest at row"}, nil},
		{"integrated gradients", explain.IntegratedGradients(model, first.X, first.Y, explain.IGOptions{}), "image/png text/html text/plain", []string{"against"}, nil},
		{"attribution of a row", row, "image/png text/html text/plain", []string{"Saliency", "−2", "██"}, []string{"highest 2 (3), lowest 1 (−2)"}},
		{"summary", nn.Summary(model, 1, 1, 8, 8), "text/html text/plain", []string{"Linear(64→8)", "[1, 8]", "538", "parameters take 2.1 KiB, all trainable"}, []string{"<tfoot>", "<caption"}},
		{"report", confusion.Report(), "text/html text/plain", []string{"macro average", "upright"}, nil},
		{"confused", confusion.MostConfused(3), "text/html text/plain", []string{"upright  lying"}, nil},
		{"result", learn.Result{Loss: 0.1, Metrics: map[string]float64{"accuracy": 0.5}, MetricNames: []string{"accuracy"}, Samples: 10}, "text/html text/plain", []string{"Evaluation on 10 samples", "50.00 %", "0.1000"}, nil},
		{"state", nn.State(model), "text/html text/plain", []string{"1.weight", "[8, 64]", "512"}, nil},
		{"module", model, "text/html text/plain", []string{"Sequential(", "Linear(64→8)", "538 parameters"}, nil},
		{"roc", metric.ROC(dl.New([]float32{0.9, 0.8, 0.3, 0.1}), dl.New([]int{1, 0, 1, 0})), "image/png text/html text/plain", []string{"area 0.7500"}, nil},
		{"dataset", set, "image/png text/html text/plain", []string{"bars: 64 samples of float32 [1 8 8], 2 classes"}, []string{"upright"}},
		{"subset", set.Take(3), "image/png text/html text/plain", []string{"3 samples"}, nil},
		{"subset by index", set.Subset([]int{1, 2}), "image/png text/html text/plain", []string{"subset: 2 samples of bars"}, nil},
		{"table dataset", table, "text/html text/plain", []string{"x0", "x1", "the first 2 of 2 samples"}, nil},
		{"batch", first, "image/png text/html text/plain", []string{"batch: X float32 [4, 1, 8, 8], Y int64 [4]"}, nil},
		{"table batch", table.First(2), "text/html text/plain", []string{"batch: X float32 [2, 2], Y int64 [2]", "x1"}, nil},
		{"batch of sequences", data.Batch{X: dl.Randn(2, 3, 4)}, "text/plain", []string{"batch: X float32 [2, 3, 4]"}, nil},
		{"figures", []*plot.Figure{plot.Line([]float64{1, 2}, plot.Options{}), plot.Line([]float64{2, 1}, plot.Options{})}, "image/png text/html text/plain", []string{"1 → 2", "2 → 1"}, nil},
		{"vector", dl.New([]float32{1, 2, 3}), "text/html text/plain", []string{"tensor([1., 2., 3.])\nfloat32 [3]; min 1, mean 2, max 3, std 0.816"}, []string{"<pre>tensor"}},
		{"scalar", dl.New(0.5), "text/plain", []string{"tensor(0.5000)"}, nil},
		{"empty tensor", dl.Zeros(0), "text/plain", []string{"tensor([]"}, nil},
		{"not finite", dl.New([]float32{1, float32(math.NaN()), float32(math.Inf(1)), 3}), "text/html text/plain", []string{"min 1, mean 2, max 3, std 1, 1 NaN, 1 infinite"}, nil},
		{"all NaN", dl.Full(math.NaN(), 2), "text/html text/plain", []string{"min NaN", "2 NaN"}, nil},
		{"booleans", dl.New([]bool{true, false, true}), "text/html text/plain", []string{"bool [3]; 2 of 3 true"}, nil},
		{"integers", dl.New([]int{1, 2}), "text/html text/plain", []string{"int64 [2]; min 1, mean 1.5"}, nil},
		{"parameter", dl.NewParameter(dl.New([]float32{1, 3})), "text/html text/plain", []string{"requires grad"}, nil},
		{"large", dl.Zeros(8, 3, 32, 32), "text/html text/plain", []string{"..., 0.]", "float32 [8, 3, 32, 32]"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := display.Render(tt.v)
			page, _ := b.Data[display.MIMEHTML].(string)
			if *look != "" {
				file := filepath.Join(*look, "render-"+strings.ReplaceAll(tt.name, " ", "-")+".html")
				if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(b.Types(), " "); got != tt.types {
				t.Errorf("types %s, want %s", got, tt.types)
			}
			for _, want := range tt.text {
				if !strings.Contains(b.Text(), want) {
					t.Errorf("no %q in\n%s", want, b.Text())
				}
			}
			for _, want := range tt.page {
				if !strings.Contains(page, want) {
					t.Errorf("no %q in\n%.500s", want, page)
				}
			}
			if n := strings.Count(b.Text(), "\n"); n > 60 {
				t.Errorf("%d lines of text", n)
			}
			if n := b.Size(); n > 180<<10 {
				t.Errorf("%d bytes", n)
			}
			bare := regexp.MustCompile(`alt="[^"]*"|base64,[^"]*`).ReplaceAllString(page, "")
			if bad := regexp.MustCompile(`(?i)<script|<style|<svg|var\(|calc\(|currentColor|[^-]color:|aria-|https?:`).FindString(bare); bad != "" {
				t.Errorf("%q in %.300s", bad, bare)
			}
			if strings.Contains(bare, "<table") && (!strings.Contains(bare, "<caption") || !strings.Contains(bare, `scope="col"`)) {
				t.Errorf("a table without caption or scope: %.300s", bare)
			}
		})
	}
}

// TestNil checks that pointers to nothing are shown as such.
func TestNil(t *testing.T) {
	for _, v := range []any{(*dl.Tensor)(nil), (*learn.History)(nil), (*metric.ConfusionMatrix)(nil), (*explain.Attribution)(nil), (*learn.MistakeSet)(nil),
		(*nn.ModelSummary)(nil), (*metric.Report)(nil), (*data.TensorDataset)(nil), (*nn.Sequential)(nil), (*nn.StateDict)(nil), (*data.Subset)(nil), (*metric.Curve)(nil), (*dl.Graph)(nil), &dl.Graph{},
		data.Batch{}, &learn.History{}, &metric.ConfusionMatrix{}, learn.Result{}, &learn.MistakeSet{}, &nn.ModelSummary{}} {
		if display.Render(v).Text() == "" {
			t.Errorf("%T has no text", v)
		}
	}
}

func TestImages(t *testing.T) {
	for _, shape := range [][]int{{2, 3, 8, 9}, {5, 8, 9}, {3, 8, 9}, {1, 8, 9}, {8, 9}, {2, 4, 8, 9}} {
		if w, h := Images(dl.Rand(shape...), ImagesOptions{}).Size(); w < 100 || h < 50 {
			t.Errorf("%v: %d × %d", shape, w, h)
		}
	}
	f := Images(dl.Rand(100, 1, 4, 4), ImagesOptions{Titles: []string{"a", "b"}, Max: 10})
	if !strings.Contains(f.String(), "100 pictures: a, b") {
		t.Error(f)
	}
	defer func() {
		e, ok := recover().(*dl.Error)
		if !ok || !strings.Contains(e.Error(), "Reshape") {
			t.Errorf("error %v", e)
		}
	}()
	Images(dl.Rand(784), ImagesOptions{})
}

func TestPredictions(t *testing.T) {
	model, set, _, _ := trained(t)
	training := nn.IsTraining(model)
	f := Predictions(model, set.Normalize(0.5, 0.5).First(6).X, set.Y.Narrow(0, 0, 6), set.Classes)
	if !strings.Contains(f.Alt(), "6 pictures, ") || !strings.Contains(f.Alt(), "right and") || !strings.Contains(f.Alt(), "upright") {
		t.Error(f.Alt())
	}
	if nn.IsTraining(model) != training {
		t.Error("the mode of the model is changed")
	}
	// With targets turned round, what was right is wrong and named so.
	swapped := dl.FromInt64s([]int64{1, 0, 1, 0, 1, 0}, 6)
	g := Predictions(model, set.Normalize(0.5, 0.5).First(6).X, swapped, set.Classes)
	if !strings.Contains(g.Alt(), "→") || !strings.Contains(g.Alt(), "✗") {
		t.Error(g.Alt())
	}
}

func TestWeightsAndHeatmap(t *testing.T) {
	w := dl.New([]float32{-1, 0, 1, 2}).Reshape(2, 2)
	if s := Weights(w, "fc1").String(); !strings.Contains(s, "fc1: 4 values") || !strings.Contains(s, "mean 0.5") {
		t.Error(s)
	}
	f := Heatmap(w, heatOptions("W"))
	if !strings.Contains(f.Alt(), "W, 2 rows × 2 columns: highest 2 at row 1, column 1; lowest −1") {
		t.Error(f.Alt())
	}
	defer func() {
		if _, ok := recover().(*dl.Error); !ok {
			t.Error("three axes are a matrix")
		}
	}()
	Heatmap(dl.Zeros(2, 2, 2), heatOptions(""))
}

// TestCoarseMaps checks that a map of Grad-CAM is brought to the picture's size.
func TestCoarseMaps(t *testing.T) {
	got := maps(dl.FromFloat32s([]float32{1, 2, 3, 4, 10, 20, 30, 40}, 1, 2, 2, 2), 4, 4)
	want := []float32{11, 11, 22, 22, 11, 11, 22, 22, 33, 33, 44, 44, 33, 33, 44, 44}
	if fmt.Sprint(got[0]) != fmt.Sprint(want) {
		t.Errorf("%v", got)
	}
}

func TestWelford(t *testing.T) {
	// mean 2.5, variance (2.25+0.25+0.25+2.25)/4 = 1.25
	s := summarize(dl.New([]float64{1, 2, 3, 4}))
	if s.mean != 2.5 || math.Abs(s.std-math.Sqrt(1.25)) > 1e-12 || s.min != 1 || s.max != 4 {
		t.Errorf("%+v", s)
	}
}

// Card has the form by which this package knows the card of a dataset.
type Card struct {
	Name, Task string
	Shape      []int
	Train      int
	Classes    []string
	References []Reference
	hidden     int
}

type Reference struct {
	Model    string
	Accuracy float64
}

func TestCard(t *testing.T) {
	c := &Card{Name: "MNIST", Task: "digits", Shape: []int{1, 28, 28}, Train: 60000, Classes: []string{"0", "1"}, References: []Reference{{"linear", 0.92}, {"conv", 0.991}}, hidden: 1}
	b := display.Render(c)
	for _, want := range []string{"MNIST", "1 × 28 × 28", "60,000", "0, 1", "linear, 92.0 %\n", "conv, 99.1 %"} {
		if !strings.Contains(b.Text(), want) {
			t.Errorf("no %q in\n%s", want, b.Text())
		}
	}
	if !strings.Contains(b.Data[display.MIMEHTML].(string), "linear, 92.0 %<br>conv, 99.1 %") {
		t.Error(b.Data[display.MIMEHTML])
	}
}

func heatOptions(title string) plot.HeatmapOptions {
	return plot.HeatmapOptions{Options: plot.Options{Title: title}}
}
