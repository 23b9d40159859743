//go:build !amd64 && !arm64

package conv

// haveWinograd says that there is assembly of the transforms.
var haveWinograd = false

func toPointsVector(kind pointsKind, n int, dst []float32, step int, src []float32, at, row, col int, scratch []float32) bool {
	return false
}

func fromPointsVector(kind resultKind, n int, dst []float32, row, col int, src []float32, step int, bias []float32, floor float32, scratch []float32) bool {
	return false
}
