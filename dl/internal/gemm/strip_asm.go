//go:build amd64 || arm64

package gemm

import "unsafe"

// strip is the argument of a micro-kernel; dl/internal/asm/tile.go describes
// its fields. Addresses are uintptr: kernels move them past the ends of their
// slices, where the collector must not see a pointer. The problem that the
// strip belongs to holds the slices, and so keeps them on the heap.
type strip struct {
	a                  uintptr
	rowA, stepA, nextA int
	b                  uintptr
	stepB              int
	c                  uintptr
	rowC               int
	k, n, flags        int
	bias               uintptr
	mask, kmask        uintptr
	cols               int
	alpha              float32
	_                  float32
	table              uintptr
}

const (
	flagAdd = 1 << iota
	flagColBias
	flagRowBias
	flagReLU
	flagAlpha
)

// packing is the argument of the packing kernels; dl/internal/asm/pack.go
// describes its fields.
type packing struct {
	dst         uintptr
	dstStep     int
	src         uintptr
	srcStep     int
	k           int
	mask, mask2 uintptr
	table       uintptr
	lines       [8]uintptr
	strips      int
	srcNext     int
	dstNext     int
}

// kernels is a set of micro-kernels.
type kernels struct {
	rows, lanes int // a tile is rows × 2·lanes
	tiles, taps *[3][]func(*strip)
	dot         func(*strip)
	dotRows     int
	wide        bool
}

// cut divides m rows into full strips and one or two lower ones. A strip of
// a few rows would not keep the units busy: two of middling height are faster
// than a full one and that.
func (v *kernels) cut(m int) (full, h1, h2 int) {
	full, h1 = m/v.rows, m%v.rows
	if h1 > 0 && h1 <= v.rows/2 && full > 0 {
		both := v.rows + h1
		return full - 1, (both + 1) / 2, both / 2
	}
	return full, h1, 0
}

// signs has 8 lanes that exist and 8 that do not: the mask of n lanes begins
// at 8-n.
var signs = [16]int32{-1, -1, -1, -1, -1, -1, -1, -1}

// lanesMask returns the mask of the first n lanes as the kernels take it.
func (v *kernels) lanesMask(n int) uintptr {
	if v.wide {
		return 1<<n - 1
	}
	return narrowMask(n)
}

func narrowMask(n int) uintptr { return uintptr(unsafe.Pointer(&signs[8-n])) }

// addr returns the address of s[i]; i may be len(s) or beyond for a slice
// that is not read there.
func addr(s []float32, i int) uintptr {
	return uintptr(unsafe.Pointer(unsafe.SliceData(s))) + uintptr(4*i)
}

// addrInts returns the address of a table.
func addrInts(s []int) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(s))) }
