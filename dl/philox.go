package dl

import "math/bits"

// philox4x32 is ten rounds of the Philox generator of Salmon et al., "Parallel
// random numbers: as easy as 1, 2, 3" (SC 2011): four random words that depend
// on the counter and the key only.
func philox4x32(c [4]uint32, k0, k1 uint32) [4]uint32 {
	for round := range 10 {
		if round > 0 {
			k0 += 0x9E3779B9
			k1 += 0xBB67AE85
		}
		h0, l0 := bits.Mul32(0xD2511F53, c[0])
		h1, l1 := bits.Mul32(0xCD9E8D57, c[2])
		c = [4]uint32{h1 ^ c[1] ^ k0, l1, h0 ^ c[3] ^ k1, l0}
	}
	return c
}
