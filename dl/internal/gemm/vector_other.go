//go:build !amd64 && !arm64

package gemm

import "sync"

func useVector() bool { return false }

type plan struct {
	packA, packB       bool
	unitRows, unitCols int
}

type workspace struct{}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

func (p *problem) choose() plan { panic("gemm: no vector kernels") }

func (p *problem) stage() int { return p.k }

func (p *problem) sizeA(steps int) int { return 0 }

func (p *problem) sizeB(steps int) int { return 0 }

func (p *problem) packUnits() int { return 0 }

func (p *problem) packUnit(w *workspace, i int) {}

func (p *problem) block(w *workspace, r0, r1, c0, c1 int) {}
