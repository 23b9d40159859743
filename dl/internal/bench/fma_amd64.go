package main

import "descent/dl/internal/cpu"

//go:generate go run ../asm -target peak

// fma runs turns of fused multiplications that depend on nothing.
func fma(turns int) {
	switch cpu.Best() {
	case cpu.AVX512:
		avx512FMA(turns)
	case cpu.AVX2:
		avx2FMA(turns)
	}
}

// fmaWork returns the operations of fma, 0 where it does nothing.
func fmaWork(turns int) float64 {
	lanes := map[cpu.Level]int{cpu.AVX2: 8, cpu.AVX512: 16}[cpu.Best()]
	return float64(2 * lanes * fmaChains * turns)
}
