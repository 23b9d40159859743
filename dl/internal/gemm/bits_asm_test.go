//go:build amd64 || arm64

package gemm

import (
	"testing"

	"descent/dl/internal/asm/bits"
	"descent/dl/internal/cpu"
)

// TestBits checks that AVX2 and NEON have the same bits.
func TestBits(t *testing.T) {
	defer func(k *kernels) { active = k }(active)
	for _, l := range cpu.Levels() {
		if l != cpu.AVX2 && l != cpu.NEON {
			continue
		}
		active = pick(l)
		var all []float32
		for _, p := range trials() {
			all = append(all, p.run(t, SgemmEpilogue)...)
		}
		bits.Compare(t, map[string][]float32{"products": all})
	}
}
