package simd

import "unsafe"

// Transpose sets dst[j*dstPitch+i] = src[i*srcPitch+j] for i < rows and
// j < cols; dst and src must not overlap.
func Transpose(rows, cols int, dst []float32, dstPitch int, src []float32, srcPitch int) {
	if rows <= 0 || cols <= 0 {
		return
	}
	_ = dst[(cols-1)*dstPitch+rows-1]
	_ = src[(rows-1)*srcPitch+cols-1]
	// Tiles keep the lines of both sides in the first cache.
	const tile = 64
	for i := 0; i < rows; i += tile {
		for j := 0; j < cols; j += tile {
			transposeTile(min(tile, rows-i), min(tile, cols-j), dst[j*dstPitch+i:], dstPitch, src[i*srcPitch+j:], srcPitch)
		}
	}
}

func transposeTile(rows, cols int, dst []float32, dstPitch int, src []float32, srcPitch int) {
	r, c := 0, 0
	if useAsm && rows >= 8 {
		r, c = rows&^7, cols&^7
		for j := 0; j < c; j += 8 {
			transpose8Asm(r/8, &dst[j*dstPitch], 4*dstPitch, &src[j], 4*srcPitch)
		}
	}
	for i := range rows {
		from := c
		if i >= r {
			from = 0
		}
		for j := from; j < cols; j++ {
			dst[j*dstPitch+i] = src[i*srcPitch+j]
		}
	}
}

// asFloats returns the address of words as that of floats.
func asFloats(w []uint32) *float32 { return (*float32)(unsafe.Pointer(unsafe.SliceData(w))) }
