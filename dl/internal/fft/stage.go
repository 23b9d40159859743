package fft

// run does the butterflies of a stage.
func (s *stage[T]) run(dst, src []T) {
	n := s.radix * s.p * s.s * point
	dst, src = dst[:n], src[:n]
	switch {
	case s.radix == 4:
		if !s.radix4Vector(dst, src) {
			s.radix4(dst, src)
		}
	case s.radix == 2:
		if !s.radix2Vector(dst, src) {
			s.radix2(dst, src)
		}
	default:
		s.odd(dst, src)
	}
}

// legs are where the second, third and fourth point of a butterfly of radix 4
// lie. The inverse differs in nothing but the order of the second and fourth.
func (s *stage[T]) legs() (b, c, d int) {
	quarter := s.p * s.s * point
	if s.inverse {
		return 3 * quarter, 2 * quarter, quarter
	}
	return quarter, 2 * quarter, 3 * quarter
}

func (s *stage[T]) radix4(dst, src []T) {
	b, c, d := s.legs()
	step := s.s * point
	at, to := 0, 0
	for i := range s.p {
		w := (*[6]T)(s.tw[6*i:])
		for range s.s {
			x0, x1, x2, x3 := (*[point]T)(src[at:]), (*[point]T)(src[at+b:]), (*[point]T)(src[at+c:]), (*[point]T)(src[at+d:])
			y0, y1, y2, y3 := (*[point]T)(dst[to:]), (*[point]T)(dst[to+step:]), (*[point]T)(dst[to+2*step:]), (*[point]T)(dst[to+3*step:])
			for l := range lanes {
				sr, si, tr, ti := x0[l]+x2[l], x0[l+lanes]+x2[l+lanes], x0[l]-x2[l], x0[l+lanes]-x2[l+lanes]
				ur, ui, vr, vi := x1[l]+x3[l], x1[l+lanes]+x3[l+lanes], x1[l]-x3[l], x1[l+lanes]-x3[l+lanes]
				y0[l], y0[l+lanes] = sr+ur, si+ui
				sr, si = sr-ur, si-ui
				y2[l], y2[l+lanes] = sr*w[2]-si*w[3], sr*w[3]+si*w[2]
				sr, si = tr+vi, ti-vr
				y1[l], y1[l+lanes] = sr*w[0]-si*w[1], sr*w[1]+si*w[0]
				sr, si = tr-vi, ti+vr
				y3[l], y3[l+lanes] = sr*w[4]-si*w[5], sr*w[5]+si*w[4]
			}
			at += point
			to += point
		}
		to += 3 * step
	}
}

func (s *stage[T]) radix2(dst, src []T) {
	half, step := s.p*s.s*point, s.s*point
	at, to := 0, 0
	for i := range s.p {
		wr, wi := s.tw[2*i], s.tw[2*i+1]
		for range s.s {
			x0, x1 := (*[point]T)(src[at:]), (*[point]T)(src[at+half:])
			y0, y1 := (*[point]T)(dst[to:]), (*[point]T)(dst[to+step:])
			for l := range lanes {
				tr, ti := x0[l]-x1[l], x0[l+lanes]-x1[l+lanes]
				y0[l], y0[l+lanes] = x0[l]+x1[l], x0[l+lanes]+x1[l+lanes]
				y1[l], y1[l+lanes] = tr*wr-ti*wi, tr*wi+ti*wr
			}
			at += point
			to += point
		}
		to += step
	}
}

// odd does a stage of any radix, by the sum that a transform is.
func (s *stage[T]) odd(dst, src []T) {
	r := s.radix
	leg, step := s.p*s.s*point, s.s*point
	at, to := 0, 0
	for i := range s.p {
		for range s.s {
			for j := range r {
				y := *(*[point]T)(src[at:])
				for k := 1; k < r; k++ {
					m := j * k % r
					wr, wi := s.roots[2*m], s.roots[2*m+1]
					x := (*[point]T)(src[at+k*leg:])
					for l := range lanes {
						y[l] += x[l]*wr - x[l+lanes]*wi
						y[l+lanes] += x[l]*wi + x[l+lanes]*wr
					}
				}
				if j > 0 {
					m := i*(r-1) + j - 1
					turn(&y, s.tw[2*m], s.tw[2*m+1])
				}
				*(*[point]T)(dst[to+j*step:]) = y
			}
			at += point
			to += point
		}
		to += (r - 1) * step
	}
}

// turn multiplies a point by a complex number.
func turn[T Float](y *[point]T, wr, wi T) {
	for l := range lanes {
		y[l], y[l+lanes] = y[l]*wr-y[l+lanes]*wi, y[l]*wi+y[l+lanes]*wr
	}
}
