package dl_test

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"descent/dl"
)

// leaf makes a float32 leaf that requires a gradient.
func leaf(v ...float64) *T { return dl.New(v).SetRequiresGrad(true) }

// wantNumbers fails unless t holds exactly these numbers.
func wantNumbers(t *testing.T, what string, got *T, want ...float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: no tensor, want %v", what, want)
		return
	}
	g := got.Float64s()
	if len(g) != len(want) {
		t.Errorf("%s: %v, want %v", what, g, want)
		return
	}
	for i := range g {
		if math.Abs(g[i]-want[i]) > 1e-6 {
			t.Errorf("%s: %v, want %v", what, g, want)
			return
		}
	}
}

// wantError runs f and fails unless it panics with an *Error that contains all
// the words.
func wantError(t *testing.T, f func(), words ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		r := recover()
		e, ok := r.(*dl.Error)
		if !ok {
			t.Errorf("panic value %v (%T), want *dl.Error", r, r)
			return
		}
		for _, w := range words {
			if !strings.Contains(e.Error(), w) {
				t.Errorf("error %q does not mention %q", e.Error(), w)
			}
		}
	}()
	f()
}

func TestBackward(t *testing.T) {
	x, y := leaf(2, 3), leaf(5, 7)
	z := x.Mul(y).Add(x).Sum() // dz/dx = y+1, dz/dy = x
	z.Backward()
	wantNumbers(t, "dx", x.Grad(), 6, 8)
	wantNumbers(t, "dy", y.Grad(), 2, 3)

	x.Mul(x).Sum().Backward() // adds 2x
	wantNumbers(t, "dx added up", x.Grad(), 10, 14)
	x.ZeroGrad()
	if x.Grad() != nil {
		t.Error("a gradient is left after ZeroGrad")
	}
	x.Mul(x).BackwardWith(dl.New([]float64{1, 10}))
	wantNumbers(t, "dx weighted", x.Grad(), 4, 60)
}

// TestDiamond uses a value along two paths of different length.
func TestDiamond(t *testing.T) {
	x := leaf(3)
	a := x.Mul(x)               // 9
	b := a.Mul(a).Add(a).Mul(x) // (a²+a)x = x⁵+x³
	b.Sum().Backward()          // 5x⁴+3x² = 405+27
	wantNumbers(t, "dx", x.Grad(), 432)
}

func TestDeepChain(t *testing.T) {
	x := leaf(1)
	y := x
	for range 50_000 {
		y = y.AddScalar(1)
	}
	y.Sum().Backward()
	wantNumbers(t, "dx", x.Grad(), 1)
}

func TestBackwardErrors(t *testing.T) {
	x := leaf(1, 2)
	wantError(t, func() { x.Mul(x).Backward() }, "backward", "[2]", "a scalar", "Sum()")
	wantError(t, func() { dl.New(1).Backward() }, "SetRequiresGrad")
	wantError(t, func() { x.Mul(x).BackwardWith(dl.Ones(3)) }, "[3]", "[2]")

	y := x.Mul(x).Sum()
	y.Backward()
	wantError(t, func() { y.Backward() }, "used before", "BackwardKeep")

	z := x.Mul(x).Sum()
	x.ZeroGrad()
	z.BackwardKeep()
	z.Backward()
	wantNumbers(t, "kept graph, twice", x.Grad(), 4, 8)

	wantError(t, func() { x.Mul(x).SetRequiresGrad(false) }, "Detach")
	wantError(t, func() { dl.ArangeInt(0, 3, 1).SetRequiresGrad(true) }, "int64", "float32")
}

// TestGradientsAreSeparate checks that no two leaves, and no leaf and what a
// backward pass was given, share the memory of a gradient.
func TestGradientsAreSeparate(t *testing.T) {
	x, y := leaf(1, 2), leaf(3, 4)
	seed := dl.Ones(2)
	x.Add(y).BackwardWith(seed)
	x.Add(y).BackwardWith(seed) // adds in place
	wantNumbers(t, "dx", x.Grad(), 2, 2)
	wantNumbers(t, "dy", y.Grad(), 2, 2)
	wantNumbers(t, "given gradient", seed, 1, 1)
	x.Grad().SetAt(9, 0)
	wantNumbers(t, "dy after a change of dx", y.Grad(), 2, 2)

	// A user's function that returns what it keeps.
	kept := dl.New([]float64{5, 5})
	f := &dl.Function{Name: "constant slope",
		Forward:  func(c *dl.Context, in []*T) *T { return in[0].MulScalar(5) },
		Backward: func(c *dl.Context, g *T) []*T { return []*T{kept} }}
	w := leaf(1, 1)
	for range 3 {
		dl.Apply(f, w).Sum().Backward()
	}
	wantNumbers(t, "dw", w.Grad(), 15, 15)
	wantNumbers(t, "the function's own tensor", kept, 5, 5)

	// Views of one gradient.
	a, b := leaf(1), leaf(2)
	for range 2 {
		dl.Cat([]*T{a, b}, 0).BackwardWith(dl.New([]float64{3, 4}))
	}
	wantNumbers(t, "da", a.Grad(), 6)
	wantNumbers(t, "db", b.Grad(), 8)
	p := leaf(1, 2)
	for range 2 {
		p.Expand(3, 2).Sum().Backward()
	}
	wantNumbers(t, "dp", p.Grad(), 6, 6)
}

func TestNoGrad(t *testing.T) {
	x := leaf(1)
	dl.NoGrad(func() {
		if x.Mul(x).RequiresGrad() || dl.GradEnabled() {
			t.Error("recorded inside NoGrad")
		}
		dl.EnableGrad(func() {
			if !x.Mul(x).RequiresGrad() {
				t.Error("not recorded inside EnableGrad")
			}
		})
		if x.Mul(x).RequiresGrad() {
			t.Error("recorded after EnableGrad inside NoGrad")
		}
	})
	if !x.Mul(x).RequiresGrad() {
		t.Error("not recorded after NoGrad")
	}
	func() {
		defer func() { _ = recover() }()
		dl.NoGrad(func() { panic("out") })
	}()
	if !dl.GradEnabled() {
		t.Error("a panic left NoGrad on")
	}
}

// TestNoGradIsPerGoroutine trains on some goroutines while others evaluate.
func TestNoGradIsPerGoroutine(t *testing.T) {
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			x := leaf(float64(k))
			for range 200 {
				if k%2 == 0 {
					dl.NoGrad(func() {
						if x.Mul(x).RequiresGrad() {
							t.Error("recorded inside NoGrad")
						}
					})
				} else {
					y := x.Mul(x).Sum()
					if !y.RequiresGrad() {
						t.Error("another goroutine's NoGrad cut the graph")
						return
					}
					y.Backward()
				}
			}
		})
	}
	wg.Wait()
}

// TestParallelBackward lets goroutines add to one parameter at the same time.
func TestParallelBackward(t *testing.T) {
	w := dl.NewParameter(dl.Ones(4))
	const workers, steps = 4, 50
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range steps {
				w.Mul(dl.New([]float64{1, 2, 3, 4})).Sum().Backward()
			}
		})
	}
	wg.Wait()
	n := float64(workers * steps)
	wantNumbers(t, "dw", w.Grad(), n, 2*n, 3*n, 4*n)
}

func TestDetachAndLeaves(t *testing.T) {
	x := leaf(2)
	y := x.Mul(x)
	d := y.Detach()
	if d.RequiresGrad() || !d.SharesMemory(y) || !d.IsLeaf() || y.IsLeaf() || !x.IsLeaf() {
		t.Error("Detach or IsLeaf")
	}
	y.Mul(d).Sum().Backward() // d is a constant 4
	wantNumbers(t, "dx", x.Grad(), 16)

	p := dl.NewParameter(dl.Ones(2))
	p.SetRequiresGrad(false)
	if !p.IsParameter() || p.RequiresGrad() || p.Mul(p).RequiresGrad() {
		t.Error("a frozen parameter must stay a parameter and record nothing")
	}
	if y.GradFn() != "mul" || x.GradFn() != "" {
		t.Errorf("GradFn %q and %q", y.GradFn(), x.GradFn())
	}
}

func TestHooks(t *testing.T) {
	x := leaf(1, 2)
	y := x.MulScalar(3)
	y.RetainGrad()
	var seen []float64
	remove := y.OnGrad(func(g *T) *T { seen = append(seen, g.Float64s()...); return g.MulScalar(10) })
	y.Mul(y).Sum().Backward() // dy = 2y = 6, 12; then times 10
	wantNumbers(t, "seen", dl.New(seen), 6, 12)
	wantNumbers(t, "retained before the later hook", y.Grad(), 6, 12)
	wantNumbers(t, "dx", x.Grad(), 180, 360)

	remove()
	x.ZeroGrad()
	y2 := x.MulScalar(3)
	calls := 0
	rm := x.OnGrad(func(g *T) *T { calls++; return nil })
	y2.Add(x).Sum().Backward()
	rm()
	x.Sum().Backward()
	if calls != 1 {
		t.Errorf("leaf hook ran %d times, want once, with the whole gradient", calls)
	}
	wantNumbers(t, "dx", x.Grad(), 5, 5)
	wantError(t, func() { x.OnGrad(func(g *T) *T { return dl.Ones(3) }); x.Sum().Backward() }, "hook", "[3]")
	wantError(t, func() { dl.Ones(2).OnGrad(func(g *T) *T { return nil }) }, "SetRequiresGrad")
}

func TestVersionCheck(t *testing.T) {
	x := leaf(1, 2)
	y := x.Exp() // its backward needs y
	dl.NoGrad(func() { y.AddScalarInPlace(1) })
	wantError(t, func() { y.Sum().Backward() }, "exp", "changed in place", "version 1, was 0")

	w := dl.NewParameter(dl.Ones(2))
	loss := w.Mul(w).Sum()
	w.Float32s()[0] = 5 // as an optimizer does
	w.BumpVersion()
	wantError(t, func() { loss.Backward() }, "mul", "changed in place")

	wantError(t, func() { x.AddScalarInPlace(1) }, "leaf", "NoGrad")
	wantError(t, func() { x.Mul(x).SetAt(1, 0) }, "mul", "Where")
	wantError(t, func() { dl.Ones(1).Expand(3).Fill(2) }, "expanded", "Clone")
	v := x.Mul(x)
	_ = v.Narrow(0, 0, 1)
	wantError(t, func() { v.MulInPlace(x) }, "views")
}

func TestInPlaceHistory(t *testing.T) {
	x, y := leaf(2), leaf(5)
	z := x.Mul(x)
	z.MulInPlace(y) // x²y
	if z.GradFn() != "mul" {
		t.Errorf("GradFn %q", z.GradFn())
	}
	z.Sum().Backward()
	wantNumbers(t, "dx", x.Grad(), 20)
	wantNumbers(t, "dy", y.Grad(), 4)

	v := dl.Arange(0, 4, 1)
	v.Narrow(0, 1, 3).AddInPlace(v.Narrow(0, 0, 3)) // views that overlap
	wantNumbers(t, "overlapping views", v, 0, 1, 3, 5)

	buf := dl.Zeros(1) // a tensor without history takes it over
	buf.AddInPlace(leafOf(x))
	if !buf.RequiresGrad() {
		t.Error("in-place addition of a tracked tensor was not recorded")
	}
	wantError(t, func() { dl.ArangeInt(0, 3, 1).AddInPlace(dl.Ones(3)) }, "float32", "int64")
	wantError(t, func() { dl.Ones(3).AddInPlace(dl.Ones(2, 3)) }, "[2×3]", "[3]")
}

func leafOf(x *T) *T { return x.Detach().Clone().SetRequiresGrad(true) }

func TestGradFunction(t *testing.T) {
	x, y := leaf(2, 3), leaf(1, 1)
	a := x.Mul(x)
	z := a.Mul(x).Sum()
	g := dl.Grad([]*T{z}, []*T{x, a}, dl.GradOptions{})
	wantNumbers(t, "dz/dx", g[0], 12, 27)
	wantNumbers(t, "dz/da", g[1], 2, 3)
	if x.Grad() != nil {
		t.Error("Grad touched x.Grad")
	}
	wantError(t, func() { dl.Grad([]*T{x.Mul(x).Sum()}, []*T{y}, dl.GradOptions{}) }, "input 0", "AllowUnused")
	g = dl.Grad([]*T{x.Mul(x).Sum()}, []*T{y, x, x}, dl.GradOptions{AllowUnused: true})
	if g[0] != nil {
		t.Error("a gradient for an unused input")
	}
	wantNumbers(t, "first of twice", g[1], 4, 6)
	wantNumbers(t, "second of twice", g[2], 4, 6)
	wantError(t, func() { dl.Grad([]*T{x.Sum()}, []*T{dl.Ones(2)}, dl.GradOptions{}) }, "SetRequiresGrad")

	g = dl.Grad([]*T{x.Mul(y), x}, []*T{x}, dl.GradOptions{OutputGrads: []*T{dl.Ones(2), dl.Ones(2)}})
	wantNumbers(t, "several outputs", g[0], 2, 2)
}

// TestHigherOrder differentiates x⁴ four times.
func TestHigherOrder(t *testing.T) {
	x := leaf(2)
	y := x.Pow(4).Sum()
	for i, want := range []float64{32, 48, 48, 24} {
		y = dl.Grad([]*T{y}, []*T{x}, dl.GradOptions{CreateGraph: true})[0].Sum()
		wantNumbers(t, "derivative "+string(rune('1'+i)), y, want)
	}
}

// TestHessianVector computes H·v of Σ(Ax)³ and compares with A'·diag(6Ax)·A·v.
func TestHessianVector(t *testing.T) {
	g := dl.NewGenerator(3, dl.StreamUser)
	a, x, v := g.Randn(4, 3).To(dl.Float64), g.Randn(3).To(dl.Float64).SetRequiresGrad(true), g.Randn(3).To(dl.Float64)
	first := dl.Grad([]*T{a.MatMul(x).Pow(3).Sum()}, []*T{x}, dl.GradOptions{CreateGraph: true})[0]
	hv := dl.Grad([]*T{first.Dot(v)}, []*T{x}, dl.GradOptions{})[0]
	want := a.T().MatMul(a.MatMul(x.Detach()).MulScalar(6).Mul(a.MatMul(v)))
	if !dl.AllClose(hv, want, 1e-10, 1e-12) {
		t.Errorf("H·v = %v, want %v", hv, want)
	}
}

// TestGradientPenalty lets the norm of a gradient be part of a loss.
func TestGradientPenalty(t *testing.T) {
	w, x := leaf(3), leaf(2)
	out := w.Mul(x).Mul(x).Sum()                                           // wx²
	g := dl.Grad([]*T{out}, []*T{x}, dl.GradOptions{CreateGraph: true})[0] // 2wx
	g.Norm(2).SubScalar(1).Square().Backward()                             // (2wx-1)²
	wantNumbers(t, "dw", w.Grad(), 2*(2*3*2-1)*2*2)                        // 2(2wx-1)·2x
	wantNumbers(t, "dx", x.Grad(), 2*(2*3*2-1)*2*3)                        // 2(2wx-1)·2w
}

func TestFlat(t *testing.T) {
	for name, f := range map[string]func(*T) *T{"sign": (*T).Sign, "floor": (*T).Floor, "ceil": (*T).Ceil, "round": (*T).Round, "trunc": (*T).Trunc} {
		x := leaf(1.3, -2.6)
		f(x).Sum().Backward()
		if x.Grad() == nil {
			t.Errorf("%s: no gradient", name)
			continue
		}
		wantNumbers(t, name, x.Grad(), 0, 0)
	}
}

func TestInterrupt(t *testing.T) {
	defer dl.SetInterrupt(nil)
	x := leaf(1)
	y := x.Mul(x).Sum()
	dl.SetInterrupt(func() bool { return true })
	if !dl.Interrupted() {
		t.Error("not interrupted")
	}
	defer func() {
		err, _ := recover().(error)
		if !errors.Is(err, dl.ErrInterrupted) {
			t.Errorf("panic value %v, want ErrInterrupted", err)
		}
		if !dl.GradEnabled() {
			t.Error("an interrupt left NoGrad on")
		}
	}()
	y.Backward()
}
