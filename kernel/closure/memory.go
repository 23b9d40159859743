package closure

import "unsafe"

// This file and frame.go hold the arithmetic on addresses. A frame lies in a page of
// two halves, one for words that hold no pointers and one for pointers. The value of
// a variable has Go's own layout, cut in two: a part at offset o is in the first
// half if it is no pointer, and at the same offset of the second half if it is.

type pointer = unsafe.Pointer

const wordSize = unsafe.Sizeof(uintptr(0))

// slice, iface have the layout of Go's own slices and interface values.
type (
	slice struct {
		p    pointer
		n, c int
	}
	iface struct{ t, d pointer }
)

// word returns the place of a value without pointers in a frame.
func word[T any](fp pointer, off uintptr) *T { return (*T)(unsafe.Add(fp, off)) }

// ref returns the place of a pointer in a frame.
func ref(fp pointer, off uintptr) *pointer { return (*pointer)(unsafe.Add(fp, off+half)) }

// in returns the value at an offset in Go's memory.
func in[T any](p pointer, off uintptr) *T { return (*T)(unsafe.Add(p, off)) }

// element returns the address of element i of memory that begins at p.
func element(p pointer, i int, size uintptr) pointer { return unsafe.Add(p, uintptr(i)*size) }

func frameString(fp pointer, off uintptr) string {
	return unsafe.String((*byte)(*ref(fp, off)), *word[int](fp, off+wordSize))
}

func setFrameString(fp pointer, off uintptr, s string) {
	*ref(fp, off) = pointer(unsafe.StringData(s))
	*word[int](fp, off+wordSize) = len(s)
}

func frameSlice(fp pointer, off uintptr) slice {
	return slice{*ref(fp, off), *word[int](fp, off+wordSize), *word[int](fp, off+2*wordSize)}
}

func setFrameSlice(fp pointer, off uintptr, s slice) {
	*ref(fp, off) = s.p
	*word[int](fp, off+wordSize) = s.n
	*word[int](fp, off+2*wordSize) = s.c
}

func frameIface(fp pointer, off uintptr) iface {
	return iface{*ref(fp, off), *ref(fp, off+wordSize)}
}

func setFrameIface(fp pointer, off uintptr, v iface) {
	*ref(fp, off) = v.t
	*ref(fp, off+wordSize) = v.d
}

// run is a part of a value: one pointer, or bytes without pointers.
type run struct {
	off, size uintptr
	ref       bool
}

// loadRuns copies a value from Go's memory into a frame.
func loadRuns(fp pointer, off uintptr, p pointer, runs []run) {
	for _, r := range runs {
		switch {
		case r.ref:
			*ref(fp, off+r.off) = *in[pointer](p, r.off)
		case r.size == wordSize:
			*word[uintptr](fp, off+r.off) = *in[uintptr](p, r.off)
		default:
			copy(unsafe.Slice(word[byte](fp, off+r.off), r.size), unsafe.Slice(in[byte](p, r.off), r.size))
		}
	}
}

// storeRuns copies a value from a frame into Go's memory.
func storeRuns(p pointer, fp pointer, off uintptr, runs []run) {
	for _, r := range runs {
		switch {
		case r.ref:
			*in[pointer](p, r.off) = *ref(fp, off+r.off)
		case r.size == wordSize:
			*in[uintptr](p, r.off) = *word[uintptr](fp, off+r.off)
		default:
			copy(unsafe.Slice(in[byte](p, r.off), r.size), unsafe.Slice(word[byte](fp, off+r.off), r.size))
		}
	}
}

// moveRuns copies a value within the frames of a call chain.
func moveRuns(to pointer, toOff uintptr, from pointer, fromOff uintptr, runs []run) {
	for _, r := range runs {
		switch {
		case r.ref:
			*ref(to, toOff+r.off) = *ref(from, fromOff+r.off)
		case r.size == wordSize:
			*word[uintptr](to, toOff+r.off) = *word[uintptr](from, fromOff+r.off)
		default:
			copy(unsafe.Slice(word[byte](to, toOff+r.off), r.size), unsafe.Slice(word[byte](from, fromOff+r.off), r.size))
		}
	}
}

// clearRuns sets a value in a frame to zero.
func clearRuns(fp pointer, off uintptr, runs []run) {
	for _, r := range runs {
		if r.ref {
			*ref(fp, off+r.off) = nil
		} else {
			clear(unsafe.Slice(word[byte](fp, off+r.off), r.size))
		}
	}
}

// clearMemory sets a value in Go's memory to zero.
func clearMemory(p pointer, runs []run) {
	for _, r := range runs {
		if r.ref {
			*in[pointer](p, r.off) = nil
		} else {
			clear(unsafe.Slice(in[byte](p, r.off), r.size))
		}
	}
}
