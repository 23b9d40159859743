//go:build linux && (amd64 || arm64)

package gemm

import (
	"fmt"
	"slices"
	"testing"

	"descent/dl/internal/asm/guard"
)

// counting is a copy of kernels that counts the calls of each.
func counting(v *kernels, calls map[string]int) *kernels {
	count := func(name string, f func(*strip)) func(*strip) {
		if f == nil {
			return nil
		}
		calls[name] += 0
		return func(s *strip) { calls[name]++; f(s) }
	}
	table := func(name string, in *[3][]func(*strip)) *[3][]func(*strip) {
		var out [3][]func(*strip)
		for variant, row := range in {
			for high, f := range row {
				out[variant] = append(out[variant], count(fmt.Sprintf("%s[%d][%d]", name, variant, high), f))
			}
		}
		return &out
	}
	w := *v
	w.tiles, w.taps, w.dot = table("tiles", v.tiles), table("taps", v.taps), count("dot", v.dot)
	return &w
}

// TestEveryKernelBounds runs every micro-kernel that this machine has between
// forbidden pages, through the calls that convolution makes, and fails when one
// was never called. The widths and depths are those around vectors.
func TestEveryKernelBounds(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		if active == nil {
			return
		}
		calls := map[string]int{}
		active = counting(active, calls)
		rows, width := active.rows, 2*active.lanes
		for m := 1; m <= 2*rows+1; m++ {
			for cols := 1; cols <= width; cols++ {
				boundsOfPacker(t, m, cols, 1+(m*5+cols)%19)
			}
		}
		for _, n := range []int{1, 3, 8, 9, 31} { // few rows: dot products
			for _, end := range []bool{true, false} {
				a, b, c := guard.Float32s(t, 2*n, end), guard.Float32s(t, 7*n, end), guard.Float32s(t, 2*7, end)
				Sgemm(false, true, 2, 7, n, 1, a, n, b, n, 0, c, 7)
			}
		}
		for name, n := range calls {
			if n == 0 {
				t.Errorf("%s was never called", name)
			}
		}
	})
}

// boundsOfPacker multiplies m rows of a packed operand with cols columns: of a
// packed panel, of one whose steps are taps, and with the rows left in place.
func boundsOfPacker(t *testing.T, m, cols, depth int) {
	_, width, _ := Tiles()
	for _, end := range []bool{true, false} {
		t.Run(fmt.Sprintf("%d,%d,%d,%v", m, cols, depth, end), func(t *testing.T) {
			slice := func(n int) []float32 { return guard.Float32s(t, n, end) }
			var q Packer
			left := slice(LeftSize(m, depth))
			q.Left(left, depth, 0, slice(m*depth), m, depth, depth, 1)
			q.Left(left, depth, 0, slice(m*depth), m, depth, 1, m)

			taps := make([]int, depth) // of a source that ends with the last of them
			for i := range taps {
				taps[i] = (i * 7) % depth
			}
			src := slice(slices.Max(taps) + cols)
			panel := slice(depth*width + 8)
			q.Taps(panel[:depth*width], src, taps, 0, cols)
			lines := make([]int, cols)
			for j := range lines {
				lines[j] = j
			}
			q.Lines(panel, 0, slice(cols-1+depth), lines, 0, depth)

			p := &Product{Left: left, Depth: depth, C: slice(m * cols), LDC: cols, Add: m%2 == 0, Bias: slice(m), ReLU: cols%2 == 0}
			q.Multiply(p, 0, m, panel, cols)
			q.MultiplyTaps(p, 0, m, src, taps, 0, cols)
			q.MultiplyInPlace(&InPlace{A: slice(m * depth), Row: depth, Step: 1, M: m, K: depth, Panel: panel, Cols: cols, C: p.C, LDC: cols})
		})
	}
}

// TestEveryKernelHasBounds holds the tests between forbidden pages to the
// assembly.
func TestEveryKernelHasBounds(t *testing.T) {
	guard.Reached(t, "TestEveryKernelBounds", "TestBounds", "TestPack")
}
