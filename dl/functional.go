package dl

// Derivatives of functions of one tensor. Each calls f with a fresh leaf of x's
// numbers, so that gradients elsewhere stay as they are. When x itself requires
// a gradient the result can be differentiated again, with respect to x and to
// what f captures; otherwise its graph is given up. For a function of several
// tensors give one that captures the others.

// functionInput returns what f is to be called with, and whether to build a graph.
func functionInput(op string, x *Tensor) (in *Tensor, create bool) {
	needFloat(op, x)
	if tracked(x) {
		return x, true
	}
	return x.Detach().SetRequiresGrad(true), false
}

// functionOutput runs f on in with recording on.
func functionOutput(op string, f func(*Tensor) *Tensor, in *Tensor) *Tensor {
	var y *Tensor
	EnableGrad(func() { y = f(in) })
	if y == nil || !y.dtype.differentiable() {
		fail(op, "a function that gives no tensor of float32 or float64", "one that can be differentiated", "", in)
	}
	return y
}

// pull is the gradient of y with respect to in for the output gradient g; zeros
// when y does not depend on in.
func pull(y, in, g *Tensor, create bool) *Tensor {
	if y.node == nil {
		return ZerosLike(in.Detach())
	}
	var d *Tensor
	EnableGrad(func() {
		d = Grad([]*Tensor{y}, []*Tensor{in}, GradOptions{OutputGrads: []*Tensor{g}, CreateGraph: create, KeepGraph: true, AllowUnused: true})[0]
	})
	if d == nil {
		return ZerosLike(in.Detach())
	}
	return d
}

// settle cuts the graph of results that nothing will differentiate.
func settle(create bool, ts ...*Tensor) {
	for i, t := range ts {
		if !create {
			ts[i] = t.Detach()
		}
	}
}

// Jacobian returns the derivatives of every element of f(x) with respect to
// every element of x: [shape of f(x) × shape of x].
// PyTorch: torch.autograd.functional.jacobian, torch.func.jacrev, torch.func.jacfwd.
func Jacobian(f func(x *Tensor) *Tensor, x *Tensor) *Tensor {
	const op = "jacobian"
	in, create := functionInput(op, x)
	y := functionOutput(op, f, in)
	flat := y.Detach()
	rows := make([]*Tensor, y.n)
	for i := range y.n {
		stopIfInterrupted()
		one := ZerosOf(flat.dtype, y.n)
		one.put(i, 1)
		row := []*Tensor{pull(y, in, one.Reshape(y.shape...), create)}
		settle(create, row...)
		rows[i] = row[0]
	}
	shape := append(y.Shape(), x.shape...)
	if len(rows) == 0 {
		return ZerosOf(x.dtype, shape...)
	}
	return Stack(rows, 0).Reshape(shape...)
}

// Hessian returns the second derivatives of f(x), which has one element, with
// respect to all pairs of elements of x: [shape of x × shape of x].
// PyTorch: torch.autograd.functional.hessian, torch.func.hessian.
func Hessian(f func(x *Tensor) *Tensor, x *Tensor) *Tensor {
	const op = "hessian"
	return Jacobian(func(in *Tensor) *Tensor {
		y := functionOutput(op, f, in)
		needOne(op, y)
		return pull(y, in, OnesLike(y.Detach()), true)
	}, x)
}

func needOne(op string, y *Tensor) {
	if y.n != 1 {
		fail(op, "a function with a result of shape "+shapeText(y.shape), "one element", "add .Sum() or .Mean()", y)
	}
}

// VJP returns f(x) and the product of v, of f(x)'s shape, with its Jacobian: of
// x's shape. PyTorch: torch.autograd.functional.vjp, torch.func.vjp.
func VJP(f func(x *Tensor) *Tensor, x, v *Tensor) (y, product *Tensor) {
	const op = "vjp"
	in, create := functionInput(op, x)
	y = functionOutput(op, f, in)
	out := []*Tensor{y, pull(y, in, v.Expand(y.shape...), create || tracked(v))}
	settle(create || tracked(v), out...)
	return out[0], out[1]
}

// JVP returns f(x) and the product of its Jacobian with v, of x's shape: the
// derivative of f in the direction v. It differentiates VJP, which is linear in
// its v, so f must be differentiable twice.
// PyTorch: torch.autograd.functional.jvp, torch.func.jvp.
func JVP(f func(x *Tensor) *Tensor, x, v *Tensor) (y, product *Tensor) {
	const op = "jvp"
	in, create := functionInput(op, x)
	create = create || tracked(v)
	y = functionOutput(op, f, in)
	u := ZerosLike(y.Detach()).SetRequiresGrad(true)
	back := pull(y, in, u, true)
	out := []*Tensor{y, pull(back, u, v.Expand(x.shape...), create)}
	settle(create, out...)
	return out[0], out[1]
}

// HVP returns f(x), which has one element, and the product of its Hessian with
// v, of x's shape, without making the Hessian.
// PyTorch: torch.autograd.functional.hvp, torch.autograd.functional.vhp.
func HVP(f func(x *Tensor) *Tensor, x, v *Tensor) (y, product *Tensor) {
	const op = "hvp"
	in, create := functionInput(op, x)
	create = create || tracked(v)
	y = functionOutput(op, f, in)
	needOne(op, y)
	slope := pull(y, in, OnesLike(y.Detach()), true)
	out := []*Tensor{y, pull(slope, in, v.Expand(x.shape...), create)}
	settle(create, out...)
	return out[0], out[1]
}
