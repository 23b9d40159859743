package dl_test

import (
	"errors"
	"testing"
	"time"

	"descent/dl"
)

// TestInterruptOperations interrupts single operations once they have begun.
// One that ends within the patience of its loops may end by itself.
func TestInterruptOperations(t *testing.T) {
	defer dl.SetInterrupt(nil)
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
		{"erf", func() func() { x := dl.Rand(4 << 20).To(dl.Float64); return func() { x.Erf() } }},
	} {
		op := c.prep()
		begin := time.Now()
		op()
		whole := time.Since(begin)
		took, err := interrupted(op)
		if err == nil && whole > 2*time.Second {
			t.Errorf("%s takes %v and was not interrupted", c.name, whole)
		}
		if err != nil && !errors.Is(err, dl.ErrInterrupted) {
			t.Errorf("%s panicked with %v", c.name, err)
		}
		t.Logf("%s: %v, interrupted after %v (%v)", c.name, whole, took, err)
	}
}

// interrupted runs op with an interrupt that comes as it begins.
func interrupted(op func()) (took time.Duration, err error) {
	dl.SetInterrupt(func() bool { return true })
	defer dl.SetInterrupt(nil)
	begin := time.Now()
	defer func() {
		took = time.Since(begin)
		if v := recover(); v != nil {
			err = v.(error)
		}
	}()
	op()
	return 0, nil
}
