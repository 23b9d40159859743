package dl

import (
	"fmt"
	"math"
	"strings"
	"sync/atomic"
)

var anomalies atomic.Bool

// DetectAnomaly switches on (or off) a check of every result and every
// gradient for NaN and Inf. The operation that first makes one out of finite
// numbers panics with an *Error that names it, the layer it ran in, and in a
// notebook the line of the cell that called it, in the forward pass and in the
// backward pass of what was computed while it was on. It slows everything down
// and is meant for finding the culprit.
//
// PyTorch: torch.autograd.set_detect_anomaly.
func DetectAnomaly(on bool) {
	anomalies.Store(on)
	if c := callers.Load(); c != nil && c.track != nil {
		c.track(on)
	}
}

// makesInf lists operations that are used to put infinities in on purpose.
var makesInf = map[string]bool{"masked fill": true, "where": true, "pad": true, "to": true}

// checkFinite panics when out is the first result that is not finite.
func checkFinite(name string, out *Tensor, inputs []*Tensor) {
	what, at := out.oddity()
	if what == "" || what != "NaN" && makesInf[name] {
		return
	}
	for _, t := range inputs {
		if t == nil || !t.dtype.differentiable() {
			continue
		}
		if w, _ := t.oddity(); w != "" {
			return // it was there before
		}
	}
	defer place(&made{cell: callerText()})
	fail(name, fmt.Sprintf("%s in the result, first at %v", what, at), "finite numbers",
		"look at the values that go in: a logarithm or root of zero or less, a division by zero, an overflow of exp", inputs...)
}

// place, deferred, adds to a report where the operation was called.
func place(m *made) {
	r := recover()
	if r == nil {
		return
	}
	if e, ok := r.(*Error); ok && m != nil {
		if e.Layer == "" {
			e.Layer = m.layer
		}
		if e.Cell == "" {
			e.Cell = m.cell
		}
	}
	panic(r)
}

// nameBackward, deferred, adds to the report of an operation inside a backward
// function whose backward it is.
func nameBackward(c *Context) {
	r := recover()
	if r == nil {
		return
	}
	if e, ok := r.(*Error); ok && !strings.HasPrefix(e.Op, "backward of ") {
		e.Op = "backward of " + c.name + " (" + e.Op + ")"
		if c.made != nil {
			e.Layer, e.Cell = c.made.layer, c.made.cell
		}
	}
	panic(r)
}

// checkFiniteGrad is checkFinite for what a backward function returned.
func checkFiniteGrad(c *Context, g *Tensor, i int, grads []*Tensor) {
	what, at := g.oddity()
	if what == "" {
		return
	}
	for _, o := range grads {
		if o == nil {
			continue
		}
		if w, _ := o.oddity(); w != "" {
			return
		}
	}
	defer place(c.made)
	fail("backward of "+c.name, fmt.Sprintf("%s in the gradient of input %d, first at %v", what, i, at), "finite numbers",
		"the derivative has no finite value there, as that of Sqrt or Norm at 0; add a small number or Clamp before", g)
}

// oddity names the first number that is not finite and its place.
func (t *Tensor) oddity() (what string, at []int) {
	x := t.Detach().dense()
	for i := range x.n {
		v := x.get(x.offset + i)
		switch {
		case math.IsNaN(v):
			what = "NaN"
		case math.IsInf(v, 0):
			what = "Inf"
		default:
			continue
		}
		at = make([]int, len(t.shape))
		for d := len(at) - 1; d >= 0; d-- {
			at[d] = i % t.shape[d]
			i /= t.shape[d]
		}
		return what, at
	}
	return "", nil
}
