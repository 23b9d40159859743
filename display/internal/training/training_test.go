package training

import (
	"math"
	"strings"
	"testing"
	"time"

	"descent/dl/learn"
)

func history(epochs int, validation bool) *learn.History {
	h := &learn.History{StepsPerEpoch: 50, MetricNames: []string{"accuracy"}, Reason: learn.ReasonCompleted, BestEpoch: epochs}
	for e := 1; e <= epochs; e++ {
		r := learn.EpochResult{Epoch: e, Epochs: epochs, TrainLoss: 0.4 / float64(e), ValLoss: math.NaN(), Train: map[string]float64{"accuracy": 1 - 0.1/float64(e)}, Seconds: 1.25}
		if validation {
			r.ValLoss, r.Val = 0.5/float64(e), map[string]float64{"accuracy": 0.99 - 0.1/float64(e)}
		}
		h.Epochs = append(h.Epochs, r)
		for s := range 50 {
			h.StepLoss = append(h.StepLoss, 2*math.Exp(-float64((e-1)*50+s)/30)+0.1)
		}
	}
	return h
}

func TestFinding(t *testing.T) {
	for _, tt := range []struct {
		h    *learn.History
		want string
	}{
		{history(3, true), "Training, 3 epochs: loss 0.4000 → 0.1333, validation loss 0.5000 → 0.1667, validation accuracy 89.00 % → 95.67 %."},
		{history(2, false), "Training, 2 epochs: loss 0.4000 → 0.2000, accuracy 90.00 % → 95.00 %."},
		{history(1, false), "Training, 1 epoch: loss 0.4000, accuracy 90.00 %."},
		{&learn.History{StepLoss: []float64{2, 1}, StepsPerEpoch: 9}, "Training: loss 2.0000 → 1.0000 in 2 steps of the first epoch."},
		{&learn.History{}, "Training: nothing yet, 0 steps."},
	} {
		if got := Of(tt.h).Finding(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func TestFigureKeepsItsSize(t *testing.T) {
	for name, h := range map[string]*learn.History{"empty": {MetricNames: []string{"accuracy"}}, "one": history(1, true), "many": history(9, true),
		"NaN": {MetricNames: []string{"accuracy"}, StepLoss: []float64{1, math.NaN()}, StepsPerEpoch: 2}} {
		r := Of(h)
		r.Planned = 9
		if w, ht := r.Figure().Size(); w != 2*panelWidth || ht != panelHeight {
			t.Errorf("%s: %d × %d", name, w, ht)
		}
	}
	plain := Of(&learn.History{StepLoss: []float64{3, 2, 1}, StepsPerEpoch: 3})
	if w, h := plain.Figure().Size(); w != 640 || h != panelHeight {
		t.Errorf("without metrics %d × %d", w, h)
	}
}

func TestTableRows(t *testing.T) {
	r := Of(history(3, true))
	if n := len(r.Table(0).Rows); n != 3 {
		t.Errorf("%d rows", n)
	}
	r.Planned = 5
	five := r.Table(5)
	if len(five.Rows) != 5 || five.Rows[4][0] != "5" || five.Rows[4][1] != "" {
		t.Errorf("rows to come: %v", five.Rows)
	}
	two := r.Table(2)
	if len(two.Rows) != 2 || two.Rows[0][0] != "2" {
		t.Errorf("the last two: %v", two.Rows)
	}
	text := r.Text()
	for _, want := range []string{"validation accuracy", "95.67 %", "0.1667", "1.2 s", "★"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, row := range five.Rows {
		if len(row) != len(five.Columns) {
			t.Errorf("%d cells, %d columns", len(row), len(five.Columns))
		}
	}
}

func TestSteep(t *testing.T) {
	if !steep(Of(history(3, true)).losses()) {
		t.Error("2.1 → 0.1 is not steep")
	}
	h := &learn.History{StepLoss: []float64{1, 0.9, 0.8}, StepsPerEpoch: 3}
	if steep(Of(h).losses()) {
		t.Error("1 → 0.8 is steep")
	}
	h.StepLoss = []float64{100, 1, -1}
	if steep(Of(h).losses()) {
		t.Error("a negative loss has no logarithm")
	}
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{Loss(0.12345), "0.1235"}, {Loss(2.5e-5), "2.500e-05"}, {Loss(math.NaN()), "NaN"}, {Loss(0), "0.0000"}, {Loss(1e6), "1.000e+06"}, {Loss(math.Inf(1)), "∞"},
		{Metric("accuracy", 0.96789), "96.79 %"}, {Metric("rmse", 0.96789), "0.9679"}, {Metric("top-5", 1), "100.00 %"}, {Metric("accuracy", math.NaN()), "–"},
		{Duration(1500 * time.Millisecond), "1.5 s"}, {Duration(42 * time.Second), "42 s"}, {Duration(125 * time.Second), "2 min 05 s"}, {Duration(3 * time.Hour), "3 h 00 min"}, {Duration(-1), "0 s"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}
