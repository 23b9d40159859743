package closure

import (
	"go/ast"
	"go/types"
)

// index compiles x[i] as a value.
func (c *compiler) index(e *ast.IndexExpr) value {
	if id, fn := c.generic(e); id != nil {
		return c.funcValue(fn, id)
	}
	if isString(c.typeOf(e.X)) {
		return c.stringIndex(e)
	}
	return c.load(c.place(e))
}

func (c *compiler) stringIndex(e *ast.IndexExpr) value {
	x, i := operandOf[string](c.expr(e.X)), c.toInt(c.expr(e.Index))
	f, g, pos := x.f, i.f.(expr[int]), e.Index.Pos()
	v := value{t: types.Typ[types.Byte], pos: e.Pos(), slot: none}
	if x.inFrame() {
		slot := x.slot
		v.f = expr[byte](func(fp pointer) byte {
			i := g(fp)
			if n := *word[int](fp, slot+wordSize); uint(i) >= uint(n) {
				raiseIndex(fp, pos, i, n)
			}
			return *(*byte)(element(*ref(fp, slot), i, 1))
		})
		return v
	}
	v.f = expr[byte](func(fp pointer) byte {
		s, i := f(fp), g(fp)
		if uint(i) >= uint(len(s)) {
			raiseIndex(fp, pos, i, len(s))
		}
		return s[i]
	})
	return v
}

// bound compiles a bound of a slice expression, nil if it is left out.
func (c *compiler) bound(e ast.Expr) expr[int] {
	if e == nil {
		return nil
	}
	return c.toInt(c.expr(e)).f.(expr[int])
}

// oneHuge refuses a slice expression of which several bounds may be too large for an
// int: one of them can be kept for the panic.
func (c *compiler) oneHuge(e *ast.SliceExpr) {
	n := 0
	for _, b := range []ast.Expr{e.Low, e.High, e.Max} {
		if b == nil || c.info.Types[b].Value != nil {
			continue
		}
		switch basicKind(c.typeOf(b)) {
		case types.Uint, types.Uint64, types.Uintptr:
			n++
		}
	}
	if n > 1 {
		refuse(e.Pos(), "several unsigned bounds of a slice expression")
	}
}

// sliceExpr compiles x[i:j:k].
func (c *compiler) sliceExpr(e *ast.SliceExpr) value {
	c.oneHuge(e)
	v := value{t: c.typeOf(e), pos: e.Pos(), slot: none}
	pos := e.Lbrack
	if isString(c.typeOf(e.X)) {
		v.f = c.substring(e)
		return v
	}
	var x expr[slice]
	var elem types.Type
	array := false
	switch u := c.typeOf(e.X).Underlying().(type) {
	case *types.Slice:
		x, elem = c.expr(e.X).f.(expr[slice]), u.Elem()
	case *types.Array:
		p := c.place(e.X)
		if p.frame || p.entry != nil {
			refuse(e.Pos(), "internal: an array in the frame")
		}
		f, n := p.a.get(), int(u.Len())
		x, elem, array = func(fp pointer) slice { return slice{f(fp), n, n} }, u.Elem(), true
	case *types.Pointer:
		a := u.Elem().Underlying().(*types.Array)
		f, n := c.deref(c.expr(e.X), e.Pos()).get(), int(a.Len())
		x, elem, array = func(fp pointer) slice { return slice{f(fp), n, n} }, a.Elem(), true
	}
	c.checkMemory(elem, e.Pos())
	size := sizeOf(elem)
	low, high, full := c.bound(e.Low), c.bound(e.High), c.bound(e.Max)
	v.f = expr[slice](func(fp pointer) slice {
		s := x(fp)
		i, j, k := 0, s.n, s.c
		if low != nil {
			i = low(fp)
		}
		if high != nil {
			j = high(fp)
		}
		if full != nil {
			k = full(fp)
		}
		if uint(k) > uint(s.c) || uint(j) > uint(k) || uint(i) > uint(j) {
			if array && full == nil {
				raiseSubstring(fp, pos, s.n, i, j)
			}
			raiseSlice(fp, pos, s.n, s.c, i, j, k, full != nil)
		}
		r := slice{s.p, j - i, k - i}
		if r.c > 0 { // a pointer past the end would keep something else alive
			r.p = element(s.p, i, size)
		}
		return r
	})
	return v
}

func (c *compiler) substring(e *ast.SliceExpr) expr[string] {
	f := c.expr(e.X).f.(expr[string])
	low, high, pos := c.bound(e.Low), c.bound(e.High), e.Lbrack
	return func(fp pointer) string {
		s := f(fp)
		i, j := 0, len(s)
		if low != nil {
			i = low(fp)
		}
		if high != nil {
			j = high(fp)
		}
		if uint(j) > uint(len(s)) || uint(i) > uint(j) {
			raiseSubstring(fp, pos, len(s), i, j)
		}
		return s[i:j]
	}
}
