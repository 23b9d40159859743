package nn

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/internal/origin"
)

// MultiheadAttention lets each step of a sequence look at all steps of another, or of its own, in several heads that look
// for different things.
//
//	input  [L, N, Features], or [N, L, Features] with BatchFirst
//	output the same
//
// Forward is self-attention without a mask, so that the layer fits into a [Sequential]; [MultiheadAttention.Attend] takes
// queries, keys, values and masks.
//
// A. Vaswani et al.: Attention Is All You Need, arXiv:1706.03762.
// PyTorch: nn.MultiheadAttention.
type MultiheadAttention struct {
	InProjWeight *dl.Tensor                `nn:"in_proj_weight"` // [3·Features, Features]: of queries, keys and values; nil when these differ in size
	QProjWeight  *dl.Tensor                `nn:"q_proj_weight"`  // [Features, Features], when keys or values differ in size
	KProjWeight  *dl.Tensor                `nn:"k_proj_weight"`  // [Features, KeyFeatures], likewise
	VProjWeight  *dl.Tensor                `nn:"v_proj_weight"`  // [Features, ValueFeatures], likewise
	InProjBias   *dl.Tensor                `nn:"in_proj_bias"`   // [3·Features], nil without biases
	OutProj      *Linear                   `nn:"out_proj"`
	Features     int                       `nn:"-"`
	Heads        int                       `nn:"-"`
	Options      MultiheadAttentionOptions `nn:"-"`
	Mode
	layer `nn:"-"`
}

// MultiheadAttentionOptions are the choices for a [MultiheadAttention]; the zero value is PyTorch's default.
type MultiheadAttentionOptions struct {
	Dropout       float64 // probability of dropping an attention weight while training
	NoBias        bool    // leaves the biases out
	BatchFirst    bool    // inputs and outputs are [N, L, Features] instead of [L, N, Features]
	KeyFeatures   int     // of the keys, when they differ from the queries
	ValueFeatures int     // of the values, when they differ from the queries
}

// NewMultiheadAttention makes a [MultiheadAttention] for so many features, which the heads share among them.
//
//	nn.NewMultiheadAttention(128, 4, nn.MultiheadAttentionOptions{BatchFirst: true})
//
// PyTorch: nn.MultiheadAttention(features, heads, …).
func NewMultiheadAttention(features, heads int, o MultiheadAttentionOptions) *MultiheadAttention {
	const op = "nn.NewMultiheadAttention"
	positive(op, "features", features)
	positive(op, "heads", heads)
	if features%heads != 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d features and %d heads", features, heads), Want: "features that the heads divide"})
	}
	if !(o.Dropout >= 0 && o.Dropout < 1) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("dropout %g", o.Dropout), Want: "a probability in [0, 1)"})
	}
	l := &MultiheadAttention{Features: features, Heads: heads, Options: o}
	kf, vf := orFeatures(o.KeyFeatures, features), orFeatures(o.ValueFeatures, features)
	if kf == features && vf == features {
		l.InProjWeight = InitXavierUniform(parameter(3*features, features), 1)
	} else {
		l.QProjWeight = InitXavierUniform(parameter(features, features), 1)
		l.KProjWeight = InitXavierUniform(parameter(features, kf), 1)
		l.VProjWeight = InitXavierUniform(parameter(features, vf), 1)
	}
	l.OutProj = NewLinearWith(features, features, LinearOptions{NoBias: o.NoBias})
	if !o.NoBias {
		l.InProjBias = parameter(3 * features)
		InitConstant(l.OutProj.Bias, 0)
	}
	return l
}

func orFeatures(n, def int) int {
	if n == 0 {
		return def
	}
	return n
}

// AttendOptions say what may be looked at. As in PyTorch's layers, true in a mask of Bool hides something; other masks are
// added to the scores, so that -Inf hides.
type AttendOptions struct {
	Mask       *dl.Tensor // [L, S] for all, or [N·Heads, L, S]
	KeyPadding *dl.Tensor // [N, S]: keys that stand beyond the end of their sequence
	Causal     bool       // hides what comes later
}

// Forward is self-attention without a mask.
func (l *MultiheadAttention) Forward(x *dl.Tensor) *dl.Tensor {
	return l.Attend(x, x, x, AttendOptions{})
}

// Attend gives, for each query, what the values say that belong to the keys it looks at.
//
//	q [L, N, Features], k [S, N, KeyFeatures], v [S, N, ValueFeatures] → [L, N, Features], N first with BatchFirst
func (l *MultiheadAttention) Attend(q, k, v *dl.Tensor, o AttendOptions) *dl.Tensor {
	defer name(l, origin.Moment())
	out, _ := l.attend(q, k, v, o, false)
	return l.out(q, out)
}

// AttendWeights is [MultiheadAttention.Attend] that also gives the weights, averaged over the heads: [N, L, S]. It needs
// memory for all of them. Weights come without dropout.
func (l *MultiheadAttention) AttendWeights(q, k, v *dl.Tensor, o AttendOptions) (out, weights *dl.Tensor) {
	defer name(l, origin.Moment())
	out, weights = l.attend(q, k, v, o, true)
	return l.out(q, out), weights
}

func (l *MultiheadAttention) attend(q, k, v *dl.Tensor, o AttendOptions, wantWeights bool) (out, weights *dl.Tensor) {
	l.check(q, "queries", l.Features)
	l.check(k, "keys", orFeatures(l.Options.KeyFeatures, l.Features))
	l.check(v, "values", orFeatures(l.Options.ValueFeatures, l.Features))
	self := q == k && k == v && l.InProjWeight != nil && !wantWeights
	if !l.Options.BatchFirst {
		q, k, v = q.Transpose(0, 1), k.Transpose(0, 1), v.Transpose(0, 1)
	}
	n, steps := q.Size(0), q.Size(1)
	if k.Size(0) != n || v.Size(0) != n {
		panic(&dl.Error{Op: "nn.MultiheadAttention", Shapes: [][]int{q.Shape(), k.Shape(), v.Shape()},
			Got: fmt.Sprintf("batches of %d queries, %d keys and %d values", n, k.Size(0), v.Size(0)), Want: "batches of one size",
			Hint: "set BatchFirst when the batch axis is first"})
	}
	a := dl.AttentionOptions{Causal: o.Causal, Mask: l.mask(o, n, steps, k.Size(1), q.DType())}
	if l.Training() {
		a.Dropout = l.Options.Dropout
	}
	var y *dl.Tensor
	if self {
		y = dl.SelfAttention(dl.Linear(q, l.InProjWeight, l.InProjBias), l.Heads, a)
	} else {
		q, k, v = l.heads(q, 0), l.heads(k, 1), l.heads(v, 2)
		y = dl.ScaledDotProductAttention(q, k, v, a).Transpose(1, 2).Reshape(n, steps, l.Features)
	}
	if wantWeights {
		// The weights themselves are what the attention makes of values that are the rows of an identity matrix.
		s := k.Size(2)
		unit := dl.Eye(s).To(q.DType()).Expand(n, l.Heads, s, s)
		a.Dropout = 0
		weights = dl.ScaledDotProductAttention(q, k, unit, a).Mean(1)
	}
	out = l.OutProj.Forward(y)
	if !l.Options.BatchFirst {
		out = out.Transpose(0, 1)
	}
	return out, weights
}

// heads projects the queries, keys or values (part 0, 1 or 2) and splits them: [N, Heads, L, Features/Heads].
func (l *MultiheadAttention) heads(x *dl.Tensor, part int) *dl.Tensor {
	w := []*dl.Tensor{l.QProjWeight, l.KProjWeight, l.VProjWeight}[part]
	if l.InProjWeight != nil {
		w = l.InProjWeight.Narrow(0, part*l.Features, l.Features)
	}
	var b *dl.Tensor
	if l.InProjBias != nil {
		b = l.InProjBias.Narrow(0, part*l.Features, l.Features)
	}
	return dl.Linear(x, w, b).Reshape(x.Size(0), x.Size(1), l.Heads, l.Features/l.Heads).Transpose(1, 2)
}

// mask joins the masks into one that is added to scores [N, Heads, L, S].
func (l *MultiheadAttention) mask(o AttendOptions, n, steps, keys int, dt dl.DType) *dl.Tensor {
	var m *dl.Tensor
	if o.Mask != nil {
		m = added(o.Mask, dt)
		switch shape := o.Mask.Shape(); shapeText(shape) {
		case shapeText([]int{steps, keys}):
		case shapeText([]int{n * l.Heads, steps, keys}):
			m = m.Reshape(n, l.Heads, steps, keys)
		default:
			panic(&dl.Error{Op: "nn.MultiheadAttention", Shapes: [][]int{shape}, Got: "a mask of shape " + shapeText(shape),
				Want: fmt.Sprintf("[%d×%d], queries×keys, or [%d×%d×%d], with batch·heads", steps, keys, n*l.Heads, steps, keys)})
		}
	}
	if o.KeyPadding != nil {
		if shape := o.KeyPadding.Shape(); shapeText(shape) != shapeText([]int{n, keys}) {
			panic(&dl.Error{Op: "nn.MultiheadAttention", Shapes: [][]int{shape}, Got: "a key padding of shape " + shapeText(shape),
				Want: fmt.Sprintf("[%d×%d], batch×keys", n, keys)})
		}
		p := added(o.KeyPadding, dt).Reshape(n, 1, 1, keys)
		if m == nil {
			return p
		}
		m = m.Add(p)
	}
	return m
}

// added turns a mask whose true elements hide into one that is added.
func added(m *dl.Tensor, dt dl.DType) *dl.Tensor {
	if m.DType() != dl.Bool {
		return m.To(dt)
	}
	return dl.ZerosOf(dt, m.Shape()...).MaskedFill(m, math.Inf(-1))
}

func (l *MultiheadAttention) check(x *dl.Tensor, what string, features int) {
	if x.Dim() == 3 && x.Size(2) == features {
		return
	}
	shape := x.Shape()
	layout := "[steps×batch×%d features]"
	if l.Options.BatchFirst {
		layout = "[batch×steps×%d features]"
	}
	e := &dl.Error{Op: "nn.MultiheadAttention", Shapes: [][]int{shape}, Got: what + " of shape " + shapeText(shape),
		Want: fmt.Sprintf(layout, features)}
	if len(shape) == 2 && shape[1] == features {
		e.Hint = "a single sequence needs a batch axis: x.Unsqueeze(0) with BatchFirst, else x.Unsqueeze(1)"
	}
	panic(e)
}

// String describes the layer: "MultiheadAttention(128, 4 heads)".
func (l *MultiheadAttention) String() string {
	text := fmt.Sprintf("MultiheadAttention(%d, %d heads", l.Features, l.Heads)
	if l.Options.Dropout > 0 {
		text += fmt.Sprintf(", dropout %g", l.Options.Dropout)
	}
	if l.Options.BatchFirst {
		text += ", batch first"
	}
	return text + ")"
}
