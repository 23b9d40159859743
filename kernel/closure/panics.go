package closure

import "go/token"

// The panics are Go's own: each raise notes where the code is and then does what
// fails, with operands that fail in the same way.

func raiseNil(fp pointer, pos token.Pos) {
	note(fp, pos)
	var p *int
	_ = *p
	panic("closure: the pointer is not nil")
}

func raiseDivide(fp pointer, pos token.Pos) {
	note(fp, pos)
	zero := 0
	_ = 1 / zero
	panic("closure: the divisor is not zero")
}

func raiseShift(fp pointer, pos token.Pos, n int) {
	note(fp, pos)
	_ = 1 << n
	panic("closure: the shift is not negative")
}

func raiseIndex(fp pointer, pos token.Pos, i, n int) {
	note(fp, pos)
	_ = make([]struct{}, n)[i]
	panic("closure: the index is in range")
}

var nilMap map[int]int

func raiseNilMap(fp pointer, pos token.Pos) {
	note(fp, pos)
	nilMap[0] = 0
}

// raiseSlice fails as s[i:j:k] does for a slice; k is none if there is none.
func raiseSlice(fp pointer, pos token.Pos, n, c, i, j, k int, full bool) {
	note(fp, pos)
	s := make([]struct{}, n, c)
	if full {
		_ = s[i:j:k]
	}
	_ = s[i:j]
	panic("closure: the bounds are in range")
}

// raiseSubstring fails as s[i:j] does for a string or an array of n.
func raiseSubstring(fp pointer, pos token.Pos, n, i, j int) {
	note(fp, pos)
	s := string(make([]byte, n))
	_ = s[i:j]
	panic("closure: the bounds are in range")
}
