package dl_test

import "descent/dl"

func init() {
	for name, why := range map[string]string{
		"Tensor.GCD": "integers", "Tensor.LCM": "integers", "Tensor.NextAfter": "none in PyTorch either", "Tensor.SignBit": "bool",
		"Tensor.IsPosInf": "bool", "Tensor.IsNegInf": "bool", "Tensor.UniqueConsecutive": "constants", "Tensor.UniqueAlong": "constants",
	} {
		notDifferentiable[name] = why
	}
	mat := func() *T { return normal(3, 4) }
	first := func(f func(x *T) (*T, *T)) func(x *T) *T {
		return func(x *T) *T { v, _ := f(x); return v.Square() }
	}
	three := func(name string, f func(a, b, c *T) *T, x, y, z *T) gradRow {
		return gradRow{name: name, fn: func(in []*T) *T { return f(in[0], in[1], in[2]).Sin() }, in: in(x, y, z)}
	}
	addRows(
		unary("Tensor.I0", (*T).I0, between(-3, 3, 6)),
		unary("Tensor.I1", (*T).I1, between(-3, 3, 6)),
		unary("Tensor.I0e", (*T).I0e, between(0.2, 3, 6)),
		unary("Tensor.I1e", (*T).I1e, between(-3, -0.2, 6)),
		unary("Tensor.Ndtr", (*T).Ndtr, normal(6)),
		unary("Tensor.LogNdtr", (*T).LogNdtr, between(-9, 3, 6)),
		unary("Tensor.Ndtri", (*T).Ndtri, between(0.1, 0.9, 6)),
		unary("Tensor.Erfcx", (*T).Erfcx, between(-1, 8, 6)),
		unary("Tensor.Entr", (*T).Entr, between(0.2, 3, 6)),
		unary("Tensor.MvLGamma", func(x *T) *T { return x.MvLGamma(3) }, between(1.5, 4, 5)),
		unary("Tensor.IGamma", func(x *T) *T { return dl.NewOf(dl.Float64, []float64{0.5, 1, 3}).IGamma(x) }, between(0.5, 3, 3)),
		unary("Tensor.IGammaC", func(x *T) *T { return dl.NewOf(dl.Float64, []float64{0.5, 1, 3}).IGammaC(x) }, between(0.5, 3, 3)),
		binary("Tensor.Xlog1py", (*T).Xlog1py, between(0.5, 2, 2, 3), between(0.5, 2, 3)),
		binary("Tensor.LogAddExp2", (*T).LogAddExp2, normal(2, 3), normal(3)),
		binary("Tensor.FMax", func(a, b *T) *T { return a.FMax(b).Square() }, apart(5), apart(5).AddScalar(0.05)),
		binary("Tensor.FMin", func(a, b *T) *T { return a.FMin(b).Square() }, apart(5), apart(5).AddScalar(0.05)),
		unary("Tensor.Frexp", first((*T).Frexp), between(0.6, 0.9, 4)),
		unary("Tensor.Ldexp", func(x *T) *T { return x.Ldexp(ints(0, 2, -1)).Square() }, normal(3)),
		binary("Tensor.Ldexp/floats", (*T).Ldexp, normal(3), normal(3)),
		three("Tensor.AddMM", func(a, b, c *T) *T { return a.AddMM(b, c, 0.5, 2) }, normal(4), normal(3, 2), normal(2, 4)),
		three("Tensor.AddMV", func(a, b, c *T) *T { return a.AddMV(b, c, 0.5, 2) }, normal(3), normal(3, 2), normal(2)),
		three("Tensor.AddR", func(a, b, c *T) *T { return a.AddR(b, c, 0.5, 2) }, normal(3, 2), normal(3), normal(2)),
		three("Tensor.AddBMM", func(a, b, c *T) *T { return a.AddBMM(b, c, 0.5, 2) }, normal(3, 2), normal(2, 3, 2), normal(2, 2, 2)),
		three("Tensor.BAddBMM", func(a, b, c *T) *T { return a.BAddBMM(b, c, 0.5, 2) }, normal(3, 2), normal(2, 3, 2), normal(2, 2, 2)),
		binary("Tensor.Inner", (*T).Inner, normal(2, 3), normal(4, 3)),
		binary("Tensor.TensorDot", func(a, b *T) *T { return a.TensorDot(b, []int{0, 2}, []int{1, 0}) }, normal(2, 3, 2), normal(2, 2, 2)),
		unary("Tensor.LogDet", func(x *T) *T { return x.MatMul(x.T()).LogDet() }, normal(3, 3)),
		unary("Tensor.Vander", func(x *T) *T { return x.Vander(4, false) }, normal(3)),
		binary("Tensor.Dist", func(a, b *T) *T { return a.Dist(b, 3) }, normal(2, 3), normal(3)),
		unary("Tensor.Renorm", func(x *T) *T { return x.Renorm(2, 0, 1.5).Square() }, mat()),
		unary("Tensor.CumulativeTrapezoid", func(x *T) *T { return x.CumulativeTrapezoid(0.5, 1).Square() }, mat()),
		three("BlockDiag", func(a, b, c *T) *T { return dl.BlockDiag(a, b, c) }, normal(2, 3), normal(2), normal(1, 2)),
		binary("CartesianProd", func(a, b *T) *T { return dl.CartesianProd(a, b).Square() }, normal(2), normal(3)),
		unary("Tensor.Combinations", func(x *T) *T { return x.Combinations(2, true).Square() }, normal(3)),
		unary("Tensor.TensorSplit", func(x *T) *T { p := x.TensorSplit(3, 1); return p[0].Mul(p[1].Narrow(1, 0, 1)).Sin() }, mat()),
		unary("Tensor.SplitAt", func(x *T) *T { p := x.SplitAt([]int{1, -1}, 1); return p[1].Mul(p[0]).Sin() }, mat()),
		unary("Tensor.Mode", first(func(x *T) (*T, *T) { return x.IndexSelect(1, ints(0, 2, 2, 1)).Mode(1) }), apart(3, 4)),
		unary("Tensor.KthValue", first(func(x *T) (*T, *T) { return x.KthValue(2, 1) }), apart(3, 4)),
		unary("Tensor.NanMedian", first(func(x *T) (*T, *T) { return x.NanMedian(1) }), apart(3, 4)),
		unary("Tensor.NanQuantile", func(x *T) *T { return x.NanQuantile(0.3, 1).Square() }, apart(3, 4)),
		unary("Tensor.LogCumSumExp", func(x *T) *T { return x.LogCumSumExp(1) }, normal(2, 4)),
		unary("Tensor.Pick", func(x *T) *T { return x.Pick(ints(0, 2, 0), ints(-1)).Square() }, mat()),
		binary("Tensor.IndexPut", func(x, v *T) *T { return x.IndexPut(in(ints(0, 2)), v, false).Square() }, mat(), normal(4)),
		binary("Tensor.IndexPut/add", func(x, v *T) *T { return x.IndexPut(in(ints(0, 2, 0)), v, true).Square() }, mat(), normal(4)),
		binary("Tensor.DiagonalScatter", func(x, s *T) *T { return x.DiagonalScatter(s, 1, 0, 1).Square() }, mat(), normal(3)),
	)
	for _, name := range []string{"sum", "prod", "mean", "amax", "amin"} {
		how := scatterReductions[name]
		addRows(binary("Tensor.ScatterReduce/"+name, func(x, s *T) *T {
			at := dl.New([][]int64{{0, 1, 1, 0}, {2, 2, 2, 0}})
			return x.ScatterReduce(0, at, s, how, false).Square()
		}, apart(3, 4), apart(2, 4).AddScalar(0.05)))
	}
}
