package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/gradcheck"
)

// cube is x³ with its derivative by hand, written with dl's operations.
var cube = &dl.Function{
	Name: "cube",
	Forward: func(c *dl.Context, in []*T) *T {
		c.Save(in[0])
		c.Data = 3.0
		return in[0].Mul(in[0]).Mul(in[0])
	},
	Backward: func(c *dl.Context, g *T) []*T {
		x := c.Saved(0)
		return []*T{g.Mul(x).Mul(x).MulScalar(c.Data.(float64))}
	},
}

// sumAndProduct has two outputs.
var sumAndProduct = &dl.MultiFunction{
	Name: "sum and product",
	Forward: func(c *dl.Context, in []*T) []*T {
		c.Save(in...)
		return []*T{in[0].Add(in[1]), in[0].Mul(in[1])}
	},
	Backward: func(c *dl.Context, gs []*T) []*T {
		a, b := c.Saved(0), c.Saved(1)
		da, db := dl.ZerosLike(a), dl.ZerosLike(b)
		if gs[0] != nil {
			da, db = da.Add(gs[0]), db.Add(gs[0])
		}
		if gs[1] != nil {
			da, db = da.Add(gs[1].Mul(b)), db.Add(gs[1].Mul(a))
		}
		return []*T{da, db}
	},
}

func TestFunctionGradients(t *testing.T) {
	f := func(in []*T) *T { return dl.Apply(cube, in[0]) }
	gradcheck.Check(t, "cube", f, normal(4))
	gradcheck.CheckSecond(t, "cube", f, normal(4))
	both := func(in []*T) *T {
		o := dl.ApplyMulti(sumAndProduct, in...)
		return o[0].Mul(o[1]).Add(o[1])
	}
	gradcheck.Check(t, "both", both, normal(3), normal(3))
	gradcheck.CheckSecond(t, "both", both, normal(3), normal(3))
	one := func(in []*T) *T { return dl.ApplyMulti(sumAndProduct, in...)[1] }
	gradcheck.Check(t, "one of two outputs", one, normal(3), normal(3))
}

func TestFunctionNeeds(t *testing.T) {
	var needs []bool
	f := &dl.Function{Name: "watch",
		Forward: func(c *dl.Context, in []*T) *T { return in[0].Add(in[1]) },
		Backward: func(c *dl.Context, g *T) []*T {
			needs = []bool{c.Needs(0), c.Needs(1), c.Needs(2)}
			return []*T{g, nil}
		}}
	x := leaf(1)
	dl.Apply(f, x, dl.Ones(1)).Sum().Backward()
	if len(needs) != 3 || !needs[0] || needs[1] || needs[2] {
		t.Errorf("Needs: %v", needs)
	}
	if dl.Apply(f, dl.Ones(1), dl.Ones(1)).RequiresGrad() {
		t.Error("recorded though nothing requires a gradient")
	}
}

// TestFunctionIdentity returns an input as the output: x's own history must
// not be overwritten.
func TestFunctionIdentity(t *testing.T) {
	reverse := &dl.Function{Name: "gradient reversal",
		Forward:  func(c *dl.Context, in []*T) *T { return in[0] },
		Backward: func(c *dl.Context, g *T) []*T { return []*T{g.Neg()} }}
	x := leaf(2)
	y := dl.Apply(reverse, x)
	if !x.IsLeaf() || y == x {
		t.Fatal("the input was made the output")
	}
	y.Mul(x).Sum().Backward() // d(y·x): -x from y, +y from x
	wantNumbers(t, "dx", x.Grad(), 0)
}

func TestFunctionErrors(t *testing.T) {
	x := leaf(1, 2)
	with := func(forward func(in []*T) *T, backward func(g *T) []*T) func() {
		f := &dl.Function{Name: "mine",
			Forward:  func(c *dl.Context, in []*T) *T { return forward(in) },
			Backward: func(c *dl.Context, g *T) []*T { return backward(g) }}
		return func() { dl.Apply(f, x).Sum().Backward() }
	}
	same := func(in []*T) *T { return in[0].MulScalar(1) }
	wantError(t, with(same, func(g *T) []*T { return []*T{dl.Ones(3)} }), "mine", "[3]", "[2]")
	wantError(t, with(same, func(g *T) []*T { return nil }), "mine", "0 gradients", "1 inputs")
	wantError(t, with(func(in []*T) *T { return nil }, nil), "mine", "nil")
	wantError(t, func() { dl.Apply(&dl.Function{Name: "mine"}, x) }, "without Forward")
	wantError(t, func() {
		dl.Apply(&dl.Function{Name: "mine", Forward: func(c *dl.Context, in []*T) *T { return in[0].MulScalar(2) }}, x).Sum().Backward()
	}, "mine", "Backward")
	f := &dl.Function{Name: "mine",
		Forward:  func(c *dl.Context, in []*T) *T { c.Save(in[0]); return in[0].MulScalar(1) },
		Backward: func(c *dl.Context, g *T) []*T { return []*T{g.Mul(c.Saved(0))} }}
	h := x.MulScalar(1)
	y := dl.Apply(f, h)
	dl.NoGrad(func() { h.AddScalarInPlace(1) })
	wantError(t, func() { y.Sum().Backward() }, "mine", "changed in place")
}
