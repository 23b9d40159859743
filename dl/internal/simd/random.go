package simd

import "math/bits"

// Philox fills dst with the words of consecutive blocks of the generator
// Philox 4×32-10 (Salmon et al., SC 2011): four words per block, whose counter
// is the number of the block, the stream and zero, and whose key is the seed.
// A last block may be cut short.
func Philox(dst []uint32, block uint64, stream uint32, seed uint64) {
	if n := len(dst) / 32; useAsm && n > 0 {
		philoxAsm(n, asFloats(dst), block, uint64(stream), seed)
		dst, block = dst[32*n:], block+uint64(8*n)
	}
	for len(dst) > 0 {
		w := philox(block, stream, seed)
		dst = dst[copy(dst, w[:]):]
		block++
	}
}

// PhiloxUniform is Philox with each word made a float32 from [0, 1): its
// upper 24 bits, divided by 2**24.
func PhiloxUniform(dst []float32, block uint64, stream uint32, seed uint64) {
	if n := len(dst) / 32; useAsm && n > 0 {
		philoxUniformAsm(n, &dst[0], block, uint64(stream), seed)
		dst, block = dst[32*n:], block+uint64(8*n)
	}
	for len(dst) > 0 {
		for i, w := range philox(block, stream, seed) {
			if i < len(dst) {
				dst[i] = float32(w>>8) * (1.0 / (1 << 24))
			}
		}
		dst = dst[min(4, len(dst)):]
		block++
	}
}

// Normals turns the words of Philox into numbers of the normal distribution
// for the first elements of dst, a multiple of 32, and returns how many those
// are: none without assembly. Two words make a radius √(-2·log u) and an angle.
func Normals(dst []float32, block uint64, stream uint32, seed uint64) int {
	if !useAsm {
		return 0
	}
	n := len(dst) &^ 31
	for i := 0; i < n; {
		groups := min(64, (n-i)/32) // they stay in the first cache
		philoxAsm(groups, &dst[i], block, uint64(stream), seed)
		normalsAsm(2*groups, &dst[i])
		i += 32 * groups
		block += uint64(8 * groups)
	}
	return n
}

func philox(block uint64, stream uint32, seed uint64) [4]uint32 {
	c := [4]uint32{uint32(block), uint32(block >> 32), stream}
	k0, k1 := uint32(seed), uint32(seed>>32)
	for range 10 {
		p1, p0 := bits.Mul32(c[0], 0xD2511F53)
		q1, q0 := bits.Mul32(c[2], 0xCD9E8D57)
		c = [4]uint32{q1 ^ c[1] ^ k0, q0, p1 ^ c[3] ^ k1, p0}
		k0 += 0x9E3779B9
		k1 += 0xBB67AE85
	}
	return c
}
