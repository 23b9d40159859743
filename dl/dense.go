package dl

// dense returns t, or a row-major copy of it without history, for code that
// works on slices.
func dense(t *Tensor) *Tensor {
	if t.IsContiguous() {
		return t
	}
	return t.Detach().Contiguous()
}

// goName is the name of the constant for d, as errors suggest it in code.
func goName(d DType) string {
	switch d {
	case Float32:
		return "Float32"
	case Float64:
		return "Float64"
	case Int64:
		return "Int64"
	case Int32:
		return "Int32"
	case Uint8:
		return "Uint8"
	case Bool:
		return "Bool"
	case BFloat16:
		return "BFloat16"
	default:
		return "Float16"
	}
}

// again is the backward pass of a fused operation when gradients of gradients
// are wanted: it computes the operation anew from differentiable operations,
// f, and differentiates that. in are the inputs as they were recorded.
func again(c *Context, g *Tensor, f func(in []*Tensor) *Tensor, in ...*Tensor) []*Tensor {
	return againMulti(c, []*Tensor{g}, func(in []*Tensor) []*Tensor { return []*Tensor{f(in)} }, in...)
}

// againMulti is again for an operation with several outputs. An entry of gs is
// nil when nothing depended on that output.
func againMulti(c *Context, gs []*Tensor, f func(in []*Tensor) []*Tensor, in ...*Tensor) []*Tensor {
	own := make([]*Tensor, len(in)) // one tensor for each use, also where one tensor is given twice
	var wanted []*Tensor
	var at []int
	for i, t := range in {
		if t == nil {
			continue
		}
		own[i] = t.alias(t.shape, t.strides, t.offset)
		if c.Needs(i) && record(own[i], "same", sameBackward, t) != nil {
			wanted = append(wanted, own[i])
			at = append(at, i)
		}
	}
	out := make([]*Tensor, len(in))
	if len(wanted) == 0 {
		return out
	}
	var outs, arrived []*Tensor
	for i, y := range f(own) {
		if gs[i] != nil {
			outs, arrived = append(outs, y), append(arrived, gs[i])
		}
	}
	got := Grad(outs, wanted, GradOptions{OutputGrads: arrived, CreateGraph: true, AllowUnused: true})
	for i, d := range got {
		out[at[i]] = d
	}
	return out
}

func sameBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g) }
