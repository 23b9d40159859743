//go:build !amd64 && !arm64

package simd

const useAsm = false

const noKernels = "simd: no assembly for this architecture"
