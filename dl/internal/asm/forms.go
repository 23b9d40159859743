package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The generators say what a kernel computes in instructions of AVX2. The
// methods here are what AVX-512 has in their place: a word that is repeated
// in memory becomes one that the instruction repeats, and what comparisons
// yield is a mask in a K register.

// either chooses the form of an instruction by its first operand.
func (v isa) either(plain, broadcast func(ops ...Op), ops []Op) {
	if m, ok := ops[0].(Mem); ok && v.wide() && v.words.repeated[m] {
		plain = broadcast
	}
	plain(ops...)
}

func (v isa) VADDPS(ops ...Op)      { v.either(v.Context.VADDPS, v.Context.VADDPS_BCST, ops) }
func (v isa) VSUBPS(ops ...Op)      { v.either(v.Context.VSUBPS, v.Context.VSUBPS_BCST, ops) }
func (v isa) VMULPS(ops ...Op)      { v.either(v.Context.VMULPS, v.Context.VMULPS_BCST, ops) }
func (v isa) VMINPS(ops ...Op)      { v.either(v.Context.VMINPS, v.Context.VMINPS_BCST, ops) }
func (v isa) VMAXPS(ops ...Op)      { v.either(v.Context.VMAXPS, v.Context.VMAXPS_BCST, ops) }
func (v isa) VFMADD213PS(ops ...Op) { v.either(v.Context.VFMADD213PS, v.Context.VFMADD213PS_BCST, ops) }
func (v isa) VFMADD231PS(ops ...Op) { v.either(v.Context.VFMADD231PS, v.Context.VFMADD231PS_BCST, ops) }
func (v isa) VFNMADD231PS(ops ...Op) {
	v.either(v.Context.VFNMADD231PS, v.Context.VFNMADD231PS_BCST, ops)
}
func (v isa) VANDPS(ops ...Op)   { v.either(v.Context.VANDPS, v.Context.VANDPS_BCST, ops) }
func (v isa) VORPS(ops ...Op)    { v.either(v.Context.VORPS, v.Context.VORPS_BCST, ops) }
func (v isa) VPADDD(ops ...Op)   { v.either(v.Context.VPADDD, v.Context.VPADDD_BCST, ops) }
func (v isa) VPSUBD(ops ...Op)   { v.either(v.Context.VPSUBD, v.Context.VPSUBD_BCST, ops) }
func (v isa) VPMULUDQ(ops ...Op) { v.either(v.Context.VPMULUDQ, v.Context.VPMULUDQ_BCST, ops) }

// VMOVUPS, with a repeated word, sets all lanes to it.
func (v isa) VMOVUPS(ops ...Op) { v.either(v.Context.VMOVUPS, v.Context.VBROADCASTSS, ops) }

func (v isa) VPAND(b, a, dst Op) {
	if v.wide() {
		v.either(v.Context.VPANDD, v.Context.VPANDD_BCST, []Op{b, a, dst})
		return
	}
	v.Context.VPAND(b, a, dst)
}

func (v isa) VPXOR(b, a, dst Op) {
	if v.wide() {
		v.VPXORD(b, a, dst)
		return
	}
	v.Context.VPXOR(b, a, dst)
}

func (v isa) VMOVDQU(src, dst Op) {
	if v.wide() {
		v.VMOVDQU32(src, dst)
		return
	}
	v.Context.VMOVDQU(src, dst)
}

// A truth says for every lane whether something holds: ones or zeros with
// AVX2, bits with AVX-512.
type truth = reg.Register

// compare returns for which lanes a predicate holds of a and b.
func (v isa) compare(predicate uint64, b Op, a reg.Register) truth {
	if !v.wide() {
		t := v.YMM()
		v.VCMPPS(Imm(predicate), b, a, t)
		return t
	}
	t := v.K()
	if m, ok := b.(Mem); ok && v.words.repeated[m] {
		v.VCMPPS_BCST(Imm(predicate), b, a, t)
	} else {
		v.VCMPPS(Imm(predicate), b, a, t)
	}
	return t
}

// sign returns which lanes have their highest bit set.
func (v isa) sign(x reg.Register) truth {
	if !v.wide() {
		return x
	}
	t := v.K()
	v.VPMOVD2M(x, t)
	return t
}

// choose sets dst to yes where t holds, to no elsewhere.
func (v isa) choose(t truth, yes Op, no, dst reg.Register) {
	if !v.wide() {
		v.VBLENDVPS(t, yes, no, dst)
		return
	}
	if m, ok := yes.(Mem); ok && v.words.repeated[m] {
		v.VBLENDMPS_BCST(yes, no, t, dst)
		return
	}
	v.VBLENDMPS(yes, no, t, dst)
}

// keep sets dst to x, a vector or a repeated word, where t holds, to zero
// elsewhere.
func (v isa) keep(t truth, x Op, dst reg.Register) {
	m, memory := x.(Mem)
	switch {
	case v.wide() && memory:
		v.VBROADCASTSS_Z(m, t, dst)
	case v.wide():
		v.VMOVAPS_Z(x, t, dst)
	case memory:
		v.VANDPS(x, t, dst)
	default:
		v.VANDPS(t, x, dst)
	}
}

// or makes b hold where a does, too.
func (v isa) or(a, b truth) {
	if v.wide() {
		v.KORW(a, b, b)
		return
	}
	v.VORPS(a, b, b)
}

// relu sets x to x where it is not below zero, else 0. With the zero as
// first source of MAXPS a NaN stays.
func (v isa) relu(zero, x reg.Register) { v.VMAXPS(x, zero, x) }

// tailMask returns the mask of the first n lanes, n being less than the
// lanes, or with AVX-512 less than 32. n is used up.
func (v isa) tailMask(n reg.Register) mask {
	if v.wide() {
		bits, k := v.GP32(), v.K()
		v.MOVL(U32(1<<16-1), bits)
		v.BZHIL(n.(reg.GP).As32(), bits, bits)
		v.KMOVW(bits, k)
		return k
	}
	table := v.GP64()
	v.LEAQ(v.tailMasks(), table)
	v.NEGQ(n)
	k := v.YMM()
	v.VMOVUPS(Mem{Base: table, Index: n, Scale: 4, Disp: 4 * 32}, k)
	return k
}
