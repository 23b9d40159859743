package dl

import (
	"fmt"
	"math"
	"slices"
)

// Negative log-likelihoods of numbers and of sequences.

// PoissonNLLOptions configures PoissonNLLLoss. The zero value is PyTorch's
// default.
type PoissonNLLOptions struct {
	NotLog    bool    // x is the rate itself, not its logarithm
	Full      bool    // adds Stirling's approximation of log y!
	Eps       float64 // keeps the logarithm of the rate finite; 0 means 1e-8
	Reduction Reduction
}

// PoissonNLLLoss is the negative log-likelihood of counts y under Poisson
// distributions: eˣ − y·x, without the term log y! that no gradient needs.
//
// PyTorch: nn.functional.poisson_nll_loss.
func PoissonNLLLoss(x, y *Tensor, o PoissonNLLOptions) *Tensor {
	const op = "poisson_nll_loss"
	sameShapes(op, x, y)
	if o.Eps == 0 {
		o.Eps = 1e-8
	}
	y = y.To(x.dtype)
	var l *Tensor
	if o.NotLog {
		l = x.Sub(y.Mul(x.AddScalar(o.Eps).Log()))
	} else {
		l = x.Exp().Sub(y.Mul(x))
	}
	if o.Full {
		small := y.Detach().LeScalar(1)
		safe := y.MaskedFill(small, 2)
		stirling := safe.Mul(safe.Log()).Sub(safe).Add(safe.MulScalar(2 * math.Pi).Log().MulScalar(0.5))
		l = l.Add(stirling.MaskedFill(small, 0))
	}
	return reduced(l, o.Reduction)
}

// GaussianNLLOptions configures GaussianNLLLoss. The zero value is PyTorch's
// default.
type GaussianNLLOptions struct {
	Full      bool    // adds ½·log 2π
	Eps       float64 // the least variance; 0 means 1e-6
	Reduction Reduction
}

// GaussianNLLLoss is the negative log-likelihood of y under normal
// distributions of mean x and a predicted variance:
// ½·(log v + (x − y)²/v). Variances below Eps count as Eps and pass their
// gradient on.
//
// D. Nix, A. Weigend, 1994.
// PyTorch: nn.functional.gaussian_nll_loss, nn.GaussianNLLLoss.
func GaussianNLLLoss(x, y, variance *Tensor, o GaussianNLLOptions) *Tensor {
	const op = "gaussian_nll_loss"
	needFloat(op, x)
	if o.Eps == 0 {
		o.Eps = 1e-6
	}
	v := variance
	if len(v.shape) == len(x.shape)-1 && slices.Equal(v.shape, x.shape[:len(v.shape)]) {
		v = v.Unsqueeze(-1)
	}
	for _, n := range v.Detach().Float64s() {
		if n < 0 {
			fail(op, fmt.Sprintf("a variance of %g", n), "variances of 0 or more", "let the model give the logarithm of the variance, and use Exp", x, y, variance)
		}
	}
	raise := v.Detach().ClampMin(o.Eps).Sub(v.Detach()) // a constant: the gradient passes where it raises
	v = v.Add(raise)
	d := x.Sub(y.To(x.dtype))
	l := v.Log().Add(d.Mul(d).Div(v)).MulScalar(0.5)
	if o.Full {
		l = l.AddScalar(0.5 * math.Log(2*math.Pi))
	}
	return reduced(l, o.Reduction)
}

// CTCOptions configures CTCLoss. The zero value is PyTorch's default.
type CTCOptions struct {
	Blank        int       // the class that stands for "nothing new"
	ZeroInfinity bool      // losses of targets that do not fit count as 0
	Reduction    Reduction // the mean divides each loss by the length of its target first
}

// CTCLoss is the negative log-probability of label sequences without an
// alignment: the sum over all ways to stretch a target over the input, with
// blanks between.
//
//	logProbs [T, N, classes], as LogSoftmax gives them
//	targets [N, S] of class indices
//	inputLengths, targetLengths: one for each sample; at most T and S
//
// A. Graves et al., ICML 2006.
// PyTorch: nn.functional.ctc_loss, nn.CTCLoss.
func CTCLoss(logProbs, targets *Tensor, inputLengths, targetLengths []int, o CTCOptions) *Tensor {
	c := newCTC(logProbs, targets, inputLengths, targetLengths, o)
	loss := c.run(logProbs)
	impossible := loss.Detach().GtScalar(-ctcNever / 2)
	if o.ZeroInfinity {
		loss = loss.MaskedFill(impossible, 0)
	} else {
		loss = loss.MaskedFill(impossible, math.Inf(1))
	}
	if o.Reduction == ReduceMean {
		lengths := make([]float64, len(targetLengths))
		for i, n := range targetLengths {
			lengths[i] = float64(max(n, 1))
		}
		return loss.Div(FromFloat64s(lengths).To(loss.dtype)).Mean()
	}
	return reduced(loss, o.Reduction)
}

// ctcNever stands for log 0: its sums stay finite, so no gradient is NaN.
const ctcNever = -1e30

// ctc is one call of CTCLoss. States are the target with blanks around each
// label: 2·S + 1 of them.
type ctc struct {
	steps, batch, states int
	label                *Tensor // [N, states] int64: the class of a state
	skip                 *Tensor // [N, states] Bool: two states further is not allowed to come here
	last                 []int   // of each sample: its last step
	ends                 []int   // of each sample: its last state
}

func newCTC(x, targets *Tensor, in, out []int, o CTCOptions) *ctc {
	const op = "ctc_loss"
	needFloat(op, x)
	if len(x.shape) != 3 || len(targets.shape) != 2 || targets.shape[0] != x.shape[1] {
		fail(op, fmt.Sprintf("log-probabilities of shape %s and targets of shape %s", shapeText(x.shape), shapeText(targets.shape)),
			"[time×batch×classes] and [batch×length]", "sequences first: x.Transpose(0, 1)", x, targets)
	}
	steps, batch, classes, longest := x.shape[0], x.shape[1], x.shape[2], targets.shape[1]
	if len(in) != batch || len(out) != batch || steps == 0 {
		fail(op, fmt.Sprintf("%d input lengths and %d target lengths for a batch of %d", len(in), len(out), batch), "one for each sample", "", x, targets)
	}
	if o.Blank < 0 || o.Blank >= classes {
		fail(op, fmt.Sprintf("blank %d of %d classes", o.Blank, classes), "one of the classes", "", x, targets)
	}
	c := &ctc{steps: steps, batch: batch, states: 2*longest + 1}
	label, skip := make([]int64, batch*c.states), make([]bool, batch*c.states)
	for n := range batch {
		if in[n] < 1 || in[n] > steps || out[n] < 0 || out[n] > longest {
			fail(op, fmt.Sprintf("lengths %d and %d of sample %d", in[n], out[n], n), fmt.Sprintf("1 … %d and 0 … %d", steps, longest), "", x, targets)
		}
		row := label[n*c.states : (n+1)*c.states]
		for s := range row {
			row[s], skip[n*c.states+s] = int64(o.Blank), true
			if s%2 == 0 || s/2 >= out[n] {
				continue
			}
			v := int64(targets.At(n, s/2))
			if v < 0 || v >= int64(classes) || v == int64(o.Blank) {
				fail(op, fmt.Sprintf("label %d of sample %d", v, n), fmt.Sprintf("0 … %d, and not the blank %d", classes-1, o.Blank), "", x, targets)
			}
			row[s] = v
			skip[n*c.states+s] = s < 2 || row[s-2] == v
		}
		c.last, c.ends = append(c.last, in[n]-1), append(c.ends, 2*out[n])
	}
	c.label, c.skip = FromInt64s(label, batch, c.states), FromBools(skip, batch, c.states)
	return c
}

// run returns the losses [N]. It goes forward through time with the logarithms
// of the probabilities to be in each state.
func (c *ctc) run(x *Tensor) *Tensor {
	never := func(n int) *Tensor { return FullOf(x.dtype, ctcNever, c.batch, n) }
	emit := func(t int) *Tensor { return x.Select(0, t).Gather(1, c.label) }
	first := min(2, c.states)
	a := Cat([]*Tensor{emit(0).Narrow(1, 0, first), never(c.states - first)}, 1)
	all := []*Tensor{a}
	for t := 1; t < c.steps; t++ {
		sum := a
		if c.states > 1 {
			sum = sum.LogAddExp(Cat([]*Tensor{never(1), a.Narrow(1, 0, c.states-1)}, 1))
			two := Cat([]*Tensor{never(first), a.Narrow(1, 0, c.states-first)}, 1)
			sum = sum.LogAddExp(two.MaskedFill(c.skip, ctcNever))
		}
		a = sum.Add(emit(t)).ClampMin(ctcNever)
		all = append(all, a)
	}
	done := Stack(all, 0) // [T, N, states]
	losses := make([]*Tensor, c.batch)
	for n := range c.batch {
		end := done.Select(0, c.last[n]).Select(0, n)
		l := end.Select(0, c.ends[n])
		if c.ends[n] > 0 {
			l = l.LogAddExp(end.Select(0, c.ends[n]-1))
		}
		losses[n] = l.Neg()
	}
	return Stack(losses, 0)
}
