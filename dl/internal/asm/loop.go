package main

import (
	"math"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// loop describes a function of package simd that goes over slices of n
// elements in step. Its parameters are n, the address of every slice, and
// the floats.
type loop struct {
	name   string
	slices []string // "dst" is written and, unless in load, not read
	load   []string // slices that are read, nil for all but dst
	store  []string // slices that are written, nil for dst
	floats []string // float32 parameters
	consts bool     // a last parameter, the address of constants for body
	unroll int      // vectors per turn
	bytes  string   // a slice of uint8; n is then a multiple of eight
	stream bool     // whole vectors are stored past the caches; dst is aligned to one
	// setup runs before the loop and may add to c.
	setup func(b *body)
	// each computes from and to the vectors in x.
	each func(b *body)
}

// body is what the parts of a loop work with.
type body struct {
	isa
	c    map[string]reg.VecVirtual // broadcast floats and what setup added
	x    map[string]reg.VecVirtual // current vectors of the slices
	args reg.GPVirtual             // address of the constants
	tail reg.Register              // mask of a reduction's tail
}

// constant broadcasts a float32 from memory.
func (v isa) constant(x float32) reg.VecVirtual {
	return v.bits(math.Float32bits(x))
}

// bits broadcasts a word.
func (v isa) bits(x uint32) reg.VecVirtual {
	r := v.vec()
	v.VBROADCASTSS(v.ConstData(v.label("c"), U32(x)), r)
	return r
}

// word returns a word in memory, eight times, for use as an operand.
func (v isa) word(x uint32) Mem {
	for i, w := range v.words.values {
		if w == x {
			return v.words.places[i]
		}
	}
	m := v.StaticGlobal(v.label("w"))
	v.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 8 {
		v.AddDatum(4*i, U32(x))
	}
	v.words.values, v.words.places = append(v.words.values, x), append(v.words.places, m)
	return v.repeated(m)
}

// float is word for a float32.
func (v isa) float(x float32) Mem { return v.word(math.Float32bits(x)) }

// tailMasks declares 32 words of ones and 32 of zeros: the mask of the first
// n of 32 elements begins at word 32-n.
func (v isa) tailMasks() Mem {
	if v.words.masks.Symbol.Name == "" {
		v.words.masks = v.StaticGlobal("masks")
		v.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range 64 {
			x := uint32(math.MaxUint32)
			if i >= 32 {
				x = 0
			}
			v.AddDatum(4*i, U32(x))
		}
	}
	return v.words.masks
}

// parameter declarations in the order that Go callers use.
func (l *loop) signature(result string) string {
	p := []string{"n int"}
	for _, s := range l.slices {
		t := "*float32"
		if s == l.bytes {
			t = "*uint8"
		}
		p = append(p, s+" "+t)
	}
	for _, s := range l.floats {
		p = append(p, s+" float32")
	}
	if l.consts {
		p = append(p, "args *float32")
	}
	return "func(" + strings.Join(p, ", ") + ")" + result
}

// open starts the function and loads its parameters.
func (v isa) open(l *loop, result string) (n reg.Register, p map[string]reg.GPVirtual, b *body) {
	v.begin(l.name, l.signature(result))
	n = v.Load(v.Param("n"), v.GP64())
	p = map[string]reg.GPVirtual{}
	for _, s := range l.slices {
		p[s] = v.GP64()
		v.Load(v.Param(s), p[s])
	}
	b = &body{isa: v, c: map[string]reg.VecVirtual{}, x: map[string]reg.VecVirtual{}}
	for _, s := range l.floats {
		r := v.vec()
		at, err := v.Param(s).Resolve()
		if err != nil {
			panic(err)
		}
		v.VBROADCASTSS(at.Addr, r)
		b.c[s] = r
	}
	if l.consts {
		b.args = v.GP64()
		v.Load(v.Param("args"), b.args)
	}
	if l.load == nil {
		for _, s := range l.slices {
			if s != "dst" {
				l.load = append(l.load, s)
			}
		}
	}
	if l.setup != nil {
		l.setup(b)
	}
	return n, p, b
}

// elementwise writes a loop that stores what each computes: turns of unroll
// vectors, then single vectors, then a masked one.
func (v isa) elementwise(l loop) {
	if l.store == nil {
		l.store = []string{"dst"}
	}
	n, p, b := v.open(&l, "")
	put := func(r, m Op) { v.VMOVUPS(r, m) }
	if l.stream {
		put = v.VMOVNTPS
	}
	size := func(s string) int {
		if s == l.bytes {
			return v.lanes
		}
		return v.bytes()
	}
	vector := func(u int) {
		for _, s := range l.load {
			b.x[s] = v.vec()
			m := Mem{Base: p[s], Disp: u * size(s)}
			if s == l.bytes {
				v.VPMOVZXBD(m, b.x[s])
			} else {
				v.VMOVUPS(m, b.x[s])
			}
		}
		l.each(b)
		for _, s := range l.store {
			put(b.x[s], Mem{Base: p[s], Disp: u * size(s)})
		}
	}
	turns := func(label, next string, count int) {
		v.SUBQ(U32(uint32(count*v.lanes)), n)
		v.JL(LabelRef(next))
		v.Label(label)
		for u := range count {
			vector(u)
		}
		for _, s := range l.slices {
			v.ADDQ(U32(uint32(count*size(s))), p[s])
		}
		v.SUBQ(U32(uint32(count*v.lanes)), n)
		v.JGE(LabelRef(label))
		v.Label(next)
		v.ADDQ(U32(uint32(count*v.lanes)), n)
	}
	if l.unroll > 1 {
		turns("turns", "turnsDone", l.unroll)
	}
	turns("vectors", "vectorsDone", 1)
	if l.bytes == "" || v.wide() {
		v.TESTQ(n, n)
		v.JZ(LabelRef("done"))
		k := v.tailMask(n)
		for _, s := range l.load {
			b.x[s] = v.vec()
			if s == l.bytes { // eight are left
				v.VPMOVZXBD(Mem{Base: p[s]}, b.x[s].AsY())
			} else {
				v.load(Mem{Base: p[s]}, k, b.x[s])
			}
		}
		l.each(b)
		for _, s := range l.store {
			v.store(b.x[s], k, Mem{Base: p[s]})
		}
		v.Label("done")
	}
	v.VZEROUPPER()
	v.RET()
}
