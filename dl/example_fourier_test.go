package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleComplex() {
	z := dl.Complex(dl.New([]float64{1, 2}), dl.New([]float64{3, 4}))
	fmt.Println(z)
	// Output:
	// tensor([[1., 3.],
	//         [2., 4.]])
}

func ExampleTensor_ComplexMul() {
	i := dl.New([]float64{0, 1})
	fmt.Println(i.ComplexMul(i)) // -1
	// Output: tensor([-1.,  0.])
}

func ExampleTensor_ComplexAbs() {
	fmt.Println(dl.New([]float64{3, 4}).ComplexAbs())
	// Output: tensor(5.)
}

func ExampleTensor_ComplexAngle() {
	fmt.Println(dl.New([]float64{0, 1}).ComplexAngle())
	// Output: tensor(1.5708)
}

func ExampleTensor_FFT() {
	z := dl.Complex(dl.Ones(4), dl.Zeros(4))
	fmt.Println(z.FFT().ComplexAbs())
	// Output: tensor([4., 0., 0., 0.])
}

func ExampleTensor_IFFT() {
	z := dl.Complex(dl.Arange(0, 4, 1), dl.Zeros(4))
	fmt.Println(z.FFT().IFFT().ComplexAbs())
	// Output: tensor([0., 1., 2., 3.])
}

func ExampleTensor_IRFFT() {
	x := dl.New([]float64{1, 2, 3, 4})
	fmt.Println(dl.AllClose(x.RFFT().IRFFT(4), x, 0, 1e-6))
	// Output: true
}

func ExampleTensor_FFT2() {
	z := dl.Complex(dl.Ones(2, 2), dl.Zeros(2, 2))
	fmt.Println(z.FFT2().ComplexAbs())
	// Output:
	// tensor([[4., 0.],
	//         [0., 0.]])
}

func ExampleTensor_IFFT2() {
	z := dl.Complex(dl.Ones(2, 2), dl.Zeros(2, 2))
	fmt.Println(z.FFT2().IFFT2().ComplexAbs())
	// Output:
	// tensor([[1., 1.],
	//         [1., 1.]])
}

func ExampleTensor_FFTShift() {
	fmt.Println(dl.FFTFreq(4, 0.25).FFTShift(0))
	// Output: tensor([-2., -1.,  0.,  1.])
}

func ExampleFFTFreq() {
	fmt.Println(dl.FFTFreq(4, 0.25))
	// Output: tensor([ 0.,  1., -2., -1.])
}
