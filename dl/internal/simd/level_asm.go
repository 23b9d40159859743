//go:build amd64 || arm64

package simd

import "descent/dl/internal/cpu"

//go:generate go run ../asm -target simd

// useAsm says that the assembly runs here.
var useAsm = cpu.Active() > cpu.Portable
