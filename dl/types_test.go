package dl_test

import (
	"math"
	"slices"
	"testing"

	"descent/dl"
)

var allTypes = []dl.DType{dl.Float32, dl.Float64, dl.Int64, dl.Int32, dl.Uint8, dl.Bool, dl.BFloat16, dl.Float16}

func TestDTypes(t *testing.T) {
	names := []string{"float32", "float64", "int64", "int32", "uint8", "bool", "bfloat16", "float16"}
	sizes := []int{4, 8, 8, 4, 1, 1, 2, 2}
	for i, d := range allTypes {
		if d.String() != names[i] || d.Size() != sizes[i] || d.IsFloat() != (i < 2 || i > 5) {
			t.Errorf("%v: size %d, float %v", d, d.Size(), d.IsFloat())
		}
	}
	if got := dl.DType(99).String(); got != "unknown dtype" {
		t.Errorf("DType(99) is %q", got)
	}
}

// TestConversions takes 0, 1 and 2 through every pair of types and back.
func TestConversions(t *testing.T) {
	for _, from := range allTypes {
		for _, to := range allTypes {
			x := dl.New([]int{0, 1, 2}).To(from).To(to)
			want := []float64{0, 1, 2}
			if from == dl.Bool || to == dl.Bool {
				want[2] = 1
			}
			if x.DType() != to || !slices.Equal(x.Float64s(), want) {
				t.Errorf("%v to %v: %v", from, to, x)
			}
		}
	}
	x := dl.New([]float64{1.5, -2.5})
	if x.Float() != x || x.Double().DType() != dl.Float64 || x.Long().At(1) != -2 {
		t.Error("Float, Double or Long")
	}
}

// TestSharing checks which slices are a tensor's memory and which are copies.
func TestSharing(t *testing.T) {
	f64, i64, i32, u8, bits := []float64{1, 2}, []int64{1, 2}, []int32{1, 2}, []uint8{1, 2}, []uint16{0x3f80, 0x4000}
	for _, c := range []struct {
		name string
		x    *T
		same bool
	}{
		{"float64", dl.FromFloat64s(f64), &dl.FromFloat64s(f64).Float64s()[0] == &f64[0]},
		{"int64", dl.FromInt64s(i64), &dl.FromInt64s(i64).Int64s()[0] == &i64[0]},
		{"int32", dl.FromInt32s(i32), &dl.FromInt32s(i32).Int32s()[0] == &i32[0]},
		{"uint8", dl.FromUint8s(u8), &dl.FromUint8s(u8).Uint8s()[0] == &u8[0]},
		{"bfloat16", dl.FromBits(dl.BFloat16, bits), &dl.FromBits(dl.BFloat16, bits).Bits()[0] == &bits[0]},
	} {
		if !c.same {
			t.Errorf("%s: copied", c.name)
		}
		if !slices.Equal(c.x.Float64s(), []float64{1, 2}) || !slices.Equal(c.x.Int64s(), []int64{1, 2}) ||
			!slices.Equal(c.x.Int32s(), []int32{1, 2}) || !slices.Equal(c.x.Uint8s(), []uint8{1, 2}) ||
			!slices.Equal(c.x.Float32s(), []float32{1, 2}) || !slices.Equal(c.x.Bools(), []bool{true, true}) {
			t.Errorf("%s: read as other types: %v", c.name, c.x)
		}
	}
	b := dl.FromBools([]bool{true, false})
	if b.DType() != dl.Bool || !slices.Equal(b.Bools(), []bool{true, false}) {
		t.Errorf("FromBools: %v", b)
	}
	wantError(t, func() { dl.Ones(1).Bits() }, "float32", "bfloat16 or float16")
	wantError(t, func() { dl.FromBits(dl.Float32, bits) }, "float32")
	for _, x := range []*T{dl.Empty(2, 3), dl.EmptyLike(dl.Ones(2, 3))} {
		wantShape(t, "empty", x, 2, 3)
	}
}

// TestScalarsOnIntegers keeps integers where numbers allow it.
func TestScalarsOnIntegers(t *testing.T) {
	for _, dt := range []dl.DType{dl.Int64, dl.Int32, dl.Uint8} {
		x := dl.New([]int{1, 2, 9}).To(dt)
		for _, c := range []struct {
			name string
			got  *T
			dt   dl.DType
			want []float64
		}{
			{"add", x.AddScalar(2), dt, []float64{3, 4, 11}},
			{"add a fraction", x.AddScalar(0.5), dl.Float32, []float64{1.5, 2.5, 9.5}},
			{"mul", x.MulScalar(3), dt, []float64{3, 6, 27}},
			{"div", x.DivScalar(2), dl.Float32, []float64{0.5, 1, 4.5}},
			{"pow", x.Pow(2), dt, []float64{1, 4, 81}},
			{"pow -1", x.Pow(-1), dl.Float32, []float64{1, 0.5, 1.0 / 9}},
			{"clamp", x.Clamp(2, 5), dt, []float64{2, 2, 5}},
			{"clamp min", x.ClampMin(2), dt, []float64{2, 2, 9}},
			{"clamp max", x.ClampMax(1), dt, []float64{1, 1, 1}},
			{"compare", x.GtScalar(1.5), dl.Bool, []float64{0, 1, 1}},
			{"compare out of range", x.LtScalar(1e9), dl.Bool, []float64{1, 1, 1}},
			{"bits", x.BitNot().BitNot(), dt, []float64{1, 2, 9}},
			{"nan to num", x.NanToNum(0, 0, 0), dt, []float64{1, 2, 9}},
		} {
			if c.got.DType() != c.dt {
				t.Errorf("%v %s: %v, want %v", dt, c.name, c.got.DType(), c.dt)
			}
			wantNumbers(t, dt.String()+" "+c.name, c.got, c.want...)
		}
	}
	wantNumbers(t, "bool + 1", dl.New([]bool{true, false}).AddScalar(1), 2, 1)
	wantNumbers(t, "not", dl.New([]bool{true, false}).BitNot(), 0, 1)
	wantError(t, func() { dl.Ones(1).BitNot() }, "float32")
	wantError(t, func() { dl.Ones(1).BitAnd(dl.Ones(1)) }, "float32", "integers")
	wantError(t, func() { dl.New([]int{1}).Remainder(dl.New([]int{0})) }, "division by zero")
	wantError(t, func() { dl.New([]bool{true}).Sub(dl.New([]bool{true})) }, "bool")
}

func TestInPlaceForms(t *testing.T) {
	x := dl.New([]float64{1, 4, -9})
	for _, c := range []struct {
		name string
		f    func() *T
		want []float64
	}{
		{"abs", x.AbsInPlace, []float64{1, 4, 9}},
		{"sqrt", x.SqrtInPlace, []float64{1, 2, 3}},
		{"mul", func() *T { return x.MulScalarInPlace(2) }, []float64{2, 4, 6}},
		{"sub", func() *T { return x.SubScalarInPlace(1) }, []float64{1, 3, 5}},
		{"neg", x.NegInPlace, []float64{-1, -3, -5}},
		{"scaled", func() *T { return x.AddScaledInPlace(dl.Ones(3), 3) }, []float64{2, 0, -2}},
		{"relu", x.ReLUInPlace, []float64{2, 0, 0}},
		{"copy", func() *T { return x.CopyFrom(dl.New(7)) }, []float64{7, 7, 7}},
		{"strided", func() *T { x.Slice(0, 0, 3, 2).MulScalarInPlace(2); return x }, []float64{14, 7, 14}},
		{"zero", x.Zero, []float64{0, 0, 0}},
	} {
		before := x.Version()
		if got := c.f(); got != x {
			t.Errorf("%s: not the tensor itself", c.name)
		}
		if x.Version() <= before {
			t.Errorf("%s: the version did not rise", c.name)
		}
		wantNumbers(t, c.name, x, c.want...)
	}
	dl.ManualSeed(2)
	u := dl.Zeros(10_000).UniformInPlace(2, 3)
	if lo, hi := u.MinMax(); lo < 2 || hi >= 3 || math.Abs(u.Mean().Item()-2.5) > 0.02 {
		t.Errorf("uniform from 2 to 3: %v … %v", lo, hi)
	}
	n := dl.Zeros(10_000).NormalInPlace(5, 0.1)
	if math.Abs(n.Mean().Item()-5) > 0.01 || math.Abs(n.Std().Item()-0.1) > 0.01 {
		t.Errorf("normal: mean %v, std %v", n.Mean().Item(), n.Std().Item())
	}
	wantError(t, func() { leaf(1).NormalInPlace(0, 1) }, "leaf", "NoGrad")
}

func TestSetGrad(t *testing.T) {
	x := leaf(1, 2)
	g := dl.New([]float64{3, 4})
	x.SetGrad(g)
	x.Sum().Backward()
	wantNumbers(t, "gradient on top of a given one", x.Grad(), 4, 5)
	wantError(t, func() { x.SetGrad(dl.Ones(3)) }, "[3]", "[2]")
	x.SetGrad(nil)
	if x.Grad() != nil {
		t.Error("SetGrad(nil) left a gradient")
	}
}

func TestEqualAndClose(t *testing.T) {
	a, b := dl.New([]float64{1, 2}), dl.New([]float64{1, 2.00001})
	if !a.Equal(a.Clone()) || a.Equal(b) || dl.Equal(a, dl.New([]float64{1})) {
		t.Error("Equal")
	}
	if !a.AllClose(b, 1e-4, 0) || a.AllClose(b, 1e-7, 0) {
		t.Error("AllClose")
	}
	nan := dl.New([]float64{math.NaN(), inf})
	if nan.AllClose(nan, 1, 1) || !dl.Equal(nan.Narrow(0, 1, 1), nan.Narrow(0, 1, 1)) {
		t.Error("NaN is close to nothing, Inf to itself")
	}
	if x := dl.New([][]float64{{2, 0}, {1, 4}}).SolveTriangular(dl.New([]float64{2, 9}), false); !x.AllClose(dl.New([]float64{1, 2}), 1e-6, 0) {
		t.Errorf("lower triangle: %v", x)
	}
}
