package dl

import (
	"errors"
	"testing"
	"unsafe"
)

// TestFreeReuses checks that the next result lies in the memory that was
// given back, unless a slice of it is in the user's hands.
func TestFreeReuses(t *testing.T) {
	const n = 1 << 16
	x := Arange(0, n, 1)
	for _, shown := range []bool{false, true} {
		y := x.AddScalar(1)
		at := unsafe.SliceData(y.store.f32)
		var kept []float32
		if shown {
			kept = y.View(n/2, 2).Detach().Float32s()
		}
		y.Free()
		y.Free()
		z := x.MulScalar(2)
		if again := unsafe.SliceData(z.store.f32) == at; again == shown {
			t.Errorf("shown %v: the memory was reused: %v", shown, again)
		}
		for i, v := range z.store.f32 {
			if v != float32(2*i) {
				t.Fatalf("shown %v: element %d is %v", shown, i, v)
			}
		}
		for i, v := range kept {
			if v != float32(i+1) {
				t.Fatalf("a slice that the user holds changed at %d: %v", i, v)
			}
		}
	}
	places := x.ArgSort(0, true)
	at := unsafe.SliceData(slice[int64](places.store))
	places.Free()
	if unsafe.SliceData(slice[int64](x.ArgSort(0, false).store)) != at {
		t.Error("the memory of places was not reused")
	}
	own := make([]float32, n)
	FromFloat32s(own).Free() // never ours to hand out
	if y := x.AddScalar(1); unsafe.SliceData(y.store.f32) == unsafe.SliceData(own) {
		t.Error("the user's slice was handed out")
	}
}

// TestUseAfterFree checks that nothing reads memory that was given back.
func TestUseAfterFree(t *testing.T) {
	const n = 128
	x := Rand(n, n)
	uses := map[string]func(y *Tensor){
		"elementwise": func(y *Tensor) { y.Add(x) },
		"right":       func(y *Tensor) { x.Add(y) },
		"unary":       func(y *Tensor) { y.Exp() },
		"matmul":      func(y *Tensor) { y.MatMul(x) },
		"right side":  func(y *Tensor) { x.MatMul(y) },
		"sum":         func(y *Tensor) { y.Sum() },
		"view":        func(y *Tensor) { y.View(n * n).Sum() },
		"strided":     func(y *Tensor) { y.T().Contiguous() },
		"in place":    func(y *Tensor) { y.AddInPlace(x) },
		"at":          func(y *Tensor) { y.At(0, 0) },
		"slice":       func(y *Tensor) { y.Float32s() },
		"clone":       func(y *Tensor) { y.Clone() },
		"print":       func(y *Tensor) { _ = y.String() },
		"rows":        func(y *Tensor) { y.IndexSelect(0, Arange(0, 3, 1).To(Int64)) },
		"softmax":     func(y *Tensor) { y.Softmax(1) },
		"sort":        func(y *Tensor) { y.Sort(1, false) },
		"cast":        func(y *Tensor) { y.To(Float64) },
		"half":        func(y *Tensor) { y.To(BFloat16) },
		"relu":        func(y *Tensor) { y.ReLU() },
		"norm":        func(y *Tensor) { LayerNorm(y, []int{n}, nil, nil, 1e-5) },
	}
	for name, use := range uses {
		y := x.AddScalar(1)
		other := y.Detach()
		y.Free()
		for _, dead := range []*Tensor{y, other} {
			if err := caught(func() { use(dead) }); err == nil {
				t.Errorf("%s: no panic", name)
			}
		}
	}
	w := Rand(n, n).SetRequiresGrad(true)
	y := w.MulScalar(2)
	loss := y.Mul(y).Sum()
	y.Free()
	if err := caught(loss.Backward); err == nil {
		t.Error("a backward pass used a tensor that was freed")
	}
}

// caught returns the *Error that f panics with.
func caught(f func()) (err *Error) {
	defer func() {
		if v, ok := recover().(error); ok && !errors.As(v, &err) {
			err = &Error{Got: v.Error()}
		}
	}()
	f()
	return nil
}
