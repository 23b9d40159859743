//go:build !amd64 && !arm64

package gemm

// InPlace is a product with one panel whose left operand is read where it is.
type InPlace struct {
	A         []float32
	Row, Step int
	M, K      int
	Panel     []float32
	Cols      int
	C         []float32
	LDC       int
	Add       bool
}

// MultiplyInPlace is for amd64.
func (q *Packer) MultiplyInPlace(p *InPlace) { panic(noKernels) }
