package dl

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestCTCTwin compares the loss in one pass, and its gradient, with the one made
// of other operations, for targets of all lengths, with repeats, and ones that do
// not fit.
func TestCTCTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		steps, batch, classes, longest := 1+r.IntN(12), 1+r.IntN(4), 2+r.IntN(4), r.IntN(6)
		x := Randn(steps, batch, classes).MulScalar(1 + 20*r.Float64()).Double().LogSoftmax(2).Detach().SetRequiresGrad(true)
		targets := RandInt(1, int64(classes), batch, longest)
		in, out := make([]int, batch), make([]int, batch)
		for i := range in {
			in[i], out[i] = 1+r.IntN(steps), r.IntN(longest+1)
		}
		c := newCTC(x, targets, in, out, CTCOptions{})
		got, want := c.losses(x), c.run(x)
		weight := RandnLike(want)
		g := Grad([]*Tensor{got}, []*Tensor{x}, GradOptions{OutputGrads: []*Tensor{weight}})[0].Float64s()
		fits := want.Detach().LtScalar(-ctcNever / 2).To(Float64)
		w := Grad([]*Tensor{want}, []*Tensor{x}, GradOptions{OutputGrads: []*Tensor{weight.Mul(fits)}})[0].Float64s()
		a := got.Float64s()
		for i, v := range want.Float64s() {
			if math.Abs(a[i]-v) > 1e-10*math.Abs(v)+1e-12 && (v < -ctcNever/2 || a[i] < -ctcNever/2) {
				t.Fatalf("loss %d of %d×%d×%d is %g, want %g", i, steps, batch, classes, a[i], v)
			}
		}
		for i, v := range w {
			if math.Abs(g[i]-v) > 1e-9 {
				t.Fatalf("gradient %d is %g, want %g", i, g[i], v)
			}
		}
	}
}
