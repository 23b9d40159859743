package dl

import (
	"fmt"
	"math"
	"slices"
)

// AttentionOptions configures ScaledDotProductAttention and SelfAttention.
type AttentionOptions struct {
	// Mask, broadcast to [..., L, S], says where queries may look: a mask of
	// Bool by true, any other by what it adds to the scores (0, or -Inf for
	// never). A query that may look nowhere gets zeros.
	Mask *Tensor
	// Causal lets query i look at keys 0 to i alone.
	Causal bool
	// Dropout is the probability of dropping an attention weight. There is no
	// training mode here: set it to zero in evaluation.
	Dropout float64
	// Scale multiplies the scores; 0 means 1/√E.
	Scale float64
}

// ScaledDotProductAttention gives each query the mean of the values, weighted
// by the softmax over the keys of query·key/√E.
//
//	q [..., L, E], k [..., S, E], v [..., S, V] → [..., L, V]
//
// The matrix of scores exists only in part and for a moment: memory grows with
// L, not with L·S.
//
// A. Vaswani et al.: Attention Is All You Need, arXiv:1706.03762; computed by
// blocks as in T. Dao et al., arXiv:2205.14135.
// PyTorch: nn.functional.scaled_dot_product_attention.
func ScaledDotProductAttention(q, k, v *Tensor, o AttentionOptions) *Tensor {
	const op = "scaled_dot_product_attention"
	needFloat(op, q)
	nd := len(q.shape)
	if nd < 2 || len(k.shape) != nd || len(v.shape) != nd {
		fail(op, fmt.Sprintf("q, k and v of shapes %s, %s and %s", shapeText(q.shape), shapeText(k.shape), shapeText(v.shape)),
			"[…×L×E], […×S×E] and […×S×V]", "", q, k, v)
	}
	lead := q.shape[:nd-2]
	if !slices.Equal(k.shape[:nd-2], lead) || !slices.Equal(v.shape[:nd-2], lead) {
		fail(op, fmt.Sprintf("q, k and v of shapes %s, %s and %s", shapeText(q.shape), shapeText(k.shape), shapeText(v.shape)),
			"equal axes before the last two", "Expand the smaller ones", q, k, v)
	}
	if k.shape[nd-1] != q.shape[nd-1] {
		fail(op, fmt.Sprintf("queries of %d and keys of %d features", q.shape[nd-1], k.shape[nd-1]), "the same number", "", q, k, v)
	}
	if k.shape[nd-2] != v.shape[nd-2] {
		fail(op, fmt.Sprintf("%d keys and %d values", k.shape[nd-2], v.shape[nd-2]), "one value for each key", "", q, k, v)
	}
	if k.shape[nd-2] == 0 || k.shape[nd-1] == 0 {
		fail(op, "keys of shape "+shapeText(k.shape), "at least one key of at least one feature", "", q, k, v)
	}
	if k.dtype != q.dtype || v.dtype != q.dtype {
		fail(op, fmt.Sprintf("q, k and v of %s, %s and %s", q.dtype, k.dtype, v.dtype), "the same type", "", q, k, v)
	}
	a := &attention{heads: numel(lead), l: q.shape[nd-2], s: k.shape[nd-2], d: q.shape[nd-1], dv: v.shape[nd-1]}
	a.configure(op, o, append(slices.Clone(lead), a.l, a.s), q)
	if a.mask != nil && a.mask.RequiresGrad() && GradEnabled() {
		return a.composite([]*Tensor{q, k, v})
	}
	q, k, v = a.operand(q), a.operand(k), a.operand(v)
	out := layoutOf(q, a.dv)
	stats := a.forward(a.views(q, k, v), a.view(out))
	if c := record(out, op, attentionBackward, q, k, v); c != nil {
		c.Save(q, k, v, out)
		c.Data = &attentionCall{a, stats}
	}
	return out
}

// attentionCall is what the backward pass needs.
type attentionCall struct {
	*attention
	stats *Tensor // for each query, the logarithm of the sum of exp(score)
}

func attentionBackward(c *Context, g *Tensor) []*Tensor {
	q, k, v, out := c.Saved(0), c.Saved(1), c.Saved(2), c.Saved(3)
	a := c.Data.(*attentionCall)
	if GradEnabled() {
		return again(c, g, a.composite, q, k, v)
	}
	g = a.operand(g)
	dq, dk, dv := layoutOf(q, a.d), layoutOf(k, a.d), layoutOf(v, a.dv)
	a.backward(a.views(q, k, v), a.view(out), a.view(g), a.views(dq, dk, dv), a.stats)
	return []*Tensor{dq, dk, dv}
}

// SelfAttention is ScaledDotProductAttention in several heads for queries,
// keys and values that lie side by side, as one linear layer gives them: q of
// all heads, then k, then v.
//
//	qkv [N, L, 3E] → [N, L, E], where head h has features h·E/heads and on
//
// The options are those of ScaledDotProductAttention on [N, heads, L, E/heads].
func SelfAttention(qkv *Tensor, heads int, o AttentionOptions) *Tensor {
	const op = "self_attention"
	needFloat(op, qkv)
	if len(qkv.shape) != 3 || heads < 1 || qkv.n == 0 || qkv.shape[2]%(3*heads) != 0 {
		fail(op, fmt.Sprintf("qkv of shape %s and %d heads", shapeText(qkv.shape), heads),
			"[batch×steps×3·features], with features that the heads divide", "", qkv)
	}
	n, l, d := qkv.shape[0], qkv.shape[1], qkv.shape[2]/(3*heads)
	a := &attention{heads: n * heads, l: l, s: l, d: d, dv: d, packed: heads}
	a.configure(op, o, []int{n, heads, l, l}, qkv)
	if a.mask != nil && a.mask.RequiresGrad() && GradEnabled() {
		return a.compositePacked([]*Tensor{qkv})
	}
	qkv = qkv.Contiguous()
	out := blank(qkv.dtype, []int{n, l, heads * d})
	stats := a.forward(a.packedViews(qkv), a.packedView(out, 0))
	if c := record(out, op, selfAttentionBackward, qkv); c != nil {
		c.Save(qkv, out)
		c.Data = &attentionCall{a, stats}
	}
	return out
}

func selfAttentionBackward(c *Context, g *Tensor) []*Tensor {
	qkv, out := c.Saved(0), c.Saved(1)
	a := c.Data.(*attentionCall)
	if GradEnabled() {
		return again(c, g, a.compositePacked, qkv)
	}
	d := blank(qkv.dtype, qkv.shape)
	a.backward(a.packedViews(qkv), a.packedView(out, 0), a.packedView(dense(g), 0), a.packedViews(d), a.stats)
	return c.gives(d)
}

// attention is one call, without its operands.
type attention struct {
	heads  int // over all of the batch
	l, s   int // queries and keys
	d, dv  int // features of a query or key, and of a value
	scale  float64
	causal bool
	drop   float64
	key    uint64 // of the random numbers
	mask   *Tensor
	maskAt []int // where the mask of each head begins
	packed int   // heads of SelfAttention
	shape  []int // of the scores
}

// configure checks the options for scores of a given shape.
func (a *attention) configure(op string, o AttentionOptions, shape []int, x *Tensor) {
	if !(o.Dropout >= 0 && o.Dropout < 1) {
		fail(op, fmt.Sprintf("dropout %g", o.Dropout), "a probability in [0, 1)", "", x)
	}
	a.causal, a.drop, a.scale, a.shape = o.Causal, o.Dropout, o.Scale, shape
	if a.scale == 0 {
		a.scale = 1 / math.Sqrt(float64(a.d))
	}
	if a.drop > 0 {
		a.key = DefaultGenerator(StreamDropout).Uint64()
	}
	if o.Mask == nil {
		return
	}
	m := o.Mask
	if m.dtype == Bool {
		m = FullOf(x.dtype, 0).Where(m, FullOf(x.dtype, math.Inf(-1)))
	} else {
		m = m.To(x.dtype)
	}
	if !stretches(m.shape, shape) {
		fail(op, "a mask of shape "+shapeText(m.shape), "one that broadcasts to "+shapeText(shape),
			"a mask of keys [batch×S] needs axes for heads and queries: Unsqueeze(1).Unsqueeze(1)", x, m)
	}
	a.mask = m.Expand(shape...)
	nd := len(shape)
	a.maskAt = headOffsets(a.mask.shape[:nd-2], a.mask.strides[:nd-2], a.mask.offset)
}

// stretches reports whether from broadcasts to the shape to.
func stretches(from, to []int) bool {
	if len(from) > len(to) {
		return false
	}
	for i, n := range from {
		if m := to[len(to)-len(from)+i]; n != m && n != 1 {
			return false
		}
	}
	return true
}

// operand brings t into a form whose rows are rows of memory.
func (a *attention) operand(t *Tensor) *Tensor {
	nd := len(t.shape)
	if t.strides[nd-1] == 1 && t.strides[nd-2] >= t.shape[nd-1] || t.n == 0 {
		return t
	}
	return t.Contiguous()
}

// layoutOf makes a tensor like t with width features, laid out in memory as t
// is when t is [N, heads, L, E] with the heads side by side.
func layoutOf(t *Tensor, width int) *Tensor {
	nd := len(t.shape)
	shape := append(slices.Clone(t.shape[:nd-1]), width)
	if nd != 4 || t.strides[1] >= t.strides[2] {
		return blank(t.dtype, shape)
	}
	n, h, l := shape[0], shape[1], shape[2]
	m := blank(t.dtype, []int{n, l, h, width})
	return m.alias(shape, []int{l * h * width, width, h * width, 1}, 0)
}

// headView says where the matrices of all heads begin in memory, and how far
// apart their rows are.
type headView struct {
	t  *Tensor
	at []int
	ld int
}

func headOffsets(shape, strides []int, first int) []int {
	at := []int{first}
	for i, n := range shape {
		next := make([]int, 0, len(at)*n)
		for _, o := range at {
			for j := range n {
				next = append(next, o+j*strides[i])
			}
		}
		at = next
	}
	return at
}

func (a *attention) view(t *Tensor) headView {
	nd := len(t.shape)
	return headView{t, headOffsets(t.shape[:nd-2], t.strides[:nd-2], t.offset), max(t.strides[nd-2], t.shape[nd-1], 1)}
}

func (a *attention) views(q, k, v *Tensor) [3]headView {
	return [3]headView{a.view(q), a.view(k), a.view(v)}
}

// packedView views a contiguous [N, L, parts·E] by heads, from feature first on.
func (a *attention) packedView(t *Tensor, first int) headView {
	n, width := t.shape[0], t.shape[2]
	return headView{t, headOffsets([]int{n, a.packed}, []int{a.l * width, a.d}, t.offset+first), max(width, 1)}
}

func (a *attention) packedViews(qkv *Tensor) [3]headView {
	e := a.packed * a.d
	return [3]headView{a.packedView(qkv, 0), a.packedView(qkv, e), a.packedView(qkv, 2*e)}
}

// composite is the same in differentiable operations, with all scores.
func (a *attention) composite(in []*Tensor) *Tensor {
	q, k, v := in[0], in[1], in[2]
	scores := q.MatMul(k.Transpose(-2, -1)).MulScalar(a.scale)
	if a.mask != nil {
		scores = scores.Add(a.mask)
	}
	if a.causal {
		later := OnesLike(scores.Detach()).Triu(1).To(Bool)
		scores = scores.MaskedFill(later, math.Inf(-1))
	}
	blind := scores.Detach().AMaxKeep(-1).EqScalar(math.Inf(-1)) // queries that may look nowhere
	weights := scores.MaskedFill(blind, 0).Softmax(-1).MaskedFill(blind, 0)
	if a.drop > 0 {
		weights = weights.Mul(a.dropped(weights.dtype))
	}
	return weights.MatMul(v)
}

func (a *attention) compositePacked(in []*Tensor) *Tensor {
	n, h := in[0].shape[0], a.packed
	parts := in[0].Reshape(n, a.l, 3, h, a.d).Permute(2, 0, 3, 1, 4)
	out := a.composite([]*Tensor{parts.Select(0, 0), parts.Select(0, 1), parts.Select(0, 2)})
	return out.Transpose(1, 2).Reshape(n, a.l, h*a.d)
}
