//go:build !amd64 && !arm64

package goid

import "runtime"

// Get returns the name of the calling goroutine: its number, read from the
// first line of its stack trace ("goroutine 12 [running]:").
func Get() uintptr {
	var buf [32]byte
	n := runtime.Stack(buf[:], false)
	var id uintptr
	for _, c := range buf[len("goroutine "):n] {
		if c < '0' || c > '9' {
			break
		}
		id = id*10 + uintptr(c-'0')
	}
	return id
}
