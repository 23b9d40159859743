package session

import (
	"strings"
	"testing"
)

// TestAnomalyPlace: the report of a NaN names the line of the cell that called the
// operation, in the backward pass too, where another line runs.
func TestAnomalyPlace(t *testing.T) {
	c := start(t)
	c.ok("func root(x *dl.Tensor) *dl.Tensor {\n\treturn x.Sqrt()\n}\nx := dl.New([]float64{0, 4}).SetRequiresGrad(true)")
	c.ok("dl.DetectAnomaly(true)")
	o := c.run("y := root(x)\nz := y.Sum()\nz.Backward()")
	if tr := o.trace(); !strings.Contains(tr, "backward of sqrt (div), called at cell 1, line 2: Inf") {
		t.Errorf("the report does not name the line of Sqrt:\n%s", tr)
	}
	o = c.run("w := x.Neg()\nv := root(w.SubScalar(1))\nv")
	if tr := o.trace(); !strings.Contains(tr, "sqrt, called at cell 1, line 2: NaN") {
		t.Errorf("the report does not name the line of Sqrt:\n%s", tr)
	}
	o = c.run("x.Add(x)\nlog := x.Neg().SubScalar(1).Log()\nlog")
	if tr := o.trace(); !strings.Contains(tr, "log, called at cell 5, line 2: NaN") {
		t.Errorf("the report does not name the line of Log:\n%s", tr)
	}
	c.ok("dl.DetectAnomaly(false)")
	if o := c.ok("x.Neg().SubScalar(1).Log().IsNaN().All().Item()"); o.result() != "1" {
		t.Errorf("without looking for anomalies: %q", o.result())
	}
}
