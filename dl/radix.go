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
	// All bits of a negative number are turned over, the sign of others.
	return b ^ (uint32(int32(b)>>31) | 1<<31)
}

// radixSort sorts by the upper 32 bits, in four passes of 8 bits or, when the
// row is long enough for the larger counters to pay, in three of 11.
func radixSort(x, tmp []uint64) []uint64 {
	if len(x) < 1<<14 {
		var count [4][1 << 8]uint32
		for _, k := range x {
			count[0][k>>32&0xff]++
			count[1][k>>40&0xff]++
			count[2][k>>48&0xff]++
			count[3][k>>56]++
		}
		for p := range count {
			c, shift := &count[p], uint(32+8*p)
			if c[x[0]>>shift&0xff] == uint32(len(x)) {
				continue // all alike in this digit
			}
			starts(c[:])
			for _, k := range x {
				at := &c[k>>shift&0xff]
				tmp[*at] = k
				*at++
			}
			x, tmp = tmp, x
		}
		return x
	}
	const digit = 11
	var count [3][1 << digit]uint32
	for _, k := range x {
		h := k >> 32
		count[0][h&(1<<digit-1)]++
		count[1][h>>digit&(1<<digit-1)]++
		count[2][h>>(2*digit)]++
	}
	for p := range count {
		c, shift := &count[p], uint(32+p*digit)
		if c[x[0]>>shift&(1<<digit-1)] == uint32(len(x)) {
			continue
		}
		starts(c[:])
		for _, k := range x {
			at := &c[k>>shift&(1<<digit-1)]
			tmp[*at] = k
			*at++
		}
		x, tmp = tmp, x
	}
	return x
}

// starts turns counts into where each digit's numbers begin.
func starts(c []uint32) {
	at := uint32(0)
	for i, n := range c {
		c[i] = at
		at += n
	}
}

// firstKeys sets h to the first of the keys of a row in order, sorted, with a
// heap of the best so far whose top is the last of them. Most elements fail a
// comparison with the number on top. Row is x[0], x[step] and so on, n of them.
func firstKeys(h []uint64, x []float32, n, step int, descending bool) {
	key := func(r int) uint64 {
		k := uint64(sortKey(x[r*step]))<<32 | uint64(r)
		if descending {
			k ^= 0xffffffff << 32
		}
		return k
	}
	for r := range h {
		h[r] = key(r)
	}
	for p := len(h)/2 - 1; p >= 0; p-- {
		siftDown(h, p)
	}
	top := func() float32 { return x[int(uint32(h[0]))*step] }
	last := top()
	if step == 1 {
		x = x[:n]
	}
	for r, at := len(h), len(h)*step; r < n; r, at = r+1, at+step {
		if v := x[at]; descending && v <= last || !descending && v >= last {
			continue // equal ones come later
		}
		if k := key(r); k < h[0] {
			h[0] = k
			siftDown(h, 0)
			last = top()
		}
	}
	slices.Sort(h)
}

// siftDown restores the heap h, largest on top, where h[p] may be too small.
func siftDown(h []uint64, p int) {
	v := h[p]
	for {
		c := 2*p + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h[c+1] > h[c] {
			c++
		}
		if v >= h[c] {
			break
		}
		h[p] = h[c]
		p = c
	}
	h[p] = v
}
