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
	f.rangeOver(c, s, t, lbl)
}

// rangeOver writes a range over a string, slice, array, pointer to an array or map.
func (f *fnc) rangeOver(c *code, s *ast.RangeStmt, t types.Type, lbl string) {
	kt, vt := rangeTypes(core(t))
	var vars []types.Object
	if s.Tok == token.DEFINE {
		for _, e := range []ast.Expr{s.Key, s.Value} {
			if id, ok := e.(*ast.Ident); ok && f.l.info.Defs[id] != nil {
				vars = append(vars, f.l.info.Defs[id])
			}
		}
	}
	// The interpreter counts with the variable itself: a body that changes it gets a
	// copy.
	captured := f.usage(s.Body, vars)
	for _, v := range vars {
		captured = captured || f.assigned(s.Body, v)
	}
	head := &code{}
	// give writes how a variable of the statement gets its value in an iteration, and
	// returns the name that the loop itself gives the value.
	give := func(e ast.Expr, t types.Type, indirect bool) string {
		if e == nil || isBlank(e) {
			return "_"
		}
		if s.Tok == token.DEFINE {
			id := e.(*ast.Ident)
			n := f.local(id)
			if !captured && !indirect {
				return n
			}
			o := f.tmp(id.Name)
			head.s(n, " := ", o, "\n")
			f.box(head, f.l.info.Defs[id])
			return o
		}
		n := f.tmp("e")
		f.lhs(head, e)
		head.s(" = ")
		f.convText(head, n, t, f.typeOf(e), false)
		head.s("\n")
		return n
	}
	hasValue := s.Value != nil && !isBlank(s.Value)
	loop := func(header string) {
		label(c, lbl)
		c.s("for ", header, " ")
		f.push(&loop{label: lbl})
		f.loopBody(c, s.Body, head.b.String(), "")
		f.pop()
	}
	over := func() string {
		x := &code{}
		f.base(x, s.X)
		return x.b.String()
	}
	switch u := core(t).(type) {
	case *types.Basic: // the interpreter counts on after a byte that is no UTF-8
		if s.Key == nil && s.Value == nil {
			break
		}
		at, rs := f.tmp("at"), f.tmp("rs")
		c.s("{\n", at, ", ", rs, " := __rt.Runes(string(")
		f.x(c, s.X)
		c.s("))\n")
		i := f.tmp("i")
		k, v := give(s.Key, kt, true), give(s.Value, vt, true)
		pre := &code{}
		if k != "_" {
			pre.s(k, " := ", at, "[", i, "]\n")
		}
		if v != "_" {
			pre.s(v, " := ", rs, "[", i, "]\n")
		}
		pre.add(head)
		head = pre
		loop(i + " := range " + rs)
		c.s("\n}")
		return
	case *types.Pointer: // and it copies the array
		arr := core(u.Elem()).(*types.Array)
		p, i := f.tmp("p"), f.tmp("i")
		c.s("{\n", p, " := ")
		f.x(c, s.X)
		c.s("\n")
		k, v := give(s.Key, kt, true), give(s.Value, vt, true)
		pre := &code{}
		if k != "_" {
			pre.s(k, " := ", i, "\n")
		}
		if v != "_" {
			pre.s(v, " := (*", p, ")[", i, "]\n")
		}
		pre.add(head)
		head = pre
		loop(i + " := 0; " + i + " < " + itoa(int(arr.Len())) + "; " + i + "++")
		c.s("\n}")
		return
	}
	if _, ok := core(vt).(*types.Chan); ok && hasValue { // it would receive from the channels
		x, i := f.tmp("x"), f.tmp("k")
		c.s("{\n", x, " := ", over(), "\n")
		k, v := give(s.Key, kt, true), give(s.Value, vt, true)
		pre := &code{}
		if k != "_" {
			pre.s(k, " := ", i, "\n")
		}
		pre.s(v, " := ", x, "[", i, "]\n")
		pre.add(head)
		head = pre
		loop(i + " := range " + x)
		c.s("\n}")
		return
	}
	k, v := give(s.Key, kt, false), give(s.Value, vt, false)
	x := over()
	switch {
	case v != "_":
		loop(k + ", " + v + " := range " + x)
	case k != "_":
		loop(k + " := range " + x)
	default:
		loop("range " + x)
	}
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
			if !f.assigned(s.Body, o) && !f.boxed(o) {
				f.l.counters[o] = true
			}
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
