package dl_test

import (
	"descent/dl"
)

type T = dl.Tensor

func init() {
	mask := dl.New([][]bool{{true, false, true}, {false, false, true}})
	addRows(
		binary("Tensor.Add", (*T).Add, normal(2, 3), normal(2, 3)),
		binary("Tensor.Add/broadcast", (*T).Add, normal(2, 1, 3), normal(4, 1)),
		binary("Tensor.Sub", (*T).Sub, normal(2, 3), normal(3)),
		binary("Tensor.Mul", (*T).Mul, normal(2, 3), normal(2, 3)),
		binary("Tensor.Mul/broadcast", (*T).Mul, normal(2, 1, 3), normal(4, 1)),
		binary("Tensor.Mul/scalar", (*T).Mul, normal(), normal(2, 2)),
		binary("Tensor.Div", (*T).Div, normal(2, 3), between(0.5, 2, 2, 3)),
		binary("Tensor.Div/broadcast", (*T).Div, normal(3), between(-2, -0.5, 2, 1)),
		binary("Tensor.PowTensor", (*T).PowTensor, between(0.5, 2, 2, 3), normal(3)),
		binary("Tensor.Atan2", (*T).Atan2, between(0.5, 2, 4), between(-2, 2, 4)),
		binary("Tensor.Hypot", (*T).Hypot, between(0.5, 2, 4), between(0.5, 2, 4)),
		binary("Tensor.Lerp", func(a, b *T) *T { return a.Lerp(b, 0.3).Sin() }, normal(2, 3), normal(3)),
		binary("Tensor.Lerp/far", func(a, b *T) *T { return a.Lerp(b, 0.8).Sin() }, normal(2, 3), normal(3)),
		binary("Tensor.Maximum", (*T).Maximum, apart(2, 3), apart(2, 3).AddScalar(0.05)),
		binary("Tensor.Minimum", (*T).Minimum, apart(2, 3), apart(2, 3).AddScalar(0.05)),
		gradRow{name: "Tensor.ClampTensor", fn: func(in []*T) *T { return in[0].ClampTensor(in[1], in[2]) },
			in: in(apart(6), dl.FullOf(dl.Float64, -0.22, 6), dl.FullOf(dl.Float64, 0.21, 6))},
		binary("Tensor.Where", func(a, b *T) *T { return a.Where(mask, b) }, normal(2, 3), normal(3)),
		binary("Where", func(a, b *T) *T { return dl.Where(mask, a, b) }, normal(2, 3), normal(2, 1)),
		unary("Tensor.MaskedFill", func(x *T) *T { return x.Mul(x).MaskedFill(mask, 3) }, normal(2, 3)),
		unary("Tensor.MaskedSelect", func(x *T) *T { return x.Mul(x).MaskedSelect(mask) }, normal(2, 3)),

		unary("Tensor.AddScalar", func(x *T) *T { return x.AddScalar(2).Square() }, normal(3)),
		unary("Tensor.SubScalar", func(x *T) *T { return x.SubScalar(2).Square() }, normal(3)),
		unary("Tensor.RSubScalar", func(x *T) *T { return x.RSubScalar(2).Square() }, normal(3)),
		unary("Tensor.MulScalar", func(x *T) *T { return x.MulScalar(2).Square() }, normal(3)),
		unary("Tensor.DivScalar", func(x *T) *T { return x.DivScalar(3).Square() }, normal(3)),
		unary("Tensor.RDivScalar", func(x *T) *T { return x.RDivScalar(3) }, between(0.5, 2, 3)),
		unary("Tensor.Neg", func(x *T) *T { return x.Neg().Square() }, normal(3)),
		unary("Tensor.Abs", (*T).Abs, apart(6)),
		unary("Tensor.Frac", (*T).Frac, between(0.2, 0.8, 4).AddScalar(2)),
		unary("Tensor.Clamp", func(x *T) *T { return x.Square().Clamp(0.1, 0.3) }, apart(8)),
		unary("Tensor.ClampMin", func(x *T) *T { return x.ClampMin(0.1) }, apart(8)),
		unary("Tensor.ClampMax", func(x *T) *T { return x.ClampMax(0.1) }, apart(8)),
		unary("Tensor.ReLU", (*T).ReLU, apart(6)),
		unary("Tensor.ReLU/square", func(x *T) *T { return x.ReLU().Square() }, apart(6)),
		unary("Tensor.Tanh", (*T).Tanh, normal(5)),
		unary("Tensor.Sigmoid", (*T).Sigmoid, normal(5)),
		unary("Tensor.Logit", (*T).Logit, between(0.2, 0.8, 5)),

		unary("Tensor.Exp", (*T).Exp, normal(5)),
		unary("Tensor.Exp2", (*T).Exp2, normal(5)),
		unary("Tensor.Expm1", (*T).Expm1, normal(5)),
		unary("Tensor.Log", (*T).Log, between(0.5, 3, 5)),
		unary("Tensor.Log2", (*T).Log2, between(0.5, 3, 5)),
		unary("Tensor.Log10", (*T).Log10, between(0.5, 3, 5)),
		unary("Tensor.Log1p", (*T).Log1p, between(-0.5, 3, 5)),
		unary("Tensor.Sqrt", (*T).Sqrt, between(0.5, 3, 5)),
		unary("Tensor.Rsqrt", (*T).Rsqrt, between(0.5, 3, 5)),
		unary("Tensor.Cbrt", (*T).Cbrt, between(-3, -0.5, 5)),
		unary("Tensor.Reciprocal", (*T).Reciprocal, between(0.5, 3, 5)),
		unary("Tensor.Square", (*T).Square, normal(5)),
		unary("Tensor.Pow", func(x *T) *T { return x.Pow(2.5) }, between(0.5, 3, 5)),
		unary("Tensor.Pow/3", func(x *T) *T { return x.Pow(3) }, normal(5)),
		unary("Tensor.Pow/1", func(x *T) *T { return x.Pow(1) }, normal(5)),
		unary("Tensor.Pow/0", func(x *T) *T { return x.Pow(0) }, normal(5)),
		unary("Tensor.Pow/-2", func(x *T) *T { return x.Pow(-2) }, between(0.5, 3, 5)),

		unary("Tensor.Sin", (*T).Sin, normal(5)),
		unary("Tensor.Cos", (*T).Cos, normal(5)),
		unary("Tensor.Tan", (*T).Tan, between(-1, 1, 5)),
		unary("Tensor.Asin", (*T).Asin, between(-0.8, 0.8, 5)),
		unary("Tensor.Acos", (*T).Acos, between(-0.8, 0.8, 5)),
		unary("Tensor.Atan", (*T).Atan, normal(5)),
		unary("Tensor.Sinh", (*T).Sinh, normal(5)),
		unary("Tensor.Cosh", (*T).Cosh, normal(5)),
		unary("Tensor.Asinh", (*T).Asinh, normal(5)),
		unary("Tensor.Acosh", (*T).Acosh, between(1.5, 3, 5)),
		unary("Tensor.Atanh", (*T).Atanh, between(-0.8, 0.8, 5)),
		unary("Tensor.Deg2Rad", func(x *T) *T { return x.Deg2Rad().Square() }, normal(5)),
		unary("Tensor.Rad2Deg", func(x *T) *T { return x.Rad2Deg().Sin() }, between(-0.02, 0.02, 5)),

		unary("Tensor.Double", func(x *T) *T { return x.Double().Square() }, normal(3)),
		unary("Tensor.To", func(x *T) *T { return x.Square().To(dl.Float64) }, normal(3)),
		unary("Tensor.Clone", func(x *T) *T { return x.Clone().Square() }, normal(3)),
		unary("Tensor.Contiguous", func(x *T) *T { return x.T().Contiguous().Square() }, normal(3, 2)),
	)

	places := dl.New([][]int{{2, 0, 1}, {0, 1, 2}})
	// In-place operations, on a tensor that is not a leaf.
	place := func(f func(x, y *T) *T) func(in []*T) *T {
		return func(in []*T) *T { return f(in[0].Square(), in[1].Sin()).Mul(in[0]) }
	}
	for _, r := range []struct {
		name string
		f    func(x, y *T) *T
	}{
		{"Tensor.AddInPlace", (*T).AddInPlace},
		{"Tensor.AddScaledInPlace", func(x, y *T) *T { return x.AddScaledInPlace(y, -3) }},
		{"Tensor.SubInPlace", (*T).SubInPlace},
		{"Tensor.MulInPlace", (*T).MulInPlace},
		{"Tensor.DivInPlace", (*T).DivInPlace},
		{"Tensor.AddScalarInPlace", func(x, y *T) *T { return x.AddScalarInPlace(2).Mul(y) }},
		{"Tensor.MulScalarInPlace", func(x, y *T) *T { return x.MulScalarInPlace(2).Mul(y) }},
		{"Tensor.ClampInPlace", func(x, y *T) *T { return x.ClampInPlace(0.5, 2.1).Mul(y) }},
		{"Tensor.ReLUInPlace", func(x, y *T) *T { return x.SubScalar(1).ReLUInPlace().Mul(y) }},
		{"Tensor.MaskedFillInPlace", func(x, y *T) *T { return x.MaskedFillInPlace(mask, 2).Mul(y) }},
		{"Tensor.CopyFrom", (*T).CopyFrom},
		{"Tensor.SubScalarInPlace", func(x, y *T) *T { return x.SubScalarInPlace(2).Mul(y) }},
		{"Tensor.DivScalarInPlace", func(x, y *T) *T { return x.DivScalarInPlace(2).Mul(y) }},
		{"Tensor.NegInPlace", func(x, y *T) *T { return x.NegInPlace().Mul(y) }},
		{"Tensor.AbsInPlace", func(x, y *T) *T { return x.AbsInPlace().Mul(y) }},
		{"Tensor.ExpInPlace", func(x, y *T) *T { return x.ExpInPlace().Mul(y) }},
		{"Tensor.LogInPlace", func(x, y *T) *T { return x.LogInPlace().Mul(y) }},
		{"Tensor.SqrtInPlace", func(x, y *T) *T { return x.SqrtInPlace().Mul(y) }},
		{"Tensor.TanhInPlace", func(x, y *T) *T { return x.TanhInPlace().Mul(y) }},
		{"Tensor.SigmoidInPlace", func(x, y *T) *T { return x.SigmoidInPlace().Mul(y) }},
		{"Tensor.PowInPlace", func(x, y *T) *T { return x.PowInPlace(1.5).Mul(y) }},
		{"Tensor.ScatterInPlace", func(x, y *T) *T { return x.ScatterInPlace(1, places, y) }},
		{"Tensor.ScatterAddInPlace", func(x, y *T) *T { return x.ScatterAddInPlace(1, places, y) }},
		{"Tensor.IndexAddInPlace", func(x, y *T) *T { return x.IndexAddInPlace(0, ints(1, 1), y) }},
	} {
		addRows(gradRow{name: r.name, fn: place(r.f), in: in(between(0.8, 1.4, 2, 3), between(0.8, 1.2, 2, 3))})
	}
}
