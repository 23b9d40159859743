package nn_test

import (
	"reflect"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

func TestSummary(t *testing.T) {
	nn.SetTypeNames(nil)
	m := newSimpleNN()
	s := nn.Summary(m, 64, 1, 28, 28)
	want := `simpleNN, input [64×1×28×28]
layer                 output    parameters
──────────────────────────────────────────
fc1: Linear(784→128)  [64×128]     100,480
fc2: Linear(128→10)   [64×10]        1,290
──────────────────────────────────────────
101,770 parameters
`
	if got := s.String(); got != want {
		t.Errorf("summary\n%s\nwant\n%s", got, want)
	}
	if !reflect.DeepEqual(s.Output, []int{64, 10}) || s.Err != nil || s.Params != 101770 || s.Trainable != 101770 {
		t.Errorf("output %v, error %v, %d parameters", s.Output, s.Err, s.Params)
	}
	for _, p := range nn.Params(m) {
		if p.Grad() != nil {
			t.Error("the summary left a gradient")
		}
	}
}

func TestSummaryOfNestedModel(t *testing.T) {
	shared := nn.NewLinear(4, 4)
	m := nn.NewSequential(
		nn.NewSequential(nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{}), nn.NewBatchNorm2d(4, nn.BatchNormOptions{}), nn.NewReLU()),
		nn.NewAdaptiveAvgPool2d(1, 1), nn.NewFlatten(), nn.NewDropout(0.5), shared, shared)
	before := nn.State(m).Clone()
	s := nn.Summary(m, 2, 1, 6, 6)
	if s.Params != 40+8+20 || s.Buffers != 8 {
		t.Errorf("%d parameters and %d in buffers, want 68 and 8", s.Params, s.Buffers)
	}
	if len(s.Rows) != 8 {
		t.Fatalf("%d rows:\n%s", len(s.Rows), s)
	}
	if r := s.Rows[0]; !r.Container || r.Path != "0" || r.Depth != 0 || r.Params != 0 {
		t.Errorf("row of the inner chain: %+v", r)
	}
	if r := s.Rows[1]; r.Path != "0.0" || r.Depth != 1 || r.Params != 40 || !reflect.DeepEqual(r.Output, []int{2, 4, 4, 4}) {
		t.Errorf("row of the convolution: %+v", r)
	}
	if !nn.IsTraining(m) {
		t.Error("the summary left the model in evaluation mode")
	}
	after := nn.State(m)
	for _, n := range after.Names() {
		if !reflect.DeepEqual(after.Get(n).Float64s(), before.Get(n).Float64s()) {
			t.Errorf("the summary changed %s", n)
		}
	}
	nn.Freeze(m, "0")
	if s := nn.Summary(m, 2, 1, 6, 6); s.Trainable != 20 || !strings.Contains(s.String(), "68 parameters, 20 of them trained, 8 numbers in buffers") {
		t.Errorf("frozen summary:\n%s", s)
	}
}

// TestSummaryStops: the table shows how far a failing model came.
func TestSummaryStops(t *testing.T) {
	m := nn.NewSequential(nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{}), nn.NewFlatten(), nn.NewLinear(100, 10))
	s := nn.Summary(m, 2, 1, 6, 6)
	if s.Err == nil || s.Output != nil {
		t.Fatalf("no error:\n%s", s)
	}
	if s.Rows[1].Output == nil || s.Rows[2].Output != nil {
		t.Errorf("rows %+v", s.Rows)
	}
	if !strings.Contains(s.String(), "stopped: ") || !strings.Contains(s.String(), "[2×4×4×4]") {
		t.Errorf("table\n%s", s)
	}
}

func TestSummaryOfIntegers(t *testing.T) {
	m := nn.NewSequential(nn.NewEmbedding(10, 4), nn.NewFlatten(), nn.NewLinear(12, 2))
	s := nn.SummaryOf(m, dl.New([][]int64{{1, 2, 3}}))
	if s.Err != nil || !reflect.DeepEqual(s.Output, []int{1, 2}) {
		t.Errorf("output %v, error %v", s.Output, s.Err)
	}
	if s := nn.SummaryOf(m, nil); s.Output != nil || s.Params != 40+26 {
		t.Errorf("not run: output %v, %d parameters", s.Output, s.Params)
	}
}

// TestSummaryOfOwnParameters: tensors that the model holds itself have rows of their own.
func TestSummaryOfOwnParameters(t *testing.T) {
	m := &scaled{scale: dl.NewParameter(dl.Ones(3)), fc: nn.NewLinear(3, 3)}
	s := nn.Summary(m, 2, 3)
	if s.Params != 15 || len(s.Rows) != 2 || s.Rows[1].Path != "scale" || s.Rows[1].Params != 3 {
		t.Errorf("summary\n%s", s)
	}
}

type scaled struct {
	scale *dl.Tensor
	fc    *nn.Linear
}

func (m *scaled) Forward(x *dl.Tensor) *dl.Tensor { return m.fc.Forward(x).Mul(m.scale) }

func TestHook(t *testing.T) {
	l := nn.NewReLU()
	var seen []int
	remove := nn.AddHook(l, func(in, out *dl.Tensor) *dl.Tensor {
		seen = in.Shape()
		return out.AddScalar(1)
	})
	s := nn.NewSequential(nn.NewLinear(2, 3), l)
	if y := s.Forward(dl.Zeros(1, 2)); y.AMin().Item() < 1 {
		t.Errorf("the hook did not replace the output: %v", y)
	}
	if !reflect.DeepEqual(seen, []int{1, 3}) {
		t.Errorf("the hook saw an input of shape %v", seen)
	}
	remove()
	remove()
	seen = nil
	s.Forward(dl.Zeros(1, 2))
	if seen != nil {
		t.Error("a removed hook ran")
	}
}

// TestFusion: a chain gives the same bits whether linear and ReLU run together or apart.
func TestFusion(t *testing.T) {
	dl.ManualSeed(4)
	fc, conv := nn.NewLinear(64, 33), nn.NewConv2d(2, 5, 3, nn.Conv2dOptions{Padding: 1})
	for _, c := range []struct {
		m nn.Module
		x *dl.Tensor
	}{{fc, dl.Randn(9, 64)}, {conv, dl.Randn(2, 2, 8, 8)}} {
		a := nn.NewSequential(c.m, nn.NewReLU()).Forward(c.x)
		b := c.m.Forward(c.x).ReLU()
		if !reflect.DeepEqual(a.Float32s(), b.Float32s()) {
			t.Errorf("%s and ReLU differ from the two together", nn.Describe(c.m))
		}
	}
}

// TestSummaryOfSequences sums up models of recurrent layers and transformers, whose layers hold others.
func TestSummaryOfSequences(t *testing.T) {
	s := nn.Summary(nn.NewTransformerEncoder(16, 4, 2, nn.TransformerOptions{FeedForward: 32, BatchFirst: true, FinalNorm: true}), 2, 5, 16)
	if s.Err != nil || s.Params != 2*(4*16*16+4*16+2*16*32+32+16+4*16)+32 {
		t.Errorf("encoder: %d parameters, %v", s.Params, s.Err)
	}
	for _, r := range s.Rows {
		if strings.Contains(r.Layer, "\n") || r.Output == nil || r.Shared {
			t.Errorf("row %+v", r)
		}
	}
	s = nn.Summary(nn.NewSequential(nn.NewLSTM(3, 4, nn.RecurrentOptions{}), nn.NewLinear(4, 2)), 5, 2, 3)
	if len(s.Rows) != 2 || s.Rows[0].Params != 4*4*(3+4+2) || s.Rows[0].Layer != "LSTM(3→4)" {
		t.Errorf("rows %+v", s.Rows)
	}
}
