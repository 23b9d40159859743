package nn_test

import (
	"math"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/nn"
)

// TestAttentionAgainstTorch compares outputs, attention weights and all gradients with PyTorch's, in PyTorch's names.
func TestAttentionAgainstTorch(t *testing.T) {
	const tol = 3e-5
	for _, c := range golden.Load(t, "testdata/attention.json").Cases {
		t.Run(c.Name, func(t *testing.T) {
			in := map[string]*dl.Tensor{}
			for _, k := range []string{"q", "k", "v"} {
				if a, ok := c.In[k]; ok {
					in[k] = a.Tensor().SetRequiresGrad(true)
				}
			}
			o := nn.AttendOptions{Causal: c.Bool("causal")}
			if a, ok := c.In["mask"]; ok {
				o.Mask = a.Tensor()
			}
			if a, ok := c.In["padding"]; ok {
				o.KeyPadding = a.Tensor()
			}
			features, heads := c.Int("features", 0), c.Int("heads", 0)
			var m nn.Module
			var y *dl.Tensor
			switch c.String("kind") {
			case "attention":
				l := nn.NewMultiheadAttention(features, heads, nn.MultiheadAttentionOptions{BatchFirst: c.Bool("first"),
					NoBias: !c.Bool("bias"), KeyFeatures: c.Int("kdim", 0), ValueFeatures: c.Int("vdim", 0)})
				m = l
				loadState(t, m, c)
				q, k, v := in["q"], in["k"], in["v"]
				if k == nil {
					k, v = q, q
				}
				y = l.Attend(q, k, v, o)
				again, weights := l.AttendWeights(q, k, v, o)
				golden.Close(t, again, c.Out["y"], tol, tol)
				golden.Close(t, weights, c.Out["weights"], tol, tol)
			default:
				to := nn.TransformerOptions{FeedForward: c.Int("ff", 0), GELU: c.Bool("gelu"), NormFirst: c.Bool("norm_first"),
					BatchFirst: c.Bool("first"), NoBias: !c.Bool("bias"), FinalNorm: c.Bool("final")}
				switch n := c.Int("layers", 0); {
				case c.String("kind") == "decoder" && n > 0:
					d := nn.NewTransformerDecoder(features, heads, n, to)
					m = d
					loadState(t, m, c)
					y = d.Decode(in["q"], in["k"], nn.DecodeOptions{Self: nn.AttendOptions{Causal: o.Causal}, Memory: nn.AttendOptions{KeyPadding: o.KeyPadding}})
				case c.String("kind") == "decoder":
					d := nn.NewTransformerDecoderLayer(features, heads, to)
					m = d
					loadState(t, m, c)
					y = d.Decode(in["q"], in["k"], nn.DecodeOptions{Self: nn.AttendOptions{Causal: o.Causal}, Memory: nn.AttendOptions{KeyPadding: o.KeyPadding}})
				case n > 0:
					e := nn.NewTransformerEncoder(features, heads, n, to)
					m = e
					loadState(t, m, c)
					y = e.Encode(in["q"], o)
				default:
					e := nn.NewTransformerEncoderLayer(features, heads, to)
					m = e
					loadState(t, m, c)
					y = e.Encode(in["q"], o)
				}
			}
			golden.Close(t, y, c.Out["y"], tol, tol)
			y.BackwardWith(c.In["gy"].Tensor())
			for k, x := range in {
				golden.Close(t, x.Grad(), c.Grad[k], tol, tol)
			}
			params := nn.NamedParams(m)
			if len(params)+len(in) != len(c.Grad) {
				t.Errorf("%d parameters, PyTorch has %d", len(params), len(c.Grad)-len(in))
			}
			for _, p := range params {
				golden.Close(t, p.Tensor.Grad(), c.Grad[p.Name], tol, tol)
			}
		})
	}
}

// TestAttentionDropout drops weights in training alone, and the same ones forward and backward: without values of its own
// the gradient of the sum is the sum of the kept weights.
func TestAttentionDropout(t *testing.T) {
	m := nn.NewTransformerEncoder(8, 2, 2, nn.TransformerOptions{FeedForward: 16, Dropout: 0.4, BatchFirst: true})
	x := dl.Randn(2, 5, 8)
	difference := func() float64 { return m.Forward(x).Sub(m.Forward(x)).Abs().Sum().Item() }
	if difference() == 0 {
		t.Error("nothing is dropped in training")
	}
	nn.Eval(m)
	if d := difference(); d != 0 {
		t.Errorf("two evaluations differ by %g", d)
	}
	v := dl.Zeros(1, 90, 1).SetRequiresGrad(true)
	dl.ManualSeed(4)
	q := dl.Randn(1, 70, 3)
	k := dl.Randn(1, 90, 3)
	o := dl.AttentionOptions{Dropout: 0.5}
	dl.ManualSeed(4)
	dl.ScaledDotProductAttention(q, k, v, o).Sum().Backward()
	dl.ManualSeed(4)
	kept := dl.ScaledDotProductAttention(q, k, dl.Eye(90).Unsqueeze(0), o) // the weights themselves
	if d := kept.Sum(0, 1).Sub(v.Grad().Reshape(90)).Abs().AMax().Item(); d > 1e-5 {
		t.Errorf("other weights are dropped backward than forward: off by %g", d)
	}
	share := kept.EqScalar(0).To(dl.Float32).Mean().Item()
	if math.Abs(share-0.5) > 0.03 {
		t.Errorf("%g of the weights dropped, want half", share)
	}
}

func TestAttentionMisuse(t *testing.T) {
	m := nn.NewMultiheadAttention(6, 2, nn.MultiheadAttentionOptions{BatchFirst: true})
	x := dl.Zeros(2, 4, 6)
	for _, c := range []struct {
		name string
		f    func()
		want []string
	}{
		{"heads", func() { nn.NewMultiheadAttention(6, 4, nn.MultiheadAttentionOptions{}) }, []string{"6 features and 4 heads"}},
		{"features", func() { m.Forward(dl.Zeros(2, 4, 5)) }, []string{"[batch×steps×6 features]"}},
		{"batch axis", func() { m.Forward(dl.Zeros(4, 6)) }, []string{"Unsqueeze(0)"}},
		{"mask", func() { m.Attend(x, x, x, nn.AttendOptions{Mask: dl.Zeros(2, 4)}) }, []string{"[4×4]"}},
		{"padding", func() { m.Attend(x, x, x, nn.AttendOptions{KeyPadding: dl.Zeros(4, 2)}) }, []string{"[2×4]"}},
		{"batches", func() { m.Attend(x, dl.Zeros(3, 4, 6), dl.Zeros(3, 4, 6), nn.AttendOptions{}) }, []string{"one size"}},
		{"positions", func() { nn.NewSinusoidalPositions(3, 6, nn.PositionOptions{BatchFirst: true}).Forward(x) }, []string{"at most 3 steps"}},
		{"lead", func() { dl.ScaledDotProductAttention(x, x.Narrow(0, 0, 1), x, dl.AttentionOptions{}) }, []string{"equal axes"}},
		{"mask shape", func() { dl.ScaledDotProductAttention(x, x, x, dl.AttentionOptions{Mask: dl.Zeros(3, 4)}) }, []string{"broadcasts to [2×4×4]"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantError(t, c.f, c.want...) })
	}
}
