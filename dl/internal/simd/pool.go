package simd

// MaxPool2x2 is a row of max pooling by two in both directions. It sets
// dst[j] to the largest of r0[2j], r0[2j+1], r1[2j], r1[2j+1] and arg[j] to
// where that is: base+2j for the first, one more for its neighbour, width more
// for the row below. Of equal elements the first counts, and NaN counts as
// largest, the last one of several.
func MaxPool2x2(dst []float32, arg []int32, r0, r1 []float32, base, width int) {
	n := len(dst)
	arg, r0, r1 = arg[:n], r0[:2*n], r1[:2*n]
	if useAsm && n >= 8 {
		maxPool2x2Asm(n, &dst[0], &arg[0], &r0[0], &r1[0], base, width)
		return
	}
	maxPool2x2Go(dst, arg, r0, r1, base, width)
}

func maxPool2x2Go(dst []float32, arg []int32, r0, r1 []float32, base, width int) {
	for j := range dst {
		best, at := r0[2*j], base+2*j
		for _, c := range [3]struct {
			v  float32
			at int
		}{{r0[2*j+1], base + 2*j + 1}, {r1[2*j], base + 2*j + width}, {r1[2*j+1], base + 2*j + width + 1}} {
			if c.v > best || c.v != c.v {
				best, at = c.v, c.at
			}
		}
		dst[j], arg[j] = best, int32(at)
	}
}
