package dl

import (
	"fmt"
	"math"
	"slices"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/recycle"
	"descent/dl/internal/simd"
)

// RecurrentOptions configures RNN, LSTM and GRU, which each run one layer in
// one direction.
type RecurrentOptions struct {
	BatchFirst bool // x and the output are [N, T, …] instead of [T, N, …]
	Reverse    bool // reads the sequences from the end
	// Lengths gives the number of steps of each sequence when they differ; x
	// is padded to T steps. The output is zero beyond the end of a sequence,
	// and its last state is the one after its own last step.
	Lengths []int
	ReLU    bool // RNN only: ReLU instead of tanh
}

// cell is the kind of a recurrent step.
type cell struct {
	name  string
	gates int // blocks of rows in the weights
}

var (
	rnnCell  = cell{"rnn", 1}
	lstmCell = cell{"lstm", 4}
	gruCell  = cell{"gru", 3}
)

// recurrence is one run of a recurrent layer over a batch of sequences.
type recurrence struct {
	cell
	o                        RecurrentOptions
	steps, batch, in, hidden int
}

// newRecurrence checks the tensors of a run: the inputs of MultiFunction, in
// the order x, h0, c0, weightIH, weightHH, biasIH, biasHH.
func newRecurrence(k cell, in []*Tensor, o RecurrentOptions) *recurrence {
	x, wih, whh := in[0], in[3], in[4]
	needFloat(k.name, x)
	layout := "[steps×batch×features]"
	if o.BatchFirst {
		layout = "[batch×steps×features]"
	}
	if len(x.shape) != 3 {
		fail(k.name, "x of shape "+shapeText(x.shape), layout, "", x)
	}
	r := &recurrence{cell: k, o: o, steps: x.shape[0], batch: x.shape[1], in: x.shape[2]}
	if o.BatchFirst {
		r.steps, r.batch = r.batch, r.steps
	}
	if r.steps == 0 {
		fail(k.name, "sequences of no steps", "at least one step", "", x)
	}
	if len(whh.shape) != 2 || whh.shape[0] != k.gates*whh.shape[1] {
		fail(k.name, "a recurrent weight of shape "+shapeText(whh.shape), fmt.Sprintf("[%d·hidden×hidden]", k.gates), "", whh)
	}
	r.hidden = whh.shape[1]
	want := func(what string, t *Tensor, shape ...int) {
		if t == nil {
			return
		}
		if !slices.Equal(t.shape, shape) {
			fail(k.name, what+" of shape "+shapeText(t.shape), shapeText(shape), "", x, t)
		}
		if t.dtype != x.dtype {
			fail(k.name, fmt.Sprintf("x of %s and %s of %s", x.dtype, what, t.dtype), "the same type",
				"x.To(dl."+goName(t.dtype)+")", x, t)
		}
	}
	rows := k.gates * r.hidden
	want("an input weight", wih, rows, r.in)
	want("a recurrent weight", whh, rows, r.hidden)
	want("an input bias", in[5], rows)
	want("a recurrent bias", in[6], rows)
	want("a first state", in[1], r.batch, r.hidden)
	want("a first cell state", in[2], r.batch, r.hidden)
	if o.Lengths != nil && len(o.Lengths) != r.batch {
		fail(k.name, fmt.Sprintf("%d lengths for a batch of %d", len(o.Lengths), r.batch), "one length for each sequence", "", x)
	}
	for i, n := range o.Lengths {
		if n < 1 || n > r.steps {
			fail(k.name, fmt.Sprintf("length %d of sequence %d", n, i), fmt.Sprintf("from 1 to the %d steps of x", r.steps), "", x)
		}
	}
	return r
}

// time is the step that is computed as the i-th.
func (r *recurrence) time(i int) int {
	if r.o.Reverse {
		return r.steps - 1 - i
	}
	return i
}

// place is the row of sequence n at time t in x and in the output. Matrices
// of the run itself have the rows of one time together, so that those of
// different sequences do not fall on the same lines of the cache.
func (r *recurrence) place(t, n int) int {
	if r.o.BatchFirst {
		return n*r.steps + t
	}
	return t*r.batch + n
}

// timeFirst copies rows of width elements from where place says to the order
// of the run, or back.
func timeFirst[T float32 | float64](r *recurrence, dst, src []T, width int, back bool) {
	par.For(r.steps, 1+(1<<14)/(r.batch*width+1), func(lo, hi int) {
		for t := lo; t < hi; t++ {
			for n := range r.batch {
				inside, outside := (t*r.batch+n)*width, r.place(t, n)*width
				if back {
					copy(dst[outside:][:width], src[inside:][:width])
				} else {
					copy(dst[inside:][:width], src[outside:][:width])
				}
			}
		}
	})
}

// active reports whether sequence n has a step at time t.
func (r *recurrence) active(t, n int) bool { return r.o.Lengths == nil || t < r.o.Lengths[n] }

// group is how many sequences run through all steps together, on one
// processor.
const group = 16

// groups calls f for parts of the batch, on several processors.
func (r *recurrence) groups(f func(n0, n1 int)) {
	count := (r.batch + group - 1) / group
	par.For(count, 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			f(i*r.batch/count, (i+1)*r.batch/count)
		}
	})
}

// total is the number of rows of such a matrix.
func (r *recurrence) total() int { return r.steps * r.batch }

// outShape is the shape of the output.
func (r *recurrence) outShape() []int {
	if r.o.BatchFirst {
		return []int{r.batch, r.steps, r.hidden}
	}
	return []int{r.steps, r.batch, r.hidden}
}

// unrolled is what a run leaves for its backward pass. Matrices have a row for
// each sequence at each step, step after step.
type unrolled[T float32 | float64] struct {
	*recurrence
	x      []T // the input in that order
	gates  []T // after their activation functions
	before []T // the state before each step
	cells  []T // LSTM: the cell state before each step
	bent   []T // LSTM: tanh of the cell state after each step; RNN: the state after it; GRU: what r multiplies
}

// stepper computes the steps of one kind of cell.
type stepper[T float32 | float64] interface {
	// forward runs time t of sequence n; row is that of the run's matrices.
	forward(u *unrolled[T], t, n, row int, run *running[T])
	// backward turns the gradients of the state after time t into those
	// before it, but for what comes through the recurrent weights.
	backward(u *unrolled[T], t, n, row int, run *running[T])
}

// running is the state that goes from step to step, and buffers.
type running[T float32 | float64] struct {
	out, gout  []T // output, or its gradient (may be nil)
	none       []T // zeros, one row, when gout is nil
	h, c       []T // state, or its gradient
	dgates     []T // gradient of what comes from the input, before the activation functions
	dhidden    []T // GRU: of what comes from the state
	hiddenPart []T // GRU: the product of state and recurrent weights at this step
}

func recycled[T float32 | float64](n int) []T {
	var none []T
	if _, ok := any(none).([]float32); ok {
		return any(recycle.Float32s(n)).([]T)
	}
	return make([]T, n)
}

// lent is memory that its caller gives back.
func lent[T float32 | float64](n int) []T {
	var none []T
	if _, ok := any(none).([]float32); ok {
		return any(pool.Float32s(n)).([]T)
	}
	return any(pool.Float64s(n)).([]T)
}

func giveBack[T float32 | float64](s []T) {
	if f, ok := any(s).([]float32); ok {
		pool.Put(f)
		return
	}
	pool.PutFloat64s(any(s).([]float64))
}

// gemmOf is c = op(a)·op(b) + beta·c in either precision.
func gemmOf[T float32 | float64](transA, transB bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) {
	if m == 0 || n == 0 {
		return
	}
	if a, ok := any(a).([]float32); ok {
		gemm.Sgemm(transA, transB, m, n, k, float32(alpha), a, lda, any(b).([]float32), ldb, float32(beta), any(c).([]float32), ldc)
		return
	}
	gemm.Dgemm(transA, transB, m, n, k, float64(alpha), any(a).([]float64), lda, any(b).([]float64), ldb, float64(beta), any(c).([]float64), ldc)
}

func sigmoidInto[T float32 | float64](dst, a []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Sigmoid(d, any(a).([]float32))
		return
	}
	for i, v := range a {
		dst[i] = T(sigmoid(float64(v)))
	}
}

func tanhInto[T float32 | float64](dst, a []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Tanh(d, any(a).([]float32))
		return
	}
	for i, v := range a {
		dst[i] = T(math.Tanh(float64(v)))
	}
}

func addInto[T float32 | float64](dst, a, b []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Add(d, any(a).([]float32), any(b).([]float32))
		return
	}
	for i, v := range a {
		dst[i] = v + b[i]
	}
}

func subInto[T float32 | float64](dst, a, b []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Sub(d, any(a).([]float32), any(b).([]float32))
		return
	}
	for i, v := range a {
		dst[i] = v - b[i]
	}
}

// complement sets dst to 1 − a.
func complement[T float32 | float64](dst, a []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Affine(d, any(a).([]float32), -1, 1)
		return
	}
	for i, v := range a {
		dst[i] = 1 - v
	}
}

// timesAll multiplies dst by each of the others in turn.
func timesAll[T float32 | float64](dst, a, b, c []T) {
	mulInto(dst, a)
	mulInto(dst, b)
	mulInto(dst, c)
}

// values gives the elements of t, nil for nil.
func values[T float32 | float64](t *Tensor) []T {
	if t == nil {
		return nil
	}
	return span[T](dense(t))
}

// copyOrZeros is a copy of v, or n zeros when there is no v.
func copyOrZeros[T float32 | float64](v []T, n int) []T {
	out := make([]T, n)
	copy(out, v)
	return out
}
