// Package conv has two-dimensional convolution and pooling, forward and
// backward, over float32 images in NCHW order.
//
//	s := conv.Shape{N: 64, C: 1, H: 28, W: 28, OutC: 32, KH: 3, KW: 3}
//	oh, ow := s.Out()
//	y := make([]float32, s.N*s.OutC*oh*ow)
//	conv.Forward(s, x, w, bias, y, true) // y = relu(conv(x, w) + bias)
//
// Zero strides, dilations and groups in a shape mean one. Weights are
// [OutC, C/Groups, KH, KW]; the operation is the cross-correlation that
// PyTorch calls conv2d. Images are shared out among the processors, and
// results do not depend on their number.
//
// Kernels of 3×3 with stride 1 and enough channels go by Winograd's method,
// forward and backward; see winogradError for what that costs in exactness.
//
// One-dimensional convolution is the case H = KH = 1. Shapes are trusted to
// be valid where Validate returns no error.
package conv
