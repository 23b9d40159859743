package dl_test

import (
	"math"
	"runtime"
	"testing"

	"descent/dl"
)

// The tests here run every row of the gradient table, so every operation that
// can be differentiated, in circumstances that no single row asks for.

// outcome is what a row gives for inputs of a type: its result, and the
// gradients of the inputs, in float64.
func outcome(r gradRow, dt dl.DType, put func(x *T) *T) []*T {
	ins := make([]*T, len(r.in))
	for i, x := range r.in {
		if x == nil || !x.DType().IsFloat() {
			ins[i] = x
			continue
		}
		ins[i] = put(x.Detach().To(dt).Clone()).SetRequiresGrad(true)
	}
	y := r.fn(ins)
	weights := make([]float64, y.Numel())
	for i := range weights {
		weights[i] = 1 + 0.25*math.Sin(float64(3*i+1))
	}
	y.BackwardWith(dl.FromFloat64s(weights, y.Shape()...).To(y.DType()))
	out := []*T{y.Detach()}
	for _, x := range ins {
		if x != nil && x.RequiresGrad() {
			g := x.Grad()
			if g == nil {
				g = dl.ZerosLike(x.Detach())
			}
			out = append(out, g)
		}
	}
	return out
}

func asItIs(x *T) *T { return x }

// TestRowsForAnyNumberOfProcessors: the same bits for any GOMAXPROCS, forwards and
// backwards, in both types.
func TestRowsForAnyNumberOfProcessors(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, dt := range []dl.DType{dl.Float32, dl.Float64} {
		for _, r := range gradTable {
			if dt == dl.Float32 && wantsFloat64[r.name] {
				continue
			}
			var first []*T
			for _, n := range []int{1, 2, 4} {
				runtime.GOMAXPROCS(n)
				got := outcome(r, dt, asItIs)
				if n == 1 {
					first = got
					continue
				}
				for i, g := range got {
					if !sameBits(first[i], g) {
						t.Errorf("%s of %s: output or gradient %d differs between 1 and %d processors", r.name, dt, i, n)
					}
				}
			}
		}
	}
}

func sameBits(a, b *T) bool {
	x, y := a.To(dl.Float64).Contiguous().Float64s(), b.To(dl.Float64).Contiguous().Float64s()
	if len(x) != len(y) {
		return false
	}
	for i, v := range x {
		if math.Float64bits(v) != math.Float64bits(y[i]) {
			return false
		}
	}
	return true
}

// TestRowsOfStridedInputs: inputs with gaps and in another order give what dense
// ones give.
func TestRowsOfStridedInputs(t *testing.T) {
	for _, r := range gradTable {
		dense, strided := outcome(r, dl.Float64, asItIs), outcome(r, dl.Float64, spreadOut)
		for i, want := range dense {
			if !dl.AllClose(strided[i], want, 1e-11, 1e-12) {
				t.Errorf("%s: output or gradient %d of strided inputs is %v, of dense ones %v", r.name, i, strided[i], want)
			}
		}
	}
}

// wantsFloat64 lists the rows whose functions have float64 constants of their own
// and so cannot run in float32; other rows have the same operation without.
var wantsFloat64 = map[string]bool{
	"Tensor.Double": true, "Tensor.To": true, "BatchNorm/evaluation": true, "CrossEntropy/probabilities": true,
	"GridSample/nearest": true, "Tensor.IGamma": true, "Tensor.IGammaC": true,
}

// inFloat32 is outcome in float32; ok is false when the row cannot.
func inFloat32(r gradRow) (out []*T, ok bool) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *dl.Error: // types that do not fit
			out, ok = nil, false
		default:
			panic(e)
		}
	}()
	out = outcome(r, dl.Float32, asItIs)
	return out, out[0].DType() == dl.Float32
}

// TestRowsInFloat32: the float32 kernels agree with those of float64 to some
// roundings.
func TestRowsInFloat32(t *testing.T) {
	ran := 0
	for _, r := range gradTable {
		got, ok := inFloat32(r)
		if ok == wantsFloat64[r.name] {
			t.Errorf("%s: runs in float32: %v, listed as one that does not: %v", r.name, ok, wantsFloat64[r.name])
		}
		if !ok {
			continue
		}
		ran++
		for i, want := range outcome(r, dl.Float64, asItIs) {
			if !dl.AllClose(got[i].To(dl.Float64), want, 2e-3, 2e-4) {
				t.Errorf("%s: output or gradient %d in float32 is %v, in float64 %v", r.name, i, got[i], want)
			}
		}
	}
	if ran < len(gradTable)/2 {
		t.Errorf("only %d of %d rows ran", ran, len(gradTable))
	}
}
