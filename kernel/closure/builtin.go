package closure

import (
	"go/ast"
	"go/types"
)

// builtin compiles a call of a builtin function.
func (c *compiler) builtin(e *ast.CallExpr, name string) value {
	v := value{t: c.typeOf(e), pos: e.Pos(), slot: none}
	switch name {
	case "len", "cap":
		v.f = c.length(e.Args[0], name == "cap")
	case "new":
		if tv := c.info.Types[e.Args[0]]; !tv.IsType() {
			v.f = c.newValue(e)
			break
		}
		t := c.typeOf(e.Args[0])
		c.checkMemory(t, e.Pos())
		alloc := allocator(t)
		v.f = expr[pointer](func(pointer) pointer { return alloc() })
	case "make":
		v.f = c.make(e)
	case "append":
		v.f = c.appendTo(e)
	case "copy":
		v.f = c.copy(e)
	case "min", "max":
		return c.minMax(e, name == "max")
	case "delete":
		v.f = c.delete(e)
	case "clear":
		v.f = c.clear(e)
	case "real", "imag", "complex":
		v.f = c.complexPart(e, name)
	case "panic":
		v.f = c.panic(e)
	case "recover":
		v.f = c.recover(e)
	case "close":
		v.f = c.closeChan(e)
	default:
		refuse(e.Pos(), "%s is not compiled", name)
	}
	return v
}

// newValue compiles new(x) for a value.
func (c *compiler) newValue(e *ast.CallExpr) expr[pointer] {
	t := c.typeOf(e).Underlying().(*types.Pointer).Elem()
	c.checkMemory(t, e.Pos())
	alloc, runs := allocator(t), layoutOf(t).runs
	v, set := c.settled(c.assigned(e.Args[0], t))
	off, eval := v.slot, orNothing(set)
	return func(fp pointer) pointer {
		eval(fp)
		p := alloc()
		storeRuns(p, fp, off, runs)
		return p
	}
}

func (c *compiler) length(e ast.Expr, isCap bool) expr[int] {
	v := c.expr(e)
	switch f := v.f.(type) {
	case expr[string]:
		if v.slot != none {
			slot := v.slot + wordSize
			return func(fp pointer) int { return *word[int](fp, slot) }
		}
		return func(fp pointer) int { return len(f(fp)) }
	case expr[slice]:
		if isCap {
			return func(fp pointer) int { return f(fp).c }
		}
		if v.slot != none {
			slot := v.slot + wordSize
			return func(fp pointer) int { return *word[int](fp, slot) }
		}
		return func(fp pointer) int { return f(fp).n }
	case expr[pointer]:
		switch u := v.t.Underlying().(type) {
		case *types.Map:
			return mapLen(f)
		case *types.Chan:
			return chanLen(f, isCap)
		case *types.Pointer:
			n := int(u.Elem().Underlying().(*types.Array).Len())
			return func(fp pointer) int { f(fp); return n }
		}
	}
	if u, ok := v.t.Underlying().(*types.Array); ok {
		n, eval := int(u.Len()), orNothing(v.eval)
		return func(fp pointer) int { eval(fp); return n }
	}
	refuse(e.Pos(), "len of the type %s", v.t)
	panic("unreachable")
}

func (c *compiler) make(e *ast.CallExpr) any {
	t := c.typeOf(e.Args[0])
	switch u := t.Underlying().(type) {
	case *types.Map:
		return c.makeMap(e, u)
	case *types.Chan:
		return c.makeChan(e, u)
	case *types.Slice:
		c.checkMemory(u.Elem(), e.Pos())
		es, pos := elementsOf(u.Elem()), e.Pos()
		n := c.toInt(c.expr(e.Args[1])).f.(expr[int])
		if len(e.Args) == 2 {
			return expr[slice](func(fp pointer) slice {
				k := n(fp)
				note(fp, pos)
				return es.make(k, k)
			})
		}
		m := c.toInt(c.expr(e.Args[2])).f.(expr[int])
		return expr[slice](func(fp pointer) slice {
			k, l := n(fp), m(fp)
			note(fp, pos)
			return es.make(k, l)
		})
	}
	refuse(e.Pos(), "make of the type %s", t)
	panic("unreachable")
}

func (c *compiler) appendTo(e *ast.CallExpr) expr[slice] {
	t := c.typeOf(e)
	elem := t.Underlying().(*types.Slice).Elem()
	c.checkMemory(elem, e.Pos())
	es := elementsOf(elem)
	s := c.assignable(c.expr(e.Args[0]), t).f.(expr[slice])
	if e.Ellipsis.IsValid() {
		v := c.expr(e.Args[1])
		if isString(v.t) {
			f := v.f.(expr[string])
			return func(fp pointer) slice { s := s(fp); return es.append(s, bytesOf(f(fp))) }
		}
		f := v.f.(expr[slice])
		return func(fp pointer) slice { s := s(fp); return es.append(s, f(fp)) }
	}
	if len(e.Args) == 1 {
		return s
	}
	if len(e.Args) == 2 {
		if f := c.appendOne(s, e.Args[1], elem); f != nil {
			return f
		}
	}
	hold := c.alloc(3 * wordSize)
	rest := c.pack(t, e.Args[1:], e.Rparen).f.(expr[slice])
	return func(fp pointer) slice {
		setFrameSlice(fp, hold, s(fp))
		r := rest(fp)
		return es.append(frameSlice(fp, hold), r)
	}
}

// appendOne compiles append(s, x), nil if the type of the elements has no fast way.
func (c *compiler) appendOne(s expr[slice], e ast.Expr, elem types.Type) expr[slice] {
	size := sizeOf(elem)
	es := elementsOf(elem)
	hold, box := c.alloc(3*wordSize), c.alloc(wordSize)
	v := c.element(e, elem)
	if v.f == nil {
		eval, from, runs := orNothing(v.eval), v.slot, layoutOf(elem).runs
		return func(fp pointer) slice {
			setFrameSlice(fp, hold, s(fp))
			eval(fp)
			r := frameSlice(fp, hold)
			if r.n < r.c {
				r.n++
			} else {
				r = es.grow(r)
			}
			storeRuns(element(r.p, r.n-1, size), fp, from, runs)
			return r
		}
	}
	if a, ok := repOf(elem).(interface {
		appendOne(s expr[slice], f any) expr[slice]
	}); ok {
		return a.appendOne(s, v.f)
	}
	tmp := c.alloc(sizeOf(elem))
	r := repOf(elem)
	keep := r.toFrame(tmp, v.f)
	put := r.toMemory(atSlot(box), r.frame(tmp))
	return func(fp pointer) slice {
		setFrameSlice(fp, hold, s(fp))
		keep(fp)
		r := frameSlice(fp, hold)
		if r.n < r.c {
			r.n++
		} else {
			r = es.grow(r)
		}
		*ref(fp, box) = element(r.p, r.n-1, size)
		put(fp)
		return r
	}
}

func (scalar[T]) appendOne(s expr[slice], f any) expr[slice] {
	g := f.(expr[T])
	return func(fp pointer) slice {
		s := s(fp)
		x := g(fp)
		return untyped(append(typed[T]{}.of(s), x))
	}
}

func (c *compiler) copy(e *ast.CallExpr) expr[int] {
	elem := c.typeOf(e.Args[0]).Underlying().(*types.Slice).Elem()
	c.checkMemory(elem, e.Pos())
	es := elementsOf(elem)
	to := c.expr(e.Args[0]).f.(expr[slice])
	v := c.expr(e.Args[1])
	if isString(v.t) {
		f := v.f.(expr[string])
		return func(fp pointer) int { t := to(fp); return es.copy(t, bytesOf(f(fp))) }
	}
	f := v.f.(expr[slice])
	return func(fp pointer) int { t := to(fp); return es.copy(t, f(fp)) }
}

// minMax compiles min and max.
func (c *compiler) minMax(e *ast.CallExpr, isMax bool) value {
	t := c.typeOf(e)
	r, ok := repOf(t).(interface {
		extreme(fs []any, isMax bool) any
	})
	if !ok {
		refuse(e.Pos(), "min and max of the type %s", t)
	}
	fs := make([]any, len(e.Args))
	for i, a := range e.Args {
		v := c.expr(a)
		if k := c.info.Types[a].Value; k != nil {
			v = c.constantValue(t, k, a.Pos())
		}
		fs[i] = v.f
	}
	return value{t: t, pos: e.Pos(), slot: none, f: r.extreme(fs, isMax)}
}

func extremeOf[T ordered | string](fs []any, isMax bool) any {
	f := fs[0].(expr[T])
	for _, g := range fs[1:] {
		a, b := f, g.(expr[T])
		if isMax {
			f = func(fp pointer) T { x := a(fp); return max(x, b(fp)) }
		} else {
			f = func(fp pointer) T { x := a(fp); return min(x, b(fp)) }
		}
	}
	return f
}

func (integer[T]) extreme(fs []any, isMax bool) any { return extremeOf[T](fs, isMax) }
func (float[T]) extreme(fs []any, isMax bool) any   { return extremeOf[T](fs, isMax) }
func (stringsRep) extreme(fs []any, isMax bool) any { return extremeOf[string](fs, isMax) }

// clear compiles the builtin.
func (c *compiler) clear(e *ast.CallExpr) expr[bool] {
	v := c.expr(e.Args[0])
	switch u := v.t.Underlying().(type) {
	case *types.Map:
		return c.clearMap(v, u)
	case *types.Slice:
		f, size, runs := v.f.(expr[slice]), sizeOf(u.Elem()), layoutOf(u.Elem()).runs
		return func(fp pointer) bool {
			s := f(fp)
			for i := range s.n {
				clearMemory(element(s.p, i, size), runs)
			}
			return true
		}
	}
	refuse(e.Pos(), "clear of the type %s", v.t)
	panic("unreachable")
}

// complexPart compiles real, imag and complex.
func (c *compiler) complexPart(e *ast.CallExpr, name string) any {
	v := c.expr(e.Args[0])
	switch f := v.f.(type) {
	case expr[complex128]:
		if name == "real" {
			return expr[float64](func(fp pointer) float64 { return real(f(fp)) })
		}
		return expr[float64](func(fp pointer) float64 { return imag(f(fp)) })
	case expr[complex64]:
		if name == "real" {
			return expr[float32](func(fp pointer) float32 { return real(f(fp)) })
		}
		return expr[float32](func(fp pointer) float32 { return imag(f(fp)) })
	}
	t := c.typeOf(e)
	parts := make([]value, 2)
	elem := types.Type(types.Typ[types.Float64])
	if basicKind(t) == types.Complex64 {
		elem = types.Typ[types.Float32]
	}
	for i, a := range e.Args {
		parts[i] = c.expr(a)
		if k := c.info.Types[a].Value; k != nil {
			parts[i] = c.constantValue(elem, k, a.Pos())
		}
	}
	if basicKind(t) == types.Complex64 {
		f, g := parts[0].f.(expr[float32]), parts[1].f.(expr[float32])
		return expr[complex64](func(fp pointer) complex64 { re := f(fp); return complex(re, g(fp)) })
	}
	f, g := parts[0].f.(expr[float64]), parts[1].f.(expr[float64])
	return expr[complex128](func(fp pointer) complex128 { re := f(fp); return complex(re, g(fp)) })
}

// panic compiles panic(x).
func (c *compiler) panic(e *ast.CallExpr) expr[bool] {
	v := c.assignable(c.expr(e.Args[0]), types.NewInterfaceType(nil, nil))
	f, pos := v.f.(expr[iface]), e.Pos()
	return func(fp pointer) bool {
		x := f(fp)
		note(fp, pos)
		panic(*(*any)(pointer(&x)))
	}
}
