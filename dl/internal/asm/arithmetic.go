package main

import (
	"math"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Predicates of VCMPPS.
const (
	cmpEqual           = 0
	cmpLess            = 1
	cmpLessEqual       = 2
	cmpUnordered       = 3
	cmpNotLess         = 5 // or unordered
	cmpNotLessEqual    = 6 // or unordered
	cmpNotGreaterEqual = 9 // or unordered
)

func arithmetic(v isa) {
	binary := func(name string, each func(b *body, x, y reg.VecVirtual)) {
		v.elementwise(loop{name: name, slices: []string{"dst", "a", "b"}, unroll: 4, each: func(b *body) {
			each(b, b.x["a"], b.x["b"])
			b.x["dst"] = b.x["a"]
		}})
	}
	binary("addAsm", func(b *body, x, y reg.VecVirtual) { v.VADDPS(y, x, x) })
	binary("subAsm", func(b *body, x, y reg.VecVirtual) { v.VSUBPS(y, x, x) })
	binary("mulAsm", func(b *body, x, y reg.VecVirtual) { v.VMULPS(y, x, x) })
	binary("divAsm", func(b *body, x, y reg.VecVirtual) { v.VDIVPS(y, x, x) })
	// MAXPS and MINPS return the second source, here b, when one is NaN.
	binary("maxAsm", func(b *body, x, y reg.VecVirtual) {
		t := v.vec()
		nan := v.compare(cmpUnordered, x, x)
		v.VMAXPS(y, x, t)
		v.choose(nan, x, t, x)
	})
	binary("minAsm", func(b *body, x, y reg.VecVirtual) {
		t := v.vec()
		nan := v.compare(cmpUnordered, x, x)
		v.VMINPS(y, x, t)
		v.choose(nan, x, t, x)
	})

	unary := func(name string, floats []string, setup, each func(b *body)) {
		v.elementwise(loop{name: name, slices: []string{"dst", "a"}, floats: floats, unroll: 4, setup: setup, each: func(b *body) {
			each(b)
			b.x["dst"] = b.x["a"]
		}})
	}
	unary("addScalarAsm", []string{"s"}, nil, func(b *body) { v.VADDPS(b.c["s"], b.x["a"], b.x["a"]) })
	unary("mulScalarAsm", []string{"s"}, nil, func(b *body) { v.VMULPS(b.c["s"], b.x["a"], b.x["a"]) })
	unary("affineAsm", []string{"scale", "shift"}, nil, func(b *body) {
		v.VMULPS(b.c["scale"], b.x["a"], b.x["a"])
		v.VADDPS(b.c["shift"], b.x["a"], b.x["a"])
	})
	unary("sqrtAsm", nil, nil, func(b *body) { v.VSQRTPS(b.x["a"], b.x["a"]) })
	unary("reluAsm", nil, func(b *body) {
		b.c["zero"] = v.vec()
		v.zero(b.c["zero"])
	}, func(b *body) { v.relu(b.c["zero"], b.x["a"]) })

	v.elementwise(loop{name: "shiftMulAsm", slices: []string{"dst", "a", "b"}, floats: []string{"shift"}, unroll: 4, each: func(b *body) {
		x := b.x["a"]
		v.VADDPS(b.c["shift"], x, x)
		v.VMULPS(b.x["b"], x, x)
		b.x["dst"] = x
	}})
	v.elementwise(loop{name: "normalizeAsm", slices: []string{"dst", "a", "w", "b"}, floats: []string{"mean", "scale"}, unroll: 2, each: func(b *body) {
		x := b.x["a"]
		v.VSUBPS(b.c["mean"], x, x)
		v.VMULPS(b.c["scale"], x, x)
		v.VMULPS(b.x["w"], x, x)
		v.VADDPS(b.x["b"], x, x)
		b.x["dst"] = x
	}})
	v.elementwise(loop{name: "axpyAsm", slices: []string{"dst", "a"}, load: []string{"dst", "a"}, floats: []string{"s"}, unroll: 4, each: func(b *body) {
		v.VMULPS(b.c["s"], b.x["a"], b.x["a"])
		v.VADDPS(b.x["a"], b.x["dst"], b.x["dst"])
	}})
	v.elementwise(loop{name: "reluGradAsm", slices: []string{"dst", "grad", "out"}, unroll: 4, setup: func(b *body) {
		b.c["zero"] = v.vec()
		v.zero(b.c["zero"])
	}, each: func(b *body) {
		v.keep(v.compare(cmpNotLessEqual, b.c["zero"], b.x["out"]), b.x["grad"], b.x["grad"])
		b.x["dst"] = b.x["grad"]
	}})
	v.elementwise(loop{name: "u8ToF32Asm", slices: []string{"dst", "src"}, bytes: "src", floats: []string{"scale", "shift"}, unroll: 4, each: func(b *body) {
		x := b.x["src"]
		v.VCVTDQ2PS(x, x)
		v.VMULPS(b.c["scale"], x, x)
		v.VADDPS(b.c["shift"], x, x)
		b.x["dst"] = x
	}})
}

// copyRows writes a loop that copies a rectangle: rows of cols floats that lie
// a pitch (in bytes) apart.
func copyRows(v isa) {
	v.begin("copyRowsAsm", "func(rows, cols int, dst *float32, dstPitch int, src *float32, srcPitch int)")
	rows, cols := v.Load(v.Param("rows"), v.GP64()), v.Load(v.Param("cols"), v.GP64())
	dst, src := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	dstPitch, srcPitch := v.Load(v.Param("dstPitch"), v.GP64()), v.Load(v.Param("srcPitch"), v.GP64())
	i, last := v.GP64(), v.GP64()
	x, y := v.YMM(), v.YMM()
	at := func(base reg.Register, index reg.Register) Mem { return Mem{Base: base, Index: index, Scale: 4} }
	row := func(label string, body func()) {
		v.Label(label)
		body()
		v.ADDQ(srcPitch, src)
		v.ADDQ(dstPitch, dst)
		v.DECQ(rows)
		v.JNZ(LabelRef(label))
		v.VZEROUPPER()
		v.RET()
	}
	v.CMPQ(cols, Imm(8))
	v.JL(LabelRef("short"))
	// The last vector of a row overlaps the one before it.
	v.LEAQ(Mem{Base: cols, Disp: -8}, last)
	row("wide", func() {
		v.XORQ(i, i)
		v.JMP(LabelRef("test"))
		v.Label("vector")
		v.VMOVUPS(at(src, i), x)
		v.VMOVUPS(x, at(dst, i))
		v.ADDQ(Imm(8), i)
		v.Label("test")
		v.CMPQ(i, last)
		v.JL(LabelRef("vector"))
		v.VMOVUPS(at(src, last), y)
		v.VMOVUPS(y, at(dst, last))
	})
	v.Label("short")
	v.CMPQ(cols, Imm(4))
	v.JL(LabelRef("scalar"))
	v.LEAQ(Mem{Base: cols, Disp: -4}, last)
	row("narrow", func() {
		v.VMOVUPS(Mem{Base: src}, x.AsX())
		v.VMOVUPS(at(src, last), y.AsX())
		v.VMOVUPS(x.AsX(), Mem{Base: dst})
		v.VMOVUPS(y.AsX(), at(dst, last))
	})
	row("scalar", func() {
		v.MOVQ(cols, i)
		v.Label("element")
		v.VMOVSS(at(src, i).Offset(-4), x.AsX())
		v.VMOVSS(x.AsX(), at(dst, i).Offset(-4))
		v.DECQ(i)
		v.JNZ(LabelRef("element"))
	})
}

func reductions(v isa) {
	add := func(a, b reg.Register) { v.VADDPS(a, b, b) }
	nothing := func(b *body) {}
	v.reduction(loop{name: "sumAsm", slices: []string{"a"}}, 0,
		func(b *body, acc reg.VecVirtual) { v.VADDPS(b.x["a"], acc, acc) }, add, nothing)
	v.reduction(loop{name: "dotAsm", slices: []string{"a", "b"}}, 0,
		func(b *body, acc reg.VecVirtual) { v.VFMADD231PS(b.x["a"], b.x["b"], acc) }, add, nothing)
	v.reduction(loop{name: "sumSquaresAsm", slices: []string{"a"}, floats: []string{"mean"}}, 0,
		func(b *body, acc reg.VecVirtual) {
			v.VSUBPS(b.c["mean"], b.x["a"], b.x["a"])
			if b.tail != nil {
				v.keep(b.tail, b.x["a"], b.x["a"])
			}
			v.VFMADD231PS(b.x["a"], b.x["a"], acc)
		}, add, nothing)

	// NaN is noted aside and wins in the end.
	extreme := func(name string, neutral float32, op func(ops ...Op)) {
		var nan truth
		v.reduction(loop{name: name, slices: []string{"a"}, setup: func(b *body) {
			if v.wide() {
				nan = v.K()
				v.KXORW(nan, nan, nan)
			} else {
				nan = v.vec()
				v.zero(nan)
			}
		}}, neutral, func(b *body, acc reg.VecVirtual) {
			v.or(v.compare(cmpUnordered, b.x["a"], b.x["a"]), nan)
			op(b.x["a"], acc, acc)
		}, func(a, b reg.Register) { op(a, b, b) }, func(b *body) {
			if v.wide() {
				v.KORTESTW(nan, nan)
			} else {
				none := v.GP32()
				v.VMOVMSKPS(nan, none)
				v.TESTL(none, none)
			}
			v.JZ(LabelRef("numbers"))
			t := v.constant(float32(math.NaN()))
			v.Store(t.AsX(), v.ReturnIndex(0))
			v.VZEROUPPER()
			v.RET()
			v.Label("numbers")
		})
	}
	extreme("maxOfAsm", float32(math.Inf(-1)), func(o ...Op) { v.VMAXPS(o[0], o[1], o[2]) })
	extreme("minOfAsm", float32(math.Inf(1)), func(o ...Op) { v.VMINPS(o[0], o[1], o[2]) })
}
