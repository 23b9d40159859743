package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"descent/kernel/rt"
)

// Operations on channels are tried first; what has to wait waits in package rt, where
// an interrupt can end it.

// chanReps are the classes of values whose channels compiled code handles itself: a
// channel of T has the layout of one of what the interpreter has for T.
type chanRep interface {
	recv(ch expr[pointer], ok uintptr, pos token.Pos) any
	send(ch expr[pointer], f any, pos token.Pos) stm
	makeChan(n int) pointer
}

// asChan returns a channel of a type. Of pointers it is one of *byte: reflect.ChanOf goes
// wrong in a program that mentions pointers to channels of unsafe.Pointer.
func asChan[T any](p pointer) chan T { return *(*chan T)(pointer(&p)) }

// receiveFrom returns the value that comes next from a channel; whether it was sent goes
// to the slot ok, if there is one.
func receiveFrom[T, E any](ch expr[pointer], ok uintptr, pos token.Pos) any {
	return expr[T](func(fp pointer) T {
		c := asChan[E](ch(fp))
		note(fp, pos)
		var v E
		var sent bool
		select {
		case v, sent = <-c:
		default:
			v, sent = rt.RecvOf(c)
		}
		if ok != none {
			*word[bool](fp, ok) = sent
		}
		return *(*T)(pointer(&v))
	})
}

func sendTo[T, E any](ch expr[pointer], f any, pos token.Pos) stm {
	v := f.(expr[T])
	return func(fp pointer) ctl {
		c := asChan[E](ch(fp))
		y := v(fp)
		x := *(*E)(pointer(&y))
		note(fp, pos)
		select {
		case c <- x:
		default:
			rt.SendOf(c, x)
		}
		return next
	}
}

func newChan[T any](n int) pointer {
	c := make(chan T, n)
	return *(*pointer)(pointer(&c))
}

func (scalar[T]) recv(ch expr[pointer], ok uintptr, pos token.Pos) any {
	return receiveFrom[T, T](ch, ok, pos)
}
func (pointers) recv(ch expr[pointer], ok uintptr, pos token.Pos) any {
	return receiveFrom[pointer, *byte](ch, ok, pos)
}
func (stringsRep) recv(ch expr[pointer], ok uintptr, pos token.Pos) any {
	return receiveFrom[string, string](ch, ok, pos)
}
func (slicesRep) recv(ch expr[pointer], ok uintptr, pos token.Pos) any {
	return receiveFrom[slice, slice](ch, ok, pos)
}
func (interfaces) recv(ch expr[pointer], ok uintptr, pos token.Pos) any {
	return receiveFrom[iface, iface](ch, ok, pos)
}

func (scalar[T]) send(ch expr[pointer], f any, pos token.Pos) stm { return sendTo[T, T](ch, f, pos) }
func (pointers) send(ch expr[pointer], f any, pos token.Pos) stm {
	return sendTo[pointer, *byte](ch, f, pos)
}
func (stringsRep) send(ch expr[pointer], f any, pos token.Pos) stm {
	return sendTo[string, string](ch, f, pos)
}
func (slicesRep) send(ch expr[pointer], f any, pos token.Pos) stm {
	return sendTo[slice, slice](ch, f, pos)
}
func (interfaces) send(ch expr[pointer], f any, pos token.Pos) stm {
	return sendTo[iface, iface](ch, f, pos)
}

func (scalar[T]) makeChan(n int) pointer  { return newChan[T](n) }
func (pointers) makeChan(n int) pointer   { return newChan[*byte](n) }
func (stringsRep) makeChan(n int) pointer { return newChan[string](n) }
func (slicesRep) makeChan(n int) pointer  { return newChan[slice](n) }
func (interfaces) makeChan(n int) pointer { return newChan[iface](n) }

// chanValue returns a channel for reflection.
func chanValue(t reflect.Type, p pointer) reflect.Value { return reflect.NewAt(t, pointer(&p)).Elem() }

func chanShape(elem types.Type) reflect.Type { return reflect.ChanOf(reflect.BothDir, shape(elem)) }

// receive compiles <-x; whether the value was sent goes to the slot ok, if there is one.
func (c *compiler) receive(x ast.Expr, ok uintptr, pos token.Pos) value {
	elem := c.typeOf(x).Underlying().(*types.Chan).Elem()
	c.check(elem, pos)
	return c.receiveValue(c.expr(x).f.(expr[pointer]), elem, ok, pos)
}

func (c *compiler) receiveValue(ch expr[pointer], elem types.Type, ok uintptr, pos token.Pos) value {
	v := value{t: elem, pos: pos, slot: none}
	if !isAggregate(elem) {
		v.f = repOf(elem).(chanRep).recv(ch, ok, pos)
		return v
	}
	t, runs := chanShape(elem), layoutOf(elem).runs
	off := c.alloc(sizeOf(elem))
	v.slot = off
	v.eval = func(fp pointer) ctl {
		cv := chanValue(t, ch(fp))
		note(fp, pos)
		var x reflect.Value
		var sent bool
		if !cv.IsNil() {
			x, sent = cv.TryRecv()
		}
		if !x.IsValid() {
			x, sent = rt.RecvValue(cv)
		}
		unboxed(fp, off, x, runs)
		if ok != none {
			*word[bool](fp, ok) = sent
		}
		return next
	}
	return v
}

// receiveOK compiles v, ok = <-x.
func (c *compiler) receiveOK(ps []place, e *ast.UnaryExpr, early []stm) stm {
	ok := c.alloc(wordSize)
	v := c.receive(e.X, ok, e.Pos())
	ss := c.takePre()
	var set []stm
	v = c.copied(v, &set)
	ss = append(append(ss, set...), early...)
	if !ps[0].blank {
		v = c.assignable(v, ps[0].t)
	}
	ss = append(ss, c.store(ps[0], v))
	b := c.load(place{t: types.Typ[types.Bool], pos: e.Pos(), frame: true, off: ok})
	if !ps[1].blank {
		b = c.assignable(b, ps[1].t)
	}
	return sequence(append(ss, c.store(ps[1], b)))
}

// sendStmt compiles x <- y.
func (c *compiler) sendStmt(s *ast.SendStmt) stm {
	elem := c.typeOf(s.Chan).Underlying().(*types.Chan).Elem()
	c.check(elem, s.Pos())
	c.hoist = c.mustHoistAll([]ast.Expr{s.Chan, s.Value})
	ch := c.expr(s.Chan).f.(expr[pointer])
	v := c.assigned(s.Value, elem)
	c.hoist = false
	if !isAggregate(elem) {
		return c.withPre(repOf(elem).(chanRep).send(ch, v.f, s.Arrow))
	}
	t, runs, pos := chanShape(elem), layoutOf(elem).runs, s.Arrow
	et := t.Elem()
	hold := c.alloc(wordSize)
	v, set := c.settled(v)
	off, eval := v.slot, orNothing(set)
	return c.withPre(func(fp pointer) ctl {
		*ref(fp, hold) = ch(fp)
		eval(fp)
		cv, x := chanValue(t, *ref(fp, hold)), boxed(fp, off, et, runs)
		note(fp, pos)
		if cv.IsNil() || !cv.TrySend(x) {
			rt.SendValue(cv, x)
		}
		return next
	})
}

func (c *compiler) makeChan(e *ast.CallExpr, u *types.Chan) any {
	c.check(u.Elem(), e.Pos())
	n, pos := expr[int](func(pointer) int { return 0 }), e.Pos()
	if len(e.Args) == 2 {
		n = c.toInt(c.expr(e.Args[1])).f.(expr[int])
	}
	if !isAggregate(u.Elem()) {
		r := repOf(u.Elem()).(chanRep)
		return expr[pointer](func(fp pointer) pointer { k := n(fp); note(fp, pos); return r.makeChan(k) })
	}
	t := chanShape(u.Elem())
	return expr[pointer](func(fp pointer) pointer {
		k := n(fp)
		note(fp, pos)
		if k < 0 {
			newChan[int](k) // panics as it has to
		}
		return reflect.MakeChan(t, k).UnsafePointer()
	})
}

// closeChan compiles the builtin.
func (c *compiler) closeChan(e *ast.CallExpr) expr[bool] {
	f, pos := c.expr(e.Args[0]).f.(expr[pointer]), e.Pos()
	return func(fp pointer) bool {
		p := f(fp)
		note(fp, pos)
		close(asChan[int](p))
		return true
	}
}

// chanLen compiles len and cap of a channel.
func chanLen(f expr[pointer], isCap bool) expr[int] {
	if isCap {
		return func(fp pointer) int { return cap(asChan[int](f(fp))) }
	}
	return func(fp pointer) int { return len(asChan[int](f(fp))) }
}

func (r *ranging) overChan(u *types.Chan) stm {
	c := r.c
	x := c.full(r.s.X).f.(expr[pointer])
	hold, ok := c.alloc(wordSize), c.alloc(wordSize)
	key, setKey := r.bind(r.s.Key, u.Elem())
	v := c.receiveValue(func(fp pointer) pointer { return *ref(fp, hold) }, u.Elem(), ok, r.s.X.Pos())
	get := discard(v)
	if key != none {
		get = c.store(place{t: u.Elem(), pos: v.pos, frame: true, off: key}, v)
	}
	body := r.body(setKey)
	stop, stopped, t := r.t.stop, r.t.stopped, r.t
	return func(fp pointer) ctl {
		*ref(fp, hold) = x(fp)
		for {
			get(fp)
			if !*word[bool](fp, ok) {
				return next
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
	}
}
