package nn

import (
	"fmt"
	"reflect"
	"strings"
)

// TypeName is the name of the type of m as its author wrote it, "Module" when it has none.
func TypeName(m Module) string { return typeName(reflect.ValueOf(m)) }

func typeName(v reflect.Value) string {
	for v.IsValid() {
		t := v.Type()
		switch {
		case v.Kind() == reflect.Struct:
			if inner, ok := wrapped(addressable(v)); ok {
				v = inner
				continue
			}
			if name, _, ok := askTypeNames(t); ok && name != "" {
				return name
			}
			if t.Name() == "" {
				return "Module"
			}
			return t.Name()
		case v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface:
			if v.IsNil() {
				return "nil"
			}
			v = v.Elem()
		case t.Name() != "":
			return t.Name()
		default:
			return "Module"
		}
	}
	return "Module"
}

func addressable(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v
	}
	c := reflect.New(v.Type()).Elem()
	if v.CanInterface() {
		c.Set(v)
	}
	return c
}

// Describe writes a model as the tree of its modules, with the settings of each layer, as PyTorch prints one:
//
//	SimpleNN(
//	  (fc1): Linear(784→128)
//	  (fc2): Linear(128→10)
//	)
//
// A model that describes itself by a String method is asked for it.
func Describe(m Module) string {
	if s, ok := m.(fmt.Stringer); ok {
		return s.String()
	}
	type entry struct {
		path string
		text string
	}
	var entries []entry
	covered := func(path string) bool { // a layer that was written whole
		for _, e := range entries {
			if e.path != "" && strings.HasPrefix(path, e.path+".") {
				return true
			}
		}
		return false
	}
	Walk(m, func(path string, sub Module) {
		if path == "" || covered(path) {
			return
		}
		if s, ok := sub.(fmt.Stringer); ok {
			entries = append(entries, entry{path, s.String()})
		}
	})
	var b strings.Builder
	b.WriteString(TypeName(m))
	b.WriteByte('(')
	for _, e := range entries {
		fmt.Fprintf(&b, "\n  (%s): %s", e.path, strings.ReplaceAll(e.text, "\n", "\n  "))
	}
	if len(entries) > 0 {
		b.WriteByte('\n')
	}
	b.WriteByte(')')
	return b.String()
}
