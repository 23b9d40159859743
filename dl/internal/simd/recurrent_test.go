package simd

import (
	"math/rand/v2"
	"testing"
)

// lstm returns a state of n units, all random.
func lstm(r *rand.Rand, n int, make func(n int) []float32) *LSTMState {
	s := new(LSTMState)
	for _, x := range s.all() {
		*x = make(n)
		copy(*x, floats(r, n, false))
	}
	return s
}

func (s *LSTMState) all() []*[]float32 {
	return []*[]float32{&s.I, &s.F, &s.U, &s.O, &s.C, &s.Before, &s.Bent, &s.H, &s.Out}
}

func (s *LSTMState) clone() *LSTMState {
	c := new(LSTMState)
	for i, x := range s.all() {
		*c.all()[i] = append([]float32(nil), *x...)
	}
	return c
}

// TestLSTM compares the steps with their formulas in passes, bit for bit.
func TestLSTM(t *testing.T) {
	if !useAsm {
		if LSTMForward(&LSTMState{}) || LSTMBackward(&LSTMState{}, &LSTMState{}) {
			t.Error("there is no assembly")
		}
		return
	}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 70 {
		plain := func(n int) []float32 { return make([]float32, n) }
		s := lstm(r, n, plain)
		want := s.clone()
		Sigmoid(want.I, want.I)
		Sigmoid(want.F, want.F)
		Tanh(want.U, want.U)
		Sigmoid(want.O, want.O)
		copy(want.Before, want.C)
		Mul(want.Bent, want.I, want.U)
		Mul(want.C, want.C, want.F)
		Add(want.C, want.C, want.Bent)
		Tanh(want.Bent, want.C)
		Mul(want.H, want.O, want.Bent)
		copy(want.Out, want.H)
		if !LSTMForward(s) {
			t.Fatal("no forward step")
		}
		same := func(what string, got, want *LSTMState) {
			t.Helper()
			for k, x := range got.all() {
				for i, v := range *x {
					if w := (*want.all()[k])[i]; !sameBits(v, w) {
						t.Fatalf("n=%d: %s: slice %d, element %d is %v, want %v", n, what, k, i, v, w)
					}
				}
			}
		}
		same("forward", s, want)

		s = lstm(r, n, plain)
		d, wantD := new(LSTMState), new(LSTMState)
		for _, x := range []*LSTMState{d, wantD} {
			x.I, x.F, x.U, x.O = plain(n), plain(n), plain(n), plain(n)
		}
		want = s.clone()
		one, t1 := plain(n), plain(n)
		for i := range one {
			one[i] = 1
		}
		product := func(dst, a []float32, more ...[]float32) {
			Sub(dst, one, a)
			for _, x := range more {
				Mul(dst, dst, x)
			}
		}
		Add(want.H, want.H, want.Out)
		Mul(t1, want.Bent, want.Bent)
		product(t1, t1, want.O, want.H)
		Add(want.C, want.C, t1)
		product(wantD.O, want.O, want.O, want.Bent, want.H)
		product(wantD.I, want.I, want.I, want.U, want.C)
		product(wantD.F, want.F, want.F, want.Before, want.C)
		Mul(t1, want.U, want.U)
		product(wantD.U, t1, want.I, want.C)
		Mul(want.C, want.C, want.F)
		clear(want.H)
		if !LSTMBackward(s, d) {
			t.Fatal("no backward step")
		}
		same("backward", s, want)
		same("gradients", d, wantD)
	}
}
