package conv

import "descent/dl/internal/simd"

// expansion is an image copied once per column of the kernel, so that what
// one tap sees at all outputs lies in one piece: copy kw has for output column
// q what is at column q·stride + kw·dilation of the padded image, and its rows
// are sorted by their remainder by the stride. A column matrix would have
// KH·KW copies.
type expansion struct {
	*plan
	rows  int   // of a channel
	start []int // by kh: the row where output row 0 begins
	taps  []int // where what a tap sees begins
	size  int   // elements of an image
}

// expand plans the expansion of channels [c0, c1) of a group. Buffers of the
// caller are used where they are large enough.
func (p *plan) expand(c0, c1 int, e *expansion) {
	e.plan = p
	e.start, e.taps = e.start[:0], e.taps[:0]
	e.rows = (p.oh-1)*p.StrideH + (p.KH-1)*p.DilH + 1
	for kh := range p.KH {
		phase := kh * p.DilH % p.StrideH
		at := kh * p.DilH / p.StrideH
		for q := range phase {
			at += e.phaseRows(q)
		}
		e.start = append(e.start, at)
	}
	channel := e.rows * p.ow
	for c := range c1 - c0 {
		for kh := range p.KH {
			for kw := range p.KW {
				if p.pointwise() {
					e.taps = append(e.taps, c*p.plane)
					continue
				}
				e.taps = append(e.taps, (kw*(c1-c0)+c)*channel+e.start[kh]*p.ow)
			}
		}
	}
	e.size = p.KW * (c1 - c0) * channel
}

// phaseRows returns how many rows of the padded image have the remainder q.
func (e *expansion) phaseRows(q int) int {
	return (e.rows - q + e.StrideH - 1) / e.StrideH
}

// inImage returns which of the rows of phase q lie in the image.
func (e *expansion) inImage(q int) (rows, r0, r1 int) {
	rows = e.phaseRows(q)
	r0 = min(rows, ceil(max(0, e.PadH-q), e.StrideH))
	r1 = max(r0, min(rows, ceil(max(0, e.H+e.PadH-q), e.StrideH)))
	return rows, r0, r1
}

// fill copies channels [c0, c1), of which x is the first.
func (e *expansion) fill(dst, x []float32, channels int) {
	p := e.plan
	for kw := range p.KW {
		off := kw*p.DilW - p.PadW
		lo, hi := p.inside(off)
		for c := range channels {
			plane := x[c*p.plane:][:p.plane]
			for q := range p.StrideH {
				rows, r0, r1 := e.inImage(q)
				block := dst[:rows*p.ow]
				dst = dst[rows*p.ow:]
				if r1-r0 < rows || hi-lo < p.ow {
					clear(block)
				}
				if r0 == r1 || lo == hi {
					continue
				}
				src := plane[(r0*p.StrideH+q-p.PadH)*p.W+lo*p.StrideW+off:]
				to := block[r0*p.ow+lo:]
				if p.StrideW == 1 {
					simd.CopyRows(r1-r0, hi-lo, to, p.ow, src, p.StrideH*p.W)
					continue
				}
				for r := range r1 - r0 {
					e.strided(to[r*p.ow:][:hi-lo], src[r*p.StrideH*p.W:])
				}
			}
		}
	}
}

// drain adds every copy in src to the pixel of x that fill took it from.
func (e *expansion) drain(x, src []float32, channels int) {
	p := e.plan
	for kw := range p.KW {
		off := kw*p.DilW - p.PadW
		lo, hi := p.inside(off)
		for c := range channels {
			plane := x[c*p.plane:][:p.plane]
			for q := range p.StrideH {
				rows, r0, r1 := e.inImage(q)
				block := src[:rows*p.ow]
				src = src[rows*p.ow:]
				if r0 == r1 || lo == hi {
					continue
				}
				to := plane[(r0*p.StrideH+q-p.PadH)*p.W+lo*p.StrideW+off:]
				from := block[r0*p.ow+lo:]
				if p.StrideW == 1 {
					simd.AddRows(r1-r0, hi-lo, to, p.StrideH*p.W, from, p.ow)
					continue
				}
				for r := range r1 - r0 {
					row := to[r*p.StrideH*p.W:]
					for i, v := range from[r*p.ow:][:hi-lo] {
						row[i*p.StrideW] += v
					}
				}
			}
		}
	}
}

// strided sets dst to every StrideW-th element of src.
func (e *expansion) strided(dst, src []float32) {
	if e.StrideW == 2 {
		for ; len(dst) > 4; dst, src = dst[4:], src[8:] {
			d, s := (*[4]float32)(dst), (*[7]float32)(src)
			d[0], d[1], d[2], d[3] = s[0], s[2], s[4], s[6]
		}
	}
	for i, j := 0, 0; i < len(dst); i, j = i+1, j+e.StrideW {
		dst[i] = src[j]
	}
}
