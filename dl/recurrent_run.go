package dl

import (
	"descent/dl/internal/gemm"
)

// runRecurrent runs a recurrent layer as an operation with several outputs:
// the output, the last state and, for an LSTM, the last cell state.
func runRecurrent(k cell, in []*Tensor, o RecurrentOptions) []*Tensor {
	r := newRecurrence(k, in, o)
	f := &MultiFunction{Name: k.name}
	if in[0].dtype == Float32 {
		f.Forward = func(c *Context, in []*Tensor) []*Tensor { return unroll[float32](r, c, in) }
		f.Backward = func(c *Context, gs []*Tensor) []*Tensor { return rollBack[float32](r, c, gs) }
	} else {
		f.Forward = func(c *Context, in []*Tensor) []*Tensor { return unroll[float64](r, c, in) }
		f.Backward = func(c *Context, gs []*Tensor) []*Tensor { return rollBack[float64](r, c, gs) }
	}
	return ApplyMulti(f, in...)
}

func stepperFor[T float32 | float64](r *recurrence) stepper[T] {
	switch {
	case r.cell == lstmCell:
		return lstmSteps[T]{}
	case r.cell == gruCell:
		return gruSteps[T]{}
	}
	return rnnSteps[T]{}
}

// unroll runs all steps. The products of the inputs with their weights do not
// depend on the state: one large matrix product computes them for all steps.
func unroll[T float32 | float64](r *recurrence, c *Context, in []*Tensor) []*Tensor {
	x, wih, whh := values[T](in[0]), values[T](in[3]), values[T](in[4])
	rows, h, width := r.total(), r.hidden, r.gates*r.hidden
	u := &unrolled[T]{recurrence: r, gates: recycled[T](rows * width), before: recycled[T](rows * h), bent: recycled[T](rows * h)}
	if r.cell == lstmCell {
		u.cells = recycled[T](rows * h)
	}
	bias, hiddenBias := copyOrZeros(values[T](in[5]), width), copyOrZeros(values[T](in[6]), width)
	if r.cell != gruCell { // where both biases are added to one sum
		addInto(bias, bias, hiddenBias)
	}
	if r.o.BatchFirst {
		u.x = recycled[T](rows * r.in)
		timeFirst(r, u.x, x, r.in, false)
		x = u.x
	}
	inputs(u, x, wih, bias)

	out := blank(in[0].dtype, r.outShape())
	run := &running[T]{out: span[T](out), h: copyOrZeros(values[T](in[1]), r.batch*h)}
	if r.cell == lstmCell {
		run.c = copyOrZeros(values[T](in[2]), r.batch*h)
	}
	if r.cell == gruCell {
		run.hiddenPart = recycled[T](r.batch * width)
	}
	step := stepperFor[T](r)
	weights := newStateWeights(r, whh, true)
	defer weights.release()
	r.groups(func(n0, n1 int) {
		product := weights.product()
		for i := range r.steps {
			stopIfInterrupted()
			t := r.time(i)
			into := u.gates[(t*r.batch+n0)*width:]
			if r.cell == gruCell {
				into = run.hiddenPart[n0*width:]
				for n := range n1 - n0 {
					copy(into[n*width:], hiddenBias)
				}
			}
			product(n1-n0, run.h[n0*h:], into)
			for n := n0; n < n1; n++ {
				step.forward(u, t, n, t*r.batch+n, run)
			}
		}
	})
	last := func(v []T) *Tensor {
		t := empty(in[0].dtype, []int{r.batch, h})
		copy(span[T](t), v)
		return t
	}
	c.Save(in...)
	c.Data = u
	outs := []*Tensor{out, last(run.h)}
	if r.cell == lstmCell {
		outs = append(outs, last(run.c))
	}
	return outs
}

// inputs sets the gates of all steps to x·wᵀ + bias.
func inputs[T float32 | float64](u *unrolled[T], x, w, bias []T) {
	width := u.recurrence.gates * u.hidden
	if g, ok := any(u.gates).([]float32); ok {
		gemm.SgemmEpilogue(false, true, u.total(), width, u.in, 1, any(x).([]float32), u.in, any(w).([]float32), u.in, 0, g, width,
			&gemm.Epilogue{Bias: any(bias).([]float32)})
		return
	}
	for i := 0; i < len(u.gates); i += width {
		copy(u.gates[i:i+width], bias)
	}
	gemmOf(false, true, u.total(), width, u.in, 1, x, u.in, w, u.in, 1, u.gates, width)
}

// rollBack is backpropagation through time. The steps leave the gradients of
// their gates in one matrix, from which a few large products give those of
// the weights and of the input.
func rollBack[T float32 | float64](r *recurrence, c *Context, gs []*Tensor) []*Tensor {
	in := make([]*Tensor, 7)
	for i := range in {
		in[i] = c.Saved(i)
	}
	if GradEnabled() {
		return againMulti(c, gs, r.composite, in...)
	}
	u := c.Data.(*unrolled[T])
	rows, h, width := r.total(), r.hidden, r.gates*r.hidden
	run := &running[T]{gout: values[T](gs[0]), h: copyOrZeros(values[T](gs[1]), r.batch*h), dgates: lent[T](rows * width)}
	run.dhidden = run.dgates
	if run.gout == nil {
		run.none = make([]T, h)
	}
	if r.cell == lstmCell {
		run.c = copyOrZeros(values[T](gs[2]), r.batch*h)
	}
	if r.cell == gruCell {
		run.dhidden = lent[T](rows * width)
		defer giveBack(run.dhidden)
	}
	defer giveBack(run.dgates)
	whh := values[T](in[4])
	step := stepperFor[T](r)
	weights := newStateWeights(r, whh, false)
	defer weights.release()
	r.groups(func(n0, n1 int) {
		product := weights.product()
		for i := r.steps - 1; i >= 0; i-- {
			stopIfInterrupted()
			t := r.time(i)
			for n := n0; n < n1; n++ {
				step.backward(u, t, n, t*r.batch+n, run)
			}
			product(n1-n0, run.dhidden[(t*r.batch+n0)*width:], run.h[n0*h:])
		}
	})
	out := make([]*Tensor, 7)
	dt := in[0].dtype
	if c.Needs(0) {
		out[0] = blank(dt, in[0].shape)
		dx := span[T](out[0])
		if r.o.BatchFirst {
			dx = lent[T](rows * r.in)
			defer giveBack(dx)
		}
		gemmOf(false, false, rows, r.in, width, 1, run.dgates, width, values[T](in[3]), r.in, 0, dx, r.in)
		if r.o.BatchFirst {
			timeFirst(r, span[T](out[0]), dx, r.in, true)
		}
	}
	if c.Needs(1) {
		out[1] = empty(dt, in[1].shape)
		copy(span[T](out[1]), run.h)
	}
	if c.Needs(2) {
		out[2] = empty(dt, in[2].shape)
		copy(span[T](out[2]), run.c)
	}
	if c.Needs(3) {
		out[3] = blank(dt, in[3].shape)
		x := u.x
		if x == nil {
			x = values[T](in[0])
		}
		gemmOf(true, false, width, r.in, rows, 1, run.dgates, width, x, r.in, 0, span[T](out[3]), r.in)
	}
	if c.Needs(4) {
		out[4] = blank(dt, in[4].shape)
		gemmOf(true, false, width, h, rows, 1, run.dhidden, width, u.before, h, 0, span[T](out[4]), h)
	}
	for k, d := range [][]T{run.dgates, run.dhidden} {
		if c.Needs(5 + k) {
			out[5+k] = empty(dt, in[5+k].shape)
			b := span[T](out[5+k])
			for i := 0; i < rows*width; i += width {
				addInto(b, b, d[i:i+width])
			}
		}
	}
	return out
}

// composite is the same layer in differentiable operations.
func (r *recurrence) composite(in []*Tensor) []*Tensor {
	axis := 0
	if r.o.BatchFirst {
		axis = 1
	}
	state := func(t *Tensor) *Tensor {
		if t == nil {
			return empty(in[0].dtype, []int{r.batch, r.hidden})
		}
		return t
	}
	h, cs := state(in[1]), state(in[2])
	outs := make([]*Tensor, r.steps)
	for i := range r.steps {
		t := r.time(i)
		gi := Linear(in[0].Select(axis, t), in[3], in[5])
		gh := Linear(h, in[4], in[6])
		var next, nextCell *Tensor
		switch r.cell {
		case lstmCell:
			g := gi.Add(gh).Chunk(4, 1)
			nextCell = g[1].Sigmoid().Mul(cs).Add(g[0].Sigmoid().Mul(g[2].Tanh()))
			next = g[3].Sigmoid().Mul(nextCell.Tanh())
		case gruCell:
			a, b := gi.Chunk(3, 1), gh.Chunk(3, 1)
			reset, update := a[0].Add(b[0]).Sigmoid(), a[1].Add(b[1]).Sigmoid()
			fresh := a[2].Add(reset.Mul(b[2])).Tanh()
			next = fresh.Add(update.Mul(h.Sub(fresh)))
		default:
			next = gi.Add(gh)
			if r.o.ReLU {
				next = next.ReLU()
			} else {
				next = next.Tanh()
			}
		}
		outs[t] = next
		if r.o.Lengths != nil {
			runs := r.mask(t, in[0].dtype)
			stopped := runs.RSubScalar(1)
			outs[t] = next.Mul(runs)
			next = outs[t].Add(h.Mul(stopped))
			if nextCell != nil {
				nextCell = nextCell.Mul(runs).Add(cs.Mul(stopped))
			}
		}
		h, cs = next, nextCell
	}
	out := Stack(outs, axis)
	if r.cell == lstmCell {
		return []*Tensor{out, h, cs}
	}
	return []*Tensor{out, h}
}

// mask [N, 1] is 1 for the sequences that have a step at time t.
func (r *recurrence) mask(t int, dt DType) *Tensor {
	m := make([]float64, r.batch)
	for n := range m {
		if r.active(t, n) {
			m[n] = 1
		}
	}
	return FromFloat64s(m, r.batch, 1).To(dt)
}
