package dl_test

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"descent/dl"
	"descent/dl/internal/golden"
)

var linalgOps = map[string]opCall{
	"einsum":  func(c golden.Case, in []*T) []*T { return []*T{dl.Einsum(c.String("expr"), in...)} },
	"inverse": of1((*T).Inverse), "det": of1((*T).Det), "solve": of2((*T).Solve), "cholesky": of1((*T).Cholesky),
	"slogdet":         many(func(in []*T) []*T { s, l := in[0].SlogDet(); return []*T{l, s} }),
	"qr":              many(func(in []*T) []*T { q, r := in[0].QR(); return []*T{q, r} }),
	"eigvals":         of1((*T).EigValsH),
	"singular_values": of1((*T).SingularValues),
	"pinv":            of1(func(x *T) *T { return x.Pinv(1e-14) }),
	"lstsq":           of2((*T).LstSq),
	"matrix_power3":   of1(func(x *T) *T { return x.MatrixPower(3) }),
	"matrix_power-2":  of1(func(x *T) *T { return x.MatrixPower(-2) }),
	"matrix_exp":      of1((*T).MatrixExp), "cond": of1((*T).Cond),
	"multi_dot": many(func(in []*T) []*T { return []*T{dl.MultiDot(in)} }),

	"fft": of1((*T).FFT), "ifft": of1((*T).IFFT), "rfft": of1((*T).RFFT), "fft2": of1((*T).FFT2), "ifft2": of1((*T).IFFT2),
	"irfft":       func(c golden.Case, in []*T) []*T { return []*T{in[0].IRFFT(c.Int("n", 0))} },
	"fftshift":    of1(func(x *T) *T { return x.FFTShift(1) }),
	"fftfreq":     many(func([]*T) []*T { return []*T{dl.FFTFreq(5, 0.5)} }),
	"complex_mul": of2((*T).ComplexMul), "complex_abs": of1((*T).ComplexAbs), "complex_angle": of1((*T).ComplexAngle),
}

func TestLinalgGolden(t *testing.T) { testGolden(t, "testdata/linalg_ops.json", linalgOps) }

// TestDecompositions multiplies the parts back together.
func TestDecompositions(t *testing.T) {
	near := func(what string, got, want *T) {
		t.Helper()
		if !dl.AllClose(got, want, 1e-10, 1e-10) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	eye := func(n int) *T { return dl.Eye(n).Double() }
	for _, x := range []*T{normal(4, 4), normal(5, 3), normal(2, 3, 5)} {
		u, s, vt := x.SVD()
		near("u·s·vt", u.Mul(s.Unsqueeze(-2)).MatMul(vt), x)
		k := s.Size(-1)
		near("uᵀu", u.Transpose(-2, -1).MatMul(u), eye(k).Expand(u.Narrow(-2, 0, k).Shape()...))
		near("vᵀv", vt.MatMul(vt.Transpose(-2, -1)), eye(k).Expand(vt.Narrow(-1, 0, k).Shape()...))
	}
	x := normal(2, 4, 4)
	x = x.Add(x.Transpose(-2, -1))
	l, v := x.EigH()
	near("VΛVᵀ", v.Mul(l.Unsqueeze(-2)).MatMul(v.Transpose(-2, -1)), x)
	y := normal(5, 3)
	q, r := y.QR()
	near("QR", q.MatMul(r), y)
	near("QᵀQ", q.T().MatMul(q), eye(3))
	if got := y.MatMul(normal(3, 5)).MatrixRank(1e-10).Item(); got != 3 {
		t.Errorf("rank %v, want 3", got)
	}
}

func TestLinalgErrors(t *testing.T) {
	wantError(t, func() { dl.Zeros(2, 3).Inverse() }, "inverse", "[2×3]", "square")
	wantError(t, func() { dl.Ones(2, 2).Inverse() }, "singular", "Pinv")
	wantError(t, func() { dl.Ones(2, 2).Solve(dl.Ones(2)) }, "singular")
	wantError(t, func() { dl.Eye(2).Neg().Cholesky() }, "positive definite")
	wantError(t, func() { dl.Zeros(3).QR() }, "[3]")
	wantError(t, func() { dl.Zeros(2, 3).Eig() }, "square")
	wantError(t, func() { dl.Eye(2).MatrixNorm(3) }, "p 3", "Norm")
	wantError(t, func() { dl.Eye(2).LUSolve(ints(1, 3), dl.Ones(2, 1)) }, "pivot 3")
	wantError(t, func() { dl.Ones(2, 3).TensorInv(1) }, "as many elements")
	wantError(t, func() { dl.Ones(4, 2).FFTN(0, 0) }, "[0 0]")
	wantError(t, func() { dl.Ones(4, 2).FFTN(1) }, "from -1 to 0")
	wantError(t, func() { dl.Ones(9).STFT(8, dl.STFTOptions{NoCenter: true, Window: dl.Ones(9)}) }, "at most 8")
	wantError(t, func() { dl.Ones(5, 3, 2).ISTFT(8, dl.STFTOptions{Window: dl.Zeros(8)}) }, "zero at some sample")
	wantError(t, func() { dl.Ones(3).Det() }, "[3]")
	wantError(t, func() { dl.Einsum("ij,jk->ik", dl.Ones(2, 3), dl.Ones(4, 2)) }, `"j"`, "3 and 4")
	wantError(t, func() { dl.Einsum("ij", dl.Ones(2, 3, 4)) }, "[2×3×4]")
	wantError(t, func() { dl.Einsum("ij->ik", dl.Ones(2, 3)) }, `"k"`)
	wantError(t, func() { dl.Einsum("ij,j", dl.Ones(2, 3)) }, "2 operands for 1")
	wantError(t, func() { dl.Ones(4).FFT() }, "[4]", "Complex")
	wantError(t, func() { dl.Ones(4, 2).IRFFT(5) }, "4 coefficients", "3")
}

func TestGonumMatrices(t *testing.T) {
	m := mat.NewDense(2, 2, []float64{1, 2, 3, 4})
	x := dl.FromMatrix(m)
	m.Set(0, 1, 9)
	if x.At(0, 1) != 9 {
		t.Error("FromMatrix copied a dense matrix")
	}
	x.SetAt(7, 1, 1)
	if x.Matrix().At(1, 1) != 7 || m.At(1, 1) != 7 {
		t.Error("Matrix copied a float64 tensor")
	}
	wantNumbers(t, "a transposed matrix", dl.FromMatrix(m.T()), 1, 3, 9, 7)
	wantNumbers(t, "a part", dl.FromMatrix(m.Slice(0, 2, 1, 2)), 9, 7)
	if got := dl.New([][]float64{{1, 2}}).Matrix().At(0, 1); got != 2 {
		t.Errorf("from float32: %v", got)
	}
}
