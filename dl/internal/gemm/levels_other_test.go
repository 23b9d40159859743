//go:build !amd64 && !arm64

package gemm

import "testing"

// eachLevel runs f with the only set of kernels there is.
func eachLevel(t *testing.T, f func(t *testing.T)) { t.Run("portable", f) }
