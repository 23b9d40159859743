//go:build !amd64 && !arm64

package gemm

// Tiles reports that there are no micro-kernels, so that the rest is never
// called.
func Tiles() (height, width int, ok bool) { return 0, 0, false }

// MaxDepth is the deepest block along k that suits the caches.
const MaxDepth = 256

// LeftSize is for amd64.
func LeftSize(m, depth int) int { panic(noKernels) }

// Packer is for amd64.
type Packer struct{}

// Left is for amd64.
func (q *Packer) Left(dst []float32, depth, from int, a []float32, m, n, row, step int) {
	panic(noKernels)
}

// Taps is for amd64.
func (q *Packer) Taps(panel, src []float32, taps []int, at, cols int) { panic(noKernels) }

// Lines is for amd64.
func (q *Packer) Lines(panel []float32, from int, src []float32, lines []int, at, n int) {
	panic(noKernels)
}

// Product says what Multiply does.
type Product struct {
	Left  []float32
	Depth int
	C     []float32
	LDC   int
	Add   bool
	Bias  []float32
	ReLU  bool
}

// Multiply is for amd64.
func (q *Packer) Multiply(p *Product, r0, r1 int, panel []float32, cols int) { panic(noKernels) }

// MultiplyTaps is for amd64.
func (q *Packer) MultiplyTaps(p *Product, r0, r1 int, src []float32, taps []int, at, cols int) {
	panic(noKernels)
}

const noKernels = "gemm: no micro-kernels on this architecture"
