package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"unicode/utf8"
)

// ranging is what all range loops share.
type ranging struct {
	c *compiler
	s *ast.RangeStmt
	t turn
}

func (c *compiler) rangeStmt(s *ast.RangeStmt) stm {
	top := c.top
	defer func() { c.top = top }()
	r := &ranging{c: c, s: s, t: c.newTurn(s.Pos())}
	t := c.typeOf(s.X)
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			return r.overString()
		}
		return r.overInt()
	case *types.Slice:
		return r.overSlice(u)
	case *types.Array:
		return r.overArray(u, false)
	case *types.Pointer:
		return r.overArray(u.Elem().Underlying().(*types.Array), true)
	case *types.Map:
		return r.overMap(u)
	case *types.Chan:
		return r.overChan(u)
	case *types.Signature:
		return r.overFunc(u)
	}
	refuse(s.Pos(), "range over the type %s is not compiled", t)
	panic("unreachable")
}

// bind declares a variable of the statement and returns where the loop itself may put
// its value, and what to do then.
func (r *ranging) bind(e ast.Expr, t types.Type) (off uintptr, set stm) {
	c := r.c
	if e == nil || isBlank(e) {
		return none, nil
	}
	if r.s.Tok == token.DEFINE {
		o := c.info.Defs[e.(*ast.Ident)]
		v := c.declare(o)
		if !v.boxed {
			return v.off, nil
		}
		off = c.alloc(sizeOf(t))
		x := c.load(place{t: t, frame: true, off: off, pos: e.Pos()})
		return off, c.initialize(v, &x, e.Pos())
	}
	off = c.alloc(sizeOf(t))
	if c.calls(e) {
		refuse(e.Pos(), "a call among the variables of a range loop")
	}
	x := c.load(place{t: t, frame: true, off: off, pos: e.Pos()})
	return off, c.store(c.place(e), c.assignable(x, c.typeOf(e)))
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// body compiles the body of the loop, after the statements that set its variables.
func (r *ranging) body(set ...stm) stm {
	var ss []stm
	for _, s := range set {
		if s != nil {
			ss = append(ss, s)
		}
	}
	return sequence(append(ss, r.c.block(r.s.Body.List)))
}

func (r *ranging) overInt() stm {
	c := r.c
	t := c.typeOf(r.s.X)
	if r.s.Key != nil && !isBlank(r.s.Key) && r.s.Tok == token.DEFINE {
		t = c.typeOf(r.s.Key)
	}
	rep, ok := repOf(t).(interface {
		count(r *ranging, n value, t types.Type) stm
	})
	if !ok {
		refuse(r.s.Pos(), "range over the type %s", t)
	}
	n := c.full(r.s.X)
	if n.k != nil {
		n = c.constantValue(t, c.info.Types[r.s.X].Value, n.pos)
	}
	return rep.count(r, n, t)
}

// count compiles a loop over an integer.
func (integer[T]) count(r *ranging, n value, t types.Type) stm {
	slot, set := r.bind(r.s.Key, t)
	limit, turns := r.c.alloc(wordSize), r.c.alloc(wordSize)
	if slot == none {
		slot = r.c.alloc(wordSize)
	}
	body := r.body(set)
	lim := operandOf[T](n)
	stop, stopped, end := r.t.stop, r.t.stopped, r.t
	return func(fp pointer) ctl {
		*word[T](fp, limit) = lim.f(fp)
		*word[T](fp, turns) = 0
		for k, n := word[T](fp, turns), word[T](fp, limit); *k < *n; *k++ {
			*word[T](fp, slot) = *k
			if r := body(fp); r != next {
				if r, end := end.ends(r); end {
					return r
				}
			}
			if *stop {
				stopped(fp)
			}
		}
		return next
	}
}

func (r *ranging) overSlice(u *types.Slice) stm {
	c := r.c
	x := c.full(r.s.X)
	f := x.f.(expr[slice])
	head, at := c.alloc(3*wordSize), c.alloc(wordSize)
	key, setKey := r.bind(r.s.Key, types.Typ[types.Int])
	val, setVal := r.bind(r.s.Value, u.Elem())
	fetch := c.fetcher(u.Elem(), val)
	if key == none {
		key = at // nobody reads it there
	}
	begin := func(fp pointer) int {
		s := f(fp)
		*ref(fp, head) = s.p
		return s.n
	}
	return r.elements(begin, head, key, sizeOf(u.Elem()), fetch, r.body(setKey, setVal))
}

// elements compiles the turns of a loop over memory that holds elements of one size:
// begin leaves its address in the slot base and returns how many there are.
func (r *ranging) elements(begin func(fp pointer) int, base, key, size uintptr, fetch func(fp, p pointer), body stm) stm {
	stop, stopped, t := r.t.stop, r.t.stopped, r.t
	return func(fp pointer) ctl {
		for i := range begin(fp) {
			*word[int](fp, key) = i
			if fetch != nil {
				fetch(fp, element(*ref(fp, base), i, size))
			}
			if r := body(fp); r != next {
				if r, end := t.ends(r); end {
					return r
				}
			}
			if *stop {
				stopped(fp)
			}
		}
		return next
	}
}

// fetcher returns what copies a value in Go's memory into a slot, nil if there is no
// slot.
func (c *compiler) fetcher(t types.Type, slot uintptr) func(fp, p pointer) {
	if slot == none {
		return nil
	}
	switch sizeOf(t) {
	case wordSize:
		if l := layoutOf(t); l.pointerFree() {
			return func(fp, p pointer) { *word[uintptr](fp, slot) = *(*uintptr)(p) }
		}
		return func(fp, p pointer) { *ref(fp, slot) = *(*pointer)(p) }
	}
	runs := layoutOf(t).runs
	return func(fp, p pointer) { loadRuns(fp, slot, p, runs) }
}

func (r *ranging) overArray(u *types.Array, ptr bool) stm {
	c := r.c
	n := int(u.Len())
	key, setKey := none, stm(nil)
	var base expr[pointer]
	at := c.alloc(wordSize)
	hold := c.alloc(wordSize)
	wantsValue := r.s.Value != nil && !isBlank(r.s.Value)
	switch {
	case !wantsValue && ptr:
		// Only the length is used, but the operand is evaluated if it calls something.
		if c.calls(r.s.X) {
			refuse(r.s.X.Pos(), "a call in a range over the length of an array")
		}
	case ptr:
		base = notNil(c.full(r.s.X).f.(expr[pointer]), r.s.X.Pos())
	case wantsValue:
		// The loop runs over a copy.
		base = c.copyOf(r.s.X)
	}
	key, setKey = r.bind(r.s.Key, types.Typ[types.Int])
	val, setVal := r.bind(r.s.Value, u.Elem())
	fetch := c.fetcher(u.Elem(), val)
	if key == none {
		key = at
	}
	begin := func(fp pointer) int {
		if base != nil {
			*ref(fp, hold) = base(fp)
		}
		return n
	}
	return r.elements(begin, hold, key, sizeOf(u.Elem()), fetch, r.body(setKey, setVal))
}

// copyOf returns the address of a copy of an array.
func (c *compiler) copyOf(e ast.Expr) expr[pointer] {
	p := c.place(e)
	if p.frame {
		return c.box(p)
	}
	if p.entry != nil {
		return c.box(c.placeOf(c.load(p)))
	}
	from, alloc, copyTo := p.a.get(), allocator(p.t), copier(p.t)
	return func(fp pointer) pointer {
		b := alloc()
		copyTo(b, from(fp))
		return b
	}
}

func (r *ranging) overString() stm {
	c := r.c
	x := operandOf[string](c.full(r.s.X))
	key, setKey := r.bind(r.s.Key, types.Typ[types.Int])
	val, setVal := r.bind(r.s.Value, types.Typ[types.Rune])
	hold := c.alloc(2 * wordSize)
	if key == none {
		key = c.alloc(wordSize)
	}
	if val == none {
		val = c.alloc(wordSize)
	}
	body := r.body(setKey, setVal)
	stop, stopped, t := r.t.stop, r.t.stopped, r.t
	return func(fp pointer) ctl {
		s := x.f(fp)
		setFrameString(fp, hold, s)
		for i := 0; i < len(s); {
			*word[int](fp, key) = i
			r, n := utf8.DecodeRuneInString(s[i:])
			*word[rune](fp, val) = r
			i += n
			if r := body(fp); r != next {
				if r, end := t.ends(r); end {
					return r
				}
			}
			if *stop {
				stopped(fp)
			}
		}
		return next
	}
}
