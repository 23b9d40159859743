package nn

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/internal/origin"
)

// PositionOptions are the choices for [SinusoidalPositions] and [LearnedPositions].
type PositionOptions struct {
	BatchFirst bool    // inputs are [N, L, Features] instead of [L, N, Features]
	Dropout    float64 // of the sum, while training
}

// Positions is what [SinusoidalPositions] and [LearnedPositions] share: a vector for each place in a sequence, which they
// add to what stands there.
type Positions struct {
	Most     int             `nn:"-"` // the longest sequence
	Features int             `nn:"-"`
	Options  PositionOptions `nn:"-"`
	Mode
	layer `nn:"-"`
}

func newPositions(op string, most, features int, o PositionOptions) Positions {
	positive(op, "most", most)
	positive(op, "features", features)
	if !(o.Dropout >= 0 && o.Dropout <= 1) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("dropout %g", o.Dropout), Want: "a probability in [0, 1]"})
	}
	return Positions{Most: most, Features: features, Options: o}
}

func (l *Positions) add(op string, x, table *dl.Tensor) *dl.Tensor {
	axis := 0
	if l.Options.BatchFirst {
		axis = 1
	}
	if x.Dim() != 3 || x.Size(2) != l.Features || x.Size(axis) > l.Most {
		want := fmt.Sprintf("[at most %d steps×batch×%d features]", l.Most, l.Features)
		if l.Options.BatchFirst {
			want = fmt.Sprintf("[batch×at most %d steps×%d features]", l.Most, l.Features)
		}
		panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()), Want: want})
	}
	p := table.Narrow(0, 0, x.Size(axis))
	if axis == 0 {
		p = p.Unsqueeze(1)
	}
	return l.out(x, dl.Dropout(x.Add(p.To(x.DType())), l.Options.Dropout, l.Training()))
}

// SinusoidalPositions adds to each step of a sequence sines and cosines of its place, of wavelengths from 2π to 2π·10000.
//
//	input  [L, N, Features], or [N, L, Features] with BatchFirst
//	output the same
//
// A. Vaswani et al.: Attention Is All You Need, arXiv:1706.03762. PyTorch has it in its tutorials only.
type SinusoidalPositions struct {
	Positions `nn:"."`
	table     *dl.Tensor // [Most, Features], no state: it can be made again
}

// NewSinusoidalPositions makes [SinusoidalPositions] for sequences of at most so many steps.
func NewSinusoidalPositions(most, features int, o PositionOptions) *SinusoidalPositions {
	l := &SinusoidalPositions{Positions: newPositions("nn.NewSinusoidalPositions", most, features, o)}
	v := make([]float32, most*features)
	for t := range most {
		for j := range features {
			angle := float64(t) * math.Exp(-math.Log(10000)*float64(j/2*2)/float64(features))
			if j%2 == 0 {
				v[t*features+j] = float32(math.Sin(angle))
			} else {
				v[t*features+j] = float32(math.Cos(angle))
			}
		}
	}
	l.table = dl.FromFloat32s(v, most, features)
	return l
}

// Forward adds the positions to x.
func (l *SinusoidalPositions) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.add("nn.SinusoidalPositions", x, l.table)
}

// String gives the longest sequence and the number of features.
func (l *SinusoidalPositions) String() string {
	return fmt.Sprintf("SinusoidalPositions(%d×%d)", l.Most, l.Features)
}

// LearnedPositions adds to each step of a sequence a learned vector for its place.
//
//	input  [L, N, Features], or [N, L, Features] with BatchFirst
//	output the same
type LearnedPositions struct {
	Weight    *dl.Tensor `nn:"weight"` // [Most, Features]
	Positions `nn:"."`
}

// NewLearnedPositions makes [LearnedPositions] for sequences of at most so many steps, drawn from a normal distribution of
// deviation 0.02.
func NewLearnedPositions(most, features int, o PositionOptions) *LearnedPositions {
	l := &LearnedPositions{Positions: newPositions("nn.NewLearnedPositions", most, features, o)}
	l.Weight = InitNormal(parameter(most, features), 0, 0.02)
	return l
}

// Forward adds the positions to x.
func (l *LearnedPositions) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.add("nn.LearnedPositions", x, l.Weight)
}

// String gives the longest sequence and the number of features.
func (l *LearnedPositions) String() string {
	return fmt.Sprintf("LearnedPositions(%d×%d)", l.Most, l.Features)
}
