package fft

// A real signal of even length n is n/2 pairs. With Z their transform and m =
// n/2, that of the signal is
//
//	X[k] = e + u[k]·d,  e = (Z[k] + conj Z[m-k])/2,  d = (Z[k] - conj Z[m-k])/2
//
// and X[m-k] = conj(e - u[k]·d), where u[k] = -i·e^(-2πik/n). The way back is the
// same with the conjugate of u[k].

// untangling returns u[k]·scale for k from 1 to m/2.
func untangling[T Float](n int, inverse bool) []T {
	u := make([]T, 0, n/2+2)
	for k := 1; k <= n/4; k++ {
		re, im := unit(k, n)
		if inverse {
			u = append(u, T(im), T(re))
		} else {
			u = append(u, T(im), T(-re))
		}
	}
	return u
}

// untangle does the step for the m+1 points of x, but for the first and the last.
func untangle[T Float](x, u []T, m int, half T) {
	if m < 2 || untangleVector(x, u, m, half) {
		return
	}
	for k := 1; k <= m/2; k++ {
		a, b := (*[point]T)(x[k*point:]), (*[point]T)(x[(m-k)*point:])
		ur, ui := u[2*k-2], u[2*k-1]
		for l := range lanes {
			a[l], a[l+lanes], b[l], b[l+lanes] = untangled(a[l], a[l+lanes], b[l], b[l+lanes], ur, ui, half)
		}
	}
}

func untangled[T Float](ar, ai, br, bi, ur, ui, half T) (cr, ci, dr, di T) {
	er, ei, xr, xi := (ar+br)*half, (ai-bi)*half, (ar-br)*half, (ai+bi)*half
	tr, ti := xr*ur-xi*ui, xr*ui+xi*ur
	return er + tr, ei + ti, er - tr, ti - ei
}

// ends computes the first and the last of the m+1 points of the transform from
// the first of the half.
func ends[T Float](x []T, m int) {
	first, last := (*[point]T)(x), (*[point]T)(x[m*point:])
	for l := range lanes {
		re, im := first[l], first[l+lanes]
		first[l], first[l+lanes] = re+im, 0
		last[l], last[l+lanes] = re-im, 0
	}
}

// joined is the way back of ends.
func joined[T Float](x []T, m int, half T) {
	first, last := (*[point]T)(x), (*[point]T)(x[m*point:])
	for l := range lanes {
		a, b := first[l], last[l]
		first[l], first[l+lanes] = (a+b)*half, (a-b)*half
	}
}
