package conv

import "fmt"

// Shape describes a convolution.
type Shape struct {
	N, C, H, W       int // input
	OutC, KH, KW     int // weights
	StrideH, StrideW int // 0 means 1
	PadH, PadW       int
	DilH, DilW       int // 0 means 1
	Groups           int // 0 means 1
}

// norm fills in the ones.
func (s Shape) norm() Shape {
	s.StrideH, s.StrideW = max(s.StrideH, 1), max(s.StrideW, 1)
	s.DilH, s.DilW = max(s.DilH, 1), max(s.DilW, 1)
	s.Groups = max(s.Groups, 1)
	return s
}

// Out returns the height and width of the output.
func (s Shape) Out() (oh, ow int) {
	s = s.norm()
	return outSize(s.H, s.KH, s.StrideH, s.PadH, s.DilH), outSize(s.W, s.KW, s.StrideW, s.PadW, s.DilW)
}

// outSize is how many places a kernel of k taps has.
func outSize(n, k, stride, pad, dil int) int {
	span := dil*(k-1) + 1
	if n+2*pad < span {
		return 0
	}
	return (n+2*pad-span)/stride + 1
}

// Validate says what is wrong with the shape.
func (s Shape) Validate() error {
	n := s.norm()
	switch oh, ow := s.Out(); {
	case s.N < 0 || s.C <= 0 || s.H <= 0 || s.W <= 0 || s.OutC <= 0 || s.KH <= 0 || s.KW <= 0:
		return fmt.Errorf("conv: sizes must be positive: %+v", s)
	case s.StrideH < 0 || s.StrideW < 0 || s.DilH < 0 || s.DilW < 0 || s.Groups < 0 || s.PadH < 0 || s.PadW < 0:
		return fmt.Errorf("conv: negative stride, padding, dilation or groups: %+v", s)
	case s.C%n.Groups != 0 || s.OutC%n.Groups != 0:
		return fmt.Errorf("conv: %d groups do not divide %d input and %d output channels", n.Groups, s.C, s.OutC)
	case oh == 0 || ow == 0:
		return fmt.Errorf("conv: a kernel of %d×%d does not fit in a padded input of %d×%d",
			n.DilH*(s.KH-1)+1, n.DilW*(s.KW-1)+1, s.H+2*s.PadH, s.W+2*s.PadW)
	}
	return nil
}

// plan has the sizes that the loops need.
type plan struct {
	Shape
	oh, ow     int
	inC, outC  int // channels of one group
	taps       int // inC·KH·KW, the depth of the product
	plane, out int // H·W, oh·ow
}

func (s Shape) plan() plan {
	p := plan{Shape: s.norm()}
	p.oh, p.ow = s.Out()
	p.inC, p.outC = p.C/p.Groups, p.OutC/p.Groups
	p.taps = p.inC * p.KH * p.KW
	p.plane, p.out = p.H*p.W, p.oh*p.ow
	return p
}

// pointwise reports whether the input is its own column matrix.
func (p *plan) pointwise() bool {
	return p.KH == 1 && p.KW == 1 && p.StrideH == 1 && p.StrideW == 1 && p.PadH == 0 && p.PadW == 0
}

// check panics when a buffer is too short for the shape.
func (p *plan) check(x, w, y []float32) {
	if err := p.Validate(); err != nil {
		panic(err)
	}
	need := func(name string, s []float32, n int) {
		if len(s) < n {
			panic(fmt.Sprintf("conv: %s has %d elements, want %d", name, len(s), n))
		}
	}
	need("input", x, p.N*p.C*p.plane)
	need("weight", w, p.OutC*p.taps)
	need("output", y, p.N*p.OutC*p.out)
}
