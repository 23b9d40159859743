package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Transformer is an encoder that reads a source and a decoder that writes a target while it looks at what the encoder made
// of the source. Embeddings, positions and the layer that turns outputs into words are the model's own.
//
//	source [S, N, Features], or [N, S, Features] with BatchFirst
//	target [T, N, Features], or [N, T, Features] with BatchFirst
//	output as the target
//
// A. Vaswani et al.: Attention Is All You Need, arXiv:1706.03762.
// PyTorch: nn.Transformer.
type Transformer struct {
	Encoder *TransformerEncoder `nn:"encoder"`
	Decoder *TransformerDecoder `nn:"decoder"`
	layer   `nn:"-"`
}

// NewTransformer makes a [Transformer] of so many layers, with a layer norm after each of its two stacks. Its weights are
// drawn by [InitXavierUniform], as PyTorch does.
//
// PyTorch: nn.Transformer(features, heads, encoder_layers, decoder_layers, …).
func NewTransformer(features, heads, encoderLayers, decoderLayers int, o TransformerOptions) *Transformer {
	o.FinalNorm = true
	t := &Transformer{Encoder: NewTransformerEncoder(features, heads, encoderLayers, o), Decoder: NewTransformerDecoder(features, heads, decoderLayers, o)}
	for _, p := range Params(t) {
		if p.Dim() > 1 {
			InitXavierUniform(p, 1)
		}
	}
	return t
}

// TranslateOptions say what the two stacks of a [Transformer] may look at.
type TranslateOptions struct {
	Source AttendOptions // in the source
	Target AttendOptions // in the target; Causal in training and generation
	Memory AttendOptions // in the encoded source; its KeyPadding is most often the source's
}

// Translate reads the source and returns the decoder's output for the target.
func (l *Transformer) Translate(source, target *dl.Tensor, o TranslateOptions) *dl.Tensor {
	defer name(l, origin.Moment())
	memory := l.Encoder.Encode(source, o.Source)
	return l.out(target, l.Decoder.Decode(target, memory, DecodeOptions{Self: o.Target, Memory: o.Memory}))
}

// Forward translates x to itself, without masks; [Transformer.Translate] takes source and target.
func (l *Transformer) Forward(x *dl.Tensor) *dl.Tensor { return l.Translate(x, x, TranslateOptions{}) }

func (l *Transformer) children() []child {
	return []child{{"encoder", l.Encoder}, {"decoder", l.Decoder}}
}

// String shows both stacks.
func (l *Transformer) String() string {
	return fmt.Sprintf("Transformer(\n(encoder): %s\n(decoder): %s\n)", l.Encoder, l.Decoder)
}

// CausalMask returns the mask that lets each of n positions look at itself and what is before it: bool, true where
// looking is forbidden: [n, n]. AttendOptions.Causal does the same without a mask.
//
// PyTorch: nn.Transformer.generate_square_subsequent_mask.
func CausalMask(n int) *dl.Tensor { return dl.Ones(n, n).Triu(1).To(dl.Bool) }
