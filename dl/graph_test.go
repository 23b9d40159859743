package dl_test

import (
	"strings"
	"testing"

	"descent/dl"
)

func TestTraceGraph(t *testing.T) {
	x := dl.New([]float64{2, 3}).SetRequiresGrad(true)
	g := dl.TraceGraph(func() *T {
		y := x.Mul(x).Sum()
		y.Backward()
		return y
	})
	var values, grads []string
	for _, e := range g.Edges {
		if e.Value == nil || e.Grad == nil {
			t.Fatalf("edge %d→%d has value %v and gradient %v", e.From, e.To, e.Value, e.Grad)
		}
		values, grads = append(values, e.Value.String()), append(grads, e.Grad.String())
	}
	wantText(t, "values", values, "tensor([2., 3.])", "tensor([2., 3.])", "tensor([4., 9.])")
	wantText(t, "gradients", grads, "tensor([2., 3.])", "tensor([2., 3.])", "tensor([1., 1.])")
	if dot := g.DOT(); !strings.Contains(dot, `label="4 9\ngrad 1 1"`) {
		t.Errorf("the picture shows no values on its edges:\n%s", dot)
	}

	// The values are those of the time of the computation.
	x.Detach().Fill(7)
	if v := g.Edges[0].Value.String(); v != "tensor([2., 3.])" {
		t.Errorf("a later change shows: %s", v)
	}
	// Without tracing nothing is kept, of large tensors never.
	for _, e := range dl.NewGraph(x.Square()).Edges {
		if e.Value != nil || e.Grad != nil {
			t.Errorf("NewGraph keeps %v", e)
		}
	}
	big := dl.TraceGraph(func() *T { return dl.Ones(7).SetRequiresGrad(true).Exp().Sum() })
	if v := big.Edges[1]; v.Value != nil {
		t.Errorf("a value of 7 elements is kept: %v", v.Value)
	}
	// Operations with several outputs, and of one's own.
	two := dl.TraceGraph(func() *T {
		parts := dl.ApplyMulti(&dl.MultiFunction{Name: "halves",
			Forward: func(c *dl.Context, in []*T) []*T {
				return []*T{in[0].Narrow(0, 0, 1).Clone(), in[0].Narrow(0, 1, 1).Clone()}
			},
			Backward: func(c *dl.Context, gs []*T) []*T { return []*T{dl.Cat(gs, 0)} },
		}, dl.New([]float64{5, 6}).SetRequiresGrad(true))
		y := parts[0].Mul(parts[1]).Sum()
		y.Backward()
		return y
	})
	if dot := two.DOT(); !strings.Contains(dot, `"5\ngrad 6"`) || !strings.Contains(dot, `"6\ngrad 5"`) {
		t.Errorf("outputs of halves are not told apart:\n%s", dot)
	}
}

func wantText(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, ";") != strings.Join(want, ";") {
		t.Errorf("%s are %q, want %q", what, got, want)
	}
}
