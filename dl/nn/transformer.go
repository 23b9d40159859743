package nn

import (
	"fmt"
	"strings"

	"descent/dl"
	"descent/dl/internal/origin"
)

// TransformerOptions are the choices for [TransformerEncoderLayer], [TransformerEncoder] and their decoders.
type TransformerOptions struct {
	FeedForward int     // width of the hidden layer; 0 means 2048, as in PyTorch
	Dropout     float64 // while training; PyTorch's default is 0.1
	GELU        bool    // instead of ReLU
	NormFirst   bool    // normalizes what goes into attention and feed-forward instead of the sum that comes out
	BatchFirst  bool    // inputs and outputs are [N, L, Features] instead of [L, N, Features]
	NoBias      bool    // leaves the biases out
	Eps         float64 // of the layer norms; 0 means 1e-5
	FinalNorm   bool    // of the stacks: a layer norm after the last layer, as NormFirst wants one
}

// TransformerEncoderLayer is self-attention and a network of two linear layers, each with a residual connection and a
// layer norm.
//
//	input  [L, N, Features], or [N, L, Features] with BatchFirst
//	output the same
//
// A. Vaswani et al.: Attention Is All You Need, arXiv:1706.03762.
// PyTorch: nn.TransformerEncoderLayer.
type TransformerEncoderLayer struct {
	SelfAttn *MultiheadAttention `nn:"self_attn"`
	Linear1  *Linear             `nn:"linear1"`
	Linear2  *Linear             `nn:"linear2"`
	Norm1    *LayerNorm          `nn:"norm1"`
	Norm2    *LayerNorm          `nn:"norm2"`
	Options  TransformerOptions  `nn:"-"`
	Mode
	layer `nn:"-"`
}

// NewTransformerEncoderLayer makes a [TransformerEncoderLayer] for so many features in so many heads.
//
// PyTorch: nn.TransformerEncoderLayer(features, heads, dim_feedforward, …).
func NewTransformerEncoderLayer(features, heads int, o TransformerOptions) *TransformerEncoderLayer {
	const op = "nn.NewTransformerEncoderLayer"
	if !(o.Dropout >= 0 && o.Dropout < 1) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("dropout %g", o.Dropout), Want: "a probability in [0, 1)"})
	}
	if o.FeedForward == 0 {
		o.FeedForward = 2048
	}
	positive(op, "FeedForward", o.FeedForward)
	norm := func() *LayerNorm {
		return NewLayerNormWith([]int{features}, LayerNormOptions{Eps: o.Eps, NoBias: o.NoBias})
	}
	return &TransformerEncoderLayer{
		SelfAttn: NewMultiheadAttention(features, heads, MultiheadAttentionOptions{Dropout: o.Dropout, NoBias: o.NoBias, BatchFirst: o.BatchFirst}),
		Linear1:  NewLinearWith(features, o.FeedForward, LinearOptions{NoBias: o.NoBias}),
		Linear2:  NewLinearWith(o.FeedForward, features, LinearOptions{NoBias: o.NoBias}),
		Norm1:    norm(), Norm2: norm(), Options: o,
	}
}

// Forward runs the layer without a mask.
func (l *TransformerEncoderLayer) Forward(x *dl.Tensor) *dl.Tensor {
	return l.Encode(x, AttendOptions{})
}

// Encode runs the layer; o says what may be looked at.
func (l *TransformerEncoderLayer) Encode(x *dl.Tensor, o AttendOptions) *dl.Tensor {
	defer name(l, origin.Moment())
	if l.Options.NormFirst {
		y := x.Add(l.attend(l.Norm1.Forward(x), o))
		return l.out(x, y.Add(l.feedForward(l.Norm2.Forward(y))))
	}
	y := l.Norm1.Forward(x.Add(l.attend(x, o)))
	return l.out(x, l.Norm2.Forward(y.Add(l.feedForward(y))))
}

func (l *TransformerEncoderLayer) attend(x *dl.Tensor, o AttendOptions) *dl.Tensor {
	return l.drop(l.SelfAttn.Attend(x, x, x, o))
}

func (l *TransformerEncoderLayer) feedForward(x *dl.Tensor) *dl.Tensor {
	var h *dl.Tensor
	switch {
	case l.Options.GELU:
		h = l.Linear1.Forward(x).GELU()
	case len(l.Linear1.hooks) > 0:
		h = l.Linear1.Forward(x).ReLU()
	default:
		h = l.Linear1.forwardReLU(x)
	}
	return l.drop(l.Linear2.Forward(l.drop(h)))
}

func (l *TransformerEncoderLayer) drop(x *dl.Tensor) *dl.Tensor {
	return dl.Dropout(x, l.Options.Dropout, l.Training())
}

// String describes the layer: "TransformerEncoderLayer(128, 4 heads, feed-forward 512)".
func (l *TransformerEncoderLayer) String() string {
	return l.Options.describe("TransformerEncoderLayer", l.SelfAttn)
}

func (o TransformerOptions) describe(name string, a *MultiheadAttention) string {
	text := fmt.Sprintf("%s(%d, %d heads, feed-forward %d", name, a.Features, a.Heads, o.FeedForward)
	if o.GELU {
		text += ", GELU"
	}
	if o.NormFirst {
		text += ", norm first"
	}
	if o.BatchFirst {
		text += ", batch first"
	}
	if o.Dropout > 0 {
		text += fmt.Sprintf(", dropout %g", o.Dropout)
	}
	return text + ")"
}

// TransformerEncoder is a stack of [TransformerEncoderLayer]s. Each starts with weights of its own, where PyTorch copies
// those of one.
//
//	input  [L, N, Features], or [N, L, Features] with BatchFirst
//	output the same
//
// PyTorch: nn.TransformerEncoder.
type TransformerEncoder struct {
	Layers []*TransformerEncoderLayer `nn:"layers"`
	Norm   *LayerNorm                 `nn:"norm"` // nil without FinalNorm
	layer  `nn:"-"`
}

// NewTransformerEncoder makes a [TransformerEncoder] of so many layers.
//
//	nn.NewTransformerEncoder(128, 4, 2, nn.TransformerOptions{FeedForward: 512, BatchFirst: true})
//
// PyTorch: nn.TransformerEncoder(nn.TransformerEncoderLayer(features, heads, …), layers).
func NewTransformerEncoder(features, heads, layers int, o TransformerOptions) *TransformerEncoder {
	positive("nn.NewTransformerEncoder", "layers", layers)
	e := &TransformerEncoder{}
	for range layers {
		e.Layers = append(e.Layers, NewTransformerEncoderLayer(features, heads, o))
	}
	if o.FinalNorm {
		e.Norm = NewLayerNormWith([]int{features}, LayerNormOptions{Eps: o.Eps, NoBias: o.NoBias})
	}
	return e
}

// Forward runs all layers without a mask.
func (l *TransformerEncoder) Forward(x *dl.Tensor) *dl.Tensor { return l.Encode(x, AttendOptions{}) }

// Encode runs all layers; o says what may be looked at, in each of them.
func (l *TransformerEncoder) Encode(x *dl.Tensor, o AttendOptions) *dl.Tensor {
	in := x
	for _, e := range l.Layers {
		x = e.Encode(x, o)
	}
	if l.Norm != nil {
		x = l.Norm.Forward(x)
	}
	return l.out(in, x)
}

func (l *TransformerEncoder) children() []child {
	var out []child
	for i, e := range l.Layers {
		out = append(out, child{fmt.Sprintf("layers.%d", i), e})
	}
	if l.Norm != nil {
		out = append(out, child{"norm", l.Norm})
	}
	return out
}

// String lists the layers.
func (l *TransformerEncoder) String() string {
	var b strings.Builder
	b.WriteString("TransformerEncoder(")
	for i, e := range l.Layers {
		fmt.Fprintf(&b, "\n  (%d): %s", i, e)
	}
	if l.Norm != nil {
		fmt.Fprintf(&b, "\n  (norm): %s", l.Norm)
	}
	b.WriteString("\n)")
	return b.String()
}
