package simd

import "unsafe"

// The functions below do what those without Stream in their names do, with the
// same bits, and store past the caches. They are for large results in memory
// that is in no cache: an ordinary store reads such memory first. A result that
// is in a cache, or small enough to be read from one soon, is better off without.
//
// Those with Row in their names are for many short rows: StreamEnd must come
// after the last of them, before another goroutine may read the rows.

// StreamEnd waits until all can see what this goroutine has streamed.
func StreamEnd() {
	if useAsm {
		streamEnd()
	}
}

// lead returns how many elements come before the first one that a vector may
// be streamed to.
func lead(dst []float32) int {
	at := uintptr(unsafe.Pointer(unsafe.SliceData(dst)))
	return min(int(-at%32/4), len(dst))
}

// StreamAdd sets dst[i] = a[i] + b[i].
func StreamAdd(dst, a, b []float32) { stream2(dst, a, b, Add, streamAddAsm) }

// StreamSub sets dst[i] = a[i] - b[i].
func StreamSub(dst, a, b []float32) { stream2(dst, a, b, Sub, streamSubAsm) }

// StreamMul sets dst[i] = a[i] * b[i].
func StreamMul(dst, a, b []float32) { stream2(dst, a, b, Mul, streamMulAsm) }

func stream2(dst, a, b []float32, f func(dst, a, b []float32), asm func(n int, dst, a, b *float32)) {
	a, b = a[:len(dst)], b[:len(dst)]
	k := len(dst)
	if useAsm {
		k = lead(dst)
	}
	f(dst[:k], a[:k], b[:k])
	if n := len(dst) - k; n > 0 {
		asm(n, &dst[k], &a[k], &b[k])
		streamEnd()
	}
}

// StreamReLU is ReLU.
func StreamReLU(dst, a []float32) {
	a = a[:len(dst)]
	k := len(dst)
	if useAsm {
		k = lead(dst)
	}
	ReLU(dst[:k], a[:k])
	if n := len(dst) - k; n > 0 {
		streamReLUAsm(n, &dst[k], &a[k])
		streamEnd()
	}
}

// StreamCopy sets dst[i] = a[i]. The two must not overlap.
func StreamCopy(dst, a []float32) {
	StreamCopyRow(dst, a)
	StreamEnd()
}

// StreamCopyRow is StreamCopy for a row.
func StreamCopyRow(dst, a []float32) {
	a = a[:len(dst)]
	k := len(dst)
	if useAsm {
		k = lead(dst)
	}
	copy(dst[:k], a[:k])
	if n := len(dst) - k; n > 0 {
		streamCopyAsm(n, &dst[k], &a[k])
	}
}

// StreamNormalizeRow is Normalize for a row.
func StreamNormalizeRow(dst, a, w, b []float32, mean, scale float32) {
	a, w, b = a[:len(dst)], w[:len(dst)], b[:len(dst)]
	k := len(dst)
	if useAsm {
		k = lead(dst)
	}
	Normalize(dst[:k], a[:k], w[:k], b[:k], mean, scale)
	if n := len(dst) - k; n > 0 {
		streamNormalizeAsm(n, &dst[k], &a[k], &w[k], &b[k], mean, scale)
	}
}
