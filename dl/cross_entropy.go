package dl

import (
	"fmt"
	"math"
	"slices"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// CrossEntropyOptions configures CrossEntropy. The zero value is PyTorch's
// default.
type CrossEntropyOptions struct {
	// Weight [C] scales the loss of each class, for unbalanced data.
	Weight *Tensor
	// Ignore lists class indices that a target may contain and that count for
	// nothing, as the index of padding. -100 is always ignored.
	Ignore []int
	// LabelSmoothing moves this part of the target from the true class to all
	// classes alike (Szegedy et al., arXiv:1512.00567).
	LabelSmoothing float64
	Reduction      Reduction
}

// ignoreIndex is PyTorch's default for targets that do not count.
const ignoreIndex = -100

// CrossEntropy is the loss of a classifier: the negative logarithm of the
// probability that softmax of the logits gives to the target.
//
//	logits [N, C] or [N, C, d…] or [C]
//	target class indices (Int64) [N] or [N, d…] or [], or probabilities of the logits' shape
//
// The logits are raw scores: no softmax before it.
//
// PyTorch: nn.functional.cross_entropy.
func CrossEntropy(logits, target *Tensor, o CrossEntropyOptions) *Tensor {
	if !logits.dtype.differentiable() && target.dtype.differentiable() {
		fail("cross_entropy", fmt.Sprintf("logits of %s and shape %s, a target of %s and shape %s", logits.dtype, shapeText(logits.shape), target.dtype, shapeText(target.shape)),
			"float logits first, then the target", "the two look swapped: CrossEntropy(logits, target)", logits, target)
	}
	checkCrossEntropy(logits, target, &o)
	rows, shape := logits, []int{}
	soft := target.dtype.differentiable()
	switch {
	case len(logits.shape) == 1:
		rows = logits.Unsqueeze(0)
		target = target.Unsqueeze(0)
	case len(logits.shape) == 2:
		shape = logits.shape[:1]
	default: // classes last, then one row per place
		rows = classesLast(logits)
		shape = append(slices.Clone(logits.shape[:1]), logits.shape[2:]...)
		if soft {
			target = classesLast(target)
		} else {
			target = target.Reshape(-1)
		}
	}
	out := crossEntropyRows(rows, target, o)
	if o.Reduction == ReduceNone && !slices.Equal(out.shape, shape) {
		out = out.Reshape(shape...)
	}
	return out
}

// classesLast turns [N, C, d…] into rows [N·d…, C].
func classesLast(t *Tensor) *Tensor {
	order := []int{0}
	for d := 2; d < len(t.shape); d++ {
		order = append(order, d)
	}
	return t.Permute(append(order, 1)...).Reshape(-1, t.shape[1])
}

func checkCrossEntropy(logits, target *Tensor, o *CrossEntropyOptions) {
	const op = "cross_entropy"
	needFloat(op, logits)
	if len(logits.shape) == 0 {
		fail(op, "logits that are a scalar", "[batch×classes]", "", logits, target)
	}
	axis := min(1, len(logits.shape)-1)
	classes := logits.shape[axis]
	if classes == 0 {
		fail(op, "logits of shape "+shapeText(logits.shape), "at least one class", "", logits, target)
	}
	if o.Weight != nil && (len(o.Weight.shape) != 1 || o.Weight.n != classes) {
		fail(op, "class weights of shape "+shapeText(o.Weight.shape), fmt.Sprintf("[%d], one for each class", classes), "", logits, o.Weight)
	}
	if !(o.LabelSmoothing >= 0 && o.LabelSmoothing <= 1) {
		fail(op, fmt.Sprintf("label smoothing %g", o.LabelSmoothing), "a number in [0, 1]", "")
	}
	if target.dtype.differentiable() {
		if !slices.Equal(target.shape, logits.shape) {
			hint := "class indices must be integers: target.To(dl.Int64)"
			if len(target.shape) == len(logits.shape) {
				hint = ""
			}
			fail(op, fmt.Sprintf("logits of shape %s and a %s target of shape %s", shapeText(logits.shape), target.dtype, shapeText(target.shape)),
				"probabilities of the logits' shape, or class indices", hint, logits, target)
		}
		if target.dtype != logits.dtype {
			fail(op, fmt.Sprintf("logits of %s and probabilities of %s", logits.dtype, target.dtype), "the same type",
				"target.To(dl."+goName(logits.dtype)+")", logits, target)
		}
		return
	}
	if target.dtype == Bool || !target.dtype.computes() {
		fail(op, "a target of "+target.dtype.String(), "class indices of int64", "target.To(dl.Int64)", logits, target)
	}
	want := slices.Delete(slices.Clone(logits.shape), axis, axis+1)
	if !slices.Equal(target.shape, want) {
		hint := ""
		switch {
		case slices.Equal(target.shape, logits.shape):
			hint = "one-hot targets must be probabilities: target.To(dl.Float32); or give indices: target.ArgMax(1)"
		case len(target.shape) == len(want)+1 && target.shape[len(target.shape)-1] == 1:
			hint = "drop the last axis: target.Squeeze(-1)"
		case len(want) > 0 && len(target.shape) > 0 && target.shape[0] != want[0]:
			hint = fmt.Sprintf("the batches differ: %d rows of logits, %d targets", want[0], target.shape[0])
		}
		fail(op, fmt.Sprintf("logits of shape %s and targets of shape %s", shapeText(logits.shape), shapeText(target.shape)),
			"targets of shape "+shapeText(want), hint, logits, target)
	}
}

// crossEntropy is what the backward pass needs.
type crossEntropy struct {
	o       CrossEntropyOptions
	classes []int64   // nil with probabilities as targets
	weight  []float64 // of the classes, nil for ones
	scale   float64   // of the row losses: 1/rows, 1/weights or 1
	probs   *Tensor   // softmax of the logits
}

// crossEntropyRows is CrossEntropy of logits [M, C].
func crossEntropyRows(x, target *Tensor, o CrossEntropyOptions) *Tensor {
	m, n := x.shape[0], x.shape[1]
	d := &crossEntropy{o: o, scale: 1, probs: blank(x.dtype, x.shape)}
	if o.Weight != nil {
		d.weight = o.Weight.Detach().Float64s()
	}
	total := float64(m)
	if !target.dtype.differentiable() {
		d.classes = target.Detach().Contiguous().Int64s()
		total = d.checkClasses(n, x, target)
	}
	losses := make([]float64, m)
	if x.dtype == Float32 {
		crossEntropyForward32(d, losses, dense(x).f32(), target)
	} else {
		crossEntropyForward64(d, losses, span[float64](dense(x)), target)
	}
	var out *Tensor
	if o.Reduction == ReduceNone {
		out = empty(x.dtype, []int{m})
		put(out, losses)
	} else {
		sum := 0.0
		for _, l := range losses {
			sum += l
		}
		if o.Reduction == ReduceMean {
			d.scale = 1 / total
			sum *= d.scale
			if total == 0 {
				sum = math.NaN() // as PyTorch: the mean of nothing
			}
		}
		out = empty(x.dtype, []int{})
		put(out, []float64{sum})
	}
	if c := record(out, "cross_entropy", crossEntropyBackward, x, target); c != nil {
		c.Save(x, target)
		c.Data = d
	}
	return out
}

// put stores float64 values in a new tensor.
func put(t *Tensor, v []float64) {
	if t.dtype == Float64 {
		copy(span[float64](t), v)
		return
	}
	d := t.f32()
	for i, x := range v {
		d[i] = float32(x)
	}
}

// checkClasses replaces ignored classes by -1 and returns the sum of the
// weights of the others.
func (d *crossEntropy) checkClasses(n int, x, target *Tensor) float64 {
	total := 0.0
	owned := false
	for i, k := range d.classes {
		if k == ignoreIndex || len(d.o.Ignore) > 0 && slices.Contains(d.o.Ignore, int(k)) {
			if !owned { // the slice is the caller's memory
				d.classes, owned = slices.Clone(d.classes), true
			}
			d.classes[i] = -1
			continue
		}
		if k < 0 || k >= int64(n) {
			hint := fmt.Sprintf("the model gives %d scores: make its last layer at least %d wide", n, k+1)
			if k < 0 {
				hint = "ignored targets are -100, or listed in CrossEntropyOptions.Ignore"
			}
			fail("cross_entropy", fmt.Sprintf("class %d in target %d", k, i), fmt.Sprintf("classes from 0 to %d", n-1), hint, x, target)
		}
		total += d.of(int(k))
	}
	return total
}

// of is the weight of a class.
func (d *crossEntropy) of(class int) float64 {
	if d.weight == nil {
		return 1
	}
	return d.weight[class]
}

// row gives the loss of row i from the log-probabilities lp(k), which it may
// ask for in any order.
func (d *crossEntropy) row(i, n int, prob func(k int) float64, lp func(k int) float64) float64 {
	eps := d.o.LabelSmoothing
	loss := 0.0
	if d.classes != nil {
		k := int(d.classes[i])
		if k < 0 {
			return 0
		}
		loss -= (1 - eps) * d.of(k) * lp(k)
	} else {
		for k := range n {
			if p := prob(k); p != 0 {
				loss -= (1 - eps) * d.of(k) * p * lp(k)
			}
		}
	}
	if eps > 0 {
		for k := range n {
			loss -= eps / float64(n) * d.of(k) * lp(k)
		}
	}
	return loss
}

func crossEntropyForward32(d *crossEntropy, losses []float64, x []float32, target *Tensor) {
	n := d.probs.shape[1]
	probs := d.probs.f32()
	var q []float32
	if d.classes == nil {
		q = dense(target).f32()
	}
	plain := d.classes != nil && d.weight == nil && d.o.LabelSmoothing == 0
	par.For(len(losses), 1+1<<13/n, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			r := x[i*n:][:n]
			peak, sum := simd.Softmax(probs[i*n:][:n], r)
			lse := float64(peak) + math.Log(float64(sum))
			if plain {
				if k := d.classes[i]; k >= 0 {
					losses[i] = lse - float64(r[k])
				}
				continue
			}
			losses[i] = d.row(i, n, func(k int) float64 { return float64(q[i*n+k]) },
				func(k int) float64 { return float64(r[k]) - lse })
		}
	})
}

func crossEntropyForward64(d *crossEntropy, losses []float64, x []float64, target *Tensor) {
	n := d.probs.shape[1]
	probs := span[float64](d.probs)
	var q []float64
	if d.classes == nil {
		q = span[float64](dense(target))
	}
	for i := range losses {
		r, p := x[i*n:][:n], probs[i*n:][:n]
		softmaxLine(p, r, n, 1, true)
		losses[i] = d.row(i, n, func(k int) float64 { return q[i*n+k] }, func(k int) float64 { return p[k] })
		for k, v := range p {
			p[k] = math.Exp(v)
		}
	}
}

func crossEntropyBackward(c *Context, g *Tensor) []*Tensor {
	x, target := c.Saved(0), c.Saved(1)
	d := c.Data.(*crossEntropy)
	if GradEnabled() || c.Needs(1) {
		if !GradEnabled() {
			var out []*Tensor
			EnableGrad(func() { out = again(c, g, d.composite, x, target) })
			return c.gives(detached(out[0]), detached(out[1]))
		}
		return again(c, g, d.composite, x, target)
	}
	out := blank(x.dtype, x.shape)
	gs := g.Float64s()
	if x.dtype == Float32 {
		crossEntropyGrad(d, out.f32(), d.probs.f32(), target, gs)
	} else {
		crossEntropyGrad(d, span[float64](out), span[float64](d.probs), target, gs)
	}
	return c.gives(out, nil)
}

func detached(t *Tensor) *Tensor {
	if t == nil {
		return nil
	}
	return t.Detach()
}

// crossEntropyGrad sets d to s·(p·Σq − q), where q are the coefficients of
// the log-probabilities in the loss of the row and s is what follows it.
func crossEntropyGrad[T float32 | float64](c *crossEntropy, d, probs []T, target *Tensor, g []float64) {
	n := c.probs.shape[1]
	eps := c.o.LabelSmoothing
	var q []T
	if c.classes == nil {
		q = span[T](dense(target))
	}
	smooth := 0.0 // Σ of the coefficients that smoothing adds
	if eps > 0 {
		for k := range n {
			smooth += eps / float64(n) * c.of(k)
		}
	}
	for i := 0; i < len(d)/n; i++ {
		s := g[0] * c.scale
		if len(g) > 1 {
			s = g[i] * c.scale
		}
		row, p := d[i*n:][:n], probs[i*n:][:n]
		if c.classes != nil {
			k := int(c.classes[i])
			if k < 0 {
				continue
			}
			w := (1 - eps) * c.of(k)
			scale := T(s * (w + smooth))
			for j, v := range p {
				row[j] = v * scale
			}
			row[k] -= T(s * w)
		} else {
			sum := smooth
			for j, v := range q[i*n:][:n] {
				sum += (1 - eps) * c.of(j) * float64(v)
			}
			for j, v := range p {
				row[j] = T(s * (float64(v)*sum - (1-eps)*c.of(j)*float64(q[i*n+j])))
			}
		}
		if eps > 0 {
			for j := range row {
				row[j] -= T(s * eps / float64(n) * c.of(j))
			}
		}
	}
}

// composite is the loss in differentiable operations, of logits and target.
func (d *crossEntropy) composite(in []*Tensor) *Tensor {
	x, target := in[0], in[1]
	m, n := x.shape[0], x.shape[1]
	eps := d.o.LabelSmoothing
	w := Ones(n).To(x.dtype)
	if d.o.Weight != nil {
		w = d.o.Weight.Detach().To(x.dtype)
	}
	q := target
	if d.classes != nil {
		hot := empty(x.dtype, x.shape)
		v := make([]float64, m*n)
		for i, k := range d.classes {
			if k >= 0 {
				v[i*n+int(k)] = 1
			}
		}
		put(hot, v)
		q = hot
	}
	if eps > 0 {
		even := empty(x.dtype, []int{m, n})
		v := make([]float64, m*n)
		for i := range v {
			if d.classes == nil || d.classes[i/n] >= 0 {
				v[i] = eps / float64(n)
			}
		}
		put(even, v)
		q = q.MulScalar(1 - eps).Add(even)
	}
	rows := x.LogSoftmax(1).Mul(q.Mul(w)).Sum(1).Neg()
	if d.o.Reduction == ReduceNone {
		return rows
	}
	return rows.Sum().MulScalar(d.scale)
}
