package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// place is where a value lies: a part of the frame, an address in Go's memory, an
// entry of a map, or nowhere, for the blank identifier.
type place struct {
	t     types.Type
	pos   token.Pos
	frame bool
	off   uintptr
	eval  stm // what brings the value into the frame, if it is no variable
	a     addr
	entry *entry
	blank bool
	ptr   expr[pointer] // a computed pointer, not a place: what a path can begin with
}

func (c *compiler) variable(v variable, pos token.Pos) place {
	if v.inFrame() {
		return place{t: v.t, pos: pos, frame: true, off: v.off}
	}
	return place{t: v.t, pos: pos, a: v.addr()}
}

// place compiles an expression for where its value lies. The value of one that is not
// addressable lies in the frame.
func (c *compiler) place(e ast.Expr) place {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.place(e.X)
	case *ast.Ident:
		if e.Name == "_" {
			return place{pos: e.Pos(), blank: true}
		}
		o := c.info.Uses[e]
		if o == nil {
			o = c.info.Defs[e]
		}
		if _, ok := o.(*types.Var); ok {
			return c.variable(c.lookup(o, e.Pos()), e.Pos())
		}
	case *ast.StarExpr:
		t := c.typeOf(e)
		c.checkMemory(t, e.Pos())
		return place{t: t, pos: e.Pos(), a: c.deref(c.expr(e.X), e.Pos())}
	case *ast.SelectorExpr:
		if s := c.info.Selections[e]; s != nil && s.Kind() == types.FieldVal {
			return c.field(e, s)
		}
		if v, ok := c.info.Uses[e.Sel].(*types.Var); ok {
			return c.variable(c.lookup(v, e.Pos()), e.Pos())
		}
	case *ast.IndexExpr:
		switch u := c.typeOf(e.X).Underlying().(type) {
		case *types.Slice, *types.Array, *types.Pointer:
			return c.elementPlace(e, u)
		case *types.Map:
			return c.entryPlace(e, u)
		}
	}
	v := c.expr(e)
	if v.f != nil {
		refuse(e.Pos(), "the address of this expression")
	}
	return place{t: v.t, pos: e.Pos(), frame: true, off: v.slot, eval: v.eval}
}

// checkMemory refuses places in memory of types that cannot be handled.
func (c *compiler) checkMemory(t types.Type, pos token.Pos) {
	if w := usable(t); w != "" {
		refuse(pos, "%s", w)
	}
}

// deref returns the address that a pointer value is.
func (c *compiler) deref(p value, pos token.Pos) addr {
	if p.slot != none {
		return atChecked(p.slot, pos)
	}
	return atExpr(notNil(p.f.(expr[pointer]), pos))
}

func notNil(f expr[pointer], pos token.Pos) expr[pointer] {
	return func(fp pointer) pointer {
		p := f(fp)
		if p == nil {
			raiseNil(fp, pos)
		}
		return p
	}
}

// field compiles x.f, through the embedded fields on the way.
func (c *compiler) field(e *ast.SelectorExpr, s *types.Selection) place {
	return c.path(c.operandPlace(e.X), s.Recv(), s.Index(), e.Sel.Pos())
}

// operandPlace is place for an operand that may be a pointer or a value: the pointer
// itself then, as a value in the frame.
func (c *compiler) operandPlace(e ast.Expr) place {
	if _, ok := c.typeOf(e).Underlying().(*types.Pointer); ok {
		return c.valuePlace(c.expr(e))
	}
	return c.place(e)
}

// valuePlace is the place of a pointer that has been computed.
func (c *compiler) valuePlace(v value) place {
	if v.slot != none {
		return place{t: v.t, pos: v.pos, frame: true, off: v.slot}
	}
	return place{t: v.t, pos: v.pos, ptr: v.f.(expr[pointer])}
}

// path follows fields from a place.
func (c *compiler) path(p place, t types.Type, index []int, pos token.Pos) place {
	if p.entry != nil { // an entry of a map has no address: its parts are those of a copy
		p = c.placeOf(c.load(p))
	}
	for _, i := range index {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			p = c.follow(p, pos)
			t = ptr.Elem()
		}
		st := t.Underlying().(*types.Struct)
		f := st.Field(i)
		off := offset(st, i)
		p.t, p.pos = f.Type(), pos
		if p.frame {
			p.off += off
		} else {
			p.a = p.a.plus(off)
		}
		t = f.Type()
	}
	c.checkMemory(t, pos)
	return p
}

// follow returns the place that a pointer in a place points to.
func (c *compiler) follow(p place, pos token.Pos) place {
	elem := p.t.Underlying().(*types.Pointer).Elem()
	switch {
	case p.ptr != nil:
		return place{t: elem, pos: pos, a: atExpr(notNil(p.ptr, pos))}
	case p.frame && p.eval == nil:
		return place{t: elem, pos: pos, a: atChecked(p.off, pos)}
	}
	v := c.load(p)
	return place{t: elem, pos: pos, a: atExpr(notNil(v.f.(expr[pointer]), pos))}
}

// elementPlace compiles x[i] for a slice, an array or a pointer to an array.
func (c *compiler) elementPlace(e *ast.IndexExpr, u types.Type) place {
	switch u := u.(type) {
	case *types.Slice:
		x := c.expr(e.X)
		i := c.toInt(c.expr(e.Index))
		return place{t: u.Elem(), pos: e.Pos(), a: c.sliceElement(x, i, u.Elem(), e.Index.Pos())}
	case *types.Pointer:
		arr := u.Elem().Underlying().(*types.Array)
		base := c.deref(c.expr(e.X), e.Pos())
		i := c.toInt(c.expr(e.Index))
		return place{t: arr.Elem(), pos: e.Pos(), a: c.arrayElement(base, i, arr, e.Index.Pos())}
	}
	arr := u.(*types.Array)
	p := c.place(e.X)
	i := c.toInt(c.expr(e.Index))
	if !p.frame {
		if p.entry != nil {
			p = c.placeOf(c.load(p))
		} else {
			return place{t: arr.Elem(), pos: e.Pos(), a: c.arrayElement(p.a, i, arr, e.Index.Pos())}
		}
	}
	if i.k != nil {
		p.off += uintptr(i.k.(int)) * sizeOf(arr.Elem())
		p.t, p.pos = arr.Elem(), e.Pos()
		return p
	}
	// The array is a result or the like: it gets an address.
	box := c.box(p)
	return place{t: arr.Elem(), pos: e.Pos(), a: c.arrayElement(atExpr(box), i, arr, e.Index.Pos())}
}

// placeOf returns a place for a value: a struct or an array is in the frame, a pointer
// is one that has been computed.
func (c *compiler) placeOf(v value) place {
	if v.f != nil {
		return c.valuePlace(v)
	}
	return place{t: v.t, pos: v.pos, frame: true, off: v.slot, eval: v.eval}
}

// box returns the address of a copy of what lies in the frame.
func (c *compiler) box(p place) expr[pointer] {
	alloc, runs := allocator(p.t), layoutOf(p.t).runs
	eval, off := orNothing(p.eval), p.off
	return func(fp pointer) pointer {
		eval(fp)
		b := alloc()
		storeRuns(b, fp, off, runs)
		return b
	}
}

func (c *compiler) sliceElement(x, i value, t types.Type, pos token.Pos) addr {
	size := sizeOf(t)
	c.checkMemory(t, pos)
	if x.slot != none && i.slot != none {
		return addr{indexed: true, head: x.slot, index: i.slot, size: size, pos: pos, slot: none}
	}
	g := i.f.(expr[int])
	if x.slot != none {
		head := x.slot
		if i.k != nil {
			k := i.k.(int)
			return atExpr(func(fp pointer) pointer {
				if n := *word[int](fp, head+wordSize); uint(k) >= uint(n) {
					raiseIndex(fp, pos, k, n)
				}
				return element(*ref(fp, head), k, size)
			})
		}
		return atExpr(func(fp pointer) pointer {
			i := g(fp)
			if n := *word[int](fp, head+wordSize); uint(i) >= uint(n) {
				raiseIndex(fp, pos, i, n)
			}
			return element(*ref(fp, head), i, size)
		})
	}
	f := x.f.(expr[slice])
	if i.slot != none {
		index := i.slot
		return atExpr(func(fp pointer) pointer {
			s, i := f(fp), *word[int](fp, index)
			if uint(i) >= uint(s.n) {
				raiseIndex(fp, pos, i, s.n)
			}
			return element(s.p, i, size)
		})
	}
	return atExpr(func(fp pointer) pointer {
		s, i := f(fp), g(fp)
		if uint(i) >= uint(s.n) {
			raiseIndex(fp, pos, i, s.n)
		}
		return element(s.p, i, size)
	})
}

func (c *compiler) arrayElement(base addr, i value, arr *types.Array, pos token.Pos) addr {
	size, n := sizeOf(arr.Elem()), int(arr.Len())
	c.checkMemory(arr.Elem(), pos)
	if i.k != nil {
		return base.plus(uintptr(i.k.(int)) * size)
	}
	f := base.get()
	if i.slot != none {
		index := i.slot
		return atExpr(func(fp pointer) pointer {
			p, i := f(fp), *word[int](fp, index)
			if uint(i) >= uint(n) {
				raiseIndex(fp, pos, i, n)
			}
			return element(p, i, size)
		})
	}
	g := i.f.(expr[int])
	return atExpr(func(fp pointer) pointer {
		p, i := f(fp), g(fp)
		if uint(i) >= uint(n) {
			raiseIndex(fp, pos, i, n)
		}
		return element(p, i, size)
	})
}

// load returns the value at a place.
func (c *compiler) load(p place) value {
	if p.entry != nil {
		return c.loadEntry(p)
	}
	if p.blank {
		refuse(p.pos, "the value of _")
	}
	v := value{t: p.t, pos: p.pos, slot: none}
	c.check(p.t, p.pos)
	if isAggregate(p.t) {
		if p.frame {
			v.slot, v.eval = p.off, p.eval
			return v
		}
		off, runs, f := c.alloc(sizeOf(p.t)), layoutOf(p.t).runs, p.a.get()
		v.slot = off
		v.eval = func(fp pointer) ctl { loadRuns(fp, off, f(fp), runs); return next }
		return v
	}
	r := repOf(p.t)
	if !p.frame {
		v.f = r.memory(p.a)
		return v
	}
	v.f = r.frame(p.off)
	if p.eval != nil {
		v.f = r.after([]stm{p.eval}, v.f)
	} else {
		v.slot = p.off
	}
	return v
}

// store returns a statement that evaluates v and puts it in its place.
func (c *compiler) store(p place, v value) stm {
	switch {
	case p.blank:
		return discard(v)
	case p.entry != nil:
		return c.storeEntry(p, v)
	case v.f == nil && p.frame:
		eval, from, to, runs := v.eval, v.slot, p.off, layoutOf(p.t).runs
		if eval == nil {
			return func(fp pointer) ctl { moveRuns(fp, to, fp, from, runs); return next }
		}
		return func(fp pointer) ctl { eval(fp); moveRuns(fp, to, fp, from, runs); return next }
	case v.f == nil:
		eval, from, f, runs := orNothing(v.eval), v.slot, p.a.get(), layoutOf(p.t).runs
		return func(fp pointer) ctl { eval(fp); storeRuns(f(fp), fp, from, runs); return next }
	case p.frame:
		return repOf(p.t).toFrame(p.off, v.f)
	}
	return repOf(p.t).toMemory(p.a, v.f)
}

// discard evaluates a value for its effects. A call without a result is a condition
// that nobody asks for.
func discard(v value) stm {
	if v.f == nil {
		return orNothing(v.eval)
	}
	if r := repOf(v.t); r != nil {
		return r.discard(v.f)
	}
	return discarded[bool](v.f)
}

// selector compiles x.f as a value.
func (c *compiler) selector(e *ast.SelectorExpr) value {
	if s := c.info.Selections[e]; s != nil {
		switch s.Kind() {
		case types.MethodVal:
			return c.methodValue(e, s)
		case types.MethodExpr:
			return c.methodExpr(e, s)
		}
	}
	switch o := c.info.Uses[e.Sel].(type) {
	case *types.Var:
		return c.load(c.place(e))
	case *types.Func:
		return c.funcValue(o, e.Sel)
	}
	refuse(e.Sel.Pos(), "%s as a value", e.Sel.Name)
	panic("unreachable")
}

// addressOf compiles &x.
func (c *compiler) addressOf(e *ast.UnaryExpr) value {
	v := value{t: c.typeOf(e), pos: e.Pos(), slot: none}
	if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
		v.f = c.newLiteral(lit)
		return v
	}
	p := c.place(e.X)
	if p.frame || p.entry != nil {
		refuse(e.Pos(), "internal: the address of a variable in the frame")
	}
	v.f = p.a.get()
	return v
}
