package nn

import (
	"fmt"
	"math"

	"descent/dl"
)

// InitEye makes the matrix t the identity, as far as it goes, and returns t.
//
// PyTorch: nn.init.eye_.
func InitEye(t *dl.Tensor) *dl.Tensor {
	if t.Dim() != 2 {
		panic(&dl.Error{Op: "nn.InitEye", Shapes: [][]int{t.Shape()}, Got: "a tensor of shape " + shapeText(t.Shape()), Want: "a matrix"})
	}
	dl.NoGrad(func() { t.Zero().Diagonal(0, 0, 1).Fill(1) })
	return t
}

// InitDirac makes the weight t [out, in, …] of a convolution hand its input channels through, in each of so many groups,
// and returns t.
//
// PyTorch: nn.init.dirac_.
func InitDirac(t *dl.Tensor, groups int) *dl.Tensor {
	shape := t.Shape()
	if len(shape) < 3 || len(shape) > 5 || groups < 1 || shape[0]%groups != 0 {
		panic(&dl.Error{Op: "nn.InitDirac", Shapes: [][]int{shape}, Got: fmt.Sprintf("a tensor of shape %s in %d groups", shapeText(shape), groups),
			Want: "the weight of a convolution, whose outputs the groups divide"})
	}
	dl.NoGrad(func() {
		t.Zero()
		out := shape[0] / groups
		for g := range groups {
			for i := range min(out, shape[1]) {
				at := []int{g*out + i, i}
				for _, n := range shape[2:] {
					at = append(at, n/2)
				}
				t.SetAt(1, at...)
			}
		}
	})
	return t
}

// InitSparse draws the matrix t from a normal distribution of the given deviation, sets the given share of each column to
// zero, and returns t.
//
// J. Martens, ICML 2010.
// PyTorch: nn.init.sparse_.
func InitSparse(t *dl.Tensor, sparsity, std float64) *dl.Tensor {
	if t.Dim() != 2 || !(sparsity >= 0 && sparsity <= 1) {
		panic(&dl.Error{Op: "nn.InitSparse", Shapes: [][]int{t.Shape()}, Got: fmt.Sprintf("a tensor of shape %s, sparsity %g", shapeText(t.Shape()), sparsity),
			Want: "a matrix, and a share from 0 to 1"})
	}
	InitNormal(t, 0, std)
	rows := t.Size(0)
	zeros := int(math.Ceil(sparsity * float64(rows)))
	dl.NoGrad(func() {
		for c := range t.Size(1) {
			for _, r := range dl.DefaultGenerator(dl.StreamInit).Perm(rows)[:zeros] {
				t.SetAt(0, r, c)
			}
		}
	})
	return t
}

// Gain is the factor by which the deviation of weights grows for the activation that follows: "linear", "sigmoid", "tanh",
// "relu", "leaky_relu" with its slope, or "selu". slope counts for "leaky_relu" alone; PyTorch's default there is 0.01.
//
// PyTorch: nn.init.calculate_gain.
func Gain(activation string, slope float64) float64 {
	switch activation {
	case "linear", "sigmoid", "conv1d", "conv2d", "conv3d":
		return 1
	case "tanh":
		return 5.0 / 3
	case "relu":
		return math.Sqrt2
	case "leaky_relu":
		return math.Sqrt(2 / (1 + slope*slope))
	case "selu":
		return 0.75
	}
	panic(&dl.Error{Op: "nn.Gain", Got: fmt.Sprintf("activation %q", activation), Want: `"linear", "sigmoid", "tanh", "relu", "leaky_relu" or "selu"`})
}
