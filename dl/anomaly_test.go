package dl_test

import (
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

// report runs f with anomalies looked for and returns what it panicked with.
func report(t *testing.T, f func()) (e *dl.Error) {
	t.Helper()
	dl.DetectAnomaly(true)
	defer dl.DetectAnomaly(false)
	defer func() {
		e, _ = recover().(*dl.Error)
		if e == nil {
			t.Fatal("no report")
		}
	}()
	f()
	return nil
}

// logOf is a model that takes the logarithm between two layers.
type logOf struct {
	First, Last *nn.Linear
}

func (m *logOf) Forward(x *dl.Tensor) *dl.Tensor {
	return m.Last.Forward(m.First.Forward(x).Log())
}

func TestAnomalyNamesItsPlace(t *testing.T) {
	line, asked := "cell[3]:1", false
	dl.SetCaller(func(on bool) { asked = on }, func() string { return line })
	defer dl.SetCaller(nil, nil)

	e := report(t, func() {
		if !asked {
			t.Error("nobody was told to keep places")
		}
		dl.New([]float64{-1}).Log()
	})
	if e.Op != "log" || e.Cell != "cell[3]:1" || !strings.Contains(e.Error(), "log, called at cell[3]:1: NaN in the result") {
		t.Errorf("report %v", e)
	}
	if asked {
		t.Error("places are kept though nothing looks for anomalies")
	}

	// The backward pass names where the operation was called, not where Backward was.
	x := dl.New([]float64{0, 4}).SetRequiresGrad(true)
	e = report(t, func() {
		line = "cell[3]:2"
		y := x.Sqrt()
		line = "cell[3]:9"
		y.Sum().Backward()
	})
	if !strings.HasPrefix(e.Op, "backward of sqrt") || e.Cell != "cell[3]:2" {
		t.Errorf("report %v", e)
	}
}

func TestAnomalyNamesItsLayer(t *testing.T) {
	m := &logOf{nn.NewLinear(1, 1), nn.NewLinear(1, 1)}
	nn.Params(m) // tells the layers where they are
	zero := func(l *nn.Linear, w float64) {
		nn.InitConstant(l.Weight, w)
		nn.InitConstant(l.Bias, 0)
	}
	zero(m.First, 1)
	zero(m.Last, 1)
	e := report(t, func() { m.Forward(dl.New([][]float64{{-1}})) })
	if e.Op != "log" || e.Layer != "" {
		t.Errorf("an operation outside layers: %v", e)
	}
	nn.InitConstant(m.Last.Weight, 1e30)
	e = report(t, func() { m.Last.Forward(dl.Full(1e30, 1, 1)) })
	if !strings.Contains(e.Layer, "Last: Linear") {
		t.Errorf("the first Inf in a forward pass: %v", e)
	}
	nn.InitConstant(m.Last.Weight, 1)
	e = report(t, func() {
		out := nn.NewSequential(m.Last, nn.NewTanh()).Forward(dl.Ones(1, 1))
		out.MulScalar(3e38).MulScalar(0).Sum().Backward()
		// The gradient of the weight overflows: 1e38 times 1e38.
		big := dl.Full(3e38, 1, 1)
		m.Last.Forward(big).BackwardWith(dl.Full(3e38, 1, 1))
	})
	if !strings.Contains(e.Op, "backward of linear") || !strings.Contains(e.Layer, "Last: Linear") {
		t.Errorf("the first Inf in a backward pass: %v", e)
	}
}
