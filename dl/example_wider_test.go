package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleTensor_FFTN() {
	z := dl.Complex(dl.Ones(2, 2), nil)
	fmt.Println(z.FFTN().ComplexAbs())
	// Output:
	// tensor([[4., 0.],
	//         [0., 0.]])
}

func ExampleTensor_IFFTN() {
	z := dl.Complex(dl.Arange(0, 4, 1).Reshape(2, 2), nil)
	fmt.Println(z.FFTN().IFFTN().Select(-1, 0))
	// Output:
	// tensor([[0., 1.],
	//         [2., 3.]])
}

func ExampleTensor_RFFTN() {
	fmt.Println(dl.Ones(2, 4).RFFTN().Shape())
	// Output: [2 3 2]
}

func ExampleTensor_IRFFTN() {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	fmt.Println(dl.AllClose(x.RFFTN().IRFFTN(3), x, 0, 1e-5))
	// Output: true
}

func ExampleTensor_RFFT2() {
	fmt.Println(dl.Ones(2, 4).RFFT2().Select(-1, 0))
	// Output:
	// tensor([[8., 0., 0.],
	//         [0., 0., 0.]])
}

func ExampleTensor_IRFFT2() {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	fmt.Println(dl.AllClose(x.RFFT2().IRFFT2(3), x, 0, 1e-5))
	// Output: true
}

func ExampleTensor_HFFT() {
	half := dl.Complex(dl.New([]float64{1, 1, 0}), nil) // of the signal 1, 1, 0, 1
	fmt.Println(half.HFFT(4))
	// Output: tensor([ 3.,  1., -1.,  1.])
}

func ExampleTensor_IHFFT() {
	fmt.Println(dl.New([]float64{4, 0, 0, 0}).IHFFT().Select(-1, 0))
	// Output: tensor([1., 1., 1.])
}

func ExampleTensor_IFFTShift() {
	f := dl.FFTFreq(5, 1)
	fmt.Println(f.FFTShift(0))
	fmt.Println(f.FFTShift(0).IFFTShift(0))
	// Output:
	// tensor([-0.4000, -0.2000,  0.0000,  0.2000,  0.4000])
	// tensor([ 0.0000,  0.2000,  0.4000, -0.4000, -0.2000])
}

func ExampleRFFTFreq() {
	fmt.Println(dl.RFFTFreq(8, 0.5)) // up to half the rate of 2 samples a second
	// Output: tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
}

func ExampleTensor_ComplexConj() {
	fmt.Println(dl.New([]float64{3, 4}).ComplexConj())
	// Output: tensor([ 3., -4.])
}

func ExampleTensor_ComplexMatMul() {
	i := dl.New([][][]float64{{{0, 1}}}) // the matrix of the imaginary unit
	fmt.Println(i.ComplexMatMul(i))
	// Output: tensor([[[-1.,  0.]]])
}

func ExampleTensor_STFT() {
	tone := dl.Arange(0, 64, 1).MulScalar(2 * math.Pi / 8).Sin() // a period of 8 samples
	spectrum := tone.STFT(16, dl.STFTOptions{Window: dl.HannWindow(16, false)})
	fmt.Println(spectrum.Shape())
	fmt.Println(spectrum.ComplexAbs().Select(1, 8).ArgMax(0)) // 2 periods in 16 samples
	// Output:
	// [9 17 2]
	// tensor(2)
}

func ExampleTensor_ISTFT() {
	x := dl.Arange(0, 32, 1).Sin()
	o := dl.STFTOptions{Window: dl.HannWindow(8, false)}
	fmt.Println(dl.AllClose(x.STFT(8, o).ISTFT(8, o), x, 1e-5, 1e-5))
	// Output: true
}

func ExampleTensor_LU() {
	p, l, u := dl.New([][]float64{{1, 2}, {4, 4}}).LU()
	fmt.Println(p)
	fmt.Println(l)
	fmt.Println(u)
	// Output:
	// tensor([[0., 1.],
	//         [1., 0.]])
	// tensor([[1.0000, 0.0000],
	//         [0.2500, 1.0000]])
	// tensor([[4., 4.],
	//         [0., 1.]])
}

func ExampleTensor_LUFactor() {
	lu, pivots := dl.New([][]float64{{1, 2}, {4, 4}}).LUFactor()
	fmt.Println(lu)
	fmt.Println(pivots)
	// Output:
	// tensor([[4.0000, 4.0000],
	//         [0.2500, 1.0000]])
	// tensor([2, 2], dtype=int32)
}

func ExampleTensor_LUSolve() {
	a := dl.New([][]float64{{1, 2}, {4, 4}})
	lu, pivots := a.LUFactor()
	fmt.Println(lu.LUSolve(pivots, dl.New([][]float64{{3}, {8}})))
	// Output:
	// tensor([[1.],
	//         [1.]])
}

func ExampleTensor_Eig() {
	turn := dl.New([][]float64{{0, -1}, {1, 0}}) // by a quarter: only complex vectors keep their direction
	values, vectors := turn.Eig()
	fmt.Println(values)
	fmt.Println(vectors.Shape())
	// Output:
	// tensor([[ 0.,  1.],
	//         [ 0., -1.]])
	// [2 2 2]
}

func ExampleTensor_EigVals() {
	fmt.Println(dl.New([][]float64{{2, 1}, {0, 3}}).EigVals())
	// Output:
	// tensor([[2., 0.],
	//         [3., 0.]])
}

func ExampleTensor_MatrixNorm() {
	a := dl.New([][]float64{{1, -2}, {3, 4}})
	fmt.Println(a.MatrixNorm(1), a.MatrixNorm(math.Inf(1)), a.MatrixNorm(2))
	// Output: tensor(6.) tensor(7.) tensor(5.1167)
}

func ExampleTensor_FrobeniusNorm() {
	fmt.Println(dl.New([][]float64{{1, 1}, {1, 1}}).FrobeniusNorm())
	// Output: tensor(2.)
}

func ExampleTensor_NuclearNorm() {
	fmt.Println(dl.New([][]float64{{3, 0}, {0, -4}}).NuclearNorm())
	// Output: tensor(7.)
}

func ExampleTensor_VecDot() {
	fmt.Println(dl.New([][]float64{{1, 2}, {3, 4}}).VecDot(dl.New([]float64{1, 10}), -1))
	// Output: tensor([21., 43.])
}

func ExampleTensor_CholeskyInverse() {
	l := dl.New([][]float64{{4, 0}, {0, 25}}).Cholesky()
	fmt.Println(l.CholeskyInverse())
	// Output:
	// tensor([[0.2500, 0.0000],
	//         [0.0000, 0.0400]])
}

func ExampleTensor_CholeskySolve() {
	l := dl.New([][]float64{{4, 0}, {0, 25}}).Cholesky()
	fmt.Println(l.CholeskySolve(dl.New([][]float64{{8}, {50}})))
	// Output:
	// tensor([[2.],
	//         [2.]])
}

func ExampleTensor_TensorSolve() {
	a := dl.Eye(4).Reshape(2, 2, 4).MulScalar(2)
	fmt.Println(a.TensorSolve(dl.New([][]float64{{2, 4}, {6, 8}})))
	// Output: tensor([1., 2., 3., 4.])
}

func ExampleTensor_TensorInv() {
	a := dl.Eye(4).Reshape(2, 2, 4).MulScalar(2)
	fmt.Println(a.TensorInv(2).Shape())
	// Output: [4 2 2]
}

func ExampleTensor_HouseholderProduct() {
	v := dl.New([][]float64{{1, 0}, {0, 1}, {0, 0}}) // reflections at the first two axes
	fmt.Println(v.HouseholderProduct(dl.New([]float64{2, 2})))
	// Output:
	// tensor([[-1.,  0.],
	//         [ 0., -1.],
	//         [ 0.,  0.]])
}

func ExampleTensor_PDist() {
	fmt.Println(dl.New([][]float64{{0, 0}, {3, 4}, {0, 1}}).PDist(2))
	// Output: tensor([5.0000, 1.0000, 4.2426])
}

func ExampleTensor_BesselJ0() {
	fmt.Println(dl.New([]float64{0, 2, 10}).BesselJ0())
	// Output: tensor([ 1.0000,  0.2239, -0.2459])
}

func ExampleTensor_BesselJ1() {
	fmt.Println(dl.New([]float64{0, 1, 10}).BesselJ1())
	// Output: tensor([0.0000, 0.4401, 0.0435])
}

func ExampleTensor_BesselY0() {
	fmt.Println(dl.New([]float64{0.5, 1, 10}).BesselY0())
	// Output: tensor([-0.4445,  0.0883,  0.0557])
}

func ExampleTensor_BesselY1() {
	fmt.Println(dl.New([]float64{0.5, 1, 10}).BesselY1())
	// Output: tensor([-1.4715, -0.7812,  0.2490])
}

func ExampleTensor_K0() {
	fmt.Println(dl.New([]float64{0, 1, 10}).K0())
	// Output: tensor([       inf, 4.2102e-01, 1.7780e-05])
}

func ExampleTensor_K1() {
	fmt.Println(dl.New([]float64{0.5, 1, 10}).K1())
	// Output: tensor([1.6564e+00, 6.0191e-01, 1.8649e-05])
}

func ExampleTensor_K0e() {
	fmt.Println(dl.New([]float64{1, 100, 10000}).K0e())
	// Output: tensor([1.1445, 0.1252, 0.0125])
}

func ExampleTensor_K1e() {
	fmt.Println(dl.New([]float64{1, 100, 10000}).K1e())
	// Output: tensor([1.6362, 0.1258, 0.0125])
}

func ExampleTensor_AiryAi() {
	fmt.Println(dl.New([]float64{-2, 0, 2}).AiryAi())
	// Output: tensor([0.2274, 0.3550, 0.0349])
}

func ExampleTensor_Zeta() {
	fmt.Println(dl.Scalar(2).Zeta(dl.New([]float64{1, 2}))) // π²/6, and that less 1
	// Output: tensor([1.6449, 0.6449])
}

func ExampleTensor_Polynomial() {
	x := dl.New([]float64{-1, 0, 0.5, 1})
	fmt.Println(x.Polynomial(dl.ChebyshevT, 2)) // 2x²-1
	fmt.Println(x.Polynomial(dl.LegendreP, 2))
	// Output:
	// tensor([ 1.0000, -1.0000, -0.5000,  1.0000])
	// tensor([ 1.0000, -0.5000, -0.1250,  1.0000])
}

func ExampleTensor_AtLeast() {
	fmt.Println(dl.Ones(4).AtLeast(2).Shape(), dl.Ones(4).AtLeast(3).Shape())
	// Output: [1 4] [1 4 1]
}

func ExampleBroadcastShapes() {
	fmt.Println(dl.BroadcastShapes([]int{3, 1}, []int{2, 1, 4}))
	// Output: [2 3 4]
}

func ExampleBroadcastTensors() {
	ts := dl.BroadcastTensors(dl.New([][]float64{{1}, {2}}), dl.New([]float64{3, 4}))
	fmt.Println(ts[0])
	fmt.Println(ts[1])
	// Output:
	// tensor([[1., 1.],
	//         [2., 2.]])
	// tensor([[3., 4.],
	//         [3., 4.]])
}

func ExampleTensor_SumTo() {
	fmt.Println(dl.Ones(2, 3).SumTo(1, 3))
	// Output: tensor([[2., 2., 2.]])
}

func ExampleColumnStack() {
	fmt.Println(dl.ColumnStack([]*dl.Tensor{dl.New([]float64{1, 2}), dl.New([]float64{3, 4})}))
	// Output:
	// tensor([[1., 3.],
	//         [2., 4.]])
}

func ExampleDStack() {
	fmt.Println(dl.DStack([]*dl.Tensor{dl.New([]float64{1, 2}), dl.New([]float64{3, 4})}).Shape())
	// Output: [1 2 2]
}

func ExampleTensor_UnravelIndex() {
	at := dl.New([]int{0, 5, 7}).UnravelIndex(2, 4)
	fmt.Println(at[0], at[1])
	// Output: tensor([0, 1, 1]) tensor([0, 1, 3])
}

func ExampleTensor_Gradient() {
	fmt.Println(dl.New([]float64{0, 1, 4, 9}).Gradient(1, 0))
	// Output: tensor([1., 2., 4., 5.])
}

func ExampleTensor_InPlace() {
	x := dl.New([]float64{0.5, 2.5})
	x.InPlace((*dl.Tensor).Floor)
	fmt.Println(x)
	x.InPlace(func(old *dl.Tensor) *dl.Tensor { return old.Lerp(dl.Ones(2), 0.5) })
	fmt.Println(x)
	// Output:
	// tensor([0., 2.])
	// tensor([0.5000, 1.5000])
}

func ExampleTensor_Poisson() {
	dl.ManualSeed(1)
	mean := dl.Full(4, 10000).Poisson().Mean().Item()
	fmt.Println(mean > 3.9 && mean < 4.1)
	// Output: true
}

func ExampleTensor_Binomial() {
	dl.ManualSeed(1)
	mean := dl.Full(10, 10000).Binomial(dl.Scalar(0.3)).Mean().Item()
	fmt.Println(mean > 2.9 && mean < 3.1)
	// Output: true
}

func ExampleTensor_ExponentialInPlace() {
	dl.ManualSeed(1)
	mean := dl.Empty(10000).ExponentialInPlace(4).Mean().Item()
	fmt.Println(mean > 0.24 && mean < 0.26)
	// Output: true
}

func ExampleTensor_GeometricInPlace() {
	dl.ManualSeed(1)
	mean := dl.Empty(10000).GeometricInPlace(0.25).Mean().Item()
	fmt.Println(mean > 3.9 && mean < 4.1)
	// Output: true
}

func ExampleTensor_CauchyInPlace() {
	dl.ManualSeed(1)
	median, _ := dl.Empty(10001).CauchyInPlace(3, 1).Median(0)
	fmt.Println(median.Item() > 2.9 && median.Item() < 3.1)
	// Output: true
}

func ExampleTensor_LogNormalInPlace() {
	dl.ManualSeed(1)
	mean := dl.Empty(10000).LogNormalInPlace(1, 0.5).Log().Mean().Item()
	fmt.Println(mean > 0.98 && mean < 1.02)
	// Output: true
}

func ExampleTensor_BernoulliInPlace() {
	dl.ManualSeed(1)
	mean := dl.Empty(10000).BernoulliInPlace(0.25).Mean().Item()
	fmt.Println(mean > 0.24 && mean < 0.26)
	// Output: true
}

func ExampleTensor_RandIntInPlace() {
	dl.ManualSeed(1)
	lo, hi := dl.Empty(1000).RandIntInPlace(2, 5).MinMax()
	fmt.Println(lo, hi)
	// Output: 2 4
}

func ExampleJacobian() {
	x := dl.New([]float64{1, 2})
	fmt.Println(dl.Jacobian(func(x *dl.Tensor) *dl.Tensor { return x.Square() }, x))
	// Output:
	// tensor([[2., 0.],
	//         [0., 4.]])
}

func ExampleHessian() {
	x := dl.New([]float64{1, 2})
	fmt.Println(dl.Hessian(func(x *dl.Tensor) *dl.Tensor { return x.Prod().Square() }, x))
	// Output:
	// tensor([[8., 8.],
	//         [8., 2.]])
}

func ExampleVJP() {
	square := func(x *dl.Tensor) *dl.Tensor { return x.Square() }
	y, product := dl.VJP(square, dl.New([]float64{1, 2}), dl.New([]float64{10, 1}))
	fmt.Println(y, product)
	// Output: tensor([1., 4.]) tensor([20.,  4.])
}

func ExampleJVP() {
	sum := func(x *dl.Tensor) *dl.Tensor { return x.Square().Sum() }
	y, slope := dl.JVP(sum, dl.New([]float64{1, 2}), dl.New([]float64{0, 1})) // along the second axis
	fmt.Println(y, slope)
	// Output: tensor(5.) tensor(4.)
}

func ExampleHVP() {
	f := func(x *dl.Tensor) *dl.Tensor { return x.Prod().Square() }
	_, product := dl.HVP(f, dl.New([]float64{1, 2}), dl.New([]float64{1, 0}))
	fmt.Println(product)
	// Output: tensor([8., 8.])
}

func ExampleFractionalMaxPool2d() {
	x := dl.Arange(0, 16, 1).Reshape(1, 1, 4, 4)
	y, at := dl.FractionalMaxPool2d(x, dl.FractionalPoolOptions2d{Kernel: [2]int{2, 2}, Out: [2]int{2, 2}})
	fmt.Println(y)
	fmt.Println(at.Shape())
	// Output:
	// tensor([[[[ 5.,  7.],
	//           [13., 15.]]]])
	// [1 1 2 2]
}

func ExampleFractionalMaxPool3d() {
	y, _ := dl.FractionalMaxPool3d(dl.Ones(1, 2, 6, 6, 6), dl.FractionalPoolOptions3d{Kernel: [3]int{2, 2, 2}, Ratio: [3]float64{0.5, 0.7, 0.9}})
	fmt.Println(y.Shape())
	// Output: [1 2 3 4 5]
}

func ExampleTensor_HistogramDD() {
	points := dl.New([][]float64{{0, 0}, {1, 1}, {0.9, 0.2}, {0.1, 0.1}})
	counts, edges := points.HistogramDD(2, 2)
	fmt.Println(counts)
	fmt.Println(edges[0])
	// Output:
	// tensor([[2., 0.],
	//         [1., 1.]])
	// tensor([0.0000, 0.5000, 1.0000])
}
