//go:build linux && (amd64 || arm64)

package gemm

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"descent/dl/internal/asm/guard"
)

// TestPack checks every element of packed operands, and that packing stays
// within the buffers that it asks for.
func TestPack(t *testing.T) {
	if active == nil {
		return // Go does not pack
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, v := range assembled {
		for _, s := range [][3]int{{1, 1, 1}, {5, 7, 3}, {6, 16, 8}, {13, 31, 9}, {14, 32, 17}, {50, 100, 33}, {97, 65, 700}} {
			for tr := range 4 {
				m, n, k := s[0], s[1], s[2]
				p := &problem{m: m, n: n, k: k, rowA: k, stepA: 1, stepB: n, colB: 1}
				if tr&1 != 0 {
					p.rowA, p.stepA = 1, m
				}
				if tr&2 != 0 {
					p.stepB, p.colB = 1, k
				}
				t.Run(fmt.Sprintf("%d,%v,%d", v.rows, s, tr), func(t *testing.T) {
					p.a, p.b = guard.Float32s(t, m*k, true), guard.Float32s(t, k*n, true)
					copy(p.a, matrix(r, m, k, k))
					copy(p.b, matrix(r, k, n, n))
					p.plan = plan{v: v, packA: true, packB: true, depth: p.split(maxDepth, 1)}
					for _, stage := range []int{k, p.plan.depth} {
						p.packedA, p.packedB = guard.Float32s(t, p.sizeA(stage), true), guard.Float32s(t, p.sizeB(stage), true)
						for p.from = 0; p.from < k; p.from = p.to {
							p.to = min(p.from+stage, k)
							for i := range p.packUnits() {
								p.packUnit(new(workspace), i)
							}
							comparePacked(t, p)
						}
					}
				})
			}
		}
	}
}

// comparePacked compares the stage that is packed with the operands.
func comparePacked(t *testing.T, p *problem) {
	t.Helper()
	v := p.plan.v
	width := 2 * v.lanes
	for q := p.from; q < p.to; q++ {
		k0 := q / p.plan.depth * p.plan.depth
		for i := range p.m {
			high := min(v.rows, p.m-i/v.rows*v.rows)
			got := p.packedA[p.stripAt(k0, i)+(q-k0)*high+i%v.rows]
			if want := p.a[i*p.rowA+q*p.stepA]; got != want {
				t.Fatalf("a[%d,%d] is %v, want %v", i, q, got, want)
			}
		}
		for j := range p.n {
			got := p.packedB[p.panel(k0, j)+(q-k0)*width+j%width]
			if want := p.b[q*p.stepB+j*p.colB]; got != want {
				t.Fatalf("b[%d,%d] is %v, want %v", q, j, got, want)
			}
		}
	}
}
