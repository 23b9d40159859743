package dl_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

// elementary is a function that both tests below hold to its bounds.
type elementary struct {
	name string
	f    func(x *T) *T
	// ulps bounds the float32 function everywhere; 0 means 2. What its
	// documentation says where it is more.
	ulps float64
	// double bounds the relative error of the float64 function; 0 means 1e-14.
	double float64
}

var elementaryFunctions = []elementary{
	{name: "exp", f: (*T).Exp}, {name: "log", f: (*T).Log}, {name: "sqrt", f: (*T).Sqrt, ulps: 0.501}, {name: "rsqrt", f: (*T).Rsqrt},
	{name: "expm1", f: (*T).Expm1}, {name: "log1p", f: (*T).Log1p}, {name: "exp2", f: (*T).Exp2}, {name: "log2", f: (*T).Log2}, {name: "log10", f: (*T).Log10},
	{name: "reciprocal", f: (*T).Reciprocal, ulps: 0.501}, {name: "tanh", f: (*T).Tanh}, {name: "sigmoid", f: (*T).Sigmoid}, {name: "logit", f: (*T).Logit},
	{name: "sin", f: (*T).Sin}, {name: "cos", f: (*T).Cos}, {name: "tan", f: (*T).Tan}, {name: "asin", f: (*T).Asin}, {name: "acos", f: (*T).Acos}, {name: "atan", f: (*T).Atan},
	{name: "sinh", f: (*T).Sinh}, {name: "cosh", f: (*T).Cosh}, {name: "asinh", f: (*T).Asinh}, {name: "acosh", f: (*T).Acosh}, {name: "atanh", f: (*T).Atanh},
	{name: "deg2rad", f: (*T).Deg2Rad}, {name: "rad2deg", f: (*T).Rad2Deg}, {name: "erf", f: (*T).Erf}, {name: "erfc", f: (*T).Erfc}, {name: "erfinv", f: (*T).Erfinv},
	{name: "lgamma", f: (*T).LGamma}, {name: "digamma", f: (*T).Digamma, double: 1e-12}, {name: "sinc", f: (*T).Sinc}, {name: "i0", f: (*T).I0}, {name: "i1", f: (*T).I1},
	{name: "i0e", f: (*T).I0e}, {name: "i1e", f: (*T).I1e}, {name: "ndtr", f: (*T).Ndtr, double: 1e-12}, {name: "log_ndtr", f: (*T).LogNdtr}, {name: "ndtri", f: (*T).Ndtri},
	{name: "erfcx", f: (*T).Erfcx}, {name: "entr", f: (*T).Entr}, {name: "cbrt", f: (*T).Cbrt}, {name: "square", f: (*T).Square, ulps: 0.501},
	{name: "softplus", f: (*T).Softplus}, {name: "gelu", f: (*T).GELU}, {name: "gelu_tanh", f: (*T).GELUTanh}, {name: "silu", f: (*T).SiLU}, {name: "mish", f: (*T).Mish},
	{name: "logsigmoid", f: (*T).LogSigmoid}, {name: "selu", f: (*T).SELU}, {name: "tanhshrink", f: (*T).Tanhshrink}, {name: "softsign", f: (*T).Softsign},
	{name: "elu0.7", f: func(x *T) *T { return x.ELU(0.7) }}, {name: "celu1.3", f: func(x *T) *T { return x.CELU(1.3) }},
	{name: "polygamma1", f: func(x *T) *T { return x.Polygamma(1) }, double: 1e-12}, {name: "polygamma2", f: func(x *T) *T { return x.Polygamma(2) }},
	{name: "mvlgamma3", f: func(x *T) *T { return x.MvLGamma(3) }},
	{name: "pow3", f: func(x *T) *T { return x.Pow(3) }}, {name: "pow-2", f: func(x *T) *T { return x.Pow(-2) }}, {name: "pow2.5", f: func(x *T) *T { return x.Pow(2.5) }},
	{name: "pow0.5", f: func(x *T) *T { return x.Pow(0.5) }}, {name: "pow-0.5", f: func(x *T) *T { return x.Pow(-0.5) }}, {name: "pow7", f: func(x *T) *T { return x.Pow(7) }},
	{name: "pow30", f: func(x *T) *T { return x.Pow(30) }}, {name: "pow1.5", f: func(x *T) *T { return x.Pow(1.5) }},
}

// TestElementaryAgainstMpmath holds the functions to numbers of 17 digits, in
// both types: the float64 functions so closely that they can stand for the exact
// ones in TestUlps.
func TestElementaryAgainstMpmath(t *testing.T) {
	functions, seen := map[string]elementary{}, map[string]bool{}
	for _, e := range elementaryFunctions {
		functions[e.name] = e
	}
	for _, c := range golden.Load(t, "testdata/elementary.json").Cases {
		name, _, _ := strings.Cut(c.Name, " ")
		e, ok := functions[name]
		if !ok {
			t.Errorf("no function %q", name)
			continue
		}
		seen[name] = true
		x := c.In["x"].Tensor()
		narrow, wide := e.f(x.To(dl.Float32)).Float32s(), e.f(x).Float64s()
		bound := orElse(e.double, 1e-14)
		for i, want := range c.Out["y"].Data {
			w := float64(want)
			if d := math.Abs(wide[i] - w); !(d <= bound*math.Abs(w)) && wide[i] != w {
				t.Errorf("%s(%v) in float64 is %v, want %v: off by %.2g of it", c.Name, x.At(i), wide[i], w, d/math.Abs(w))
			}
			if !e.allows(narrow[i], w) {
				t.Errorf("%s(%v) in float32 is %v, want %v: %.2f ulp", c.Name, x.At(i), narrow[i], w, ulps(narrow[i], w))
			}
		}
	}
	for name := range functions {
		if !seen[name] {
			t.Errorf("%s has no case", name)
		}
	}
}

// TestUlps samples every function over the whole range of float32, every 8209th
// bit pattern, and holds it to the float64 function.
func TestUlps(t *testing.T) {
	const stride = 8209
	x := make([]float32, 0, 1<<32/stride+1)
	for b := uint64(0); b < 1<<32; b += stride {
		x = append(x, math.Float32frombits(uint32(b)))
	}
	in := dl.FromFloat32s(x, len(x))
	wide := in.To(dl.Float64)
	for _, e := range elementaryFunctions {
		got, want := e.f(in).Float32s(), e.f(wide).Float64s()
		worst, at, over := 0.0, 0, 0
		for i, v := range got {
			if e.allows(v, want[i]) {
				continue
			}
			over++
			if u := ulps(v, want[i]); u > worst || u != u && worst == worst {
				worst, at = u, i
			}
		}
		if over > 0 {
			t.Errorf("%s: %d of %d beyond the bound; worst %.3g ulp at %g: %g, want %g", e.name, over, len(x), worst, x[at], got[at], want[at])
		}
	}
}

// TestUlpsOfTwo does the same for functions of two numbers, with pairs of bit
// patterns drawn from all there are, and with pairs of near magnitudes.
func TestUlpsOfTwo(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	var x, y []float32
	for range 200_000 {
		x = append(x, math.Float32frombits(r.Uint32()), float32(r.NormFloat64()*3))
		y = append(y, math.Float32frombits(r.Uint32()), float32(r.NormFloat64()*3))
	}
	a, b := dl.FromFloat32s(x, len(x)), dl.FromFloat32s(y, len(y))
	for _, c := range []struct {
		name string
		f    func(x, y *T) *T
	}{
		{"pow", (*T).PowTensor}, {"atan2", (*T).Atan2}, {"hypot", (*T).Hypot}, {"xlogy", (*T).Xlogy}, {"xlog1py", (*T).Xlog1py},
		{"logaddexp", (*T).LogAddExp}, {"logaddexp2", (*T).LogAddExp2}, {"div", (*T).Div}, {"fmod", (*T).Fmod}, {"remainder", (*T).Remainder},
	} {
		got, want := c.f(a, b).Float32s(), c.f(a.To(dl.Float64), b.To(dl.Float64)).Float64s()
		worst, at, over := 0.0, 0, 0
		for i, v := range got {
			if u := ulps(v, want[i]); !(u <= 2) {
				over++
				if u > worst || u != u && worst == worst {
					worst, at = u, i
				}
			}
		}
		if over > 0 {
			t.Errorf("%s: %d of %d beyond 2 ulp; worst %.3g ulp at %g, %g: %g, want %g", c.name, over, len(x), worst, x[at], y[at], got[at], want[at])
		}
	}
}

// allows reports whether got is close enough to the exact result.
func (e elementary) allows(got float32, want float64) bool {
	return ulps(got, want) <= orElse(e.ulps, 2)
}

func orElse(v, otherwise float64) float64 {
	if v == 0 {
		return otherwise
	}
	return v
}

// ulps returns how many float32 steps got is from the exact value. What is beyond
// the largest float32 counts from 2^128, the number that would come next.
func ulps(got float32, want float64) float64 {
	w := float32(want)
	if got == w || got != got && want != want {
		return 0
	}
	end := func(v float64) float64 {
		if math.Abs(v) > 0x1p128 {
			return math.Copysign(0x1p128, v)
		}
		return v
	}
	exact, near := math.Abs(end(want)), math.Abs(float64(w))
	step := 0x1p104
	if near < math.MaxFloat32 {
		step = float64(math.Nextafter32(float32(near), math.MaxFloat32)) - near
	}
	return math.Abs(end(float64(got))-math.Copysign(exact, want)) / max(step, math.SmallestNonzeroFloat32)
}
