package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (f *fnc) stmts(c *code, list []ast.Stmt) {
	for i, s := range list {
		if f.top && f.depth == 0 && i == len(list)-1 && f.display(c, s) {
			continue
		}
		f.stmt(c, s, "")
	}
}

// block writes a nested block.
func (f *fnc) block(c *code, b *ast.BlockStmt) {
	f.depth++
	c.s("{\n")
	f.stmts(c, b.List)
	c.s("}")
	f.depth--
}

// stmt writes a statement and a newline. label is the label that stands before it.
func (f *fnc) stmt(c *code, s ast.Stmt, label string) {
	c.at(s.Pos())
	switch s := s.(type) {
	case *ast.EmptyStmt:
		if label != "" {
			c.s("{}\n")
		}
	case *ast.BadStmt:
	case *ast.BlockStmt:
		f.block(c, s)
		c.s("\n")
	case *ast.ExprStmt:
		f.exprStmt(c, s.X)
		c.s("\n")
	case *ast.DeclStmt:
		f.decl(c, s.Decl.(*ast.GenDecl))
	case *ast.AssignStmt:
		f.assign(c, s)
		c.s("\n")
	case *ast.IncDecStmt:
		f.incDec(c, s)
		c.s("\n")
	case *ast.SendStmt:
		f.send(c, s)
		c.s("\n")
	case *ast.ReturnStmt:
		f.ret(c, s)
	case *ast.BranchStmt:
		f.branch(c, s)
	case *ast.LabeledStmt:
		f.labeled(c, s)
	case *ast.IfStmt:
		f.ifStmt(c, s)
		c.s("\n")
	case *ast.ForStmt:
		if label == "" && f.compiledLoop(c, s) {
			return
		}
		f.forStmt(c, s, label)
		c.s("\n")
	case *ast.RangeStmt:
		if label == "" && f.compiledLoop(c, s) {
			return
		}
		f.rangeStmt(c, s, label)
		c.s("\n")
	case *ast.SwitchStmt:
		f.switchStmt(c, s, label)
		c.s("\n")
	case *ast.TypeSwitchStmt:
		f.typeSwitch(c, s, label)
		c.s("\n")
	case *ast.SelectStmt:
		f.selectStmt(c, s, label)
		c.s("\n")
	case *ast.GoStmt:
		f.goStmt(c, s)
		c.s("\n")
	case *ast.DeferStmt:
		f.deferStmt(c, s)
		c.s("\n")
	default:
		f.l.refuse(s.Pos(), "internal: statement %T", s)
	}
}

// exprStmt writes an expression whose value is dropped.
func (f *fnc) exprStmt(c *code, e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		f.call(c, x)
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			c.s("_ = ")
		}
		f.x(c, x)
	default:
		c.s("_ = ")
		f.x(c, e)
	}
}

// display writes the last expression of a cell so that its value is shown.
func (f *fnc) display(c *code, s ast.Stmt) bool {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt: // the checker's form of a bare expression
		if s.Tok != token.ASSIGN || !s.TokPos.IsValid() || len(s.Rhs) != 1 || s.TokPos != s.Rhs[0].Pos() {
			return false
		}
		e = s.Rhs[0]
	default:
		return false
	}
	if f.prints(e) {
		return false
	}
	c.at(s.Pos())
	tv := f.l.info.Types[e]
	if tv.IsVoid() || tv.Type == nil {
		return false
	}
	any := types.Universe.Lookup("any").Type()
	if t, ok := tv.Type.(*types.Tuple); ok {
		if t.Len() == 0 {
			return false
		}
		names := f.spread(c, e, t)
		c.s("__rt.Display(")
		for i, n := range names {
			if i > 0 {
				c.s(", ")
			}
			f.convText(c, n, f.sub(t.At(i).Type()), any, true)
		}
		c.s(")\n")
		return true
	}
	c.s("__rt.Display(")
	f.convArg(c, e, any)
	c.s(")\n")
	return true
}

// prints reports whether an expression is a call of a printing function of package
// fmt, whose results nobody wants to see.
func (f *fnc) prints(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	id := calleeIdent(call.Fun)
	if id == nil {
		return false
	}
	fn, ok := f.l.info.Uses[id].(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == "fmt" && (strings.HasPrefix(fn.Name(), "Print") || strings.HasPrefix(fn.Name(), "Fprint"))
}

// spread assigns the results of a call to new variables and returns their names.
func (f *fnc) spread(c *code, e ast.Expr, t *types.Tuple) []string {
	names := make([]string, t.Len())
	for i := range names {
		names[i] = f.tmp("v")
		if i > 0 {
			c.s(", ")
		}
		c.s(names[i])
	}
	c.s(" := ")
	f.x(c, e)
	c.s("\n")
	return names
}

// decl writes a declaration inside a function, or at the top of a cell.
func (f *fnc) decl(c *code, d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return // constants are folded, types are declared where they are used
	}
	for _, sp := range d.Specs {
		vs := sp.(*ast.ValueSpec)
		f.varSpec(c, vs)
	}
}

func (f *fnc) varSpec(c *code, vs *ast.ValueSpec) {
	if len(vs.Values) == 0 {
		for _, id := range vs.Names {
			t := f.sub(f.l.info.TypeOf(id))
			if id.Name == "_" {
				continue
			}
			c.at(id.Pos())
			n := f.local(id)
			if g := f.l.u.Names.Global(f.l.info.Defs[id]); g != "" {
				c.s(g, " = *new(", f.typ(t), ")\n")
				continue
			}
			if o := f.l.info.Defs[id]; f.boxed(o) {
				c.s(f.boxName(o), " := new(", f.typ(t), ")\n")
				continue
			}
			c.s("var ", n, " ", f.typ(t), "\n")
		}
		return
	}
	lhs := make([]ast.Expr, len(vs.Names))
	for i, id := range vs.Names {
		lhs[i] = id
	}
	f.define(c, lhs, vs.Values, vs.Type != nil)
	c.s("\n")
}

// labeled writes a label and its statement.
func (f *fnc) labeled(c *code, s *ast.LabeledStmt) {
	if f.cap.jumps[f.l.info.Defs[s.Label]] {
		c.s(target(s.Label.Name), ":\n_ = 0\n")
	}
	if f.compiledLoop(c, s) {
		return
	}
	f.stmt(c, s.Stmt, s.Label.Name) // loops and switches write the label at the right place
}

// target is the label that goto names: what a labelled loop begins with may stand
// before its label in the output.
func target(name string) string { return safe(name) + "ˑg" }

func label(c *code, name string) {
	if name != "" {
		c.s(safe(name), ":\n")
	}
}

func (f *fnc) ifStmt(c *code, s *ast.IfStmt) {
	f.depth++
	defer func() { f.depth-- }()
	if s.Init != nil {
		// The scope of the init statement is a block of its own.
		c.s("{\n")
		f.stmt(c, s.Init, "")
	}
	c.s("if ")
	f.x(c, s.Cond)
	c.s(" ")
	f.block(c, s.Body)
	if s.Else != nil {
		c.s(" else ")
		switch e := s.Else.(type) {
		case *ast.IfStmt:
			if e.Init == nil {
				c.at(e.Pos())
				f.ifStmt(c, e)
			} else {
				c.s("{\n")
				f.stmt(c, e, "")
				c.s("}")
			}
		case *ast.BlockStmt:
			f.block(c, e)
		}
	}
	if s.Init != nil {
		c.s("\n}")
	}
}

func (f *fnc) incDec(c *code, s *ast.IncDecStmt) {
	f.x(c, s.X)
	c.s(s.Tok.String())
}
