package dl_test

import (
	"math"

	"descent/dl"
)

func init() {
	notDifferentiable["Tensor.UnravelIndex"] = "integers"
	notDifferentiable["Tensor.HistogramDD"] = "counts"
	for _, name := range []string{"Tensor.Poisson", "Tensor.Binomial", "Tensor.ExponentialInPlace", "Tensor.GeometricInPlace", "Tensor.CauchyInPlace",
		"Tensor.LogNormalInPlace", "Tensor.BernoulliInPlace", "Tensor.RandIntInPlace"} {
		notDifferentiable[name] = "random numbers"
	}
	cube := func(x *T) *T { return x.Mul(x).Mul(x) }
	positive := func() *T { return between(0.5, 3, 4) }
	window := between(0.5, 1, 6)
	spectrum := func(x *T) *T { return x.STFT(6, dl.STFTOptions{Hop: 2, Window: window, Normalized: true}) }
	square := func() *T { return normal(3, 3).Add(dl.Eye(3).Double().MulScalar(2)) }
	turn := dl.New([][]float64{{1, 2, 0.1}, {-3, 0.5, 0}, {0.2, 0, 4}}).Double()
	addRows(
		unary("Tensor.FFTN", func(x *T) *T { return x.FFTN().Sin() }, normal(2, 3, 2)),
		unary("Tensor.IFFTN", func(x *T) *T { return x.IFFTN(0).Sin() }, normal(2, 3, 2)),
		unary("Tensor.RFFTN", func(x *T) *T { return x.RFFTN(1, 0).Sin() }, normal(3, 4)),
		unary("Tensor.IRFFTN", func(x *T) *T { return x.IRFFTN(4, 1, 0).Sin() }, normal(3, 2, 2)),
		unary("Tensor.RFFT2", func(x *T) *T { return x.RFFT2().Sin() }, normal(3, 4)),
		unary("Tensor.IRFFT2", func(x *T) *T { return x.IRFFT2(5).Sin() }, normal(2, 3, 2)),
		unary("Tensor.HFFT", func(x *T) *T { return x.HFFT(4).Sin() }, normal(3, 2)),
		unary("Tensor.IHFFT", func(x *T) *T { return x.IHFFT().Sin() }, normal(5)),
		unary("Tensor.IFFTShift", func(x *T) *T { return x.IFFTShift(0).Sin() }, normal(5)),
		unary("Tensor.ComplexConj", func(x *T) *T { return x.ComplexConj().Sin() }, normal(3, 2)),
		binary("Tensor.ComplexMatMul", (*T).ComplexMatMul, normal(2, 3, 2), normal(3, 2, 2)),
		unary("Tensor.STFT", func(x *T) *T { return spectrum(x).Sin() }, normal(10)),
		unary("Tensor.STFT/two sided", func(x *T) *T {
			return x.STFT(4, dl.STFTOptions{NoCenter: true, TwoSided: true}).Sin()
		}, normal(2, 6)),
		unary("Tensor.ISTFT", func(x *T) *T {
			return x.ISTFT(6, dl.STFTOptions{Hop: 2, Window: window, Normalized: true, Length: 5}).Sin()
		}, normal(4, 3, 2)),

		unary("Tensor.LU", func(x *T) *T { _, l, u := x.LU(); return l.Sin().MatMul(u.Sin()) }, square()),
		unary("Tensor.LU/tall", func(x *T) *T { _, l, u := x.LU(); return l.Sin().MatMul(u.Sin()) }, normal(4, 2)),
		unary("Tensor.LU/wide", func(x *T) *T { _, l, u := x.LU(); return l.Sin().MatMul(u.Sin()) }, normal(2, 2, 4)),
		unary("Tensor.LUFactor", func(x *T) *T { lu, _ := x.LUFactor(); return lu.Sin() }, normal(3, 4)),
		binary("Tensor.LUSolve", func(a, b *T) *T { return a.LUSolve(ints(2, 3, 3), b) }, square(), normal(3, 2)),
		unary("Tensor.QR/wide", func(x *T) *T { q, r := x.QR(); return q.MatMul(r.Sin()) }, normal(2, 4)),
		unary("Tensor.EigVals", func(x *T) *T { return x.EigVals().Square() }, turn),
		unary("Tensor.Eig", func(x *T) *T { l, v := x.Eig(); return v.ComplexAbs().Mul(l.Square().Sum(-1)) }, turn.Clone()),
		unary("Tensor.MatrixNorm", func(x *T) *T { return x.MatrixNorm(2) }, normal(2, 3, 2)),
		unary("Tensor.MatrixNorm/rows", func(x *T) *T { return x.MatrixNorm(math.Inf(1)) }, apart(2, 3, 2)),
		unary("Tensor.FrobeniusNorm", (*T).FrobeniusNorm, normal(2, 3, 2)),
		unary("Tensor.NuclearNorm", (*T).NuclearNorm, normal(3, 2)),
		binary("Tensor.VecDot", func(a, b *T) *T { return a.VecDot(b, 0) }, normal(3, 2), normal(3, 1)),
		unary("Tensor.CholeskyInverse", (*T).CholeskyInverse, square()),
		binary("Tensor.CholeskySolve", (*T).CholeskySolve, square(), normal(3, 2)),
		binary("Tensor.TensorSolve", (*T).TensorSolve, normal(2, 2, 4), normal(2, 2)),
		unary("Tensor.TensorInv", func(x *T) *T { return x.TensorInv(1) }, normal(4, 2, 2)),
		binary("Tensor.HouseholderProduct", (*T).HouseholderProduct, normal(4, 3), normal(2)),
		unary("Tensor.PDist", func(x *T) *T { return x.PDist(2) }, normal(4, 3)),

		unary("FractionalMaxPool2d", func(x *T) *T {
			y, _ := dl.FractionalMaxPool2d(x, dl.FractionalPoolOptions2d{Kernel: [2]int{2, 2}, Out: [2]int{2, 3}, Samples: dl.Full(0.4, 1, 2, 2)})
			return y.Sin()
		}, apart(1, 2, 4, 5)),
		unary("FractionalMaxPool3d", func(x *T) *T {
			y, _ := dl.FractionalMaxPool3d(x, dl.FractionalPoolOptions3d{Kernel: [3]int{2, 1, 2}, Ratio: [3]float64{0.7, 0.7, 0.7}, Samples: dl.Full(0.4, 1, 1, 3)})
			return y.Sin()
		}, apart(1, 1, 3, 3, 3)),

		unary("Tensor.BesselJ0", (*T).BesselJ0, positive()), unary("Tensor.BesselJ1", (*T).BesselJ1, positive()),
		unary("Tensor.BesselY0", (*T).BesselY0, positive()), unary("Tensor.BesselY1", (*T).BesselY1, positive()),
		unary("Tensor.K0", (*T).K0, positive()), unary("Tensor.K1", (*T).K1, positive()),
		unary("Tensor.K0e", (*T).K0e, positive()), unary("Tensor.K1e", (*T).K1e, positive()),
		unary("Tensor.AiryAi", (*T).AiryAi, between(-3, 2, 5)),
		unary("Tensor.Zeta", func(x *T) *T { return dl.FullLike(x.Detach(), 2.5).Zeta(x) }, positive()),
		unary("Tensor.Polynomial", func(x *T) *T { return x.Polynomial(dl.LegendreP, 4) }, normal(3)),
		unary("Tensor.Polynomial/constant", func(x *T) *T { return x.Polynomial(dl.ChebyshevT, 0) }, normal(3)),

		unary("Tensor.AtLeast", func(x *T) *T { return x.AtLeast(3).Sin() }, normal(2)),
		gradRow{name: "BroadcastTensors", fn: func(in []*T) *T { out := dl.BroadcastTensors(in...); return out[0].Mul(out[1]) }, in: in(normal(3, 1), normal(2))},
		unary("Tensor.SumTo", func(x *T) *T { return x.SumTo(1, 2).Sin() }, normal(2, 3, 2)),
		gradRow{name: "ColumnStack", fn: func(in []*T) *T { return dl.ColumnStack(in).Sin() }, in: in(normal(3), normal(3, 2))},
		gradRow{name: "DStack", fn: func(in []*T) *T { return dl.DStack(in).Sin() }, in: in(normal(3), normal(1, 3))},
		unary("Tensor.Gradient", func(x *T) *T { return x.Gradient(0.5, 0).Sin() }, normal(4)),
		binary("Tensor.InPlace", func(a, b *T) *T { return a.MulScalar(2).InPlace(func(x *T) *T { return x.Sin().Mul(b) }) }, normal(3), normal(3)),

		unary("Jacobian", func(x *T) *T { return dl.Jacobian(cube, x) }, normal(3)),
		unary("Hessian", func(x *T) *T { return dl.Hessian(func(x *T) *T { return cube(x).Sum() }, x) }, normal(3)),
		binary("VJP", func(x, v *T) *T { _, p := dl.VJP(cube, x, v); return p }, normal(3), normal(3)),
		binary("JVP", func(x, v *T) *T { _, p := dl.JVP(cube, x, v); return p }, normal(3), normal(3)),
		binary("HVP", func(x, v *T) *T { _, p := dl.HVP(func(x *T) *T { return cube(x).Sum() }, x, v); return p }, normal(3), normal(3)),
	)
}
