package dl_test

import (
	"math"

	"descent/dl"
)

func init() {
	seen := dl.New([][]bool{{true, false, true, true}, {false, false, false, false}, {true, true, false, true}})
	added := dl.NewOf(dl.Float64, [][]float64{{0, math.Inf(-1), 1, 0.5}})
	attend := func(o dl.AttentionOptions) func(in []*T) *T {
		return func(in []*T) *T {
			if o.Dropout > 0 {
				dl.ManualSeed(5)
			}
			return dl.ScaledDotProductAttention(in[0], in[1], in[2], o)
		}
	}
	qkv := func() []*T { return in(normal(2, 1, 3, 2), normal(2, 1, 4, 2), normal(2, 1, 4, 3)) }
	addRows(
		gradRow{name: "ScaledDotProductAttention", fn: attend(dl.AttentionOptions{}), in: qkv()},
		gradRow{name: "ScaledDotProductAttention/causal", fn: attend(dl.AttentionOptions{Causal: true, Scale: 0.4}), in: qkv()},
		gradRow{name: "ScaledDotProductAttention/where", fn: attend(dl.AttentionOptions{Mask: seen}), in: qkv()},
		gradRow{name: "ScaledDotProductAttention/added", fn: attend(dl.AttentionOptions{Mask: added, Causal: true}), in: qkv()},
		gradRow{name: "ScaledDotProductAttention/dropout", fn: attend(dl.AttentionOptions{Dropout: 0.4}), in: qkv()},
		gradRow{name: "ScaledDotProductAttention/blocks", fn: attend(dl.AttentionOptions{Causal: true, Dropout: 0.3}),
			in: in(normal(66, 1), normal(67, 1), normal(67, 1)), firstOnly: "large, to have two blocks of queries"},
		gradRow{name: "ScaledDotProductAttention/heads side by side", fn: func(in []*T) *T {
			heads := func(t *T) *T { return t.Reshape(1, 3, 2, 2).Transpose(1, 2) }
			return dl.ScaledDotProductAttention(heads(in[0]), heads(in[1]), heads(in[2]), dl.AttentionOptions{}).Transpose(1, 2).Reshape(1, 3, 4)
		}, in: in(normal(1, 3, 4), normal(1, 3, 4), normal(1, 3, 4))},
		gradRow{name: "ScaledDotProductAttention/learned mask", fn: func(in []*T) *T {
			return dl.ScaledDotProductAttention(in[0], in[1], in[2], dl.AttentionOptions{Mask: in[3]})
		}, in: append(qkv(), normal(3, 4))},
		gradRow{name: "SelfAttention", fn: func(in []*T) *T { return dl.SelfAttention(in[0], 2, dl.AttentionOptions{}) }, in: in(normal(2, 3, 12))},
		gradRow{name: "SelfAttention/causal", fn: func(in []*T) *T {
			dl.ManualSeed(5)
			return dl.SelfAttention(in[0], 2, dl.AttentionOptions{Causal: true, Dropout: 0.3})
		}, in: in(normal(2, 3, 12))},
	)
}
