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
	fn     *fnc   // the function that holds the range statement
	next   string // variable: 0 go on, 1 break, 2 return, 3… jumps; -1 in the body
	outer  *iter
	jumps  []jump
	labels map[string]bool // declared in the body
	ret    bool
}

type jump struct {
	tok   token.Token
	label string
}

func (f *fnc) rangeFunc(c *code, s *ast.RangeStmt, sig *types.Signature, lbl string) {
	yield := core(f.sub(sig.Params().At(0).Type())).(*types.Signature)
	it := &iter{fn: f, next: f.tmp("next"), labels: map[string]bool{}}
	ast.Inspect(s.Body, func(n ast.Node) bool {
		if l, ok := n.(*ast.LabeledStmt); ok {
			it.labels[l.Label.Name] = true
		}
		return true
	})
	g := f.child(f.sig)
	g.iter = it
	g.res = f.res
	g.defr = f.defr
	g.loops = []*loop{{label: lbl, iter: it}}
	lit := &code{}
	head := &code{}
	lit.s("func(")
	for i := range yield.Params().Len() {
		t := f.sub(yield.Params().At(i).Type())
		e := s.Key
		if i == 1 {
			e = s.Value
		}
		if i > 0 {
			lit.s(", ")
		}
		switch {
		case e == nil || isBlank(e):
			lit.s("_ ")
		case s.Tok == token.DEFINE:
			id := e.(*ast.Ident)
			lit.s(g.local(id), " ")
			g.box(head, f.l.info.Defs[id])
		default:
			n := f.tmp("e")
			g.lhs(head, e)
			head.s(" = ")
			g.convText(head, n, t, f.typeOf(e), false)
			head.s("\n")
			lit.s(n, " ")
		}
		lit.s(f.typ(t))
	}
	done := f.tmp("done")
	lit.s(") bool {\n", stopCheck, "if *", done, " || *", it.next, " != 0 { __rt.IterState(*", done, ", *", it.next, ") }\n*", it.next, " = -1\n")
	lit.add(head)
	g.stmts(lit, s.Body.List)
	lit.s("*", it.next, " = 0\nreturn true\n}")
	extra := []string{it.next, "*int", done, "*bool"}
	if it.ret {
		for i := range f.sig.Results().Len() {
			extra = append(extra, it.val(i), "*"+f.typ(f.sig.Results().At(i).Type()))
		}
	}
	if f.defr != "" {
		extra = append(extra, f.defr, "*__rt.Defers")
	}
	if f.iter != nil { // jumps out of both bodies set the outer one's variables
		it.outer = f.iter
	}
	d := &code{}
	name := f.litName()
	d.at(s.Pos())
	d.s("func ", name, "(")
	args, _ := f.closureParams(d, s, extra...)
	ysig := types.NewSignatureType(nil, nil, nil, yield.Params(), yield.Results(), false)
	d.s(") func", f.l.signature(f.sub(ysig).(*types.Signature)), " {\nreturn ")
	d.add(lit)
	d.s("\n}")
	f.l.decls = append(f.l.decls, d)
	c.s("{\n", it.next, ", ", done, " := new(int), new(bool)\n")
	if it.ret {
		for i := range f.sig.Results().Len() {
			c.s(it.val(i), " := new(", f.typ(f.sig.Results().At(i).Type()), ")\n")
		}
	}
	body := &code{}
	body.s(name, "(", args, ")")
	f.callRange(c, s.X, body)
	c.s("\n*", done, " = true\nif *", it.next, " < 0 { __rt.IterState(false, 0) }\n")
	if it.ret {
		c.s("if *", it.next, " == 2 {\n")
		f.iterLeave(c, it)
		c.s("}\n")
	}
	for i, j := range it.jumps {
		c.s(fmt.Sprintf("if *%s == %d {\n", it.next, i+3))
		b := &ast.BranchStmt{Tok: j.tok}
		if j.label != "" {
			b.Label = ast.NewIdent(j.label)
		}
		f.branch(c, b)
		c.s("}\n")
	}
	c.s("}")
}

// val is the variable for a result of the enclosing function.
func (it *iter) val(i int) string { return fmt.Sprintf("%sˑ%d", it.next, i) }

// callRange calls the iterator with the body.
func (f *fnc) callRange(c *code, x ast.Expr, body *code) {
	f.base(c, x)
	c.s("(")
	c.add(body)
	c.s(")")
}

// iterBranch writes break or continue of the range statement itself.
func (f *fnc) iterBranch(c *code, it *iter, tok token.Token) {
	if tok == token.CONTINUE {
		c.s("*", it.next, " = 0\nreturn true\n")
		return
	}
	c.s("*", it.next, " = 1\nreturn false\n")
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
	c.s(fmt.Sprintf("*%s = %d\nreturn false\n", it.next, n+3))
}

// iterReturn writes a return of the enclosing function from inside the body.
func (f *fnc) iterReturn(c *code, s *ast.ReturnStmt) {
	it := f.iter
	it.ret = true
	res := f.sig.Results()
	switch {
	case len(s.Results) == 0:
		for i := range f.res {
			c.s("*", it.val(i), " = ", f.resultVar(i), "\n")
		}
	case len(s.Results) == res.Len():
		for i, n := range f.returnTemps(c, s.Results) {
			c.s("*", it.val(i), " = ", n, "\n")
		}
	default:
		t := f.typeOf(s.Results[0]).(*types.Tuple)
		for i, n := range f.spread(c, s.Results[0], t) {
			c.s("*", it.val(i), " = ")
			f.convText(c, n, f.sub(t.At(i).Type()), res.At(i).Type(), false)
			c.s("\n")
		}
	}
	c.s("*", it.next, " = 2\nreturn false\n")
}

// iterLeave returns from the function after the range statement, from the inner
// body again if that is what the function is.
func (f *fnc) iterLeave(c *code, it *iter) {
	res := f.sig.Results()
	if f.iter != nil {
		f.iter.ret = true
		for i := range res.Len() {
			c.s("*", f.iter.val(i), " = *", it.val(i), "\n")
		}
		c.s("*", f.iter.next, " = 2\nreturn false\n")
		return
	}
	vals := make([]string, res.Len())
	for i := range vals {
		vals[i] = "*" + it.val(i)
	}
	f.returnValues(c, vals)
}
