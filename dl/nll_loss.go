package dl

// NLLLoss is CrossEntropy for a model that gives log-probabilities already,
// as one that ends in LogSoftmax.
//
//	x [N, C] or [N, C, d…] of log-probabilities, target class indices (Int64) [N] or [N, d…]
//
// Of the options, LabelSmoothing must be zero.
//
// PyTorch: nn.functional.nll_loss.
func NLLLoss(x, target *Tensor, o CrossEntropyOptions) *Tensor {
	const op = "nll_loss"
	if o.LabelSmoothing != 0 {
		fail(op, "label smoothing", "none", "use CrossEntropy on the logits", x, target)
	}
	if target.dtype.differentiable() {
		fail(op, "a target of "+target.dtype.String(), "class indices of int64", "target.To(dl.Int64)", x, target)
	}
	checkCrossEntropy(x, target, &o)
	shape := target.shape
	switch {
	case len(x.shape) == 1:
		x, target = x.Unsqueeze(0), target.Unsqueeze(0)
	case len(x.shape) > 2:
		x, target = classesLast(x), target.Reshape(-1)
	}
	out := nllRows(x, target, o)
	if o.Reduction == ReduceNone && len(shape) != 1 {
		out = out.Reshape(shape...)
	}
	return out
}

// nll is what the backward pass needs: for each row the element that counts
// (-1 for none) and its factor.
type nll struct {
	at     []int
	factor []float64
	each   bool // one loss for each row
	rows   int
	width  int
}

func nllRows(x, target *Tensor, o CrossEntropyOptions) *Tensor {
	m, n := x.shape[0], x.shape[1]
	ce := &crossEntropy{o: o, scale: 1}
	if o.Weight != nil {
		ce.weight = o.Weight.Detach().Float64s()
	}
	ce.classes = target.Detach().Contiguous().Int64s()
	total := ce.checkClasses(n, x, target)
	d := &nll{at: make([]int, m), factor: make([]float64, m), each: o.Reduction == ReduceNone, rows: m, width: n}
	scale := -1.0
	if o.Reduction == ReduceMean {
		scale = -1 / total
	}
	for i, k := range ce.classes {
		d.at[i] = -1
		if k >= 0 {
			d.at[i] = i*n + int(k)
			d.factor[i] = scale * ce.of(int(k))
		}
	}
	return nllGather(x, d)
}

// nllGather sums factor·x over the elements that count, or gives one for
// each row.
func nllGather(x *Tensor, d *nll) *Tensor {
	xs := dense(x).Detach().Float64s()
	rows := make([]float64, d.rows)
	sum := 0.0
	for i, at := range d.at {
		if at >= 0 {
			rows[i] = xs[at] * d.factor[i]
			sum += rows[i]
		}
	}
	var out *Tensor
	if d.each {
		out = empty(x.dtype, []int{d.rows})
		put(out, rows)
	} else {
		out = empty(x.dtype, []int{})
		put(out, []float64{sum})
	}
	if c := record(out, "nll_loss", nllBackward, x); c != nil {
		c.Data = d
	}
	return out
}

func nllBackward(c *Context, g *Tensor) []*Tensor { return c.gives(nllScatter(g, c.Data.(*nll))) }

// nllScatter is the transpose of nllGather.
func nllScatter(g *Tensor, d *nll) *Tensor {
	gs := dense(g).Detach().Float64s()
	v := make([]float64, d.rows*d.width)
	for i, at := range d.at {
		if at < 0 {
			continue
		}
		s := gs[0]
		if d.each {
			s = gs[i]
		}
		v[at] = s * d.factor[i]
	}
	out := empty(g.dtype, []int{d.rows, d.width})
	put(out, v)
	if c := record(out, "nll_loss gradient", nllScatterBackward, g); c != nil {
		c.Data = d
	}
	return out
}

func nllScatterBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(nllGather(g, c.Data.(*nll)))
}
