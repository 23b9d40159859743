package gemm

import "descent/dl/internal/cpu"

var (
	avx2Kernels   = kernels{6, 8, &avx2Tiles, &avx2Taps, avx2Dot, 3, false}
	avx512Kernels = kernels{14, 16, &avx512Tiles, &avx512Taps, avx512Dot, 4, true}
)

// pick returns the kernels of a level, nil for Go.
func pick(l cpu.Level) *kernels {
	switch l {
	case cpu.AVX512:
		return &avx512Kernels
	case cpu.AVX2:
		return &avx2Kernels
	}
	return nil
}
