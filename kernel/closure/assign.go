package closure

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// define compiles :=.
func (c *compiler) define(s *ast.AssignStmt) stm { return c.defineAll(s.Lhs, s.Rhs, s.Pos()) }

// defineAll compiles a definition of variables, some of which may exist already.
func (c *compiler) defineAll(lhs, rhs []ast.Expr, pos token.Pos) stm {
	if len(lhs) == 1 && len(rhs) == 1 {
		id := lhs[0].(*ast.Ident)
		o := c.info.Defs[id]
		if o == nil {
			return c.temporary(func() stm {
				return c.store(c.place(id), c.assignable(c.full(rhs[0]), c.targetType(id)))
			})
		}
		// The variable comes first in the frame: it outlives what its value needs.
		v := c.reserve(o)
		return c.temporary(func() stm {
			x := c.assignable(c.full(rhs[0]), o.Type())
			c.vars[o] = v
			return c.initialize(v, &x, pos)
		})
	}
	// The values are evaluated before any of the variables exists.
	fresh := make([]variable, len(lhs))
	for i, e := range lhs {
		if o := c.defined(e); o != nil {
			fresh[i] = c.reserve(o)
		}
	}
	return c.temporary(func() stm {
		ps := make([]place, len(lhs))
		var boxes []stm
		for i, e := range lhs {
			o := c.defined(e)
			if o == nil {
				ps[i] = c.place(e)
				continue
			}
			if fresh[i].boxed {
				boxes = append(boxes, c.initialize(fresh[i], nil, pos))
			}
			ps[i] = c.variable(fresh[i], e.Pos())
		}
		var set stm
		if len(rhs) == 1 {
			set = c.spreadAfter(ps, rhs[0], boxes)
		} else {
			set = c.parallelAfter(ps, rhs, boxes)
		}
		for i, e := range lhs {
			if o := c.defined(e); o != nil {
				c.vars[o] = fresh[i]
			}
		}
		return set
	})
}

// defined returns the variable that an expression on the left of := declares.
func (c *compiler) defined(e ast.Expr) types.Object {
	id, ok := e.(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	return c.info.Defs[id]
}

// reserve is declare for a variable that does not exist yet.
func (c *compiler) reserve(o types.Object) variable {
	if o.Name() == "_" {
		return variable{t: o.Type(), off: c.alloc(sizeOf(o.Type()))}
	}
	old, had := c.vars[o]
	v := c.declare(o)
	delete(c.vars, o)
	if had {
		c.vars[o] = old
	}
	return v
}

func (c *compiler) targetType(e ast.Expr) types.Type {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && id.Name == "_" {
		return nil
	}
	return c.typeOf(e)
}

// assignment compiles = and op=.
func (c *compiler) assignment(s *ast.AssignStmt) stm {
	if s.Tok != token.ASSIGN {
		return c.opAssign(s.Lhs[0], s.Rhs[0], opOf[s.Tok], s.TokPos)
	}
	if len(s.Lhs) == 1 {
		// What the right side calls is called before the operands of the left side are
		// evaluated; what these call is called first of all.
		c.hoist = c.evaluatesEarly(s.Lhs[0]) || c.mustHoist(s.Rhs[0])
		p := c.place(s.Lhs[0])
		v := c.expr(s.Rhs[0])
		if t := c.targetType(s.Lhs[0]); t != nil {
			v = c.assignable(v, t)
		}
		c.hoist = false
		return c.withPre(c.store(p, v))
	}
	ps := make([]place, len(s.Lhs))
	if len(s.Rhs) == 1 {
		for _, e := range s.Lhs {
			if c.evaluatesEarly(e) {
				refuse(e.Pos(), "a call on the left of an assignment")
			}
		}
		for i, e := range s.Lhs {
			ps[i] = c.place(e)
		}
		return c.spread(ps, s.Rhs[0])
	}
	var early []stm
	for i, e := range s.Lhs {
		if c.calls(e) || c.evaluatesEarly(e) && c.mustHoistAll(append([]ast.Expr{e}, s.Rhs...)) {
			refuse(e.Pos(), "a call on the left of an assignment")
		}
		ps[i] = c.operands(e, &early)
	}
	return c.parallelAfter(ps, s.Rhs, early)
}

// withPre puts the calls collected so far before a statement.
func (c *compiler) withPre(s stm) stm {
	if len(c.pre) == 0 {
		return s
	}
	pre := c.pre
	c.pre = nil
	return sequence(append(append([]stm(nil), pre...), s))
}

// operands is place with the operands of indexing and of dereferences evaluated by the
// statements added to early, so that assignments before this one do not change them.
func (c *compiler) operands(e ast.Expr, early *[]stm) place {
	keep := func(x ast.Expr) value {
		v := c.expr(x)
		if v.k != nil && v.f != nil {
			return v
		}
		return c.copied(v, early)
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		switch u := c.typeOf(e.X).Underlying().(type) {
		case *types.Slice:
			x, i := keep(e.X), c.toInt(keep(e.Index))
			return place{t: u.Elem(), pos: e.Pos(), a: c.sliceElement(x, i, u.Elem(), e.Index.Pos())}
		case *types.Map:
			m, k := keep(e.X), c.assignable(keep(e.Index), u.Key())
			return c.entryOf(m, k, u, e.Pos())
		case *types.Array:
			p := c.operands(e.X, early)
			i := c.toInt(keep(e.Index))
			if p.frame {
				refuse(e.Pos(), "internal: an array in the frame")
			}
			return place{t: u.Elem(), pos: e.Pos(), a: c.arrayElement(p.a, i, u, e.Index.Pos())}
		case *types.Pointer:
			arr := u.Elem().Underlying().(*types.Array)
			base := c.deref(keep(e.X), e.Pos())
			return place{t: arr.Elem(), pos: e.Pos(), a: c.arrayElement(base, c.toInt(keep(e.Index)), arr, e.Index.Pos())}
		}
	case *ast.StarExpr:
		return place{t: c.typeOf(e), pos: e.Pos(), a: c.deref(keep(e.X), e.Pos())}
	case *ast.SelectorExpr:
		if s := c.info.Selections[e]; s != nil && s.Kind() == types.FieldVal {
			if len(s.Index()) > 1 && s.Indirect() {
				if _, ok := s.Recv().Underlying().(*types.Pointer); !ok || hasPointerStep(s) {
					refuse(e.Pos(), "a field of an embedded pointer among several assignments")
				}
			}
			if _, ok := c.typeOf(e.X).Underlying().(*types.Pointer); ok {
				return c.path(c.valuePlace(keep(e.X)), s.Recv(), s.Index(), e.Sel.Pos())
			}
			return c.path(c.operands(e.X, early), s.Recv(), s.Index(), e.Sel.Pos())
		}
	}
	return c.place(e)
}

// hasPointerStep reports whether a selection follows an embedded pointer.
func hasPointerStep(s *types.Selection) bool {
	t := s.Recv()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	for _, i := range s.Index()[:len(s.Index())-1] {
		t = t.Underlying().(*types.Struct).Field(i).Type()
		if _, ok := t.Underlying().(*types.Pointer); ok {
			return true
		}
	}
	return false
}

// parallel compiles several assignments at once: all values first.
func (c *compiler) parallel(ps []place, rhs []ast.Expr) stm { return c.parallelAfter(ps, rhs, nil) }

// parallelAfter is parallel with statements that come after the calls of the values
// and before the assignments.
func (c *compiler) parallelAfter(ps []place, rhs []ast.Expr, early []stm) stm {
	c.hoist = c.mustHoistAll(rhs) || len(early) > 0
	vs := make([]value, len(rhs))
	var evals []stm
	for i, e := range rhs {
		v := c.expr(e)
		if !ps[i].blank {
			v = c.assignable(v, ps[i].t)
		}
		if v.k == nil || v.f == nil {
			v = c.copied(v, &evals)
		}
		vs[i] = v
	}
	c.hoist = false
	var ss []stm
	ss = append(ss, c.pre...)
	c.pre = nil
	ss = append(ss, early...)
	ss = append(ss, evals...)
	for i, p := range ps {
		ss = append(ss, c.store(p, vs[i]))
	}
	return sequence(ss)
}

// copied returns a value as a copy in the frame that a statement makes.
func (c *compiler) copied(v value, ss *[]stm) value {
	off := c.alloc(sizeOf(v.t))
	to := place{t: v.t, pos: v.pos, frame: true, off: off}
	*ss = append(*ss, c.store(to, v))
	return c.load(to)
}

// spread compiles an assignment of a call with several results, or of a form with a
// second value that says whether there is one.
func (c *compiler) spread(ps []place, e ast.Expr) stm { return c.spreadAfter(ps, e, nil) }

func (c *compiler) spreadAfter(ps []place, e ast.Expr, early []stm) stm {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		hoist := c.hoist
		c.hoist = hoist || c.mustHoist(x)
		run, vs := c.callMany(x)
		c.hoist = hoist
		ss := append(c.takePre(), run)
		ss = append(ss, early...)
		for i, p := range ps {
			v := vs[i]
			if !p.blank {
				v = c.assignable(v, p.t)
			}
			ss = append(ss, c.store(p, v))
		}
		return sequence(ss)
	case *ast.IndexExpr:
		if m, ok := c.typeOf(x.X).Underlying().(*types.Map); ok {
			return c.commaOK(ps, x, m, early)
		}
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			return c.receiveOK(ps, x, early)
		}
	case *ast.TypeAssertExpr:
		return c.assertOK(ps, x, early)
	}
	refuse(e.Pos(), "two values of this expression")
	panic("unreachable")
}

func (c *compiler) takePre() []stm {
	pre := append([]stm(nil), c.pre...)
	c.pre = nil
	return pre
}

var opOf = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND,
	token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR, token.SHL_ASSIGN: token.SHL,
	token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

func (c *compiler) incDec(s *ast.IncDecStmt) stm {
	op := token.ADD
	if s.Tok == token.DEC {
		op = token.SUB
	}
	t := c.typeOf(s.X)
	one := c.constantValue(t, constantOne, s.TokPos)
	return c.update(c.place(s.X), op, t, one, s.TokPos)
}

// opAssign compiles x op= y.
func (c *compiler) opAssign(x, y ast.Expr, op token.Token, pos token.Pos) stm {
	if c.calls(x) {
		refuse(x.Pos(), "a call on the left of an assignment")
	}
	t := c.typeOf(x)
	// x is read after the calls of y.
	id, isName := ast.Unparen(x).(*ast.Ident)
	local := isName && c.vars[c.info.Uses[id]].t != nil && c.vars[c.info.Uses[id]].inFrame()
	c.hoist = c.evaluatesEarly(x) || c.calls(y) && !local || c.mustHoistAll([]ast.Expr{x, y})
	p := c.place(x)
	if op == token.SHL || op == token.SHR {
		cur := c.load(p)
		v := c.shift(op, cur, y, t, pos)
		c.hoist = false
		return c.withPre(c.rewrite(p, v))
	}
	v := c.expr(y)
	c.hoist = false
	return c.withPre(c.update(p, op, t, v, pos))
}

// update compiles the operation on a place with a value.
func (c *compiler) update(p place, op token.Token, t types.Type, y value, pos token.Pos) stm {
	if p.entry != nil {
		return c.updateEntry(p, op, t, y, pos)
	}
	if a, ok := repOf(t).(arithmetic); ok {
		var s stm
		if p.frame {
			s = a.assign(op, p.off, y)
		} else {
			s = a.assignAt(op, p.a, y)
		}
		if s != nil {
			return s
		}
	}
	cur := c.load(p)
	return c.rewrite(p, value{t: t, pos: pos, slot: none, f: c.operation(op, pos, t, cur, y)})
}

// rewrite stores what has been computed from the value at the place itself. A place
// in memory is found twice: nothing in between changes where it is.
func (c *compiler) rewrite(p place, v value) stm {
	if p.entry != nil {
		refuse(p.pos, "this operation on an entry of a map")
	}
	return c.store(p, v)
}

var constantOne = constant.MakeInt64(1)
