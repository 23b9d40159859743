package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// entry is the place m[k].
type entry struct {
	m    expr[pointer]
	key  value // in the frame after set
	set  stm   // evaluates the key, nil if it is a variable of the frame
	maps mapper
	pos  token.Pos
}

// entryPlace compiles m[k].
func (c *compiler) entryPlace(e *ast.IndexExpr, u *types.Map) place {
	m := c.expr(e.X)
	k := c.assignable(c.expr(e.Index), u.Key())
	if !fastKey(u.Key()) {
		k = c.temp(e.Index, k)
	}
	return c.entryOf(m, k, u, e.Pos())
}

// fastKey reports whether Go's compiler needs no address of keys of a type.
func fastKey(t types.Type) bool {
	switch basicKind(t) {
	case types.Int, types.Int32, types.Int64, types.Uint, types.Uint32, types.Uint64, types.Uintptr, types.String:
		return true
	}
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func (c *compiler) entryOf(m, k value, u *types.Map, pos token.Pos) place {
	n := &entry{m: m.f.(expr[pointer]), maps: c.mapperOf(u, pos), pos: pos}
	n.key, n.set = c.settled(k)
	return place{t: u.Elem(), pos: pos, entry: n}
}

// settled returns a value as one that stands in the frame after the statement, nil if
// it stands there already.
func (c *compiler) settled(v value) (value, stm) {
	if v.slot != none && (v.f != nil || v.eval == nil) {
		return v, nil
	}
	var ss []stm
	v = c.copied(v, &ss)
	return v, ss[0]
}

// loadEntry returns the value of m[k].
func (c *compiler) loadEntry(p place) value {
	n, off := p.entry, c.alloc(sizeOf(p.t))
	m, set, key, maps, pos := n.m, orNothing(n.set), n.key.slot, n.maps, n.pos
	read := func(fp pointer) ctl {
		h := m(fp)
		set(fp)
		note(fp, pos)
		maps.load(fp, h, key, off)
		return next
	}
	v := c.load(place{t: p.t, pos: p.pos, frame: true, off: off})
	if v.f == nil {
		v.eval = read
		return v
	}
	v.f = repOf(p.t).after([]stm{read}, v.f)
	v.slot = none
	return v
}

// storeEntry compiles m[k] = v.
func (c *compiler) storeEntry(p place, v value) stm {
	x, eval := c.settled(v)
	n := p.entry
	if x.k != nil { // a constant has no slot
		var ss []stm
		x = c.copied(v, &ss)
		eval = ss[0]
	}
	m, set, key, val, maps, pos := n.m, orNothing(n.set), n.key.slot, x.slot, n.maps, n.pos
	eval = orNothing(eval)
	return func(fp pointer) ctl {
		eval(fp)
		h := m(fp)
		set(fp)
		if h == nil {
			raiseNilMap(fp, pos)
		}
		note(fp, pos)
		maps.store(fp, h, key, val)
		return next
	}
}

// updateEntry compiles m[k] op= y: map and key are evaluated once.
func (c *compiler) updateEntry(p place, op token.Token, t types.Type, y value, pos token.Pos) stm {
	n, cur := p.entry, c.alloc(sizeOf(t))
	hold := c.alloc(wordSize)
	old := c.load(place{t: t, pos: pos, frame: true, off: cur})
	compute := c.store(place{t: t, frame: true, off: cur}, value{t: t, pos: pos, slot: none, f: c.operation(op, pos, t, old, y)})
	m, set, key, maps := n.m, orNothing(n.set), n.key.slot, n.maps
	return func(fp pointer) ctl {
		*ref(fp, hold) = m(fp)
		set(fp)
		note(fp, pos)
		maps.load(fp, *ref(fp, hold), key, cur)
		compute(fp)
		h := *ref(fp, hold)
		if h == nil {
			raiseNilMap(fp, pos)
		}
		maps.store(fp, h, key, cur)
		return next
	}
}

// commaOK compiles v, ok = m[k].
func (c *compiler) commaOK(ps []place, e *ast.IndexExpr, u *types.Map, early []stm) stm {
	c.hoist = c.mustHoist(e)
	p := c.entryPlace(e, u)
	c.hoist = false
	n, off, found := p.entry, c.alloc(sizeOf(u.Elem())), c.alloc(wordSize)
	m, set, key, maps, pos := n.m, orNothing(n.set), n.key.slot, n.maps, n.pos
	ss := append(c.takePre(), early...)
	ss = append(ss, func(fp pointer) ctl {
		h := m(fp)
		set(fp)
		note(fp, pos)
		*word[bool](fp, found) = maps.load(fp, h, key, off)
		return next
	})
	return sequence(append(ss, c.storeOK(ps, place{t: u.Elem(), pos: pos, frame: true, off: off}, found)...))
}

func (c *compiler) makeMap(e *ast.CallExpr, u *types.Map) expr[pointer] {
	maps := c.mapperOf(u, e.Pos())
	if len(e.Args) == 1 {
		return func(pointer) pointer { return maps.make(0) }
	}
	n := c.toInt(c.expr(e.Args[1])).f.(expr[int])
	return func(fp pointer) pointer { return maps.make(n(fp)) }
}

func (c *compiler) mapLiteral(e *ast.CompositeLit, t types.Type, u *types.Map) value {
	maps := c.mapperOf(u, e.Pos())
	hold := c.alloc(wordSize)
	m := value{t: t, pos: e.Pos(), slot: hold, f: repOf(t).frame(hold)}
	n := len(e.Elts)
	ss := make([]stm, n)
	for i, x := range e.Elts {
		kv := x.(*ast.KeyValueExpr)
		p := c.entryOf(m, c.element(kv.Key, u.Key()), u, kv.Pos())
		// The key is evaluated before the value.
		if set := p.entry.set; set != nil {
			p.entry.set = nil
			ss[i] = sequence([]stm{set, c.store(p, c.element(kv.Value, u.Elem()))})
			continue
		}
		ss[i] = c.store(p, c.element(kv.Value, u.Elem()))
	}
	fill := sequence(ss)
	return value{t: t, pos: e.Pos(), slot: none, f: expr[pointer](func(fp pointer) pointer {
		*ref(fp, hold) = maps.make(n)
		fill(fp)
		return *ref(fp, hold)
	})}
}

func (c *compiler) delete(e *ast.CallExpr) expr[bool] {
	u := c.typeOf(e.Args[0]).Underlying().(*types.Map)
	m := c.expr(e.Args[0])
	p := c.entryOf(m, c.assignable(c.expr(e.Args[1]), u.Key()), u, e.Pos())
	n := p.entry
	set, key, pos := orNothing(n.set), n.key.slot, e.Pos()
	return func(fp pointer) bool {
		h := n.m(fp)
		set(fp)
		note(fp, pos)
		n.maps.delete(fp, h, key)
		return true
	}
}

func (c *compiler) clearMap(v value, u *types.Map) expr[bool] {
	f, maps := v.f.(expr[pointer]), c.mapperOf(u, v.pos)
	return func(fp pointer) bool { maps.clear(f(fp)); return true }
}

// mapLen is len of a map. All maps count their entries in the same way.
func mapLen(f expr[pointer]) expr[int] {
	return func(fp pointer) int {
		m := f(fp)
		return len(*(*map[int]int)(pointer(&m)))
	}
}

// overMap compiles a range over a map.
func (r *ranging) overMap(u *types.Map) stm {
	c := r.c
	m := c.full(r.s.X).f.(expr[pointer])
	maps := c.mapperOf(u, r.s.Pos())
	hold := c.alloc(wordSize)
	key, setKey := r.bind(r.s.Key, u.Key())
	val, setVal := r.bind(r.s.Value, u.Elem())
	if key == none {
		key = c.alloc(sizeOf(u.Key()))
	}
	if val == none {
		val = c.alloc(sizeOf(u.Elem()))
	}
	body := r.body(setKey, setVal)
	stop, stopped, t := r.t.stop, r.t.stopped, r.t
	return func(fp pointer) ctl {
		h := m(fp)
		*ref(fp, hold) = h
		end := next
		maps.each(fp, h, key, val, func() bool {
			if r := body(fp); r != next {
				if r, done := t.ends(r); done {
					end = r
					return false
				}
			}
			if *stop {
				stopped(fp)
			}
			return true
		})
		return end
	}
}
