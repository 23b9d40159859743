package nn_test

import (
	"reflect"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

func TestState(t *testing.T) {
	dl.ManualSeed(1)
	m := nn.NewSequential(nn.NewLinear(3, 4), nn.NewBatchNorm1d(4, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewLinear(4, 2))
	s := nn.State(m)
	want := "0.weight 0.bias 1.weight 1.bias 1.running_mean 1.running_var 3.weight 3.bias"
	if got := strings.Join(s.Names(), " "); got != want {
		t.Fatalf("names %s, want %s", got, want)
	}
	best := s.Clone()
	x := dl.Randn(5, 3)
	nn.Eval(m)
	y := m.Forward(x).Float64s()
	nn.Train(m)
	m.Forward(x) // moves the running statistics
	nn.InitConstant(m.At(0).(*nn.Linear).Weight, 7)
	nn.Eval(m)
	if reflect.DeepEqual(m.Forward(x).Float64s(), y) {
		t.Fatal("the model did not change")
	}
	report, err := nn.LoadState(m, best, nn.LoadOptions{})
	if err != nil || !report.OK() || len(report.Loaded) != 8 {
		t.Fatalf("loading: %v, %v", err, report)
	}
	if !reflect.DeepEqual(m.Forward(x).Float64s(), y) {
		t.Error("the loaded model answers differently")
	}
	if p := nn.Params(m)[0]; !p.RequiresGrad() || !p.IsLeaf() {
		t.Error("a loaded parameter does not train")
	}
}

func TestLoadStateThatDiffers(t *testing.T) {
	m := nn.NewSequential(nn.NewLinear(3, 4), nn.NewLinear(4, 2))
	s := nn.State(nn.NewSequential(nn.NewLinear(3, 4), nn.NewLinear(4, 5))).Clone()
	s.Set("2.weight", dl.Zeros(2))
	other := nn.NewStateDict()
	for _, n := range s.Names() {
		if n != "0.bias" {
			other.Set(n, s.Get(n))
		}
	}
	before := nn.State(m).Clone()
	report, err := nn.LoadState(m, other, nn.LoadOptions{})
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range []string{"1.weight: [2×4] in the model, [5×4] in the state", "0.bias: only in the model", "2.weight: only in the state", "1 of 4"} {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q:\n%v", w, err)
		}
	}
	if len(report.Loaded) != 0 {
		t.Errorf("loaded %v", report.Loaded)
	}
	for _, n := range before.Names() {
		if !reflect.DeepEqual(nn.State(m).Get(n).Float64s(), before.Get(n).Float64s()) {
			t.Errorf("%s changed", n)
		}
	}
	report, err = nn.LoadState(m, other, nn.LoadOptions{Partial: true})
	if err != nil || !reflect.DeepEqual(report.Loaded, []string{"0.weight"}) {
		t.Errorf("partial: %v, %v", err, report)
	}
	if !reflect.DeepEqual(nn.State(m).Get("0.weight").Float64s(), other.Get("0.weight").Float64s()) {
		t.Error("0.weight was not loaded")
	}
}

func TestFreeze(t *testing.T) {
	m := newSimpleNN()
	if n := nn.Freeze(m, "fc1"); n != 2 {
		t.Errorf("froze %d parameters, want 2", n)
	}
	nn.CrossEntropy(m.Forward(dl.Zeros(2, 1, 28, 28)), dl.New([]int64{1, 2})).Backward()
	if m.fc1.Weight.Grad() != nil || m.fc2.Weight.Grad() == nil {
		t.Error("the frozen layer has a gradient, or the other has none")
	}
	if len(nn.Params(m)) != 4 {
		t.Error("a frozen parameter is no parameter any more")
	}
	if nn.Freeze(m, "fc") != 0 {
		t.Error("a part of a name froze something")
	}
	if n := nn.Unfreeze(m, ""); n != 4 || !m.fc1.Weight.RequiresGrad() {
		t.Error("Unfreeze left a parameter frozen")
	}
	nn.ZeroGrad(m)
	if m.fc2.Weight.Grad() != nil {
		t.Error("ZeroGrad left a gradient")
	}
}
