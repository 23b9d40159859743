package dl

import (
	"fmt"
	"math"
	"slices"

	"descent/dl/internal/par"
)

// pairLoss is a loss that compares two tensors element by element.
type pairLoss struct {
	name   string
	value  func(x, y, p float64) float64         // loss of an element; p is the parameter, if any
	dx, dy func(x, y, p float64) float64         // its derivatives
	same   func(x, y *Tensor, p float64) *Tensor // the same in differentiable operations
	rows   func(p float64) pairRows              // the same in float32, may be nil
}

// lossCall is one call of a pairLoss.
type lossCall struct {
	l      *pairLoss
	p      float64
	r      Reduction
	weight []float64 // of the elements, nil for ones
	wt     *Tensor   // the same, broadcast to the shape
	scale  float64
}

// compare computes a pairwise loss. scale replaces 1/n for the mean when it
// is not zero.
func compare(l *pairLoss, x, y *Tensor, p float64, weight *Tensor, r Reduction, scale float64) *Tensor {
	needFloat(l.name, x)
	if !slices.Equal(x.shape, y.shape) {
		fail(l.name, fmt.Sprintf("an output of shape %s and a target of shape %s", shapeText(x.shape), shapeText(y.shape)),
			"equal shapes", shapesHint(x, y), x, y)
	}
	if y.dtype != x.dtype {
		fail(l.name, fmt.Sprintf("an output of %s and a target of %s", x.dtype, y.dtype), "the same type",
			"target.To(dl."+goName(x.dtype)+")", x, y)
	}
	c := &lossCall{l: l, p: p, r: r, scale: 1}
	if weight != nil {
		c.wt = weight.Detach().To(x.dtype).Expand(x.shape...)
		c.weight = c.wt.Contiguous().Float64s()
	}
	if r == ReduceMean {
		c.scale = 1 / float64(x.n)
		if scale != 0 {
			c.scale = scale
		}
	}
	shape := x.shape
	if r != ReduceNone {
		shape = nil
	}
	out := empty(x.dtype, shape)
	if rows, ok := c.rows(x); ok {
		lossForward32(c, rows, dense(x).f32(), dense(y).f32(), out.f32())
	} else if x.dtype == Float32 {
		lossForward(c, dense(x).f32(), dense(y).f32(), out.f32())
	} else {
		lossForward(c, span[float64](dense(x)), span[float64](dense(y)), span[float64](out))
	}
	if n := record(out, l.name, lossBackward, x, y); n != nil {
		n.Save(x, y)
		n.Data = c
	}
	return out
}

// rows returns the loops in float32, if there are some for this call.
func (c *lossCall) rows(x *Tensor) (rows pairRows, ok bool) {
	if x.dtype != Float32 || c.weight != nil || c.l.rows == nil {
		return pairRows{}, false
	}
	return c.l.rows(c.p), true
}

// shapesHint guesses why the shapes of an output and its target differ.
func shapesHint(x, y *Tensor) string {
	switch {
	case len(x.shape) == len(y.shape)+1 && x.shape[len(x.shape)-1] == 1 && x.n == y.n:
		return "the output has an axis of length 1 at the end: output.Squeeze(-1), or target.Unsqueeze(-1)"
	case len(y.shape) == len(x.shape)+1 && y.shape[len(y.shape)-1] == 1 && x.n == y.n:
		return "the target has an axis of length 1 at the end: target.Squeeze(-1)"
	case x.n == y.n:
		return fmt.Sprintf("both have %d elements: give the target the output's shape with Reshape", x.n)
	}
	return ""
}

func lossForward[T float32 | float64](c *lossCall, x, y, out []T) {
	sum := 0.0
	for i, v := range x {
		l := c.l.value(float64(v), float64(y[i]), c.p)
		if c.weight != nil {
			l *= c.weight[i]
		}
		if c.r == ReduceNone {
			out[i] = T(l)
		} else {
			sum += l
		}
	}
	if c.r != ReduceNone {
		out[0] = T(sum * c.scale)
	}
}

func lossBackward(n *Context, g *Tensor) []*Tensor {
	x, y, c := n.Saved(0), n.Saved(1), n.Data.(*lossCall)
	if GradEnabled() {
		return again(n, g, c.composite, x, y)
	}
	var dx, dy *Tensor
	if rows, ok := c.rows(x); ok {
		if n.Needs(0) {
			dx = blank(Float32, x.shape)
			lossGrad32(c, rows.dx, dense(x).f32(), dense(y).f32(), g, dx.f32())
		}
		if n.Needs(1) {
			dy = blank(Float32, x.shape)
			lossGrad32(c, rows.dy, dense(x).f32(), dense(y).f32(), g, dy.f32())
		}
		return n.gives(dx, dy)
	}
	gs := g.Float64s()
	if n.Needs(0) {
		dx = c.grad(c.l.dx, x, y, gs)
	}
	if n.Needs(1) {
		dy = c.grad(c.l.dy, x, y, gs)
	}
	return n.gives(dx, dy)
}

// composite is the loss in differentiable operations.
func (c *lossCall) composite(in []*Tensor) *Tensor {
	l := c.l.same(in[0], in[1], c.p)
	if c.wt != nil {
		l = l.Mul(c.wt)
	}
	if c.r == ReduceNone {
		return l
	}
	return l.Sum().MulScalar(c.scale)
}

func (c *lossCall) grad(d func(x, y, p float64) float64, x, y *Tensor, g []float64) *Tensor {
	out := empty(x.dtype, x.shape)
	if x.dtype == Float32 {
		lossGrad(c, d, dense(x).f32(), dense(y).f32(), g, out.f32())
	} else {
		lossGrad(c, d, span[float64](dense(x)), span[float64](dense(y)), g, span[float64](out))
	}
	return out
}

func lossGrad[T float32 | float64](c *lossCall, d func(x, y, p float64) float64, x, y []T, g []float64, out []T) {
	par.For(len(x), grain, func(lo, hi int) {
		s := 0.0
		if c.r != ReduceNone {
			s = g[0] * c.scale
		}
		for i := lo; i < hi; i++ {
			if c.r == ReduceNone {
				s = g[i]
			}
			w := s
			if c.weight != nil {
				w *= c.weight[i]
			}
			out[i] = T(d(float64(x[i]), float64(y[i]), c.p) * w)
		}
	})
}

var mseLoss = &pairLoss{
	name:  "mse_loss",
	value: func(x, y, _ float64) float64 { return (x - y) * (x - y) },
	dx:    func(x, y, _ float64) float64 { return 2 * (x - y) },
	dy:    func(x, y, _ float64) float64 { return 2 * (y - x) },
	same: func(x, y *Tensor, _ float64) *Tensor {
		d := x.Sub(y)
		return d.Mul(d)
	},
	rows: mseRows,
}

// MSELoss is the mean squared error, (x−y)².
//
// PyTorch: nn.functional.mse_loss.
func MSELoss(x, y *Tensor, r Reduction) *Tensor { return compare(mseLoss, x, y, 0, nil, r, 0) }

var l1Loss = &pairLoss{
	name:  "l1_loss",
	value: func(x, y, _ float64) float64 { return math.Abs(x - y) },
	dx:    func(x, y, _ float64) float64 { return signOf(x - y) },
	dy:    func(x, y, _ float64) float64 { return signOf(y - x) },
	same:  func(x, y *Tensor, _ float64) *Tensor { return x.Sub(y).Abs() },
	rows:  l1Rows,
}

// L1Loss is the mean absolute error, |x−y|.
//
// PyTorch: nn.functional.l1_loss.
func L1Loss(x, y *Tensor, r Reduction) *Tensor { return compare(l1Loss, x, y, 0, nil, r, 0) }

func signOf(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0, -0 and NaN
}

// huber is ½d² up to |d| = delta and delta·(|d| − ½delta) beyond.
var huberLoss = &pairLoss{
	name: "huber_loss",
	value: func(x, y, delta float64) float64 {
		d := math.Abs(x - y)
		if d <= delta {
			return 0.5 * d * d
		}
		return delta * (d - 0.5*delta)
	},
	dx: func(x, y, delta float64) float64 { return clip(x-y, delta) },
	dy: func(x, y, delta float64) float64 { return clip(y-x, delta) },
	same: func(x, y *Tensor, delta float64) *Tensor { // clip(d)·(d − ½clip(d))
		d := x.Sub(y)
		k := d.Clamp(-delta, delta)
		return k.Mul(d.Sub(k.MulScalar(0.5)))
	},
	rows: func(delta float64) pairRows { return huberRows(delta, 1) },
}

func clip(x, limit float64) float64 { return math.Max(-limit, math.Min(limit, x)) }

// HuberLoss is half the squared error where the error is at most delta, and
// grows linearly beyond, so that outliers pull less. PyTorch's default delta
// is 1.
//
// P. J. Huber: Robust Estimation of a Location Parameter, 1964.
// PyTorch: nn.functional.huber_loss.
func HuberLoss(x, y *Tensor, delta float64, r Reduction) *Tensor {
	if !(delta > 0) {
		fail("huber_loss", fmt.Sprintf("delta %g", delta), "a positive delta", "", x, y)
	}
	return compare(huberLoss, x, y, delta, nil, r, 0)
}

var smoothL1Loss = &pairLoss{
	name:  "smooth_l1_loss",
	value: func(x, y, beta float64) float64 { return huberLoss.value(x, y, beta) / beta },
	dx:    func(x, y, beta float64) float64 { return clip(x-y, beta) / beta },
	dy:    func(x, y, beta float64) float64 { return clip(y-x, beta) / beta },
	same: func(x, y *Tensor, beta float64) *Tensor {
		return huberLoss.same(x, y, beta).MulScalar(1 / beta)
	},
	rows: func(beta float64) pairRows { return huberRows(beta, 1/beta) },
}

// SmoothL1Loss is HuberLoss divided by beta: it tends to L1Loss as beta goes
// to 0, and is L1Loss at beta 0. PyTorch's default beta is 1.
//
// R. Girshick: Fast R-CNN, arXiv:1504.08083.
// PyTorch: nn.functional.smooth_l1_loss.
func SmoothL1Loss(x, y *Tensor, beta float64, r Reduction) *Tensor {
	if !(beta >= 0) {
		fail("smooth_l1_loss", fmt.Sprintf("beta %g", beta), "a beta of at least 0", "", x, y)
	}
	if beta == 0 {
		return L1Loss(x, y, r)
	}
	return compare(smoothL1Loss, x, y, beta, nil, r, 0)
}

// KLDivOptions configures KLDiv. The zero value is PyTorch's default.
type KLDivOptions struct {
	LogTarget bool // the target holds log-probabilities too
	// BatchMean divides the sum by the length of the first dimension, which
	// is the Kullback–Leibler divergence as defined; ReduceMean divides by
	// the number of elements.
	BatchMean bool
	Reduction Reduction
}

var klDiv = &pairLoss{
	name: "kl_div",
	value: func(x, y, _ float64) float64 {
		if y <= 0 {
			return 0
		}
		return y * (math.Log(y) - x)
	},
	dx: func(x, y, _ float64) float64 { return -y },
	dy: func(x, y, _ float64) float64 { return math.Log(y) + 1 - x },
	same: func(x, y *Tensor, _ float64) *Tensor {
		// y·log y with the limit 0 at y = 0
		return y.Mul(y.Clamp(math.SmallestNonzeroFloat32, math.Inf(1)).Log()).Sub(y.Mul(x))
	},
}

var klDivLog = &pairLoss{
	name:  "kl_div",
	value: func(x, y, _ float64) float64 { return math.Exp(y) * (y - x) },
	dx:    func(x, y, _ float64) float64 { return -math.Exp(y) },
	dy:    func(x, y, _ float64) float64 { return math.Exp(y) * (y - x + 1) },
	same:  func(x, y *Tensor, _ float64) *Tensor { return y.Exp().Mul(y.Sub(x)) },
}

// KLDiv is the Kullback–Leibler divergence of the distribution x, given as
// log-probabilities, from the target, given as probabilities:
// target·(log target − x).
//
// PyTorch: nn.functional.kl_div.
func KLDiv(x, target *Tensor, o KLDivOptions) *Tensor {
	l := klDiv
	if o.LogTarget {
		l = klDivLog
	}
	scale := 0.0
	if o.BatchMean {
		if len(x.shape) == 0 {
			fail("kl_div", "a scalar and BatchMean", "a batch of distributions", "", x, target)
		}
		scale = 1 / float64(x.shape[0])
		o.Reduction = ReduceMean
	}
	return compare(l, x, target, 0, nil, o.Reduction, scale)
}
