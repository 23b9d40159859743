// Package gradcheck makes test failures of what dl.GradCheck finds.
//
//	gradcheck.Check(t, "square", func(in []*dl.Tensor) *dl.Tensor {
//		return in[0].Mul(in[0])
//	}, dl.Randn(3, 4))
//
// It is for tests only.
package gradcheck

import (
	"testing"

	"descent/dl"
)

// Check fails the test unless the gradient of fn at the inputs agrees with
// finite differences.
func Check(t testing.TB, name string, fn func(in []*dl.Tensor) *dl.Tensor, in ...*dl.Tensor) {
	t.Helper()
	if err := dl.GradCheck(fn, in, dl.GradCheckOptions{}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// CheckSecond fails the test unless the gradient and the gradient of the
// gradient agree with finite differences.
func CheckSecond(t testing.TB, name string, fn func(in []*dl.Tensor) *dl.Tensor, in ...*dl.Tensor) {
	t.Helper()
	if err := dl.GradCheck(fn, in, dl.GradCheckOptions{Second: true}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
