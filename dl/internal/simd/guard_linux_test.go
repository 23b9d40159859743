package simd

import (
	"fmt"
	"testing"

	"descent/dl/internal/asm/guard"
)

// TestBounds runs every function on slices beside forbidden pages: a read or
// write out of bounds is a fault.
func TestBounds(t *testing.T) {
	type args struct{ d, a, b, m []float32 }
	funcs := map[string]func(x args){
		"Add": func(x args) { Add(x.d, x.a, x.b) }, "Sub": func(x args) { Sub(x.d, x.a, x.b) },
		"Mul": func(x args) { Mul(x.d, x.a, x.b) }, "Div": func(x args) { Div(x.d, x.a, x.b) },
		"Max": func(x args) { Max(x.d, x.a, x.b) }, "Min": func(x args) { Min(x.d, x.a, x.b) },
		"AddScalar": func(x args) { AddScalar(x.d, x.a, 1) }, "MulScalar": func(x args) { MulScalar(x.d, x.a, 1) },
		"Axpy": func(x args) { Axpy(x.d, x.a, 1) }, "Affine": func(x args) { Affine(x.d, x.a, 1, 2) },
		"ReLU": func(x args) { ReLU(x.d, x.a) }, "ReLUGrad": func(x args) { ReLUGrad(x.d, x.a, x.b) },
		"Exp": func(x args) { Exp(x.d, x.a) }, "Log": func(x args) { Log(x.d, x.a) },
		"Tanh": func(x args) { Tanh(x.d, x.a) }, "Sigmoid": func(x args) { Sigmoid(x.d, x.a) },
		"Sqrt": func(x args) { Sqrt(x.d, x.a) }, "ExpSum": func(x args) { ExpSum(x.d, x.a, 1) },
		"StreamAdd": func(x args) { StreamAdd(x.d, x.a, x.b) }, "StreamSub": func(x args) { StreamSub(x.d, x.a, x.b) },
		"StreamMul": func(x args) { StreamMul(x.d, x.a, x.b) }, "StreamReLU": func(x args) { StreamReLU(x.d, x.a) },
		"StreamCopy": func(x args) { StreamCopy(x.d, x.a) },
		"Sum":        func(x args) { Sum(x.a) }, "Dot": func(x args) { Dot(x.a, x.b) },
		"SumSquares": func(x args) { SumSquares(x.a, 1) },
		"MaxOf":      func(x args) { MaxOf(x.a) }, "MinOf": func(x args) { MinOf(x.a) }, "ArgMax": func(x args) { ArgMax(x.a) },
		"Adam":        func(x args) { Adam(x.d, x.a, x.b, x.m, AdamParams{LR: 1, Beta1: 0.9, Beta2: 0.9}) },
		"SGD":         func(x args) { SGD(x.d, x.a, nil, SGDParams{LR: 1}) },
		"SGDMomentum": func(x args) { SGD(x.d, x.a, x.b, SGDParams{LR: 1, Momentum: 0.9}) },
		"SGDFirst":    func(x args) { SGD(x.d, x.a, x.b, SGDParams{LR: 1, Momentum: 0.9, First: true}) },
	}
	for n := range 70 {
		for _, end := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d,%v", n, end), func(t *testing.T) {
				slice := func() []float32 { return guard.Float32s(t, n, end) }
				x := args{slice(), slice(), slice(), slice()}
				for _, f := range funcs {
					f(x)
				}
				MaxPool2x2(x.d[:n/2], make([]int32, n/2), x.a, x.b, 0, 1)
				if end {
					MaxPool2x2(x.d[n-n/2:], make([]int32, n/2), x.a[n%2:], x.b[n%2:], 0, 1)
				}
				SoftmaxRows(x.d, x.a, 1, n)
				SoftmaxRows(x.d, x.a, n/3, 3)
				Philox(make([]uint32, n), 1, 2, 3)
				PhiloxUniform(x.d, 1, 2, 3)
				Normalize(x.d, x.a, x.b, x.m, 1, 2)
				Erf(x.d, x.a)
				GELU(x.d, x.a)
				GELUTanh(x.d, x.a)
				for _, f := range []func(dst, a []float32){Round, Floor, Ceil, Trunc, Abs, Reciprocal, Sign, Stairs{Lo: -1, Hi: 1}.Row} {
					f(x.d, x.a)
				}
				Clamp(x.d, x.a, -1, 1)
				Leaky(x.d, x.a, 2)
				Threshold(x.d, x.a, 1, 2)
				SiLU(x.d, x.a)
				GELUGrad(x.d, x.b, x.a)
				ShiftMul(x.d, x.a, x.b, 2)
				ExpShift(x.d, x.a, 2)
				if n >= 10 {
					Transpose(n/10, 10, x.d[:n/10*10], n/10, x.a[n-n/10*10:], 10)
					Transpose(10, n/10, x.d[n-n/10*10:], 10, x.a[:n/10*10], n/10)
				}
				StreamNormalizeRow(x.d, x.a, x.b, x.m, 1, 2)
				CopyRows(1, n, x.d, n, x.a, n)
				AddRows(1, n, x.d, n, x.a, n)
				if n%3 == 0 {
					AddRows(3, n/3, x.d, n/3, x.a, n/3)
					CopyRows(3, n/3, x.d, n/3, x.a, n/3)
				}
				a, b := new(LSTMState), new(LSTMState)
				for _, s := range []*LSTMState{a, b} {
					for _, x := range s.all() {
						*x = slice()
					}
				}
				LSTMForward(a)
				LSTMBackward(a, b)
				Normals(x.d, 1, 2, 3)
				U8ToF32(x.d, guard.Bytes(t, n, end), 1, 0)
			})
		}
	}
}

// TestEveryKernelHasBounds holds the list above to the assembly.
func TestEveryKernelHasBounds(t *testing.T) { guard.Reached(t, "TestBounds") }

// TestEveryKernelHasATwin does so for the tests that compare with Go, for all
// lengths.
func TestEveryKernelHasATwin(t *testing.T) {
	guard.Reached(t, "TestElementwise", "TestElementary", "TestReductions", "TestSoftmax", "TestSoftmaxRows", "TestGELUGrad",
		"TestShiftMul", "TestCopyRows", "TestAddRows", "TestMaxPool2x2", "TestPhilox", "TestTranspose", "TestU8ToF32", "TestAdam", "TestSGD", "TestSGDTwin", "TestLSTM",
		"TestNormals", "TestStream")
}
