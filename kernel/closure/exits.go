package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A compiled loop that stands in code which is not compiled may leave it: it returns
// from the function around it, or jumps to a label of it. It tells by a number, and
// what stands after it does so.

// exits are the ways out of a loop.
type exits struct {
	sig  *types.Signature // of the function around it, nil if the loop may not leave it
	loop *Loop
	slot uintptr // of the address of the number
}

// Returned is the number of a return; a jump has a greater one, see Loop.Branches.
const Returned = 1

// leave returns the statement that ends the loop with a number.
func (x *exits) leave(k int) stm {
	slot := x.slot
	return func(fp pointer) ctl {
		*(*int)(*ref(fp, slot)) = k
		return returned
	}
}

// prepare makes the variable for the number, which is one from outside.
func (x *exits) prepare(c *compiler) {
	if x.loop.Exit == nil {
		x.loop.Exit = types.NewVar(token.NoPos, operands, "exit", types.Typ[types.Int])
		x.slot, _ = c.outer(x.loop.Exit, token.NoPos)
	}
}

// exit compiles a jump out of the loop.
func (c *compiler) exit(s *ast.BranchStmt) stm {
	x := c.exits
	if x == nil || x.sig == nil {
		refuse(s.Pos(), "the label %s lies outside", s.Label.Name)
	}
	x.prepare(c)
	x.loop.Branches = append(x.loop.Branches, s)
	return x.leave(Returned + len(x.loop.Branches))
}

// exitReturn compiles a return out of the loop.
func (c *compiler) exitReturn(s *ast.ReturnStmt) stm {
	x := c.exits
	if x.sig == nil {
		refuse(s.Pos(), "the loop returns from its function")
	}
	x.prepare(c)
	if c.sig == nil {
		c.sig = x.sig
		for v := range x.sig.Results().Variables() {
			if v.Name() == "_" {
				refuse(s.Pos(), "the loop returns from a function with a blank result")
			}
			if v.Name() == "" {
				v = types.NewVar(token.NoPos, operands, "result", v.Type())
				x.loop.Results = append(x.loop.Results, v)
			}
			off, _ := c.outer(v, s.Pos())
			c.results = append(c.results, variable{t: v.Type(), off: off, boxed: true})
		}
	}
	return sequence([]stm{c.ends(s), x.leave(Returned)})
}

// ends is setResults for a statement that another follows.
func (c *compiler) ends(s *ast.ReturnStmt) stm {
	set := c.setResults(s)
	return func(fp pointer) ctl { set(fp); return next }
}
