package dl_test

import (
	"errors"
	"testing"

	"descent/dl"
	"descent/dl/internal/par"
)

// TestInterruptOperations interrupts single operations while they run: whatever an
// operation does, it asks for an interrupt before it ends.
func TestInterruptOperations(t *testing.T) {
	defer dl.SetInterrupt(nil)
	defer par.SetPatience(par.SetPatience(0))
	for _, c := range []struct {
		name string
		prep func() func()
	}{
		{"matmul", func() func() { x := dl.Rand(1536, 1536); return func() { x.MatMul(x) } }},
		{"matmul of float64", func() func() { x := dl.Rand(1100, 1100).To(dl.Float64); return func() { x.MatMul(x) } }},
		{"conv2d", func() func() {
			x, w := dl.Rand(32, 64, 64, 64), dl.Rand(64, 64, 3, 3)
			return func() { dl.Conv2d(x, w, nil, dl.ConvOptions{}) }
		}},
		{"sort", func() func() { x := dl.Rand(1000, 4000); return func() { x.Sort(1, false) } }},
		{"multinomial", func() func() { p := dl.Rand(1000); return func() { p.Multinomial(100_000, true) } }},
		{"multinomial without replacement", func() func() { p := dl.Rand(3000); return func() { p.Multinomial(3000, false) } }},
		{"running sum", func() func() { x := dl.Rand(3000, 3000); return func() { x.CumSum(1) } }},
		{"transform of rows", func() func() { x := dl.Rand(2000, 512); return func() { x.RFFT() } }},
		{"singular values", func() func() { x := dl.Rand(200, 200).To(dl.Float64); return func() { x.SVD() } }},
		{"lstm", func() func() {
			x, w, v := dl.Rand(100, 32, 64), dl.Rand(512, 64), dl.Rand(512, 128)
			return func() { dl.LSTM(x, nil, nil, w, v, nil, nil, dl.RecurrentOptions{}) }
		}},
		{"attention", func() func() {
			x := dl.Rand(8, 8, 256, 32)
			return func() { dl.ScaledDotProductAttention(x, x, x, dl.AttentionOptions{}) }
		}},
		{"erf", func() func() { x := dl.Rand(4 << 20).To(dl.Float64); return func() { x.Erf() } }},
	} {
		if err := interrupted(c.prep()); !errors.Is(err, dl.ErrInterrupted) {
			t.Errorf("%s ended with %v, want %v", c.name, err, dl.ErrInterrupted)
		}
	}
}

// interrupted runs op with an interrupt that comes as it begins, and returns what it
// panicked with.
func interrupted(op func()) (err error) {
	dl.SetInterrupt(func() bool { return true })
	defer dl.SetInterrupt(nil)
	defer func() {
		if v := recover(); v != nil {
			err = v.(error)
		}
	}()
	op()
	return nil
}
