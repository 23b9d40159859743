package symbols

//go:generate go run ./gen lib

import (
	"reflect"
	"sort"
	"sync"

	"descent/kernel/symbols/lib"
	"descent/kernel/symbols/std"
	"descent/kernel/symbols/table"
)

func find(path string) *table.Package {
	if p := std.Packages[path]; p != nil {
		return p
	}
	return lib.Packages[path]
}

// Table returns the name of a package and its symbols. The symbols follow the
// convention of the interpreter: a variable is addressable, a type is a nil
// pointer to it, "_T" is the struct that carries an interpreted value of the
// interface T, an untyped constant is a constant.Value.
func Table(path string) (name string, syms map[string]reflect.Value, ok bool) {
	p := find(path)
	if p == nil {
		return "", nil, false
	}
	return p.Name, p.Map(), true
}

// Name returns the name of a package.
func Name(path string) (name string, ok bool) {
	if p := find(path); p != nil {
		return p.Name, true
	}
	return "", false
}

// Closure returns path and all packages whose types its API mentions, directly
// or through another's.
func Closure(path string) []string {
	return table.Closure(path, find)
}

var typeIndex struct {
	sync.Mutex
	m map[string]map[string]reflect.Type
}

// Type returns a named type of a package, nil if there is none. Types that are
// not exported are found where an exported variable or the result of an exported
// function has them, as binary.LittleEndian does.
func Type(path, name string) reflect.Type {
	typeIndex.Lock()
	defer typeIndex.Unlock()
	m, ok := typeIndex.m[path]
	if !ok {
		if p := find(path); p != nil {
			m = namedTypes(p)
		}
		if typeIndex.m == nil {
			typeIndex.m = map[string]map[string]reflect.Type{}
		}
		typeIndex.m[path] = m
	}
	return m[name]
}

// namedTypes collects the types of a package by name.
func namedTypes(p *table.Package) map[string]reflect.Type {
	m := map[string]reflect.Type{}
	note := func(t reflect.Type) {
		if t.Kind() == reflect.Pointer && t.Name() == "" {
			t = t.Elem()
		}
		if t.PkgPath() == p.Path && m[t.Name()] == nil {
			m[t.Name()] = t
		}
	}
	for _, s := range p.Symbols {
		switch t := reflect.TypeOf(s.V); {
		case s.Kind == table.Type:
			m[s.Name] = t.Elem()
		case s.Kind == table.Var:
			note(t.Elem())
		case t.Kind() == reflect.Func:
			for i := range t.NumOut() {
				note(t.Out(i))
			}
		}
	}
	return m
}

// Paths lists the import paths of all packages, sorted.
func Paths() []string {
	var out []string
	for p := range std.Packages {
		out = append(out, p)
	}
	for p := range lib.Packages {
		out = append(out, p)
	}
	sort.Strings(out)
	return out
}
