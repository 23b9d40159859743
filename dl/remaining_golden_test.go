package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

// changed makes a table entry of an in-place operation, on the result of
// another one so that gradients flow through it where the case has some.
func changed(f func(x *T, rest []*T) *T) opCall {
	return func(c golden.Case, in []*T) []*T {
		x := in[0].MulScalar(2)
		if len(c.Grad) == 0 {
			x = x.Detach()
		}
		y := f(x, in[1:])
		if !y.SharesMemory(x) && x.Numel() > 0 {
			return nil
		}
		return []*T{x}
	}
}

func changed1(f func(x *T) *T) opCall { return changed(func(x *T, _ []*T) *T { return f(x) }) }
func changed2(f func(x, y *T) *T) opCall {
	return changed(func(x *T, rest []*T) *T { return f(x, rest[0]) })
}

// made makes a table entry of a function without operands.
func made(f func(c golden.Case) *T) opCall {
	return func(c golden.Case, _ []*T) []*T { return []*T{f(c)} }
}

func dtypeOf(c golden.Case) dl.DType {
	return golden.Array{DType: c.String("dtype")}.Type()
}

// state reads an initial state of a recurrent case in x's type.
func state(c golden.Case, name string, x *T) *T {
	var rows [][]float64
	for _, row := range c.Attrs[name].([]any) {
		var v []float64
		for _, n := range row.([]any) {
			v = append(v, n.(float64))
		}
		rows = append(rows, v)
	}
	return dl.NewOf(x.DType(), rows)
}

var remainingOps = map[string]opCall{
	"arange": made(func(c golden.Case) *T {
		return dl.Arange(c.Float("start", 0.5), c.Float("end", 4), c.Float("step", 0.75))
	}),
	"arange_int": made(func(golden.Case) *T { return dl.ArangeInt(-3, 9, 4) }),
	"linspace":   made(func(c golden.Case) *T { return dl.Linspace(c.Float("start", -1), c.Float("end", 2), c.Int("n", 7)) }),
	"logspace":   made(func(golden.Case) *T { return dl.Logspace(-1, 2, 5, 2) }),
	"eye":        made(func(golden.Case) *T { return dl.Eye(3) }),
	"full": made(func(c golden.Case) *T {
		if shape := c.Ints("shape"); shape != nil {
			return dl.Full(1.5, shape...)
		}
		return dl.Full(1.5, 2, 3)
	}),
	"full_of":    made(func(c golden.Case) *T { return dl.FullOf(dtypeOf(c), 3, 2) }),
	"zeros_of":   made(func(c golden.Case) *T { return dl.ZerosOf(dtypeOf(c), 2, 1) }),
	"zeros":      made(func(golden.Case) *T { return dl.Zeros(2, 3) }),
	"ones":       made(func(golden.Case) *T { return dl.Ones(2, 3) }),
	"full_like":  of1(func(x *T) *T { return dl.FullLike(x, 3) }),
	"zeros_like": of1(dl.ZerosLike), "ones_like": of1(dl.OnesLike),
	"scalar":  made(func(golden.Case) *T { return dl.Scalar(2.5) }),
	"complex": of2(dl.Complex),

	"abs_": changed1((*T).AbsInPlace), "neg_": changed1((*T).NegInPlace), "relu_": changed1((*T).ReLUInPlace), "exp_": changed1((*T).ExpInPlace),
	"log_": changed1((*T).LogInPlace), "sqrt_": changed1((*T).SqrtInPlace), "sigmoid_": changed1((*T).SigmoidInPlace), "tanh_": changed1((*T).TanhInPlace),
	"pow_":        changed1(func(x *T) *T { return x.PowInPlace(3) }),
	"clamp_":      changed1(func(x *T) *T { return x.ClampInPlace(-0.5, 1) }),
	"add_scalar_": changed1(func(x *T) *T { return x.AddScalarInPlace(1.5) }),
	"sub_scalar_": changed1(func(x *T) *T { return x.SubScalarInPlace(1.5) }),
	"mul_scalar_": changed1(func(x *T) *T { return x.MulScalarInPlace(1.5) }),
	"div_scalar_": changed1(func(x *T) *T { return x.DivScalarInPlace(3) }),
	"fill_":       changed1(func(x *T) *T { return x.Fill(2.5) }),
	"zero_":       changed1((*T).Zero),
	"add_":        changed2((*T).AddInPlace), "sub_": changed2((*T).SubInPlace), "mul_": changed2((*T).MulInPlace), "div_": changed2((*T).DivInPlace),
	"add_scaled_":  changed2(func(x, y *T) *T { return x.AddScaledInPlace(y, 0.5) }),
	"copy_":        of2(func(x, y *T) *T { return x.Detach().MulScalar(2).CopyFrom(y) }),
	"scatter_":     changed(func(x *T, in []*T) *T { return x.ScatterInPlace(0, in[0], in[1]) }),
	"scatter_add_": changed(func(x *T, in []*T) *T { return x.ScatterAddInPlace(0, in[0], in[1]) }),
	"index_add_":   changed(func(x *T, in []*T) *T { return x.IndexAddInPlace(1, in[0], in[1]) }),
	"masked_fill_": func(c golden.Case, in []*T) []*T {
		v := 2.5
		if c.Name == "masked_fill_/inf" {
			v = -inf
		}
		return []*T{in[0].MulScalar(2).MaskedFillInPlace(in[1], v)}
	},

	"split":       many(func(in []*T) []*T { return in[0].Split(4, 1) }),
	"split_sizes": many(func(in []*T) []*T { return in[0].SplitSizes([]int{1, 0, 5}, 1) }),
	"chunk":       many(func(in []*T) []*T { return in[0].Chunk(4, 1) }),
	"unbind":      many(func(in []*T) []*T { return in[0].Unbind(1) }),
	"unflatten":   of1(func(x *T) *T { return x.Unflatten(1, 2, 3) }),
	"movedim":     of1(func(x *T) *T { return x.MoveDim(1, 0) }),
	"t":           of1((*T).T), "clone": of1((*T).Clone), "contiguous": of1((*T).Contiguous),
	"view": of1(func(x *T) *T {
		if x.Numel() == 0 {
			return x.Contiguous().View(3, 0, 2)
		}
		return x.Contiguous().View(3, -1, 2)
	}),
	"index": of1(func(x *T) *T { return x.Index(2) }), "index2": of1(func(x *T) *T { return x.Index(-1, 3) }),
	"expand_as": of2((*T).ExpandAs), "double": of1((*T).Double), "to": of1(func(x *T) *T { return x.To(dl.Float64) }), "float": of1((*T).Float), "long": of1((*T).Long),

	"ge_scalar": of1(func(x *T) *T { return x.GeScalar(0.5) }), "le_scalar": of1(func(x *T) *T { return x.LeScalar(0.5) }),
	"lt_scalar": of1(func(x *T) *T { return x.LtScalar(0.5) }), "ne_scalar": of1(func(x *T) *T { return x.NeScalar(0.5) }),
	"sub_scalar":   of1(func(x *T) *T { return x.SubScalar(1.5) }),
	"clamp_max":    of1(func(x *T) *T { return x.ClampMax(0.25) }),
	"clamp_tensor": of3((*T).ClampTensor), "cbrt": of1((*T).Cbrt),
	"where_method": of3(func(c, x, y *T) *T { return x.Where(c, y) }),
	"isclose":      of2(func(x, y *T) *T { return x.IsClose(y, 1e-3, 1e-4) }),
	"min_max":      of1(func(x *T) *T { lo, hi := x.MinMax(); return dl.New([]float64{lo, hi}) }),

	"sum_keep":  over(func(x *T, d []int) *T { return x.SumKeep(d...) }),
	"mean_keep": over(func(x *T, d []int) *T { return x.MeanKeep(d...) }), "var_keep": over(func(x *T, d []int) *T { return x.VarKeep(d...) }),
	"std_keep": over(func(x *T, d []int) *T { return x.StdKeep(d...) }), "amax_keep": over(func(x *T, d []int) *T { return x.AMaxKeep(d...) }),
	"amin_keep": over(func(x *T, d []int) *T { return x.AMinKeep(d...) }), "logsumexp_keep": over(func(x *T, d []int) *T { return x.LogSumExpKeep(d...) }),
	"std0": over(func(x *T, d []int) *T { return x.StdCorrected(0, d...) }),

	"bmm": of2((*T).BMM), "dot": of2((*T).Dot),
	"scatter_value":     of2(func(x, i *T) *T { return x.ScatterValue(0, i, 2.5) }),
	"take_along":        of2(func(x, i *T) *T { return x.TakeAlong(1, i) }),
	"bincount_weighted": of2(func(x, y *T) *T { return x.BincountWeighted(y, 4) }),

	"svd": many(func(in []*T) []*T { u, s, v := in[0].SVD(); return []*T{u.Abs(), s, v.Abs()} }),
	"eigh": many(func(in []*T) []*T {
		x := in[0]
		l, v := x.Add(x.Transpose(-2, -1)).DivScalar(2).EigH()
		return []*T{v.Abs(), l}
	}),
	"matrix_rank": of1(func(x *T) *T { return x.MatrixRank(1e-4) }),
	"solve_upper": of2(func(x, y *T) *T { return x.SolveTriangular(y, true) }),
	"solve_lower": of2(func(x, y *T) *T { return x.SolveTriangular(y, false) }),

	"group_norm":        of3(func(x, y, z *T) *T { return dl.GroupNorm(x, 3, y, z, 1e-5) }),
	"instance_norm":     of3(func(x, y, z *T) *T { return dl.InstanceNorm(x, y, z, 1e-5) }),
	"interpolate_scale": of1(func(x *T) *T { return dl.InterpolateScale(x, 1.6, dl.InterpolateOptions{Mode: dl.InterpolateLinear}) }),
	"max_pool2d_indices": twoOf(func(x *T) (*T, *T) {
		return dl.MaxPool2dIndices(x, dl.PoolOptions{Kernel: [2]int{2, 3}, Stride: [2]int{1, 2}, Padding: [2]int{1, 1}})
	}),
	"adaptive_max_pool1d_values": of1(func(x *T) *T { return dl.AdaptiveMaxPool1d(x, 3) }),
	"adaptive_max_pool3d_values": of1(func(x *T) *T { return dl.AdaptiveMaxPool3d(x, 2, 1, 3) }),
	"attention": ofCase(func(c golden.Case, x, y, z *T) *T {
		return dl.ScaledDotProductAttention(x, y, z, dl.AttentionOptions{Causal: c.Bool("causal"), Scale: c.Float("scale", 0)})
	}),
	"attention_mask": with(func(_ golden.Case, in []*T) *T { // the mask comes third in the order of names
		return dl.ScaledDotProductAttention(in[0], in[1], in[3], dl.AttentionOptions{Mask: in[2]})
	}),
	"self_attention": of1(func(x *T) *T { return dl.SelfAttention(x, 2, dl.AttentionOptions{Causal: true}) }),

	"rnn": func(c golden.Case, in []*T) []*T {
		y, h := dl.RNN(in[0], state(c, "h0", in[0]), in[1], in[2], in[3], in[4], dl.RecurrentOptions{})
		return []*T{y, h}
	},
	"gru": func(c golden.Case, in []*T) []*T {
		y, h := dl.GRU(in[0], state(c, "h0", in[0]), in[1], in[2], in[3], in[4], dl.RecurrentOptions{})
		return []*T{y, h}
	},
	"lstm": func(c golden.Case, in []*T) []*T {
		y, h, s := dl.LSTM(in[0], state(c, "h0", in[0]), state(c, "c0", in[0]), in[1], in[2], in[3], in[4], dl.RecurrentOptions{})
		return []*T{y, h, s}
	},
	"lstm_projected": func(c golden.Case, in []*T) []*T { // PyTorch lists the projection last
		y, h, s := dl.LSTMProjected(in[0], state(c, "h0", in[0]), state(c, "c0", in[0]), in[1], in[2], in[5], in[3], in[4], dl.RecurrentOptions{})
		return []*T{y, h, s}
	},
}

func TestRemainingGolden(t *testing.T) { testGolden(t, "testdata/remaining_ops.json", remainingOps) }
