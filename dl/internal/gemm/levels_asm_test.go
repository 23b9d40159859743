//go:build amd64 || arm64

package gemm

import (
	"testing"

	"descent/dl/internal/cpu"
)

// eachLevel runs f with every set of kernels that this machine has.
func eachLevel(t *testing.T, f func(t *testing.T)) {
	defer func(k *kernels) { active = k }(active)
	for _, l := range cpu.Levels() {
		active = pick(l)
		t.Run(l.String(), f)
	}
}
