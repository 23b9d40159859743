package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets in the struct packing of package gemm.
const (
	packDst     = 0   // where element 0 of step 0 goes
	packDstStep = 8   // bytes from step to step
	packSrc     = 16  // the first element
	packSrcStep = 24  // packCopy: bytes from step to step
	packK       = 32  // steps, at least 1
	packMask    = 40  // address of 8 lane masks: packCopy, of the elements; packTranspose, of the steps mod 8
	packMask2   = 48  // packTaps: of the second 8 elements
	packTable   = 56  // packTaps: for every step, the element at which it begins
	packLines   = 64  // packTranspose: addresses of 8 lines
	packStrips  = 128 // packSplit, packCopy16: strips or panels, at least 1
	packSrcNext = 136 // bytes from one to the next in the source
	packDstNext = 144 // and in what is written
)

// packCopy writes a kernel that copies up to 8 neighbouring elements for
// every step. It writes 8 to each place.
func packCopy(v isa) {
	v.begin("packCopy", "func(p *byte)")
	p := v.Load(v.Param("p"), v.GP64())
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(Mem{Base: p, Disp: off}, r)
		return r
	}
	dst, dstStep, src, srcStep, k := get(packDst), get(packDstStep), get(packSrc), get(packSrcStep), get(packK)
	x, m := v.YMM(), v.YMM()
	v.VMOVUPS(Mem{Base: get(packMask)}, m)
	v.Label("step")
	v.VMASKMOVPS(Mem{Base: src}, m, x)
	v.VMOVUPS(x, Mem{Base: dst})
	v.ADDQ(srcStep, src)
	v.ADDQ(dstStep, dst)
	v.DECQ(k)
	v.JNZ(LabelRef("step"))
	v.VZEROUPPER()
	v.RET()
}

// packCopy16 writes a kernel that copies 16 elements for every step, a panel of
// AVX2 tiles and the width of a cache line, into several panels at a time: what
// is contiguous in a step is read as it comes.
func packCopy16(v isa) {
	v.begin("packCopy16", "func(p *byte)")
	p := v.Load(v.Param("p"), v.GP64())
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(Mem{Base: p, Disp: off}, r)
		return r
	}
	dst, dstStep, src, srcStep, k := get(packDst), get(packDstStep), get(packSrc), get(packSrcStep), get(packK)
	srcNext, dstNext := get(packSrcNext), get(packDstNext)
	from, to, n, x, y := v.GP64(), v.GP64(), v.GP64(), v.YMM(), v.YMM()
	v.Label("step")
	v.MOVQ(src, from)
	v.MOVQ(dst, to)
	v.MOVQ(Mem{Base: p, Disp: packStrips}, n)
	v.Label("strip")
	v.VMOVUPS(Mem{Base: from}, x)
	v.VMOVUPS(Mem{Base: from, Disp: 32}, y)
	v.VMOVUPS(x, Mem{Base: to})
	v.VMOVUPS(y, Mem{Base: to, Disp: 32})
	// Steps far apart are not what the processor guesses.
	v.PREFETCHT0(Mem{Base: from, Index: srcStep, Scale: 8})
	v.ADDQ(srcNext, from)
	v.ADDQ(dstNext, to)
	v.DECQ(n)
	v.JNZ(LabelRef("strip"))
	v.ADDQ(srcStep, src)
	v.ADDQ(dstStep, dst)
	v.DECQ(k)
	v.JNZ(LabelRef("step"))
	v.VZEROUPPER()
	v.RET()
}

// packSplit writes a kernel that copies 8 neighbouring elements for every
// step, as packCopy, but of several strips at a time: what is contiguous in a
// step is read as it comes, so that every line of memory is met once.
func packSplit(v isa) {
	v.begin("packSplit", "func(p *byte)")
	p := v.Load(v.Param("p"), v.GP64())
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(Mem{Base: p, Disp: off}, r)
		return r
	}
	dst, dstStep, src, srcStep, k := get(packDst), get(packDstStep), get(packSrc), get(packSrcStep), get(packK)
	srcNext, dstNext := get(packSrcNext), get(packDstNext)
	from, to, n, x := v.GP64(), v.GP64(), v.GP64(), v.YMM()
	v.Label("step")
	v.MOVQ(src, from)
	v.MOVQ(dst, to)
	v.MOVQ(Mem{Base: p, Disp: packStrips}, n)
	v.Label("strip")
	v.VMOVUPS(Mem{Base: from}, x)
	v.VMOVUPS(x, Mem{Base: to})
	// Steps far apart are not what the processor guesses.
	v.PREFETCHT0(Mem{Base: from, Index: srcStep, Scale: 8})
	v.ADDQ(srcNext, from)
	v.ADDQ(dstNext, to)
	v.DECQ(n)
	v.JNZ(LabelRef("strip"))
	v.ADDQ(srcStep, src)
	v.ADDQ(dstStep, dst)
	v.DECQ(k)
	v.JNZ(LabelRef("step"))
	v.VZEROUPPER()
	v.RET()
}

// packTaps writes a kernel that copies up to 16 neighbouring elements for
// every step, from places that a table lists. It writes 16 to each place.
func packTaps(v isa) {
	v.begin("packTaps", "func(p *byte)")
	p := v.Load(v.Param("p"), v.GP64())
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(Mem{Base: p, Disp: off}, r)
		return r
	}
	dst, dstStep, src, table, k, at := get(packDst), get(packDstStep), get(packSrc), get(packTable), get(packK), v.GP64()
	low, high := v.YMM(), v.YMM()
	v.VMOVUPS(Mem{Base: get(packMask)}, low)
	v.VMOVUPS(Mem{Base: get(packMask2)}, high)
	x, y := v.YMM(), v.YMM()
	v.Label("step")
	v.MOVQ(Mem{Base: table}, at)
	v.VMASKMOVPS(Mem{Base: src, Index: at, Scale: 4}, low, x)
	v.VMASKMOVPS(Mem{Base: src, Index: at, Scale: 4, Disp: 32}, high, y)
	v.VMOVUPS(x, Mem{Base: dst})
	v.VMOVUPS(y, Mem{Base: dst, Disp: 32})
	v.ADDQ(Imm(8), table)
	v.ADDQ(dstStep, dst)
	v.DECQ(k)
	v.JNZ(LabelRef("step"))
	v.VZEROUPPER()
	v.RET()
}

// packTranspose writes a kernel that takes 8 lines, contiguous along k, and
// writes for every step the 8 elements that the lines have there.
func packTranspose(v isa) {
	v.begin("packTranspose", "func(p *byte)")
	p := v.Load(v.Param("p"), v.GP64())
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(Mem{Base: p, Disp: off}, r)
		return r
	}
	rows := make([]reg.GPVirtual, 8)
	for i := range rows {
		rows[i] = get(packLines + 8*i)
	}
	dst, dstStep, k, off := get(packDst), get(packDstStep), get(packK), v.GP64()
	v.XORQ(off, off)
	x := make([]reg.VecVirtual, 8)
	for i := range x {
		x[i] = v.YMM()
	}
	v.SUBQ(Imm(8), k)
	v.JL(LabelRef("tail"))
	v.Label("depth")
	for i := range x {
		v.VMOVUPS(Mem{Base: rows[i], Index: off, Scale: 1}, x[i])
	}
	for _, y := range v.transpose8(x) {
		v.VMOVUPS(y, Mem{Base: dst})
		v.ADDQ(dstStep, dst)
	}
	v.ADDQ(Imm(32), off)
	v.SUBQ(Imm(8), k)
	v.JGE(LabelRef("depth"))
	v.Label("tail")
	v.ADDQ(Imm(8), k)
	v.JZ(LabelRef("done"))
	m := v.YMM()
	t := get(packMask)
	v.VMOVUPS(Mem{Base: t}, m)
	for i := range x {
		v.VMASKMOVPS(Mem{Base: rows[i], Index: off, Scale: 1}, m, x[i])
	}
	for _, y := range v.transpose8(x) {
		v.VMOVUPS(y, Mem{Base: dst})
		v.ADDQ(dstStep, dst)
		v.DECQ(k)
		v.JZ(LabelRef("done"))
	}
	v.Label("done")
	v.VZEROUPPER()
	v.RET()
}

// transpose8 returns the columns of the 8×8 matrix with the rows x.
func (v isa) transpose8(x []reg.VecVirtual) []reg.VecVirtual {
	pair := make([]reg.VecVirtual, 8)
	for i := 0; i < 8; i += 2 {
		pair[i], pair[i+1] = v.YMM(), v.YMM()
		v.VUNPCKLPS(x[i+1], x[i], pair[i])
		v.VUNPCKHPS(x[i+1], x[i], pair[i+1])
	}
	quad := make([]reg.VecVirtual, 8)
	for i := 0; i < 8; i += 4 {
		for h := range 2 {
			quad[i+2*h], quad[i+2*h+1] = v.YMM(), v.YMM()
			v.VUNPCKLPD(pair[i+2+h], pair[i+h], quad[i+2*h])
			v.VUNPCKHPD(pair[i+2+h], pair[i+h], quad[i+2*h+1])
		}
	}
	out := make([]reg.VecVirtual, 8)
	for i := range 4 {
		out[i], out[i+4] = v.YMM(), v.YMM()
		v.VPERM2F128(Imm(0x20), quad[i+4], quad[i], out[i])
		v.VPERM2F128(Imm(0x31), quad[i+4], quad[i], out[i+4])
	}
	return out
}
