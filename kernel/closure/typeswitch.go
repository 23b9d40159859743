package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync/atomic"
)

// sorting is a type switch: it remembers the clauses of the types that have come by.
type sorting struct {
	env     *Env
	bare    bool
	tests   []typeTest
	onNil   int // the clause of nil, of what no clause lists
	onOther int
	recent  atomic.Pointer[sorted]
}

type typeTest struct {
	has    func(v any) bool
	clause int
}

type sorted struct {
	made uint32
	list []sortedType
}

type sortedType struct {
	word   pointer
	clause int
}

func (s *sorting) clause(v iface) int {
	if v.t == nil {
		return s.onNil
	}
	if r := s.recent.Load(); r != nil && r.made == s.env.made() {
		for i := range r.list {
			if r.list[i].word == v.t {
				return r.list[i].clause
			}
		}
	}
	made := s.env.made()
	x := v
	if !s.bare {
		x = withoutMethods(v)
	}
	k := s.onOther
	for _, t := range s.tests {
		if t.has(x.any()) {
			k = t.clause
			break
		}
	}
	r := &sorted{made: made}
	if old := s.recent.Load(); old != nil && old.made == made {
		r.list = old.list[max(0, len(old.list)+1-2*recentMost):]
	}
	r.list = append(slices.Clip(r.list), sortedType{v.t, k})
	s.recent.Store(r)
	return k
}

// typeSwitch compiles a type switch. Clauses without a match are -1.
func (c *compiler) typeSwitch(s *ast.TypeSwitchStmt) stm {
	top := c.top
	defer func() { c.top = top }()
	brk, _ := c.labelNumbers(c.label)
	c.label = ""
	var ss []stm
	if s.Init != nil {
		ss = append(ss, orNothing(c.statement(s.Init)))
	}
	x := c.full(asserted(s.Assign))
	if c.env.Has == nil {
		refuse(s.Pos(), "type switches are not compiled")
	}
	hold := c.alloc(2 * wordSize)
	from := place{t: x.t, pos: x.pos, frame: true, off: hold}
	ss = append(ss, c.store(from, x))
	k := &sorting{env: c.env, bare: bare(x.t), onNil: -1, onOther: -1}
	for i, cl := range s.Body.List {
		cc := cl.(*ast.CaseClause)
		if cc.List == nil {
			k.onOther = i
		}
		for _, e := range cc.List {
			if c.info.Types[e].IsNil() {
				k.onNil = i
			} else {
				k.tests = append(k.tests, typeTest{c.env.Has(c.typeOf(e)), i})
			}
		}
	}
	if k.onNil < 0 {
		k.onNil = k.onOther
	}
	bodies := make([]stm, len(s.Body.List))
	for i, cl := range s.Body.List {
		bodies[i] = c.typeClause(cl.(*ast.CaseClause), from)
	}
	return sequence(append(ss, func(fp pointer) ctl {
		i := k.clause(frameIface(fp, hold))
		if i < 0 {
			return next
		}
		r := bodies[i](fp)
		if r == broken || r == brk {
			return next
		}
		return r
	}))
}

// asserted returns x of the guard y := x.(type).
func asserted(s ast.Stmt) ast.Expr { return onlyValue(s).(*ast.TypeAssertExpr).X }

// typeClause compiles a clause, after the variable that it declares.
func (c *compiler) typeClause(cc *ast.CaseClause, from place) stm {
	top := c.top
	defer func() { c.top = top }()
	o := c.info.Implicits[cc]
	if o == nil {
		return c.block(cc.Body)
	}
	var v value
	switch t := o.Type(); {
	case types.IsInterface(t):
		v = c.assignable(c.asserting(from, t, cc.Pos()), t)
	default:
		hold := from.off + wordSize
		v = c.unpack(t, cc.Pos(), func(fp pointer) pointer { return *ref(fp, hold) })
	}
	to := c.declare(o)
	set := c.initialize(to, &v, cc.Pos())
	return sequence([]stm{set, c.block(cc.Body)})
}

// asserting returns the value of an interface as one of an interface type that it is
// known to implement.
func (c *compiler) asserting(from place, t types.Type, pos token.Pos) value {
	v := c.load(from)
	if types.Identical(from.t, t) || bare(t) && bare(from.t) {
		v.t = t
		return v
	}
	return c.changeInterface(v, t)
}
