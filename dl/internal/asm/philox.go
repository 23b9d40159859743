package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// philox writes a generator of random words: eight blocks of four words at a
// time, by ten rounds of Philox 4×32 (Salmon et al., SC 2011). The counter of
// a block is its number, the stream and zero. Uniform turns the upper 24 bits
// of every word into a float32 from [0, 1).
func philox(v isa, name string, uniform bool) {
	v.begin(name, "func(groups int, dst *float32, block, stream, seed uint64)")
	groups, dst := v.Load(v.Param("groups"), v.GP64()), v.Load(v.Param("dst"), v.GP64())
	seed := v.Load(v.Param("seed"), v.GP64())
	high := v.GP64()
	v.MOVQ(seed, high)
	v.SHRQ(Imm(32), high)

	quads := func(name string, x ...uint64) Mem {
		m := v.StaticGlobal(name)
		v.DataAttributes(attr.RODATA | attr.NOPTR)
		for i, q := range x {
			v.AddDatum(8*i, U64(q))
		}
		return m
	}
	// Block numbers in 64 bits, in the order that a shuffle of their halves
	// puts right.
	n0, n1 := v.YMM(), v.YMM()
	addr, err := v.Param("block").Resolve()
	if err != nil {
		panic(err)
	}
	v.VPBROADCASTQ(addr.Addr, n0)
	v.VPADDQ(quads(v.label("philoxOdd"), 2, 3, 6, 7), n0, n1)
	v.VPADDQ(quads(v.label("philoxEven"), 0, 1, 4, 5), n0, n0)
	eight := quads(v.label("philoxEight"), 8, 8, 8, 8)

	v.Label("group")
	a, b, x, y := v.YMM(), v.YMM(), v.YMM(), v.YMM()
	v.VSHUFPS(Imm(0x88), n1, n0, a)
	v.VSHUFPS(Imm(0xdd), n1, n0, b)
	addr, err = v.Param("stream").Resolve()
	if err != nil {
		panic(err)
	}
	v.VPBROADCASTD(addr.Addr, x)
	v.VPXOR(y, y, y)
	v.VPADDQ(eight, n0, n0)
	v.VPADDQ(eight, n1, n1)
	k0, k1 := v.YMM(), v.YMM()
	for _, k := range []struct {
		from reg.Register
		to   reg.VecVirtual
	}{{seed, k0}, {high, k1}} {
		v.VMOVD(k.from.(reg.GP).As32(), k.to.AsX())
		v.VPBROADCASTD(k.to.AsX(), k.to)
	}
	for range 10 {
		pHigh, pLow := v.multiply32(a, 0xD2511F53)
		qHigh, qLow := v.multiply32(x, 0xCD9E8D57)
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
	blocks := v.vecs(4) // 0 and 4, 1 and 5, 2 and 6, 3 and 7
	for i := range 2 {
		v.VUNPCKLPD(pairs[2+i], pairs[i], blocks[2*i])
		v.VUNPCKHPD(pairs[2+i], pairs[i], blocks[2*i+1])
	}
	t := v.vec()
	for i, o := range []struct{ a, b, halves int }{{0, 1, 0x20}, {2, 3, 0x20}, {0, 1, 0x31}, {2, 3, 0x31}} {
		v.VPERM2F128(Imm(uint64(o.halves)), blocks[o.b], blocks[o.a], t)
		v.VMOVUPS(t, Mem{Base: dst, Disp: 32 * i})
	}
	v.ADDQ(U32(128), dst)
	v.DECQ(groups)
	v.JNZ(LabelRef("group"))
	v.VZEROUPPER()
	v.RET()
}

// multiply32 returns the high and the low words of the products of eight
// words and a constant.
func (v isa) multiply32(x reg.VecVirtual, m uint32) (high, low reg.VecVirtual) {
	odd, t := v.YMM(), v.YMM()
	high, low = v.YMM(), v.YMM()
	v.VPSRLQ(Imm(32), x, odd)
	v.VPMULUDQ(v.word(m), x, low) // even words
	v.VPMULUDQ(v.word(m), odd, odd)
	v.VPSRLQ(Imm(32), low, t)
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
