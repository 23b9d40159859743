//go:build amd64 || arm64

package rt

import "unsafe"

const (
	stubCount = 32768
	stubSize  = 8
)

// slots holds the function values to which the entries of the stubs jump.
var slots [stubCount]unsafe.Pointer

// stubBase returns the address of the first entry.
func stubBase() unsafe.Pointer

// g returns what the runtime keeps of the calling goroutine.
func g() unsafe.Pointer
