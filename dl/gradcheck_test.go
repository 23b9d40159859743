package dl_test

import (
	"strings"
	"testing"

	"descent/dl"
)

// TestGradCheckFindsErrors: a wrong first derivative, a wrong second one, a wrong shape, and none at all.
func TestGradCheckFindsErrors(t *testing.T) {
	custom := func(back func(c *dl.Context, g *T) []*T) func(in []*T) *T {
		f := &dl.Function{Name: "cube", Forward: func(c *dl.Context, in []*T) *T { c.Save(in[0]); return in[0].Pow(3) }, Backward: back}
		return func(in []*T) *T { return dl.Apply(f, in[0]) }
	}
	right := func(c *dl.Context, g *T) []*T { return []*T{g.Mul(c.Saved(0).Square()).MulScalar(3)} }
	for _, c := range []struct {
		name   string
		f      func(in []*T) *T
		second bool
		want   string
	}{
		{"right", custom(right), true, ""},
		{"wrong factor", custom(func(c *dl.Context, g *T) []*T { return []*T{g.Mul(c.Saved(0).Square()).MulScalar(2)} }), false, "input 0, element 0"},
		{"cut graph", custom(func(c *dl.Context, g *T) []*T { return []*T{g.Mul(c.Saved(0).Detach().Square()).MulScalar(3)} }), true, "second order"},
		{"no gradient", func(in []*T) *T { return in[0].Detach() }, false, "does not require"},
	} {
		err := dl.GradCheck(c.f, in(between(0.5, 2, 3)), dl.GradCheckOptions{Second: c.second})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
	withoutOrder := custom(func(c *dl.Context, g *T) []*T { return []*T{g.Mul(c.Saved(0).Detach().Square()).MulScalar(3)} })
	if err := dl.GradCheck(withoutOrder, in(between(0.5, 2, 3)), dl.GradCheckOptions{}); err != nil {
		t.Errorf("the first order alone: %v", err)
	}
}
