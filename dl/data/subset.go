package data

import (
	"fmt"
	"math"
	"slices"

	"descent/dl"
)

// A Subset is a view on some samples of a dataset. PyTorch: Subset.
type Subset struct {
	Base    Dataset
	Indices []int // numbers of the samples in Base
}

// NewSubset returns a view on the samples of d with the given numbers, which may
// repeat. It panics if a number is out of range.
func NewSubset(d Dataset, indices []int) *Subset {
	checkIndices("data.NewSubset", indices, d.Len())
	return &Subset{Base: d, Indices: slices.Clone(indices)}
}

// Len implements Dataset.
func (s *Subset) Len() int { return len(s.Indices) }

// Get implements Dataset.
func (s *Subset) Get(i int) (x, y *dl.Tensor) {
	checkIndex("Subset.Get", i, len(s.Indices))
	return s.Base.Get(s.Indices[i])
}

// Batch implements Batcher. The batch's Indices are those of the subset.
func (s *Subset) Batch(indices []int) Batch {
	checkIndices("Subset.Batch", indices, len(s.Indices))
	inner := make([]int, len(indices))
	for k, i := range indices {
		inner[k] = s.Indices[i]
	}
	b := Collect(s.Base, inner)
	b.Indices = indices
	return b
}

// First returns the first n samples as one batch, all if there are fewer.
func (s *Subset) First(n int) Batch { return s.Batch(span(0, min(max(n, 0), s.Len()))) }

// Split divides the samples at random into two views; see TensorDataset.Split.
func (s *Subset) Split(fraction float64, seed uint64) (first, rest *Subset) {
	return split2(s, fraction, seed)
}

// Tensors copies the samples into a dataset of their own, normalised if the base
// was.
func (s *Subset) Tensors() *TensorDataset {
	b := s.First(s.Len())
	d := &TensorDataset{X: b.X, Y: b.Y}
	if base, ok := s.Base.(*TensorDataset); ok {
		d.Classes, d.Name = base.Classes, base.Name
	}
	return d
}

// RandomSplit divides a dataset at random into views, one for each fraction. The
// fractions must not sum to more than 1; what rounding leaves goes to the first
// ones, and what the fractions leave is not used. The same seed gives the same
// split. PyTorch: random_split.
func RandomSplit(d Dataset, fractions []float64, seed uint64) []*Subset {
	const op = "data.RandomSplit"
	total := 0.0
	for _, f := range fractions {
		if !(f >= 0) {
			panic(&dl.Error{Op: op, Got: fmt.Sprintf("fraction %v", f), Want: "numbers from 0 to 1"})
		}
		total += f
	}
	if total > 1+1e-9 || len(fractions) == 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("fractions %v with sum %v", fractions, total), Want: "a sum of at most 1"})
	}
	n := d.Len()
	sizes := make([]int, len(fractions))
	left := int(math.Round(total * float64(n)))
	for i, f := range fractions {
		sizes[i] = int(f*float64(n) + 1e-9)
		left -= sizes[i]
	}
	for i := 0; left > 0; i = (i + 1) % len(sizes) {
		sizes[i]++
		left--
	}
	order := permutation(n, seed, 0)
	out := make([]*Subset, len(sizes))
	for i, k := range sizes {
		out[i] = &Subset{Base: d, Indices: order[:k:k]}
		order = order[k:]
	}
	return out
}

func split2(d Dataset, fraction float64, seed uint64) (first, rest *Subset) {
	if !(fraction >= 0 && fraction <= 1) {
		panic(&dl.Error{Op: "Split", Got: fmt.Sprintf("fraction %v", fraction), Want: "a number from 0 to 1",
			Hint: "0.9 puts nine samples of ten into the first part"})
	}
	k := int(math.Round(fraction * float64(d.Len())))
	order := permutation(d.Len(), seed, 0)
	return &Subset{Base: d, Indices: order[:k:k]}, &Subset{Base: d, Indices: order[k:]}
}

// Concat joins datasets end to end. PyTorch: ConcatDataset.
func Concat(parts []Dataset) Dataset {
	c := &concat{parts: parts, ends: make([]int, len(parts))}
	n := 0
	for i, p := range parts {
		n += p.Len()
		c.ends[i] = n
	}
	return c
}

type concat struct {
	parts []Dataset
	ends  []int // ends[i] is the number of samples in parts[:i+1]
}

func (c *concat) Len() int {
	if len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

// locate returns the part that holds sample i and the sample's number there.
func (c *concat) locate(i int) (part, inner int) {
	part, found := slices.BinarySearch(c.ends, i)
	for found && part < len(c.ends) && c.ends[part] == i { // i is the first sample behind part, and behind empty ones
		part++
	}
	if part > 0 {
		i -= c.ends[part-1]
	}
	return part, i
}

func (c *concat) Get(i int) (x, y *dl.Tensor) {
	checkIndex("Concat.Get", i, c.Len())
	part, inner := c.locate(i)
	return c.parts[part].Get(inner)
}

// Map returns a dataset whose samples are those of d passed through f, each time
// they are asked for. Use it for deterministic preparation; random augmentation
// belongs into LoaderOptions.Augment, which is seeded.
func Map(d Dataset, f func(x, y *dl.Tensor) (*dl.Tensor, *dl.Tensor)) Dataset {
	if f == nil {
		panic(&dl.Error{Op: "data.Map", Got: "a nil function", Want: "a function of input and target"})
	}
	return mapped{d, f}
}

type mapped struct {
	Dataset
	f func(x, y *dl.Tensor) (*dl.Tensor, *dl.Tensor)
}

func (m mapped) Get(i int) (x, y *dl.Tensor) { return m.f(m.Dataset.Get(i)) }

// ClassNames returns the class names of the base, nil if it has none.
func (s *Subset) ClassNames() []string {
	if base, ok := s.Base.(interface{ ClassNames() []string }); ok {
		return base.ClassNames()
	}
	return nil
}

// Denormalize undoes the normalisation of the base; see TensorDataset.Denormalize.
func (s *Subset) Denormalize(x *dl.Tensor) *dl.Tensor {
	if base, ok := s.Base.(interface {
		Denormalize(x *dl.Tensor) *dl.Tensor
	}); ok {
		return base.Denormalize(x)
	}
	return x
}
