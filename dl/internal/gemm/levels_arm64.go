package gemm

import "descent/dl/internal/cpu"

// The tiles of NEON have the size of those of AVX2, from which they are
// translated.
var neonKernels = kernels{6, 8, &neonTiles, &neonTaps, neonDot, 3, false}

// pick returns the kernels of a level, nil for Go.
func pick(l cpu.Level) *kernels {
	if l == cpu.NEON {
		return &neonKernels
	}
	return nil
}
