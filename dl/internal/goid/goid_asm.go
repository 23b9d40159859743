//go:build amd64 || arm64

package goid

// Get returns the name of the calling goroutine.
func Get() uintptr
