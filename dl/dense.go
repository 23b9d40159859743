package dl

import "descent/dl/internal/simd"

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
	got := Grad([]*Tensor{f(own)}, wanted, GradOptions{OutputGrads: []*Tensor{g}, CreateGraph: true, AllowUnused: true})
	for i, d := range got {
		out[at[i]] = d
	}
	return out
}

func sameBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g) }

// reluMasked returns g where y, the output of a ReLU, is positive, and zero
// elsewhere. Both are contiguous.
func reluMasked(g, y *Tensor) *Tensor {
	out := empty(g.dtype, g.shape)
	if g.dtype == Float32 {
		simd.ReLUGrad(out.f32(), g.f32(), y.f32())
		return out
	}
	d, s := span[float64](out), span[float64](g)
	for i, v := range span[float64](y) {
		if v > 0 {
			d[i] = s[i]
		}
	}
	return out
}

// positive is 1 where t, a contiguous tensor, is positive and 0 elsewhere,
// of t's type and without history.
func positive(t *Tensor) *Tensor {
	one := empty(t.dtype, t.shape)
	one.Fill(1)
	return reluMasked(one, t)
}
