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
	if u, ok := hugeOf(fp, i); ok {
		_ = make([]struct{}, n)[u]
	}
	_ = make([]struct{}, n)[i]
	panic("closure: the index is in range")
}

// hugeOf returns the index that was too large for an int, if one of these stands for it.
func hugeOf(fp pointer, indices ...int) (uint64, bool) {
	c := chainOf(fp)
	u := c.huge
	c.huge = 0
	for _, i := range indices {
		if i == minInt && u != 0 {
			return u, true
		}
	}
	return 0, false
}

// raiseHuge is raiseSlice for one bound that is too large.
func raiseHuge(s []struct{}, u uint64, i, j, k int, full bool) {
	switch {
	case full && k == minInt:
		_ = s[0:0:u]
	case full && j == minInt:
		_ = s[0:u:k]
	case full:
		_ = s[u:j:k]
	case j == minInt:
		_ = s[:u]
	}
	_ = s[u:j]
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
	if u, ok := hugeOf(fp, i, j, k); ok {
		raiseHuge(s, u, i, j, k, full)
	}
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
	if u, ok := hugeOf(fp, i, j); ok {
		if j == minInt {
			_ = s[:u]
		}
		_ = s[u:]
	}
	_ = s[i:j]
	panic("closure: the bounds are in range")
}

// raiseIteration fails as the body of a range over a function does when the iterator
// calls it in this state.
func raiseIteration(s iterationState) {
	switch s {
	case ended:
		for range func(yield func() bool) { yield(); yield() } {
			break
		}
	case inBody:
		for range func(yield func() bool) { dropPanic(yield); yield() } {
			panic("")
		}
	case exhausted:
		var later func() bool
		for range func(yield func() bool) { later = yield } {
			continue
		}
		later()
	}
	panic("closure: the iterator may go on")
}

// raiseMissingPanic fails as a range over a function does whose iterator has recovered
// from a panic of the body.
func raiseMissingPanic() {
	for range dropPanic {
		panic("")
	}
}

func dropPanic(yield func() bool) {
	defer func() { _ = recover() }()
	yield()
}
