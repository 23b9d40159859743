//go:build linux

// Package guard gives tests slices that touch pages which may not be read or
// written, so that an access out of bounds ends the test.
package guard

import (
	"syscall"
	"testing"
	"unsafe"
)

// Float32s returns n floats. The page after the last one is forbidden when
// atEnd is set, the page before the first one otherwise.
func Float32s(t testing.TB, n int, atEnd bool) []float32 {
	return slice[float32](t, n, atEnd)
}

// Bytes is Float32s for uint8.
func Bytes(t testing.TB, n int, atEnd bool) []uint8 { return slice[uint8](t, n, atEnd) }

func slice[T any](t testing.TB, n int, atEnd bool) []T {
	t.Helper()
	var zero T
	size := n * int(unsafe.Sizeof(zero))
	page := syscall.Getpagesize()
	inner := (size + page - 1) / page * page
	if inner == 0 {
		inner = page
	}
	m, err := syscall.Mmap(-1, 0, inner+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	for _, g := range [][]byte{m[:page], m[page+inner:]} {
		if err := syscall.Mprotect(g, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	b := m[page : page+inner]
	if atEnd {
		b = b[inner-size:]
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)
}
