package dl

import (
	"fmt"
	"math"
	"runtime"
	"testing"
)

// TestRecurrentGroups compares a batch that runs in several groups with runs
// of its parts, forward and backward.
func TestRecurrentGroups(t *testing.T) {
	const batch, steps, in, hidden = 37, 5, 6, 41
	g := NewGenerator(4, StreamUser)
	for _, k := range []cell{lstmCell, gruCell, rnnCell} {
		for _, batchFirst := range []bool{false, true} {
			axis := 1
			if batchFirst {
				axis = 0
			}
			rows := k.gates * hidden
			weights := []*Tensor{g.Randn(rows, in), g.Randn(rows, hidden), g.Randn(rows), g.Randn(rows)}
			for i, w := range weights {
				weights[i] = w.MulScalar(0.2).SetRequiresGrad(true)
			}
			shape := []int{steps, batch, in}
			if batchFirst {
				shape = []int{batch, steps, in}
			}
			x, seen := g.Randn(shape...), g.Randn(append(shape[:2:2], hidden)...)
			// run adds up the gradients of the weights over parts of the batch.
			run := func(parts ...int) []*Tensor {
				for _, w := range weights {
					w.SetGrad(nil)
				}
				var outs, dxs []*Tensor
				at := 0
				for _, n := range parts {
					part := x.Narrow(axis, at, n).Contiguous().SetRequiresGrad(true)
					out := runRecurrent(k, []*Tensor{part, nil, nil, weights[0], weights[1], weights[2], weights[3]}, RecurrentOptions{BatchFirst: batchFirst})
					out[0].Mul(seen.Narrow(axis, at, n)).Sum().Add(out[1].Sum()).Backward()
					outs, dxs = append(outs, out[0].Detach()), append(dxs, part.Grad())
					at += n
				}
				l := []*Tensor{Cat(outs, axis), Cat(dxs, axis)}
				for _, w := range weights {
					l = append(l, w.Grad().Clone())
				}
				return l
			}
			got, want := run(batch), run(10, 16, 11)
			// The bits do not depend on the number of processors.
			procs := runtime.GOMAXPROCS(3)
			again := run(batch)
			runtime.GOMAXPROCS(1)
			alone := run(batch)
			runtime.GOMAXPROCS(procs)
			for i := range got {
				if !Equal(again[i], alone[i]) {
					t.Fatalf("%s: result %d depends on the number of processors", fmt.Sprint(k.name, batchFirst), i)
				}
			}
			for i := range got {
				a, b := got[i].Float32s(), want[i].Float32s()
				for j := range a {
					if math.Abs(float64(a[j]-b[j])) > 1e-4*(1+math.Abs(float64(b[j]))) {
						t.Fatalf("%s: result %d, element %d is %v, in parts %v", fmt.Sprint(k.name, batchFirst), i, j, a[j], b[j])
					}
				}
			}
		}
	}
}
