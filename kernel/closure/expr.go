package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// expr compiles an expression for its value.
func (c *compiler) expr(e ast.Expr) value {
	tv, ok := c.info.Types[e]
	if ok && tv.Value != nil {
		t := tv.Type
		return c.constantValue(t, tv.Value, e.Pos())
	}
	if ok && tv.IsNil() {
		v := c.zero(tv.Type, e.Pos())
		v.isNil = true
		return v
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.expr(e.X)
	case *ast.Ident:
		return c.ident(e)
	case *ast.UnaryExpr:
		return c.unary(e)
	case *ast.BinaryExpr:
		return c.binary(e)
	case *ast.CallExpr:
		return c.call(e)
	case *ast.IndexExpr:
		return c.index(e)
	case *ast.IndexListExpr:
		if id, fn := c.generic(e); id != nil {
			return c.funcValue(fn, id)
		}
	case *ast.SelectorExpr:
		return c.selector(e)
	case *ast.StarExpr:
		return c.load(c.place(e))
	case *ast.SliceExpr:
		v := c.sliceExpr(e)
		if c.hoist {
			return c.early(v)
		}
		return v
	case *ast.CompositeLit:
		v := c.literal(e)
		if _, ok := v.t.Underlying().(*types.Map); ok && c.hoist {
			return c.early(v)
		}
		return v
	case *ast.FuncLit:
		return c.funcLit(e)
	case *ast.TypeAssertExpr:
		return c.assertion(e)
	}
	refuse(e.Pos(), "an expression of the form %T", e)
	panic("unreachable")
}

func (c *compiler) ident(e *ast.Ident) value {
	o := c.info.Uses[e]
	if o == nil {
		o = c.info.Defs[e]
	}
	if fn, ok := o.(*types.Func); ok {
		return c.funcValue(fn, e)
	}
	if _, ok := o.(*types.Var); !ok {
		refuse(e.Pos(), "%s as a value", e.Name)
	}
	return c.load(c.variable(c.lookup(o, e.Pos()), e.Pos()))
}

func (c *compiler) unary(e *ast.UnaryExpr) value {
	t := c.typeOf(e)
	switch e.Op {
	case token.AND:
		return c.addressOf(e)
	case token.ARROW:
		v := c.receive(e.X, none, e.Pos())
		if c.hoist {
			return c.early(v)
		}
		return v
	case token.ADD:
		return c.expr(e.X)
	case token.NOT:
		f := boolean(c.expr(e.X))
		return value{t: t, pos: e.Pos(), slot: none, f: expr[bool](func(fp pointer) bool { return !f(fp) })}
	case token.SUB, token.XOR:
		x := c.expr(e.X)
		return value{t: t, pos: e.Pos(), slot: none, f: repOf(t).(arithmetic).unary(e.Op, x)}
	}
	refuse(e.Pos(), "the operator %s is not compiled", e.Op)
	panic("unreachable")
}

func (c *compiler) binary(e *ast.BinaryExpr) value {
	t := c.typeOf(e)
	v := value{t: t, pos: e.OpPos, slot: none}
	switch e.Op {
	case token.LAND, token.LOR:
		return c.logical(e)
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		v.f = c.compare(e)
		return v
	case token.SHL, token.SHR:
		return c.shift(e.Op, c.expr(e.X), e.Y, t, e.OpPos)
	}
	x := c.expr(e.X)
	y := c.expr(e.Y)
	v.f = c.operation(e.Op, e.OpPos, t, x, y)
	return v
}

// operation returns x op y for the arithmetic operators and for strings.
func (c *compiler) operation(op token.Token, pos token.Pos, t types.Type, x, y value) any {
	if isString(t) {
		return concat(operandOf[string](x), operandOf[string](y))
	}
	a, ok := repOf(t).(arithmetic)
	if !ok {
		refuse(pos, "the operator %s for the type %s", op, t)
	}
	f := a.binary(op, pos, x, y)
	if f == nil {
		refuse(pos, "the operator %s for the type %s", op, t)
	}
	return f
}

// logical compiles && and ||. What the second operand calls is called only if it is
// evaluated.
func (c *compiler) logical(e *ast.BinaryExpr) value {
	x := boolean(c.expr(e.X))
	y := boolean(c.full(e.Y))
	var f expr[bool]
	if e.Op == token.LAND {
		f = func(fp pointer) bool { return x(fp) && y(fp) }
	} else {
		f = func(fp pointer) bool { return x(fp) || y(fp) }
	}
	v := value{t: c.typeOf(e), pos: e.Pos(), slot: none, f: f}
	if c.hoist {
		return c.early(v)
	}
	return v
}

// early evaluates a value before the rest of the expression, in its turn.
func (c *compiler) early(v value) value {
	if v.k != nil {
		return v
	}
	if v.f == nil {
		c.pre = append(c.pre, orNothing(v.eval))
		v.eval = nil
		return v
	}
	r := repOf(v.t)
	if r == nil { // a call without a result
		c.pre = append(c.pre, discard(v))
		return value{t: v.t, pos: v.pos, slot: none, f: expr[bool](func(pointer) bool { return true })}
	}
	off := c.alloc(sizeOf(v.t))
	c.pre = append(c.pre, r.toFrame(off, v.f))
	return value{t: v.t, pos: v.pos, slot: off, f: r.frame(off)}
}

// shift compiles x << y and x >> y.
func (c *compiler) shift(op token.Token, x value, y ast.Expr, t types.Type, pos token.Pos) value {
	r, ok := repOf(t).(interface {
		shift(op token.Token, x value, n expr[uint64], k int) any
	})
	if !ok {
		refuse(pos, "a shift of the type %s", t)
	}
	v := value{t: t, pos: pos, slot: none}
	n := c.expr(y)
	if n.k != nil {
		k, kok := constantInt(c.info.Types[y].Value)
		if !kok || k < 0 || k > 1<<20 {
			refuse(pos, "the shift count")
		}
		v.f = r.shift(op, x, nil, int(k))
		return v
	}
	w, ok := repOf(n.t).(interface {
		widen(any) (expr[int64], expr[uint64])
	})
	if !ok {
		refuse(pos, "a shift by the type %s", n.t)
	}
	signed, count := w.widen(n.f)
	if count == nil {
		at := y.Pos()
		count = func(fp pointer) uint64 {
			k := signed(fp)
			if k < 0 {
				raiseShift(fp, at, int(k))
			}
			return uint64(k)
		}
	}
	v.f = r.shift(op, x, count, -1)
	return v
}
