package display

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Bounds of what GoSyntax writes.
const (
	maxElems  = 100 // elements of a slice or map before the middle is left out
	headElems = 20  // of which so many are written
	maxDepth  = 8   // nesting
	lineWidth = 100 // columns before a composite value is broken into lines
)

// A TypeNamer gives the name and the field names of a type as they were
// written. Types that are declared in cells have no name of their own at run
// time, and fields in lower case have another.
type TypeNamer func(t reflect.Type) (name string, fields []string, ok bool)

var (
	namerMu sync.RWMutex
	namer   TypeNamer
)

// SetTypeNames installs the session's knowledge of the types that cells declare.
func SetTypeNames(f TypeNamer) {
	namerMu.Lock()
	defer namerMu.Unlock()
	namer = f
}

func typeNames(t reflect.Type) (name string, fields []string, ok bool) {
	namerMu.RLock()
	f := namer
	namerMu.RUnlock()
	if f == nil {
		return "", nil, false
	}
	defer func() {
		if recover() != nil {
			name, fields, ok = "", nil, false
		}
	}()
	return f(t)
}

// typeName is the name of t as Go source has it.
func typeName(t reflect.Type) string {
	if name, _, ok := typeNames(t); ok && name != "" {
		return name
	}
	if t.Name() != "" {
		if t.Kind() == reflect.Interface && t.NumMethod() == 0 && t.PkgPath() == "" {
			return "any"
		}
		return t.String()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + typeName(t.Elem())
	case reflect.Slice:
		return "[]" + typeName(t.Elem())
	case reflect.Array:
		return "[" + strconv.Itoa(t.Len()) + "]" + typeName(t.Elem())
	case reflect.Map:
		return "map[" + typeName(t.Key()) + "]" + typeName(t.Elem())
	case reflect.Struct:
		return "struct"
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return "any"
		}
	}
	return t.String()
}

// fieldName is the name of field i of struct type t as it was written.
func fieldName(t reflect.Type, i int) string {
	if _, fields, ok := typeNames(t); ok && i < len(fields) {
		return fields[i]
	}
	name := t.Field(i).Name
	// The interpreter writes an X before a name in lower case, to be able to set it.
	if t.Name() == "" && len(name) > 1 && name[0] == 'X' && name[1] >= 'a' && name[1] <= 'z' {
		return name[1:]
	}
	return name
}

// GoSyntax returns v as Go would write it, bounded in depth, length and size:
// numbers without an exponent where they need none, strings quoted, maps in the
// order of their keys, cycles cut. It is the last resort of [Render].
func GoSyntax(v any) string {
	if v == nil {
		return "nil"
	}
	w := &writer{seen: map[uintptr]bool{}}
	return clip(w.value(reflect.ValueOf(v), 0, true))
}

type writer struct {
	seen   map[uintptr]bool
	budget int // bytes written so far, a bound for wide and deep values
}

// value writes v. With typed, composite values and named scalars say their type.
func (w *writer) value(v reflect.Value, depth int, typed bool) string {
	if !v.IsValid() {
		return "nil"
	}
	if w.budget > 2*maxText {
		return "…"
	}
	if v.Kind() == reflect.Interface {
		if v.IsNil() {
			return "nil"
		}
		return w.value(v.Elem(), depth, true)
	}
	if s, ok := w.method(v, depth); ok {
		return s
	}
	if depth > maxDepth {
		return typeName(v.Type()) + "{…}"
	}
	s := w.kind(v, depth, typed)
	w.budget += len(s)
	return s
}

// method uses the String or Error method of a value inside a composite one.
func (w *writer) method(v reflect.Value, depth int) (s string, ok bool) {
	if depth == 0 || !v.CanInterface() || (v.Kind() == reflect.Pointer && v.IsNil()) {
		return "", false
	}
	defer func() {
		if recover() != nil {
			s, ok = "", false
		}
	}()
	switch x := v.Interface().(type) {
	case error:
		return strconv.Quote(x.Error()), true
	case fmt.Stringer:
		text := x.String()
		if len(text) > lineWidth || strings.Contains(text, "\n") {
			return fmt.Sprintf("%s(%s)", typeName(v.Type()), firstLine(text)), true
		}
		return text, true
	}
	return "", false
}

func firstLine(s string) string {
	line, _, more := strings.Cut(s, "\n")
	if utf8.RuneCountInString(line) > 60 {
		line, more = string([]rune(line)[:60]), true
	}
	if more {
		line += "…"
	}
	return line
}

func (w *writer) kind(v reflect.Value, depth int, typed bool) string {
	t := v.Type()
	switch v.Kind() {
	case reflect.Bool:
		return named(t, typed, strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return named(t, typed, strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return named(t, typed, strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32:
		return named(t, typed, formatFloat(v.Float(), 32))
	case reflect.Float64:
		return named(t, typed, formatFloat(v.Float(), 64))
	case reflect.Complex64, reflect.Complex128:
		return named(t, typed, fmt.Sprint(v.Complex()))
	case reflect.String:
		return named(t, typed, strconv.Quote(clip(v.String())))
	case reflect.Pointer:
		return w.pointer(v, depth)
	case reflect.Struct:
		return w.structure(v, depth, typed)
	case reflect.Slice, reflect.Array:
		return w.list(v, depth, typed)
	case reflect.Map:
		return w.mapping(v, depth, typed)
	case reflect.Chan:
		if v.IsNil() {
			return typeName(t) + "(nil)"
		}
		return fmt.Sprintf("%s (%d of %d buffered)", typeName(t), v.Len(), v.Cap())
	case reflect.Func:
		if v.IsNil() {
			return typeName(t) + "(nil)"
		}
		return typeName(t)
	}
	return typeName(t)
}

// named writes a scalar of a declared type as a conversion.
func named(t reflect.Type, typed bool, s string) string {
	if !typed || t.PkgPath() == "" {
		return s
	}
	return typeName(t) + "(" + s + ")"
}

// formatFloat writes f without an exponent where people would not use one.
func formatFloat(f float64, bits int) string {
	if a := max(f, -f); a != 0 && (a < 1e-4 || a >= 1e15) {
		return strconv.FormatFloat(f, 'g', -1, bits)
	}
	return strconv.FormatFloat(f, 'f', -1, bits)
}

func (w *writer) pointer(v reflect.Value, depth int) string {
	if v.IsNil() {
		return "(" + typeName(v.Type()) + ")(nil)"
	}
	if w.seen[v.Pointer()] {
		return "&" + typeName(v.Type().Elem()) + "{↺}"
	}
	w.seen[v.Pointer()] = true
	defer delete(w.seen, v.Pointer())
	switch v.Elem().Kind() {
	case reflect.Struct, reflect.Slice, reflect.Array, reflect.Map, reflect.Interface, reflect.Pointer:
		return "&" + w.value(v.Elem(), depth+1, true)
	}
	return "&" + typeName(v.Type().Elem()) + "(" + w.value(v.Elem(), depth+1, false) + ")"
}

// unwrapped returns the value inside the wrapper that the interpreter puts round
// a value of a cell's type when compiled code takes it as an interface.
func unwrapped(v reflect.Value) (reflect.Value, bool) {
	if v.Kind() != reflect.Struct || v.NumField() == 0 || v.Type().Field(0).Name != "IValue" || v.Field(0).Kind() != reflect.Interface {
		return v, false
	}
	return v.Field(0).Elem(), true
}

func (w *writer) structure(v reflect.Value, depth int, typed bool) string {
	if inner, ok := unwrapped(v); ok {
		return w.value(inner, depth, typed)
	}
	parts := make([]string, 0, v.NumField())
	for i := range v.NumField() {
		parts = append(parts, fieldName(v.Type(), i)+": "+w.value(v.Field(i), depth+1, false))
	}
	name := ""
	if typed || v.Type().Name() == "" {
		name = typeName(v.Type())
	}
	if depth > 0 && !typed {
		name = ""
	}
	return name + braces(parts)
}

func (w *writer) list(v reflect.Value, depth int, typed bool) string {
	name := ""
	if typed {
		name = typeName(v.Type())
	}
	if v.Kind() == reflect.Slice && v.IsNil() {
		return typeName(v.Type()) + "(nil)"
	}
	if v.Kind() == reflect.Slice && v.Len() > 0 {
		if w.seen[v.Pointer()] && depth > 0 {
			return name + "{↺}"
		}
		w.seen[v.Pointer()] = true
		defer delete(w.seen, v.Pointer())
	}
	n := v.Len()
	var parts []string
	for i := range n {
		if n > maxElems && i == headElems {
			parts = append(parts, fmt.Sprintf("… %d more …", n-headElems-3))
		}
		if n > maxElems && i >= headElems && i < n-3 {
			continue
		}
		parts = append(parts, w.value(v.Index(i), depth+1, false))
	}
	return name + braces(parts)
}

func (w *writer) mapping(v reflect.Value, depth int, typed bool) string {
	if v.IsNil() {
		return typeName(v.Type()) + "(nil)"
	}
	if w.seen[v.Pointer()] {
		return typeName(v.Type()) + "{↺}"
	}
	w.seen[v.Pointer()] = true
	defer delete(w.seen, v.Pointer())
	keys := sortedKeys(v)
	var parts []string
	for i, k := range keys {
		if len(keys) > maxElems && i == headElems {
			parts = append(parts, fmt.Sprintf("… %d more …", len(keys)-headElems))
			break
		}
		parts = append(parts, w.value(k, depth+1, false)+": "+w.value(v.MapIndex(k), depth+1, false))
	}
	name := ""
	if typed {
		name = typeName(v.Type())
	}
	return name + braces(parts)
}

// sortedKeys returns the keys of a map: numbers by size, the rest by their text.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortStableFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.CanInt() && b.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint() && b.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		case a.CanFloat() && b.CanFloat():
			return cmp.Compare(a.Float(), b.Float())
		case a.Kind() == reflect.String && b.Kind() == reflect.String:
			return cmp.Compare(a.String(), b.String())
		}
		return cmp.Compare((&writer{seen: map[uintptr]bool{}}).value(a, 1, true), (&writer{seen: map[uintptr]bool{}}).value(b, 1, true))
	})
	return keys
}

// braces joins the parts of a composite value, on one line if they fit.
func braces(parts []string) string {
	width, multi := 2, false
	for _, p := range parts {
		width += utf8.RuneCountInString(p) + 2
		multi = multi || strings.Contains(p, "\n")
	}
	if width <= lineWidth && !multi {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	var sb strings.Builder
	sb.WriteString("{\n")
	line := ""
	flush := func() {
		if line != "" {
			sb.WriteString("\t" + line + "\n")
			line = ""
		}
	}
	for _, p := range parts {
		// Short parts (numbers, words) share lines; longer ones have their own.
		short := utf8.RuneCountInString(p) <= 24 && !strings.Contains(p, ": ")
		if !short || utf8.RuneCountInString(line)+utf8.RuneCountInString(p)+2 > lineWidth-8 {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += strings.ReplaceAll(p, "\n", "\n\t") + ","
		if !short {
			flush()
		}
	}
	flush()
	sb.WriteString("}")
	return sb.String()
}
