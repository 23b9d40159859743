package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// The body of a range over a function runs in the frame of the function around it, and
// the iterator on a call chain of its own: what the body calls finds the frame as it
// is elsewhere, and return, defer, goto and recover mean what they mean there.

// iteration is one run of such a loop.
type iteration struct {
	fp     pointer // the frame of the body
	state  iterationState
	result ctl // how the body has ended, once it has ended the loop
}

type iterationState int

const (
	ready iterationState = iota
	ended
	inBody // or left by a panic
	exhausted
)

func (r *ranging) overFunc(u *types.Signature) stm {
	c, pos := r.c, r.s.Pos()
	like := layOut(c.env, u, "", pos)
	x := c.full(r.s.X).f.(expr[pointer])
	yield := r.yield(u.Params().At(0).Type().Underlying().(*types.Signature))
	at := c.alloc(like.head)
	end := r.t
	return func(fp pointer) ctl {
		p := x(fp)
		if p == nil {
			raiseNil(fp, pos)
		}
		it := &iteration{fp: fp}
		note(fp, pos)
		*ref(fp, at+like.params[0].off) = newFunction(yield, []pointer{pointer(it)})
		iterate(fp, at, p, like)
		if it.state == inBody {
			note(fp, pos)
			raiseMissingPanic()
		}
		it.state = exhausted
		if r, end := end.ends(it.result); end {
			return r
		}
		return next
	}
}

// iterate calls an iterator, whose argument is in the frame at an offset.
func iterate(fp pointer, at uintptr, p pointer, like *Func) {
	v := own(p)
	if v == nil {
		callReflected(element(fp, 1, at), p, like)
		return
	}
	c := v.f.env.begin()
	defer c.end()
	to := c.enter(v)
	*ref(to, v.f.params[0].off) = *ref(fp, at+like.params[0].off)
	v.f.run(to)
	c.done = true
}

// yield compiles the body as the function that the iterator calls.
func (r *ranging) yield(sig *types.Signature) *Func {
	c, pos := r.c, r.s.Pos()
	f := layOut(c.env, sig, "", pos)
	f.hidden = true
	var sets []stm
	to := make([]uintptr, len(f.params))
	for i, p := range f.params {
		var set stm
		to[i], set = r.bind([]ast.Expr{r.s.Key, r.s.Value}[i], p.t)
		sets = append(sets, set)
	}
	c.bodies++
	body := r.body(sets...)
	c.bodies--
	stop, stopped, end := r.t.stop, r.t.stopped, r.t
	run := func(at pointer) bool {
		it := (*iteration)((*function)(*ref(at, wordSize)).captured[0])
		if it.state != ready {
			note(at, pos)
			raiseIteration(it.state)
		}
		for i, p := range f.params {
			if to[i] != none {
				moveRuns(it.fp, to[i], at, p.off, p.runs)
			}
		}
		it.state = inBody
		left := it.run(at, body, pos)
		if *stop {
			stopped(it.fp)
		}
		if _, over := end.ends(left); over {
			it.state, it.result = ended, left
			return false
		}
		it.state = ready
		return true
	}
	*f.code.(*expr[bool]) = run
	f.run = func(at pointer) { *word[bool](at, frameHead) = run(at) }
	return f
}

// run runs the body for the frame of a call of the function that it is.
func (it *iteration) run(at pointer, body stm, pos token.Pos) ctl {
	c := chainOf(it.fp)
	done := false
	defer func() {
		if !done { // what the body called comes first in the traceback, then the iterator
			c.tell(it.fp)
			note(at, pos)
		}
		note(it.fp, pos)
	}()
	r := body(it.fp)
	done = true
	return r
}

// tell tells of the calls that led from a frame to a panic.
func (c *chain) tell(fp pointer) {
	frames := c.trace()
	c.saved = nil
	if c.fp == nil || c.env.Trace == nil {
		return
	}
	c.fp = fp
	if n := len(frames) - len(c.frames()) + 1; n > 0 && n <= len(frames) {
		c.env.Trace(frames[:n])
	}
}
