package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (f *fnc) assign(c *code, s *ast.AssignStmt) {
	switch s.Tok {
	case token.DEFINE:
		f.define(c, s.Lhs, s.Rhs, false)
	case token.ASSIGN:
		f.set(c, s.Lhs, s.Rhs)
	default:
		f.opAssign(c, s)
	}
}

func (f *fnc) opAssign(c *code, s *ast.AssignStmt) {
	f.x(c, s.Lhs[0])
	c.s(" ", s.Tok.String(), " ")
	if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		f.shiftCount(c, s.Rhs[0])
		return
	}
	f.operand(c, s.Rhs[0])
}

// isNew reports whether an identifier of a := or var declares a variable that is
// local in the output.
func (f *fnc) isNew(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok || id.Name == "_" {
		return false
	}
	o := f.l.info.Defs[id]
	return o != nil && f.l.u.Names.Global(o) == ""
}

// define writes a declaration with values. All conversions are written out.
func (f *fnc) define(c *code, lhs []ast.Expr, rhs []ast.Expr, typed bool) {
	fresh := 0
	for _, e := range lhs {
		if f.isNew(e) {
			fresh++
		}
	}
	if fresh == 0 {
		f.set(c, lhs, rhs)
		return
	}
	if len(lhs) == 1 && len(rhs) == 1 {
		id := lhs[0].(*ast.Ident)
		t := f.sub(f.l.info.TypeOf(id))
		c.at(id.Pos())
		if o := f.l.info.Defs[id]; f.boxed(o) {
			c.s(f.boxName(o), " := ", f.l.newOf(t), "(")
			f.conv(c, rhs[0], t)
			c.s(")")
			return
		}
		if _, ok := ast.Unparen(rhs[0]).(*ast.FuncLit); !typed && ok || f.plainDefine(rhs[0], t) {
			c.s(f.local(id), " := ")
		} else {
			c.s("var ", f.local(id), " ", f.typ(t), " = ")
		}
		f.conv(c, rhs[0], t)
		return
	}
	// Several at once: new variables get their values together with the old ones
	// through a plain := where all types agree, else through temporaries.
	if fresh == len(lhs) && f.together(lhs, rhs) && !f.anyBoxed(lhs) {
		f.list(c, lhs)
		c.s(" := ")
		f.values(c, lhs, rhs)
		return
	}
	tmps := f.temps(c, lhs, rhs)
	for i, e := range lhs {
		c.s("\n")
		if tmps[i] == "_" {
			continue
		}
		if id, ok := e.(*ast.Ident); ok && id.Name == "_" {
			c.s("_ = ", tmps[i])
			continue
		}
		if f.isNew(e) {
			id := e.(*ast.Ident)
			if o := f.l.info.Defs[id]; f.boxed(o) {
				c.s(f.boxName(o), " := ", f.l.newOf(f.sub(o.Type())), "(", tmps[i], ")")
				continue
			}
			c.s("var ", f.local(id), " ", f.typ(f.l.info.TypeOf(id)), " = ")
		} else {
			f.x(c, e)
			c.s(" = ")
		}
		c.s(tmps[i])
	}
}

func (f *fnc) anyBoxed(lhs []ast.Expr) bool {
	for _, e := range lhs {
		if id, ok := e.(*ast.Ident); ok && f.boxed(f.l.info.Defs[id]) {
			return true
		}
	}
	return false
}

// plainDefine reports whether `x := e` gives x the type t in the interpreter.
func (f *fnc) plainDefine(e ast.Expr, t types.Type) bool {
	if f.l.info.Types[e].Value != nil {
		b, ok := t.(*types.Basic)
		return ok && (b.Kind() == types.Int || b.Kind() == types.String || b.Kind() == types.Bool || b.Kind() == types.Float64)
	}
	if _, ok := t.Underlying().(*types.Interface); ok {
		return false
	}
	if _, ok := t.(*types.Basic); ok {
		return true
	}
	return types.Identical(f.typeOf(e), t)
}

func (f *fnc) list(c *code, lhs []ast.Expr) {
	for i, e := range lhs {
		if i > 0 {
			c.s(", ")
		}
		f.lhs(c, e)
	}
}

// lhs writes the left side of an assignment.
func (f *fnc) lhs(c *code, e ast.Expr) {
	if h, ok := e.(*heldTarget); ok {
		c.at(h.Pos())
		if h.text != "" {
			c.s(h.text)
			return
		}
		f.base(c, h.Expr.(*ast.IndexExpr).X)
		c.s("[", h.index, "]")
		return
	}
	if id, ok := e.(*ast.Ident); ok {
		c.at(id.Pos())
		if id.Name == "_" {
			c.s("_")
			return
		}
		if o := f.l.info.Defs[id]; o != nil {
			c.s(f.local(id))
			return
		}
	}
	f.x(c, e)
}

// rhsTypes returns the types of the values on the right, one for each on the left.
func (f *fnc) rhsTypes(lhs, rhs []ast.Expr) []types.Type {
	ts := make([]types.Type, len(lhs))
	if len(lhs) == len(rhs) {
		for i, e := range rhs {
			ts[i] = f.typeOf(e)
		}
		return ts
	}
	if t, ok := f.typeOf(rhs[0]).(*types.Tuple); ok {
		for i := range ts {
			ts[i] = f.sub(t.At(i).Type())
		}
	}
	return ts
}

func (f *fnc) lhsType(e ast.Expr) types.Type {
	if h, ok := e.(*heldTarget); ok {
		return f.typeOf(h.Expr)
	}
	if id, ok := e.(*ast.Ident); ok && id.Name == "_" {
		return nil
	}
	return f.typeOf(e)
}

// sameTypes reports whether no value needs a conversion.
func (f *fnc) sameTypes(lhs, rhs []ast.Expr) bool {
	for i, t := range f.rhsTypes(lhs, rhs) {
		lt := f.lhsType(lhs[i])
		if lt == nil {
			continue
		}
		if t == nil || !types.Identical(lt, t) {
			return false
		}
		if len(lhs) == len(rhs) && f.nilValue(rhs[i]) {
			return false
		}
		if len(lhs) == len(rhs) && f.l.info.Types[rhs[i]].Value != nil && !f.plainDefine(rhs[i], lt) {
			return false
		}
	}
	return true
}

func (f *fnc) values(c *code, lhs, rhs []ast.Expr) {
	if len(lhs) != len(rhs) {
		f.commaOK(c, rhs[0])
		return
	}
	for i, e := range rhs {
		if i > 0 {
			c.s(", ")
		}
		if t := f.lhsType(lhs[i]); t != nil {
			f.conv(c, e, t)
		} else {
			f.x(c, e)
		}
	}
}

// temps evaluates the right side into new variables of the types of the left.
func (f *fnc) temps(c *code, lhs, rhs []ast.Expr) []string {
	names := make([]string, len(lhs))
	if len(lhs) == len(rhs) {
		for i, e := range rhs {
			if i > 0 {
				c.s("\n")
			}
			t := f.lhsType(lhs[i])
			if t == nil {
				t = f.typeOf(e)
			}
			names[i] = f.tmp("v")
			c.s("var ", names[i], " ", f.typ(t))
			if f.nilValue(e) {
				continue
			}
			c.s(" = ")
			f.conv(c, e, t)
		}
		return names
	}
	if x := f.mapIndex(rhs[0]); x != nil {
		return f.lookupTemps(c, lhs, x)
	}
	ts := f.rhsTypes(lhs, rhs)
	raw := make([]string, len(lhs))
	used := false
	for i := range lhs {
		raw[i] = "_"
		if f.lhsType(lhs[i]) != nil {
			raw[i] = f.tmp("v")
			used = true
		}
		if i > 0 {
			c.s(", ")
		}
		c.s(raw[i])
	}
	if used {
		c.s(" := ")
	} else {
		c.s(" = ")
	}
	f.commaOK(c, rhs[0])
	for i := range lhs {
		names[i] = raw[i]
		lt := f.lhsType(lhs[i])
		if lt == nil || ts[i] == nil || types.Identical(lt, ts[i]) {
			continue
		}
		if b, ok := ts[i].(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
			continue
		}
		names[i] = f.tmp("v")
		c.s("\nvar ", names[i], " ", f.typ(lt), " = ")
		f.convText(c, raw[i], ts[i], lt, false)
	}
	return names
}

// nilValue reports whether e is nil or a conversion of nil.
func (f *fnc) nilValue(e ast.Expr) bool {
	e = ast.Unparen(e)
	if isNil(f.l.info, e) {
		return true
	}
	c, ok := e.(*ast.CallExpr)
	return ok && len(c.Args) == 1 && f.l.info.Types[c.Fun].IsType() && f.nilValue(c.Args[0])
}

// set writes an assignment to existing variables.
func (f *fnc) set(c *code, lhs, rhs []ast.Expr) {
	if len(lhs) == 1 && len(rhs) == 1 {
		if p, ok := ast.Unparen(rhs[0]).(*ast.StarExpr); ok && isBlank(lhs[0]) {
			c.s("__rt.CheckPointer(")
			f.x(c, p.X)
			c.s(")")
			return
		}
		f.lhs(c, lhs[0])
		c.s(" = ")
		if t := f.lhsType(lhs[0]); t != nil {
			if f.newStruct(lhs[0], rhs[0]) {
				c.s("*&")
			}
			f.conv(c, rhs[0], t)
		} else {
			f.blankValue(c, rhs[0])
		}
		return
	}
	if f.together(lhs, rhs) {
		f.list(c, lhs)
		c.s(" = ")
		f.values(c, lhs, rhs)
		return
	}
	lhs = f.holdTargets(c, lhs)
	tmps := f.temps(c, lhs, rhs)
	for i, e := range lhs {
		if tmps[i] == "_" {
			continue
		}
		c.s("\n")
		f.lhs(c, e)
		c.s(" = ", tmps[i])
	}
}

// newStruct reports whether a variable is assigned a literal of a struct, which the
// interpreter would put in the place of the variable: pointers to it would keep the
// old value.
func (f *fnc) newStruct(lhs, rhs ast.Expr) bool {
	lit, ok := ast.Unparen(rhs).(*ast.CompositeLit)
	if _, id := lhs.(*ast.Ident); !ok || !id || isInterface(f.typeOf(lhs)) {
		return false
	}
	_, ok = core(f.typeOf(lit)).(*types.Struct)
	return ok
}

// blankValue writes e for an assignment to the blank identifier.
func (f *fnc) blankValue(c *code, e ast.Expr) {
	if tv := f.l.info.Types[e]; tv.Value != nil {
		f.constant(c, tv.Value, types.Default(f.sub(tv.Type)))
		return
	}
	f.x(c, e)
}
