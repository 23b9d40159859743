package nn_test

import (
	"testing"

	"descent/dl"
	"descent/dl/nn"
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
