package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// philox writes a generator of random words: groups of eight blocks of four
// words, one or with AVX-512 two at a time, by ten rounds of Philox 4×32
// (Salmon et al., SC 2011). The counter of a block is its number, the stream
// and zero. Uniform turns the upper 24 bits of every word into a float32 from
// [0, 1).
func philox(v isa, name string, uniform bool) {
	v.begin(name, "func(groups int, dst *float32, block, stream, seed uint64)")
	groups, dst := v.Load(v.Param("groups"), v.GP64()), v.Load(v.Param("dst"), v.GP64())
	seed := v.Load(v.Param("seed"), v.GP64())
	high := v.GP64()
	v.MOVQ(seed, high)
	v.SHRQ(Imm(32), high)

	// A vector of a word, plus two for every second one where skip is set.
	quads := func(name string, x uint64, skip bool) Mem {
		m := v.StaticGlobal(v.label(name))
		v.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range v.lanes / 2 {
			q := x
			if skip {
				q += uint64(i + i/2*2)
			}
			v.AddDatum(8*i, U64(q))
		}
		return m
	}
	// Block numbers in 64 bits, in the order that a shuffle of their halves
	// puts right.
	n0, n1 := v.vec(), v.vec()
	addr, err := v.Param("block").Resolve()
	if err != nil {
		panic(err)
	}
	v.VPBROADCASTQ(addr.Addr, n0)
	v.VPADDQ(quads("philoxOdd", 2, true), n0, n1)
	v.VPADDQ(quads("philoxEven", 0, true), n0, n0)
	next := quads("philoxNext", uint64(v.lanes), false)
	var odd reg.Register // words
	if v.wide() {
		w := v.GP32()
		odd = v.K()
		v.MOVL(U32(0xaaaa), w)
		v.KMOVW(w, odd)
	}

	v.Label("group")
	a, b, x, y := v.vec(), v.vec(), v.vec(), v.vec()
	v.VSHUFPS(Imm(0x88), n1, n0, a)
	v.VSHUFPS(Imm(0xdd), n1, n0, b)
	addr, err = v.Param("stream").Resolve()
	if err != nil {
		panic(err)
	}
	v.VPBROADCASTD(addr.Addr, x)
	v.VPXOR(y, y, y)
	v.VPADDQ(next, n0, n0)
	v.VPADDQ(next, n1, n1)
	k0, k1 := v.vec(), v.vec()
	for _, k := range []struct {
		from reg.Register
		to   reg.VecVirtual
	}{{seed, k0}, {high, k1}} {
		v.VMOVD(k.from.(reg.GP).As32(), k.to.AsX())
		v.VPBROADCASTD(k.to.AsX(), k.to)
	}
	for range 10 {
		pHigh, pLow := v.multiply32(a, 0xD2511F53, odd)
		qHigh, qLow := v.multiply32(x, 0xCD9E8D57, odd)
		v.VPXOR(b, qHigh, qHigh)
		v.VPXOR(k0, qHigh, a)
		v.VMOVDQU(qLow, b)
		v.VPXOR(y, pHigh, pHigh)
		v.VPXOR(k1, pHigh, x)
		v.VMOVDQU(pLow, y)
		v.VPADDD(v.word(0x9E3779B9), k0, k0)
		v.VPADDD(v.word(0xBB67AE85), k1, k1)
	}
	if uniform {
		for _, w := range []reg.VecVirtual{a, b, x, y} {
			v.VPSRLD(Imm(8), w, w)
			v.VCVTDQ2PS(w, w)
			v.VMULPS(v.float(1.0/(1<<24)), w, w)
		}
	}
	// The words of a block become neighbours.
	pairs := v.vecs(4)
	v.VUNPCKLPS(b, a, pairs[0])
	v.VUNPCKHPS(b, a, pairs[1])
	v.VUNPCKLPS(y, x, pairs[2])
	v.VUNPCKHPS(y, x, pairs[3])
	blocks := v.vecs(4) // 0, 4 and so on, 1 and 5, 2 and 6, 3 and 7
	for i := range 2 {
		v.VUNPCKLPD(pairs[2+i], pairs[i], blocks[2*i])
		v.VUNPCKHPD(pairs[2+i], pairs[i], blocks[2*i+1])
	}
	if v.wide() {
		v.storeBlocks(blocks, dst, groups)
	} else {
		t := v.vec()
		for i, o := range []struct{ a, b, halves int }{{0, 1, 0x20}, {2, 3, 0x20}, {0, 1, 0x31}, {2, 3, 0x31}} {
			v.VPERM2F128(Imm(uint64(o.halves)), blocks[o.b], blocks[o.a], t)
			v.VMOVUPS(t, Mem{Base: dst, Disp: 32 * i})
		}
		v.ADDQ(U32(128), dst)
		v.DECQ(groups)
	}
	v.JNZ(LabelRef("group"))
	if v.wide() {
		v.Label("done")
	}
	v.VZEROUPPER()
	v.RET()
}

// storeBlocks stores the words of 16 blocks, or of the last eight: every
// vector has a block in four, four blocks apart.
func (v isa) storeBlocks(blocks []reg.VecVirtual, dst, groups reg.Register) {
	low, high, t := v.vec(), v.vec(), v.vec()
	for half := range 2 {
		side := uint64(0x44 + 0xaa*half) // of the blocks: 0 to 7, 8 to 15
		v.VSHUFF32X4(Imm(side), blocks[1], blocks[0], low)
		v.VSHUFF32X4(Imm(side), blocks[3], blocks[2], high)
		for i, odd := range []uint64{0x88, 0xdd} {
			v.VSHUFF32X4(Imm(odd), high, low, t)
			v.VMOVUPS(t, Mem{Base: dst, Disp: 64 * i})
		}
		v.ADDQ(U32(128), dst)
		v.DECQ(groups)
		if half == 0 {
			v.JZ(LabelRef("done"))
		}
	}
}

// multiply32 returns the high and the low words of the products of eight
// words and a constant.
func (v isa) multiply32(x reg.VecVirtual, m uint32, oddWords reg.Register) (high, low reg.VecVirtual) {
	odd, t := v.vec(), v.vec()
	high, low = v.vec(), v.vec()
	v.VPSRLQ(Imm(32), x, odd)
	v.VPMULUDQ(v.word(m), x, low) // even words
	v.VPMULUDQ(v.word(m), odd, odd)
	v.VPSRLQ(Imm(32), low, t)
	if v.wide() {
		v.VPBLENDMD(odd, t, oddWords, high)
		v.VPSLLQ(Imm(32), odd, odd)
		v.VPBLENDMD(odd, low, oddWords, low)
		return high, low
	}
	v.VPBLENDD(Imm(0xaa), odd, t, high)
	v.VPSLLQ(Imm(32), odd, odd)
	v.VPBLENDD(Imm(0xaa), odd, low, low)
	return high, low
}

// transpose writes a loop over 8×8 blocks: rows·8 rows of 8 columns become 8
// rows. Pitches are in bytes.
func transpose(v isa) {
	v.begin("transpose8Asm", "func(blocks int, dst *float32, dstPitch int, src *float32, srcPitch int)")
	n := v.Load(v.Param("blocks"), v.GP64())
	dst, src := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	rows := func(base reg.Register, pitch reg.Register) func(i int) Mem {
		p3, p5, p7 := v.GP64(), v.GP64(), v.GP64()
		v.LEAQ(Mem{Base: pitch, Index: pitch, Scale: 2}, p3)
		v.LEAQ(Mem{Base: pitch, Index: pitch, Scale: 4}, p5)
		v.LEAQ(Mem{Base: p3, Index: pitch, Scale: 4}, p7)
		return func(i int) Mem {
			m := Mem{Base: base}
			switch i {
			case 1, 2, 4:
				return m.Idx(pitch, uint8(i))
			case 3:
				return m.Idx(p3, 1)
			case 5:
				return m.Idx(p5, 1)
			case 6:
				return m.Idx(p3, 2)
			case 7:
				return m.Idx(p7, 1)
			}
			return m
		}
	}
	to := rows(dst, v.Load(v.Param("dstPitch"), v.GP64()))
	srcPitch := v.Load(v.Param("srcPitch"), v.GP64())
	from := rows(src, srcPitch)
	v.Label("block")
	x := v.vecs(8)
	for i := range x {
		v.VMOVUPS(from(i), x[i])
	}
	for i, y := range v.transpose8(x) {
		v.VMOVUPS(y, to(i))
	}
	v.LEAQ(Mem{Base: src, Index: srcPitch, Scale: 8}, src)
	v.ADDQ(Imm(32), dst)
	v.DECQ(n)
	v.JNZ(LabelRef("block"))
	v.VZEROUPPER()
	v.RET()
}
