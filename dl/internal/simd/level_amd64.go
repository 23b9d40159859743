package simd

import "descent/dl/internal/cpu"

//go:generate go run ../asm -target simd

// useAVX2 says that the assembly runs here.
var useAVX2 = cpu.Active() >= cpu.AVX2
