//go:build !amd64

package gemm

import "sync"

func useVector() bool { return false }

type plan struct{ unitRows, unitCols int }

type workspace struct{}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

func (p *problem) choose() plan { panic("gemm: no vector kernels") }

func (p *problem) block(w *workspace, r0, r1, c0, c1 int) {}
