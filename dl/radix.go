package dl

import (
	"math"
	"slices"
)

// orderRow32 writes the positions that sort a row of float32 numbers to key:
// each number becomes an unsigned key in the same order, with its position in
// the lower half, so that sorting plain integers sorts stably. key and tmp have
// the length of the row; the sorted keys end up in the returned slice.
func orderRow32(key, tmp []uint64, descending bool) []uint64 {
	if descending {
		for i, k := range key {
			key[i] = k ^ (0xffffffff << 32)
		}
	}
	if len(key) < 192 {
		slices.Sort(key)
		return key
	}
	return radixSort(key, tmp)
}

// sortKey orders float32 numbers as unsigned integers: -0 as 0, NaN last.
func sortKey(v float32) uint32 {
	if v != v {
		return 0xffffffff
	}
	b := math.Float32bits(v + 0)
	if b>>31 == 1 {
		return ^b
	}
	return b | 1<<31
}

// radixSort sorts by the upper 32 bits in three passes of 11 bits.
func radixSort(x, tmp []uint64) []uint64 {
	const digit = 11
	var count [3][1 << digit]uint32
	for _, k := range x {
		h := k >> 32
		count[0][h&(1<<digit-1)]++
		count[1][h>>digit&(1<<digit-1)]++
		count[2][h>>(2*digit)]++
	}
	for p := range 3 {
		c := &count[p]
		if shift := uint(32 + p*digit); c[x[0]>>shift&(1<<digit-1)] == uint32(len(x)) {
			continue // all alike in this digit
		}
		at := uint32(0)
		for i, n := range c {
			c[i] = at
			at += n
		}
		shift := uint(32 + p*digit)
		for _, k := range x {
			d := k >> shift & (1<<digit - 1)
			tmp[c[d]] = k
			c[d]++
		}
		x, tmp = tmp, x
	}
	return x
}
