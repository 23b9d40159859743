package main

import (
	"maps"
	"slices"

	"descent/dl"
)

// elementwiseRows are the functions of single elements, on a million normal or
// uniform numbers; results are given back, as counting references does. The
// twins are in peer_torch_elements.py.
func elementwiseRows() []row {
	rows := functionRows()
	rows = append(rows, pairRows()...)
	rows = append(rows, typeRows()...)
	return append(rows, slopeRows()...)
}

// element is a row that works on numbers a and b made once.
func element(name string, a, b func() *dl.Tensor, f func(a, b *dl.Tensor) *dl.Tensor) row {
	return row{name: "elem " + name, peer: "elem " + name, prep: func() func() {
		x, y := a(), b()
		return func() { f(x, y).Free() }
	}}
}

func uniform() *dl.Tensor { return dl.Rand(million) }
func normal() *dl.Tensor  { return dl.Randn(million) }

// activations are rows forward and backward.
var activations = map[string]func(x *dl.Tensor) *dl.Tensor{
	"relu": (*dl.Tensor).ReLU, "gelu": (*dl.Tensor).GELU, "gelu_tanh": (*dl.Tensor).GELUTanh, "silu": (*dl.Tensor).SiLU, "mish": (*dl.Tensor).Mish,
	"softplus": (*dl.Tensor).Softplus, "logsigmoid": (*dl.Tensor).LogSigmoid, "sigmoid": (*dl.Tensor).Sigmoid, "tanh": (*dl.Tensor).Tanh,
	"elu": func(x *dl.Tensor) *dl.Tensor { return x.ELU(1) }, "selu": (*dl.Tensor).SELU, "celu": func(x *dl.Tensor) *dl.Tensor { return x.CELU(1) },
	"leaky_relu": func(x *dl.Tensor) *dl.Tensor { return x.LeakyReLU(0.01) }, "relu6": (*dl.Tensor).ReLU6,
	"hardtanh": func(x *dl.Tensor) *dl.Tensor { return x.Hardtanh(-1, 1) }, "hardswish": (*dl.Tensor).Hardswish, "hardsigmoid": (*dl.Tensor).Hardsigmoid,
	"hardshrink": func(x *dl.Tensor) *dl.Tensor { return x.Hardshrink(0.5) }, "softshrink": func(x *dl.Tensor) *dl.Tensor { return x.Softshrink(0.5) },
	"threshold": func(x *dl.Tensor) *dl.Tensor { return x.Threshold(0.1, 20) }, "softsign": (*dl.Tensor).Softsign, "tanhshrink": (*dl.Tensor).Tanhshrink,
	"abs": (*dl.Tensor).Abs, "square": (*dl.Tensor).Square, "clamp": func(x *dl.Tensor) *dl.Tensor { return x.Clamp(-0.5, 0.5) },
	"exp": (*dl.Tensor).Exp, "sin": (*dl.Tensor).Sin, "cos": (*dl.Tensor).Cos, "tan": (*dl.Tensor).Tan, "atan": (*dl.Tensor).Atan, "sinh": (*dl.Tensor).Sinh,
	"cosh": (*dl.Tensor).Cosh, "asinh": (*dl.Tensor).Asinh, "erf": (*dl.Tensor).Erf, "erfc": (*dl.Tensor).Erfc, "expm1": (*dl.Tensor).Expm1,
	"exp2": (*dl.Tensor).Exp2, "sinc": (*dl.Tensor).Sinc,
}

// positive are functions of numbers from 0 to 1, forward and backward too.
var positive = map[string]func(x *dl.Tensor) *dl.Tensor{
	"log": (*dl.Tensor).Log, "log2": (*dl.Tensor).Log2, "log10": (*dl.Tensor).Log10, "log1p": (*dl.Tensor).Log1p, "sqrt": (*dl.Tensor).Sqrt,
	"rsqrt": (*dl.Tensor).Rsqrt, "reciprocal": (*dl.Tensor).Reciprocal, "asin": (*dl.Tensor).Asin, "acos": (*dl.Tensor).Acos, "atanh": (*dl.Tensor).Atanh,
	"logit": (*dl.Tensor).Logit, "lgamma": (*dl.Tensor).LGamma, "digamma": (*dl.Tensor).Digamma, "erfinv": (*dl.Tensor).Erfinv,
	"pow2.5": func(x *dl.Tensor) *dl.Tensor { return x.Pow(2.5) }, "pow3": func(x *dl.Tensor) *dl.Tensor { return x.Pow(3) },
	"pow0.3": func(x *dl.Tensor) *dl.Tensor { return x.Pow(0.3) },
}

// names are the keys of a table in order.
func names[V any](table map[string]V) []string { return slices.Sorted(maps.Keys(table)) }

func functionRows() []row {
	type T = dl.Tensor
	var rows []row
	add := func(name string, a func() *T, f func(x *T) *T) {
		rows = append(rows, element(name, a, a, func(x, _ *T) *T { return f(x) }))
	}
	for _, name := range names(activations) {
		add(name, normal, activations[name])
	}
	for _, name := range names(positive) {
		add(name, uniform, positive[name])
	}
	add("acosh", func() *T { return dl.Rand(million).AddScalar(1) }, (*T).Acosh)
	add("floor", normal, (*T).Floor)
	add("ceil", normal, (*T).Ceil)
	add("round", normal, (*T).Round)
	add("trunc", normal, (*T).Trunc)
	add("frac", normal, (*T).Frac)
	add("sign", normal, (*T).Sign)
	add("neg", normal, (*T).Neg)
	add("isnan", normal, (*T).IsNaN)
	add("isinf", normal, (*T).IsInf)
	add("isfinite", normal, (*T).IsFinite)
	add("gt0.5", normal, func(x *T) *T { return x.GtScalar(0.5) })
	add("nan_to_num", normal, func(x *T) *T { return x.NanToNum(0, 1, -1) })
	add("i0", normal, (*T).I0)
	return rows
}

func pairRows() []row {
	type T = dl.Tensor
	var rows []row
	for _, p := range []struct {
		name string
		f    func(a, b *T) *T
	}{
		{"add", (*T).Add}, {"mul", (*T).Mul}, {"div", (*T).Div}, {"maximum", (*T).Maximum}, {"minimum", (*T).Minimum}, {"fmod", (*T).Fmod}, {"remainder", (*T).Remainder},
		{"atan2", (*T).Atan2}, {"hypot", (*T).Hypot}, {"logaddexp", (*T).LogAddExp}, {"gt", (*T).Gt}, {"eq", (*T).Eq},
		{"lerp", func(a, b *T) *T { return a.Lerp(b, 0.3) }}, {"floor_divide", (*T).FloorDiv}, {"where", func(a, b *T) *T { return dl.Where(a.GtScalar(0), a, b) }},
		{"masked_fill", func(a, b *T) *T { return a.MaskedFill(a.GtScalar(0), 1) }}, {"prelu", func(a, b *T) *T { return a.PReLU(b.Narrow(0, 0, 1)) }},
		{"addcmul", func(a, b *T) *T { return a.AddCMul(a, b, 0.5) }}, {"addcdiv", func(a, b *T) *T { return a.AddCDiv(a, b, 0.5) }},
	} {
		rows = append(rows, element(p.name, normal, normal, p.f))
	}
	return append(rows, element("pow", uniform, normal, (*T).PowTensor), element("xlogy", uniform, uniform, (*T).Xlogy))
}

// typeRows are operations on other types than float32.
func typeRows() []row {
	type T = dl.Tensor
	var rows []row
	types := map[string]func() *T{
		"f32": normal, "f64": func() *T { return normal().Double() }, "i64": func() *T { return dl.RandInt(1, 100, million) },
		"i32": func() *T { return dl.RandInt(1, 100, million).To(dl.Int32) }, "u8": func() *T { return dl.RandInt(1, 100, million).To(dl.Uint8) },
		"bool": func() *T { return normal().GtScalar(0) }, "bf16": func() *T { return normal().To(dl.BFloat16) }, "f16": func() *T { return normal().To(dl.Float16) },
	}
	kinds := map[string]dl.DType{"f32": dl.Float32, "f64": dl.Float64, "i64": dl.Int64, "i32": dl.Int32, "u8": dl.Uint8, "bool": dl.Bool, "bf16": dl.BFloat16, "f16": dl.Float16}
	for _, from := range names(types) {
		for _, to := range names(types) {
			if from != to {
				rows = append(rows, element(from+" to "+to, types[from], normal, func(a, _ *T) *T { return a.To(kinds[to]) }))
			}
		}
	}
	for _, kind := range []string{"f64", "i64", "i32", "u8"} {
		of := func(name string, f func(a, b *T) *T) {
			rows = append(rows, element(kind+" "+name, types[kind], types[kind], f))
		}
		of("add", (*T).Add)
		of("mul", (*T).Mul)
		of("gt", (*T).Gt)
		of("maximum", (*T).Maximum)
		of("remainder", (*T).Remainder)
		of("clamp", func(a, _ *T) *T { return a.Clamp(3, 50) })
		if kind != "u8" {
			of("abs", func(a, _ *T) *T { return a.Abs() })
			of("neg", func(a, _ *T) *T { return a.Neg() })
			of("sign", func(a, _ *T) *T { return a.Sign() })
		}
		if kind != "f64" {
			of("bitwise_and", (*T).BitAnd)
			of("floor_divide", (*T).FloorDiv)
		}
	}
	for _, name := range []string{"exp", "log1p", "tanh", "sigmoid", "gelu", "silu", "relu", "sin", "erf", "atan", "expm1", "exp2", "softplus", "elu", "hardtanh", "leaky_relu", "sqrt", "pow2.5", "pow3"} {
		f := activations[name]
		if f == nil {
			f = positive[name]
		}
		rows = append(rows, element("f64 "+name, func() *T { return dl.Rand(million).Double() }, uniform, func(a, _ *T) *T { return f(a) }))
	}
	bools := types["bool"]
	return append(rows, element("bool and", bools, bools, (*T).And), element("bool or", bools, bools, (*T).Or), element("bool not", bools, bools, func(a, _ *T) *T { return a.Not() }))
}

// slopeRows are functions and their gradients.
func slopeRows() []row {
	var rows []row
	add := func(name string, a func() *dl.Tensor, f func(x *dl.Tensor) *dl.Tensor) {
		rows = append(rows, row{name: "slope " + name, peer: "slope " + name, prep: func() func() {
			x, g := a().SetRequiresGrad(true), normal()
			return func() {
				y := f(x)
				y.BackwardWith(g)
				x.Grad().Free()
				x.SetGrad(nil)
				y.Free()
			}
		}})
	}
	for _, name := range names(activations) {
		add(name, normal, activations[name])
	}
	for _, name := range names(positive) {
		add(name, uniform, positive[name])
	}
	return rows
}
