package dl

import (
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// prodFolded32 fills dst with the products over the middle of f.
func prodFolded32(dst, src []float32, f fold) {
	switch {
	case len(src) == 0 || len(dst) == 0:
		for i := range dst {
			dst[i] = 1
		}
	case f.inner == 1 && f.outer == 1:
		dst[0] = prodAll(src)
	case f.inner == 1:
		r := f.reduced
		par.For(f.outer, max(1, grain/r), func(lo, hi int) {
			for i := lo; i < hi; i++ {
				dst[i] = float32(prodRow(src[i*r : i*r+r]))
			}
		})
	default:
		prodColumns(dst, src, f)
	}
}

// prodAll multiplies in pieces of fixed length, whatever the number of
// processors.
func prodAll(src []float32) float32 {
	parts := make([]float64, (len(src)+grain-1)/grain)
	par.For(len(parts), 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			parts[i] = prodRow(src[i*grain : min(len(src), (i+1)*grain)])
		}
	})
	p := 1.0
	for _, v := range parts {
		p *= v
	}
	return float32(p)
}

// prodWidth is how many products of a long row grow side by side.
const prodWidth = 256

// prodRow multiplies the elements of a row: of a long one every prodWidth-th
// with each other in float32, then those products in float64.
func prodRow(x []float32) float64 {
	if len(x) < 4*prodWidth {
		return prodOf(x)
	}
	var acc [prodWidth]float32
	copy(acc[:], x)
	for x = x[prodWidth:]; len(x) >= prodWidth; x = x[prodWidth:] {
		simd.Mul(acc[:], acc[:], x[:prodWidth])
	}
	return prodOf(acc[:]) * prodOf(x)
}

// prodOf has four products, so that one need not wait for the one before.
func prodOf(x []float32) float64 {
	a, b, c, d := 1.0, 1.0, 1.0, 1.0
	for ; len(x) >= 4; x = x[4:] {
		a *= float64(x[0])
		b *= float64(x[1])
		c *= float64(x[2])
		d *= float64(x[3])
	}
	for _, v := range x {
		a *= float64(v)
	}
	return (a * b) * (c * d)
}

// prodColumns multiplies rows onto each other, strips of columns in parallel.
func prodColumns(dst, src []float32, f fold) {
	const strip = 512
	strips := (f.inner + strip - 1) / strip
	par.For(f.outer*strips, max(1, grain/(f.reduced*min(f.inner, strip))), func(lo, hi int) {
		for u := lo; u < hi; u++ {
			o, c0 := u/strips, u%strips*strip
			n := min(strip, f.inner-c0)
			d := dst[o*f.inner+c0:][:n]
			row := src[o*f.reduced*f.inner+c0:]
			copy(d, row[:n])
			for r := 1; r < f.reduced; r++ {
				simd.Mul(d, d, row[r*f.inner:][:n])
			}
		}
	})
}
