package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// iter is a range over a function. Its body is a function literal; leaving it by
// break, return or a jump to an outer loop sets next and makes the literal return
// false, and the statement after the call acts on it.
type iter struct {
	fn    *fnc   // the function that holds the range statement
	next  string // variable: 0 go on, 1 break, 2 return, 3… jumps
	vals  []string
	jumps []jump
	ret   bool
}

type jump struct {
	tok   token.Token
	label string
}

func (f *fnc) rangeFunc(c *code, s *ast.RangeStmt, sig *types.Signature, lbl string) {
	yield := core(f.sub(sig.Params().At(0).Type())).(*types.Signature)
	it := &iter{fn: f, next: f.tmp("next")}
	g := f.child(f.sig)
	g.iter = it
	g.res = f.res
	g.loops = []*loop{{label: lbl, iter: it}}
	body := &code{}
	head := ""
	body.s("func(")
	for i := range yield.Params().Len() {
		t := f.sub(yield.Params().At(i).Type())
		e := s.Key
		if i == 1 {
			e = s.Value
		}
		if i > 0 {
			body.s(", ")
		}
		switch {
		case e == nil || isBlank(e):
			body.s("_ ")
		case s.Tok == token.DEFINE:
			body.s(f.local(e.(*ast.Ident)), " ")
		default:
			n := f.tmp("e")
			h := &code{}
			f.lhs(h, e)
			h.s(" = ")
			f.convText(h, n, t, f.typeOf(e), false)
			head += h.b.String() + "\n"
			body.s(n, " ")
		}
		body.s(f.typ(t))
	}
	done := f.tmp("done")
	body.s(") bool {\n", stopCheck, "if ", done, " { __rt.IterDone() }\n", head)
	g.stmts(body, s.Body.List)
	body.s("return true\n}")
	c.s("{\n", it.next, ", ", done, " := 0, false\n")
	if it.ret {
		for i := range f.sig.Results().Len() {
			n := fmt.Sprintf("%sˑ%d", it.next, i)
			c.s("var ", n, " ", f.typ(f.sig.Results().At(i).Type()), "\n")
		}
	}
	f.callRange(c, s.X, body)
	c.s("\n", done, " = true\n")
	if it.ret {
		c.s("if ", it.next, " == 2 {\n")
		f.iterLeave(c, it)
		c.s("}\n")
	}
	for i, j := range it.jumps {
		c.s(fmt.Sprintf("if %s == %d {\n", it.next, i+3))
		f.branch(c, &ast.BranchStmt{Tok: j.tok, Label: ast.NewIdent(j.label)})
		c.s("}\n")
	}
	c.s("_, _ = ", it.next, ", ", done, "\n}")
}

// callRange calls the iterator with the body.
func (f *fnc) callRange(c *code, x ast.Expr, body *code) {
	switch ast.Unparen(x).(type) {
	case *ast.FuncLit, *ast.UnaryExpr, *ast.StarExpr:
		c.s("(")
		f.x(c, x)
		c.s(")")
	default:
		f.x(c, x)
	}
	c.s("(")
	c.add(body)
	c.s(")")
}

// iterBranch writes break or continue of the range statement itself.
func (f *fnc) iterBranch(c *code, it *iter, tok token.Token) {
	if tok == token.CONTINUE {
		c.s("return true\n")
		return
	}
	c.s(it.next, " = 1\nreturn false\n")
}

// iterOutside writes a jump to a loop outside the range statement.
func (f *fnc) iterOutside(c *code, tok token.Token, label string) {
	it := f.iter
	n := -1
	for i, j := range it.jumps {
		if j.tok == tok && j.label == label {
			n = i
		}
	}
	if n < 0 {
		n = len(it.jumps)
		it.jumps = append(it.jumps, jump{tok, label})
	}
	c.s(fmt.Sprintf("%s = %d\nreturn false\n", it.next, n+3))
}

// iterReturn writes a return of the enclosing function from inside the body.
func (f *fnc) iterReturn(c *code, s *ast.ReturnStmt) {
	it := f.iter
	it.ret = true
	res := f.sig.Results()
	set := func(i int) string {
		if len(f.res) > 0 {
			return f.res[i]
		}
		return fmt.Sprintf("%sˑ%d", it.next, i)
	}
	switch {
	case len(s.Results) == 0:
	case len(s.Results) == res.Len():
		var names []string
		for i, e := range s.Results {
			n := f.tmp("r")
			names = append(names, n)
			c.s("var ", n, " ", f.typ(res.At(i).Type()), " = ")
			f.conv(c, e, res.At(i).Type())
			c.s("\n")
		}
		for i, n := range names {
			c.s(set(i), " = ", n, "\n")
		}
	default:
		t := f.typeOf(s.Results[0]).(*types.Tuple)
		for i, n := range f.spread(c, s.Results[0], t) {
			c.s(set(i), " = ")
			f.convText(c, n, f.sub(t.At(i).Type()), res.At(i).Type(), false)
			c.s("\n")
		}
	}
	c.s(it.next, " = 2\nreturn false\n")
}

// iterLeave returns from the function after the range statement, from the inner
// body again if that is what the function is.
func (f *fnc) iterLeave(c *code, it *iter) {
	res := f.sig.Results()
	if f.iter != nil {
		f.iter.ret = true
		if len(f.res) == 0 {
			for i := range res.Len() {
				c.s(fmt.Sprintf("%sˑ%d = %sˑ%d\n", f.iter.next, i, it.next, i))
			}
		}
		c.s(f.iter.next, " = 2\nreturn false\n")
		return
	}
	if len(f.res) > 0 || res.Len() == 0 {
		c.s("return")
		for i, n := range f.res {
			if i > 0 {
				c.s(",")
			}
			c.s(" ", n)
		}
		c.s("\n")
		return
	}
	c.s("return ")
	for i := range res.Len() {
		if i > 0 {
			c.s(", ")
		}
		c.s(fmt.Sprintf("%sˑ%d", it.next, i))
	}
	c.s("\n")
}
