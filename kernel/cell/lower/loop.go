package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (f *fnc) push(l *loop) { f.loops = append(f.loops, l) }
func (f *fnc) pop()         { f.loops = f.loops[:len(f.loops)-1] }

// loopBody writes the statements of a loop body after the stop check.
func (f *fnc) loopBody(c *code, b *ast.BlockStmt, head, tail string) {
	f.depth++
	c.s("{\n", stopCheck, head)
	f.stmts(c, b.List)
	c.s(tail, "}")
	f.depth--
}

func (f *fnc) forStmt(c *code, s *ast.ForStmt, lbl string) {
	f.depth++
	defer func() { f.depth-- }()
	var vars []types.Object
	if as, ok := s.Init.(*ast.AssignStmt); ok && as.Tok == token.DEFINE {
		for _, e := range as.Lhs {
			if o := f.l.info.Defs[e.(*ast.Ident)]; o != nil && o.Name() != "_" {
				vars = append(vars, o)
			}
		}
	}
	if o := f.counter(s); o != nil {
		f.l.counters[o] = true
	}
	// A variable that a closure captures, or whose address is taken, is new in each
	// iteration: the header has a variable of its own.
	head, back := "", ""
	own := f.usage(s.Body, vars)
	inner := map[types.Object]string{}
	var o []string
	if own {
		for _, v := range vars {
			inner[v] = f.plain(v)
			f.setName(v, f.tmp(v.Name()))
			o = append(o, f.names[v])
		}
	}
	if own {
		for _, v := range vars {
			f.hide(v)
		}
	}
	simple := s.Init == nil || simpleInit(s.Init)
	if s.Init != nil && !simple {
		c.s("{\n")
		f.stmt(c, s.Init, "")
	}
	post := &code{}
	if s.Post != nil {
		f.stmt(post, s.Post, "")
	}
	if strings.Contains(strings.TrimSuffix(post.b.String(), "\n"), "\n") {
		f.longLoop(c, s, lbl, post, vars, inner, o, own)
		if s.Init != nil && !simple {
			c.s("\n}")
		}
		return
	}
	label(c, lbl)
	c.s("for ")
	if s.Init != nil && simple {
		ic := &code{}
		f.stmt(ic, s.Init, "")
		if t := strings.TrimSuffix(ic.b.String(), "\n"); !strings.Contains(t, "\n") && !strings.HasPrefix(t, "var ") {
			c.s(t)
		} else {
			f.l.refuse(s.Init.Pos(), "internal: loop header %q", t)
		}
	}
	c.s("; ")
	if s.Cond != nil {
		f.x(c, s.Cond)
	}
	c.s("; ")
	c.s(strings.TrimSuffix(post.b.String(), "\n"))
	c.s(" ")
	if own {
		head, back = f.iterationVars(vars, inner, o)
	}
	f.push(&loop{label: lbl, back: back})
	f.loopBody(c, s.Body, head, back)
	f.pop()
	if s.Init != nil && !simple {
		c.s("\n}")
	}
}

// counter returns the variable of a loop that starts at a constant that is not
// negative and only counts up, nil if the loop has none.
func (f *fnc) counter(s *ast.ForStmt) types.Object {
	as, ok := s.Init.(*ast.AssignStmt)
	if !ok || len(as.Lhs) != 1 || len(as.Rhs) != 1 || !f.constNotNegative(as.Rhs[0]) {
		return nil
	}
	id, ok := as.Lhs[0].(*ast.Ident)
	inc, ok2 := s.Post.(*ast.IncDecStmt)
	if !ok || !ok2 || inc.Tok != token.INC {
		return nil
	}
	o := f.l.info.Defs[id]
	x, ok := inc.X.(*ast.Ident)
	if o == nil || !ok || f.l.info.Uses[x] != o || f.boxed(o) || f.assigned(s.Body, o) {
		return nil
	}
	return o
}

// iterationVars gives the body of a loop its own variables: head copies those of the
// header, back copies the values back.
func (f *fnc) iterationVars(vars []types.Object, inner map[types.Object]string, outer []string) (head, back string) {
	for i, v := range vars {
		f.setName(v, inner[v])
		h := &code{}
		h.s(inner[v], " := ", outer[i], "\n")
		f.unhide(v)
		f.box(h, v)
		head += h.b.String()
		back += outer[i] + " = " + f.obj(v, v.Name()) + "\n"
	}
	return head, back
}

// longLoop writes a loop whose post statement is several statements in the output:
// it stands at the head of the body, and the first iteration goes past it.
func (f *fnc) longLoop(c *code, s *ast.ForStmt, lbl string, post *code, vars []types.Object, inner map[types.Object]string, outer []string, own bool) {
	first := f.tmp("first")
	c.s("{\n", first, " := true\n")
	label(c, lbl)
	pre := &code{}
	pre.s("if ", first, " {\n", first, " = false\n} else {\n")
	pre.add(post)
	pre.s("}\n")
	if s.Cond != nil {
		pre.s("if !(")
		f.x(pre, s.Cond)
		pre.s(") { break }\n")
	}
	back := ""
	if own {
		var head string
		head, back = f.iterationVars(vars, inner, outer)
		pre.s(head)
	}
	c.s("for {\n", stopCheck)
	c.add(pre)
	f.push(&loop{label: lbl, back: back})
	f.depth++
	f.stmts(c, s.Body.List)
	f.depth--
	f.pop()
	c.s(back, "}\n}")
}

// simpleInit reports whether the init statement of a for can stay in its header.
func simpleInit(s ast.Stmt) bool {
	as, ok := s.(*ast.AssignStmt)
	return !ok || as.Tok != token.DEFINE
}

// hide takes a variable out of its box while the header of its loop is written.
func (f *fnc) hide(o types.Object) {
	if f.boxed(o) {
		f.cap.boxed[o] = false
	}
}

func (f *fnc) unhide(o types.Object) {
	if _, ok := f.cap.boxed[o]; ok {
		f.cap.boxed[o] = true
	}
}

// usage tells whether variables are captured by a closure or have their address
// taken in a body.
func (f *fnc) usage(body ast.Node, vars []types.Object) bool {
	if len(vars) == 0 {
		return false
	}
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok {
			return false
		}
		o := f.l.info.Uses[id]
		for _, v := range vars {
			if o == v {
				return true
			}
		}
		return false
	}
	if f.cap != nil {
		for _, list := range f.cap.caps {
			for _, c := range list {
				for _, v := range vars {
					if c == v {
						return true
					}
				}
			}
		}
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && f.addrOf(n.X, is)
		case *ast.SliceExpr: // slicing an array takes its address
			if f.addrOf(n.X, is) {
				_, ok := core(f.typeOf(n.X)).(*types.Array)
				found = found || ok
			}
		case *ast.SelectorExpr: // a method may have a pointer receiver
			if s := f.l.info.Selections[n]; s != nil && s.Kind() == types.MethodVal && f.addrOf(n.X, is) {
				found = true
			}
		}
		return !found
	})
	return found
}

// addrOf reports whether the address of e is that of one of the variables.
func (f *fnc) addrOf(e ast.Expr, is func(ast.Expr) bool) bool {
	for {
		e = ast.Unparen(e)
		if is(e) {
			return true
		}
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			return false
		}
	}
}

// assigned reports whether a body assigns to a variable.
func (f *fnc) assigned(body ast.Node, o types.Object) bool {
	found := false
	is := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok && f.l.info.Uses[id] == o {
			found = true
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				is(e)
			}
		case *ast.IncDecStmt:
			is(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				is(n.Key)
				if n.Value != nil {
					is(n.Value)
				}
			}
		}
		return !found
	})
	return found
}
