package simd

// CopyRows copies a rectangle of rows×cols floats. Row i begins at
// dst[i*dstPitch] and src[i*srcPitch]; dst and src must not overlap.
func CopyRows(rows, cols int, dst []float32, dstPitch int, src []float32, srcPitch int) {
	if rows <= 0 || cols <= 0 {
		return
	}
	// The last elements, for their bounds checks.
	_ = dst[(rows-1)*dstPitch+cols-1]
	_ = src[(rows-1)*srcPitch+cols-1]
	if useAsm && dstPitch >= 0 && srcPitch >= 0 {
		copyRowsAsm(rows, cols, &dst[0], 4*dstPitch, &src[0], 4*srcPitch)
		return
	}
	for i := range rows {
		copy(dst[i*dstPitch:][:cols], src[i*srcPitch:][:cols])
	}
}

// AddRows adds a rectangle of rows×cols elements to another. Neighbouring
// rows lie a pitch apart. It panics like a loop when a slice is too short.
func AddRows(rows, cols int, dst []float32, dstPitch int, src []float32, srcPitch int) {
	if rows <= 0 || cols <= 0 {
		return
	}
	// The last elements, for their bounds checks.
	_ = dst[(rows-1)*dstPitch+cols-1]
	_ = src[(rows-1)*srcPitch+cols-1]
	if useAsm && dstPitch >= 0 && srcPitch >= 0 {
		addRowsAsm(rows, cols, &dst[0], 4*dstPitch, &src[0], 4*srcPitch)
		return
	}
	for i := range rows {
		to := dst[i*dstPitch:][:cols]
		for j, v := range src[i*srcPitch:][:cols] {
			to[j] += v
		}
	}
}
