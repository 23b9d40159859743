package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync/atomic"
)

// question asks whether the value of an interface has a type or implements an
// interface. It remembers the answers for the types that have come by.
type question struct {
	env    *Env
	bare   bool // the first word of the value is a type, not a method table
	has    func(v any) bool
	failed func(v any) error
	tables *tables // of the compiled interface that is asked for
	pos    token.Pos
	recent atomic.Pointer[answers]
}

type answers struct {
	made uint32
	list []answer
}

type answer struct {
	word  pointer // the first word of interface values of the type
	yes   bool
	first pointer // of the value as one of the interface that is asked for
}

// ask compiles the question whether a value of the interface type from has the type to.
func (c *compiler) ask(from, to types.Type, pos token.Pos) *question {
	q := &question{env: c.env, bare: bare(from), pos: pos}
	switch {
	case c.env.Has == nil || c.env.Failed == nil:
		refuse(pos, "type assertions are not compiled")
	case types.IsInterface(to):
		if !bare(to) {
			q.tables = &tables{typ: c.interfaceType(to, pos)}
		}
	default:
		c.check(to, pos)
	}
	q.has, q.failed = c.env.Has(to), c.env.Failed(to, from)
	return q
}

// of answers the question for a value that is not nil.
func (q *question) of(v iface) answer {
	if r := q.recent.Load(); r != nil && r.made == q.env.made() {
		for i := range r.list {
			if r.list[i].word == v.t {
				return r.list[i]
			}
		}
	}
	made := q.env.made()
	x := v
	if !q.bare {
		x = withoutMethods(v)
	}
	a := answer{word: v.t, yes: q.has(x.any()), first: x.t}
	if a.yes && q.tables != nil {
		a.first = q.tables.of(x)
	}
	r := &answers{made: made}
	if old := q.recent.Load(); old != nil && old.made == made {
		r.list = old.list[max(0, len(old.list)+1-recentMost):]
	}
	r.list = append(slices.Clip(r.list), a)
	q.recent.Store(r)
	return a
}

// must answers the question where no is a panic.
func (q *question) must(fp pointer, v iface) answer {
	var a answer
	if v.t != nil {
		a = q.of(v)
	}
	if !a.yes {
		note(fp, q.pos)
		if !q.bare && v.t != nil {
			v = withoutMethods(v)
		}
		panic(q.failed(v.any()))
	}
	return a
}

// assertion compiles x.(T).
func (c *compiler) assertion(e *ast.TypeAssertExpr) value {
	x := c.expr(e.X)
	t := c.typeOf(e.Type)
	q := c.ask(x.t, t, e.Lparen)
	f := x.f.(expr[iface])
	v := value{t: t, pos: e.Pos(), slot: none}
	if types.IsInterface(t) {
		v.f = expr[iface](func(fp pointer) iface {
			x := f(fp)
			return iface{q.must(fp, x).first, x.d}
		})
	} else {
		v = c.unpack(t, e.Pos(), func(fp pointer) pointer {
			x := f(fp)
			q.must(fp, x)
			return x.d
		})
	}
	if c.hoist && !isDirect(t) {
		return c.early(v)
	}
	return v
}

// unpack returns the value of a type of which an expression is the second word that an
// interface with it has.
func (c *compiler) unpack(t types.Type, pos token.Pos, second expr[pointer]) value {
	switch {
	case !isDirect(t):
		return c.load(place{t: t, pos: pos, a: atExpr(second)})
	case !isAggregate(t):
		return value{t: t, pos: pos, slot: none, f: second}
	}
	off := c.alloc(sizeOf(t))
	return value{t: t, pos: pos, slot: off, eval: func(fp pointer) ctl { *ref(fp, off) = second(fp); return next }}
}

// assertOK compiles v, ok = x.(T).
func (c *compiler) assertOK(ps []place, e *ast.TypeAssertExpr, early []stm) stm {
	c.hoist = c.mustHoist(e.X)
	x := c.expr(e.X)
	c.hoist = false
	t := c.typeOf(e.Type)
	q := c.ask(x.t, t, e.Lparen)
	f := x.f.(expr[iface])
	off, found, runs := c.alloc(sizeOf(t)), c.alloc(wordSize), layoutOf(t).runs
	ss := append(c.takePre(), early...)
	fill := func(fp pointer, a answer, v iface) { loadRuns(fp, off, v.d, runs) }
	switch {
	case types.IsInterface(t):
		fill = func(fp pointer, a answer, v iface) { setFrameIface(fp, off, iface{a.first, v.d}) }
	case isDirect(t):
		fill = func(fp pointer, a answer, v iface) { *ref(fp, off) = v.d }
	}
	ss = append(ss, func(fp pointer) ctl {
		v := f(fp)
		var a answer
		if v.t != nil {
			a = q.of(v)
		}
		if a.yes {
			fill(fp, a, v)
		} else {
			clearRuns(fp, off, runs)
		}
		*word[bool](fp, found) = a.yes
		return next
	})
	return sequence(append(ss, c.storeOK(ps, place{t: t, pos: e.Pos(), frame: true, off: off}, found)...))
}

// storeOK stores a value of the frame and the truth value beside it.
func (c *compiler) storeOK(ps []place, from place, found uintptr) (ss []stm) {
	v := c.load(from)
	ok := c.load(place{t: types.Typ[types.Bool], pos: from.pos, frame: true, off: found})
	for i, x := range []value{v, ok} {
		if !ps[i].blank {
			x = c.assignable(x, ps[i].t)
		}
		ss = append(ss, c.store(ps[i], x))
	}
	return ss
}
