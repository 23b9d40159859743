package dl

// philox4x32 is ten rounds of the Philox generator of Salmon et al., "Parallel
// random numbers: as easy as 1, 2, 3" (SC 2011): four random words that depend
// on the counter and the key only.
func philox4x32(c [4]uint32, k0, k1 uint32) [4]uint32 {
	a, b, x, y := c[0], c[1], c[2], c[3]
	for range 10 {
		p, q := uint64(a)*philoxM0, uint64(x)*philoxM1
		a, b, x, y = uint32(q>>32)^b^k0, uint32(q), uint32(p>>32)^y^k1, uint32(p)
		k0 += philoxW0
		k1 += philoxW1
	}
	return [4]uint32{a, b, x, y}
}

const (
	philoxM0, philoxM1 = 0xD2511F53, 0xCD9E8D57
	philoxW0, philoxW1 = 0x9E3779B9, 0xBB67AE85
)
