package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// compare compiles a comparison.
func (c *compiler) compare(e *ast.BinaryExpr) expr[bool] {
	x := c.expr(e.X)
	y := c.expr(e.Y)
	switch {
	case types.IsInterface(x.t) != types.IsInterface(y.t):
		x, y = c.boxes(e.X, x), c.boxes(e.Y, y)
	case isAggregate(x.t):
		x, y = c.temp(e.X, x), c.temp(e.Y, y)
	}
	return c.comparison(e.Op, x, y, e.OpPos)
}

func isNil(v value) bool {
	b, ok := v.t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// comparison compares two values; one may be nil or an untyped constant.
func (c *compiler) comparison(op token.Token, x, y value, pos token.Pos) expr[bool] {
	if c.nilType(x) && !c.nilType(y) {
		x, y = y, x
	}
	if c.nilType(y) {
		return equalTo(op, isNilOf(x, pos))
	}
	_, xi := x.t.Underlying().(*types.Interface)
	_, yi := y.t.Underlying().(*types.Interface)
	if xi || yi {
		return equalTo(op, c.equalInterfaces(x, y, pos))
	}
	switch r := repOf(x.t).(type) {
	case arithmetic:
		return r.compare(op, x, y)
	case scalar[bool]:
		if op == token.EQL {
			return equal(operandOf[bool](x), operandOf[bool](y))
		}
		return unequal(operandOf[bool](x), operandOf[bool](y))
	case stringsRep:
		return compareStrings(op, x.f.(expr[string]), y.f.(expr[string]))
	case pointers:
		f, g := x.f.(expr[pointer]), y.f.(expr[pointer])
		return equalTo(op, func(fp pointer) bool { return f(fp) == g(fp) })
	}
	if !isAggregate(x.t) {
		refuse(pos, "a comparison of the type %s", x.t)
	}
	return equalTo(op, c.equalAggregates(x, y, pos))
}

// equalInterfaces compares two values, at least one of which is an interface, by their
// types and then as the type does, which panics if it cannot.
func (c *compiler) equalInterfaces(x, y value, pos token.Pos) expr[bool] {
	f, g := c.toAny(x), c.toAny(y)
	return func(fp pointer) bool {
		a := f(fp)
		b := g(fp)
		note(fp, pos)
		return a.any() == b.any()
	}
}

var anyType = types.Universe.Lookup("any").Type()

// toAny returns a value as an interface that carries its type.
func (c *compiler) toAny(v value) expr[iface] {
	if v.k != nil {
		v.t = types.Default(v.t)
	}
	return c.assignable(v, anyType).f.(expr[iface])
}

// nilType reports whether a value is nil without a type of its own.
func (c *compiler) nilType(v value) bool { return isNil(v) || v.isNil }

// equalTo returns a test for equality as one for op.
func equalTo(op token.Token, eq expr[bool]) expr[bool] {
	if op == token.EQL {
		return eq
	}
	return func(fp pointer) bool { return !eq(fp) }
}

func isNilOf(v value, pos token.Pos) expr[bool] {
	switch f := v.f.(type) {
	case expr[pointer]:
		if v.slot != none {
			slot := v.slot
			return func(fp pointer) bool { return *ref(fp, slot) == nil }
		}
		return func(fp pointer) bool { return f(fp) == nil }
	case expr[slice]:
		return func(fp pointer) bool { return f(fp).p == nil }
	case expr[iface]:
		return func(fp pointer) bool { return f(fp).t == nil }
	}
	refuse(pos, "a comparison of the type %s with nil", v.t)
	panic("unreachable")
}

func compareStrings(op token.Token, f, g expr[string]) expr[bool] {
	switch op {
	case token.EQL:
		return func(fp pointer) bool { s := f(fp); return s == g(fp) }
	case token.NEQ:
		return func(fp pointer) bool { s := f(fp); return s != g(fp) }
	case token.LSS:
		return func(fp pointer) bool { s := f(fp); return s < g(fp) }
	case token.LEQ:
		return func(fp pointer) bool { s := f(fp); return s <= g(fp) }
	case token.GTR:
		return func(fp pointer) bool { s := f(fp); return s > g(fp) }
	}
	return func(fp pointer) bool { s := f(fp); return s >= g(fp) }
}

// equalAggregates compares structs or arrays, part by part.
func (c *compiler) equalAggregates(x, y value, pos token.Pos) expr[bool] {
	// Both are in the frame after their evaluation.
	ex, ey := orNothing(x.eval), orNothing(y.eval)
	parts := c.parts(x.t, 0, pos)
	tests := make([]expr[bool], len(parts))
	for i, p := range parts {
		a := c.load(place{t: p.t, pos: pos, frame: true, off: x.slot + p.off})
		b := c.load(place{t: p.t, pos: pos, frame: true, off: y.slot + p.off})
		tests[i] = c.comparison(token.EQL, a, b, pos)
	}
	return func(fp pointer) bool {
		ex(fp)
		ey(fp)
		for _, t := range tests {
			if !t(fp) {
				return false
			}
		}
		return true
	}
}

type part struct {
	t   types.Type
	off uintptr
}

// parts lists what a struct or an array consists of.
func (c *compiler) parts(t types.Type, off uintptr, pos token.Pos) []part {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		var r []part
		for i := range u.NumFields() {
			if u.Field(i).Name() != "_" {
				r = append(r, c.parts(u.Field(i).Type(), off+offset(u, i), pos)...)
			}
		}
		return r
	case *types.Array:
		if u.Len() > 64 {
			refuse(pos, "a comparison of large arrays")
		}
		var r []part
		for i := range uintptr(u.Len()) {
			r = append(r, c.parts(u.Elem(), off+i*sizeOf(u.Elem()), pos)...)
		}
		return r
	}
	return []part{{t, off}}
}
