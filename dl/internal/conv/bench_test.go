package conv

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkConv(b *testing.B) {
	for _, s := range []Shape{
		{N: 64, C: 1, H: 28, W: 28, OutC: 32, KH: 3, KW: 3},
		{N: 64, C: 32, H: 26, W: 26, OutC: 64, KH: 3, KW: 3},
		{N: 32, C: 256, H: 8, W: 8, OutC: 256, KH: 3, KW: 3, PadH: 1, PadW: 1},
		{N: 64, C: 6, H: 14, W: 14, OutC: 16, KH: 5, KW: 5},
	} {
		r := rand.New(rand.NewPCG(1, 2))
		nx, nw, ny := s.sizes()
		x, w, y, bias := random(r, nx), random(r, nw), random(r, ny), random(r, s.OutC)
		run := func(name string, f func()) {
			b.Run(fmt.Sprintf("%s/%d×%d×%d²→%d", name, s.N, s.C, s.H, s.OutC), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
			})
		}
		run("forward", func() { Forward(s, x, w, bias, y, false) })
		run("input", func() { BackwardInput(s, y, w, x) })
		run("weight", func() { BackwardWeight(s, y, x, w, bias) })
	}
}
