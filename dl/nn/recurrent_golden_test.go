package nn_test

import (
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/nn"
)

// recurrentRun makes a layer of the golden file and says how to run it.
func recurrentRun(t *testing.T, c golden.Case) (nn.Module, func(x, h0, c0 *dl.Tensor) (y, hn, cn *dl.Tensor)) {
	in, hidden := c.Int("in", 0), c.Int("hidden", 0)
	o := nn.RecurrentOptions{Layers: c.Int("layers", 1), BatchFirst: c.Bool("batch_first"), Bidirectional: c.Bool("bidirectional"),
		NoBias: !c.Bool("bias"), ReLU: c.Bool("relu"), Projection: c.Int("proj", 0)}
	cell := nn.CellOptions{NoBias: !c.Bool("bias"), ReLU: c.Bool("relu")}
	var lengths []int
	if l := c.Ints("lengths"); len(l) > 0 {
		lengths = l
	}
	switch kind := c.String("kind"); kind {
	case "RNN":
		m := nn.NewRNN(in, hidden, o)
		return m, func(x, h0, _ *dl.Tensor) (y, hn, cn *dl.Tensor) {
			y, hn = m.RunPadded(x, lengths, h0)
			return y, hn, nil
		}
	case "GRU":
		m := nn.NewGRU(in, hidden, o)
		return m, func(x, h0, _ *dl.Tensor) (y, hn, cn *dl.Tensor) {
			y, hn = m.RunPadded(x, lengths, h0)
			return y, hn, nil
		}
	case "LSTM":
		m := nn.NewLSTM(in, hidden, o)
		return m, func(x, h0, c0 *dl.Tensor) (y, hn, cn *dl.Tensor) { return m.RunPadded(x, lengths, h0, c0) }
	case "RNNCell":
		m := nn.NewRNNCell(in, hidden, cell)
		return m, func(x, h0, _ *dl.Tensor) (y, hn, cn *dl.Tensor) { return nil, m.Step(x, h0), nil }
	case "GRUCell":
		m := nn.NewGRUCell(in, hidden, cell)
		return m, func(x, h0, _ *dl.Tensor) (y, hn, cn *dl.Tensor) { return nil, m.Step(x, h0), nil }
	case "LSTMCell":
		m := nn.NewLSTMCell(in, hidden, cell)
		return m, func(x, h0, c0 *dl.Tensor) (y, hn, cn *dl.Tensor) {
			hn, cn = m.Step(x, h0, c0)
			return nil, hn, cn
		}
	default:
		t.Fatalf("no layer %q", kind)
		return nil, nil
	}
}

// loadState gives a model the state of a golden case.
func loadState(t *testing.T, m nn.Module, c golden.Case) {
	t.Helper()
	state := nn.NewStateDict()
	for k, a := range c.In {
		if name, ok := strings.CutPrefix(k, "state."); ok {
			state.Set(name, a.Tensor())
		}
	}
	if _, err := nn.LoadState(m, state, nn.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
}

// TestRecurrentAgainstTorch compares outputs, last states and all gradients with PyTorch's, in PyTorch's names.
func TestRecurrentAgainstTorch(t *testing.T) {
	const tol = 2e-5
	for _, c := range golden.Load(t, "testdata/recurrent.json").Cases {
		t.Run(c.Name, func(t *testing.T) {
			m, run := recurrentRun(t, c)
			loadState(t, m, c)
			in := map[string]*dl.Tensor{}
			for _, k := range []string{"x", "h0", "c0"} {
				if a, ok := c.In[k]; ok {
					in[k] = a.Tensor().SetRequiresGrad(true)
				}
			}
			y, hn, cn := run(in["x"], in["h0"], in["c0"])
			total := dl.Zeros()
			for k, got := range map[string]*dl.Tensor{"y": y, "hn": hn, "cn": cn} {
				want, ok := c.Out[k]
				if !ok {
					continue
				}
				golden.Close(t, got, want, tol, tol)
				total = total.Add(got.Mul(c.In["g"+k].Tensor()).Sum())
			}
			total.Backward()
			for k, x := range in {
				golden.Close(t, x.Grad(), c.Grad[k], tol, tol)
			}
			params := nn.NamedParams(m)
			if len(params)+len(in) != len(c.Grad) {
				t.Errorf("%d parameters, PyTorch has %d", len(params), len(c.Grad)-len(in))
			}
			for _, p := range params {
				golden.Close(t, p.Tensor.Grad(), c.Grad[p.Name], tol, tol)
			}
		})
	}
}

// TestRecurrentDropout drops between the layers in training alone.
func TestRecurrentDropout(t *testing.T) {
	m := nn.NewLSTM(3, 4, nn.RecurrentOptions{Layers: 2, Dropout: 0.5})
	x := dl.Randn(5, 2, 3)
	same := func() bool {
		a, b := m.Forward(x).Float32s(), m.Forward(x).Float32s()
		for i := range a {
			if a[i] != b[i] {
				return false
			}
		}
		return true
	}
	if same() {
		t.Error("nothing is dropped in training")
	}
	nn.Eval(m)
	if !same() {
		t.Error("dropped in evaluation")
	}
}

func TestRecurrentMisuse(t *testing.T) {
	lstm := nn.NewLSTM(3, 4, nn.RecurrentOptions{})
	for _, c := range []struct {
		name string
		f    func()
		want []string
	}{
		{"features", func() { lstm.Forward(dl.Zeros(5, 2, 7)) }, []string{"[steps×batch×3 features]", "made for 3 features"}},
		{"axes", func() { lstm.Forward(dl.Zeros(2, 3, 5)) }, []string{"Transpose(1, 2)"}},
		{"state", func() { lstm.Run(dl.Zeros(5, 2, 3), dl.Zeros(1, 3, 4), nil) }, []string{"[1×2×4]", "nil"}},
		{"lengths", func() { lstm.RunPadded(dl.Zeros(5, 2, 3), []int{5}, nil, nil) }, []string{"1 lengths for a batch of 2"}},
		{"length", func() { lstm.RunPadded(dl.Zeros(5, 2, 3), []int{5, 6}, nil, nil) }, []string{"length 6 of sequence 1"}},
		{"steps", func() { lstm.Forward(dl.Zeros(0, 2, 3)) }, []string{"at least one step"}},
		{"cell", func() { nn.NewGRUCell(3, 4, nn.CellOptions{}).Forward(dl.Zeros(5, 2, 3)) }, []string{"x.Select(0, t)"}},
		{"size", func() { nn.NewGRU(0, 4, nn.RecurrentOptions{}) }, []string{"in = 0"}},
		{"dropout", func() { nn.NewGRU(1, 4, nn.RecurrentOptions{Dropout: 2}) }, []string{"dropout 2"}},
		{"sequences", func() { nn.PadSequences([]*dl.Tensor{dl.Zeros(2, 3), dl.Zeros(2, 4)}, nn.PadOptions{}) }, []string{"sequence 1"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantError(t, c.f, c.want...) })
	}
}

// wantError runs f, which must panic with a *dl.Error whose text contains all of want.
func wantError(t *testing.T, f func(), want ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		e, ok := recover().(*dl.Error)
		if !ok {
			t.Fatal("no *dl.Error")
		}
		for _, w := range want {
			if !strings.Contains(e.Error(), w) {
				t.Errorf("%q does not say %q", e.Error(), w)
			}
		}
	}()
	f()
}

func TestPadSequences(t *testing.T) {
	a, b := dl.New([][]float64{{1, 2}, {3, 4}, {5, 6}}), dl.New([][]float64{{7, 8}})
	for _, first := range []bool{false, true} {
		x, lengths := nn.PadSequences([]*dl.Tensor{a, b}, nn.PadOptions{BatchFirst: first, Value: -1})
		back := nn.UnpadSequences(x, lengths, first)
		if got := back[0].Float32s(); len(got) != 6 || got[5] != 6 {
			t.Errorf("batch first %v: sequence 0 came back as %v", first, got)
		}
		if got := back[1].Float32s(); len(got) != 2 || got[1] != 8 {
			t.Errorf("batch first %v: sequence 1 came back as %v", first, got)
		}
		if got := x.Sum().Item(); got != 36-4 {
			t.Errorf("batch first %v: padded to a sum of %g", first, got)
		}
	}
}
