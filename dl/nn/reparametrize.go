package nn

import (
	"fmt"
	"reflect"

	"descent/dl"
	"descent/dl/internal/origin"
)

// weightOf finds the field Weight of a layer, of which a wrapper computes the value at each Forward.
func weightOf(op string, m Module) **dl.Tensor {
	v := reflect.ValueOf(m)
	if v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Struct {
		if f := v.Elem().FieldByName("Weight"); f.IsValid() && f.CanSet() && f.Type() == tensorType && !f.IsNil() {
			return f.Addr().Interface().(**dl.Tensor)
		}
	}
	panic(&dl.Error{Op: op, Got: "a module of type " + TypeName(m), Want: "a layer with one weight, as Linear and the convolutions have it"})
}

// normAcross is the norm of t over all axes but dim, which keep length 1; over all axes for dim -1.
func normAcross(t *dl.Tensor, dim int) *dl.Tensor {
	var axes []int
	for d := range t.Dim() {
		if d != dim {
			axes = append(axes, d)
		}
	}
	n := t.Norm(2, axes...)
	for _, d := range axes {
		n = n.Unsqueeze(d)
	}
	return n
}

// WeightNorm holds a layer whose weight is a direction times a length: weight_g·weight_v/‖weight_v‖, with a length for each
// output. The weight of the layer is computed anew in each Forward; the parameters are weight_g and weight_v.
//
// T. Salimans, D. Kingma, arXiv:1602.07868.
// PyTorch: nn.utils.weight_norm, nn.utils.parametrizations.weight_norm.
type WeightNorm struct {
	Length    *dl.Tensor  `nn:"weight_g"`
	Direction *dl.Tensor  `nn:"weight_v"`
	Inner     Module      `nn:"."`
	weight    **dl.Tensor `nn:"-"`
	dim       int
	layer     `nn:"-"`
}

// NewWeightNorm wraps a layer with a field Weight, from whose value it starts. dim is the axis that keeps lengths of its own,
// 0 in PyTorch unless said otherwise, or -1 for one length of the whole weight.
func NewWeightNorm(m Module, dim int) *WeightNorm {
	const op = "nn.NewWeightNorm"
	w := weightOf(op, m)
	if dim < -1 || dim >= (*w).Dim() {
		panic(&dl.Error{Op: op, Shapes: [][]int{(*w).Shape()}, Got: fmt.Sprintf("axis %d of a weight of shape %s", dim, shapeText((*w).Shape())), Want: "one of its axes, or -1"})
	}
	v := (*w).Detach().Clone()
	l := &WeightNorm{Length: dl.NewParameter(normAcross(v, dim)), Direction: dl.NewParameter(v), Inner: m, weight: w, dim: dim}
	l.compute()
	return l
}

func (l *WeightNorm) compute() {
	*l.weight = l.Direction.Mul(l.Length.Div(normAcross(l.Direction, l.dim)))
}

// Forward computes the weight and runs the layer.
func (l *WeightNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	l.compute()
	return l.out(x, l.Inner.Forward(x))
}

// Remove gives the layer its present weight as a parameter of its own and returns it; the wrapper is of no more use.
//
// PyTorch: nn.utils.remove_weight_norm.
func (l *WeightNorm) Remove() Module {
	l.compute()
	*l.weight = dl.NewParameter((*l.weight).Detach())
	return l.Inner
}

// String shows the layer inside.
func (l *WeightNorm) String() string { return fmt.Sprintf("WeightNorm(%s)", Describe(l.Inner)) }

// SpectralNorm holds a layer whose weight, taken as a matrix with the outputs as rows, is divided by its largest singular
// value. The singular vectors are followed by a step of power iteration in each Forward while training.
//
// T. Miyato et al., arXiv:1802.05957.
// PyTorch: nn.utils.spectral_norm, nn.utils.parametrizations.spectral_norm.
type SpectralNorm struct {
	Weight  *dl.Tensor          `nn:"weight_orig"`
	U       *dl.Tensor          `nn:"weight_u,buffer"` // [outputs]
	V       *dl.Tensor          `nn:"weight_v,buffer"` // [the rest]
	Inner   Module              `nn:"."`
	Options SpectralNormOptions `nn:"-"`
	weight  **dl.Tensor         `nn:"-"`
	Mode
	layer `nn:"-"`
}

// SpectralNormOptions are the choices for [SpectralNorm].
type SpectralNormOptions struct {
	Dim   int     // axis of the outputs: 0, but 1 for transposed convolutions
	Steps int     // of power iteration in each Forward; 0 means 1
	Eps   float64 // least norm of a vector; 0 means 1e-12
}

// NewSpectralNorm wraps a layer with a field Weight, from whose value it starts.
func NewSpectralNorm(m Module, o SpectralNormOptions) *SpectralNorm {
	const op = "nn.NewSpectralNorm"
	w := weightOf(op, m)
	if o.Dim < 0 || o.Dim >= (*w).Dim() || o.Steps < 0 {
		panic(&dl.Error{Op: op, Shapes: [][]int{(*w).Shape()}, Got: fmt.Sprintf("axis %d of a weight of shape %s, %d steps", o.Dim, shapeText((*w).Shape()), o.Steps),
			Want: "one of its axes, and a positive number of steps"})
	}
	if o.Steps == 0 {
		o.Steps = 1
	}
	if o.Eps == 0 {
		o.Eps = 1e-12
	}
	l := &SpectralNorm{Weight: dl.NewParameter((*w).Detach().Clone()), Inner: m, Options: o, weight: w}
	rows := l.matrix().Size(0)
	unit := func(n int) *dl.Tensor { return dl.Randn(n).To(l.Weight.DType()).Normalize(2, 0, o.Eps) }
	l.U, l.V = unit(rows), unit(l.Weight.Numel()/rows)
	l.iterate(15) // PyTorch's newer form starts from here too
	l.compute()
	return l
}

// matrix is the weight with the outputs as rows.
func (l *SpectralNorm) matrix() *dl.Tensor {
	return l.Weight.MoveDim(l.Options.Dim, 0).Flatten(1)
}

func (l *SpectralNorm) iterate(steps int) {
	dl.NoGrad(func() {
		w := l.matrix()
		u, v := l.U, l.V
		for range steps {
			v = w.T().MatMul(u).Normalize(2, 0, l.Options.Eps)
			u = w.MatMul(v).Normalize(2, 0, l.Options.Eps)
		}
		l.U.CopyFrom(u)
		l.V.CopyFrom(v)
	})
}

func (l *SpectralNorm) compute() {
	u, v := l.U.Clone(), l.V.Clone() // the next iteration must not change what the backward pass reads
	sigma := u.Dot(l.matrix().MatMul(v))
	*l.weight = l.Weight.Div(sigma)
}

// Forward computes the weight and runs the layer.
func (l *SpectralNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if l.Training() {
		l.iterate(l.Options.Steps)
	}
	l.compute()
	return l.out(x, l.Inner.Forward(x))
}

// Remove gives the layer its present weight as a parameter of its own and returns it; the wrapper is of no more use.
//
// PyTorch: nn.utils.remove_spectral_norm.
func (l *SpectralNorm) Remove() Module {
	l.compute()
	*l.weight = dl.NewParameter((*l.weight).Detach())
	return l.Inner
}

// String shows the layer inside.
func (l *SpectralNorm) String() string { return fmt.Sprintf("SpectralNorm(%s)", Describe(l.Inner)) }

// Orthogonal holds a layer whose weight, taken as a matrix of its first axis and the rest, has orthonormal columns, or rows
// where it has more columns than rows: base·exp(a - aᵀ), where a is the lower triangle of the parameter, square and as
// large as the shorter side.
//
// M. Lezcano-Casado, D. Martínez-Rubio, arXiv:1901.08428.
// PyTorch: nn.utils.parametrizations.orthogonal(orthogonal_map="matrix_exp").
type Orthogonal struct {
	Angles *dl.Tensor  `nn:"angles"`
	Base   *dl.Tensor  `nn:"base,buffer"`
	Inner  Module      `nn:"."`
	weight **dl.Tensor `nn:"-"`
	shape  []int
	layer  `nn:"-"`
}

// NewOrthogonal wraps a layer with a field Weight. It starts from the orthogonal matrix that is nearest to the weight.
func NewOrthogonal(m Module) *Orthogonal {
	const op = "nn.NewOrthogonal"
	w := weightOf(op, m)
	if (*w).Dim() < 2 || (*w).Numel() == 0 {
		panic(&dl.Error{Op: op, Shapes: [][]int{(*w).Shape()}, Got: "a weight of shape " + shapeText((*w).Shape()), Want: "at least two axes"})
	}
	l := &Orthogonal{Inner: m, weight: w, shape: (*w).Shape()}
	a := (*w).Detach().Flatten(1)
	if a.Size(0) < a.Size(1) {
		a = a.T()
	}
	u, _, vt := a.SVD()
	l.Base = u.MatMul(vt)
	k := a.Size(1)
	l.Angles = dl.NewParameter(dl.ZerosOf(a.DType(), k, k))
	l.compute()
	return l
}

func (l *Orthogonal) compute() {
	a := l.Angles.Tril(-1)
	q := l.Base.MatMul(a.Sub(a.T()).MatrixExp())
	if l.shape[0] < l.Base.Size(0) { // the rows are the shorter side
		q = q.T()
	}
	*l.weight = q.Reshape(l.shape...)
}

// Forward computes the weight and runs the layer.
func (l *Orthogonal) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	l.compute()
	return l.out(x, l.Inner.Forward(x))
}

// String shows the layer inside.
func (l *Orthogonal) String() string { return fmt.Sprintf("Orthogonal(%s)", Describe(l.Inner)) }
