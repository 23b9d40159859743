package dl

import (
	"slices"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// beforeWrite panics when a plain write to t would make gradients wrong or
// would hit an element that stands for several.
func (t *Tensor) beforeWrite(op string) {
	if t.node != nil && GradEnabled() {
		if t.node.leaf != nil {
			fail(op, "a leaf that requires a gradient", "a tensor that may be changed in place",
				"wrap it in dl.NoGrad(func() { … }), or write to t.Detach()", t)
		}
		fail(op, "the result of "+t.node.name+", whose gradient would be wrong afterwards", "a tensor without history",
			"use Where, MaskedFill or Scatter, or write to a Clone of t.Detach()", t)
	}
	if !t.writable() {
		fail(op, "an expanded tensor, in which one number stands for many", "a tensor with memory for every element",
			"make a copy first: t.Clone()", t)
	}
}

// inPlace replaces t's elements by f of them, recording it when needed. f gets
// the old values with t's history and returns a tensor of t's shape.
func (t *Tensor) inPlace(op string, f func(old *Tensor) *Tensor, others ...*Tensor) *Tensor {
	track := tracked(append(others, t)...)
	if !track {
		t.beforeWrite(op)
		var out *Tensor
		NoGrad(func() { out = f(t.Detach()) })
		t.replace(op, out)
		return t
	}
	if t.node != nil && t.node.leaf != nil {
		t.beforeWrite(op)
	}
	if t.store.viewed.Load() {
		fail(op, "a tensor that has views, with recording on", "a tensor whose memory no view shares",
			"use the form that does not end in InPlace", t)
	}
	old := t.copied() // what the backward pass needs must outlive the change
	old.node, old.out = t.node, t.out
	out := f(old)
	t.replace(op, out)
	t.node, t.out = out.node, out.out
	return t
}

// replace overwrites t's elements by those of out.
func (t *Tensor) replace(op string, out *Tensor) {
	if !slices.Equal(out.shape, t.shape) {
		fail(op, "a result of shape "+shapeText(out.shape), "the tensor's own shape "+shapeText(t.shape),
			"use the form that does not end in InPlace", t)
	}
	if out.dtype != t.dtype {
		if out.dtype.category() > t.dtype.category() {
			fail(op, "a result of "+out.dtype.String()+" for a tensor of "+t.dtype.String(), "a type that the tensor can hold",
				"convert it first: t.To(dl."+dtypeConst(out.dtype)+")", t)
		}
		out = out.Detach().To(t.dtype)
	}
	scatter(t, out.dense())
	t.BumpVersion()
}

func dtypeConst(d DType) string {
	return [...]string{"Float32", "Float64", "Int64", "Int32", "Uint8", "Bool", "BFloat16", "Float16"}[d]
}

// plain reports whether t op= o can run directly on float32 memory.
func plain(t, o *Tensor) bool {
	return t.dtype == Float32 && o.dtype == Float32 && slices.Equal(t.shape, o.shape) &&
		t.IsContiguous() && o.IsContiguous() && !tracked(t, o) &&
		(t.store != o.store || t.offset == o.offset) // views that overlap are computed apart first
}

// AddInPlace adds o to t. PyTorch: Tensor.add_.
func (t *Tensor) AddInPlace(o *Tensor) *Tensor { return t.AddScaledInPlace(o, 1) }

// AddScaledInPlace adds alpha·o to t. PyTorch: Tensor.add_(o, alpha=…).
func (t *Tensor) AddScaledInPlace(o *Tensor, alpha float64) *Tensor {
	if plain(t, o) {
		t.beforeWrite("add in place")
		dst, src := t.f32(), o.f32()
		if len(dst) <= grain {
			addScaled(dst, src, float32(alpha))
		} else {
			par.For(len(dst), grain, func(lo, hi int) { addScaled(dst[lo:hi], src[lo:hi], float32(alpha)) })
		}
		t.BumpVersion()
		return t
	}
	return t.inPlace("add in place", func(old *Tensor) *Tensor {
		if alpha == 1 {
			return old.Add(o)
		}
		return old.Add(o.MulScalar(alpha))
	}, o)
}

func addScaled(dst, src []float32, alpha float32) {
	if alpha == 1 {
		simd.Add(dst, dst, src)
	} else {
		simd.Axpy(dst, src, alpha)
	}
}

// SubInPlace subtracts o from t. PyTorch: Tensor.sub_.
func (t *Tensor) SubInPlace(o *Tensor) *Tensor {
	return t.inPlace("sub in place", func(old *Tensor) *Tensor { return old.Sub(o) }, o)
}

// MulInPlace multiplies t by o. PyTorch: Tensor.mul_.
func (t *Tensor) MulInPlace(o *Tensor) *Tensor {
	return t.inPlace("mul in place", func(old *Tensor) *Tensor { return old.Mul(o) }, o)
}

// DivInPlace divides t by o. PyTorch: Tensor.div_.
func (t *Tensor) DivInPlace(o *Tensor) *Tensor {
	return t.inPlace("div in place", func(old *Tensor) *Tensor { return old.Div(o) }, o)
}

// AddScalarInPlace adds v to every element. PyTorch: Tensor.add_.
func (t *Tensor) AddScalarInPlace(v float64) *Tensor {
	return t.inPlace("add in place", func(old *Tensor) *Tensor { return old.AddScalar(v) })
}

// MulScalarInPlace multiplies every element by v. PyTorch: Tensor.mul_.
func (t *Tensor) MulScalarInPlace(v float64) *Tensor {
	if t.dtype == Float32 && t.IsContiguous() && !tracked(t) {
		t.beforeWrite("mul in place")
		simd.MulScalar(t.f32(), t.f32(), float32(v))
		t.BumpVersion()
		return t
	}
	return t.inPlace("mul in place", func(old *Tensor) *Tensor { return old.MulScalar(v) })
}

// ClampInPlace limits every element to [lo, hi]. PyTorch: Tensor.clamp_.
func (t *Tensor) ClampInPlace(lo, hi float64) *Tensor {
	return t.inPlace("clamp in place", func(old *Tensor) *Tensor { return old.Clamp(lo, hi) })
}

// ReLUInPlace sets negative elements to zero. PyTorch: Tensor.relu_.
func (t *Tensor) ReLUInPlace() *Tensor {
	return t.inPlace("relu in place", func(old *Tensor) *Tensor { return old.ReLU() })
}

// MaskedFillInPlace sets the elements where mask is true to v.
// PyTorch: Tensor.masked_fill_.
func (t *Tensor) MaskedFillInPlace(mask *Tensor, v float64) *Tensor {
	return t.inPlace("masked fill in place", func(old *Tensor) *Tensor { return old.MaskedFill(mask, v) })
}

// SubScalarInPlace subtracts v from every element. PyTorch: Tensor.sub_.
func (t *Tensor) SubScalarInPlace(v float64) *Tensor { return t.AddScalarInPlace(-v) }

// DivScalarInPlace divides every element by v. PyTorch: Tensor.div_.
func (t *Tensor) DivScalarInPlace(v float64) *Tensor {
	return t.inPlace("div in place", func(old *Tensor) *Tensor { return old.DivScalar(v) })
}

// NegInPlace changes the sign of every element. PyTorch: Tensor.neg_.
func (t *Tensor) NegInPlace() *Tensor { return t.inPlace("neg in place", (*Tensor).Neg) }

// AbsInPlace takes the absolute value of every element. PyTorch: Tensor.abs_.
func (t *Tensor) AbsInPlace() *Tensor { return t.inPlace("abs in place", (*Tensor).Abs) }

// ExpInPlace takes the exponential of every element. PyTorch: Tensor.exp_.
func (t *Tensor) ExpInPlace() *Tensor { return t.inPlace("exp in place", (*Tensor).Exp) }

// LogInPlace takes the logarithm of every element. PyTorch: Tensor.log_.
func (t *Tensor) LogInPlace() *Tensor { return t.inPlace("log in place", (*Tensor).Log) }

// SqrtInPlace takes the square root of every element. PyTorch: Tensor.sqrt_.
func (t *Tensor) SqrtInPlace() *Tensor { return t.inPlace("sqrt in place", (*Tensor).Sqrt) }

// TanhInPlace applies Tanh to every element. PyTorch: Tensor.tanh_.
func (t *Tensor) TanhInPlace() *Tensor { return t.inPlace("tanh in place", (*Tensor).Tanh) }

// SigmoidInPlace applies Sigmoid to every element. PyTorch: Tensor.sigmoid_.
func (t *Tensor) SigmoidInPlace() *Tensor { return t.inPlace("sigmoid in place", (*Tensor).Sigmoid) }

// PowInPlace raises every element to the power p. PyTorch: Tensor.pow_.
func (t *Tensor) PowInPlace(p float64) *Tensor {
	return t.inPlace("pow in place", func(old *Tensor) *Tensor { return old.Pow(p) })
}

// ScatterInPlace writes the elements of src at the places that idx names along
// dim. PyTorch: Tensor.scatter_.
func (t *Tensor) ScatterInPlace(dim int, idx, src *Tensor) *Tensor {
	return t.inPlace("scatter in place", func(old *Tensor) *Tensor { return old.Scatter(dim, idx, src) }, src)
}

// ScatterAddInPlace adds the elements of src at the places that idx names
// along dim. PyTorch: Tensor.scatter_add_.
func (t *Tensor) ScatterAddInPlace(dim int, idx, src *Tensor) *Tensor {
	return t.inPlace("scatter add in place", func(old *Tensor) *Tensor { return old.ScatterAdd(dim, idx, src) }, src)
}

// IndexAddInPlace adds the entries of src at the places of dim that idx lists.
// PyTorch: Tensor.index_add_.
func (t *Tensor) IndexAddInPlace(dim int, idx, src *Tensor) *Tensor {
	return t.inPlace("index add in place", func(old *Tensor) *Tensor { return old.IndexAdd(dim, idx, src) }, src)
}

// CopyFrom overwrites t with o, stretched to t's shape and converted to its
// type. PyTorch: Tensor.copy_.
func (t *Tensor) CopyFrom(o *Tensor) *Tensor {
	if tracked(t, o) {
		return t.inPlace("copy", func(old *Tensor) *Tensor { return o.Expand(old.shape...).To(old.dtype).Clone() }, o)
	}
	t.beforeWrite("copy")
	src := o.Detach().expanded("copy", t.shape).To(t.dtype)
	if src.store == t.store {
		src = src.copied() // the two may overlap
	}
	scatter(t, src.dense())
	t.BumpVersion()
	return t
}

// Fill sets every element to v. PyTorch: Tensor.fill_.
func (t *Tensor) Fill(v float64) *Tensor {
	t.beforeWrite("fill")
	switch {
	case t.n == 0:
	case !t.IsContiguous():
		scatter(t, FullOf(t.dtype, v, t.shape...))
	default:
		switch t.dtype {
		case Float32:
			fill(t.f32(), float32(v))
		case Float64:
			fill(span[float64](t), v)
		case Int64:
			fill(span[int64](t), int64(v))
		case Int32:
			fill(span[int32](t), int32(v))
		default:
			for i := range t.n {
				t.put(t.offset+i, v)
			}
		}
	}
	t.BumpVersion()
	return t
}

func fill[T element](dst []T, v T) {
	for i := range dst {
		dst[i] = v
	}
}

// Zero sets every element to zero. PyTorch: Tensor.zero_.
func (t *Tensor) Zero() *Tensor { return t.Fill(0) }
