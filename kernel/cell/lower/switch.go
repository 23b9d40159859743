package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (f *fnc) switchStmt(c *code, s *ast.SwitchStmt, lbl string) {
	f.depth++
	defer func() { f.depth-- }()
	c.s("{\n")
	defer c.s("\n}")
	if s.Init != nil {
		f.stmt(c, s.Init, "")
	}
	tag := ""
	var tt types.Type
	if s.Tag != nil {
		tt = types.Default(f.typeOf(s.Tag))
		tag = f.tmp("tag")
		c.s("var ", tag, " ", f.typ(tt), " = ")
		f.conv(c, s.Tag, tt)
		c.s("\n")
	}
	plain := s.Tag != nil && !isInterface(tt)
	if b, ok := core(tt).(*types.Basic); !ok || b.Info()&types.IsComplex != 0 {
		plain = false
	}
	for _, cl := range s.Body.List { // the interpreter evaluates only one of several calls
		for _, e := range cl.(*ast.CaseClause).List {
			plain = plain && f.l.info.Types[e].Value != nil
		}
	}
	cond := f.caseList(c, tag, tt, plain)
	chosen := ""
	if defaultWithin(s.Body, plain) {
		chosen = f.tmp("chosen")
		f.choose(c, s.Body, chosen, plain, tag, cond)
		tag, plain = chosen, true
	}
	label(c, lbl)
	c.s("switch ")
	if plain {
		c.s(tag, " ")
	}
	c.s("{\n")
	f.push(&loop{label: lbl, isSwitch: true})
	for i, cl := range s.Body.List {
		cc := cl.(*ast.CaseClause)
		c.at(cc.Pos())
		switch {
		case chosen != "":
			c.s("case ", itoa(i), ":\n")
		case cc.List == nil:
			c.s("default:\n")
		default:
			cond(cc.List)
		}
		f.clause(c, cc.Body)
	}
	f.pop()
	c.s("}")
}

// defaultWithin reports whether a switch has a default clause whose place matters
// that is not its last one: the interpreter exchanges it with the last clause, so
// that conditions are evaluated in another order and fallthrough goes astray.
func defaultWithin(body *ast.BlockStmt, plain bool) bool {
	matters := !plain
	within := false
	for i, cl := range body.List {
		cc := cl.(*ast.CaseClause)
		within = within || cc.List == nil && i < len(body.List)-1
		if n := len(cc.Body); n > 0 {
			b, ok := cc.Body[n-1].(*ast.BranchStmt)
			matters = matters || ok && b.Tok == token.FALLTHROUGH
		}
	}
	return within && matters
}

// choose writes a switch that only finds the index of the clause to run.
func (f *fnc) choose(c *code, body *ast.BlockStmt, chosen string, plain bool, tag string, cond func([]ast.Expr)) {
	for i, cl := range body.List {
		if cl.(*ast.CaseClause).List == nil {
			c.s("var ", chosen, " int = ", itoa(i), "\n")
		}
	}
	c.s("switch ")
	if plain {
		c.s(tag, " ")
	}
	c.s("{\n")
	for i, cl := range body.List {
		if cc := cl.(*ast.CaseClause); cc.List != nil {
			c.at(cc.Pos())
			cond(cc.List)
			c.s(chosen, " = ", itoa(i), "\n")
		}
	}
	c.s("}\n")
}

// caseList returns what writes the head of a clause that compares with a tag.
func (f *fnc) caseList(c *code, tag string, tt types.Type, plain bool) func([]ast.Expr) {
	return func(list []ast.Expr) {
		c.s("case ")
		for i, e := range list {
			if i > 0 && plain {
				c.s(", ")
			} else if i > 0 { // the interpreter goes wrong on several conditions
				c.s(" || ")
			}
			switch {
			case plain:
				f.conv(c, e, tt)
			case tag == "":
				f.x(c, e)
			default:
				f.caseEqual(c, tag, tt, e)
			}
		}
		c.s(":\n")
	}
}

// clause writes the body of a clause. The interpreter goes wrong on empty ones, and
// does not find a label that stands directly in one.
func (f *fnc) clause(c *code, body []ast.Stmt) {
	if len(body) == 0 {
		c.s("_ = 0\n")
	}
	labels := false
	for _, s := range body {
		_, ok := s.(*ast.LabeledStmt)
		labels = labels || ok
	}
	f.depth++
	defer func() { f.depth-- }()
	if !labels {
		f.stmts(c, body)
		return
	}
	last := len(body)
	if b, ok := body[last-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
		last--
	}
	c.s("{\n")
	f.stmts(c, body[:last])
	c.s("}\n")
	f.stmts(c, body[last:])
}

// caseEqual writes the comparison of a switch tag with a case.
func (f *fnc) caseEqual(c *code, tag string, tt types.Type, e ast.Expr) {
	if isNil(f.l.info, e) {
		c.s(tag, " == nil")
		return
	}
	et := f.typeOf(e)
	_, st := core(tt).(*types.Struct)
	_, arr := core(tt).(*types.Array)
	if !isInterface(tt) && !isInterface(et) && !st && !arr {
		c.s(tag, " == ")
		f.bare(c, e)
		return
	}
	any := types.Universe.Lookup("any").Type()
	c.s("__rt.Equal(")
	if isInterface(tt) || isInterface(et) {
		f.convText(c, tag, tt, any, true)
		c.s(", ")
		f.convArg(c, e, any)
	} else {
		c.s(tag, ", ")
		f.x(c, e)
	}
	c.s(")")
}

func (f *fnc) typeSwitch(c *code, s *ast.TypeSwitchStmt, lbl string) {
	f.depth++
	defer func() { f.depth-- }()
	c.s("{\n")
	if s.Init != nil {
		f.stmt(c, s.Init, "")
	}
	var x ast.Expr
	bound := ""
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = ast.Unparen(a.X).(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		x = ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X
		bound = a.Lhs[0].(*ast.Ident).Name
	}
	from := f.typeOf(x)
	v := f.tmp("v")
	c.s("var ", v, " ", f.typ(from), " = ")
	f.x(c, x)
	c.s("\n")
	type clause struct{ first, n int }
	var cls []clause
	k := f.tmp("k")
	c.s(k, " := __rt.Match(", v)
	n := 0
	for _, cl := range s.Body.List {
		cc := cl.(*ast.CaseClause)
		cls = append(cls, clause{n, len(cc.List)})
		for _, e := range cc.List {
			if isNil(f.l.info, e) {
				c.s(", 0")
			} else {
				c.s(", ", f.l.idOnly(f.typeOf(e)))
			}
			n++
		}
	}
	c.s(")\n")
	label(c, lbl)
	c.s("switch ", k, " {\n")
	f.push(&loop{label: lbl, isSwitch: true})
	for i, cl := range s.Body.List {
		cc := cl.(*ast.CaseClause)
		c.at(cc.Pos())
		if cc.List == nil {
			c.s("default:\n")
		} else {
			c.s("case ")
			for j := range cc.List {
				if j > 0 {
					c.s(", ")
				}
				c.s(itoa(cls[i].first + j))
			}
			c.s(":\n")
		}
		if o := f.l.info.Implicits[cc]; bound != "" && o != nil {
			f.bindClause(c, cc, o, v, from)
		}
		f.clause(c, cc.Body)
	}
	f.pop()
	c.s("}\n}")
}

// bindClause declares the variable of a type switch in a clause.
func (f *fnc) bindClause(c *code, cc *ast.CaseClause, o types.Object, v string, from types.Type) {
	used := false
	for _, st := range cc.Body {
		ast.Inspect(st, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && f.l.info.Uses[id] == o {
				used = true
			}
			return !used
		})
	}
	if !used {
		return
	}
	t := f.sub(o.Type())
	c.s("var ", f.plain(o), " ", f.typ(t), " = ")
	if len(cc.List) == 1 && !isNil(f.l.info, cc.List[0]) {
		f.assertValue(c, func() { c.s(v) }, from, t)
	} else {
		c.s(v)
	}
	c.s("\n")
	f.box(c, o)
}

// selectStmt writes a select that only chooses, and a switch with the bodies: the
// interpreter takes a labelled break out of a select for one that ends it.
func (f *fnc) selectStmt(c *code, s *ast.SelectStmt, lbl string) {
	f.depth++
	defer func() { f.depth-- }()
	// Channels and values to send are evaluated first, in source order.
	type comm struct{ ch, val, ok string }
	comms := make([]comm, len(s.Body.List))
	c.s("{\n")
	for i, cl := range s.Body.List {
		switch st := cl.(*ast.CommClause).Comm.(type) {
		case nil:
		case *ast.SendStmt:
			ch := core(f.typeOf(st.Chan)).(*types.Chan)
			comms[i] = comm{ch: f.tmp("c"), val: f.tmp("v")}
			c.s(comms[i].ch, " := ")
			f.x(c, st.Chan)
			c.s("\nvar ", comms[i].val, " ", f.typ(ch.Elem()), " = ")
			f.conv(c, st.Value, ch.Elem())
			c.s("\n")
		default:
			comms[i].ch = f.tmp("c")
			c.s(comms[i].ch, " := ")
			x := recvOperand(st)
			f.x(c, x)
			c.s("\n")
			if as, ok := st.(*ast.AssignStmt); ok {
				comms[i].val = f.tmp("v")
				c.s("var ", comms[i].val, " ", f.typ(core(f.typeOf(x)).(*types.Chan).Elem()), "\n")
				if len(as.Lhs) == 2 {
					comms[i].ok = f.tmp("ok")
					c.s("var ", comms[i].ok, " bool\n")
				}
			}
		}
	}
	// The interpreter's own select shares its cases between goroutines.
	k := f.tmp("k")
	kinds, operands := "", ""
	for i, cl := range s.Body.List {
		m := comms[i]
		switch cl.(*ast.CommClause).Comm.(type) {
		case nil:
			kinds += "d"
		case *ast.SendStmt:
			kinds += "s"
			operands += ", " + m.ch + ", " + m.val
		default:
			switch {
			case m.ok != "":
				kinds += "o"
				operands += ", " + m.ch + ", &" + m.val + ", &" + m.ok
			case m.val != "":
				kinds += "v"
				operands += ", " + m.ch + ", &" + m.val
			default:
				kinds += "r"
				operands += ", " + m.ch
			}
		}
	}
	c.s(k, " := __rt.Select(", quote(kinds), operands, ")\n")
	label(c, lbl)
	c.s("switch ", k, " {\n")
	f.push(&loop{label: lbl, isSwitch: true})
	for i, cl := range s.Body.List {
		cc := cl.(*ast.CommClause)
		c.at(cc.Pos())
		c.s("case ", itoa(i), ":\n")
		if as, ok := cc.Comm.(*ast.AssignStmt); ok {
			f.received(c, as, comms[i].val, comms[i].ok)
		}
		f.clause(c, cc.Body)
	}
	f.pop()
	c.s("}\n}")
}

func recvOperand(s ast.Stmt) ast.Expr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	}
	return ast.Unparen(e).(*ast.UnaryExpr).X
}

// received gives the variables of `case v, ok := <-c` their values.
func (f *fnc) received(c *code, s *ast.AssignStmt, v, ok string) {
	et := f.sub(core(f.typeOf(recvOperand(s))).(*types.Chan).Elem())
	for i, e := range s.Lhs {
		if isBlank(e) {
			continue
		}
		name, from := v, et
		if i == 1 {
			name, from = ok, types.Typ[types.Bool]
		}
		if s.Tok == token.DEFINE {
			if id := e.(*ast.Ident); f.l.info.Defs[id] != nil {
				c.s(f.local(id), " := ", name, "\n")
				f.box(c, f.l.info.Defs[id])
			}
			continue
		}
		f.lhs(c, e)
		c.s(" = ")
		f.convText(c, name, from, f.typeOf(e), false)
		c.s("\n")
	}
}
