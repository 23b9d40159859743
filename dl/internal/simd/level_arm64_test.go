package simd

import "testing"

// eachWidth runs f with the only width of vectors there is.
func eachWidth(t *testing.T, f func(t *testing.T)) { t.Run("neon", f) }
