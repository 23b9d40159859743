//go:build !amd64

package conv

import "testing"

// eachWidth runs f with the only width of vectors there is.
func eachWidth(t *testing.T, f func(t *testing.T)) { f(t) }
