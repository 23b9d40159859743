package interp

import (
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// run interprets lines on vectors that lie one after the other in memory, from
// DI on, and returns what becomes of them.
func run(t *testing.T, code string, mem []float32) ([]float32, error) {
	t.Helper()
	text := "TEXT ·f(SB), NOSPLIT, $0-8\n\tMOVQ p+0(FP), DI\n" + code + "\nRET\n" +
		"DATA w<>+0(SB)/4, $0x40000000\nDATA w<>+4(SB)/4, $0x40400000\nGLOBL w<>(SB), RODATA|NOPTR, $8\n"
	p, err := Parse(text)
	if err != nil {
		return nil, err
	}
	x := slices.Clone(mem)
	_, err = p.Run("f", x)
	return x, err
}

func count(from, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(from + i)
	}
	return x
}

// lanes of 16, made of pieces and zeros.
func joined(pieces ...[]float32) []float32 {
	x := make([]float32, 0, 16)
	for _, p := range pieces {
		x = append(x, p...)
	}
	return x[:16]
}

// TestWide checks what AVX-512 adds, which no kernel for AVX2 has, against
// results written down here. Memory is 0 to 15, then 100 to 115, then zeros;
// so are Z0 and Z1, and K1 has four lanes.
func TestWide(t *testing.T) {
	const load = "VMOVUPS (DI), Z0\nVMOVUPS 64(DI), Z1\nMOVL $0x0000000f, AX\nKMOVW AX, K1\n"
	for _, tt := range []struct {
		name, code string
		want       []float32 // of Z2
	}{
		{"zeroing load", "VMOVUPS.Z 64(DI), K1, Z2", joined(count(100, 4))},
		{"merging load", "VMOVUPS (DI), Z2\nVMOVUPS 64(DI), K1, Z2", joined(count(100, 4), count(4, 12))},
		{"masked store", "VMOVUPS Z1, K1, (DI)\nVMOVUPS (DI), Z2", joined(count(100, 4), count(4, 12))},
		{"broadcast from memory", "VADDPS.BCST w<>+4(SB), Z0, Z2", count(3, 16)},
		{"fused with a broadcast", "VMOVUPS Z0, Z2\nVXORPS Z3, Z3, Z3\nVFMADD213PS.BCST w<>+0(SB), Z3, Z2", []float32{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}},
		{"words of 64 bits from memory", "VXORPS Z3, Z3, Z3\nVPADDQ.BCST w<>+0(SB), Z3, Z2", []float32{2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3}},
		{"swap of halves", "VSHUFF32X4 $0x4e, Z0, Z0, Z2", joined(count(8, 8), count(0, 8))},
		{"swap of quarters", "VSHUFF32X4 $0xb1, Z0, Z0, Z2", joined(count(4, 4), count(0, 4), count(12, 4), count(8, 4))},
		{"quarters of two", "VSHUFF32X4 $0x88, Z1, Z0, Z2", joined(count(0, 4), count(8, 4), count(100, 4), count(108, 4))},
		{"comparison", "VCMPPS.BCST $0x05, w<>+0(SB), Z0, K2\nVMOVAPS.Z Z1, K2, Z2", joined([]float32{0, 0}, count(102, 14))},
		{"masked comparison", "VCMPPS $0x05, Z0, Z1, K1, K2\nVMOVAPS.Z Z1, K2, Z2", joined(count(100, 4))},
		{"blend", "VBLENDMPS Z1, Z0, K1, Z2", joined(count(100, 4), count(4, 12))},
		{"signs", "VSUBPS.BCST w<>+4(SB), Z0, Z3\nVPMOVD2M Z3, K2\nVBROADCASTSS.Z w<>+0(SB), K2, Z2", joined([]float32{2, 2, 2})},
		{"bits", "MOVL $0x00000006, CX\nMOVL $0x0000ffff, DX\nBZHIL CX, DX, DX\nKMOVW DX, K2\nVMOVAPS.Z Z0, K2, Z2", joined(count(0, 6))},
		{"masks together", "MOVL $0x00000030, CX\nKMOVW CX, K2\nKORW K1, K2, K2\nVMOVAPS.Z Z0, K2, Z2", joined(count(0, 6))},
		{"upper half", "VEXTRACTF64X4 $0x01, Z0, Y2", joined(count(8, 8))},
		{"upper quarter of a half", "VEXTRACTF32X4 $0x01, Y0, X2", joined(count(4, 4))},
		{"rounding", "VADDPS.BCST w<>+0(SB), Z0, Z3\nVDIVPS.BCST w<>+0(SB), Z3, Z3\nVRNDSCALEPS $0x08, Z3, Z2", []float32{1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7, 8, 8, 8}},
	} {
		got, err := run(t, load+tt.code+"\nVMOVUPS Z2, 128(DI)", append(append(count(0, 16), count(100, 16)...), make([]float32, 16)...))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if !slices.Equal(got[32:], tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got[32:], tt.want)
		}
	}
}

func TestStops(t *testing.T) {
	for _, tt := range []struct{ name, code, want string }{
		{"instruction", "VRCP14PS Z0, Z1", "unknown instruction"},
		{"operand", "MOVQ foo[3], AX", "unknown operand"},
		{"read beyond", "VMOVUPS 4(DI), Z0", "out of bounds"},
		{"read before", "VMOVUPS -4(DI), Z0", "out of bounds"},
		{"a streaming store between vectors", "VMOVUPS (DI), Y0\nVMOVNTPS Y0, 16(DI)", "not aligned"},
		{"write beyond", "VMOVUPS Z0, 4(DI)", "out of bounds"},
		{"broadcast beyond", "VADDPS.BCST 64(DI), Z0, Z0", "out of bounds"},
		{"the bytes that a mask leaves", "MOVL $0x00008001, AX\nKMOVW AX, K1\nVMOVUPS.Z 4(DI), K1, Z0", "out of bounds"},
		{"no flags", "JZ end\nend:", "flags"},
		{"no label", "CMPQ AX, AX\nJZ nowhere", "no label"},
		{"no end", "again:\nJMP again", "does not end"},
		{"K0 as a mask", "VMOVUPS.Z (DI), K0, Z0", "K0"},
		{"an address that was not made", "VMOVUPS (AX), Z0", "out of bounds"},
	} {
		if _, err := run(t, tt.code, count(0, 16)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
	// Lanes that a mask leaves out are not touched.
	if _, err := run(t, "MOVL $0x00007fff, AX\nKMOVW AX, K1\nVMOVUPS.Z 4(DI), K1, Z0\nVMOVUPS Z0, K1, 4(DI)", count(0, 16)); err != nil {
		t.Error(err)
	}
}

// TestNotices changes kernels by one instruction: a check that compares them
// with themselves as they were must notice.
func TestNotices(t *testing.T) {
	text, err := os.ReadFile("../../simd/kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	args := []any{21, make([]float32, 21), append(count(-10, 20), -200)}
	for _, tt := range []struct{ function, old, new string }{
		{"avx512Exp", "VFMADD213PS.BCST", "VFMADD231PS.BCST"},
		{"avx512Exp", "VFMADD213PS.BCST", "VFMADD213PS"},
		{"avx512Exp", "VPSUBD", "VPADDD"},
		{"avx512Exp", "VMOVAPS.Z", "VMOVAPS"},
		{"avx512Exp", "MOVL $0x0000ffff", "MOVL $0x00000007"},
		{"avx512Exp", "VCMPPS.BCST $0x05", "VCMPPS.BCST $0x01"},
		{"avx512Tanh", "VPSLLD $0x17", "VPSLLD $0x16"},
		{"avx512Log", "VBLENDMPS.BCST", "VPADDD.BCST"},
		{"avx512Relu", "VMAXPS", "VMINPS"},
		{"avx512Sqrt", "VMOVUPS", "VSQRTPS"},
	} {
		head, rest, ok := strings.Cut(string(text), "TEXT ·"+tt.function+"(SB)")
		body, tail, _ := strings.Cut(rest, "\nTEXT ")
		body = regexp.MustCompile(" +").ReplaceAllString(body, " ")
		i := strings.LastIndex(body, tt.old+" ")
		if j := strings.LastIndex(body, tt.old+","); j > i {
			i = j
		}
		if !ok || i < 0 {
			t.Errorf("%s has no %s", tt.function, tt.old)
			continue
		}
		p, err := Parse(head + "TEXT ·" + tt.function + "(SB)" + body[:i] + tt.new + body[i+len(tt.old):] + "\nTEXT " + tail)
		if err != nil {
			t.Errorf("%s with %s: %v", tt.function, tt.new, err)
			continue
		}
		narrow := strings.ToLower(tt.function[6:7]) + tt.function[7:] + "Asm"
		if err := p.Check(nil, args, narrow, tt.function); err == nil {
			t.Errorf("%s with %s is not noticed", tt.function, tt.new)
		}
	}
}

// TestFMA has sums that two roundings would get wrong.
func TestFMA(t *testing.T) {
	a, b := float32(1+0x1p-12), float32(1+0x1p-12)
	for _, tt := range []struct{ a, b, c, want float32 }{
		{a, b, 0x1p-60, 1 + 0x1p-11 + 0x1p-23},
		{a, b, -0x1p-60, 1 + 0x1p-11},
		{2, 3, 1, 7},
		{-a, b, 0x1p-60, -1 - 0x1p-11},
		{float32(math.Inf(1)), 1, 2, float32(math.Inf(1))},
		{math.MaxFloat32, 2, 0, float32(math.Inf(1))},
		{0x1p-100, 0x1p-49, 0, 0x1p-149},
		{0x1p-100, 0x1p-50, 0, 0},
	} {
		if got := fma(tt.a, tt.b, tt.c); got != tt.want {
			t.Errorf("%v·%v + %v = %v, want %v", tt.a, tt.b, tt.c, got, tt.want)
		}
	}
}
