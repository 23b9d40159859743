package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// sequence runs statements until one does not end normally.
func sequence(ss []stm) stm {
	switch len(ss) {
	case 0:
		return func(pointer) ctl { return next }
	case 1:
		return ss[0]
	case 2:
		a, b := ss[0], ss[1]
		return func(fp pointer) ctl {
			if r := a(fp); r != next {
				return r
			}
			return b(fp)
		}
	case 3:
		a, b, d := ss[0], ss[1], ss[2]
		return func(fp pointer) ctl {
			if r := a(fp); r != next {
				return r
			}
			if r := b(fp); r != next {
				return r
			}
			return d(fp)
		}
	case 4:
		return sequence([]stm{sequence(ss[:2]), sequence(ss[2:])})
	}
	ss = append([]stm(nil), ss...)
	return func(fp pointer) ctl {
		for _, s := range ss {
			if r := s(fp); r != next {
				return r
			}
		}
		return next
	}
}

// block compiles statements in a scope of their own.
func (c *compiler) block(list []ast.Stmt) stm {
	top := c.top
	defer func() { c.top = top }()
	at, names := c.targets(list)
	for name, n := range names {
		if c.gotos == nil {
			c.gotos = map[string]ctl{}
		}
		c.gotos[name] = n
		defer delete(c.gotos, name)
	}
	var ss []stm
	for _, s := range list {
		if l, ok := s.(*ast.LabeledStmt); ok {
			at[names[l.Label.Name]] = len(ss)
		}
		if st := c.statement(s); st != nil {
			ss = append(ss, st)
		}
	}
	if at != nil {
		return c.jumping(ss, at, list[0].Pos())
	}
	return sequence(ss)
}

// statement compiles one statement. What it needed of the frame beside variables is
// free after it. It returns nil if there is nothing to do.
func (c *compiler) statement(s ast.Stmt) stm {
	label := c.label
	c.label = ""
	switch s := s.(type) {
	case *ast.EmptyStmt:
		return nil
	case *ast.BlockStmt:
		return c.block(s.List)
	case *ast.ExprStmt:
		return c.temporary(func() stm {
			return discard(c.full(s.X))
		})
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			return c.define(s)
		}
		return c.temporary(func() stm { return c.assignment(s) })
	case *ast.IncDecStmt:
		return c.temporary(func() stm { return c.incDec(s) })
	case *ast.DeclStmt:
		return c.declaration(s.Decl.(*ast.GenDecl))
	case *ast.IfStmt:
		return c.ifStmt(s)
	case *ast.ForStmt:
		c.label = label
		return c.forStmt(s)
	case *ast.RangeStmt:
		c.label = label
		return c.rangeStmt(s)
	case *ast.SwitchStmt:
		c.label = label
		return c.switchStmt(s)
	case *ast.TypeSwitchStmt:
		c.label = label
		return c.typeSwitch(s)
	case *ast.ReturnStmt:
		return c.temporary(func() stm { return c.returnStmt(s) })
	case *ast.BranchStmt:
		return c.branch(s)
	case *ast.LabeledStmt:
		return c.labeled(s)
	case *ast.SendStmt:
		return c.temporary(func() stm { return c.sendStmt(s) })
	case *ast.GoStmt:
		return c.temporary(func() stm { return c.goStmt(s) })
	case *ast.DeferStmt:
		return c.temporary(func() stm { return c.deferStmt(s) })
	case *ast.SelectStmt:
		c.label = label
		return c.selectStmt(s)
	}
	refuse(s.Pos(), "a statement of the form %T", s)
	panic("unreachable")
}

func (c *compiler) temporary(f func() stm) stm {
	top := c.top
	defer func() { c.top = top }()
	return f()
}

// declaration compiles var; types and constants need nothing.
func (c *compiler) declaration(d *ast.GenDecl) stm {
	if d.Tok != token.VAR {
		return nil
	}
	var ss []stm
	for _, spec := range d.Specs {
		s := spec.(*ast.ValueSpec)
		lhs := make([]ast.Expr, len(s.Names))
		for i, id := range s.Names {
			lhs[i] = id
		}
		if len(s.Values) > 0 {
			ss = append(ss, c.defineAll(lhs, s.Values, s.Pos()))
			continue
		}
		for _, id := range s.Names {
			if id.Name == "_" {
				continue
			}
			v := c.declare(c.info.Defs[id])
			ss = append(ss, c.initialize(v, nil, id.Pos()))
		}
	}
	return sequence(ss)
}

// initialize gives a variable that has just been declared its value, the zero value
// if there is none.
func (c *compiler) initialize(v variable, x *value, pos token.Pos) stm {
	if v.boxed {
		alloc, off := allocator(v.t), v.off
		fresh := func(fp pointer) ctl { *ref(fp, off) = alloc(); return next }
		if x == nil {
			return fresh
		}
		if x.f == nil { // the value may mention a variable of this frame that is being made anew
			eval, from, runs := orNothing(x.eval), x.slot, layoutOf(v.t).runs
			return func(fp pointer) ctl {
				eval(fp)
				p := alloc()
				storeRuns(p, fp, from, runs)
				*ref(fp, off) = p
				return next
			}
		}
		tmp := c.alloc(sizeOf(v.t))
		r := repOf(v.t)
		return sequence([]stm{r.toFrame(tmp, x.f), fresh, r.toMemory(atSlot(off), r.frame(tmp))})
	}
	if x == nil {
		if isAggregate(v.t) {
			off, runs := v.off, layoutOf(v.t).runs
			return func(fp pointer) ctl { clearRuns(fp, off, runs); return next }
		}
		z, _ := repOf(v.t).zero()
		return repOf(v.t).toFrame(v.off, z)
	}
	return c.store(c.variable(v, pos), *x)
}

func (c *compiler) ifStmt(s *ast.IfStmt) stm {
	return c.temporary(func() stm {
		var init stm
		if s.Init != nil {
			init = c.statement(s.Init)
		}
		cond := c.condition(s.Cond)
		then := c.block(s.Body.List)
		var r stm
		if s.Else == nil {
			r = func(fp pointer) ctl {
				if cond(fp) {
					return then(fp)
				}
				return next
			}
		} else {
			other := orNothing(c.statement(s.Else))
			r = func(fp pointer) ctl {
				if cond(fp) {
					return then(fp)
				}
				return other(fp)
			}
		}
		if init != nil {
			return sequence([]stm{init, r})
		}
		return r
	})
}

func (c *compiler) condition(e ast.Expr) expr[bool] { return boolean(c.full(e)) }

func (c *compiler) labeled(s *ast.LabeledStmt) stm {
	if c.labels == nil {
		c.labels = map[string]ctl{}
	}
	name := s.Label.Name
	outer, had := c.labels[name]
	n := c.number(2)
	c.labels[name] = n
	c.label = name
	r := c.statement(s.Stmt)
	delete(c.labels, name)
	if had {
		c.labels[name] = outer
	}
	switch s.Stmt.(type) {
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.SelectStmt, *ast.TypeSwitchStmt:
		return r
	}
	body := orNothing(r)
	return func(fp pointer) ctl { // a block that a labelled break leaves
		if r := body(fp); r != n {
			return r
		}
		return next
	}
}

func (c *compiler) branch(s *ast.BranchStmt) stm {
	var r ctl
	switch s.Tok {
	case token.BREAK:
		r = broken
	case token.CONTINUE:
		r = continued
	case token.GOTO:
		r, ok := c.gotos[s.Label.Name]
		if !ok {
			return c.exit(s)
		}
		return func(pointer) ctl { return r }
	default:
		refuse(s.Pos(), "%s is not compiled", s.Tok)
	}
	if s.Label != nil {
		n, ok := c.labels[s.Label.Name]
		if !ok {
			return c.exit(s)
		}
		r = n
		if s.Tok == token.CONTINUE {
			r++
		}
	}
	return func(pointer) ctl { return r }
}

// labelNumbers returns what a statement with a label takes for its own break and
// continue.
func (c *compiler) labelNumbers(label string) (brk, cont ctl) {
	if n, ok := c.labels[label]; ok && label != "" {
		return n, n + 1
	}
	return broken, continued
}

func (c *compiler) returnStmt(s *ast.ReturnStmt) stm {
	if c.exits != nil {
		return c.exitReturn(s)
	}
	if c.sig == nil {
		refuse(s.Pos(), "the loop returns from its function")
	}
	return c.setResults(s)
}

// setResults compiles a return of the function whose results are at hand.
func (c *compiler) setResults(s *ast.ReturnStmt) stm {
	if len(s.Results) == 0 {
		return func(pointer) ctl { return returned }
	}
	n := c.sig.Results().Len()
	var set stm
	switch {
	case n == 1 && len(s.Results) == 1:
		v := c.assignable(c.full(s.Results[0]), c.sig.Results().At(0).Type())
		set = c.store(c.variable(c.results[0], s.Pos()), v)
	case len(s.Results) == 1:
		ps := make([]place, n)
		for i := range ps {
			ps[i] = c.variable(c.results[i], s.Pos())
		}
		set = c.spread(ps, s.Results[0])
	default:
		ps := make([]place, n)
		for i := range ps {
			ps[i] = c.variable(c.results[i], s.Pos())
		}
		set = c.parallel(ps, s.Results)
	}
	return func(fp pointer) ctl { set(fp); return returned }
}

// assignable returns a value as one of the type of what it is assigned to.
func (c *compiler) assignable(v value, t types.Type) value {
	if t == nil {
		return v
	}
	_, to := t.Underlying().(*types.Interface)
	_, from := v.t.Underlying().(*types.Interface)
	if to && !from {
		if b, ok := v.t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
			return c.zero(t, v.pos)
		}
		return c.toInterface(v, t)
	}
	if to && from && !types.Identical(v.t.Underlying(), t.Underlying()) {
		return c.changeInterface(v, t)
	}
	if b, ok := v.t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return c.zero(t, v.pos)
	}
	v.t = t
	return v
}
