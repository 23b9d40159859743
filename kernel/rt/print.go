package rt

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
)

var stderr atomic.Pointer[io.Writer]

// SetStderr sets where the builtins print and println write.
func SetStderr(w io.Writer) { stderr.Store(&w) }

func writeErr(s string) {
	if w := stderr.Load(); w != nil {
		io.WriteString(*w, s)
		return
	}
	os.Stderr.WriteString(s)
}

// Print is the builtin print.
func Print(args ...any) {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(printed(a))
	}
	writeErr(b.String())
}

// Println is the builtin println.
func Println(args ...any) {
	var b strings.Builder
	for i, a := range args {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(printed(a))
	}
	b.WriteByte('\n')
	writeErr(b.String())
}

// printed formats one operand as the runtime does.
func printed(v any) string {
	r := reflect.ValueOf(v)
	switch {
	case !r.IsValid():
		return "nil"
	case r.CanInt():
		return strconv.FormatInt(r.Int(), 10)
	case r.CanUint():
		return strconv.FormatUint(r.Uint(), 10)
	case r.CanFloat():
		return printFloat(r.Float())
	case r.CanComplex():
		c := r.Complex()
		return "(" + printFloat(real(c)) + printFloat(imag(c)) + "i)"
	}
	return printOther(r)
}

func printFloat(f float64) string {
	switch {
	case f != f:
		return "NaN"
	case f > 1.7976931348623157e308:
		return "+Inf"
	case f < -1.7976931348623157e308:
		return "-Inf"
	}
	s := strconv.FormatFloat(f, 'e', 6, 64)
	if s[0] != '-' {
		s = "+" + s
	}
	// The runtime writes exponents with three digits.
	if i := strings.IndexByte(s, 'e'); i >= 0 && len(s)-i-2 < 3 {
		s = s[:i+2] + strings.Repeat("0", 3-(len(s)-i-2)) + s[i+2:]
	}
	return s
}

// printOther formats what is no number.
func printOther(r reflect.Value) string {
	switch r.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(r.Bool())
	case reflect.String:
		return r.String()
	case reflect.Pointer, reflect.Chan, reflect.Func, reflect.Map, reflect.UnsafePointer:
		return fmt.Sprintf("%#x", r.Pointer())
	case reflect.Slice:
		return fmt.Sprintf("[%d/%d]%#x", r.Len(), r.Cap(), r.Pointer())
	}
	return fmt.Sprintf("(%s)", r.Type())
}
