package data

import (
	"fmt"
	"slices"

	"descent/dl"
)

// A TensorDataset holds all samples in memory: X is [N, …], Y is [N] or [N, …]
// or nil. PyTorch: TensorDataset.
//
// Classes and Name are for display; class i is the target value i.
type TensorDataset struct {
	X, Y    *dl.Tensor
	Classes []string
	Name    string

	norm *affine // nil: batches hold X as it is
}

// An affine map x·scale[c] + shift[c] of each channel c, one entry for all channels alike.
type affine struct {
	scale, shift []float64
}

// NewTensorDataset returns a dataset over x and y, which it does not copy. y may
// be nil. It panics if their first dimensions differ.
func NewTensorDataset(x, y *dl.Tensor) *TensorDataset {
	d := &TensorDataset{X: x, Y: y}
	d.check("data.NewTensorDataset")
	return d
}

func (d *TensorDataset) check(op string) {
	switch {
	case d.X == nil:
		panic(&dl.Error{Op: op, Got: "no inputs", Want: "a tensor [N, …]"})
	case d.X.Dim() == 0:
		panic(&dl.Error{Op: op, Got: "a scalar", Want: "inputs [N, …]"})
	case d.Y != nil && (d.Y.Dim() == 0 || d.Y.Size(0) != d.X.Size(0)):
		panic(&dl.Error{Op: op, Got: lengthsText(d), Want: "one target for each input",
			Shapes: [][]int{d.X.Shape(), d.Y.Shape()}})
	}
}

// lengthsText says how the lengths of inputs and targets differ.
func lengthsText(d *TensorDataset) string {
	if d.Y.Dim() == 0 {
		return fmt.Sprintf("inputs and targets of different lengths: %d inputs and a scalar", d.X.Size(0))
	}
	return fmt.Sprintf("inputs and targets of different lengths: %d inputs, %d targets", d.X.Size(0), d.Y.Size(0))
}

// Len implements Dataset.
func (d *TensorDataset) Len() int { return d.X.Size(0) }

// Get implements Dataset: sample i, normalised, without a batch dimension.
func (d *TensorDataset) Get(i int) (x, y *dl.Tensor) {
	b := d.Batch([]int{i})
	if b.Y != nil {
		y = b.Y.Select(0, 0)
	}
	return b.X.Select(0, 0), y
}

// Batch implements Batcher. Rows are copied in parallel and normalised on the way.
func (d *TensorDataset) Batch(indices []int) Batch {
	checkIndices("TensorDataset.Batch", indices, d.Len())
	b := Batch{X: gather(d.X, indices, d.norm), Indices: indices}
	if d.Y != nil {
		b.Y = gather(d.Y, indices, nil)
	}
	return b
}

// First returns the first n samples as one batch, all if there are fewer.
func (d *TensorDataset) First(n int) Batch {
	return d.Batch(span(0, min(max(n, 0), d.Len())))
}

// Normalize returns a dataset whose batches hold (x − mean) / std. X itself stays
// as it is and is not copied: the arithmetic happens while a batch is made.
// torchvision: transforms.Normalize((mean,), (std,)).
func (d *TensorDataset) Normalize(mean, std float64) *TensorDataset {
	return d.NormalizeChannels([]float64{mean}, []float64{std})
}

// NormalizeChannels is Normalize with a mean and a deviation of its own for each
// channel, which is dimension 1 of X. Normalising twice does both, one after the
// other. torchvision: transforms.Normalize(mean, std).
func (d *TensorDataset) NormalizeChannels(mean, std []float64) *TensorDataset {
	const op = "TensorDataset.Normalize"
	d.check(op)
	if len(mean) != len(std) || len(mean) == 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d means and %d deviations", len(mean), len(std)), Want: "one of each for every channel"})
	}
	if len(mean) > 1 && (d.X.Dim() < 2 || d.X.Size(1) != len(mean)) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d means", len(mean)),
			Want: "as many as there are channels (dimension 1)", Shapes: [][]int{d.X.Shape()}})
	}
	n := &affine{scale: make([]float64, len(mean)), shift: make([]float64, len(mean))}
	for c, s := range std {
		if s == 0 || s != s {
			panic(&dl.Error{Op: op, Got: fmt.Sprintf("a deviation of %v for channel %d", s, c), Want: "a number other than zero",
				Hint: "a constant channel carries no information: leave it out or use 1"})
		}
		n.scale[c], n.shift[c] = 1/s, -mean[c]/s
	}
	out := *d
	out.norm = n.after(d.norm)
	return &out
}

// after returns the map that does first and then n.
func (n *affine) after(first *affine) *affine {
	if first == nil {
		return n
	}
	c := max(len(n.scale), len(first.scale))
	at := func(v []float64, i int) float64 { return v[min(i, len(v)-1)] }
	out := &affine{scale: make([]float64, c), shift: make([]float64, c)}
	for i := range c {
		out.scale[i] = at(n.scale, i) * at(first.scale, i)
		out.shift[i] = at(n.scale, i)*at(first.shift, i) + at(n.shift, i)
	}
	return out
}

// Denormalize undoes the normalisation on a batch's inputs, for display. A
// dataset that was not normalised returns x.
func (d *TensorDataset) Denormalize(x *dl.Tensor) *dl.Tensor {
	if d.norm == nil {
		return x
	}
	inv := &affine{scale: make([]float64, len(d.norm.scale)), shift: make([]float64, len(d.norm.scale))}
	for c, s := range d.norm.scale {
		inv.scale[c], inv.shift[c] = 1/s, -d.norm.shift[c]/s
	}
	return gather(x, span(0, x.Size(0)), inv)
}

// MeanStd returns the mean and the standard deviation (of the population) over
// all of X, as Normalize takes them.
func (d *TensorDataset) MeanStd() (mean, std float64) {
	return meanStd(d.X)
}

// Take returns the first n samples, without copying; all if there are fewer.
func (d *TensorDataset) Take(n int) *TensorDataset { return d.Range(0, min(max(n, 0), d.Len())) }

// Range returns samples lo to hi-1, without copying.
func (d *TensorDataset) Range(lo, hi int) *TensorDataset {
	if lo < 0 || hi < lo || hi > d.Len() {
		panic(&dl.Error{Op: "TensorDataset.Range", Got: fmt.Sprintf("%d to %d", lo, hi), Want: fmt.Sprintf("within 0 to %d", d.Len())})
	}
	out := *d
	out.X = d.X.Narrow(0, lo, hi-lo)
	if d.Y != nil {
		out.Y = d.Y.Narrow(0, lo, hi-lo)
	}
	return &out
}

// Subset returns a view on the samples with the given numbers. PyTorch: Subset.
func (d *TensorDataset) Subset(indices []int) *Subset { return NewSubset(d, indices) }

// Split divides the samples at random into two views: the first holds the given
// fraction of them, the second the rest. The same seed gives the same split.
// PyTorch: random_split.
//
//	train, val := set.Split(0.9, 1)
func (d *TensorDataset) Split(fraction float64, seed uint64) (first, rest *Subset) {
	return split2(d, fraction, seed)
}

// ClassCounts returns how many samples each class has. Y must hold class numbers.
func (d *TensorDataset) ClassCounts() []int {
	if d.Y == nil || d.Y.Dim() != 1 || d.Y.DType() == dl.Float32 || d.Y.DType() == dl.Float64 {
		panic(&dl.Error{Op: "TensorDataset.ClassCounts", Got: "targets that are not class numbers", Want: "Y of integers [N]"})
	}
	counts := make([]int, len(d.Classes))
	for _, c := range d.Y.To(dl.Int64).Int64s() {
		if c < 0 {
			continue // the mark of samples without a label
		}
		if int(c) >= len(counts) {
			counts = append(counts, make([]int, int(c)+1-len(counts))...)
		}
		counts[c]++
	}
	return counts
}

// String reads like `MNIST train: 60000 samples of float32 [1 28 28], 10 classes`.
func (d *TensorDataset) String() string {
	name := d.Name
	if name == "" {
		name = "dataset"
	}
	s := fmt.Sprintf("%s: %d samples of %v %v", name, d.Len(), d.X.DType(), slices.Clone(d.X.Shape()[1:]))
	if len(d.Classes) > 0 {
		s += fmt.Sprintf(", %d classes", len(d.Classes))
	}
	if d.norm != nil {
		s += ", normalised"
	}
	return s
}

// ClassNames returns Classes.
func (d *TensorDataset) ClassNames() []string { return d.Classes }
