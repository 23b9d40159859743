package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// dotRows is how many rows of a the kernel in dot form takes at a time.
func (v isa) dotRows() int {
	if v.wide() {
		return 4
	}
	return 3
}

const dotCols = 4

// dot writes a kernel for c = a·bᵀ where both are contiguous along k: four
// columns of c for any number of rows. The lanes of an accumulator are partial
// sums along k, so that neither matrix has to be transposed; they are added
// up at the end. Rows and columns that do not exist are computed from the
// last one that does and not stored.
func dot(v isa) {
	rows := v.dotRows()
	v.begin(v.name+"Dot", "func(s *byte)")
	s := v.Load(v.Param("s"), v.GP64())
	arg := func(off int) Mem { return Mem{Base: s, Disp: off} }
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(arg(off), r)
		return r
	}
	a, b := make([]reg.GPVirtual, rows), make([]reg.GPVirtual, dotCols)
	for i := range a {
		a[i] = v.GP64()
	}
	for i := range b {
		b[i] = v.GP64()
	}
	acc, x := v.vecs(rows*dotCols), v.vecs(rows)

	v.Label("rows")
	cols, step := get(stripCols), get(stripStepB)
	v.MOVQ(arg(stripB), b[0])
	for i := 1; i < dotCols; i++ {
		v.MOVQ(b[i-1], b[i])
		v.ADDQ(step, b[i])
		v.CMPQ(cols, Imm(uint64(i)))
		v.CMOVQLE(b[i-1], b[i])
	}
	left := get(stripN)
	v.MOVQ(arg(stripRowA), step)
	v.MOVQ(arg(stripA), a[0])
	for i := 1; i < rows; i++ {
		v.MOVQ(a[i-1], a[i])
		v.ADDQ(step, a[i])
		v.CMPQ(left, Imm(uint64(i)))
		v.CMOVQLE(a[i-1], a[i])
	}
	for _, r := range acc {
		v.zero(r)
	}

	// k counts down in elements; off is the place in the rows in bytes.
	k, off := get(stripK), v.GP64()
	v.XORQ(off, off)
	v.SUBQ(Imm(uint64(v.lanes)), k)
	v.JL(LabelRef("tail"))
	y := v.vec()
	step1 := func(km mask) {
		for i := range a {
			v.load(Mem{Base: a[i], Index: off, Scale: 1}, km, x[i])
		}
		for j := range b {
			v.load(Mem{Base: b[j], Index: off, Scale: 1}, km, y)
			for i := range a {
				v.VFMADD231PS(x[i], y, acc[i*dotCols+j])
			}
		}
	}
	v.Label("depth")
	step1(nil)
	v.ADDQ(Imm(uint64(v.bytes())), off)
	v.SUBQ(Imm(uint64(v.lanes)), k)
	v.JGE(LabelRef("depth"))
	v.Label("tail")
	v.ADDQ(Imm(uint64(v.lanes)), k)
	v.JZ(LabelRef("sums"))
	km := get(stripKMask)
	if v.wide() {
		kk := v.K()
		v.KMOVW(km.As32(), kk)
		step1(kk)
	} else {
		// All registers are taken: the mask takes the place of y, and b is
		// masked in its own register by the zeros that a has there. A masked
		// load of b is still needed, since b must not be read beyond its end.
		mk := v.YMM()
		v.VMOVUPS(Mem{Base: km}, mk)
		for j := range b {
			v.VMASKMOVPS(Mem{Base: b[j], Index: off, Scale: 1}, mk, x[0])
			for i := range a {
				v.VMASKMOVPS(Mem{Base: a[i], Index: off, Scale: 1}, mk, x[1])
				v.VFMADD231PS(x[0], x[1], acc[i*dotCols+j])
			}
		}
	}

	v.Label("sums")
	sums := make([]reg.VecVirtual, rows)
	for i := range sums {
		sums[i] = acc[i*dotCols]
		v.addUp(acc[i*dotCols:][:dotCols])
	}

	flags := get(stripFlags)
	t := v.XMM()
	var km2 mask // columns that exist
	if v.wide() {
		km2 = v.K()
		v.KMOVW(get(stripMask).As32(), km2)
	} else {
		km2 = v.XMM()
		v.VMOVUPS(Mem{Base: get(stripMask)}, km2)
	}

	v.TESTQ(U32(flagAlpha), flags)
	v.JZ(LabelRef("alphaDone"))
	v.VBROADCASTSS(arg(stripAlpha), t)
	for _, r := range sums {
		v.VMULPS(t, r.AsX(), r.AsX())
	}
	v.Label("alphaDone")

	c, rowC := get(stripC), get(stripRowC)
	v.TESTQ(U32(flagAdd), flags)
	v.JZ(LabelRef("addDone"))
	cp := v.GP64()
	v.MOVQ(c, cp)
	for i, r := range sums {
		if i > 0 {
			v.CMPQ(left, Imm(uint64(i)))
			v.JLE(LabelRef("addDone"))
			v.ADDQ(rowC, cp)
		}
		v.load(Mem{Base: cp}, km2, t)
		v.VADDPS(t, r.AsX(), r.AsX())
	}
	v.Label("addDone")

	v.TESTQ(U32(flagColBias|flagRowBias), flags)
	v.JZ(LabelRef("biasDone"))
	bias := get(stripBias)
	v.TESTQ(U32(flagRowBias), flags)
	v.JNZ(LabelRef("rowBias"))
	v.load(Mem{Base: bias}, km2, t)
	for _, r := range sums {
		v.VADDPS(t, r.AsX(), r.AsX())
	}
	v.JMP(LabelRef("biasDone"))
	v.Label("rowBias")
	for i, r := range sums {
		if i > 0 {
			v.CMPQ(left, Imm(uint64(i)))
			v.JLE(LabelRef("biasDone"))
		}
		v.VBROADCASTSS(Mem{Base: bias, Disp: 4 * i}, t)
		v.VADDPS(t, r.AsX(), r.AsX())
		if i == rows-1 {
			v.ADDQ(Imm(uint64(4*rows)), bias)
			v.MOVQ(bias, arg(stripBias))
		}
	}
	v.Label("biasDone")

	v.TESTQ(U32(flagReLU), flags)
	v.JZ(LabelRef("reluDone"))
	v.zero(t)
	for _, r := range sums {
		v.relu(t, r.AsX())
	}
	v.Label("reluDone")

	v.MOVQ(arg(stripCols), cols)
	v.CMPQ(cols, Imm(dotCols))
	v.JL(LabelRef("part"))
	for i, r := range sums {
		if i > 0 {
			v.CMPQ(left, Imm(uint64(i)))
			v.JLE(LabelRef("done"))
		}
		v.VMOVUPS(r.AsX(), Mem{Base: c})
		v.ADDQ(rowC, c)
	}
	v.JMP(LabelRef("next"))
	v.Label("part")
	for i, r := range sums {
		if i > 0 {
			v.CMPQ(left, Imm(uint64(i)))
			v.JLE(LabelRef("done"))
		}
		v.store(r.AsX(), km2, Mem{Base: c})
		v.ADDQ(rowC, c)
	}
	v.Label("next")
	v.MOVQ(c, arg(stripC))
	v.MOVQ(arg(stripNextA), step)
	v.ADDQ(step, arg(stripA))
	v.SUBQ(Imm(uint64(rows)), left)
	v.MOVQ(left, arg(stripN))
	v.JG(LabelRef("rows"))
	v.Label("done")
	v.VZEROUPPER()
	v.RET()
}

// addUp makes the low 128 bits of r[0] the sums of the lanes of the four
// vectors r. Only instructions that reach all 32 registers are used.
func (v isa) addUp(r []reg.VecVirtual) {
	if v.wide() {
		for _, z := range r {
			t := v.YMM()
			v.VEXTRACTF64X4(Imm(1), z, t)
			v.VADDPS(t, z.AsY(), z.AsY())
		}
	}
	r0, r1, r2, r3 := r[0].AsY(), r[1].AsY(), r[2].AsY(), r[3].AsY()
	t := v.YMM()
	// Neighbouring lanes of a pair, added: r0 r1 r0 r1 in each half.
	v.VUNPCKHPS(r1, r0, t)
	v.VUNPCKLPS(r1, r0, r0)
	v.VADDPS(t, r0, r0)
	v.VUNPCKHPS(r3, r2, t)
	v.VUNPCKLPS(r3, r2, r2)
	v.VADDPS(t, r2, r2)
	v.VUNPCKHPD(r2, r0, t)
	v.VUNPCKLPD(r2, r0, r0)
	v.VADDPS(t, r0, r0)
	if v.wide() {
		v.VEXTRACTF32X4(Imm(1), r0, t.AsX())
	} else {
		v.VEXTRACTF128(Imm(1), r0, t.AsX())
	}
	v.VADDPS(t.AsX(), r[0].AsX(), r[0].AsX())
}
