package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa is a vector instruction set.
type isa struct {
	*build.Context
	name  string
	lanes int // float32 in a register
	words *words
}

// words are the constants that a file has declared so far.
type words struct {
	values []uint32
	places []Mem
	masks  Mem
	count  int
}

func avx2(c *build.Context) isa   { return isa{c, "avx2", 8, new(words)} }
func avx512(c *build.Context) isa { return isa{c, "avx512", 16, new(words)} }

// label returns a new name for data.
func (v isa) label(prefix string) string {
	v.words.count++
	return fmt.Sprintf("%s%d", prefix, v.words.count)
}

func (v isa) bytes() int { return 4 * v.lanes }

func (v isa) wide() bool { return v.lanes == 16 }

// begin starts a function.
func (v isa) begin(name, signature string) {
	v.Function(name)
	v.Attributes(attr.NOSPLIT)
	v.SignatureExpr(signature)
}

func (v isa) vec() reg.VecVirtual {
	if v.wide() {
		return v.ZMM()
	}
	return v.YMM()
}

func (v isa) vecs(n int) []reg.VecVirtual {
	r := make([]reg.VecVirtual, n)
	for i := range r {
		r[i] = v.vec()
	}
	return r
}

func (v isa) zero(r reg.Register) {
	if v.wide() {
		v.VPXORD(r, r, r)
	} else {
		v.VXORPS(r, r, r)
	}
}

// mask says which lanes of a vector exist: nil for all, a K register with
// AVX-512, a vector of signs with AVX2.
type mask = reg.Register

// load sets r to memory; absent lanes become zero.
func (v isa) load(m Mem, k mask, r reg.Register) {
	switch {
	case k == nil:
		v.VMOVUPS(m, r)
	case v.wide():
		v.VMOVUPS_Z(m, k, r)
	default:
		v.VMASKMOVPS(m, k, r)
	}
}

// store writes the lanes of r that exist.
func (v isa) store(r reg.Register, k mask, m Mem) {
	switch {
	case k == nil:
		v.VMOVUPS(r, m)
	case v.wide():
		v.VMOVUPS(r, k, m)
	default:
		v.VMASKMOVPS(r, k, m)
	}
}

// relu sets x to x where it is not below zero, else 0. With the zero as
// first source of MAXPS a NaN stays.
func (v isa) relu(zero, x reg.Register) { v.VMAXPS(x, zero, x) }
