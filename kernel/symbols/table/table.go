// Package table holds the form in which generated symbol tables are written.
//
// A table is a slice of Symbol literals, which the compiler lays out as static
// data: a package that no cell imports costs no time and no memory at start.
//
//	var fmtTable = []table.Symbol{{Name: "Println", Kind: table.Value, V: fmt.Println}}
//
// It is not a place for logic about particular packages.
package table

import (
	"go/constant"
	"go/token"
	"reflect"
)

// Kind says how Symbol.V stands for the symbol.
type Kind uint8

const (
	Value  Kind = iota // V is a function or a typed constant
	Var                // V is a pointer to the variable
	Type               // V is a nil pointer to the type
	Int                // V is the literal of an untyped integer constant
	Float              // V is the literal of an untyped floating-point constant
	String             // V is the literal (quoted) of an untyped string constant
	Rune               // V is the literal (an integer) of an untyped rune constant
)

// Symbol is one exported name of a package.
type Symbol struct {
	Name string
	Kind Kind
	V    any
}

// Package is the table of one package.
type Package struct {
	Path, Name string
	// Needs lists the packages whose types the exported API mentions: their
	// tables must be loaded too, because the interpreter looks there for the
	// wrappers of interface types.
	Needs   []string
	Symbols []Symbol
}

// Value returns the reflect.Value by which an interpreter knows the symbol.
func (s Symbol) Value() reflect.Value {
	switch s.Kind {
	case Var:
		return reflect.ValueOf(s.V).Elem()
	case Int:
		return reflect.ValueOf(constant.MakeFromLiteral(s.V.(string), token.INT, 0))
	case Rune:
		return reflect.ValueOf(constant.ToInt(constant.MakeFromLiteral(s.V.(string), token.INT, 0)))
	case Float:
		return reflect.ValueOf(constant.MakeFromLiteral(s.V.(string), token.FLOAT, 0))
	case String:
		return reflect.ValueOf(constant.MakeFromLiteral(s.V.(string), token.STRING, 0))
	}
	return reflect.ValueOf(s.V)
}

// Map returns all symbols of the package by name.
func (p *Package) Map() map[string]reflect.Value {
	m := make(map[string]reflect.Value, len(p.Symbols))
	for _, s := range p.Symbols {
		m[s.Name] = s.Value()
	}
	return m
}

// Closure returns path and all packages whose types its API mentions, directly or
// through another's. It skips what find does not know.
func Closure(path string, find func(string) *Package) []string {
	seen := map[string]bool{}
	var out []string
	var visit func(string)
	visit = func(s string) {
		p := find(s)
		if p == nil || seen[s] {
			return
		}
		seen[s] = true
		out = append(out, s)
		for _, n := range p.Needs {
			visit(n)
		}
	}
	visit(path)
	return out
}
