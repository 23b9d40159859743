package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// lengths are those that loops may treat in their own ways.
func lengths() []int {
	var n []int
	for i := range 75 {
		n = append(n, i)
	}
	return append(n, 127, 128, 129, 255, 1000, sumBlock-1, sumBlock, sumBlock+1, 3*sumBlock+17)
}

var specials = []float32{0, float32(math.Copysign(0, -1)), 1, -1, float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)),
	math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, math.MaxFloat32, -math.MaxFloat32, 0x1p-126, 88.7, -88.7, 104, -104}

// floats returns n numbers, with specials among them when asked to, at an
// odd place in memory.
func floats(r *rand.Rand, n int, special bool) []float32 {
	x := make([]float32, n+8)
	x = x[r.IntN(8):][:n]
	for i := range x {
		x[i] = float32(r.NormFloat64() * math.Exp(r.NormFloat64()))
		if special && r.IntN(5) == 0 {
			x[i] = specials[r.IntN(len(specials))]
		}
	}
	return x
}

func sameBits(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}

// TestElementwise compares the assembly with Go, exactly, for every length
// and with special values.
func TestElementwise(t *testing.T) {
	for _, op := range []struct {
		name    string
		sources int
		f, g    func(dst, a, b []float32)
	}{
		{"Add", 2, Add, addGo}, {"Sub", 2, Sub, subGo}, {"Mul", 2, Mul, mulGo}, {"Div", 2, Div, divGo},
		{"Max", 2, Max, maxGo}, {"Min", 2, Min, minGo},
		{"AddScalar", 1, func(d, a, _ []float32) { AddScalar(d, a, 1.7) }, func(d, a, _ []float32) { addScalarGo(d, a, 1.7) }},
		{"MulScalar", 1, func(d, a, _ []float32) { MulScalar(d, a, -0.3) }, func(d, a, _ []float32) { mulScalarGo(d, a, -0.3) }},
		{"Axpy", 1, func(d, a, _ []float32) { Axpy(d, a, 1.3) }, func(d, a, _ []float32) { axpyGo(d, a, 1.3) }},
		{"Affine", 1, func(d, a, _ []float32) { Affine(d, a, 1.3, -7) }, func(d, a, _ []float32) { affineGo(d, a, 1.3, -7) }},
		{"ReLU", 1, func(d, a, _ []float32) { ReLU(d, a) }, func(d, a, _ []float32) { reluGo(d, a) }},
		{"Sqrt", 1, func(d, a, _ []float32) { Sqrt(d, a) }, func(d, a, _ []float32) { sqrtGo(d, a) }},
		{"Round", 1, func(d, a, _ []float32) { Round(d, a) }, func(d, a, _ []float32) { roundGo(d, a) }},
		{"Floor", 1, func(d, a, _ []float32) { Floor(d, a) }, func(d, a, _ []float32) { floorGo(d, a) }},
		{"Ceil", 1, func(d, a, _ []float32) { Ceil(d, a) }, func(d, a, _ []float32) { ceilGo(d, a) }},
		{"Trunc", 1, func(d, a, _ []float32) { Trunc(d, a) }, func(d, a, _ []float32) { truncGo(d, a) }},
		{"Abs", 1, func(d, a, _ []float32) { Abs(d, a) }, func(d, a, _ []float32) { absGo(d, a) }},
		{"Reciprocal", 1, func(d, a, _ []float32) { Reciprocal(d, a) }, func(d, a, _ []float32) { reciprocalGo(d, a) }},
		{"Sign", 1, func(d, a, _ []float32) { Sign(d, a) }, func(d, a, _ []float32) { signGo(d, a) }},
		{"Clamp", 1, func(d, a, _ []float32) { Clamp(d, a, -0.4, 0.3) }, func(d, a, _ []float32) { clampGo(d, a, -0.4, 0.3) }},
		{"Clamp to 0", 1, func(d, a, _ []float32) { Clamp(d, a, 0, 1) }, func(d, a, _ []float32) { clampGo(d, a, 0, 1) }},
		{"Leaky", 1, func(d, a, _ []float32) { Leaky(d, a, -0.2) }, func(d, a, _ []float32) { leakyGo(d, a, -0.2) }},
		{"Threshold", 1, func(d, a, _ []float32) { Threshold(d, a, 1, 7) }, func(d, a, _ []float32) { thresholdGo(d, a, 1, 7) }},
		{"Stairs", 1, func(d, a, _ []float32) { Stairs{-1, 1, 2, 3, 4, 5}.Row(d, a) }, func(d, a, _ []float32) { stairsGo(d, a, Stairs{-1, 1, 2, 3, 4, 5}) }},
		{"ReLUGrad", 2, ReLUGrad, reluGradGo},
		{"Normalize", 2, func(d, a, b []float32) { Normalize(d, a, b, a, 0.3, 1.7) }, func(d, a, b []float32) { normalizeGo(d, a, b, a, 0.3, 1.7) }},
	} {
		r := rand.New(rand.NewPCG(1, 2))
		for _, n := range lengths() {
			for _, inPlace := range []bool{false, true} {
				a, b := floats(r, n, true), floats(r, n, true)
				got := floats(r, n, false)
				want := append([]float32(nil), got...)
				if inPlace {
					copy(got, a)
					copy(want, a)
					op.f(got, got, b)
					op.g(want, want, b)
				} else {
					op.f(got, a, b)
					op.g(want, a, b)
				}
				for i := range want {
					if !sameBits(got[i], want[i]) {
						t.Fatalf("%s, n=%d: element %d of %v, %v is %v, want %v", op.name, n, i, a[i], b[i], got[i], want[i])
					}
				}
			}
		}
	}
}

func TestU8ToF32(t *testing.T) {
	src := make([]uint8, 300)
	for i := range src {
		src[i] = uint8(i)
	}
	for _, n := range []int{0, 1, 7, 8, 9, 63, 64, 256, 300} {
		got, want := make([]float32, n), make([]float32, n)
		U8ToF32(got, src, 1.0/127.5, -1)
		u8ToF32Go(want, src, 1.0/127.5, -1)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("n=%d: element %d is %v, want %v", n, i, got[i], want[i])
			}
		}
	}
}

// ulps returns how many float32 lie between got and the exact value.
func ulps(got float32, exact float64) float64 {
	want := float32(exact)
	switch {
	case sameBits(got, want) && (want != want || math.IsInf(float64(want), 0)):
		return 0
	case got != got || want != want || math.IsInf(float64(got), 0) != math.IsInf(float64(want), 0):
		// At the edge of overflow the nearest number is one ulp away.
		if math.IsInf(float64(want), 0) && math.Abs(float64(got)) == math.MaxFloat32 || math.IsInf(float64(got), 0) && math.Abs(float64(want)) == math.MaxFloat32 {
			return 1
		}
		return math.Inf(1)
	}
	e := math.Ilogb(math.Max(math.Abs(exact), 0x1p-126))
	return math.Abs(float64(got)-exact) / math.Ldexp(1, e-23)
}

// TestElementary compares with float64 for a dense sample of all float32,
// and between the levels.
func TestElementary(t *testing.T) {
	step := uint64(1999)
	if testing.Short() {
		step *= 50
	}
	for _, op := range []struct {
		name  string
		f, g  func(dst, a []float32)
		exact func(float64) float64
		bound float64
	}{
		{"Exp", Exp, expGo, math.Exp, 1},
		{"Log", Log, logGo, math.Log, 1},
		{"Tanh", Tanh, tanhGo, math.Tanh, 2},
		{"Erf", Erf, erfGo, math.Erf, 2},
		{"Sigmoid", Sigmoid, sigmoidGo, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, 2},
		{"SiLU", SiLU, siluGo, func(x float64) float64 { return x / (1 + math.Exp(-x)) }, 2},
		{"GELU", GELU, geluGo, func(x float64) float64 { return x / 2 * math.Erfc(-x/math.Sqrt2) }, 2},
		{"GELUTanh", GELUTanh, geluTanhGo, func(x float64) float64 {
			return x / (1 + math.Exp(-2*math.Sqrt2/math.SqrtPi*(x+0.044715*x*x*x)))
		}, 2},
	} {
		x := append([]float32(nil), specials...)
		for b := uint64(0); b < 1<<32; b += step {
			x = append(x, math.Float32frombits(uint32(b)))
		}
		// Where the functions do something, more densely.
		for v := -110.0; v < 110; v += 1.0 / 2048 {
			x = append(x, float32(v), float32(v/64))
		}
		got, twin := make([]float32, len(x)), make([]float32, len(x))
		op.f(got, x)
		op.g(twin, x)
		worst, worstGo := 0.0, 0.0
		for i, v := range x {
			exact := op.exact(float64(v))
			if u := ulps(got[i], exact); u > worst {
				worst = u
				if u > op.bound {
					t.Fatalf("%s(%v) = %v, want %v: %.2f ulp", op.name, v, got[i], exact, u)
				}
			}
			if u := ulps(twin[i], exact); u > worstGo {
				worstGo = u
				if u > 0.51 {
					t.Fatalf("%s(%v) in Go = %v, want %v: %.2f ulp", op.name, v, twin[i], exact, u)
				}
			}
		}
		t.Logf("%s: at most %.3f ulp, %.3f in Go (%d values)", op.name, worst, worstGo, len(x))
	}
}

// TestElementaryLengths checks that a value has the same bits at every place
// of a slice.
func TestElementaryLengths(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for name, f := range map[string]func(dst, a []float32){"Exp": Exp, "Log": Log, "Tanh": Tanh, "Sigmoid": Sigmoid, "Erf": Erf, "GELU": GELU, "GELUTanh": GELUTanh, "SiLU": SiLU,
		"ExpSum": func(d, a []float32) { ExpSum(d, a, 0.5) }} {
		for _, n := range lengths()[:75] {
			a := floats(r, n, true)
			got := make([]float32, n)
			f(got, a)
			for i := range a {
				var one [1]float32
				f(one[:], a[i:i+1])
				if !sameBits(got[i], one[0]) {
					t.Fatalf("%s, n=%d: element %d is %v, alone %v", name, n, i, got[i], one[0])
				}
			}
		}
	}
}

func TestReductions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range lengths() {
		a, b := floats(r, n, false), floats(r, n, false)
		s64 := 0.0
		for i := 0; i < n; i += sumBlock {
			s64 += float64(sumGo(a[i:min(n, i+sumBlock)]))
		}
		if got := Sum(a); got != float32(s64) {
			t.Errorf("n=%d: Sum = %v, want %v", n, got, float32(s64))
		}
		exact, exactDot, exactSq, size, sizeDot := 0.0, 0.0, 0.0, 0.0, 0.0
		for i := range a {
			exact += float64(a[i])
			size += math.Abs(float64(a[i]))
			exactDot += float64(a[i]) * float64(b[i])
			sizeDot += math.Abs(float64(a[i]) * float64(b[i]))
			d := float64(a[i] - 0.25)
			exactSq += d * d
		}
		// 128 additions per lane, then the tree.
		const eps = 140.0 / (1 << 24)
		for _, c := range []struct {
			name             string
			got, want, bound float64
		}{
			{"Sum", float64(Sum(a)), exact, size * eps},
			{"Dot", float64(Dot(a, b)), exactDot, sizeDot * eps},
			{"Dot in Go", float64(dotGo(a[:min(n, sumBlock)], b)), float64(dot(a[:min(n, sumBlock)], b)), sizeDot * eps},
			{"SumSquares", SumSquares(a, 0.25), exactSq, exactSq * eps},
			{"SumSquares in Go", float64(sumSquaresGo(a[:min(n, sumBlock)], 0.25)), float64(sumSquares(a[:min(n, sumBlock)], 0.25)), exactSq * eps},
		} {
			if !(math.Abs(c.got-c.want) <= c.bound) {
				t.Errorf("n=%d: %s = %v, want %v ± %g", n, c.name, c.got, c.want, c.bound)
			}
		}
		if got, want := MaxOf(a), maxOfGo(a); got != want {
			t.Errorf("n=%d: MaxOf = %v, want %v", n, got, want)
		}
		if got, want := MinOf(a), minOfGo(a); got != want {
			t.Errorf("n=%d: MinOf = %v, want %v", n, got, want)
		}
		if got, want := ArgMax(a), argMaxGo(a); got != want {
			t.Errorf("n=%d: ArgMax = %v, want %v", n, got, want)
		}
		if n == 0 {
			continue
		}
		neg := make([]float32, n) // all below zero: absent lanes must not count
		for i := range neg {
			neg[i] = -1 - float32(i%7)
		}
		if got := MaxOf(neg); got != -1 {
			t.Errorf("n=%d: MaxOf of negatives = %v", n, got)
		}
		a[r.IntN(n)] = float32(math.NaN())
		if m := MaxOf(a); m == m {
			t.Errorf("n=%d: MaxOf with NaN = %v", n, m)
		}
		if m := MinOf(a); m == m {
			t.Errorf("n=%d: MinOf with NaN = %v", n, m)
		}
		if got, want := ArgMax(a), argMaxGo(a); got != want {
			t.Errorf("n=%d: ArgMax with NaN = %v, want %v", n, got, want)
		}
	}
}

func TestSoftmax(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, n := range []int{1, 2, 10, 33, 1000} {
		a := floats(r, n, false)
		p, l := make([]float32, n), make([]float32, n)
		largest, sum := Softmax(p, a)
		LogSoftmax(l, a)
		total, exact := 0.0, 0.0
		for _, v := range a {
			exact += math.Exp(float64(v) - float64(largest))
		}
		for i, v := range a {
			want := math.Exp(float64(v)-float64(largest)) / exact
			if d := math.Abs(float64(p[i]) - want); d > 2e-7*want*(2+math.Abs(float64(v-largest))) {
				t.Errorf("n=%d: p[%d] = %v, want %v", n, i, p[i], want)
			}
			if d := math.Abs(float64(l[i]) - math.Log(want)); d > 4e-6*(1+math.Abs(math.Log(want))) {
				t.Errorf("n=%d: log p[%d] = %v, want %v", n, i, l[i], math.Log(want))
			}
			total += float64(p[i])
		}
		if math.Abs(total-1) > 1e-6 || math.Abs(float64(sum)-exact) > 1e-5*exact {
			t.Errorf("n=%d: total %v, sum %v, want %v", n, total, sum, exact)
		}
	}
	if m, s := Softmax(nil, nil); !math.IsInf(float64(m), -1) || s != 0 {
		t.Errorf("Softmax of nothing: %v, %v", m, s)
	}
}

func TestCopyRows(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for cols := range 40 {
		for _, rows := range []int{0, 1, 2, 5} {
			dp, sp := cols+rows%3, cols+rows%2
			src, dst := floats(r, rows*sp+cols, false), floats(r, rows*dp+cols, false)
			want := clone(dst)
			for i := range rows {
				copy(want[i*dp:][:cols], src[i*sp:])
			}
			CopyRows(rows, cols, dst, dp, src, sp)
			for i := range want {
				if dst[i] != want[i] {
					t.Fatalf("%d×%d: element %d is %v, want %v", rows, cols, i, dst[i], want[i])
				}
			}
		}
	}
}

func TestAddRows(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 17))
	for cols := range 40 {
		for _, rows := range []int{0, 1, 2, 5} {
			dp, sp := cols+rows%3, cols+rows%2
			src, dst := floats(r, rows*sp+cols, false), floats(r, rows*dp+cols, false)
			want := clone(dst)
			for i := range rows {
				for j := range cols {
					want[i*dp+j] += src[i*sp+j]
				}
			}
			AddRows(rows, cols, dst, dp, src, sp)
			for i := range want {
				if dst[i] != want[i] {
					t.Fatalf("%d×%d: element %d is %v, want %v", rows, cols, i, dst[i], want[i])
				}
			}
		}
	}
}

func TestMaxPool2x2(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for n := range 40 {
		r0, r1 := floats(r, 2*n, true), floats(r, 2*n, true)
		for i := range r0 { // ties
			if i%3 == 0 {
				r0[i], r1[i] = 2, 2
			}
		}
		got, want := floats(r, n, false), floats(r, n, false)
		arg, wantArg := make([]int32, n), make([]int32, n)
		MaxPool2x2(got, arg, r0, r1, 100, 50)
		maxPool2x2Go(want, wantArg, r0, r1, 100, 50)
		for i := range want {
			if !sameBits(got[i], want[i]) || arg[i] != wantArg[i] {
				t.Fatalf("n=%d: %d is %v at %d, want %v at %d", n, i, got[i], arg[i], want[i], wantArg[i])
			}
		}
	}
}

func TestSoftmaxRows(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for cols := range 40 {
		for _, rows := range []int{0, 1, 2, 7, 257} {
			a := floats(r, rows*cols, false)
			if rows >= 7 && cols > 2 {
				a[cols+1] = float32(math.NaN())
				a[2*cols] = float32(math.Inf(-1))
				a[3*cols] = float32(math.Inf(1))
				for i := range cols {
					a[4*cols+i] = float32(math.Inf(-1))
				}
			}
			want := make([]float32, rows*cols)
			for i := range rows {
				Softmax(want[i*cols:][:cols], a[i*cols:])
			}
			got := clone(a)
			SoftmaxRows(got, got, rows, cols)
			for i := range want {
				if !sameBits(got[i], want[i]) {
					t.Fatalf("%d×%d: element %d is %v, want %v", rows, cols, i, got[i], want[i])
				}
			}
		}
	}
}

func TestGELUGrad(t *testing.T) {
	inf := float32(math.Inf(1))
	x := []float32{inf, -inf, float32(math.NaN()), 0, 12.99, 13, 13.01, -13.01, 3e38, -3e38, 1e-40}
	for v := -16.0; v < 16; v += 1.0 / 1024 {
		x = append(x, float32(v), float32(v/256))
	}
	got, twin, g := make([]float32, len(x)), make([]float32, len(x)), make([]float32, len(x))
	for i := range g {
		g[i] = 1
	}
	GELUGrad(got, g, x)
	geluGradGo(twin, g, x)
	for i, v := range x {
		if math.IsNaN(float64(v)) != math.IsNaN(float64(got[i])) || !(math.Abs(float64(got[i]-twin[i])) <= 4e-7) && v == v {
			t.Fatalf("slope at %v is %v, in Go %v", v, got[i], twin[i])
		}
		var one [1]float32
		if GELUGrad(one[:], g[i:i+1], x[i:i+1]); !sameBits(one[0], got[i]) {
			t.Fatalf("slope at %v is %v among others, %v alone", v, got[i], one[0])
		}
	}
	if GELUGrad(got[:1], []float32{-3}, []float32{20}); got[0] != -3 {
		t.Errorf("gradient times 1 is %v, want -3", got[0])
	}
}

// TestShiftMul compares with two steps, of which each is tested elsewhere.
func TestShiftMul(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, n := range lengths() {
		a, b := floats(r, n, true), floats(r, n, true)
		got, want := make([]float32, n), make([]float32, n)
		ShiftMul(got, a, b, 0.75)
		AddScalar(want, a, 0.75)
		Mul(want, want, b)
		for i := range got {
			if !sameBits(got[i], want[i]) {
				t.Fatalf("n=%d: element %d is %v, want %v", n, i, got[i], want[i])
			}
		}
	}
}

// TestPhilox has the known answers of the generator's authors (Random123,
// kat_vectors) that fit the layout of the counter, and compares the levels.
func TestPhilox(t *testing.T) {
	if got, want := philox(0, 0, 0), [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}; got != want {
		t.Errorf("philox(0, 0, 0) = %x, want %x", got, want)
	}
	for _, block := range []uint64{0, 5, 1<<32 - 3, 1<<40 + 7} {
		for _, n := range []int{0, 1, 4, 31, 32, 33, 64, 100} {
			words, floats := make([]uint32, n), make([]float32, n)
			Philox(words, block, 3, 0x123456789abcdef)
			PhiloxUniform(floats, block, 3, 0x123456789abcdef)
			for i := range n {
				want := philox(block+uint64(i/4), 3, 0x123456789abcdef)[i%4]
				if words[i] != want || floats[i] != float32(want>>8)/(1<<24) {
					t.Fatalf("block %d, n=%d: word %d is %x and %v, want %x", block, n, i, words[i], floats[i], want)
				}
			}
		}
	}
}

func TestTranspose(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for _, rows := range []int{0, 1, 7, 8, 9, 17, 70, 130} {
		for _, cols := range []int{0, 1, 7, 8, 9, 17, 70, 130} {
			sp, dp := cols+rows%3, rows+cols%2
			src, dst := floats(r, rows*sp+cols, false), floats(r, cols*dp+rows, false)
			want := clone(dst)
			for i := range rows {
				for j := range cols {
					want[j*dp+i] = src[i*sp+j]
				}
			}
			Transpose(rows, cols, dst, dp, src, sp)
			for i := range want {
				if dst[i] != want[i] {
					t.Fatalf("%d×%d: element %d is %v, want %v", rows, cols, i, dst[i], want[i])
				}
			}
		}
	}
}

func TestShort(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a source shorter than dst did not panic")
		}
	}()
	Add(make([]float32, 9), make([]float32, 8), make([]float32, 9))
}

func ExampleSoftmax() {
	p := make([]float32, 3)
	Softmax(p, []float32{1, 2, 3})
	fmt.Printf("%.4f\n", p)
	// Output: [0.0900 0.2447 0.6652]
}

// TestNormals compares with the method of Box and Muller in float64, on the
// words that Philox gives.
func TestNormals(t *testing.T) {
	for _, n := range []int{0, 31, 32, 64, 95, 2048, 2080, 5000} {
		const block, stream, seed = 1<<32 - 3, 9, 0x123456789abcdef0
		got := make([]float32, n)
		words := make([]uint32, (n+3)&^3)
		Philox(words, block, stream, seed)
		done := Normals(got, block, stream, seed)
		if done%32 != 0 || done > n || useAsm && done < n-31 {
			t.Fatalf("%d of %d numbers", done, n)
		}
		for i := 0; i < done; i += 2 {
			radius := math.Sqrt(-2 * math.Log((float64(words[i])+0.5)*0x1p-32))
			y, x := math.Sincos(2 * math.Pi * float64(words[i+1]) * 0x1p-32)
			for j, want := range []float64{radius * x, radius * y} {
				if !(math.Abs(float64(got[i+j])-want) <= 1e-6*max(1, radius)) {
					t.Fatalf("number %d of %d is %v, want %v", i+j, n, got[i+j], want)
				}
			}
		}
	}
}
