package main

import (
	. "github.com/mmcloughlin/avo/operand"
)

// Places in the constants of a step, eight floats each: the fields of
// adamConsts and sgdConsts of package simd, in order.
const (
	adamBeta1 = 32 * iota
	adamOmb1
	adamBeta2
	adamOmb2
	adamStep
	adamRoot
	adamEps
	adamDecay
	adamShrink
)

const (
	sgdLR = 32 * iota
	sgdDecay
	sgdKeep
	sgdAdd
	sgdDirect
	sgdAlong
)

func optimizers(v isa) {
	// The same roundings as in Go: nothing is fused.
	v.elementwise(loop{name: "adamAsm", slices: []string{"p", "grad", "m", "v"}, store: []string{"p", "m", "v"}, consts: true, unroll: 1, each: func(b *body) {
		at := func(off int) Mem { return v.repeated(Mem{Base: b.args, Disp: off}) }
		p, g, m, s := b.x["p"], b.x["grad"], b.x["m"], b.x["v"]
		t := v.vec()
		v.VMULPS(at(adamDecay), p, t)
		v.VADDPS(t, g, g)
		v.VMULPS(at(adamShrink), p, p)
		v.VMULPS(at(adamBeta1), m, m)
		v.VMULPS(at(adamOmb1), g, t)
		v.VADDPS(t, m, m)
		v.VMULPS(at(adamBeta2), s, s)
		v.VMULPS(at(adamOmb2), g, t)
		v.VMULPS(g, t, t)
		v.VADDPS(t, s, s)
		v.VSQRTPS(s, t)
		v.VMULPS(at(adamRoot), t, t)
		v.VADDPS(at(adamEps), t, t)
		v.VMULPS(at(adamStep), m, g)
		v.VDIVPS(t, g, t)
		v.VSUBPS(t, p, p)
	}})
	sgd := func(name string, momentum, first bool) {
		l := loop{name: name, slices: []string{"p", "grad"}, store: []string{"p"}, consts: true, unroll: 2}
		if momentum {
			l.slices = append(l.slices, "buf")
			l.store = append(l.store, "buf")
			l.load = []string{"p", "grad", "buf"}
			if first {
				l.load = l.load[:2]
			}
		}
		l.each = func(b *body) {
			at := func(off int) Mem { return v.repeated(Mem{Base: b.args, Disp: off}) }
			p, g := b.x["p"], b.x["grad"]
			t := v.vec()
			v.VMULPS(at(sgdDecay), p, t)
			v.VADDPS(t, g, g)
			if momentum {
				s := v.vec()
				v.VMULPS(at(sgdAdd), g, s)
				if !first {
					v.VMULPS(at(sgdKeep), b.x["buf"], t)
					v.VADDPS(t, s, s)
				}
				b.x["buf"] = s
				v.VMULPS(at(sgdDirect), g, g)
				v.VMULPS(at(sgdAlong), s, t)
				v.VADDPS(t, g, g)
			}
			v.VMULPS(at(sgdLR), g, g)
			v.VSUBPS(g, p, p)
		}
		v.elementwise(l)
	}
	sgd("sgdAsm", false, false)
	sgd("sgdMomentumAsm", true, false)
	sgd("sgdFirstAsm", true, true)
}
