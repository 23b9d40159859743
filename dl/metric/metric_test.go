package metric

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"descent/dl"
)

// golden is testdata/metrics.json: what scikit-learn says.
type golden struct {
	Multi []struct {
		Name              string
		Classes           int
		Logits            [][]float32
		Target            []int64
		Matrix            [][]int
		Accuracy          float64
		Precision, Recall []float64
		F1                []float64
		Support           []int
		Kappa             float64
		Macro, Micro      []float64
		Weighted          []float64
		TopK              map[string]float64
	}
	Curves []struct {
		Name                 string
		Target               []int64
		Score                []float32
		AUC, AP, Accuracy    float64
		FPR, TPR, Thresholds []float64
		Precision, Recall    []float64
	}
	Regressions []struct {
		Name               string
		Target, Prediction []float32
		MSE, MAE, RMSE, R2 float64
	}
}

func load(t *testing.T) *golden {
	t.Helper()
	b, err := os.ReadFile("testdata/metrics.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Multi) == 0 || len(g.Curves) == 0 || len(g.Regressions) == 0 {
		t.Fatal("testdata/metrics.json lacks cases")
	}
	return &g
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*(1+math.Abs(want)) || math.IsNaN(got) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func nears(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		near(t, what, got[i], want[i])
	}
}

func matrix(rows [][]float32) *dl.Tensor {
	var flat []float32
	for _, r := range rows {
		flat = append(flat, r...)
	}
	return dl.FromFloat32s(flat, len(rows), len(rows[0]))
}

func TestClassificationAgainstScikitLearn(t *testing.T) {
	for _, c := range load(t).Multi {
		t.Run(c.Name, func(t *testing.T) {
			logits, target := matrix(c.Logits), dl.FromInt64s(c.Target, len(c.Target))
			near(t, "Accuracy", Accuracy(logits, target), c.Accuracy)
			for k, want := range c.TopK {
				near(t, "TopK "+k, TopK(logits, target, int(k[0]-'0')), want)
			}

			// The matrix and the running metrics in two parts, the second one short.
			m := NewConfusion(Digits(c.Classes))
			acc, top := NewAccuracy(), NewTopK(2)
			cut := len(c.Target) * 2 / 3
			for _, part := range [][2]int{{0, cut}, {cut, len(c.Target)}} {
				x := logits.Narrow(0, part[0], part[1]-part[0])
				y := target.Narrow(0, part[0], part[1]-part[0])
				m.Update(x, y)
				acc.Update(x, y)
				top.Update(x, y)
			}
			near(t, "running accuracy", acc.Value(), c.Accuracy)
			if want, ok := c.TopK["2"]; ok {
				near(t, "running top2", top.Value(), want)
			}
			correct := 0
			for i, row := range c.Matrix {
				correct += row[i]
				predicted := 0
				for j, want := range row {
					predicted += c.Matrix[j][i]
					if m.Counts[i][j] != want {
						t.Errorf("Counts[%d][%d] = %d, want %d", i, j, m.Counts[i][j], want)
					}
				}
				if m.Predicted(i) != predicted {
					t.Errorf("Predicted(%d) = %d, want %d", i, m.Predicted(i), predicted)
				}
			}
			if m.Correct() != correct {
				t.Errorf("Correct() = %d, want %d", m.Correct(), correct)
			}
			if m.Total() != len(c.Target) {
				t.Errorf("Total() = %d, want %d", m.Total(), len(c.Target))
			}
			near(t, "matrix accuracy", m.Accuracy(), c.Accuracy)
			near(t, "kappa", m.Kappa(), c.Kappa)
			for k := range c.Classes {
				near(t, "precision", m.Precision(k), c.Precision[k])
				near(t, "recall", m.Recall(k), c.Recall[k])
				near(t, "f1", m.F1(k), c.F1[k])
				if m.Support(k) != c.Support[k] {
					t.Errorf("Support(%d) = %d, want %d", k, m.Support(k), c.Support[k])
				}
			}
			for _, a := range []struct {
				name string
				got  Scores
				want []float64
			}{{"macro", m.Macro(), c.Macro}, {"micro", m.Micro(), c.Micro}, {"weighted", m.Weighted(), c.Weighted}} {
				nears(t, a.name, []float64{a.got.Precision, a.got.Recall, a.got.F1}, a.want)
			}

			// Class numbers instead of scores give the same matrix.
			direct := NewConfusion(Digits(c.Classes))
			direct.Update(dl.FromInt64s(classes("test", logits), len(c.Target)), target)
			if direct.String() != m.String() {
				t.Errorf("from class numbers:\n%vfrom scores:\n%v", direct, m)
			}
			m.Reset()
			if m.Total() != 0 || m.Accuracy() != 0 {
				t.Error("Reset left counts")
			}
		})
	}
}

func TestCurvesAgainstScikitLearn(t *testing.T) {
	for _, c := range load(t).Curves {
		t.Run(c.Name, func(t *testing.T) {
			score, target := dl.FromFloat32s(c.Score, len(c.Score)), dl.FromInt64s(c.Target, len(c.Target))
			roc := ROC(score, target)
			nears(t, "false positive rate", roc.X, c.FPR)
			nears(t, "true positive rate", roc.Y, c.TPR)
			nears(t, "thresholds", roc.Thresholds[1:], c.Thresholds)
			near(t, "AUC", roc.Area, c.AUC)
			near(t, "AUC", AUC(score, target), c.AUC)
			pr := PrecisionRecall(score, target)
			// scikit-learn stops at full recall; the points behind have it too.
			n := len(c.Recall)
			if len(pr.X) < n {
				t.Fatalf("%d points, want at least %d", len(pr.X), n)
			}
			nears(t, "recall", pr.X[:n], c.Recall)
			nears(t, "precision", pr.Y[:n], c.Precision)
			near(t, "average precision", AveragePrecision(score, target), c.AP)
			near(t, "binary accuracy", BinaryAccuracy(score.Reshape(-1, 1), target, 0.3), c.Accuracy)
			b := NewBinaryAccuracy(0.3)
			b.Update(score, target)
			near(t, "running binary accuracy", b.Value(), c.Accuracy)
		})
	}
}

func TestRegressionAgainstScikitLearn(t *testing.T) {
	for _, c := range load(t).Regressions {
		t.Run(c.Name, func(t *testing.T) {
			n := len(c.Target)
			p, y := dl.FromFloat32s(c.Prediction, n), dl.FromFloat32s(c.Target, n)
			near(t, "MSE", MSE(p, y), c.MSE)
			near(t, "RMSE", RMSE(p, y), c.RMSE)
			near(t, "MAE", MAE(p, y), c.MAE)
			near(t, "R2", R2(p.Reshape(n, 1), y), c.R2)
			for _, r := range []struct {
				m    Metric
				name string
				want float64
			}{{NewMSE(), "mse", c.MSE}, {NewRMSE(), "rmse", c.RMSE}, {NewMAE(), "mae", c.MAE}, {NewR2(), "r2", c.R2}} {
				r.m.Update(p.Narrow(0, 0, 3), y.Narrow(0, 0, 3))
				r.m.Reset()
				r.m.Update(p.Narrow(0, 0, 3), y.Narrow(0, 0, 3))
				r.m.Update(p.Narrow(0, 3, n-3), y.Narrow(0, 3, n-3))
				near(t, "running "+r.name, r.m.Value(), r.want)
				if r.m.Name() != r.name {
					t.Errorf("Name() = %q, want %q", r.m.Name(), r.name)
				}
			}
		})
	}
}

func TestAccuracyCases(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	tests := []struct {
		name string
		pred *dl.Tensor
		y    []int64
		want float64
	}{
		{"tie goes to the first", dl.FromFloat32s([]float32{1, 1, 0, 2, 2, 2}, 2, 3), []int64{0, 1}, 0.5},
		{"all minus infinity", dl.FromFloat32s([]float32{-inf, -inf}, 1, 2), []int64{0}, 1},
		{"NaN is the highest", dl.FromFloat32s([]float32{5, nan, inf}, 1, 3), []int64{1}, 1},
		{"class numbers", dl.FromInt64s([]int64{1, 2, 3, 4}, 4), []int64{1, 2, 0, 0}, 0.5},
		{"scores for each position", dl.FromFloat32s([]float32{
			0, 1, 0, // class 0 at positions 0, 1, 2
			1, 0, 1, // class 1
		}, 1, 2, 3), []int64{1, 0, 0}, 2.0 / 3},
		{"transposed view", dl.FromFloat32s([]float32{0, 1, 1, 0}, 2, 2).T(), []int64{1, 0}, 1},
		{"float64", dl.FromFloat64s([]float64{0, 1}, 1, 2), []int64{1}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			near(t, "Accuracy", Accuracy(tt.pred, dl.FromInt64s(tt.y, len(tt.y))), tt.want)
		})
	}
	if v := NewAccuracy().Value(); !math.IsNaN(v) {
		t.Errorf("accuracy of nothing is %v, want NaN", v)
	}
}

func TestMean(t *testing.T) {
	m := NewMean("error", func(output, target *dl.Tensor) float64 { return 1 - Accuracy(output, target) })
	if !math.IsNaN(m.Value()) || m.Name() != "error" {
		t.Errorf("fresh: %v %q", m.Value(), m.Name())
	}
	m.Update(dl.FromInt64s([]int64{1, 1, 1}, 3), dl.FromInt64s([]int64{1, 1, 1}, 3))
	m.Update(dl.FromInt64s([]int64{1}, 1), dl.FromInt64s([]int64{0}, 1))
	near(t, "mean weighted by samples", m.Value(), 0.25)
	m.Reset()
	if !math.IsNaN(m.Value()) {
		t.Error("Reset left a value")
	}
}

func TestMostConfused(t *testing.T) {
	m := NewConfusion([]string{"cat", "dog", "cow"})
	for range 3 {
		m.Add(0, 1)
	}
	m.Add(2, 0)
	m.Add(1, 1)
	got := m.MostConfused(5)
	if len(got) != 2 || got[0].String() != "cat → dog: 3 times" || got[1].Count != 1 {
		t.Errorf("MostConfused(5) = %v", got)
	}
	if n := len(m.MostConfused(1)); n != 1 {
		t.Errorf("MostConfused(1) has %d entries", n)
	}
	if n := len(m.MostConfused(-1)); n != 0 {
		t.Errorf("MostConfused(-1) has %d entries", n)
	}
	rows := m.Normalized()
	near(t, "Normalized", rows[0][1], 1)
	near(t, "Specificity", m.Specificity(1), 0.25)
}

func TestMisuse(t *testing.T) {
	x := dl.Zeros(2, 3)
	tests := []struct {
		name string
		f    func()
		want string
	}{
		{"lengths differ", func() { Accuracy(x, dl.FromInt64s([]int64{1}, 1)) }, "each of the 2 predictions"},
		{"flat scores", func() { Accuracy(dl.Zeros(3), dl.FromInt64s([]int64{1, 2, 3}, 3)) }, "BinaryAccuracy"},
		{"k", func() { NewTopK(0) }, "k ≥ 1"},
		{"top-k shape", func() { TopK(dl.Zeros(3), dl.FromInt64s([]int64{1, 2, 3}, 3), 1) }, "[N, C]"},
		{"top-k class", func() { TopK(x, dl.FromInt64s([]int64{0, 3}, 2), 1) }, "target class 3"},
		{"no classes", func() { NewConfusion(nil) }, "no classes"},
		{"class out of range", func() { NewConfusion(Digits(2)).Update(x, dl.FromInt64s([]int64{0, 2}, 2)) }, "target 2"},
		{"mse", func() { MSE(x, dl.Zeros(2)) }, "metric.MSE"},
		{"auc", func() { AUC(x, dl.Zeros(2)) }, "scores of one class"},
		{"auc of NaN", func() { AUC(dl.Full(math.NaN(), 2), dl.Zeros(2)) }, "NaN score at 0"},
		{"nil mean", func() { NewMean("x", nil) }, "nil function"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(*dl.Error)
				if !ok {
					t.Fatal("no *dl.Error")
				}
				if !strings.Contains(err.Error(), tt.want) {
					t.Errorf("got %q, want it to contain %q", err, tt.want)
				}
			}()
			tt.f()
		})
	}
}
