package dl

import (
	"math"
	"slices"
)

// rowSorter sorts rows of float32 numbers of length n. Each number becomes an
// unsigned key in the same order, with its position in the lower half, so that
// sorting plain integers sorts stably.
type rowSorter struct {
	keys, tmp  []uint64
	descending bool
	short      [3][1 << digit]uint16 // how often each digit occurs, then where its keys go
	long       [3][1 << digit]uint32 // the same for rows that uint16 cannot count
}

// A key of 32 bits is three digits of 11 bits or less.
const digit = 11

// fewKeys is up to how many keys comparisons are quicker.
const fewKeys = 192

func (b *rowSorter) room(n int) {
	if cap(b.keys) < n {
		b.keys, b.tmp = make([]uint64, n), make([]uint64, n)
	}
	b.keys, b.tmp = b.keys[:n], b.tmp[:n]
}

// order returns the keys of x[0], x[step] and so on in order, n of them.
func (b *rowSorter) order(x []float32, n, step int) []uint64 {
	b.room(n)
	turned := uint32(0)
	if b.descending {
		turned = 0xffffffff
	}
	if step == 1 {
		for r, v := range x[:n] {
			b.keys[r] = uint64(sortKey(v)^turned)<<32 | uint64(r)
		}
	} else {
		for r := range b.keys {
			b.keys[r] = uint64(sortKey(x[r*step])^turned)<<32 | uint64(r)
		}
	}
	switch {
	case n <= fewKeys:
		slices.Sort(b.keys)
		return b.keys
	case n < 1<<16:
		return radixSort(&b.short, b.keys, b.tmp, startsShort)
	}
	return radixSort(&b.long, b.keys, b.tmp, startsLong)
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

// radixSort sorts by the upper 32 bits, from the lowest digit up, and returns
// the one of x and tmp that has the result.
func radixSort[C uint16 | uint32](count *[3][1 << digit]C, x, tmp []uint64, starts func(*[1 << digit]C)) []uint64 {
	*count = [3][1 << digit]C{}
	for _, k := range x {
		count[0][k>>32&(1<<digit-1)]++
		count[1][k>>(32+digit)&(1<<digit-1)]++
		count[2][k>>(32+2*digit)]++
	}
	for p := range count {
		c, shift := &count[p], uint(32+p*digit)
		if c[x[0]>>shift&(1<<digit-1)] == C(len(x)) {
			continue // all alike in this digit
		}
		starts(c)
		for _, k := range x {
			at := &c[k>>shift&(1<<digit-1)]
			tmp[*at] = k
			*at++
		}
		x, tmp = tmp, x
	}
	return x
}

// startsLong turns counts into where each digit's keys begin.
func startsLong(c *[1 << digit]uint32) {
	at := uint32(0)
	for i, n := range c {
		c[i] = at
		at += n
	}
}

// startsShort is startsLong for four counts at a time, the lanes of a word:
// a product with ones adds to each lane those below it.
func startsShort(c *[1 << digit]uint16) {
	const ones = 1<<48 | 1<<32 | 1<<16 | 1
	at := uint64(0) // the same in every lane
	for i := 0; i < len(c); i += 4 {
		n := uint64(c[i]) | uint64(c[i+1])<<16 | uint64(c[i+2])<<32 | uint64(c[i+3])<<48
		upTo := n*ones + at
		n = upTo - n
		c[i], c[i+1], c[i+2], c[i+3] = uint16(n), uint16(n>>16), uint16(n>>32), uint16(n>>48)
		at = upTo >> 48 * ones
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
