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
	// A variable that a closure captures, or whose address is taken, is new in each
	// iteration: the header has a variable of its own.
	head, back := "", ""
	own := f.usage(s.Body, vars)
	inner := map[types.Object]string{}
	var o, in []string
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
	if s.Post != nil {
		pc := &code{}
		f.stmt(pc, s.Post, "")
		t := strings.TrimSuffix(pc.b.String(), "\n")
		if strings.Contains(t, "\n") {
			f.l.refuse(s.Post.Pos(), "internal: loop post statement %q", t)
		}
		c.s(t)
	}
	c.s(" ")
	if own {
		for i, v := range vars {
			f.setName(v, inner[v])
			h := &code{}
			h.s(inner[v], " := ", o[i], "\n")
			f.unhide(v)
			f.box(h, v)
			head += h.b.String()
			in = append(in, f.obj(v, v.Name()))
		}
		back = strings.Join(o, ", ") + " = " + strings.Join(in, ", ") + "\n"
	}
	f.push(&loop{label: lbl, back: back})
	f.loopBody(c, s.Body, head, back)
	f.pop()
	if s.Init != nil && !simple {
		c.s("\n}")
	}
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

func (f *fnc) rangeStmt(c *code, s *ast.RangeStmt, lbl string) {
	f.depth++
	defer func() { f.depth-- }()
	t := f.typeOf(s.X)
	switch u := core(t).(type) {
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			f.rangeInt(c, s, t, lbl)
			return
		}
	case *types.Signature:
		f.rangeFunc(c, s, u, lbl)
		return
	case *types.Chan:
		f.rangeChan(c, s, u, lbl)
		return
	}
	kt, vt := rangeTypes(core(t))
	head := ""
	key, val := "_", "_"
	var vars []types.Object
	if s.Tok == token.DEFINE {
		for _, e := range []ast.Expr{s.Key, s.Value} {
			if id, ok := e.(*ast.Ident); ok && f.l.info.Defs[id] != nil {
				vars = append(vars, f.l.info.Defs[id])
			}
		}
	}
	captured := f.usage(s.Body, vars)
	name := func(e ast.Expr, t types.Type) string {
		if e == nil || isBlank(e) {
			return "_"
		}
		if s.Tok == token.DEFINE {
			id := e.(*ast.Ident)
			n := f.local(id)
			if captured {
				o := f.tmp(id.Name)
				h := &code{}
				h.s(n, " := ", o, "\n")
				f.box(h, f.l.info.Defs[id])
				head += h.b.String()
				return o
			}
			return n
		}
		n := f.tmp("e")
		h := &code{}
		f.lhs(h, e)
		h.s(" = ")
		f.convText(h, n, t, f.typeOf(e), false)
		head += h.b.String() + "\n"
		return n
	}
	key, val = name(s.Key, kt), name(s.Value, vt)
	x := s.X
	array := false
	if p, ok := core(t).(*types.Pointer); ok {
		_, array = core(p.Elem()).(*types.Array)
	}
	label(c, lbl)
	c.s("for ")
	switch {
	case val != "_":
		c.s(key, ", ", val, " := range ")
	case key != "_":
		c.s(key, " := range ")
	default:
		c.s("range ")
	}
	if array {
		c.s("(*")
		f.base(c, x)
		c.s(")")
	} else {
		f.base(c, x)
	}
	c.s(" ")
	f.push(&loop{label: lbl})
	f.loopBody(c, s.Body, head, "")
	f.pop()
}

func rangeTypes(t types.Type) (k, v types.Type) {
	switch t := t.(type) {
	case *types.Basic:
		return types.Typ[types.Int], types.Typ[types.Rune]
	case *types.Map:
		return t.Key(), t.Elem()
	case *types.Slice:
		return types.Typ[types.Int], t.Elem()
	case *types.Array:
		return types.Typ[types.Int], t.Elem()
	case *types.Pointer:
		return rangeTypes(t.Elem().Underlying())
	case *types.Chan:
		return t.Elem(), nil
	}
	return nil, nil
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// rangeInt writes a range over an integer as a three-clause loop.
func (f *fnc) rangeInt(c *code, s *ast.RangeStmt, t types.Type, lbl string) {
	t = types.Default(t)
	if s.Tok == token.DEFINE && s.Key != nil && !isBlank(s.Key) {
		t = f.typeOf(s.Key)
	} else if s.Key != nil && !isBlank(s.Key) {
		t = f.typeOf(s.Key)
	}
	tt := f.typ(t)
	i := f.tmp("i")
	limit := &code{}
	if tv := f.l.info.Types[s.X]; tv.Value != nil {
		f.constant(limit, tv.Value, t)
		if tt == "int" {
			limit = &code{}
			limit.s(literal(tv.Value, types.Typ[types.Int]))
		}
	} else {
		n := f.tmp("n")
		c.s("{\n", n, " := ")
		f.x(c, s.X)
		c.s("\n")
		limit.s(n)
		defer c.s("\n}")
	}
	head := ""
	start := "0"
	if tt != "int" {
		start = tt + "(0)"
	}
	if s.Key != nil && !isBlank(s.Key) {
		if s.Tok == token.DEFINE {
			id := s.Key.(*ast.Ident)
			o := f.l.info.Defs[id]
			if !f.usage(s.Body, []types.Object{o}) && !f.assigned(s.Body, o) {
				i = f.local(id)
			} else {
				h := &code{}
				h.s(f.local(id), " := ", i, "\n")
				f.box(h, o)
				head = h.b.String()
			}
		} else {
			h := &code{}
			f.lhs(h, s.Key)
			head = h.b.String() + " = " + i + "\n"
		}
	}
	label(c, lbl)
	c.s("for ", i, " := ", start, "; ", i, " < ", limit.b.String(), "; ", i, "++ ")
	f.push(&loop{label: lbl})
	f.loopBody(c, s.Body, head, "")
	f.pop()
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

func (f *fnc) rangeChan(c *code, s *ast.RangeStmt, t *types.Chan, lbl string) {
	ch, v, ok := f.tmp("c"), f.tmp("v"), f.tmp("ok")
	c.s("{\n", ch, " := ")
	f.x(c, s.X)
	c.s("\n")
	label(c, lbl)
	c.s("for ")
	f.push(&loop{label: lbl})
	head := v + ", " + ok + " := " + f.l.recv(t) + "(" + ch + ")\nif !" + ok + " { break }\n"
	if s.Key != nil && !isBlank(s.Key) {
		h := &code{}
		if s.Tok == token.DEFINE {
			h.s(f.local(s.Key.(*ast.Ident)), " := ", v, "\n")
			f.box(h, f.l.info.Defs[s.Key.(*ast.Ident)])
		} else {
			f.lhs(h, s.Key)
			h.s(" = ")
			f.convText(h, v, f.sub(t.Elem()), f.typeOf(s.Key), false)
			h.s("\n")
		}
		head += h.b.String()
	} else {
		head += "_ = " + v + "\n"
	}
	f.loopBody(c, s.Body, head, "")
	f.pop()
	c.s("\n}")
}
