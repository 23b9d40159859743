package nn

import (
	"fmt"

	"descent/dl"
)

// ParametersToVector joins tensors, flattened, into one vector; gradients flow back to them.
//
// PyTorch: nn.utils.parameters_to_vector.
func ParametersToVector(params []*dl.Tensor) *dl.Tensor {
	if len(params) == 0 {
		panic(&dl.Error{Op: "nn.ParametersToVector", Got: "no parameters", Want: "at least one", Hint: "pass nn.Params(model)"})
	}
	flat := make([]*dl.Tensor, len(params))
	for i, p := range params {
		flat[i] = p.Reshape(-1)
	}
	return dl.Cat(flat, 0)
}

// VectorToParameters writes the parts of a vector, in the order of [ParametersToVector], into the parameters, outside any
// graph.
//
// PyTorch: nn.utils.vector_to_parameters.
func VectorToParameters(v *dl.Tensor, params []*dl.Tensor) {
	n := 0
	for _, p := range params {
		n += p.Numel()
	}
	if v.Dim() != 1 || v.Numel() != n {
		panic(&dl.Error{Op: "nn.VectorToParameters", Shapes: [][]int{v.Shape()}, Got: "a tensor of shape " + shapeText(v.Shape()),
			Want: fmt.Sprintf("a vector of %d, as many as there are in the parameters", n)})
	}
	dl.NoGrad(func() {
		at := 0
		for _, p := range params {
			p.CopyFrom(v.Narrow(0, at, p.Numel()).Reshape(p.Shape()...))
			at += p.Numel()
		}
	})
}

// FuseConvBatchNorm returns a convolution that does what conv and then bn, in evaluation, do together. Both stay as they
// are.
//
// PyTorch: nn.utils.fuse_conv_bn_eval, nn.utils.fuse_conv_bn_weights.
func FuseConvBatchNorm(conv *Conv2d, bn *BatchNorm2d) *Conv2d {
	if bn.Features != conv.Out {
		panic(&dl.Error{Op: "nn.FuseConvBatchNorm", Got: fmt.Sprintf("%s and %s", conv, bn), Want: "a batch norm of the convolution's outputs"})
	}
	c := *conv
	c.layer = layer{}
	c.Weight, c.Bias = fused(conv.Weight, conv.Bias, &bn.BatchNorm)
	return &c
}

// FuseLinearBatchNorm is [FuseConvBatchNorm] for a linear layer.
//
// PyTorch: nn.utils.fuse_linear_bn_eval, nn.utils.fuse_linear_bn_weights.
func FuseLinearBatchNorm(l *Linear, bn *BatchNorm1d) *Linear {
	if bn.Features != l.Out {
		panic(&dl.Error{Op: "nn.FuseLinearBatchNorm", Got: fmt.Sprintf("%s and %s", l, bn), Want: "a batch norm of the layer's outputs"})
	}
	c := *l
	c.layer = layer{}
	c.Weight, c.Bias = fused(l.Weight, l.Bias, &bn.BatchNorm)
	return &c
}

// fused are the weights of a layer followed by a batch norm of its first axis.
func fused(weight, bias *dl.Tensor, bn *BatchNorm) (w, b *dl.Tensor) {
	if bn.RunningMean == nil {
		panic(&dl.Error{Op: "nn.FuseConvBatchNorm, nn.FuseLinearBatchNorm", Got: "a batch norm without running statistics", Want: "one that does the same for every batch", Hint: "leave NoTrack out of its options"})
	}
	dl.NoGrad(func() {
		scale := bn.RunningVar.AddScalar(bn.Eps).Rsqrt()
		shift := dl.Zeros(bn.Features)
		if bn.Weight != nil {
			scale, shift = scale.Mul(bn.Weight), bn.Bias
		}
		mean := bn.RunningMean
		if bias != nil {
			mean = mean.Sub(bias)
		}
		shape := []int{bn.Features}
		for range weight.Dim() - 1 {
			shape = append(shape, 1)
		}
		w, b = weight.Mul(scale.Reshape(shape...)), shift.Sub(mean.Mul(scale))
	})
	return dl.NewParameter(w), dl.NewParameter(b)
}

// Lazy is a layer that is made when its first input comes, so that the sizes of inputs need not be worked out.
//
// PyTorch: nn.LazyLinear, nn.LazyConv1d, nn.LazyConv2d, nn.LazyConv3d, nn.LazyConvTranspose1d, nn.LazyConvTranspose2d, nn.LazyConvTranspose3d, nn.LazyBatchNorm1d, nn.LazyBatchNorm2d, nn.LazyBatchNorm3d, nn.LazyInstanceNorm1d, nn.LazyInstanceNorm2d, nn.LazyInstanceNorm3d.
type Lazy struct {
	Inner Module `nn:"."` // nil before the first input
	make  func(x *dl.Tensor) Module
	layer `nn:"-"`
}

// NewLazy makes a [Lazy] layer; make gets the first input:
//
//	head := nn.NewLazy(func(x *dl.Tensor) nn.Module { return nn.NewLinear(x.Size(-1), 10) })
//
// Send an input through the model before giving its parameters to an optimizer or loading a state.
func NewLazy(make func(x *dl.Tensor) Module) *Lazy {
	if make == nil {
		panic(&dl.Error{Op: "nn.NewLazy", Got: "a nil function", Want: "one that makes a layer for an input"})
	}
	return &Lazy{make: make}
}

// Forward makes the layer if need be and runs it.
func (l *Lazy) Forward(x *dl.Tensor) *dl.Tensor {
	if l.Inner == nil {
		m := l.make(x)
		if m == nil {
			panic(&dl.Error{Op: "nn.Lazy", Got: "a function that returned nil", Want: "a layer"})
		}
		if l.path != "" { // the model was walked before there was a layer
			Walk(m, func(path string, m Module) {
				if c, ok := m.(located); ok {
					c.setPath(join(l.path, path))
				}
			})
		}
		l.Inner = m
	}
	return l.out(x, l.Inner.Forward(x))
}

// String shows the layer inside.
func (l *Lazy) String() string {
	if l.Inner == nil {
		return "Lazy(not made yet)"
	}
	return Describe(l.Inner)
}
