package dl_test

import (
	"fmt"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/gradcheck"
)

func TestCheckpoint(t *testing.T) {
	w := dl.NewParameter(dl.Randn(4, 4))
	x := dl.Randn(3, 4).SetRequiresGrad(true)
	runs := 0
	block := func(in []*T) *T {
		runs++
		h := dl.Dropout(in[0].MatMul(w), 0.5, true)
		return h.Tanh().MatMul(w)
	}
	forward := func(checkpointed bool) (*T, *T, *T) {
		dl.ManualSeed(11)
		x.ZeroGrad()
		w.ZeroGrad()
		y := x.MulScalar(2) // a computed input
		if checkpointed {
			y = dl.Checkpoint(block, y)
			dl.DefaultGenerator(dl.StreamDropout).Uint64() // what comes later must not disturb
		} else {
			y = block([]*T{y})
		}
		loss := y.Square().Sum()
		loss.Backward()
		return loss, x.Grad(), w.Grad()
	}
	l0, dx0, dw0 := forward(false)
	runs = 0
	l1, dx1, dw1 := forward(true)
	if runs != 2 {
		t.Errorf("the block ran %d times, want 2", runs)
	}
	if !dl.Equal(l0, l1) || !dl.Equal(dx0, dx1) || !dl.Equal(dw0, dw1) {
		t.Errorf("checkpointing changed the loss or the gradients")
	}

	// Gradients of gradients, and without touching Grad.
	f := func(in []*T) *T {
		return dl.Checkpoint(func(in []*T) *T { return in[0].MatMul(in[1]).Tanh() }, in[0].Sin(), in[1])
	}
	gradcheck.Check(t, "checkpoint", f, normal(2, 3), normal(3, 2))
	gradcheck.CheckSecond(t, "checkpoint", f, normal(2, 3), normal(3, 2))

	// Only captured tensors require a gradient; hooks run once.
	calls := 0
	remove := w.OnGrad(func(*T) *T { calls++; return nil })
	defer remove()
	w.ZeroGrad()
	plain := dl.Ones(1, 4)
	dl.Checkpoint(func(in []*T) *T { return in[0].MatMul(w) }, plain).Sum().Backward()
	if calls != 1 || w.Grad() == nil {
		t.Errorf("hook ran %d times", calls)
	}
	dl.NoGrad(func() {
		if dl.Checkpoint(func(in []*T) *T { return in[0].MatMul(w) }, plain).RequiresGrad() {
			t.Error("recorded inside NoGrad")
		}
	})
}

func TestDetectAnomaly(t *testing.T) {
	dl.DetectAnomaly(true)
	defer dl.DetectAnomaly(false)
	x := leaf(1, 0, 4)
	wantError(t, func() { x.MulScalar(2).SubScalar(1).Log() }, "log", "NaN in the result, first at [1]")
	wantError(t, func() { x.MulScalar(1).Reciprocal() }, "reciprocal", "Inf", "[1]")
	y := x.Sqrt().Sum() // its slope at 0 is infinite
	wantError(t, func() { y.Backward() }, "backward of sqrt", "Inf in the result, first at [1]")
	masked := x.MaskedFill(x.EqScalar(0), -inf) // on purpose
	if got := masked.Softmax(0).At(1); got != 0 {
		t.Errorf("softmax of a masked element: %v", got)
	}
}

func TestGraph(t *testing.T) {
	w := dl.NewParameter(dl.New([]float64{1, 2}))
	x := leaf(3, 4)
	y := w.Mul(x).Add(x).Sum()
	y.BackwardKeep()
	g := dl.NewGraph(y)
	var ops []string
	for _, n := range g.Nodes {
		ops = append(ops, n.Op)
	}
	if got := strings.Join(ops, " "); got != "leaf leaf mul add sum" {
		t.Errorf("nodes %q", got)
	}
	if len(g.Edges) != 5 {
		t.Errorf("%d edges, want 5: %v", len(g.Edges), g.Edges)
	}
	for _, e := range g.Edges {
		if e.From >= e.To {
			t.Errorf("edge %v goes back", e)
		}
	}
	dot := g.DOT()
	for _, want := range []string{"digraph", `parameter [2]\n1 2\ngrad 3 4`, `leaf [2]\n3 4\ngrad 2 3`, `label="mul"`} {
		if !strings.Contains(dot, want) {
			t.Errorf("DOT lacks %q:\n%s", want, dot)
		}
	}
}

func ExampleCheckpoint() {
	block := func(in []*dl.Tensor) *dl.Tensor { return in[0].Square().Square() }
	x := dl.New([]float64{1, 2}).SetRequiresGrad(true)
	dl.Checkpoint(block, x).Sum().Backward() // keeps x only, not x²
	fmt.Println(x.Grad())
	// Output: tensor([ 4., 32.])
}
