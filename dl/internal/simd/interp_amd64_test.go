package simd

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"descent/dl/internal/asm/interp"
)

// TestInterpreted runs every kernel and its AVX-512 form on an interpreter,
// and on the processor: all must have the same bits. On a processor without
// AVX-512 this is what verifies those forms; that the interpreter is right the
// kernels for AVX2 show.
func TestInterpreted(t *testing.T) {
	p, err := interp.Load("kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	if len(kernels) != len(p.Functions()) {
		t.Fatalf("%d kernels are declared, the file has %d", len(kernels), len(p.Functions()))
	}
	forms := 0
	for _, name := range p.Functions() {
		if !strings.HasSuffix(name, "Asm") {
			continue
		}
		names := []string{name}
		short := strings.TrimSuffix(name, "Asm")
		if form := "avx512" + strings.ToUpper(short[:1]) + short[1:]; kernels[form] != nil {
			names = append(names, form)
			forms++
		}
		var function any
		if useAsm {
			function = kernels[name]
			if plain, ok := strings.CutPrefix(name, "stream"); ok { // memory for it would have to be aligned
				function = kernels[strings.ToLower(plain[:1])+plain[1:]]
				switch plain {
				case "ReLUAsm":
					function = reluAsm
				case "CopyAsm":
					function = func(n int, dst, a *float32) { copy(unsafe.Slice(dst, n), unsafe.Slice(a, n)) }
				}
			}
		}
		t.Run(short, func(t *testing.T) {
			r := rand.New(rand.NewPCG(25, 26))
			for _, args := range interpretedCalls(r, short, reflect.TypeOf(kernels[name])) {
				if err := p.Check(function, args, names...); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if forms < 40 {
		t.Errorf("only %d kernels have an AVX-512 form", forms)
	}
}

// mixed returns n floats of all kinds.
func mixed(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		switch r.IntN(8) {
		case 0:
			x[i] = specials[r.IntN(len(specials))]
		case 1:
			x[i] = math.Float32frombits(r.Uint32())
		case 2:
			x[i] = float32(r.NormFloat64() * 40)
		default:
			x[i] = float32(r.NormFloat64())
		}
	}
	return x
}

// interpretedCalls returns arguments for calls of a kernel: all lengths of a
// tail, then some longer ones.
func interpretedCalls(r *rand.Rand, name string, f reflect.Type) (calls [][]any) {
	lengths := []int{95, 96, 97, 128, 131, 256, 300}
	for n := range 70 {
		lengths = append(lengths, n+1)
	}
	ordinary := func(n int) []float32 { return floats(r, n, false) }
	switch name {
	case "copyRows", "addRows":
		for n := 1; n < 40; n++ {
			rows, wide := 1+n%4, n+n%3
			calls = append(calls, []any{rows, n, mixed(r, rows*wide), 4 * wide, mixed(r, rows*(wide+1)), 4 * (wide + 1)})
		}
	case "maxPool2x2":
		for n := 8; n < 40; n++ {
			calls = append(calls, []any{n, make([]float32, n), make([]int32, n), mixed(r, 2*n), mixed(r, 2*n), n, 3 * n})
		}
	case "philox", "philoxUniform":
		for n := 1; n < 8; n++ {
			calls = append(calls, []any{n, make([]float32, 32*n), r.Uint64(), uint64(r.Uint32()), r.Uint64()})
			calls = append(calls, []any{n, make([]float32, 32*n), uint64(math.MaxUint64 - 9), uint64(3), r.Uint64()})
		}
	case "transpose8":
		for n := 1; n < 4; n++ {
			calls = append(calls, []any{n, make([]float32, 7*(8*n+1)+8*n), 4 * (8*n + 1), mixed(r, (8*n-1)*9+8), 4 * 9})
		}
	case "normals":
		for n := 1; n < 30; n++ {
			x := make([]float32, 16*n)
			for i := range x {
				x[i] = math.Float32frombits(r.Uint32() >> (r.IntN(2) * r.IntN(32)))
			}
			calls = append(calls, []any{n, x})
		}
	case "softmaxShift1", "softmaxShift2", "softmaxShift3", "softmaxShift4", "softmaxScale1", "softmaxScale2", "softmaxScale3", "softmaxScale4":
		eights := int(name[len(name)-1] - '0')
		for cols := 8*eights - 7; cols <= 8*eights; cols++ {
			for rows := 1; rows < 5; rows++ {
				odd := mixed(r, rows*cols)
				for i, x := range odd { // which largest a row with NaN has makes no odds: its sum is NaN
					if x != x && strings.Contains(name, "Shift") {
						odd[i] = 1
					}
				}
				calls = append(calls, []any{rows, cols, make([]float32, rows*cols), ordinary(rows * cols)},
					[]any{rows, cols, make([]float32, rows*cols), odd})
			}
		}
	default:
		for _, n := range lengths {
			for _, fill := range []func(n int) []float32{ordinary, func(n int) []float32 { return mixed(r, n) }} {
				calls = append(calls, elementwiseCall(r, name, f, n, fill))
			}
		}
	}
	return calls
}

// elementwiseCall returns arguments for kernels that go over slices of n
// elements.
func elementwiseCall(r *rand.Rand, name string, f reflect.Type, n int, fill func(n int) []float32) []any {
	bytes := name == "u8ToF32"
	if bytes {
		n = (n + 7) &^ 7
	}
	args := []any{n}
	for i := 1; i < f.NumIn(); i++ {
		switch f.In(i) {
		case reflect.TypeFor[*uint8]():
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(r.Uint32())
			}
			args = append(args, b)
		case reflect.TypeFor[float32]():
			args = append(args, float32(r.NormFloat64()))
		default:
			args = append(args, fill(n))
		}
	}
	if slices.Contains([]string{"adam", "sgd", "sgdMomentum", "sgdFirst"}, name) {
		k := vectors(floats(r, 9, false)...)
		var flat []float32
		for _, v := range k {
			flat = append(flat, v[:]...)
		}
		args[len(args)-1] = flat
	}
	return args
}
