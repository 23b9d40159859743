package rt

import (
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"unsafe"
)

// The errors of Go's runtime have types of their own, which %T shows and by which
// programs tell them apart, but no constructors: their types are had by raising one.

// raised returns the error with which f panics.
func raised(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

var (
	errorString = raised(func() { var p *int; *p = 1 })
	plainString = raised(func() { var c chan int; close(c) })
	boundsError = raised(func() { var s []int; s[len(s)] = 1 })
)

// like returns an error of the type of another, which is the value that data points
// to.
//
//go:nocheckptr
func like(err error, data unsafe.Pointer) error {
	v := any(err)
	(*eface)(unsafe.Pointer(&v)).data = data
	return v.(error)
}

// PlainError returns the error of Go's runtime that says the text alone.
func PlainError(text string) error { return like(plainString, unsafe.Pointer(&text)) }

// RuntimeError returns the error of Go's runtime that says "runtime error: " and the
// text.
func RuntimeError(text string) error {
	if err := outOfBounds(text); err != nil {
		return err
	}
	return like(errorString, unsafe.Pointer(&text))
}

// boundsValue mirrors runtime.boundsError.
type boundsValue struct {
	x      int64
	y      int
	signed bool
	code   uint8
}

var (
	number = regexp.MustCompile(`-?\d+`)
	// The texts of the codes of runtime.boundsError, with and without a length.
	boundsTexts = map[string]uint8{
		"index out of range [#] with length #":                                          0,
		"index out of range [#]":                                                        0,
		"slice bounds out of range [:#] with length #":                                  1,
		"slice bounds out of range [:#] with capacity #":                                2,
		"slice bounds out of range [:#]":                                                2,
		"slice bounds out of range [#:#]":                                               3,
		"slice bounds out of range [#:]":                                                3,
		"slice bounds out of range [::#] with length #":                                 4,
		"slice bounds out of range [::#] with capacity #":                               5,
		"slice bounds out of range [::#]":                                               5,
		"slice bounds out of range [:#:#]":                                              6,
		"slice bounds out of range [:#:]":                                               6,
		"slice bounds out of range [#:#:]":                                              7,
		"slice bounds out of range [#::]":                                               7,
		"cannot convert slice with length # to array or pointer to array with length #": 8,
	}
)

// outOfBounds returns the error of the runtime that tells of an index or of bounds,
// nil if the text is of something else.
func outOfBounds(text string) error {
	code, ok := boundsTexts[number.ReplaceAllString(text, "#")]
	if !ok {
		return nil
	}
	n := number.FindAllString(text, 2)
	b := &boundsValue{signed: true, code: code}
	b.x, _ = strconv.ParseInt(n[0], 10, 64)
	if len(n) > 1 {
		b.y, _ = strconv.Atoi(n[1])
	}
	if code == 8 { // names the length that there is first
		b.x, b.y = int64(b.y), int(b.x)
	}
	if err := like(boundsError, unsafe.Pointer(b)); err.Error() == "runtime error: "+text {
		return err
	}
	return nil
}

// assertion mirrors runtime.TypeAssertionError.
type assertion struct {
	iface, concrete, asserted *rtype
	missing                   string
}

// assertionError is the panic value of a failed assertion of v, in an interface of
// the type from, to another type, which lacks a method if that is an interface.
func assertionError(v any, from, to reflect.Type, missing string) error {
	a := &assertion{concrete: typeOf(v), asserted: ptrOf(to), missing: missing}
	if from != nil {
		a.iface = ptrOf(from)
	}
	return (*runtime.TypeAssertionError)(unsafe.Pointer(a))
}
