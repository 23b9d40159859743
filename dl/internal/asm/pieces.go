package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Rounding modes.
const (
	toEven = iota
	down
	up
	towardsZero
)

// pieces writes the functions that are made of straight pieces.
func pieces(v isa) {
	unary := func(name string, floats []string, each func(b *body, x reg.VecVirtual) reg.VecVirtual) {
		v.elementwise(loop{name: name, slices: []string{"dst", "a"}, floats: floats, unroll: 4, each: func(b *body) {
			b.x["dst"] = each(b, b.x["a"])
		}})
	}
	for mode, name := range []string{toEven: "roundAsm", down: "floorAsm", up: "ceilAsm", towardsZero: "truncAsm"} {
		unary(name, nil, func(b *body, x reg.VecVirtual) reg.VecVirtual {
			v.roundTo(mode, x, x)
			return x
		})
	}
	unary("absAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		v.VANDPS(v.word(1<<31-1), x, x)
		return x
	})
	unary("reciprocalAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		one := v.vec()
		v.VMOVUPS(v.float(1), one)
		v.VDIVPS(x, one, one)
		return one
	})
	unary("signAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		zero, up, down := v.vec(), v.vec(), v.vec()
		v.zero(zero)
		v.keep(v.compare(cmpLess, x, zero), v.float(1), up)
		v.keep(v.compare(cmpLess, zero, x), v.float(-1), down)
		v.VORPS(up, down, down)
		return down
	})
	// With x as the last source NaN stays.
	unary("clampAsm", []string{"lo", "hi"}, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		v.VMAXPS(x, b.c["lo"], x)
		v.VMINPS(x, b.c["hi"], x)
		return x
	})
	unary("leakyAsm", []string{"slope"}, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		zero, y := v.vec(), v.vec()
		v.zero(zero)
		v.VMULPS(b.c["slope"], x, y)
		v.choose(v.compare(cmpLess, x, zero), x, y, y)
		return y
	})
	unary("thresholdAsm", []string{"limit", "value"}, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		v.choose(v.compare(cmpLessEqual, b.c["limit"], x), b.c["value"], x, x)
		return x
	})
	unary("stairsAsm", []string{"lo", "hi", "below", "inside", "above", "nan"}, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		y := v.vec()
		v.choose(v.compare(cmpUnordered, x, x), b.c["nan"], b.c["inside"], y)
		v.choose(v.compare(cmpLessEqual, b.c["lo"], x), b.c["below"], y, y)
		v.choose(v.compare(cmpLessEqual, x, b.c["hi"]), b.c["above"], y, y)
		return y
	})
}

// roundTo rounds to an integer.
func (v isa) roundTo(mode int, x, dst reg.Register) {
	if v.wide() {
		v.VRNDSCALEPS(Imm(uint64(8|mode)), x, dst)
		return
	}
	v.VROUNDPS(Imm(uint64(8|mode)), x, dst)
}
