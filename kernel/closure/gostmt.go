package closure

import (
	"go/ast"

	"descent/kernel/rt"
)

// goStmt compiles a go statement. The goroutine has a call chain of its own.
func (c *compiler) goStmt(s *ast.GoStmt) stm {
	before, f, _, _ := c.thunk(s.Call)
	return sequence(append(before, func(fp pointer) ctl {
		v := (*function)(f(fp))
		rt.Go(func() { runAlone(v) })
		return next
	}))
}

// runAlone runs a function without parameters and results on a chain of its own.
func runAlone(v *function) {
	c := v.f.env.begin()
	defer c.end()
	v.f.run(c.enter(v))
	c.done = true
}
