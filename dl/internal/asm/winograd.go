package main

import (
	"math"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The transforms of Winograd's F(4×4, 3×3) with the points 0, ±√½, ±√2 and
// infinity; package conv says what they are for. Each works on vectors of
// channels: a place of a tile is a vector.
const (
	winoA = math.Sqrt2 / 2
	winoB = math.Sqrt2
	// What the polynomials of the points ±a and ±b are divided by, inverted.
	winoK = -2.0 / 3
	winoL = 1.0 / 6
)

func convKernels(c *build.Context) {
	v := avx2(c)
	for _, v := range []isa{v, v.widened()} {
		v.toPoints("winogradInputAsm", 6, v.winoInput)
		v.toPoints("winogradWeightAsm", 3, v.winoWeight)
		v.toPoints("winogradOutGradAsm", 4, v.winoOutGrad)
		v.fromPoints("winogradOutputAsm", 4, v.winoOutput)
		v.fromPoints("winogradWeightGradAsm", 3, v.winoWeightGrad)
	}
}

func convStubs(f *ir.File) map[string]string { return twoWidths(f, "conv") }

// plus returns a+b, less a-b, and so on: new vectors.
func (v isa) plus(a, b reg.VecVirtual) reg.VecVirtual {
	r := v.vec()
	v.VADDPS(b, a, r)
	return r
}

func (v isa) less(a, b reg.VecVirtual) reg.VecVirtual {
	r := v.vec()
	v.VSUBPS(b, a, r)
	return r
}

func (v isa) times(f float64, a reg.VecVirtual) reg.VecVirtual {
	r := v.vec()
	v.VMULPS(v.float(float32(f)), a, r)
	return r
}

// fused returns f·a + b, rounded once.
func (v isa) fused(f float64, a, b reg.VecVirtual) reg.VecVirtual {
	r := v.vec()
	v.VMOVAPS(b, r)
	v.VFMADD231PS(v.float(float32(f)), a, r)
	return r
}

func (v isa) winoInput(d []reg.VecVirtual) []reg.VecVirtual {
	first := v.fused(-2.5, d[2], v.plus(d[0], d[4]))
	last := v.fused(-2.5, d[3], v.plus(d[1], d[5]))
	e, o := v.fused(-2, d[2], d[4]), v.fused(-2, d[1], d[3])
	f, p := v.fused(-0.5, d[2], d[4]), v.fused(-0.5, d[1], d[3])
	return []reg.VecVirtual{first, v.fused(winoA, o, e), v.fused(-winoA, o, e), v.fused(winoB, p, f), v.fused(-winoB, p, f), last}
}

func (v isa) winoWeight(g []reg.VecVirtual) []reg.VecVirtual {
	e, f := v.times(winoK, v.fused(0.5, g[2], g[0])), v.times(winoL, v.fused(2, g[2], g[0]))
	return []reg.VecVirtual{g[0], v.fused(winoK*winoA, g[1], e), v.fused(-winoK*winoA, g[1], e),
		v.fused(winoL*winoB, g[1], f), v.fused(-winoL*winoB, g[1], f), g[2]}
}

func (v isa) winoOutput(m []reg.VecVirtual) []reg.VecVirtual {
	s, d, t, e := v.plus(m[1], m[2]), v.less(m[1], m[2]), v.plus(m[3], m[4]), v.less(m[3], m[4])
	return []reg.VecVirtual{v.plus(v.plus(m[0], s), t), v.fused(winoA, d, v.times(winoB, e)), v.fused(0.5, s, v.plus(t, t)),
		v.fused(winoA/2, d, v.fused(2*winoB, e, m[5]))}
}

func (v isa) winoOutGrad(y []reg.VecVirtual) []reg.VecVirtual {
	e, o := v.fused(0.5, y[2], y[0]), v.fused(0.5, y[3], y[1])
	f, p := v.fused(2, y[2], y[0]), v.fused(2, y[3], y[1])
	return []reg.VecVirtual{y[0], v.fused(winoA, o, e), v.fused(-winoA, o, e), v.fused(winoB, p, f), v.fused(-winoB, p, f), y[3]}
}

func (v isa) winoWeightGrad(u []reg.VecVirtual) []reg.VecVirtual {
	s, d, t, e := v.plus(u[1], u[2]), v.less(u[1], u[2]), v.plus(u[3], u[4]), v.less(u[3], u[4])
	return []reg.VecVirtual{v.fused(winoL, t, v.fused(winoK, s, u[0])), v.fused(winoK*winoA, d, v.times(winoL*winoB, e)),
		v.fused(2*winoL, t, v.fused(winoK/2, s, u[5]))}
}

// lattice addresses places that lie step bytes apart.
type lattice struct{ base, step, three, five reg.Register }

func (v isa) lattice(base, step reg.Register, n int) *lattice {
	l := &lattice{base: base, step: step}
	if n > 3 {
		l.three = v.GP64()
		v.LEAQ(Mem{Base: step, Index: step, Scale: 2}, l.three)
	}
	if n > 5 {
		l.five = v.GP64()
		v.LEAQ(Mem{Base: step, Index: step, Scale: 4}, l.five)
	}
	return l
}

func (l *lattice) at(i int) Mem {
	switch i {
	case 0:
		return Mem{Base: l.base}
	case 3:
		return Mem{Base: l.base, Index: l.three, Scale: 1}
	case 5:
		return Mem{Base: l.base, Index: l.five, Scale: 1}
	}
	return Mem{Base: l.base, Index: l.step, Scale: uint8(i)}
}

// through transforms the columns of an n×n tile into the scratch memory, then
// its rows. The lattice in runs down a column; next makes it that of the next
// column. Store gets the results of a row. Channels beyond k are not read.
func (v isa) through(n int, in *lattice, next func(), k mask, scratch reg.Register, one func([]reg.VecVirtual) []reg.VecVirtual, store func(row int, y []reg.VecVirtual)) {
	var m int
	for j := range n {
		x := v.vecs(n)
		for i := range x {
			v.load(in.at(i), k, x[i])
		}
		next()
		y := one(x)
		m = len(y)
		for i := range y {
			v.VMOVUPS(y[i], Mem{Base: scratch, Disp: v.bytes() * (i*n + j)})
		}
	}
	for i := range m {
		x := v.vecs(n)
		for j := range x {
			v.VMOVUPS(Mem{Base: scratch, Disp: v.bytes() * (i*n + j)}, x[j])
		}
		store(i, one(x))
	}
}

// channelMask returns, with AVX-512, the mask of the 16 channels of a turn, or
// of the last eight, n being how many times eight are left.
func (v isa) channelMask(n reg.Register) mask {
	if !v.wide() {
		return nil
	}
	bits, k := v.GP32(), v.K()
	v.MOVL(U32(1<<16-1), bits)
	v.CMPQ(n, Imm(2))
	v.JGE(LabelRef("both"))
	v.MOVL(U32(1<<8-1), bits)
	v.Label("both")
	v.KMOVW(bits, k)
	return k
}

// nextChannels goes to the start of the loop unless there are no channels
// left, n being how many times eight there were.
func (v isa) nextChannels(n reg.Register) {
	if v.wide() {
		v.SUBQ(Imm(2), n)
		v.JG(LabelRef("channels"))
		return
	}
	v.DECQ(n)
	v.JNZ(LabelRef("channels"))
}

// toPoints writes a function that takes eight times n channels of an m×m tile, whose rows
// and columns lie so many bytes apart, to the 36 pairs of points, which lie
// step bytes apart.
func (v isa) toPoints(name string, m int, one func([]reg.VecVirtual) []reg.VecVirtual) {
	v.begin(name, "func(n int, dst *float32, step int, src *float32, row, col int, scratch *float32)")
	n, dst, src := v.Load(v.Param("n"), v.GP64()), v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	step, row, col := v.Load(v.Param("step"), v.GP64()), v.Load(v.Param("row"), v.GP64()), v.Load(v.Param("col"), v.GP64())
	scratch := v.Load(v.Param("scratch"), v.GP64())
	from, to := v.GP64(), v.GP64()
	in, out := v.lattice(from, row, m), v.lattice(to, step, 6)
	v.Label("channels")
	k := v.channelMask(n)
	v.MOVQ(src, from)
	v.MOVQ(dst, to)
	v.through(m, in, func() { v.ADDQ(col, from) }, k, scratch, one, func(row int, y []reg.VecVirtual) {
		for j := range y {
			v.store(y[j], k, out.at(j))
		}
		if row < 5 {
			v.LEAQ(Mem{Base: to, Index: out.three, Scale: 2}, to)
		}
	})
	v.ADDQ(Imm(uint64(v.bytes())), src)
	v.ADDQ(Imm(uint64(v.bytes())), dst)
	v.nextChannels(n)
	v.VZEROUPPER()
	v.RET()
}

// fromPoints writes the way back to an m×m tile. The bias is added, and what
// is below floor is raised to it.
func (v isa) fromPoints(name string, m int, one func([]reg.VecVirtual) []reg.VecVirtual) {
	v.begin(name, "func(n int, dst *float32, row, col int, src *float32, step int, bias *float32, floor float32, scratch *float32)")
	n, dst, src := v.Load(v.Param("n"), v.GP64()), v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("src"), v.GP64())
	step, row, col := v.Load(v.Param("step"), v.GP64()), v.Load(v.Param("row"), v.GP64()), v.Load(v.Param("col"), v.GP64())
	bias, scratch := v.Load(v.Param("bias"), v.GP64()), v.Load(v.Param("scratch"), v.GP64())
	floor, err := v.Param("floor").Resolve()
	if err != nil {
		panic(err)
	}
	from, to, six := v.GP64(), v.GP64(), v.GP64()
	v.LEAQ(Mem{Base: step, Index: step, Scale: 2}, six)
	v.ADDQ(six, six)
	in, out := v.lattice(from, six, 6), v.lattice(to, col, m)
	v.Label("channels")
	k := v.channelMask(n)
	v.MOVQ(src, from)
	v.MOVQ(dst, to)
	v.through(6, in, func() { v.ADDQ(step, from) }, k, scratch, one, func(i int, y []reg.VecVirtual) {
		b, low := v.vec(), v.vec()
		v.load(Mem{Base: bias}, k, b)
		v.VBROADCASTSS(floor.Addr, low)
		for j := range y {
			v.VADDPS(b, y[j], y[j])
			v.relu(low, y[j])
			v.store(y[j], k, out.at(j))
		}
		if i < m-1 {
			v.ADDQ(row, to)
		}
	})
	v.ADDQ(Imm(uint64(v.bytes())), src)
	v.ADDQ(Imm(uint64(v.bytes())), dst)
	v.ADDQ(Imm(uint64(v.bytes())), bias)
	v.nextChannels(n)
	v.VZEROUPPER()
	v.RET()
}
