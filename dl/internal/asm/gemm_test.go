package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"descent/dl/internal/asm/interp"

	"github.com/mmcloughlin/avo/build"
)

// TestCommitted checks that the committed files are what the generator
// writes.
func TestCommitted(t *testing.T) {
	for name, dir := range map[string]string{"gemm": "../gemm", "simd": "../simd", "conv": "../conv", "fft": "../fft", "peak": "../bench"} {
		files, err := render(name)
		if err != nil {
			t.Fatal(err)
		}
		for file, want := range files {
			got, err := os.ReadFile(dir + "/" + file)
			if err != nil {
				t.Error(err)
			} else if !bytes.Equal(got, want) {
				t.Errorf("%s/%s is out of date: go generate ./dl/internal/...", dir, file)
			}
		}
	}
}

// gemmProgram is what TestCommitted checks.
func gemmProgram(t *testing.T) *interp.Program {
	t.Helper()
	p, err := interp.Load("../gemm/kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// call is one use of a micro-kernel: c = alpha·a·b, plus c, plus bias, ReLU.
type call struct {
	v       isa
	rows    int // rows of a tile
	strips  int
	cols    int
	k       int
	flags   int
	packed  bool // a lies in strips
	alpha   float32
	dot     bool // a·bᵀ; rows are all rows, strips is not used
	lda     int
	ldb     int
	ldc     int
	variant int
	taps    bool // the steps of b begin where a table says
}

func (c *call) String() string { return fmt.Sprintf("%s %+v", c.v.name, *c) }

// mask puts the mask of n lanes where the kernels of v want it.
func (c *call) mask(m *interp.Memory, n int) uint64 {
	if c.v.wide() {
		return 1<<n - 1
	}
	b := make([]byte, 32)
	for i := range 4 * n {
		b[i] = 0xff
	}
	return m.Bytes(b)
}

// check interprets the kernel and compares with float64. The slices end where
// memory does, so that an access beyond is an error too.
func (c *call) check(t *testing.T, p *interp.Program, kernel string) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, uint64(c.rows*1000+c.cols*10+c.k)))
	m := new(interp.Memory)
	rows := c.rows
	if !c.dot {
		rows *= c.strips
	}
	random := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		return x
	}
	rowA, stepA, nextA := c.lda, 1, c.lda*c.rows
	a := random((rows-1)*c.lda + c.k)
	at := func(i, p int) float32 { return a[i*c.lda+p] }
	if c.packed {
		rowA, stepA, nextA = 1, c.rows, c.rows*c.k
		a = random(rows * c.k)
		at = func(i, p int) float32 { return a[i/c.rows*nextA+p*c.rows+i%c.rows] }
	}
	var b []float32
	table := make([]int, c.k)
	if c.taps { // in no order
		for p, q := range r.Perm(c.k) {
			table[p] = q*c.ldb + q%2
		}
	} else {
		for p := range table {
			table[p] = p * c.ldb
		}
	}
	if c.dot {
		b = random((c.cols-1)*c.ldb + c.k)
		nextA = c.lda * c.v.dotRows()
	} else {
		b = random(slices.Max(table) + c.cols)
	}
	out := random((rows-1)*c.ldc + c.cols)
	bias := random(max(rows, c.cols))
	if c.flags&flagRowBias != 0 {
		bias = bias[:rows]
	} else {
		bias = bias[:c.cols]
	}

	s := make([]byte, 136)
	put := func(off int, v uint64) { binary.LittleEndian.PutUint64(s[off:], v) }
	got := slices.Clone(out)
	put(stripA, m.Floats(a))
	put(stripRowA, uint64(4*rowA))
	put(stripStepA, uint64(4*stepA))
	put(stripNextA, uint64(4*nextA))
	put(stripB, m.Floats(b))
	put(stripStepB, uint64(4*c.ldb))
	put(stripC, m.Floats(got))
	put(stripRowC, uint64(4*c.ldc))
	put(stripK, uint64(c.k))
	put(stripFlags, uint64(c.flags))
	put(stripTable, m.Ints(table))
	put(stripBias, m.Floats(bias))
	if c.dot {
		put(stripN, uint64(rows))
		put(stripMask, c.mask(m, c.cols))
		put(stripKMask, c.mask(m, c.k%c.v.lanes))
		put(stripCols, uint64(c.cols))
	} else {
		put(stripN, uint64(c.strips))
		last := c.cols
		if c.variant != tileHalf {
			last -= c.v.lanes
		}
		put(stripMask, c.mask(m, last))
	}
	binary.LittleEndian.PutUint32(s[stripAlpha:], math.Float32bits(c.alpha))
	if err := p.Call(kernel, m, binary.LittleEndian.AppendUint64(nil, m.Bytes(s))); err != nil {
		t.Fatalf("%v: %v", c, err)
	}
	for i := range out {
		row, col := i/c.ldc, i%c.ldc
		if col >= c.cols {
			if got[i] != out[i] {
				t.Fatalf("%v: wrote beyond row %d", c, row)
			}
			continue
		}
		want, size := 0.0, 1.0
		for p := range c.k {
			bv := 0.0
			if c.dot {
				bv = float64(b[col*c.ldb+p])
			} else {
				bv = float64(b[table[p]+col])
			}
			want += float64(at(row, p)) * bv
			size += math.Abs(float64(at(row, p)) * bv)
		}
		if c.flags&flagAlpha != 0 {
			want *= float64(c.alpha)
			size *= math.Abs(float64(c.alpha))
		}
		if c.flags&flagAdd != 0 {
			want += float64(out[i])
		}
		if c.flags&flagRowBias != 0 {
			want += float64(bias[row])
		} else if c.flags&flagColBias != 0 {
			want += float64(bias[col])
		}
		if c.flags&flagReLU != 0 {
			want = max(want, 0)
		}
		if !(math.Abs(float64(got[i])-want) <= 1e-6*(size+4)) {
			t.Fatalf("%v: c[%d,%d] is %v, want %v", c, row, col, got[i], want)
		}
	}
}

var flagSets = []int{0, flagAdd, flagColBias, flagRowBias | flagReLU, flagAlpha | flagAdd | flagColBias | flagReLU, flagAlpha | flagReLU, flagAdd | flagRowBias}

// TestTiles interprets every tile, at every width and with every flag.
func TestTiles(t *testing.T) {
	p := gemmProgram(t)
	i := 0
	for _, v := range []isa{avx2(build.NewContext()), avx512(build.NewContext())} {
		for rows := 1; rows <= v.tileRows(); rows++ {
			for cols := 1; cols <= 2*v.lanes; cols++ {
				variants := []int{tileTail}
				switch {
				case cols <= v.lanes:
					variants = []int{tileHalf}
				case cols == 2*v.lanes && v.variant(rows, tileFull) == tileFull:
					variants = []int{tileTail, tileFull}
				}
				for _, variant := range variants {
					i++
					c := &call{v: v, rows: rows, cols: cols, variant: variant, strips: 1 + i%3, k: 1 + i%5,
						flags: flagSets[i%len(flagSets)], packed: i%2 == 0, alpha: 0.75}
					c.lda, c.ldb, c.ldc = c.k+i%3, cols+i%4, cols+i%2
					c.check(t, p, tileName(v, rows, variant, false))
					c.taps = true
					c.check(t, p, tileName(v, rows, variant, true))
				}
			}
		}
	}
}

// TestDot interprets the kernels in dot form for every edge.
func TestDot(t *testing.T) {
	p := gemmProgram(t)
	i := 0
	for _, v := range []isa{avx2(build.NewContext()), avx512(build.NewContext())} {
		for rows := 1; rows <= 9; rows++ {
			for cols := 1; cols <= dotCols; cols++ {
				for _, k := range []int{1, 7, 8, 9, 15, 16, 17, 31, 32, 40} {
					i++
					c := &call{v: v, dot: true, rows: rows, cols: cols, k: k, flags: flagSets[i%len(flagSets)], alpha: -0.5}
					c.lda, c.ldb, c.ldc = k+i%3, k+i%4, cols+i%2
					c.check(t, p, v.name+"Dot")
				}
			}
		}
	}
}

// TestInterpreterCatches checks that the interpreter reports an access out of
// bounds and a wrong result's cause, rather than agreeing with anything.
func TestInterpreterCatches(t *testing.T) {
	p := gemmProgram(t)
	m := new(interp.Memory)
	s := make([]byte, 128)
	short := m.Floats(make([]float32, 31)) // b should have 32
	binary.LittleEndian.PutUint64(s[stripA:], m.Floats(make([]float32, 1)))
	binary.LittleEndian.PutUint64(s[stripB:], short)
	binary.LittleEndian.PutUint64(s[stripC:], m.Floats(make([]float32, 32)))
	binary.LittleEndian.PutUint64(s[stripK:], 1)
	binary.LittleEndian.PutUint64(s[stripN:], 1)
	binary.LittleEndian.PutUint64(s[stripMask:], 0xffff)
	if err := p.Call("avx512Tile1Tail", m, binary.LittleEndian.AppendUint64(nil, m.Bytes(s))); err == nil || !strings.Contains(err.Error(), "out of bounds") {
		t.Error("reading beyond b was not noticed")
	}
}
