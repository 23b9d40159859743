package eval

import (
	"reflect"
	"strings"
	"sync"
)

// safePackages are those whose functions compiled code may call as they are: they
// neither block nor end the session, and lowering gives none of them another meaning.
var safePackages = map[string]bool{
	"bytes": true, "math": true, "math/bits": true, "math/cmplx": true, "math/rand": true, "math/rand/v2": true,
	"slices": false, "sort": true, "strconv": true, "strings": true,
	"unicode": true, "unicode/utf16": true, "unicode/utf8": true,
}

// symbolTables keeps the symbols of the safe packages.
type symbolTables struct {
	mu sync.Mutex
	m  map[string]map[string]reflect.Value
}

func (i *Interp) symbols(path string) map[string]reflect.Value {
	s := &i.safe
	s.mu.Lock()
	defer s.mu.Unlock()
	if syms, ok := s.m[path]; ok {
		return syms
	}
	if s.m == nil {
		s.m = map[string]map[string]reflect.Value{}
	}
	_, syms, ok := i.opts.Table(path)
	if !ok {
		syms = nil
	}
	s.m[path] = syms
	return syms
}

// safeSymbol returns a function of a compiled package, or a pointer to a variable, if
// compiled code may use it; for a method, "T.M" or "(*T).M", some valid Value.
func (i *Interp) safeSymbol(path, name string) reflect.Value {
	if !safePackages[path] {
		return reflect.Value{}
	}
	typ, _, method := strings.Cut(name, ".")
	if method {
		return i.symbols(path)[strings.Trim(typ, "(*)")]
	}
	return i.symbols(path)[name]
}

// named returns a type of a compiled package.
func (i *Interp) named(path, name string) reflect.Type {
	v := i.symbols(path)[name]
	if v.IsValid() && v.Kind() == reflect.Pointer && v.IsNil() { // how the tables have types
		return v.Type().Elem()
	}
	return nil
}
