package dl

import "fmt"

// GroupNorm gives each of so many groups of channels of each sample mean 0 and
// variance 1, then multiplies each channel by weight and adds bias (either may
// be nil). PyTorch's default eps is 1e-5.
//
//	x [N, C, ...], weight and bias [C] → as x
//
// Y. Wu, K. He: Group Normalization, arXiv:1803.08494.
// PyTorch: nn.functional.group_norm.
func GroupNorm(x *Tensor, groups int, weight, bias *Tensor, eps float64) *Tensor {
	return normGroups("group_norm", x, groups, weight, bias, eps)
}

// InstanceNorm gives each channel of each sample mean 0 and variance 1, then
// multiplies each channel by weight and adds bias (either may be nil).
// PyTorch's default eps is 1e-5.
//
//	x [N, C, ...], weight and bias [C] → as x
//
// D. Ulyanov, A. Vedaldi, V. Lempitsky, arXiv:1607.08022.
// PyTorch: nn.functional.instance_norm.
func InstanceNorm(x, weight, bias *Tensor, eps float64) *Tensor {
	const op = "instance_norm"
	if len(x.shape) < 3 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×…], with at least one axis to normalize over", "", x)
	}
	return normGroups(op, x, x.shape[1], weight, bias, eps)
}

func normGroups(op string, x *Tensor, groups int, weight, bias *Tensor, eps float64) *Tensor {
	needFloat(op, x)
	if len(x.shape) < 2 || groups < 1 || x.shape[1]%groups != 0 {
		fail(op, fmt.Sprintf("x of shape %s and %d groups", shapeText(x.shape), groups), "[batch×channels×…], channels that the groups divide", "", x)
	}
	c := x.shape[1]
	column := make([]int, len(x.shape)-1) // [C, 1, 1, …]
	for i := range column {
		column[i] = 1
	}
	column[0] = c
	for _, p := range []*Tensor{weight, bias} {
		if p != nil && (len(p.shape) != 1 || p.shape[0] != c || p.dtype != x.dtype) {
			fail(op, fmt.Sprintf("a weight or bias of %s and shape %s", p.dtype, shapeText(p.shape)), fmt.Sprintf("%s and [%d]", x.dtype, c), "", x, p)
		}
	}
	if x.n == 0 {
		return x.Clone()
	}
	size := x.n / (x.shape[0] * groups)
	y := LayerNorm(x.Reshape(x.shape[0]*groups, size), []int{size}, nil, nil, eps).Reshape(x.shape...)
	if weight != nil {
		y = y.Mul(weight.Reshape(column...))
	}
	if bias != nil {
		y = y.Add(bias.Reshape(column...))
	}
	return y
}
