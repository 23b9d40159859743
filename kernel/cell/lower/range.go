package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

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
