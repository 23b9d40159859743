package nn

import (
	"fmt"
	"strings"

	"descent/dl"
	"descent/dl/internal/origin"
)

// TransformerDecoderLayer is self-attention, attention to a memory that an encoder made, and a network of two linear
// layers, each with a residual connection and a layer norm.
//
//	input  [L, N, Features], or [N, L, Features] with BatchFirst
//	memory [S, N, Features], or [N, S, Features] with BatchFirst
//	output as the input
//
// A. Vaswani et al.: Attention Is All You Need, arXiv:1706.03762.
// PyTorch: nn.TransformerDecoderLayer.
type TransformerDecoderLayer struct {
	SelfAttn      *MultiheadAttention `nn:"self_attn"`
	MultiheadAttn *MultiheadAttention `nn:"multihead_attn"` // to the memory
	Linear1       *Linear             `nn:"linear1"`
	Linear2       *Linear             `nn:"linear2"`
	Norm1         *LayerNorm          `nn:"norm1"`
	Norm2         *LayerNorm          `nn:"norm2"`
	Norm3         *LayerNorm          `nn:"norm3"`
	Options       TransformerOptions  `nn:"-"`
	Mode
	layer `nn:"-"`
}

// NewTransformerDecoderLayer makes a [TransformerDecoderLayer] for so many features in so many heads.
//
// PyTorch: nn.TransformerDecoderLayer(features, heads, dim_feedforward, …).
func NewTransformerDecoderLayer(features, heads int, o TransformerOptions) *TransformerDecoderLayer {
	e := NewTransformerEncoderLayer(features, heads, o)
	return &TransformerDecoderLayer{SelfAttn: e.SelfAttn, Linear1: e.Linear1, Linear2: e.Linear2, Norm1: e.Norm1, Norm2: e.Norm2,
		MultiheadAttn: NewMultiheadAttention(features, heads, e.SelfAttn.Options),
		Norm3:         NewLayerNormWith([]int{features}, LayerNormOptions{Eps: o.Eps, NoBias: o.NoBias}),
		Options:       e.Options,
	}
}

// DecodeOptions say what a decoder may look at.
type DecodeOptions struct {
	Self   AttendOptions // in its own sequence; Causal for generation
	Memory AttendOptions // in the memory
}

// Forward runs the layer on x, which is also the memory, without masks; [TransformerDecoderLayer.Decode] takes another
// memory.
func (l *TransformerDecoderLayer) Forward(x *dl.Tensor) *dl.Tensor {
	return l.Decode(x, x, DecodeOptions{})
}

// Decode runs the layer on x with a memory.
func (l *TransformerDecoderLayer) Decode(x, memory *dl.Tensor, o DecodeOptions) *dl.Tensor {
	defer name(l, origin.Moment())
	drop := func(t *dl.Tensor) *dl.Tensor { return dl.Dropout(t, l.Options.Dropout, l.Training()) }
	parts := []struct {
		norm *LayerNorm
		f    func(x *dl.Tensor) *dl.Tensor
	}{
		{l.Norm1, func(x *dl.Tensor) *dl.Tensor { return l.SelfAttn.Attend(x, x, x, o.Self) }},
		{l.Norm2, func(x *dl.Tensor) *dl.Tensor { return l.MultiheadAttn.Attend(x, memory, memory, o.Memory) }},
		{l.Norm3, func(x *dl.Tensor) *dl.Tensor { return l.Linear2.Forward(drop(l.hidden(x))) }},
	}
	y := x
	for _, p := range parts {
		if l.Options.NormFirst {
			y = y.Add(drop(p.f(p.norm.Forward(y))))
		} else {
			y = p.norm.Forward(y.Add(drop(p.f(y))))
		}
	}
	return l.out(x, y)
}

func (l *TransformerDecoderLayer) hidden(x *dl.Tensor) *dl.Tensor {
	h := l.Linear1.Forward(x)
	if l.Options.GELU {
		return h.GELU()
	}
	return h.ReLU()
}

// String describes the layer.
func (l *TransformerDecoderLayer) String() string {
	return l.Options.describe("TransformerDecoderLayer", l.SelfAttn)
}

// TransformerDecoder is a stack of [TransformerDecoderLayer]s. Each starts with weights of its own, where PyTorch copies
// those of one.
//
// PyTorch: nn.TransformerDecoder.
type TransformerDecoder struct {
	Layers []*TransformerDecoderLayer `nn:"layers"`
	Norm   *LayerNorm                 `nn:"norm"` // nil without FinalNorm
	layer  `nn:"-"`
}

// NewTransformerDecoder makes a [TransformerDecoder] of so many layers.
//
// PyTorch: nn.TransformerDecoder(nn.TransformerDecoderLayer(features, heads, …), layers).
func NewTransformerDecoder(features, heads, layers int, o TransformerOptions) *TransformerDecoder {
	positive("nn.NewTransformerDecoder", "layers", layers)
	d := &TransformerDecoder{}
	for range layers {
		d.Layers = append(d.Layers, NewTransformerDecoderLayer(features, heads, o))
	}
	if o.FinalNorm {
		d.Norm = NewLayerNormWith([]int{features}, LayerNormOptions{Eps: o.Eps, NoBias: o.NoBias})
	}
	return d
}

// Forward runs all layers on x, which is also the memory, without masks.
func (l *TransformerDecoder) Forward(x *dl.Tensor) *dl.Tensor { return l.Decode(x, x, DecodeOptions{}) }

// Decode runs all layers on x with a memory.
func (l *TransformerDecoder) Decode(x, memory *dl.Tensor, o DecodeOptions) *dl.Tensor {
	y := x
	for _, d := range l.Layers {
		y = d.Decode(y, memory, o)
	}
	if l.Norm != nil {
		y = l.Norm.Forward(y)
	}
	return l.out(x, y)
}

func (l *TransformerDecoder) children() []child {
	var out []child
	for i, d := range l.Layers {
		out = append(out, child{fmt.Sprintf("layers.%d", i), d})
	}
	if l.Norm != nil {
		out = append(out, child{"norm", l.Norm})
	}
	return out
}

// String lists the layers.
func (l *TransformerDecoder) String() string {
	var b strings.Builder
	b.WriteString("TransformerDecoder(")
	for i, d := range l.Layers {
		fmt.Fprintf(&b, "\n  (%d): %s", i, d)
	}
	if l.Norm != nil {
		fmt.Fprintf(&b, "\n  (norm): %s", l.Norm)
	}
	b.WriteString("\n)")
	return b.String()
}
