package dl_test

import "descent/dl"

func init() {
	notDifferentiable["Tensor.MatrixRank"] = "integers"
	// symmetric gives a well-separated symmetric matrix.
	symmetric := func() *T {
		x := normal(3, 3).MulScalar(0.2)
		return x.Add(x.T()).Add(dl.NewOf(dl.Float64, []float64{1, 3, 6}).Diag(0))
	}
	sym := func(x *T) *T { return x.Add(x.T()).MulScalar(0.5) }
	square := func() *T { return normal(3, 3).Add(dl.Eye(3).Double().MulScalar(2)) }
	addRows(
		gradRow{name: "Einsum", fn: func(in []*T) *T { return dl.Einsum("bi,oij,bj->bo", in...) }, in: in(normal(2, 2), normal(2, 2, 3), normal(2, 3))},
		gradRow{name: "Einsum/diagonal", fn: func(in []*T) *T { return dl.Einsum("iij,j->i", in...) }, in: in(normal(2, 2, 3), normal(3))},
		unary("Tensor.Inverse", (*T).Inverse, square()),
		unary("Tensor.Det", (*T).Det, square()),
		unary("Tensor.Det/singular", (*T).Det, dl.NewOf(dl.Float64, [][]float64{{1, 2, 3}, {2, 4, 6}, {1, 0, 1}})),
		unary("Tensor.SlogDet", func(x *T) *T { _, l := x.SlogDet(); return l }, square()),
		binary("Tensor.Solve", (*T).Solve, square(), normal(3, 2)),
		binary("Tensor.Solve/batch", (*T).Solve, dl.Stack([]*T{square(), square()}, 0), normal(3)),
		binary("Tensor.SolveTriangular", func(a, b *T) *T { return a.SolveTriangular(b, true) }, square(), normal(3, 2)),
		unary("Tensor.Cholesky", func(x *T) *T { return sym(x).Cholesky() }, symmetric()),
		unary("Tensor.QR", func(x *T) *T { q, r := x.QR(); return q.MatMul(r.Sin()) }, normal(4, 3)),
		unary("Tensor.EigH", func(x *T) *T { l, v := sym(x).EigH(); return v.Square().Mul(l) }, symmetric()),
		unary("Tensor.EigValsH", func(x *T) *T { return sym(x).EigValsH() }, symmetric()),
		unary("Tensor.SVD", func(x *T) *T { u, s, vt := x.SVD(); return u.Square().Mul(s.Sin()).MatMul(vt.Square()) }, normal(4, 3)),
		unary("Tensor.SVD/wide", func(x *T) *T { u, s, vt := x.SVD(); return u.Square().Mul(s.Sin()).MatMul(vt.Square()) }, normal(2, 4)),
		unary("Tensor.SingularValues", (*T).SingularValues, normal(4, 3)),
		unary("Tensor.Pinv", func(x *T) *T { return x.Pinv(1e-12) }, normal(4, 3)),
		binary("Tensor.LstSq", (*T).LstSq, normal(4, 2), normal(4, 2)),
		unary("Tensor.Cond", (*T).Cond, square()),
		unary("Tensor.MatrixPower", func(x *T) *T { return x.MatrixPower(3) }, square()),
		unary("Tensor.MatrixExp", (*T).MatrixExp, normal(3, 3)),
		gradRow{name: "MultiDot", fn: func(in []*T) *T { return dl.MultiDot(in) }, in: in(normal(2, 3), normal(3, 1), normal(1, 3))},

		unary("Tensor.FFT", func(x *T) *T { return x.FFT().Sin() }, normal(5, 2)),
		unary("Tensor.IFFT", func(x *T) *T { return x.IFFT().Sin() }, normal(2, 4, 2)),
		unary("Tensor.RFFT", func(x *T) *T { return x.RFFT().Sin() }, normal(2, 5)),
		unary("Tensor.RFFT/even", func(x *T) *T { return x.RFFT().Sin() }, normal(6)),
		unary("Tensor.IRFFT", func(x *T) *T { return x.IRFFT(5).Sin() }, normal(3, 2)),
		unary("Tensor.IRFFT/even", func(x *T) *T { return x.IRFFT(6).Sin() }, normal(4, 2)),
		unary("Tensor.FFT2", func(x *T) *T { return x.FFT2().Sin() }, normal(2, 3, 2)),
		unary("Tensor.IFFT2", func(x *T) *T { return x.IFFT2().Sin() }, normal(2, 3, 2)),
		unary("Tensor.FFTShift", func(x *T) *T { return x.FFTShift(0).Sin() }, normal(5)),
		binary("Complex", func(a, b *T) *T { return dl.Complex(a, b).Sin() }, normal(3), normal(3)),
		binary("Tensor.ComplexMul", (*T).ComplexMul, normal(3, 2), normal(3, 2)),
		unary("Tensor.ComplexAbs", (*T).ComplexAbs, between(0.5, 2, 3, 2)),
		unary("Tensor.ComplexAngle", (*T).ComplexAngle, between(0.5, 2, 3, 2)),
	)
}
