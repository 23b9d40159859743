//go:build amd64 || arm64

package gemm

import (
	"testing"
	"unsafe"
)

// TestOffsets compares the structs with the constants of dl/internal/asm.
func TestOffsets(t *testing.T) {
	var s strip
	var p packing
	for name, c := range map[string][2]uintptr{
		"a": {unsafe.Offsetof(s.a), 0}, "rowA": {unsafe.Offsetof(s.rowA), 8}, "stepA": {unsafe.Offsetof(s.stepA), 16},
		"nextA": {unsafe.Offsetof(s.nextA), 24}, "b": {unsafe.Offsetof(s.b), 32}, "stepB": {unsafe.Offsetof(s.stepB), 40},
		"c": {unsafe.Offsetof(s.c), 48}, "rowC": {unsafe.Offsetof(s.rowC), 56}, "k": {unsafe.Offsetof(s.k), 64},
		"n": {unsafe.Offsetof(s.n), 72}, "flags": {unsafe.Offsetof(s.flags), 80}, "bias": {unsafe.Offsetof(s.bias), 88},
		"mask": {unsafe.Offsetof(s.mask), 96}, "kmask": {unsafe.Offsetof(s.kmask), 104}, "cols": {unsafe.Offsetof(s.cols), 112},
		"alpha": {unsafe.Offsetof(s.alpha), 120}, "table": {unsafe.Offsetof(s.table), 128},
		"dst": {unsafe.Offsetof(p.dst), 0}, "dstStep": {unsafe.Offsetof(p.dstStep), 8}, "src": {unsafe.Offsetof(p.src), 16},
		"srcStep": {unsafe.Offsetof(p.srcStep), 24}, "pk": {unsafe.Offsetof(p.k), 32}, "pmask": {unsafe.Offsetof(p.mask), 40},
		"mask2": {unsafe.Offsetof(p.mask2), 48}, "ptable": {unsafe.Offsetof(p.table), 56}, "lines": {unsafe.Offsetof(p.lines), 64},
		"strips": {unsafe.Offsetof(p.strips), 128}, "srcNext": {unsafe.Offsetof(p.srcNext), 136}, "dstNext": {unsafe.Offsetof(p.dstNext), 144},
	} {
		if c[0] != c[1] {
			t.Errorf("%s is at %d, the assembly has it at %d", name, c[0], c[1])
		}
	}
}
