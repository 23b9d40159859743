package data

import (
	"fmt"

	"descent/dl"
)

// A Dataset is a finite list of samples. Write your own with these two methods;
// NewLoader stacks its samples to batches.
//
//	type Squares struct{}
//
//	func (Squares) Len() int { return 100 }
//	func (Squares) Get(i int) (x, y *dl.Tensor) {
//		return dl.Full(float64(i), 1), dl.Full(float64(i*i), 1)
//	}
//
// Get returns the input and the target of sample i, without a batch dimension.
// The target may be nil, for all samples or for none. Get is called from several
// goroutines at once only by a loader with Prefetch > 1.
//
// PyTorch: torch.utils.data.Dataset (__len__, __getitem__).
type Dataset interface {
	Len() int
	Get(i int) (x, y *dl.Tensor)
}

// A Batch is a stack of samples: X is [N, …], Y is [N] or [N, …], or nil when
// the dataset has no targets. Indices are the samples' numbers in the dataset
// that the loader was given.
type Batch struct {
	X, Y    *dl.Tensor
	Indices []int
}

// Len returns the number of samples.
func (b Batch) Len() int { return len(b.Indices) }

// A Batcher is a Dataset that can make a whole batch faster than sample by
// sample. The datasets of this package are. PyTorch: __getitems__.
type Batcher interface {
	Dataset
	// Batch stacks the samples with the given numbers, in that order, into
	// tensors that share no memory with the dataset.
	Batch(indices []int) Batch
}

// Collect stacks the samples of any dataset with the given numbers, in that
// order. PyTorch: default_collate.
func Collect(d Dataset, indices []int) Batch {
	if b, ok := d.(Batcher); ok {
		return b.Batch(indices)
	}
	checkIndices("data.Collect", indices, d.Len())
	return collate(d, indices)
}

// collate stacks what Get returns.
func collate(d Dataset, indices []int) Batch {
	if len(indices) == 0 {
		panic(&dl.Error{Op: "data.Collect", Got: "no indices", Want: "at least one sample"})
	}
	xs := make([]*dl.Tensor, len(indices))
	ys := make([]*dl.Tensor, 0, len(indices))
	for k, i := range indices {
		x, y := d.Get(i)
		if x == nil {
			panic(&dl.Error{Op: "Dataset.Get", Got: fmt.Sprintf("a nil input for sample %d", i), Want: "a tensor"})
		}
		xs[k] = x
		if y != nil {
			ys = append(ys, y)
		}
	}
	b := Batch{X: stack(xs, indices, "inputs"), Indices: indices}
	switch len(ys) {
	case 0:
	case len(xs):
		b.Y = stack(ys, indices, "targets")
	default:
		panic(&dl.Error{Op: "Dataset.Get", Got: fmt.Sprintf("targets for %d of %d samples", len(ys), len(xs)),
			Want: "a target for every sample, or nil for every sample"})
	}
	return b
}

// stack is dl.Stack with an error that names the sample.
func stack(ts []*dl.Tensor, indices []int, what string) *dl.Tensor {
	for k, t := range ts {
		if !sameShape(t, ts[0]) || t.DType() != ts[0].DType() {
			panic(&dl.Error{Op: "data.Collect",
				Got: fmt.Sprintf("%s of different kinds: sample %d is %v %v, sample %d is %v %v", what,
					indices[0], ts[0].DType(), ts[0].Shape(), indices[k], t.DType(), t.Shape()),
				Want: "samples of one shape and type",
				Hint: "crop, pad or resize in Get so that all samples have the same shape"})
		}
	}
	var out *dl.Tensor
	dl.NoGrad(func() { out = dl.Stack(ts, 0) })
	return out
}

func sameShape(a, b *dl.Tensor) bool {
	if a.Dim() != b.Dim() {
		return false
	}
	for d := range a.Dim() {
		if a.Size(d) != b.Size(d) {
			return false
		}
	}
	return true
}

func checkIndices(op string, indices []int, n int) {
	for _, i := range indices {
		checkIndex(op, i, n)
	}
}

func checkIndex(op string, i, n int) {
	if i < 0 || i >= n {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("sample %d", i), Want: fmt.Sprintf("0 to %d", n-1)})
	}
}

// span returns lo, lo+1, …, hi-1.
func span(lo, hi int) []int {
	out := make([]int, hi-lo)
	for i := range out {
		out[i] = lo + i
	}
	return out
}
