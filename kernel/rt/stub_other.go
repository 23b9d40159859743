//go:build !amd64 && !arm64

package rt

import "unsafe"

// Other machines have no stubs: types of cells have no methods there that compiled
// packages could call.
const (
	stubCount = 0
	stubSize  = 0
)

var slots [1]unsafe.Pointer

func stubBase() unsafe.Pointer { return nil }

func g() unsafe.Pointer { return nil }
