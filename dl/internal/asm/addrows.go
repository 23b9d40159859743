package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// addRows writes a loop that adds a rectangle to another: rows of cols floats
// that lie a pitch (in bytes) apart. The ends of rows go in halves of a vector
// and single floats, since a masked store would take longer than a short row.
func addRows(v isa) {
	v.begin("addRowsAsm", "func(rows, cols int, dst *float32, dstPitch int, src *float32, srcPitch int)")
	rows, cols := v.Load(v.Param("rows"), v.GP64()), v.Load(v.Param("cols"), v.GP64())
	dst, src := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	dstPitch, srcPitch := v.Load(v.Param("dstPitch"), v.GP64()), v.Load(v.Param("srcPitch"), v.GP64())
	i, left := v.GP64(), v.GP64()
	x, y := v.YMM(), v.YMM()
	at := func(base reg.Register) Mem { return Mem{Base: base, Index: i, Scale: 4} }
	v.Label("row")
	v.XORQ(i, i)
	v.MOVQ(cols, left)
	v.SUBQ(Imm(8), left)
	v.JL(LabelRef("four"))
	v.Label("vector")
	v.VMOVUPS(at(src), x)
	v.VADDPS(at(dst), x, x)
	v.VMOVUPS(x, at(dst))
	v.ADDQ(Imm(8), i)
	v.SUBQ(Imm(8), left)
	v.JGE(LabelRef("vector"))
	v.Label("four")
	v.ADDQ(Imm(4), left)
	v.JL(LabelRef("few"))
	v.VMOVUPS(at(src), x.AsX())
	v.VADDPS(at(dst), x.AsX(), x.AsX())
	v.VMOVUPS(x.AsX(), at(dst))
	v.ADDQ(Imm(4), i)
	v.SUBQ(Imm(4), left)
	v.Label("few")
	v.ADDQ(Imm(4), left)
	v.JZ(LabelRef("next"))
	v.Label("element")
	v.VMOVSS(at(src), x.AsX())
	v.VMOVSS(at(dst), y.AsX())
	v.VADDPS(y.AsX(), x.AsX(), x.AsX())
	v.VMOVSS(x.AsX(), at(dst))
	v.ADDQ(Imm(1), i)
	v.DECQ(left)
	v.JNZ(LabelRef("element"))
	v.Label("next")
	v.ADDQ(srcPitch, src)
	v.ADDQ(dstPitch, dst)
	v.DECQ(rows)
	v.JNZ(LabelRef("row"))
	v.VZEROUPPER()
	v.RET()
}
