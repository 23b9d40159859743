package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The butterflies of package fft: a point of eight transforms side by side is a
// vector of real parts and, behind it, one of imaginary parts.
const pointBytes = 64

func fftKernels(c *build.Context) {
	v := avx2(c)
	v.radix4()
	v.radix2()
	v.untangle()
}

func fftStubs(f *ir.File) map[string]string {
	var b strings.Builder
	b.WriteString("//go:build amd64 || arm64\n\npackage fft\n\n")
	for _, fn := range f.Functions() {
		fmt.Fprintf(&b, "//go:noescape\n%s\n\n", fn.Stub())
	}
	return map[string]string{"kernels_asm.go": b.String()}
}

// imaginary is the place of the imaginary parts of the point at m.
func imaginary(m Mem) Mem {
	m.Disp += pointBytes / 2
	return m
}

// turned multiplies the point (re, im) by the broadcast (wr, wi) and stores it.
func (v isa) turned(re, im, wr, wi reg.Register, m Mem) {
	r, i := v.vec(), v.vec()
	v.VMULPS(re, wr, r)
	v.VFNMADD231PS(im, wi, r)
	v.VMULPS(re, wi, i)
	v.VFMADD231PS(im, wr, i)
	v.VMOVUPS(r, m)
	v.VMOVUPS(i, imaginary(m))
}

// both loads the points at a and b and returns their sum and their difference.
func (v isa) both(a, b Mem) (sumR, sumI, difR, difI reg.VecVirtual) {
	part := func(a, b Mem) (sum, dif reg.VecVirtual) {
		sum, dif = v.vec(), v.vec()
		x, y := v.vec(), v.vec()
		v.VMOVUPS(a, x)
		v.VMOVUPS(b, y)
		v.VADDPS(y, x, sum)
		v.VSUBPS(y, x, dif)
		return sum, dif
	}
	sumR, difR = part(a, b)
	sumI, difI = part(imaginary(a), imaginary(b))
	return
}

// radix4 writes a stage of radix 4: for each of p twiddles, s butterflies of the
// points at src and at b, c and d bytes after it. The four results are s points
// apart; those of a twiddle follow those of the one before.
func (v isa) radix4() {
	v.begin("radix4Asm", "func(p, s int, dst, src *float32, b, c, d int, tw *float32)")
	p, s := v.Load(v.Param("p"), v.GP64()), v.Load(v.Param("s"), v.GP64())
	dst, src := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	b, c, d := v.Load(v.Param("b"), v.GP64()), v.Load(v.Param("c"), v.GP64()), v.Load(v.Param("d"), v.GP64())
	tw := v.Load(v.Param("tw"), v.GP64())
	step, three, q := v.GP64(), v.GP64(), v.GP64()
	v.MOVQ(s, step)
	v.SHLQ(Imm(6), step)
	v.LEAQ(Mem{Base: step, Index: step, Scale: 2}, three)
	v.Label("twiddle")
	w := v.vecs(6)
	for i := range w {
		v.VBROADCASTSS(Mem{Base: tw, Disp: 4 * i}, w[i])
	}
	v.MOVQ(s, q)
	v.Label("butterfly")
	from := func(r reg.Register) Mem { return Mem{Base: src, Index: r, Scale: 1} }
	to := func(r reg.Register) Mem { return Mem{Base: dst, Index: r, Scale: 1} }
	sr, si, tr, ti := v.both(Mem{Base: src}, from(c))
	ur, ui, xr, xi := v.both(from(b), from(d))
	y := v.vec()
	v.VADDPS(ur, sr, y)
	v.VMOVUPS(y, Mem{Base: dst})
	v.VADDPS(ui, si, y)
	v.VMOVUPS(y, imaginary(Mem{Base: dst}))
	v.VSUBPS(ur, sr, sr)
	v.VSUBPS(ui, si, si)
	v.turned(sr, si, w[2], w[3], Mem{Base: dst, Index: step, Scale: 2})
	v.VADDPS(xi, tr, sr)
	v.VSUBPS(xr, ti, si)
	v.turned(sr, si, w[0], w[1], to(step))
	v.VSUBPS(xi, tr, sr)
	v.VADDPS(xr, ti, si)
	v.turned(sr, si, w[4], w[5], to(three))
	v.ADDQ(Imm(pointBytes), src)
	v.ADDQ(Imm(pointBytes), dst)
	v.DECQ(q)
	v.JNZ(LabelRef("butterfly"))
	v.ADDQ(three, dst)
	v.ADDQ(Imm(24), tw)
	v.DECQ(p)
	v.JNZ(LabelRef("twiddle"))
	v.VZEROUPPER()
	v.RET()
}

// radix2 writes a stage of radix 2.
func (v isa) radix2() {
	v.begin("radix2Asm", "func(p, s int, dst, src *float32, b int, tw *float32)")
	p, s := v.Load(v.Param("p"), v.GP64()), v.Load(v.Param("s"), v.GP64())
	dst, src := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	b, tw := v.Load(v.Param("b"), v.GP64()), v.Load(v.Param("tw"), v.GP64())
	step, q := v.GP64(), v.GP64()
	v.MOVQ(s, step)
	v.SHLQ(Imm(6), step)
	v.Label("twiddle")
	w := v.vecs(2)
	for i := range w {
		v.VBROADCASTSS(Mem{Base: tw, Disp: 4 * i}, w[i])
	}
	v.MOVQ(s, q)
	v.Label("butterfly")
	sr, si, tr, ti := v.both(Mem{Base: src}, Mem{Base: src, Index: b, Scale: 1})
	v.VMOVUPS(sr, Mem{Base: dst})
	v.VMOVUPS(si, imaginary(Mem{Base: dst}))
	v.turned(tr, ti, w[0], w[1], Mem{Base: dst, Index: step, Scale: 1})
	v.ADDQ(Imm(pointBytes), src)
	v.ADDQ(Imm(pointBytes), dst)
	v.DECQ(q)
	v.JNZ(LabelRef("butterfly"))
	v.ADDQ(step, dst)
	v.ADDQ(Imm(8), tw)
	v.DECQ(p)
	v.JNZ(LabelRef("twiddle"))
	v.VZEROUPPER()
	v.RET()
}

// untangle writes the step between the transform of a real signal and that of
// half the length of its points in pairs: from a at lo and b at hi, which moves
// down, to e + t and the conjugate of e - t, where e is half of a plus the
// conjugate of b, and t half of a less it, turned.
func (v isa) untangle() {
	v.begin("untangleAsm", "func(n int, lo, hi, tw *float32, half float32)")
	n, tw := v.Load(v.Param("n"), v.GP64()), v.Load(v.Param("tw"), v.GP64())
	lo, hi := v.Load(v.Param("lo"), v.GP64()), v.Load(v.Param("hi"), v.GP64())
	at, err := v.Param("half").Resolve()
	if err != nil {
		panic(err)
	}
	half := v.vec()
	v.VBROADCASTSS(at.Addr, half)
	wr, wi := v.vec(), v.vec()
	v.Label("pair")
	// The difference of the imaginary parts is that of e, since b is conjugate.
	er, di, dr, ei := v.both(Mem{Base: lo}, Mem{Base: hi})
	for _, x := range []reg.VecVirtual{er, ei, dr, di} {
		v.VMULPS(half, x, x)
	}
	v.VBROADCASTSS(Mem{Base: tw}, wr)
	v.VBROADCASTSS(Mem{Base: tw, Disp: 4}, wi)
	tr, ti, y := v.vec(), v.vec(), v.vec()
	v.VMULPS(dr, wr, tr)
	v.VFNMADD231PS(di, wi, tr)
	v.VMULPS(dr, wi, ti)
	v.VFMADD231PS(di, wr, ti)
	v.VADDPS(tr, er, y)
	v.VMOVUPS(y, Mem{Base: lo})
	v.VADDPS(ti, ei, y)
	v.VMOVUPS(y, imaginary(Mem{Base: lo}))
	v.VSUBPS(tr, er, y)
	v.VMOVUPS(y, Mem{Base: hi})
	v.VSUBPS(ei, ti, y)
	v.VMOVUPS(y, imaginary(Mem{Base: hi}))
	v.ADDQ(Imm(pointBytes), lo)
	v.SUBQ(Imm(pointBytes), hi)
	v.ADDQ(Imm(8), tw)
	v.DECQ(n)
	v.JNZ(LabelRef("pair"))
	v.VZEROUPPER()
	v.RET()
}
