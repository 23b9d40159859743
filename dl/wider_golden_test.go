package dl_test

import (
	"math"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

func init() {
	goldenTables["widerOps"] = "wider_ops"
	for _, name := range []string{"Poisson", "Binomial", "ExponentialInPlace", "GeometricInPlace", "CauchyInPlace", "LogNormalInPlace",
		"BernoulliInPlace", "RandIntInPlace"} {
		withoutGolden["Tensor."+name] = drawn
	}
	withoutGolden["GradCheck"] = "it judges gradients; TestGradCheckFindsErrors"
	withoutGolden["BroadcastShapes"] = "BroadcastTensors, which has cases, is made of it"
}

func withDims(f func(x *T, dims ...int) *T) opCall {
	return func(c golden.Case, in []*T) []*T { return []*T{f(in[0], c.Ints("dims")...)} }
}

func withN(f func(x *T, n int) *T) opCall {
	return func(c golden.Case, in []*T) []*T { return []*T{f(in[0], c.Int("n", 0))} }
}

func spectrogram(c golden.Case, in []*T) dl.STFTOptions {
	o := dl.STFTOptions{Hop: c.Int("hop", 0), NoCenter: c.Bool("nocenter"), ZeroEnds: c.Bool("zeroends"), Normalized: c.Bool("normalized"),
		TwoSided: c.Bool("twosided"), Length: c.Int("length", 0)}
	if len(in) > 1 {
		o.Window = in[1]
	}
	return o
}

// exponential is the function that the derivatives are taken of.
func exponential(c golden.Case) func(x *T) *T {
	rows, _ := c.Attrs["v"].([]any)
	var v []float64
	for _, r := range rows {
		for _, x := range r.([]any) {
			v = append(v, x.(float64))
		}
	}
	m := dl.FromFloat64s(v, len(rows), len(v)/len(rows))
	return func(x *T) *T { return x.Sin().MatMul(m).Exp() }
}

func summed(f func(x *T) *T) func(x *T) *T { return func(x *T) *T { return f(x).Sum() } }

func withPlaces(y, indices *T) []*T { return []*T{y, indices} }

func turned(y, product *T) []*T { return []*T{product, y} }

var families = map[string]dl.Orthogonal{
	"chebyshev_polynomial_t": dl.ChebyshevT, "chebyshev_polynomial_u": dl.ChebyshevU, "chebyshev_polynomial_v": dl.ChebyshevV,
	"chebyshev_polynomial_w": dl.ChebyshevW, "hermite_polynomial_h": dl.HermiteH, "hermite_polynomial_he": dl.HermiteHe,
	"laguerre_polynomial_l": dl.LaguerreL, "legendre_polynomial_p": dl.LegendreP,
}

var widerOps = map[string]opCall{
	"fftn": withDims((*T).FFTN), "ifftn": withDims((*T).IFFTN), "rfftn": withDims((*T).RFFTN),
	"irfftn": func(c golden.Case, in []*T) []*T { return []*T{in[0].IRFFTN(c.Int("n", 0), c.Ints("dims")...)} },
	"rfft2":  of1((*T).RFFT2), "irfft2": withN((*T).IRFFT2), "hfft": withN((*T).HFFT), "ihfft": of1((*T).IHFFT),
	"ifftshift":    of1(func(x *T) *T { return x.IFFTShift(1) }),
	"rfftfreq":     func(c golden.Case, _ []*T) []*T { return []*T{dl.RFFTFreq(c.Int("n", 0), 0.5)} },
	"complex_conj": of1((*T).ComplexConj), "complex_matmul": of2((*T).ComplexMatMul),
	"stft":  func(c golden.Case, in []*T) []*T { return []*T{in[0].STFT(c.Int("n", 0), spectrogram(c, in))} },
	"istft": func(c golden.Case, in []*T) []*T { return []*T{in[0].ISTFT(c.Int("n", 0), spectrogram(c, in))} },

	"lu":        many(func(in []*T) []*T { p, l, u := in[0].LU(); return []*T{l, u, p} }),
	"lu_u":      of1(func(x *T) *T { _, _, u := x.LU(); return u }),
	"lu_factor": twoOf((*T).LUFactor),
	"lu_solve": func(c golden.Case, in []*T) []*T {
		return []*T{in[0].LUSolve(dl.New(c.Ints("pivots")).Reshape(c.Ints("pshape")...), in[1])}
	},
	"qr_wide":        many(func(in []*T) []*T { q, r := in[0].QR(); return []*T{r, q} }),
	"eigvals":        of1((*T).EigVals),
	"eig_abs":        of1(func(x *T) *T { _, v := x.Eig(); return v.ComplexAbs() }),
	"matrix_norm":    func(c golden.Case, in []*T) []*T { return []*T{in[0].MatrixNorm(c.Float("p", 0))} },
	"frobenius_norm": of1((*T).FrobeniusNorm), "nuclear_norm": of1((*T).NuclearNorm),
	"vecdot":           of2(func(x, y *T) *T { return x.VecDot(y, 0) }),
	"cholesky_inverse": of1((*T).CholeskyInverse), "cholesky_solve": of2((*T).CholeskySolve),
	"tensorsolve": of2((*T).TensorSolve), "tensorinv2": of1(func(x *T) *T { return x.TensorInv(2) }),
	"householder_product": of2((*T).HouseholderProduct),
	"pdist":               func(c golden.Case, in []*T) []*T { return []*T{in[0].PDist(c.Float("p", 0))} },

	"fractional_max_pool2d": func(c golden.Case, in []*T) []*T {
		k, o := c.Ints("kernel"), c.Ints("out")
		return withPlaces(dl.FractionalMaxPool2d(in[0], dl.FractionalPoolOptions2d{Kernel: [2]int(k), Out: [2]int(o), Samples: in[1]}))
	},
	"fractional_max_pool3d": func(c golden.Case, in []*T) []*T {
		k, o := c.Ints("kernel"), c.Ints("out")
		return withPlaces(dl.FractionalMaxPool3d(in[0], dl.FractionalPoolOptions3d{Kernel: [3]int(k), Out: [3]int(o), Samples: in[1]}))
	},

	"bessel_j0": of1((*T).BesselJ0), "bessel_j1": of1((*T).BesselJ1), "bessel_y0": of1((*T).BesselY0), "bessel_y1": of1((*T).BesselY1),
	"k0": of1((*T).K0), "k1": of1((*T).K1), "k0e": of1((*T).K0e), "k1e": of1((*T).K1e), "airy_ai": of1((*T).AiryAi),
	"zeta": of2(func(x, y *T) *T { return x.Detach().Zeta(y) }),
	"polynomial": func(c golden.Case, in []*T) []*T {
		return []*T{in[0].Polynomial(families[c.String("family")], c.Int("n", 0))}
	},

	"histogramdd": many(func(in []*T) []*T { c, e := in[0].HistogramDD(3, 4); return append([]*T{c}, e...) }),
	"histogram":   many(func(in []*T) []*T { c, e := in[0].Histogram(7, 0, 0); return []*T{c, e} }),

	"atleast":           withN((*T).AtLeast),
	"broadcast_tensors": many(func(in []*T) []*T { return dl.BroadcastTensors(in...) }),
	"sum_to":            of1(func(x *T) *T { return x.SumTo(3, 1) }),
	"column_stack":      many(func(in []*T) []*T { return []*T{dl.ColumnStack(in)} }),
	"dstack":            many(func(in []*T) []*T { return []*T{dl.DStack(in)} }),
	"unravel_index":     many(func(in []*T) []*T { return in[0].UnravelIndex(2, 3, 4) }),
	"gradient":          of1(func(x *T) *T { return x.Gradient(0.5, 1) }),
	"in_place":          of1(func(x *T) *T { return x.Clone().InPlace((*T).Sin).MulScalarInPlace(2) }),

	"jacobian": func(c golden.Case, in []*T) []*T { return []*T{dl.Jacobian(exponential(c), in[0])} },
	"hessian":  func(c golden.Case, in []*T) []*T { return []*T{dl.Hessian(summed(exponential(c)), in[0])} },
	"vjp":      func(c golden.Case, in []*T) []*T { return turned(dl.VJP(exponential(c), in[0], in[1])) },
	"jvp":      func(c golden.Case, in []*T) []*T { return turned(dl.JVP(exponential(c), in[0], in[1])) },
	"hvp":      func(c golden.Case, in []*T) []*T { return turned(dl.HVP(summed(exponential(c)), in[0], in[1])) },
}

func TestWiderGolden(t *testing.T) { testGolden(t, "testdata/wider_ops.json", widerOps) }

// TestLUParts multiplies the parts back together.
func TestLUParts(t *testing.T) {
	for _, x := range []*T{normal(4, 4), normal(5, 3), normal(2, 3, 5), normal(3, 2, 2)} {
		p, l, u := x.LU()
		if !dl.AllClose(p.MatMul(l).MatMul(u), x, 1e-12, 1e-12) {
			t.Errorf("p·l·u of %v: %v", x, p.MatMul(l).MatMul(u))
		}
	}
	a, b := normal(2, 3, 3), normal(3, 2)
	lu, pivots := a.LUFactor()
	if x := lu.LUSolve(pivots, b); !dl.AllClose(a.MatMul(x), b.Expand(2, 3, 2), 1e-10, 1e-10) {
		t.Errorf("a·x is %v, want %v", a.MatMul(x), b)
	}
}

// TestEigParts: A·V = V·diag(λ) for matrices with complex and equal eigenvalues.
func TestEigParts(t *testing.T) {
	for _, a := range []*T{normal(2, 5, 5), dl.Eye(3).Double(), dl.New([][]float64{{0, 1}, {-1, 0}}).Double(), normal(4, 4).Float()} {
		l, v := a.Eig()
		left := dl.Complex(a, nil).ComplexMatMul(v)
		right := v.ComplexMul(l.Unsqueeze(-3).Expand(v.Shape()...))
		tol := 1e-10
		if a.DType() == dl.Float32 {
			tol = 1e-4
		}
		if !dl.AllClose(left, right, tol, tol) {
			t.Errorf("A·V is %v, V·Λ %v", left, right)
		}
	}
}

// TestFunctionDerivatives: nothing is left behind, and x that requires a gradient gives results that have one.
func TestFunctionDerivatives(t *testing.T) {
	x := dl.New([]float64{1, 2, 3}).Double()
	cube := func(x *T) *T { return x.Mul(x).Mul(x).Sum() }
	if h := dl.Hessian(cube, x); h.RequiresGrad() || x.RequiresGrad() {
		t.Error("a result for a plain tensor has a history")
	}
	leaf := x.Clone().SetRequiresGrad(true)
	_, hv := dl.HVP(cube, leaf, dl.Ones(3).Double())
	hv.Sum().Backward()
	wantNumbers(t, "third derivative", leaf.Grad(), 6, 6, 6)
	w := dl.NewParameter(dl.Ones(3).Double())
	j := dl.Jacobian(func(x *T) *T { return x.Mul(w) }, leaf)
	j.Sum().Backward()
	wantNumbers(t, "gradient of what f captures", w.Grad(), 1, 1, 1)
	constant := dl.Hessian(func(x *T) *T { return x.Sum() }, x)
	wantNumbers(t, "Hessian of a linear function", constant, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	y, jv := dl.JVP(func(*T) *T { return dl.Ones(2).Double() }, x, x)
	wantNumbers(t, "value", y, 1, 1)
	wantNumbers(t, "derivative of a constant", jv, 0, 0)
	wantError(t, func() { dl.Hessian(func(x *T) *T { return x }, x) }, "[3]", "Sum")
	wantError(t, func() { dl.VJP(func(x *T) *T { return x.Gt(x) }, x, x) }, "differentiated")
}

// TestInPlaceOfAnything: versions count, gradients flow, also to what the function captures.
func TestInPlaceOfAnything(t *testing.T) {
	x := dl.New([]float64{0, 1})
	before := x.Version()
	x.InPlace((*T).Exp)
	wantNumbers(t, "exp", x, 1, float64(float32(math.E)))
	if x.Version() == before {
		t.Error("the version did not change")
	}
	w := dl.NewParameter(dl.New([]float64{2, 3}))
	y := dl.New([]float64{5, 7})
	y.InPlace(func(old *T) *T { return old.Mul(w).Mul(w) })
	y.Sum().Backward()
	wantNumbers(t, "gradient of a captured parameter", w.Grad(), 20, 42)
	wantError(t, func() { w.InPlace((*T).Sin) }, "leaf")
	wantError(t, func() { dl.Ones(2).InPlace(func(t *T) *T { return t.Sum() }) }, "shape")
	a := dl.NewParameter(dl.Ones(2))
	b := a.MulScalar(2)
	c := b.Square()
	b.InPlace((*T).Sin)
	wantError(t, func() { c.Sum().Backward() }, "changed in place")
}
