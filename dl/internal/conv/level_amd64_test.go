package conv

import (
	"testing"

	"descent/dl/internal/cpu"
)

// eachWidth runs f with every width of vectors that may be used here.
func eachWidth(t *testing.T, f func(t *testing.T)) {
	defer func(w bool) { wide = w }(wide)
	for _, l := range cpu.Levels() {
		wide = l == cpu.AVX512
		t.Run(l.String(), f)
	}
}
