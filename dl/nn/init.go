package nn

import (
	"fmt"
	"math"

	"descent/dl"
)

// The functions whose names begin with Init fill a tensor with first values, in place and outside any graph. Random numbers
// come from the stream of initialization, which [dl.ManualSeed] sets: the same seed gives the same model whatever else
// draws random numbers.

// fill sets the elements of t from a slice of as many numbers that f fills.
func fill(t *dl.Tensor, f func(v []float32)) *dl.Tensor {
	v := make([]float32, t.Numel())
	f(v)
	src := dl.FromFloat32s(v, t.Shape()...)
	dl.NoGrad(func() { t.CopyFrom(src.To(t.DType())) })
	return t
}

// InitUniform draws every element from [low, high) and returns t.
//
// PyTorch: nn.init.uniform_.
func InitUniform(t *dl.Tensor, low, high float64) *dl.Tensor {
	return fill(t, func(v []float32) {
		dl.DefaultGenerator(dl.StreamInit).FillUniform(v)
		for i, u := range v {
			v[i] = float32(low + (high-low)*float64(u))
		}
	})
}

// InitNormal draws every element from a normal distribution and returns t.
//
// PyTorch: nn.init.normal_.
func InitNormal(t *dl.Tensor, mean, std float64) *dl.Tensor {
	return fill(t, func(v []float32) {
		dl.DefaultGenerator(dl.StreamInit).FillNormal(v)
		for i, z := range v {
			v[i] = float32(mean + std*float64(z))
		}
	})
}

// InitTruncNormal draws every element from a normal distribution cut off at low and high, and returns t.
//
// PyTorch: nn.init.trunc_normal_.
func InitTruncNormal(t *dl.Tensor, mean, std, low, high float64) *dl.Tensor {
	if !(low < high) || !(std > 0) {
		panic(&dl.Error{Op: "nn.InitTruncNormal", Got: fmt.Sprintf("deviation %g, bounds %g and %g", std, low, high),
			Want: "a positive deviation and low below high"})
	}
	// A uniform number between the values of the distribution function at the bounds, through its inverse.
	cdf := func(x float64) float64 { return 0.5 * math.Erfc(-(x-mean)/(std*math.Sqrt2)) }
	a, b := cdf(low), cdf(high)
	return fill(t, func(v []float32) {
		dl.DefaultGenerator(dl.StreamInit).FillUniform(v)
		for i, u := range v {
			p := a + (b-a)*float64(u)
			x := mean + std*math.Sqrt2*math.Erfinv(2*p-1)
			v[i] = float32(math.Max(low, math.Min(high, x)))
		}
	})
}

// InitConstant sets every element to c and returns t.
//
// PyTorch: nn.init.constant_, zeros_, ones_.
func InitConstant(t *dl.Tensor, c float64) *dl.Tensor {
	dl.NoGrad(func() { t.Fill(c) })
	return t
}

// fans counts the inputs and outputs of one unit of a weight [out, in, …].
func fans(op string, t *dl.Tensor) (in, out int) {
	shape := t.Shape()
	if len(shape) < 2 {
		panic(&dl.Error{Op: op, Shapes: [][]int{shape}, Got: "a tensor of shape " + shapeText(shape),
			Want: "a weight of at least two axes, [out×in×…]", Hint: "biases start at zero or with nn.InitUniform"})
	}
	field := product(shape[2:])
	return shape[1] * field, shape[0] * field
}

// InitXavierUniform draws from ±gain·√(6/(in+out)), which keeps the variance of tanh and sigmoid layers, and returns t.
// Gain 0 means 1.
//
// X. Glorot, Y. Bengio: Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010.
// PyTorch: nn.init.xavier_uniform_.
func InitXavierUniform(t *dl.Tensor, gain float64) *dl.Tensor {
	in, out := fans("nn.InitXavierUniform", t)
	bound := orOne(gain) * math.Sqrt(6/float64(in+out))
	return InitUniform(t, -bound, bound)
}

// InitXavierNormal draws from a normal distribution of deviation gain·√(2/(in+out)) and returns t. Gain 0 means 1.
//
// PyTorch: nn.init.xavier_normal_.
func InitXavierNormal(t *dl.Tensor, gain float64) *dl.Tensor {
	in, out := fans("nn.InitXavierNormal", t)
	return InitNormal(t, 0, orOne(gain)*math.Sqrt(2/float64(in+out)))
}

func orOne(gain float64) float64 {
	if gain == 0 {
		return 1
	}
	return gain
}

// KaimingOptions configures [InitKaimingUniform] and [InitKaimingNormal]. The zero value is for layers followed by ReLU.
type KaimingOptions struct {
	Slope  float64 // of the leaky ReLU that follows; 0 for ReLU
	FanOut bool    // keeps the variance of the backward pass instead of the forward pass
	Linear bool    // nothing follows: gain 1
}

func (o KaimingOptions) deviation(op string, t *dl.Tensor) float64 {
	fan, out := fans(op, t)
	if o.FanOut {
		fan = out
	}
	gain := math.Sqrt(2 / (1 + o.Slope*o.Slope))
	if o.Linear {
		gain = 1
	}
	return gain / math.Sqrt(float64(fan))
}

// InitKaimingUniform draws from a uniform distribution that keeps the variance through ReLU layers, and returns t.
//
// K. He et al.: Delving Deep into Rectifiers, arXiv:1502.01852.
// PyTorch: nn.init.kaiming_uniform_.
func InitKaimingUniform(t *dl.Tensor, o KaimingOptions) *dl.Tensor {
	bound := math.Sqrt(3) * o.deviation("nn.InitKaimingUniform", t)
	return InitUniform(t, -bound, bound)
}

// InitKaimingNormal draws from a normal distribution that keeps the variance through ReLU layers, and returns t.
//
// PyTorch: nn.init.kaiming_normal_.
func InitKaimingNormal(t *dl.Tensor, o KaimingOptions) *dl.Tensor {
	return InitNormal(t, 0, o.deviation("nn.InitKaimingNormal", t))
}

// InitOrthogonal makes the rows of t, its axes after the first taken as one, orthonormal (the columns, when there are more
// rows than columns), times gain, and returns t. Gain 0 means 1.
//
// A. Saxe et al.: Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, arXiv:1312.6120.
// PyTorch: nn.init.orthogonal_.
func InitOrthogonal(t *dl.Tensor, gain float64) *dl.Tensor {
	fans("nn.InitOrthogonal", t)
	rows := t.Shape()[0]
	cols := t.Numel() / max(rows, 1)
	return fill(t, func(v []float32) {
		dl.DefaultGenerator(dl.StreamInit).FillNormal(v)
		orthogonalize(v, rows, cols, orOne(gain))
	})
}

// orthogonalize does Gram and Schmidt's process, twice over for accuracy, on the shorter side of the matrix.
func orthogonalize(v []float32, rows, cols int, gain float64) {
	n, length, at := rows, cols, func(i, j int) int { return i*cols + j }
	if rows > cols {
		n, length, at = cols, rows, func(i, j int) int { return j*cols + i }
	}
	q := make([][]float64, n)
	for i := range q {
		q[i] = make([]float64, length)
		for j := range q[i] {
			q[i][j] = float64(v[at(i, j)])
		}
		for range 2 {
			for _, p := range q[:i] {
				dot := 0.0
				for j, x := range p {
					dot += x * q[i][j]
				}
				for j, x := range p {
					q[i][j] -= dot * x
				}
			}
		}
		norm := 0.0
		for _, x := range q[i] {
			norm += x * x
		}
		norm = math.Sqrt(norm)
		for j := range q[i] {
			q[i][j] /= norm
			v[at(i, j)] = float32(gain * q[i][j])
		}
	}
}
