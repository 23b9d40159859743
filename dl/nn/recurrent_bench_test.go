package nn_test

import (
	"testing"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

// The recurrent layers from 32 to 128 features over 64 steps of 32 sequences, forward and backward.
func BenchmarkRecurrentStep(b *testing.B) {
	dl.ManualSeed(1)
	x := dl.Randn(64, 32, 32)
	g := dl.Randn(64, 32, 128)
	for _, m := range []nn.Module{nn.NewLSTM(32, 128, nn.RecurrentOptions{}), nn.NewGRU(32, 128, nn.RecurrentOptions{})} {
		b.Run(nn.TypeName(m), func(b *testing.B) {
			for b.Loop() {
				for _, p := range nn.Params(m) {
					p.ZeroGrad()
				}
				m.Forward(x).BackwardWith(g)
			}
		})
	}
}

// A transformer encoder of two layers of 128 features in 4 heads, over 64 steps of 32 sequences, forward and backward.
func BenchmarkEncoderStep(b *testing.B) {
	dl.ManualSeed(1)
	x := dl.Randn(32, 64, 128)
	m := nn.NewTransformerEncoder(128, 4, 2, nn.TransformerOptions{FeedForward: 512, Dropout: 0.1, BatchFirst: true})
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range nn.Params(m) {
			p.ZeroGrad()
		}
		m.Forward(x).Mean().Backward()
	}
}

// charGPT is a small language model: 4 layers of 128 features in 4 heads that look back only.
type charGPT struct {
	words   *nn.Embedding
	places  *nn.LearnedPositions
	encoder *nn.TransformerEncoder
	head    *nn.Linear
}

func (m *charGPT) Forward(x *dl.Tensor) *dl.Tensor {
	x = m.places.Forward(m.words.Forward(x))
	return m.head.Forward(m.encoder.Encode(x, nn.AttendOptions{Causal: true}))
}

// BenchmarkCharGPTStep is one training step on 16 texts of 128 characters.
func BenchmarkCharGPTStep(b *testing.B) {
	dl.ManualSeed(1)
	m := &charGPT{nn.NewEmbedding(65, 128), nn.NewLearnedPositions(128, 128, nn.PositionOptions{BatchFirst: true}),
		nn.NewTransformerEncoder(128, 4, 4, nn.TransformerOptions{FeedForward: 512, GELU: true, NormFirst: true, FinalNorm: true, BatchFirst: true}),
		nn.NewLinear(128, 65)}
	o := optim.NewAdamW(nn.Params(m), optim.AdamOptions{LR: 1e-3})
	x, y := dl.RandInt(0, 65, 16, 128), dl.RandInt(0, 65, 16*128)
	b.ReportAllocs()
	for b.Loop() {
		o.ZeroGrad()
		nn.CrossEntropy(m.Forward(x).Reshape(16*128, 65), y).Backward()
		o.Step()
	}
}
