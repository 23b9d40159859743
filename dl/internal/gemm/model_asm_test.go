//go:build amd64 || arm64

package gemm

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"
)

// modelKernels are micro-kernels in Go with the sizes of those for AVX-512,
// so that what drives them is tested where they cannot run. The kernels
// themselves are interpreted in dl/internal/asm.
func modelKernels() *kernels {
	tiles := func(taps bool) *[3][]func(*strip) {
		var t [3][]func(*strip)
		for variant := range t {
			t[variant] = []func(*strip){nil}
			for rows := 1; rows <= 14; rows++ {
				t[variant] = append(t[variant], func(s *strip) { modelTile(s, rows, variant, taps) })
			}
		}
		return &t
	}
	return &kernels{rows: 14, lanes: 16, tiles: tiles(false), taps: tiles(true), dot: modelDot, dotRows: 4, wide: true}
}

func at[T any](addr uintptr) *T { return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&addr))) }

func f32(addr uintptr) float32 { return *at[float32](addr) }

// finish applies the flags to a sum and stores it.
func (s *strip) finish(c, bias uintptr, sum float32) {
	if s.flags&flagAlpha != 0 {
		sum *= s.alpha
	}
	if s.flags&flagAdd != 0 {
		sum += f32(c)
	}
	if s.flags&(flagColBias|flagRowBias) != 0 {
		sum += f32(bias)
	}
	if s.flags&flagReLU != 0 && sum < 0 {
		sum = 0
	}
	*at[float32](c) = sum
}

func modelTile(s *strip, rows, variant int, taps bool) {
	var cols []int
	for j := range 32 {
		vector, lane := j/16, j%16
		last := 1
		if variant == 2 {
			last = 0
		}
		if vector < last || vector == last && s.mask>>lane&1 != 0 {
			cols = append(cols, j)
		}
	}
	for strip := range s.n {
		for i := range rows {
			for _, j := range cols {
				sum := float32(0)
				for k := range s.k {
					b := s.b + uintptr(k*s.stepB)
					if taps {
						b = s.b + uintptr(4**at[int](s.table + uintptr(8*k)))
					}
					sum += f32(s.a+uintptr(strip*s.nextA+i*s.rowA+k*s.stepA)) * f32(b+uintptr(4*j))
				}
				bias := s.bias + uintptr(4*j)
				if s.flags&flagRowBias != 0 {
					bias = s.bias + uintptr(4*(strip*rows+i))
				}
				s.finish(s.c+uintptr((strip*rows+i)*s.rowC+4*j), bias, sum)
			}
		}
	}
}

func modelDot(s *strip) {
	for i := range s.n {
		for j := range s.cols {
			sum := float32(0)
			for k := range s.k {
				sum += f32(s.a+uintptr(i*s.rowA+4*k)) * f32(s.b+uintptr(j*s.stepB+4*k))
			}
			bias := s.bias + uintptr(4*j)
			if s.flags&flagRowBias != 0 {
				bias = s.bias + uintptr(4*i)
			}
			s.finish(s.c+uintptr(i*s.rowC+4*j), bias, sum)
		}
	}
}

// TestWideDriver runs products with the model of the AVX-512 kernels.
func TestWideDriver(t *testing.T) {
	if active == nil {
		return // packing is assembly
	}
	defer func(k *kernels) { active = k }(active)
	active = modelKernels()
	defer func(n int) { inPlace = n }(inPlace)
	for _, p := range trials() {
		in := p.run(t, SgemmEpilogue)
		inPlace = 0
		if packed := p.run(t, SgemmEpilogue); !slices.Equal(in, packed) {
			t.Errorf("%+v: packed operands give other bits", p)
		}
		inPlace = 1 << 18
	}
	for i, s := range [][3]int{{150, 70, 40}, {40, 150, 400}, {29, 33, 700}, {15, 64, 9}, {300, 100, 20}} {
		for tr := range 4 {
			trial{transA: tr&1 != 0, transB: tr&2 != 0, m: s[0], n: s[1], k: s[2], pad: tr, alpha: 1, beta: float32(i % 2), bias: tr % 3}.run(t, SgemmEpilogue)
		}
	}
}

// TestPacker checks what convolution uses, with the kernels in use and with
// the model of the wide ones.
func TestPacker(t *testing.T) {
	if active == nil {
		return
	}
	defer func(k *kernels) { active = k }(active)
	for _, v := range []*kernels{active, modelKernels()} {
		active = v
		_, width, _ := Tiles()
		r := rand.New(rand.NewPCG(1, 2))
		for _, m := range []int{1, 5, 6, 7, 8, 13, 14, 15, 20, 32, 64} {
			for cols := 1; cols <= width; cols++ {
				depth := 1 + (m+cols)%29
				src := matrix(r, 1, 600, 600)
				taps := make([]int, depth)
				for i := range taps {
					taps[i] = r.IntN(500)
				}
				// The left operand in two portions, from rows and from columns.
				a := matrix(r, m, depth, depth)
				turned := make([]float32, m*depth)
				for i := range m {
					for k := range depth {
						turned[k*m+i] = a[i*depth+k]
					}
				}
				bias := matrix(r, 1, m, m)
				want := make([]float32, m*cols)
				for i := range m {
					for j := range cols {
						sum := 0.0
						for k := range depth {
							sum += float64(a[i*depth+k]) * float64(src[taps[k]+3+j])
						}
						want[i*cols+j] = float32(max(0, sum+float64(bias[i])))
					}
				}
				var q Packer
				left, panel := make([]float32, LeftSize(m, depth)), make([]float32, width*depth)
				half := depth / 2
				check := func(what string, c []float32) {
					t.Helper()
					for i := range want {
						if d := c[i] - want[i]; !(d < 1e-4 && d > -1e-4) {
							t.Fatalf("%s, %d rows, m=%d cols=%d depth=%d: element %d is %v, want %v", what, v.rows, m, cols, depth, i, c[i], want[i])
						}
					}
				}
				p := Product{Left: left, Depth: depth, LDC: cols, Bias: bias, ReLU: true}
				if half > 0 {
					q.Left(left, depth, 0, a, m, half, depth, 1)
				}
				q.Left(left, depth, half, a[half:], m, depth-half, depth, 1)
				q.Taps(panel, src, taps, 3, cols)
				p.C = make([]float32, m*cols)
				q.Multiply(&p, 0, m, panel, cols)
				check("Taps", p.C)

				clear(left)
				q.Left(left, depth, 0, turned, m, depth, 1, m)
				p.C = make([]float32, m*cols)
				q.MultiplyTaps(&p, 0, m, src, taps, 3, cols)
				check("MultiplyTaps", p.C)

				// Lines: column j of the panel is a run of another source.
				lines := make([]int, cols)
				runs := make([]float32, cols*depth+2)
				for j := range lines {
					lines[j] = j * depth
					for k := range depth {
						runs[2+j*depth+k] = src[taps[k]+3+j]
					}
				}
				clear(panel)
				if half > 0 {
					q.Lines(panel, 0, runs, lines, 2, half)
				}
				q.Lines(panel, half, runs, lines, 2+half, depth-half)
				p.C = slices.Repeat([]float32{1}, m*cols)
				p.Add, p.Bias, p.ReLU = true, nil, false
				q.Multiply(&p, 0, m, panel, cols)
				for i := range p.C { // the same, with bias and ReLU afterwards
					p.C[i] = max(0, p.C[i]-1+bias[i/cols])
				}
				check("Lines", p.C)
			}
		}
	}
}
