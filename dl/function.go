package dl

import "fmt"

// Function is a differentiable operation that you define yourself: how to
// compute it, and how gradients of its output become gradients of its inputs.
//
//	// square is x², with its derivative 2x written by hand.
//	square := &dl.Function{
//		Name: "square",
//		Forward: func(c *dl.Context, in []*dl.Tensor) *dl.Tensor {
//			c.Save(in[0])
//			return in[0].Mul(in[0])
//		},
//		Backward: func(c *dl.Context, grad *dl.Tensor) []*dl.Tensor {
//			x := c.Saved(0)
//			return []*dl.Tensor{grad.Mul(x).MulScalar(2)}
//		},
//	}
//	y := dl.Apply(square, x)
//
// Forward runs without recording. Backward returns one gradient per input, in
// order and of the input's shape; nil stands for "none" and is right for inputs
// where c.Needs(i) is false. When Backward is written with dl's operations, as
// above, gradients of gradients work too.
//
// PyTorch: torch.autograd.Function.
type Function struct {
	Name     string
	Forward  func(c *Context, in []*Tensor) *Tensor
	Backward func(c *Context, grad *Tensor) []*Tensor
}

// MultiFunction is a Function with several outputs, as a recurrent layer that
// gives its outputs and its last state. An entry of grads is nil when nothing
// depended on that output.
type MultiFunction struct {
	Name     string
	Forward  func(c *Context, in []*Tensor) []*Tensor
	Backward func(c *Context, grads []*Tensor) []*Tensor
}

// Context carries what the forward pass of an operation leaves for its
// backward pass. One is made for each call.
type Context struct {
	// Data is for whatever the forward pass wants to hand on that is no
	// tensor: options, shapes, index lists, or a differentiation plan.
	Data any

	name   string
	back   func(c *Context, g *Tensor) []*Tensor
	backs  func(c *Context, gs []*Tensor) []*Tensor // instead of back, for several outputs
	seq    uint64
	edges  []edge
	saved  []savedTensor
	leaf   *Tensor // for the accumulator of a leaf
	hooks  []gradHook
	outs   int32
	freed  bool // the saved tensors were given up by a backward pass
	custom bool // made by Apply: gradients it returns are checked
	inMeta []meta
	made   *made // where it was called; nil unless anomalies are looked for

	// Small arguments of dl's own operations, so that they need no closure.
	i, j  int
	f     float64
	shape []int

	edgeBuf  [2]edge
	savedBuf [2]savedTensor
	ret      [2]*Tensor
}

// meta is the shape and type that a gradient must have.
type meta struct {
	shape []int
	dtype DType
}

// edge points at the node that computed an input, and which output of it.
type edge struct {
	node *Context
	out  int32
}

type savedTensor struct {
	t       *Tensor
	version uint32
}

// Name returns the name of the operation.
func (c *Context) Name() string { return c.name }

// Save keeps tensors for the backward pass. Changing one of them in place
// afterwards is detected there. PyTorch: ctx.save_for_backward.
func (c *Context) Save(ts ...*Tensor) {
	if c.saved == nil && len(ts) <= len(c.savedBuf) {
		c.saved = c.savedBuf[:0]
	}
	for _, t := range ts {
		s := savedTensor{t: t}
		if t != nil {
			s.version = t.store.version.Load()
		}
		c.saved = append(c.saved, s)
	}
}

// Saved returns the i-th tensor given to Save, and panics when it was changed
// in place since, or given up by an earlier backward pass.
// PyTorch: ctx.saved_tensors[i].
func (c *Context) Saved(i int) *Tensor {
	if c.freed {
		panic(&Error{Op: "backward of " + c.name, Got: "a graph that was used before",
			Want: "one backward pass per forward pass",
			Hint: "run the forward pass again, or keep the graph: y.BackwardKeep()"})
	}
	s := c.saved[i]
	if s.t != nil && s.t.store.version.Load() != s.version {
		if s.t.store.freed {
			usedFreed()
		}
		panic(&Error{Op: "backward of " + c.name, Shapes: [][]int{s.t.Shape()},
			Got: fmt.Sprintf("a tensor of shape %s that was changed in place after %s had used it (version %d, was %d)",
				shapeText(s.t.shape), c.name, s.t.store.version.Load(), s.version),
			Want: "the values of the forward pass",
			Hint: "use the form that does not end in InPlace, change a Clone(), or step the optimizer after Backward"})
	}
	return s.t
}

// Needs reports whether the gradient of input i is wanted.
// PyTorch: ctx.needs_input_grad[i].
func (c *Context) Needs(i int) bool { return i < len(c.edges) && c.edges[i].node != nil }

// gives is the result of a backward with one or two inputs, without garbage.
func (c *Context) gives(gs ...*Tensor) []*Tensor {
	c.ret = [2]*Tensor{}
	return append(c.ret[:0], gs...)
}

// Apply computes f of the inputs and records it when one of them requires a
// gradient. PyTorch: Function.apply.
func Apply(f *Function, inputs ...*Tensor) *Tensor {
	if f.Forward == nil {
		panic(&Error{Op: f.Name, Got: "a Function without Forward", Want: "both Forward and Backward"})
	}
	if !tracked(inputs...) {
		var out *Tensor
		NoGrad(func() { out = f.Forward(&Context{name: f.Name}, inputs) })
		return f.check(out)
	}
	c := &Context{name: f.Name, back: f.Backward, custom: true, outs: 1}
	c.link(inputs)
	var out *Tensor
	NoGrad(func() { out = f.check(f.Forward(c, inputs)) })
	return c.adopt(out, inputs, 0)
}

func (f *Function) check(out *Tensor) *Tensor {
	if out == nil {
		panic(&Error{Op: f.Name, Got: "a Forward that returned nil", Want: "a tensor"})
	}
	return out
}

// ApplyMulti is Apply for operations with several outputs. Integer outputs,
// as indices, carry no gradient. PyTorch: torch.autograd.Function.apply.
func ApplyMulti(f *MultiFunction, inputs ...*Tensor) []*Tensor {
	if f.Forward == nil {
		panic(&Error{Op: f.Name, Got: "a MultiFunction without Forward", Want: "both Forward and Backward"})
	}
	var outs []*Tensor
	if !tracked(inputs...) {
		NoGrad(func() { outs = f.Forward(&Context{name: f.Name}, inputs) })
		return outs
	}
	c := &Context{name: f.Name, backs: f.Backward, custom: true}
	c.link(inputs)
	NoGrad(func() { outs = f.Forward(c, inputs) })
	c.outs = int32(len(outs))
	outs = append([]*Tensor(nil), outs...)
	for i, o := range outs {
		if o != nil && o.dtype.differentiable() {
			outs[i] = c.adopt(o, inputs, int32(i))
		}
	}
	return outs
}

// adopt makes out the result of c. A Forward that returns one of its inputs,
// or a tensor with a history, gets a new tensor on the same memory, so that
// no history is overwritten.
func (c *Context) adopt(out *Tensor, inputs []*Tensor, i int32) *Tensor {
	if !out.dtype.differentiable() {
		fail(c.name, "an output of "+out.dtype.String()+" from inputs that require gradients",
			"float32 or float64", "Detach the inputs, or give the output's type with To", out)
	}
	fresh := out.node == nil
	for _, in := range inputs {
		fresh = fresh && in != out
	}
	if !fresh {
		out.store.viewed.Store(true)
		old := out
		out = old.alias(old.shape, old.strides, old.offset)
		for k := range c.saved { // the saved output must carry the new history
			if c.saved[k].t == old && old.node == nil {
				c.saved[k].t = out
			}
		}
	}
	out.node, out.out = c, i
	if c.made != nil && tracing.Load() > 0 {
		c.made.values = keepSmall(c.made.values, int(i), out)
	}
	return out
}
