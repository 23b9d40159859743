package interp

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// A vector instruction has a destination, before it perhaps a mask, and
// sources.
type form struct {
	imm  int64
	srcs []*operand
	mask *operand
	dst  *operand
}

func (i *instruction) form() (f form) {
	a := i.args
	f.dst = &a[len(a)-1]
	a = a[:len(a)-1]
	if n := len(a); n > 0 && a[n-1].kind == maskRegister {
		f.mask, a = &i.args[n-1], a[:n-1]
	}
	if len(a) > 0 && a[0].kind == immediate {
		f.imm, a = a[0].imm, a[1:]
	}
	for k := range a {
		f.srcs = append(f.srcs, &a[k])
	}
	return f
}

// words is how many lanes of 32 bits an instruction works on.
func (f *form) words() int {
	n := f.dst.size
	for _, s := range f.srcs {
		n = max(n, s.size)
	}
	return n / 4
}

// has returns the lanes that the mask leaves.
func (m *machine) has(f *form) uint64 {
	if f.mask == nil {
		return math.MaxUint64
	}
	if f.mask.reg == 0 {
		panic("K0 as a mask")
	}
	return m.mask[f.mask.reg]
}

// source reads the n words of a source; a broadcast repeats a place in
// memory of so many words.
func (m *machine) source(i *instruction, o *operand, n int, has uint64, broadcast int) lanes {
	if o.kind != memory || !strings.Contains(i.op, ".BCST") {
		return m.lanes(o, n, has)
	}
	x := m.lanes(o, broadcast, all(broadcast))
	for k := broadcast; k < n; k++ {
		x[k] = x[k-broadcast]
	}
	return x
}

// put writes n words to the destination; the lanes that has leaves out stay,
// or become zero.
func (m *machine) put(i *instruction, d *operand, x lanes, n int, has uint64) {
	if d.kind == memory {
		a := m.address(d)
		for k := range n {
			if has>>k&1 != 0 {
				binary.LittleEndian.PutUint32(m.at(a+uint64(4*k), 4), x[k])
			}
		}
		return
	}
	old := &m.vector[d.reg]
	clear(x[n:])
	for k := range n {
		switch {
		case has>>k&1 != 0:
		case strings.HasSuffix(i.op, ".Z"):
			x[k] = 0
		default:
			x[k] = old[k]
		}
	}
	*old = x
}

// lanewise makes an instruction of a function on the words of up to three
// sources, in the order of the operands, the destination the last of three.
func lanewise(sources int, f func(imm int64, x [3]uint32) uint32) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		o := i.form()
		n, has := o.words(), m.has(&o)
		var in [3]lanes
		for s := range sources {
			src := o.dst
			if s < len(o.srcs) {
				src = o.srcs[s]
			}
			in[s] = m.source(i, src, n, has, 1)
		}
		var out lanes
		for k := range n {
			out[k] = f(o.imm, [3]uint32{in[0][k], in[1][k], in[2][k]})
		}
		m.put(i, o.dst, out, n, m.has(&o))
	}
}

// double is lanewise for words of 64 bits; the mask may leave none out.
func double(sources int, f func(imm int64, b, a uint64) uint64) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		o := i.form()
		if o.mask != nil {
			panic("mask of words of 64 bits")
		}
		n := o.words()
		var in [2]lanes
		for s := range sources {
			in[s] = m.source(i, o.srcs[s], n, math.MaxUint64, 2)
		}
		var out lanes
		for k := 0; k < n; k += 2 {
			at := func(x *lanes) uint64 { return uint64(x[k]) | uint64(x[k+1])<<32 }
			v := f(o.imm, at(&in[0]), at(&in[1]))
			out[k], out[k+1] = uint32(v), uint32(v>>32)
		}
		m.put(i, o.dst, out, n, m.has(&o))
	}
}

// rearranged makes an instruction that takes words from its sources: from
// says from which one and where, for lane k of n, in the order of the
// operands.
func rearranged(from func(imm int64, k, n int) (source, at int)) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		o := i.form()
		n := o.words()
		var in [2]lanes
		for s := range o.srcs {
			in[s] = m.source(i, o.srcs[s], n, math.MaxUint64, 1)
		}
		var out lanes
		for k := range n {
			s, at := from(o.imm, k, n)
			out[k] = in[s][at]
		}
		if o.dst.kind == vector && o.dst.size < 4*n { // an extraction
			n = o.dst.size / 4
		}
		m.put(i, o.dst, out, n, m.has(&o))
	}
}

// unpack takes words of w from the low or the high half of every 128 bits,
// by turns of the second and the first source.
func unpack(w, high int) func(int64, int, int) (int, int) {
	return func(_ int64, k, n int) (int, int) {
		block, e := k&^3, k&3
		return 1 - e/w%2, block + 2*high + e/(2*w)*w + e%w
	}
}

// extract takes n words of a vector.
func extract(words int) func(int64, int, int) (int, int) {
	return func(imm int64, k, n int) (int, int) { return 0, (int(imm)*words + k) % n }
}

// byIndex takes the words of the first source that the second one numbers.
func byIndex(m *machine, i *instruction) {
	o := i.form()
	n := o.words()
	x, at := m.lanes(o.srcs[0], n, math.MaxUint64), m.lanes(o.srcs[1], n, math.MaxUint64)
	var out lanes
	for k := range n {
		out[k] = x[int(at[k])%n]
	}
	m.put(i, o.dst, out, n, m.has(&o))
}

// compared writes a mask, or words of ones and zeros.
func compared(f func(imm int64, b, a uint32) bool) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		o := i.form()
		n, has := o.words(), m.has(&o)
		b, a := m.source(i, o.srcs[0], n, has, 1), m.source(i, o.srcs[1], n, has, 1)
		var out lanes
		var k uint64
		for j := range n {
			if f(o.imm, b[j], a[j]) {
				out[j] = math.MaxUint32
				k |= 1 << j
			}
		}
		if o.dst.kind == maskRegister {
			m.mask[o.dst.reg] = k & has
			return
		}
		m.put(i, o.dst, out, n, m.has(&o))
	}
}

// blend takes the second source where the mask says so: the signs of a
// vector, bits, or a mask register.
func blend(mask func(m *machine, i *instruction, n int) (k uint64, from int)) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		d := &i.args[len(i.args)-1]
		n := d.size / 4
		k, from := mask(m, i, n)
		y := m.source(i, &i.args[from], n, k, 1)
		x := m.lanes(&i.args[from+1], n, math.MaxUint64)
		for j := range n {
			if k>>j&1 != 0 {
				x[j] = y[j]
			}
		}
		m.vector[d.reg] = x
	}
}

// masked moves the lanes whose sign is set in a vector; the others of a
// register become zero.
func masked(m *machine, i *instruction) {
	d := &i.args[2]
	n := i.args[1].size / 4
	has := signs(m.vector[i.args[1].reg], n)
	x := m.lanes(&i.args[0], n, has)
	if d.kind == vector {
		has = math.MaxUint64
	}
	m.put(i, d, x, n, has)
}

// broadcast repeats the first words of its source.
func broadcast(words int) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		o := i.form()
		x := m.lanes(o.srcs[0], words, all(words))
		n := o.dst.size / 4
		for k := words; k < n; k++ {
			x[k] = x[k-words]
		}
		m.put(i, o.dst, x, n, m.has(&o))
	}
}

func addVectorOperations() {
	// One place for both sets of instructions: the suffixes of AVX-512 change
	// how sources are read and how lanes are written.
	add := func(do func(m *machine, i *instruction), names ...string) {
		for _, n := range names {
			for _, suffix := range []string{"", ".Z", ".BCST", ".BCST.Z"} {
				operations[n+suffix] = do
			}
		}
	}
	pair := func(f func(b, a uint32) uint32, names ...string) {
		add(lanewise(2, func(_ int64, x [3]uint32) uint32 { return f(x[0], x[1]) }), names...)
	}
	one := func(f func(imm int64, x uint32) uint32, names ...string) {
		add(lanewise(1, func(imm int64, x [3]uint32) uint32 { return f(imm, x[0]) }), names...)
	}
	one(func(_ int64, x uint32) uint32 { return x }, "VMOVUPS", "VMOVAPS", "VMOVDQU", "VMOVDQU32")
	one(func(_ int64, x uint32) uint32 { return bitsOf(float32(math.Sqrt(float64(float(x))))) }, "VSQRTPS")
	one(func(_ int64, x uint32) uint32 { return bitsOf(float32(int32(x))) }, "VCVTDQ2PS")
	one(func(_ int64, x uint32) uint32 { return toInt(float(x)) }, "VCVTPS2DQ")
	one(func(imm int64, x uint32) uint32 {
		modes := []func(float64) float64{math.RoundToEven, math.Floor, math.Ceil, math.Trunc}
		if imm&8 == 0 || imm&^8 >= int64(len(modes)) {
			panic("rounding that may signal, or to a fraction")
		}
		return bitsOf(float32(modes[imm&^8](float64(float(x)))))
	}, "VROUNDPS", "VRNDSCALEPS")
	one(func(n int64, x uint32) uint32 { return x << n }, "VPSLLD")
	one(func(n int64, x uint32) uint32 { return x >> n }, "VPSRLD")
	one(func(n int64, x uint32) uint32 { return uint32(int32(x) >> n) }, "VPSRAD")
	pair(func(b, a uint32) uint32 { return a ^ b }, "VXORPS", "VPXOR", "VPXORD")
	pair(func(b, a uint32) uint32 { return a & b }, "VANDPS", "VPAND", "VPANDD")
	pair(func(b, a uint32) uint32 { return ^a & b }, "VANDNPS")
	pair(func(b, a uint32) uint32 { return a | b }, "VORPS", "VPORD")
	pair(func(b, a uint32) uint32 { return a + b }, "VPADDD")
	pair(func(b, a uint32) uint32 { return a - b }, "VPSUBD")
	floats := func(f func(b, a float32) float32, names ...string) {
		pair(func(b, a uint32) uint32 { return bitsOf(f(float(b), float(a))) }, names...)
	}
	floats(func(b, a float32) float32 { return a + b }, "VADDPS")
	floats(func(b, a float32) float32 { return a - b }, "VSUBPS")
	floats(func(b, a float32) float32 { return a * b }, "VMULPS")
	floats(func(b, a float32) float32 { return a / b }, "VDIVPS")
	// The second source in Intel's order where neither is larger.
	pair(func(b, a uint32) uint32 { return pick(float(a) > float(b), a, b) }, "VMAXPS")
	pair(func(b, a uint32) uint32 { return pick(float(a) < float(b), a, b) }, "VMINPS")
	fused := func(f func(c, b, a float32) float32, name string) {
		add(lanewise(3, func(_ int64, x [3]uint32) uint32 { return bitsOf(f(float(x[0]), float(x[1]), float(x[2]))) }), name)
	}
	fused(func(c, b, a float32) float32 { return fma(b, a, c) }, "VFMADD213PS")
	fused(func(c, b, a float32) float32 { return fma(b, c, a) }, "VFMADD231PS")
	fused(func(c, b, a float32) float32 { return fma(-b, c, a) }, "VFNMADD231PS")
	add(double(2, func(_ int64, b, a uint64) uint64 { return a + b }), "VPADDQ")
	add(double(2, func(_ int64, b, a uint64) uint64 { return uint64(uint32(a)) * uint64(uint32(b)) }), "VPMULUDQ")
	add(double(1, func(n int64, x, _ uint64) uint64 { return x >> n }), "VPSRLQ")
	add(double(1, func(n int64, x, _ uint64) uint64 { return x << n }), "VPSLLQ")
	for high, names := range [][2]string{{"VUNPCKLPS", "VUNPCKLPD"}, {"VUNPCKHPS", "VUNPCKHPD"}} {
		add(rearranged(unpack(1, high)), names[0])
		add(rearranged(unpack(2, high)), names[1])
	}
	add(rearranged(func(imm int64, k, _ int) (int, int) { return 1 - k&3/2, k&^3 + int(imm>>(k&3*2)&3) }), "VSHUFPS")
	add(rearranged(func(imm int64, k, _ int) (int, int) { return 0, k&^3 + int(imm>>(k&3*2)&3) }), "VPERMILPS")
	add(rearranged(func(imm int64, k, _ int) (int, int) { return 0, k&^7 + int(imm>>(k&7/2*2)&3)*2 + k&1 }), "VPERMPD")
	add(rearranged(func(imm int64, k, _ int) (int, int) {
		half := int(imm >> (k / 4 * 4) & 3)
		return 1 - half/2, half%2*4 + k%4
	}), "VPERM2F128")
	add(rearranged(func(imm int64, k, n int) (int, int) {
		blocks := n / 4 // two bits choose from four, one from two
		at := int(imm) >> (k / 4 * blocks / 2) & (blocks - 1)
		return 1 - k/(n/2), at*4 + k%4
	}), "VSHUFF32X4")
	add(rearranged(extract(4)), "VEXTRACTF128", "VEXTRACTF32X4")
	add(rearranged(extract(8)), "VEXTRACTF64X4")
	add(byIndex, "VPERMPS", "VPERMD")
	add(broadcast(1), "VBROADCASTSS", "VPBROADCASTD")
	add(broadcast(2), "VPBROADCASTQ")
	add(compared(func(p int64, b, a uint32) bool { return predicate(p, float(a), float(b)) }), "VCMPPS")
	add(compared(func(_ int64, b, a uint32) bool { return int32(a) > int32(b) }), "VPCMPGTD")
	add(blend(func(m *machine, i *instruction, n int) (uint64, int) { return signs(m.vector[i.args[0].reg], n), 1 }), "VBLENDVPS")
	add(blend(func(m *machine, i *instruction, n int) (uint64, int) { return uint64(i.args[0].imm), 1 }), "VPBLENDD")
	add(blend(func(m *machine, i *instruction, n int) (uint64, int) { return m.mask[i.args[2].reg], 0 }), "VBLENDMPS", "VPBLENDMD")
	operations["VMASKMOVPS"] = masked
	operations["VMOVMSKPS"] = func(m *machine, i *instruction) {
		m.setWord(&i.args[1], signs(m.vector[i.args[0].reg], i.args[0].size/4), 4)
	}
	operations["VPMOVD2M"] = func(m *machine, i *instruction) {
		m.mask[i.args[1].reg] = signs(m.vector[i.args[0].reg], i.args[0].size/4)
	}
	operations["VPMOVZXBD"] = func(m *machine, i *instruction) {
		var x lanes
		d := &i.args[1]
		n := d.size / 4
		for k, b := range m.at(m.address(&i.args[0]), n) {
			x[k] = uint32(b)
		}
		m.vector[d.reg] = x
	}
	move := operations["VMOVUPS"]
	operations["VMOVNTPS"] = func(m *machine, i *instruction) {
		if a := m.address(&i.args[1]); a%uint64(i.args[0].size) != 0 {
			panic(fmt.Sprintf("a streaming store to %#x is not aligned", a))
		}
		move(m, i)
	}
	operations["SFENCE"] = func(*machine, *instruction) {} // one processor sees its own stores in order
	operations["VZEROUPPER"] = func(m *machine, i *instruction) {
		for r := range 16 {
			clear(m.vector[r][4:])
		}
	}
}

// predicate is a comparison of VCMPPS.
func predicate(p int64, a, b float32) bool {
	unordered := a != a || b != b
	switch p {
	case 0:
		return a == b
	case 1:
		return a < b
	case 2:
		return a <= b
	case 3:
		return unordered
	case 5:
		return !(a < b)
	case 6:
		return !(a <= b)
	case 9:
		return !(a >= b)
	case 0x1e:
		return a > b
	}
	panic(fmt.Sprintf("predicate %d", p))
}
