package closure

import (
	"go/ast"
	"go/types"
	"reflect"

	"descent/kernel/rt"
)

// communication is a clause of a select statement that sends or receives.
type communication struct {
	send bool
	ch   uintptr // the slot of the channel
	t    reflect.Type
	runs []run   // of an element
	off  uintptr // the slot of the value that is sent, or has been received
	ok   uintptr // the slot that says whether it was sent
}

func (c *compiler) selectStmt(s *ast.SelectStmt) stm {
	top := c.top
	defer func() { c.top = top }()
	brk, _ := c.labelNumbers(c.label)
	c.label = ""
	var entry []stm
	comms := make([]communication, 0, len(s.Body.List))
	bodies := make([]stm, 0, len(s.Body.List))
	var fallback stm
	for _, cl := range s.Body.List { // channels and values are evaluated in source order
		if comm := cl.(*ast.CommClause).Comm; comm != nil {
			comms = append(comms, c.communication(comm, &entry))
		}
	}
	at := 0
	for _, cl := range s.Body.List {
		cc := cl.(*ast.CommClause)
		if cc.Comm == nil {
			fallback = c.block(cc.Body)
			continue
		}
		bodies = append(bodies, c.clause(cc, comms[at]))
		at++
	}
	pos := s.Pos()
	run := func(fp pointer) ctl {
		note(fp, pos)
		i := choose(fp, comms, fallback == nil)
		body := fallback
		if i >= 0 {
			body = bodies[i]
		}
		if r := body(fp); r != broken && r != brk {
			return r
		}
		return next
	}
	return sequence(append(entry, run))
}

// communication compiles the operands of a clause.
func (c *compiler) communication(s ast.Stmt, entry *[]stm) communication {
	keep := func(v value) uintptr {
		var ss []stm
		v = c.copied(v, &ss)
		*entry = append(*entry, ss...)
		return v.slot
	}
	if s, ok := s.(*ast.SendStmt); ok {
		elem := c.typeOf(s.Chan).Underlying().(*types.Chan).Elem()
		c.check(elem, s.Pos())
		ch := keep(c.full(s.Chan))
		return communication{send: true, ch: ch, t: chanShape(elem), runs: layoutOf(elem).runs, off: keep(c.assignable(c.full(s.Value), elem))}
	}
	x := received(s)
	elem := c.typeOf(x).Underlying().(*types.Chan).Elem()
	c.check(elem, s.Pos())
	return communication{ch: keep(c.full(x)), t: chanShape(elem), runs: layoutOf(elem).runs, off: c.alloc(sizeOf(elem)), ok: c.alloc(wordSize)}
}

// received returns the channel of a receive statement.
func received(s ast.Stmt) ast.Expr { return onlyValue(s).(*ast.UnaryExpr).X }

// onlyValue returns the expression that a statement evaluates or assigns.
func onlyValue(s ast.Stmt) ast.Expr {
	if a, ok := s.(*ast.AssignStmt); ok {
		return ast.Unparen(a.Rhs[0])
	}
	return ast.Unparen(s.(*ast.ExprStmt).X)
}

// clause compiles the assignments of a clause and its body.
func (c *compiler) clause(cc *ast.CommClause, m communication) stm {
	top := c.top
	defer func() { c.top = top }()
	var ss []stm
	if a, ok := cc.Comm.(*ast.AssignStmt); ok {
		elem := c.typeOf(received(a)).Underlying().(*types.Chan).Elem()
		for i, e := range a.Lhs {
			v := c.load(place{t: elem, pos: e.Pos(), frame: true, off: m.off})
			if i == 1 {
				v = c.load(place{t: types.Typ[types.Bool], pos: e.Pos(), frame: true, off: m.ok})
			}
			if o := c.defined(e); o != nil {
				v = c.assignable(v, o.Type())
				ss = append(ss, c.initialize(c.declare(o), &v, e.Pos()))
				continue
			}
			if isBlank(e) {
				continue
			}
			ss = append(ss, c.temporary(func() stm {
				c.hoist = c.evaluatesEarly(e)
				p := c.place(e)
				c.hoist = false
				return c.withPre(c.store(p, c.assignable(v, c.typeOf(e))))
			}))
		}
	}
	return sequence(append(ss, c.block(cc.Body)))
}

// choose makes one of the communications and returns which; it does not wait for one
// unless told so, and returns -1 then.
func choose(fp pointer, comms []communication, wait bool) int {
	var few [4]reflect.SelectCase
	cases := few[:0]
	for i := range comms {
		m := &comms[i]
		k := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: chanValue(m.t, *ref(fp, m.ch))}
		if m.send {
			k.Dir, k.Send = reflect.SelectSend, boxed(fp, m.off, m.t.Elem(), m.runs)
		}
		cases = append(cases, k)
	}
	var i int
	var v reflect.Value
	var ok bool
	if wait {
		i, v, ok = rt.SelectCases(cases)
	} else if i, v, ok = reflect.Select(append(cases, reflect.SelectCase{Dir: reflect.SelectDefault})); i == len(comms) {
		return -1
	}
	if m := &comms[i]; !m.send {
		unboxed(fp, m.off, v, m.runs)
		*word[bool](fp, m.ok) = ok
	}
	return i
}
