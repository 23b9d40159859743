//go:build amd64 || arm64

package conv

import "descent/dl/internal/cpu"

//go:generate go run ../asm -target conv

// haveWinograd says that the assembly of the transforms runs here; a test
// sets it.
var haveWinograd = cpu.Active() > cpu.Portable

func toPointsVector(kind pointsKind, n int, dst []float32, step int, src []float32, at, row, col int, scratch []float32) bool {
	if !haveWinograd {
		return false
	}
	f := winogradInputAsm
	switch kind {
	case weightPoints:
		f = winogradWeightAsm
	case outGradPoints:
		f = winogradOutGradAsm
	}
	f(n, &dst[0], 4*step, &src[at], 4*row, 4*col, &scratch[0])
	return true
}

func fromPointsVector(kind resultKind, n int, dst []float32, row, col int, src []float32, step int, bias []float32, floor float32, scratch []float32) bool {
	if !haveWinograd {
		return false
	}
	f := winogradOutputAsm
	if kind == weightGradPoints {
		f = winogradWeightGradAsm
	}
	f(n, &dst[0], 4*row, 4*col, &src[0], 4*step, &bias[0], floor, &scratch[0])
	return true
}
