package dl_test

import "descent/dl"

func init() {
	for name, why := range map[string]string{
		"Tensor.FloorDiv": "zero", "Tensor.Heaviside": "a step", "Tensor.BitAnd": "integers", "Tensor.BitOr": "integers",
		"Tensor.BitXor": "integers", "Tensor.BitNot": "integers", "Tensor.ShiftLeft": "integers", "Tensor.ShiftRight": "integers",
		"Tensor.Unique": "constants", "Tensor.Bincount": "integers", "Tensor.Histogram": "counts", "Tensor.SearchSorted": "integers",
		"Tensor.IsIn": "bool", "Tensor.Bernoulli": "random", "Tensor.Multinomial": "integers",
	} {
		notDifferentiable[name] = why
	}
	mat := func() *T { return normal(3, 4) }
	one := func(name string, f func(*T) *T, x *T) gradRow {
		return unary(name, func(x *T) *T { return f(x.Square()).Sin() }, x)
	}
	addRows(
		unary("Tensor.Erf", (*T).Erf, normal(5)),
		unary("Tensor.Erfc", (*T).Erfc, normal(5)),
		unary("Tensor.Erfinv", (*T).Erfinv, between(-0.9, 0.9, 5)),
		unary("Tensor.LGamma", (*T).LGamma, between(0.5, 4, 5)),
		unary("Tensor.LGamma/negative", (*T).LGamma, between(-0.8, -0.2, 5)),
		unary("Tensor.Digamma", (*T).Digamma, between(0.5, 4, 5)),
		unary("Tensor.Polygamma", func(x *T) *T { return x.Polygamma(1) }, between(0.5, 4, 5)),
		unary("Tensor.Sinc", (*T).Sinc, between(0.2, 2, 5)),
		binary("Tensor.Xlogy", (*T).Xlogy, between(0.5, 2, 2, 3), between(0.5, 2, 3)),
		binary("Tensor.LogAddExp", (*T).LogAddExp, normal(2, 3), normal(3)),
		binary("Tensor.CopySign", func(a, b *T) *T { return a.Square().CopySign(b.Detach()) }, normal(4), dl.NewOf(dl.Float64, []float64{1, -1, 2, -2})),
		binary("Tensor.Remainder", func(a, b *T) *T { return a.Remainder(b).Square() }, between(3.3, 3.6, 4), between(0.97, 1.03, 4)),
		binary("Tensor.Fmod", func(a, b *T) *T { return a.Fmod(b).Square() }, between(-3.6, -3.3, 4), between(0.97, 1.03, 4)),
		one("Tensor.NanToNum", func(x *T) *T { return x.NanToNum(0, 1, 2) }, mat()),
		gradRow{name: "Tensor.AddCMul", fn: func(in []*T) *T { return in[0].AddCMul(in[1], in[2], 0.5) }, in: in(mat(), normal(4), mat())},
		gradRow{name: "Tensor.AddCDiv", fn: func(in []*T) *T { return in[0].AddCDiv(in[1], in[2], 0.5) }, in: in(mat(), normal(4), between(1, 2, 3, 4))},
		one("Tensor.Tril", func(x *T) *T { return x.Tril(-1) }, mat()),
		one("Tensor.Triu", func(x *T) *T { return x.Triu(1) }, normal(2, 3, 3)),
		one("Tensor.Diagonal", func(x *T) *T { return x.Diagonal(-1, 0, 2) }, normal(3, 2, 3)),
		one("Tensor.Diag", func(x *T) *T { return x.Diag(1) }, mat()),
		one("Tensor.Diag/vector", func(x *T) *T { return x.Diag(1) }, normal(3)),
		one("Tensor.DiagEmbed", func(x *T) *T { return x.DiagEmbed(-1) }, normal(2, 2)),
		one("Tensor.Trace", (*T).Trace, mat()),
		gradRow{name: "Meshgrid", fn: func(in []*T) *T { m := dl.Meshgrid(in); return m[0].Mul(m[1]).Sin() }, in: in(normal(2), normal(3))},
		binary("Tensor.Cross", func(a, b *T) *T { return a.Cross(b, 1) }, normal(2, 3), normal(2, 3)),
		binary("Tensor.Kron", (*T).Kron, normal(2, 2), normal(2, 3)),
		one("Tensor.Diff", func(x *T) *T { return x.Diff(2, 1) }, mat()),
		one("Tensor.Pad", func(x *T) *T { return x.Pad([]int{1, 2, -1, 1}, dl.PadConstant, 0.5) }, mat()),
		one("Tensor.Pad/reflect", func(x *T) *T { return x.Pad([]int{1, 2}, dl.PadReflect, 0) }, mat()),
		one("Tensor.Pad/replicate", func(x *T) *T { return x.Pad([]int{3, 2}, dl.PadReplicate, 0) }, mat()),
		one("Tensor.Pad/circular", func(x *T) *T { return x.Pad([]int{1, 2, 1, 0}, dl.PadCircular, 0) }, mat()),
		one("Tensor.Unfold", func(x *T) *T { return x.Unfold(1, 3, 1) }, mat()),
		one("Tensor.IndexFill", func(x *T) *T { return x.IndexFill(1, ints(2, 0), 3) }, mat()),
		binary("Tensor.IndexCopy", func(x, s *T) *T { return x.IndexCopy(1, ints(2, 0), s).Sin() }, mat(), normal(3, 2)),
		binary("Tensor.MaskedScatter", func(x, s *T) *T {
			return x.MaskedScatter(dl.New([]bool{true, false, false, true}), s).Sin()
		}, mat(), normal(7)),
		binary("Tensor.SliceScatter", func(x, s *T) *T { return x.SliceScatter(s, 1, 0, 4, 2).Sin() }, mat(), normal(3, 2)),
		binary("Tensor.SelectScatter", func(x, s *T) *T { return x.SelectScatter(s, 0, -1).Sin() }, mat(), normal(4)),
		one("Tensor.Normalize", func(x *T) *T { return x.Normalize(2, 1, 1e-12) }, mat()),
		binary("Tensor.CosineSimilarity", func(a, b *T) *T { return a.CosineSimilarity(b, 1) }, mat(), mat()),
		binary("Tensor.CDist", func(a, b *T) *T { return a.CDist(b, 2) }, mat(), normal(2, 4)),
		one("Tensor.Cov", (*T).Cov, mat()),
		unary("Tensor.CorrCoef", (*T).CorrCoef, normal(2, 5)),
		one("Tensor.NanSum", func(x *T) *T { return x.NanSum(1) }, mat()),
		one("Tensor.NanMean", func(x *T) *T { return x.NanMean(1) }, mat()),
		one("Tensor.Trapezoid", func(x *T) *T { return x.Trapezoid(0.5, 1) }, mat()),
		one("Tensor.Rot90", func(x *T) *T { return x.Rot90(1, 0, 1) }, mat()),
		unary("Tensor.BincountWeighted", func(x *T) *T { return ints(1, 0, 1, 3).BincountWeighted(x.Square(), 5).Sin() }, normal(4)),
	)
}
