package dl

import (
	"sync"
	"sync/atomic"
)

// clock numbers graph nodes in the order of their making. A node is younger
// than all it depends on, so walking from young to old is a topological order.
var clock atomic.Uint64

// gradMu guards the gradients of leaves against backward passes that run at
// the same time, as those of data-parallel workers with shared parameters.
var gradMu sync.Mutex

// tracked reports whether an operation on these tensors must be recorded.
func tracked(ts ...*Tensor) bool {
	for _, t := range ts {
		if t != nil && t.node != nil {
			return GradEnabled()
		}
	}
	return false
}

// link sets the inputs of a node.
func (c *Context) link(inputs []*Tensor) {
	c.seq = clock.Add(1)
	switch {
	case anomalies.Load():
		c.made = &made{cell: callerText()}
	case tracing.Load() > 0:
		c.made = &made{}
	}
	if len(inputs) <= len(c.edgeBuf) {
		c.edges = c.edgeBuf[:len(inputs)]
	} else {
		c.edges = make([]edge, len(inputs))
	}
	for i, t := range inputs {
		if t != nil {
			c.edges[i] = edge{t.node, t.out}
		}
	}
	if c.custom {
		c.inMeta = make([]meta, len(inputs))
		for i, t := range inputs {
			if t != nil {
				c.inMeta[i] = meta{t.Shape(), t.dtype}
			}
		}
	}
}

// record makes out the result of an operation of dl, when it must be recorded,
// and returns the node to hand arguments to; otherwise it returns nil.
//
//	out := …                                   // computed without recording
//	if c := record(out, "sin", sinBackward, t); c != nil {
//		c.Save(t)
//	}
//	return out
//
// back is a named function, not a closure over the inputs: the graph then holds
// only what Save was given.
func record(out *Tensor, name string, back func(c *Context, g *Tensor) []*Tensor, inputs ...*Tensor) *Context {
	if !out.dtype.differentiable() {
		return nil
	}
	if anomalies.Load() {
		checkFinite(name, out, inputs)
	}
	if !tracked(inputs...) {
		return nil
	}
	c := &Context{name: name, back: back, outs: 1}
	c.link(inputs)
	out.node = c
	if c.made != nil && tracing.Load() > 0 {
		c.made.values = keepSmall(c.made.values, 0, out)
	}
	return c
}

// RequiresGrad reports whether gradients flow to t: it is a parameter or other
// leaf marked by SetRequiresGrad, or was computed from one.
// PyTorch: Tensor.requires_grad.
func (t *Tensor) RequiresGrad() bool { return t.node != nil }

// SetRequiresGrad marks a leaf as wanting a gradient, or no longer, and returns
// it. Only float32 and float64 tensors can. PyTorch: Tensor.requires_grad_.
func (t *Tensor) SetRequiresGrad(on bool) *Tensor {
	switch {
	case on && t.node == nil:
		if !t.dtype.differentiable() {
			fail("requires grad", "a tensor of "+t.dtype.String(), "float32 or float64", "convert it first: t.To(dl.Float32)", t)
		}
		t.node = &Context{name: "leaf", leaf: t, outs: 1}
		t.out = 0
	case !on && t.node != nil:
		if t.node.leaf == nil {
			fail("requires grad", "the result of "+t.node.name, "a leaf",
				"use t.Detach() for a tensor without history", t)
		}
		t.node = nil
	}
	return t
}

// NewParameter makes t a leaf that requires a gradient and counts as a
// parameter of a model, and returns it. A parameter that is frozen by
// SetRequiresGrad(false) still counts. PyTorch: nn.Parameter.
func NewParameter(t *Tensor) *Tensor {
	if t.node != nil && t.node.leaf == nil {
		t = t.Detach()
	}
	t.param = true
	return t.SetRequiresGrad(true)
}

// IsParameter reports whether t was made by NewParameter.
// PyTorch: isinstance(t, nn.Parameter).
func (t *Tensor) IsParameter() bool { return t.param }

// IsLeaf reports whether t was given rather than computed by recorded
// operations. PyTorch: Tensor.is_leaf.
func (t *Tensor) IsLeaf() bool { return t.node == nil || t.node.leaf != nil }

// Grad returns the gradient that backward passes have added up in a leaf (or a
// tensor with RetainGrad), nil before the first. PyTorch: Tensor.grad.
func (t *Tensor) Grad() *Tensor { return t.grad }

// SetGrad replaces the gradient; nil clears it. PyTorch: Tensor.grad = g.
func (t *Tensor) SetGrad(g *Tensor) {
	if g != nil {
		if g.n != t.n || shapeText(g.shape) != shapeText(t.shape) {
			fail("set grad", "a gradient of shape "+shapeText(g.shape), "the tensor's shape "+shapeText(t.shape), "", t, g)
		}
		g.store.claimed.Store(true)
	}
	t.grad = g
}

// ZeroGrad clears the gradient, so that the next backward pass starts anew.
// PyTorch: Tensor.grad = None.
func (t *Tensor) ZeroGrad() { t.grad = nil }

// Detach returns a tensor on the same memory without history: no gradient
// flows through it. PyTorch: Tensor.detach.
func (t *Tensor) Detach() *Tensor { return t.alias(t.shape, t.strides, t.offset) }

// RetainGrad makes backward passes leave the gradient of a computed tensor in
// its Grad too; leaves always do. PyTorch: Tensor.retain_grad.
func (t *Tensor) RetainGrad() *Tensor {
	if t.node == nil {
		fail("retain grad", "a tensor that does not require a gradient", "one that does", "", t)
	}
	if t.node.leaf == nil {
		t.node.hooks = append(t.node.hooks, gradHook{out: t.out, f: func(g *Tensor) *Tensor {
			if t.grad == nil {
				t.grad = g
			} else {
				t.grad = t.grad.Add(g)
			}
			return nil
		}})
	}
	return t
}

type gradHook struct {
	out int32
	f   func(g *Tensor) *Tensor
	id  *byte // identity for removal
}

// OnGrad calls f with the gradient of t during every backward pass, before it
// goes further. When f returns a tensor, that one goes on instead; nil changes
// nothing. The returned function removes the hook.
// PyTorch: Tensor.register_hook.
func (t *Tensor) OnGrad(f func(grad *Tensor) *Tensor) (remove func()) {
	if t.node == nil {
		fail("gradient hook", "a tensor that does not require a gradient", "one that does", "call SetRequiresGrad(true) first", t)
	}
	c, id := t.node, new(byte)
	c.hooks = append(c.hooks, gradHook{t.out, f, id})
	return func() {
		kept := make([]gradHook, 0, len(c.hooks))
		for _, h := range c.hooks {
			if h.id != id {
				kept = append(kept, h)
			}
		}
		c.hooks = kept
	}
}

// GradFn returns the name of the operation that computed t, "" for a leaf.
// PyTorch: Tensor.grad_fn.
func (t *Tensor) GradFn() string {
	if t.IsLeaf() {
		return ""
	}
	return t.node.name
}
