package conv

// im2col writes the column matrix [taps, rows·ow] of output rows [r0, r1) of
// one group of one image: column j has what the kernel sees at output j.
func (p *plan) im2col(col, x []float32, r0, r1 int) {
	n := (r1 - r0) * p.ow
	for c := range p.inC {
		plane := x[c*p.plane : (c+1)*p.plane]
		for kh := range p.KH {
			for kw := range p.KW {
				dst := col[:n]
				col = col[n:]
				for r := r0; r < r1; r++ {
					row := dst[:p.ow]
					dst = dst[p.ow:]
					ih := r*p.StrideH - p.PadH + kh*p.DilH
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

// inside returns the outputs [lo, hi) whose tap at offset off lies in a row.
func (p *plan) inside(off int) (lo, hi int) {
	if off < 0 {
		lo = (-off + p.StrideW - 1) / p.StrideW
	}
	if last := p.W - 1 - off; last >= 0 {
		hi = last/p.StrideW + 1
	}
	hi = min(hi, p.ow)
	return min(lo, hi), hi
}

// gather sets row[i] = src[i·stride+off], zero outside.
func (p *plan) gather(row, src []float32, off int) {
	lo, hi := p.inside(off)
	clear(row[:lo])
	clear(row[hi:])
	if p.StrideW == 1 {
		copy(row[lo:hi], src[lo+off:hi+off])
		return
	}
	j := lo*p.StrideW + off
	for i := lo; i < hi; i++ {
		row[i] = src[j]
		j += p.StrideW
	}
}

// col2im adds the column matrix of output rows [r0, r1) to the image that it
// came from.
func (p *plan) col2im(x, col []float32, r0, r1 int) {
	n := (r1 - r0) * p.ow
	for c := range p.inC {
		plane := x[c*p.plane : (c+1)*p.plane]
		for kh := range p.KH {
			for kw := range p.KW {
				src := col[:n]
				col = col[n:]
				for r := r0; r < r1; r++ {
					row := src[:p.ow]
					src = src[p.ow:]
					ih := r*p.StrideH - p.PadH + kh*p.DilH
					if ih >= 0 && ih < p.H {
						p.scatter(plane[ih*p.W:(ih+1)*p.W], row, kw*p.DilW-p.PadW)
					}
				}
			}
		}
	}
}

// scatter adds row[i] to dst[i·stride+off].
func (p *plan) scatter(dst, row []float32, off int) {
	lo, hi := p.inside(off)
	if p.StrideW == 1 {
		d := dst[lo+off : hi+off]
		for i, v := range row[lo:hi] {
			d[i] += v
		}
		return
	}
	j := lo*p.StrideW + off
	for i := lo; i < hi; i++ {
		dst[j] += row[i]
		j += p.StrideW
	}
}
