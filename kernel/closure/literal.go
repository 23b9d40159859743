package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// item is an element of a composite literal.
type item struct {
	at int64
	e  ast.Expr
}

// literal compiles a composite literal.
func (c *compiler) literal(e *ast.CompositeLit) value {
	t := c.typeOf(e)
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return c.structLiteral(e, t, u)
	case *types.Array:
		list, _ := c.items(e)
		return c.arrayLiteral(t, u, list, e.Pos())
	case *types.Slice:
		list, n := c.items(e)
		return c.sliceOf(t, u.Elem(), list, n, e.Pos())
	case *types.Map:
		return c.mapLiteral(e, t, u)
	}
	refuse(e.Pos(), "a literal of the type %s", t)
	panic("unreachable")
}

// element compiles an element, whose type may be left out.
func (c *compiler) element(e ast.Expr, t types.Type) value {
	if lit, ok := e.(*ast.CompositeLit); ok {
		if p, ok := t.Underlying().(*types.Pointer); ok && lit.Type == nil {
			return value{t: t, pos: e.Pos(), slot: none, f: c.newLiteralOf(lit, p.Elem())}
		}
	}
	return c.assigned(e, t)
}

// assigned compiles an expression that is assigned to a variable of a type.
func (c *compiler) assigned(e ast.Expr, t types.Type) value {
	v := c.expr(e)
	if types.IsInterface(t) {
		v = c.boxes(e, v)
	}
	return c.assignable(v, t)
}

// boxes evaluates early a value that goes into an interface, if Go's compiler does.
func (c *compiler) boxes(e ast.Expr, v value) value {
	if isAggregate(v.t) || !types.IsInterface(v.t) && !isNil(v) && sizeOf(v.t) == 1 {
		return c.temp(e, v)
	}
	return v
}

// items returns the elements of a literal of an array or a slice, and how many there
// are with those left out.
func (c *compiler) items(e *ast.CompositeLit) ([]item, int64) {
	var list []item
	at, n := int64(0), int64(0)
	for _, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			at, _ = constantInt(c.info.Types[kv.Key].Value)
			x = kv.Value
		}
		list = append(list, item{at, x})
		at++
		n = max(n, at)
	}
	return list, n
}

func (c *compiler) structLiteral(e *ast.CompositeLit, t types.Type, u *types.Struct) value {
	c.check(t, e.Pos())
	off, runs := c.alloc(sizeOf(t)), layoutOf(t).runs
	var ss []stm
	if len(e.Elts) < u.NumFields() || u.NumFields() == 0 {
		ss = append(ss, func(fp pointer) ctl { clearRuns(fp, off, runs); return next })
	}
	share := c.share()
	for i, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			i = fieldIndex(u, kv.Key.(*ast.Ident).Name)
			x = kv.Value
		}
		f := u.Field(i)
		share(func() {
			ss = append(ss, c.store(place{t: f.Type(), frame: true, off: off + offset(u, i)}, c.element(x, f.Type())))
		})
	}
	return value{t: t, pos: e.Pos(), slot: off, eval: sequence(ss)}
}

func fieldIndex(u *types.Struct, name string) int {
	for i := range u.NumFields() {
		if u.Field(i).Name() == name {
			return i
		}
	}
	panic("closure: no field " + name)
}

func (c *compiler) arrayLiteral(t types.Type, u *types.Array, list []item, pos token.Pos) value {
	c.check(t, pos)
	off, l, size := c.alloc(sizeOf(t)), layoutOf(t), sizeOf(u.Elem())
	var ss []stm
	if int64(len(list)) < u.Len() || u.Len() == 0 {
		ss = append(ss, func(fp pointer) ctl { clearRuns(fp, off, l.runs); return next })
	}
	share := c.share()
	for _, it := range list {
		share(func() {
			ss = append(ss, c.store(place{t: u.Elem(), frame: true, off: off + uintptr(it.at)*size}, c.element(it.e, u.Elem())))
		})
	}
	return value{t: t, pos: pos, slot: off, eval: sequence(ss)}
}

// sliceOf makes a slice with the elements.
func (c *compiler) sliceOf(t, elem types.Type, list []item, n int64, pos token.Pos) value {
	return c.sliceWith(t, elem, n, pos, func(k int) (int64, value) {
		return list[k].at, c.element(list[k].e, elem)
	}, len(list))
}

// sliceWith makes a slice of n elements of which it is given some, and where they are.
func (c *compiler) sliceWith(t, elem types.Type, n int64, pos token.Pos, given func(k int) (int64, value), many int) value {
	c.checkMemory(elem, pos)
	es, size := elementsOf(elem), sizeOf(elem)
	hold := c.alloc(wordSize)
	ss := make([]stm, many)
	share := c.share()
	for i := range ss {
		share(func() {
			at, v := given(i)
			ss[i] = c.store(place{t: elem, a: atSlot(hold).plus(uintptr(at) * size)}, v)
		})
	}
	fill := sequence(ss)
	k := int(n)
	return value{t: t, pos: pos, slot: none, f: expr[slice](func(fp pointer) slice {
		s := es.make(k, k)
		*ref(fp, hold) = s.p
		fill(fp)
		return slice{*ref(fp, hold), k, k}
	})}
}

// newLiteral compiles &T{...}.
func (c *compiler) newLiteral(e *ast.CompositeLit) expr[pointer] {
	return c.newLiteralOf(e, c.typeOf(e))
}

func (c *compiler) newLiteralOf(e *ast.CompositeLit, t types.Type) expr[pointer] {
	c.checkMemory(t, e.Pos())
	alloc := allocator(t)
	if u, ok := t.Underlying().(*types.Struct); ok {
		// The fields are evaluated before the memory is there: they may panic or call.
		hold := c.alloc(wordSize)
		var ss []stm
		share := c.share()
		for i, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				i = fieldIndex(u, kv.Key.(*ast.Ident).Name)
				x = kv.Value
			}
			f := u.Field(i)
			p := place{t: f.Type(), a: atSlot(hold).plus(offset(u, i))}
			share(func() { ss = append(ss, c.store(p, c.element(x, f.Type()))) })
		}
		fill := sequence(ss)
		return func(fp pointer) pointer {
			*ref(fp, hold) = alloc()
			fill(fp)
			return *ref(fp, hold)
		}
	}
	v := c.literal(e)
	hold := c.alloc(wordSize)
	set := c.store(place{t: t, a: atSlot(hold)}, v)
	return func(fp pointer) pointer {
		*ref(fp, hold) = alloc()
		set(fp)
		return *ref(fp, hold)
	}
}
