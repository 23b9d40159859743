package eval

import (
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"unsafe"

	"descent/kernel/rt"
)

// Panic is what Load and Run return when the cell panicked.
type Panic struct {
	Value    any     // as recover would return it
	Text     string  // as Go prints it after "panic: "
	Frames   []Frame // where, the innermost first
	Overflow bool    // the stack was about to overflow

	Goroutine bool // a goroutine that the cell started panicked
}

func (p *Panic) Error() string { return "panic: " + p.Text }

// Unwrap returns the value of the panic if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// newPanic describes the panic of the calling goroutine, which has left the last n
// of its frames.
func (i *Interp) newPanic(v any, n int) *Panic {
	v = i.clean(v)
	return &Panic{Value: v, Text: panicText(v), Frames: i.frames(i.sink.take(rt.GoID(), n))}
}

// Left returns the places in cells that a panic of the calling goroutine has left,
// for a compiled package that recovers it and tells.
func (i *Interp) Left() []Frame { return i.frames(i.sink.take(rt.GoID(), maxFrames)) }

// recovered is called with what recover returned in a cell, and returns what it
// returns in Go.
func (i *Interp) recovered(v any) any {
	if v == nil {
		return nil
	}
	v = i.clean(v)
	if i.stopped(v) {
		panic(v) // an interrupt cannot be recovered from
	}
	i.sink.take(rt.GoID(), 0)
	return v
}

// clean turns the value of a panic of the interpreter into Go's.
func (i *Interp) clean(v any) any {
	for {
		rv, ok := v.(reflect.Value)
		if !ok {
			break
		}
		switch {
		case !rv.IsValid(), rv.Kind() == reflect.Interface && rv.IsNil():
			return new(runtime.PanicNilError)
		case !rv.CanInterface():
			return rv.String()
		}
		v = rv.Interface()
	}
	if inner, ok := carried(v); ok {
		return i.clean(inner)
	}
	if v == nil {
		return new(runtime.PanicNilError)
	}
	v = translate(v)
	if text, ok := v.(outOfRange); ok {
		return rt.RuntimeError(strings.TrimSpace(string(text) + " " + i.sink.indexing()))
	}
	return v
}

// outOfRange is what reflection says of an index or of bounds, which it does not name.
type outOfRange string

const (
	indexRange = outOfRange("index out of range")
	sliceRange = outOfRange("slice bounds out of range")
)

var nilDereference = rt.RuntimeError("invalid memory address or nil pointer dereference")

// carried returns the value inside the interpreter's own form of an interface.
func carried(v any) (reflect.Value, bool) {
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Struct || rv.Type().String() != "interp.valueInterface" {
		return reflect.Value{}, false
	}
	// The field is not exported: copy it out of an addressable copy.
	c := reflect.New(rv.Type()).Elem()
	c.Set(rv)
	f := c.FieldByName("value")
	if !f.IsValid() || f.Type() != reflect.TypeFor[reflect.Value]() {
		return reflect.Value{}, false
	}
	return *(*reflect.Value)(unsafe.Pointer(f.UnsafeAddr())), true
}

var (
	conversion = regexp.MustCompile(`^(?:.*?:)?\d+:\d+: (interface conversion: .*)$`)
	reflection = []struct {
		text string // what reflect says
		err  any
	}{
		{"reflect: slice index out of range", indexRange},
		{"reflect: array index out of range", indexRange},
		{"reflect: string index out of range", indexRange},
		{"reflect.Value.Slice: slice index out of bounds", sliceRange},
		{"reflect.Value.Slice: string slice index out of bounds", sliceRange},
		{"reflect.Value.Slice: array index out of bounds", sliceRange},
		{"reflect.Value.Slice3: slice index out of bounds", sliceRange},
		{"reflect.MakeSlice: negative len", rt.RuntimeError("makeslice: len out of range")},
		{"reflect.MakeSlice: negative cap", rt.RuntimeError("makeslice: cap out of range")},
		{"reflect.MakeSlice: len > cap", rt.RuntimeError("makeslice: cap out of range")},
		{"reflect.MakeChan: negative buffer size", rt.PlainError("makechan: size out of range")},
		{"reflect: call of nil function", nilDereference},
		{"reflect.Value.Call: call of nil function", nilDereference},
		{"reflect: nil pointer dereference", nilDereference},
		{"reflect: Method on nil interface value", nilDereference},
	}
	// Methods of reflect.Value that the interpreter calls on what a nil pointer
	// points to.
	zeroValue = regexp.MustCompile(`^reflect: (?:call of )?reflect\.(?:Value|flag)\.\S+ (?:on|using) (?:zero|nil)|^reflect: call of reflect\.\S+ on (?:zero|nil) Value|^reflect: Call using zero Value argument$`)
)

// translate puts a panic of reflect into the words of Go's runtime.
func translate(v any) any {
	text := ""
	switch x := v.(type) {
	case string:
		text = x
	case *reflect.ValueError:
		if x.Kind == reflect.Invalid {
			return nilDereference
		}
		text = x.Error()
	case runtime.Error:
		// Reflection has its own words for what a map says itself.
		if t, ok := strings.CutPrefix(strings.TrimPrefix(x.Error(), "runtime error: "), "hash of unhashable type: "); ok {
			return rt.RuntimeError("hash of unhashable type " + t)
		}
		return v
	case error:
		if reflect.TypeOf(v).String() == "*interp.cfgError" {
			if m := conversion.FindStringSubmatch(x.Error()); m != nil {
				return rt.PlainError(strings.ReplaceAll(m[1], "main.main.", "main."))
			}
		}
		return v
	default:
		return v
	}
	for _, r := range reflection {
		if text == r.text {
			return r.err
		}
	}
	if zeroValue.MatchString(text) {
		return nilDereference
	}
	return v
}

// panicText renders the value of a panic as Go's runtime does. It never panics.
func panicText(v any) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprintf("(%T) the text of this value panics in turn", v)
		}
	}()
	switch x := v.(type) {
	case error:
		return x.Error()
	case fmt.Stringer:
		return x.String()
	case string:
		return x
	case bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, uintptr:
		return fmt.Sprintf("%v", x)
	case float32:
		return printFloat(float64(x))
	case float64:
		return printFloat(x)
	case complex64:
		return "(" + printFloat(float64(real(x))) + printFloat(float64(imag(x))) + "i)"
	case complex128:
		return "(" + printFloat(real(x)) + printFloat(imag(x)) + "i)"
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.String:
		return fmt.Sprintf("%s(%q)", rv.Type(), rv.String())
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return fmt.Sprintf("%s(%v)", rv.Type(), v)
	}
	return fmt.Sprintf("%#v", v)
}

// printFloat renders f as the builtin print does.
func printFloat(f float64) string {
	s := fmt.Sprintf("%+e", f)
	if m, e, ok := strings.Cut(s, "e"); ok && len(e) == 3 {
		return m + "e" + e[:1] + "0" + e[1:]
	}
	return s
}
