package nn

import (
	"fmt"
	"slices"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Pad adds elements around the last axes of its input.
//
//	input  [...]
//	output the same, longer at the ends of its last axes
//
// PyTorch: nn.ConstantPad1d, nn.ConstantPad2d, nn.ConstantPad3d, nn.ZeroPad1d, nn.ZeroPad2d, nn.ZeroPad3d, nn.ReflectionPad1d, nn.ReflectionPad2d, nn.ReflectionPad3d, nn.ReplicationPad1d, nn.ReplicationPad2d, nn.ReplicationPad3d, nn.CircularPad1d, nn.CircularPad2d, nn.CircularPad3d.
type Pad struct {
	Pads  []int
	How   dl.PadMode
	Value float64
	layer
}

// NewPad makes a [Pad]. pads gives two counts for each axis, before and after, the last axis first; value is for
// [dl.PadConstant].
//
//	nn.NewPad([]int{1, 1, 1, 1}, dl.PadReflect, 0) // one pixel on all sides of an image
func NewPad(pads []int, how dl.PadMode, value float64) *Pad {
	if len(pads) == 0 || len(pads)%2 != 0 {
		panic(&dl.Error{Op: "nn.NewPad", Got: fmt.Sprintf("%d counts", len(pads)), Want: "two counts for each axis"})
	}
	return &Pad{Pads: slices.Clone(pads), How: how, Value: value}
}

// Forward pads x.
func (l *Pad) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Pad(l.Pads, l.How, l.Value))
}

// String gives the counts.
func (l *Pad) String() string { return fmt.Sprintf("Pad(%v)", l.Pads) }

// Unflatten splits one axis into several, the inverse of [Flatten].
//
// PyTorch: nn.Unflatten.
type Unflatten struct {
	Axis  int
	Shape []int
	layer
}

// NewUnflatten makes an [Unflatten] of an axis to a shape with as many elements; one length may be -1.
func NewUnflatten(axis int, shape ...int) *Unflatten {
	return &Unflatten{Axis: axis, Shape: slices.Clone(shape)}
}

// Forward reshapes x.
func (l *Unflatten) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Unflatten(l.Axis, l.Shape...))
}

// String gives the axis and its new shape.
func (l *Unflatten) String() string {
	return fmt.Sprintf("Unflatten(axis %d to %s)", l.Axis, shapeText(l.Shape))
}

// ChannelShuffle deals the channels of groups out among them, so that grouped convolutions mix.
//
//	input  [N, C, ...]
//	output the same
//
// X. Zhang et al.: ShuffleNet, arXiv:1707.01083.
// PyTorch: nn.ChannelShuffle.
type ChannelShuffle struct {
	Groups int
	layer
}

// NewChannelShuffle makes a [ChannelShuffle] of so many groups.
func NewChannelShuffle(groups int) *ChannelShuffle {
	positive("nn.NewChannelShuffle", "groups", groups)
	return &ChannelShuffle{Groups: groups}
}

// Forward shuffles x of shape [N, C, ...].
func (l *ChannelShuffle) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.ChannelShuffle(x, l.Groups))
}

// String gives the number of groups.
func (l *ChannelShuffle) String() string { return fmt.Sprintf("ChannelShuffle(%d)", l.Groups) }
