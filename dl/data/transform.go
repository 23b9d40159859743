package data

import (
	"fmt"

	"descent/dl"
)

// A Transform changes one sample's input, at random with numbers from g and from
// nowhere else, so that a seed repeats it. It must not change x itself.
//
// Images are float32 [C, H, W] or [H, W].
type Transform func(x *dl.Tensor, g *dl.Generator) *dl.Tensor

// Compose applies transforms one after the other. torchvision: transforms.Compose.
func Compose(ts []Transform) Transform {
	for i, t := range ts {
		if t == nil {
			panic(&dl.Error{Op: "data.Compose", Got: fmt.Sprintf("a nil transform at %d", i), Want: "transforms"})
		}
	}
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		for _, t := range ts {
			x = t(x, g)
		}
		return x
	}
}

// Sometimes applies t to a share p of the samples. torchvision: transforms.RandomApply.
func Sometimes(p float64, t Transform) Transform {
	checkShare("data.Sometimes", p)
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		if uniform(g) >= p {
			return x
		}
		return t(x, g)
	}
}

// Noise adds normal noise of the given standard deviation.
func Noise(std float64) Transform {
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		src := x.To(dl.Float32).Float32s()
		out := make([]float32, len(src))
		for i, v := range src {
			out[i] = v + float32(std*g.Normal())
		}
		return dl.FromFloat32s(out, x.Shape()...)
	}
}

func checkShare(op string, p float64) {
	if !(p >= 0 && p <= 1) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("probability %v", p), Want: "a number from 0 to 1"})
	}
}

// uniform returns a number in [0, 1).
func uniform(g *dl.Generator) float64 { return float64(g.Uint64()>>11) / (1 << 53) }

// between returns a number in [−limit, limit).
func between(g *dl.Generator, limit float64) float64 { return limit * (2*uniform(g) - 1) }

// A raw dataset can give its inputs before normalisation.
type raw interface {
	rawBatch(indices []int) (Batch, *affine)
}

func (d *TensorDataset) rawBatch(indices []int) (Batch, *affine) {
	plain := *d
	plain.norm = nil
	return plain.Batch(indices), d.norm
}

func (s *Subset) rawBatch(indices []int) (Batch, *affine) {
	base, ok := s.Base.(raw)
	if !ok {
		return s.Batch(indices), nil
	}
	checkIndices("Subset.Batch", indices, len(s.Indices))
	inner := make([]int, len(indices))
	for k, i := range indices {
		inner[k] = s.Indices[i]
	}
	b, norm := base.rawBatch(inner)
	b.Indices = indices
	return b, norm
}

// augmented makes a batch whose inputs went through t. Each sample has a
// generator of its own, so that its fate depends neither on the batch it is in
// nor on what was drawn before.
func augmented(d Dataset, indices []int, t Transform, seed uint64) Batch {
	var b Batch
	var norm *affine
	if r, ok := d.(raw); ok {
		b, norm = r.rawBatch(indices)
	} else {
		b = Collect(d, indices)
	}
	xs := make([]*dl.Tensor, len(indices))
	for k, i := range indices {
		xs[k] = t(b.X.Select(0, k), dl.NewGenerator(mix(seed, uint64(i)), dl.StreamAugment))
		if xs[k] == nil {
			panic(&dl.Error{Op: "LoaderOptions.Augment", Got: "a nil tensor", Want: "the changed sample"})
		}
	}
	b.X = stack(xs, indices, "augmented inputs")
	if norm != nil {
		b.X = gather(b.X, span(0, len(indices)), norm)
	}
	return b
}
