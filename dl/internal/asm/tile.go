package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets in the struct strip of package gemm; a test there compares them.
const (
	stripA     = 0   // first element of a
	stripRowA  = 8   // bytes from row to row of a
	stripStepA = 16  // bytes from one k to the next
	stripNextA = 24  // bytes from one strip to the next
	stripB     = 32  // first element of b
	stripStepB = 40  // bytes from one k to the next (tile), from row to row (dot)
	stripC     = 48  // first element of c
	stripRowC  = 56  // bytes from row to row of c
	stripK     = 64  // depth, at least 1
	stripN     = 72  // strips (tile), rows (dot): at least 1
	stripFlags = 80  // of the constants below
	stripBias  = 88  // per column, or per row
	stripMask  = 96  // AVX2: address of 8 lane masks; AVX-512: the bits
	stripKMask = 104 // dot: the same for the last step along k
	stripCols  = 112 // dot: columns, 1 to 4
	stripTable = 128 // taps: for every step along k, the element of b at which it begins
	stripAlpha = 120 // float32
)

const (
	flagAdd     = 1 << iota // c += rather than c =
	flagColBias             // bias per column
	flagRowBias             // bias per row
	flagReLU
	flagAlpha // alpha is not 1
)

// deepTile is from which depth on a tile of c is fetched before it is needed.
const deepTile = 96

// tileRows is the height of the largest tile.
func (v isa) tileRows() int {
	if v.wide() {
		return 14
	}
	return 6
}

// Variants of a tile by its width.
const (
	tileFull = iota // two vectors
	tileTail        // two vectors, the second one masked
	tileHalf        // one vector, masked
)

// variant returns the kernel that stands for a variant. A mask of AVX-512
// takes, once in a step, a unit that could multiply: little, but the highest
// tile, which does nearly all the work, has a kernel without.
func (v isa) variant(rows, variant int) int {
	if v.wide() && variant == tileFull && rows < v.tileRows() {
		return tileTail
	}
	return variant
}

func tileName(v isa, rows, variant int, taps bool) string {
	name := fmt.Sprintf("%sTile%d%s", v.name, rows, [...]string{"Full", "Tail", "Half"}[variant])
	if taps {
		name += "Taps"
	}
	return name
}

// tile writes a kernel in outer-product form: a column of strips of c, each
// rows high and two vectors wide, is the product of rows of a, read at any
// row and column stride, and of b, of which every step along k has contiguous
// columns. What comes after the last multiplication (alpha, addition to c,
// bias, ReLU) is done in registers. With taps, a table says where the steps of
// b begin, so that a convolution reads images in place.
func tile(v isa, rows, variant int, taps bool) {
	vectors := 2
	if variant == tileHalf {
		vectors = 1
	}
	v.begin(tileName(v, rows, variant, taps), "func(s *byte)")
	s := v.Load(v.Param("s"), v.GP64())
	arg := func(off int) Mem { return Mem{Base: s, Disp: off} }
	get := func(off int) reg.GPVirtual {
		r := v.GP64()
		v.MOVQ(arg(off), r)
		return r
	}

	masks := make([]mask, vectors)
	if variant != tileFull {
		last := vectors - 1
		if v.wide() {
			m := get(stripMask)
			k := v.K()
			v.KMOVW(m.As32(), k)
			masks[last] = k
		} else {
			m := get(stripMask)
			k := v.YMM()
			v.VMOVUPS(Mem{Base: m}, k)
			masks[last] = k
		}
	}

	rowA, stepA, rowC := get(stripRowA), get(stripStepA), get(stripRowC)
	var stepB reg.GPVirtual
	if !taps {
		stepB = get(stripStepB)
	}
	var rowA3, rowA5 reg.GPVirtual
	if rows > 3 {
		rowA3 = v.GP64()
		v.LEAQ(Mem{Base: rowA, Index: rowA, Scale: 2}, rowA3)
	}
	if rows > 5 {
		rowA5 = v.GP64()
		v.LEAQ(Mem{Base: rowA, Index: rowA, Scale: 4}, rowA5)
	}
	c := get(stripC)
	strips := get(stripN)

	acc := v.vecs(rows * vectors)
	b := v.vecs(vectors)

	v.Label("strip")
	a := get(stripA)
	var high reg.GPVirtual // row 7
	if rows > 7 {
		high = v.GP64()
		v.LEAQ(Mem{Base: a, Index: rowA3, Scale: 2}, high)
		v.ADDQ(rowA, high)
	}
	row := func(i int) Mem {
		base := a
		if i >= 7 {
			base, i = high, i-7
		}
		switch i {
		case 0:
			return Mem{Base: base}
		case 3:
			return Mem{Base: base, Index: rowA3, Scale: 1}
		case 5:
			return Mem{Base: base, Index: rowA5, Scale: 1}
		case 6:
			return Mem{Base: base, Index: rowA3, Scale: 2}
		}
		return Mem{Base: base, Index: rowA, Scale: uint8(i)}
	}
	bp, k := get(stripB), get(stripK)
	var table reg.GPVirtual
	if taps {
		table = get(stripTable)
	}
	for _, r := range acc {
		v.zero(r)
	}
	// The tile of c is needed when the product is done. In a large matrix it
	// lies far off: ask for it now.
	v.CMPQ(k, Imm(deepTile))
	v.JL(LabelRef("depth"))
	far := v.GP64()
	v.MOVQ(c, far)
	for i := range rows {
		v.PREFETCHT0(Mem{Base: far})
		if i < rows-1 {
			v.ADDQ(rowC, far)
		}
	}

	v.Label("depth")
	from := Mem{Base: bp}
	if taps {
		at := v.GP64()
		v.MOVQ(Mem{Base: table}, at)
		from = from.Idx(at, 4)
	}
	for j := range b {
		v.load(from.Offset(j*v.bytes()), masks[j], b[j])
	}
	for i := range rows {
		x := v.vec()
		v.VBROADCASTSS(row(i), x)
		for j := range b {
			v.VFMADD231PS(b[j], x, acc[i*vectors+j])
		}
	}
	if taps {
		v.ADDQ(Imm(8), table)
	} else {
		v.ADDQ(stepB, bp)
	}
	v.ADDQ(stepA, a)
	if rows > 7 {
		v.ADDQ(stepA, high)
	}
	v.DECQ(k)
	v.JNZ(LabelRef("depth"))

	flags := get(stripFlags)
	v.TESTQ(U32(flagAlpha), flags)
	v.JZ(LabelRef("alphaDone"))
	v.VBROADCASTSS(arg(stripAlpha), b[0])
	for _, r := range acc {
		v.VMULPS(b[0], r, r)
	}
	v.Label("alphaDone")

	v.TESTQ(U32(flagAdd), flags)
	v.JZ(LabelRef("addDone"))
	cp := v.GP64()
	v.MOVQ(c, cp)
	for i := range rows {
		for j := range b {
			m := Mem{Base: cp, Disp: j * v.bytes()}
			if masks[j] == nil {
				v.VADDPS(m, acc[i*vectors+j], acc[i*vectors+j])
				continue
			}
			v.load(m, masks[j], b[j])
			v.VADDPS(b[j], acc[i*vectors+j], acc[i*vectors+j])
		}
		if i < rows-1 {
			v.ADDQ(rowC, cp)
		}
	}
	v.Label("addDone")

	v.TESTQ(U32(flagColBias|flagRowBias), flags)
	v.JZ(LabelRef("biasDone"))
	bias := get(stripBias)
	v.TESTQ(U32(flagRowBias), flags)
	v.JNZ(LabelRef("rowBias"))
	for j := range b {
		v.load(Mem{Base: bias, Disp: j * v.bytes()}, masks[j], b[j])
	}
	for i := range rows {
		for j := range b {
			v.VADDPS(b[j], acc[i*vectors+j], acc[i*vectors+j])
		}
	}
	v.JMP(LabelRef("biasDone"))
	v.Label("rowBias")
	for i := range rows {
		v.VBROADCASTSS(Mem{Base: bias, Disp: 4 * i}, b[0])
		for j := range b {
			v.VADDPS(b[0], acc[i*vectors+j], acc[i*vectors+j])
		}
	}
	v.ADDQ(Imm(uint64(4*rows)), bias)
	v.MOVQ(bias, arg(stripBias))
	v.Label("biasDone")

	v.TESTQ(U32(flagReLU), flags)
	v.JZ(LabelRef("reluDone"))
	v.zero(b[0])
	for _, r := range acc {
		v.relu(b[0], r)
	}
	v.Label("reluDone")

	for i := range rows {
		for j := range b {
			v.store(acc[i*vectors+j], masks[j], Mem{Base: c, Disp: j * v.bytes()})
		}
		v.ADDQ(rowC, c)
	}
	next := get(stripNextA)
	v.ADDQ(next, arg(stripA))
	v.DECQ(strips)
	v.JNZ(LabelRef("strip"))
	v.VZEROUPPER()
	v.RET()
}
