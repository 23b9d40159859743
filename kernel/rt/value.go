package rt

import (
	"fmt"
	"reflect"
	"strings"
)

// Box returns v: the interpreter stores the result of an operation into an
// interface only through a call.
func Box(v any) any { return v }

// NotNil is the assertion of a value to an empty interface. from is the type of
// the interface.
func NotNil(v any, from int) any {
	if v == nil {
		panic(assertionError(nil, nil, anyType, ""))
	}
	return v
}

// Equal is == for interfaces, structs and arrays.
func Equal(a, b any) bool { return a == b }

// Clear is the builtin.
func Clear(v any) { reflect.ValueOf(v).Clear() }

// MinInt and the others are the builtins min and max for two operands.
func MinInt(a, b int) int           { return min(a, b) }
func MaxInt(a, b int) int           { return max(a, b) }
func MinInt64(a, b int64) int64     { return min(a, b) }
func MaxInt64(a, b int64) int64     { return max(a, b) }
func MinUint(a, b uint64) uint64    { return min(a, b) }
func MaxUint(a, b uint64) uint64    { return max(a, b) }
func MinFloat(a, b float64) float64 { return min(a, b) }
func MaxFloat(a, b float64) float64 { return max(a, b) }
func MinString(a, b string) string  { return min(a, b) }
func MaxString(a, b string) string  { return max(a, b) }

// IterState panics as the runtime does when an iterator misuses the body of a loop:
// calls it after the loop, while a panic of it is on its way (next is negative), or
// after it has ended the loop (positive); or keeps such a panic for itself.
func IterState(over bool, next int) {
	text := "range function recovered a loop body panic and did not resume panicking"
	switch {
	case over:
		text = "range function continued iteration after whole loop exit"
	case next < 0:
		text = "range function continued iteration after loop body panic"
	case next > 0:
		text = "range function continued iteration after function for loop body returned false"
	}
	panic(RuntimeError(text))
}

// CheckPointer panics if a pointer is nil: a value that nothing takes is not read.
func CheckPointer(p any) {
	if reflect.ValueOf(p).IsNil() {
		panic(RuntimeError("invalid memory address or nil pointer dereference"))
	}
}

// NilReceiver panics as a method of the values of a type does that is called with a
// nil pointer.
func NilReceiver(typ, method string) {
	panic(PlainError(fmt.Sprintf("value method %s.%s called using nil *%s pointer", typ, method, typ[strings.LastIndexByte(typ, '.')+1:])))
}

// CheckArray panics if a slice is too short for a conversion to an array.
func CheckArray(n, want int) {
	if n < want {
		panic(RuntimeError(fmt.Sprintf("cannot convert slice with length %d to array or pointer to array with length %d", n, want)))
	}
}

// Runes returns where the characters of a string begin, and the characters.
func Runes(s string) ([]int, []rune) {
	at, rs := make([]int, 0, len(s)), make([]rune, 0, len(s))
	for i, r := range s {
		at, rs = append(at, i), append(rs, r)
	}
	return at, rs
}

// Elem returns the address of an element of a slice or of the array behind a
// pointer.
func Elem(v any, i int) any {
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Pointer {
		r = r.Elem()
	}
	if uint(i) >= uint(r.Len()) {
		panic(RuntimeError(fmt.Sprintf("index out of range [%d] with length %d", i, r.Len())))
	}
	return r.Index(i).Addr().Interface()
}

// ArrayPointer converts a slice to the type of p, a pointer to an array.
func ArrayPointer(s, p any) any {
	t := reflect.TypeOf(p)
	r := reflect.ValueOf(s)
	CheckArray(r.Len(), t.Elem().Len())
	return r.Convert(t).Interface()
}

// Shift returns a shift count, which must not be negative.
func Shift(n int) uint {
	if n < 0 {
		panic(RuntimeError("negative shift amount"))
	}
	return uint(n)
}
