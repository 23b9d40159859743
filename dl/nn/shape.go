package nn

import (
	"fmt"
	"strconv"
	"strings"

	"descent/dl"
)

func product(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

// shapeText writes a shape as the errors of dl do: [64×784].
func shapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = strconv.Itoa(n)
	}
	return "[" + strings.Join(parts, "×") + "]"
}

// parameter makes a trained tensor whose values are yet to be set.
func parameter(shape ...int) *dl.Tensor { return dl.NewParameter(dl.Zeros(shape...)) }

// positive panics when an argument of a constructor is not a positive number.
func positive(op, what string, n int) {
	if n <= 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%s = %d", what, n), Want: what + " of at least 1"})
	}
}

// pair chooses between an option for both axes and one for each: the latter when it is set.
func pair(both int, each [2]int, def int) [2]int {
	if each != [2]int{} {
		return each
	}
	if both == 0 {
		both = def
	}
	return [2]int{both, both}
}

// pairText writes 3 for {3, 3} and 3×5 for {3, 5}.
func pairText(p [2]int) string {
	if p[0] == p[1] {
		return strconv.Itoa(p[0])
	}
	return fmt.Sprintf("%d×%d", p[0], p[1])
}
