package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/par"
)

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
	loss := c.losses(logProbs)
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

// losses is run in one pass over each sample, in float64.
func (c *ctc) losses(x *Tensor) *Tensor {
	k := &ctcRun{ctc: c, classes: x.shape[2], forward: make([][]float64, c.batch), total: make([]float64, c.batch)}
	if x.dtype == Float32 {
		ctcForward(k, x.dense().f32())
	} else {
		ctcForward(k, span[float64](x.dense()))
	}
	out := empty(x.dtype, []int{c.batch})
	for n, v := range k.total {
		out.put(n, -max(v, ctcNever))
	}
	if d := record(out, "ctc_loss", ctcBackward, x); d != nil {
		d.Save(x)
		d.Data = k
	}
	return out
}

// ctcRun is what the backward pass of losses needs.
type ctcRun struct {
	*ctc
	classes int
	forward [][]float64 // of each sample: the logarithms of the probabilities to come to each state, by time
	total   []float64   // and that of its target
}

// sample returns the classes of the states of sample n, which of them may not be
// reached from two before, and how many steps it has.
func (k *ctcRun) sample(n int) (label []int64, skip []uint8, steps int) {
	count := k.ends[n] + 1
	return span[int64](k.label)[n*k.states:][:count], span[uint8](k.skip)[n*k.states:][:count], k.last[n] + 1
}

// ctcGrain is how many samples are worth a task.
const ctcGrain = 1

func ctcForward[T float32 | float64](k *ctcRun, x []T) {
	par.For(k.batch, ctcGrain, func(lo, hi int) {
		for n := lo; n < hi; n++ {
			label, skip, steps := k.sample(n)
			count := len(label)
			all := make([]float64, steps*count)
			for t := range steps {
				row, emit := all[t*count:][:count], x[(t*k.batch+n)*k.classes:][:k.classes]
				for s := range row {
					v := math.Inf(-1)
					switch {
					case t == 0 && s < 2:
						v = 0
					case t > 0:
						before := all[(t-1)*count:][:count]
						a, b, d := before[s], math.Inf(-1), math.Inf(-1)
						if s > 0 {
							b = before[s-1]
						}
						if s > 1 && skip[s] == 0 {
							d = before[s-2]
						}
						v = logSum(a, b, d)
					}
					row[s] = v + float64(emit[label[s]])
				}
			}
			end := all[(steps-1)*count:]
			k.forward[n], k.total[n] = all, end[count-1]
			if count > 1 {
				k.total[n] = logSum(end[count-1], end[count-2], math.Inf(-1))
			}
		}
	})
}

// logSum returns log(e^a + e^b + e^c).
func logSum(a, b, c float64) float64 {
	if b > a {
		a, b = b, a
	}
	if c > a {
		a, c = c, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	const least = -40 // e^least is nothing beside 1
	rest := 0.0
	if d := b - a; !(d < least) {
		rest += math.Exp(d)
	}
	if d := c - a; !(d < least) {
		rest += math.Exp(d)
	}
	if rest == 0 {
		return a
	}
	return a + math.Log(1+rest)
}

func ctcBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	k := c.Data.(*ctcRun)
	if GradEnabled() {
		return again(c, g, func(in []*Tensor) *Tensor { return k.run(in[0]) }, x)
	}
	dx := empty(x.dtype, x.shape)
	if x.dtype == Float32 {
		ctcGrad(k, dx.f32(), x.dense().f32(), g.dense().f32())
	} else {
		ctcGrad(k, span[float64](dx), span[float64](x.dense()), span[float64](g.dense()))
	}
	return c.gives(dx)
}

// ctcGrad goes back through time with the logarithms of the probabilities to come
// from each state to the end. What a state's emission has to do with the loss is
// the probability to be in the state then, of all ways to emit the target.
func ctcGrad[T float32 | float64](k *ctcRun, dx, x, g []T) {
	par.For(k.batch, ctcGrain, func(lo, hi int) {
		for n := lo; n < hi; n++ {
			if k.total[n] <= ctcNever/2 {
				continue // the target does not fit
			}
			label, skip, steps := k.sample(n)
			count := len(label)
			after, next := make([]float64, count), make([]float64, count)
			for s := range after {
				after[s] = math.Inf(-1)
			}
			after[count-1] = 0
			if count > 1 {
				after[count-2] = 0
			}
			for t := steps - 1; t >= 0; t-- {
				at := (t*k.batch + n) * k.classes
				emit, grad, row := x[at:][:k.classes], dx[at:][:k.classes], k.forward[n][t*count:][:count]
				for s, v := range row {
					if d := v + after[s] - k.total[n]; d > -100 {
						grad[label[s]] -= g[n] * T(math.Exp(d))
					}
				}
				// next becomes what after is one step earlier.
				for s := range after {
					after[s] += float64(emit[label[s]])
				}
				for s := range next {
					b, d := math.Inf(-1), math.Inf(-1)
					if s+1 < count {
						b = after[s+1]
					}
					if s+2 < count && skip[s+2] == 0 {
						d = after[s+2]
					}
					next[s] = logSum(after[s], b, d)
				}
				after, next = next, after
			}
		}
	})
}
