package main

import (
	"fmt"
	"strings"

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
	values   []uint32
	places   []Mem
	repeated map[Mem]bool // places with one word eight times
	masks    Mem
	count    int
}

// repeated notes that a place in memory has one word eight times.
func (v isa) repeated(m Mem) Mem {
	if v.words.repeated == nil {
		v.words.repeated = map[Mem]bool{}
	}
	v.words.repeated[m] = true
	return m
}

func avx2(c *build.Context) isa   { return isa{c, "avx2", 8, new(words)} }
func avx512(c *build.Context) isa { return isa{c, "avx512", 16, new(words)} }

// widened returns the instruction set for AVX-512 forms of a file's kernels.
func (v isa) widened() isa { return isa{v.Context, "avx512", 16, v.words} }

// wideName returns the name of the AVX-512 form of a kernel.
func wideName(name string) string {
	if n, ok := strings.CutSuffix(name, "Asm"); ok {
		return "avx512" + strings.ToUpper(n[:1]) + n[1:]
	}
	return name
}

// label returns a new name for data.
func (v isa) label(prefix string) string {
	v.words.count++
	return fmt.Sprintf("%s%d", prefix, v.words.count)
}

func (v isa) bytes() int { return 4 * v.lanes }

func (v isa) wide() bool { return v.lanes == 16 }

// begin starts a function.
func (v isa) begin(name, signature string) {
	if v.wide() {
		name = wideName(name)
	}
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

// loadOver is load, but absent lanes become the word x.
func (v isa) loadOver(m Mem, k mask, x Mem, r reg.Register) {
	if v.wide() {
		v.VMOVUPS(x, r)
		v.Context.VMOVUPS(m, k, r)
		return
	}
	v.VMASKMOVPS(m, k, r)
	t := v.vec()
	v.VMOVUPS(x, t)
	v.VBLENDVPS(k, r, t, r)
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
