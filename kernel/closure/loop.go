package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// turn is what a loop does after its body has run once.
type turn struct {
	stop      *bool
	stopped   func(fp pointer)
	brk, cont ctl
}

// newTurn is for a loop that ends at a position.
func (c *compiler) newTurn(pos token.Pos) turn {
	brk, cont := c.labelNumbers(c.label)
	c.label = ""
	return turn{stop: c.env.Stop, stopped: c.env.stopper(pos), brk: brk, cont: cont}
}

// ends reports whether the loop ends after its body ended with r, and how.
func (t *turn) ends(r ctl) (ctl, bool) {
	switch r {
	case next, continued, t.cont:
		return next, false
	case broken, t.brk:
		return next, true
	}
	return r, true
}

// never is a flag that nobody sets.
var never bool

func (e *Env) stopper(pos token.Pos) func(fp pointer) {
	if e.Stopped == nil {
		return func(pointer) {}
	}
	return func(fp pointer) {
		note(fp, pos)
		e.Stopped()
	}
}

func (c *compiler) forStmt(s *ast.ForStmt) stm {
	top := c.top
	defer func() { c.top = top }()
	t := c.newTurn(s.Pos())
	var init, post stm
	if s.Init != nil {
		init = c.statement(s.Init)
	}
	renew := c.renew(s.Init)
	if renew == nil {
		if f := c.counting(s, t); f != nil {
			return sequence([]stm{orNothing(init), f})
		}
	}
	var cond expr[bool]
	if s.Cond != nil {
		cond = c.condition(s.Cond)
	}
	if s.Post != nil {
		post = c.statement(s.Post)
	}
	if renew != nil {
		if post == nil {
			post = renew
		} else {
			post = sequence([]stm{renew, post})
		}
	}
	body := c.block(s.Body.List)
	stop, stopped := t.stop, t.stopped
	var run stm
	switch {
	case cond == nil && post == nil:
		run = func(fp pointer) ctl {
			for {
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
	case post == nil:
		run = func(fp pointer) ctl {
			for cond(fp) {
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
	default:
		if cond == nil {
			cond = func(pointer) bool { return true }
		}
		run = func(fp pointer) ctl {
			for cond(fp) {
				if r := body(fp); r != next {
					if r, end := t.ends(r); end {
						return r
					}
				}
				if *stop {
					stopped(fp)
				}
				post(fp)
			}
			return next
		}
	}
	if init == nil {
		return run
	}
	return sequence([]stm{init, run})
}

// renew returns the statement that makes the next turn's copies of loop variables that
// have an address, nil if there are none.
func (c *compiler) renew(init ast.Stmt) stm {
	a, ok := init.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE {
		return nil
	}
	var ss []stm
	for _, e := range a.Lhs {
		o := c.defined(e)
		if o == nil || !c.vars[o].boxed {
			continue
		}
		off, alloc, copyTo := c.vars[o].off, allocator(o.Type()), copier(o.Type())
		ss = append(ss, func(fp pointer) ctl {
			p := alloc()
			copyTo(p, *ref(fp, off))
			*ref(fp, off) = p
			return next
		})
	}
	if ss == nil {
		return nil
	}
	return sequence(ss)
}

// counting compiles the commonest loop, whose int variable is compared with a constant
// or another variable and then goes up or down by one; nil for others.
func (c *compiler) counting(s *ast.ForStmt, t turn) stm {
	cmp, ok := s.Cond.(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	inc, ok := s.Post.(*ast.IncDecStmt)
	if !ok {
		return nil
	}
	i, ok := c.intSlot(cmp.X)
	j, same := c.intSlot(inc.X)
	if !ok || !same || i != j {
		return nil
	}
	step := 1
	if inc.Tok == token.DEC {
		step = -1
	}
	k, isK := 0, false
	n, ok := c.intSlot(cmp.Y)
	if tv := c.info.Types[cmp.Y]; tv.Value != nil {
		v, exact := constantInt(tv.Value)
		k, isK = int(v), exact
	}
	if !ok && !isK {
		return nil
	}
	// Comparisons of ints as i < limit or i > limit.
	var adjust int
	switch cmp.Op {
	case token.LSS, token.GTR:
	case token.LEQ:
		adjust = 1
	case token.GEQ:
		adjust = -1
	default:
		return nil
	}
	if adjust != 0 && (!isK || k+adjust == minInt || k+adjust == maxInt) {
		return nil
	}
	k += adjust
	down := cmp.Op == token.GTR || cmp.Op == token.GEQ
	body := c.block(s.Body.List)
	stop, stopped := t.stop, t.stopped
	switch {
	case isK && down:
		return func(fp pointer) ctl {
			for i := word[int](fp, i); *i > k; *i += step {
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
	case isK:
		return func(fp pointer) ctl {
			for i := word[int](fp, i); *i < k; *i += step {
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
	case down:
		return func(fp pointer) ctl {
			for i, n := word[int](fp, i), word[int](fp, n); *i > *n; *i += step {
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
	return func(fp pointer) ctl {
		for i, n := word[int](fp, i), word[int](fp, n); *i < *n; *i += step {
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

const (
	maxInt = int(^uint(0) >> 1)
	minInt = -maxInt - 1
)

// intSlot returns the slot of an expression that is a variable of the frame with a type
// like int.
func (c *compiler) intSlot(e ast.Expr) (uintptr, bool) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return 0, false
	}
	v, ok := c.vars[c.info.Uses[id]]
	if !ok || !v.inFrame() || basicKind(v.t) != types.Int {
		return 0, false
	}
	return v.off, true
}
