//go:build !amd64

package simd

const useAVX2 = false

const noKernels = "simd: no assembly for this architecture"
