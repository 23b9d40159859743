package conv

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

// fill copies channels [c0, c1), of which x is the first.
func (e *expansion) fill(dst, x []float32, channels int) {
	p := e.plan
	for kw := range p.KW {
		for c := range channels {
			plane := x[c*p.plane:][:p.plane]
			for q := range p.StrideH {
				for h := q; h < e.rows; h += p.StrideH {
					row := dst[:p.ow]
					dst = dst[p.ow:]
					ih := h - p.PadH
					if ih < 0 || ih >= p.H {
						clear(row)
						continue
					}
					p.gather(row, plane[ih*p.W:(ih+1)*p.W], kw*p.DilW-p.PadW)
				}
			}
		}
	}
}
