package closure

import (
	"go/ast"
	"go/token"
)

// jumps reports whether a body has goto statements of its own.
func jumps(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// number reserves n numbers for ways in which a statement can end.
func (c *compiler) number(n int) ctl {
	if c.used == 0 {
		c.used = labelled
	}
	r := c.used
	c.used += ctl(n)
	return r
}

// targets gives numbers to the labels of a list of statements, for the goto statements
// in it, and returns what forgets them.
func (c *compiler) targets(list []ast.Stmt) (at map[ctl]int, names map[string]ctl) {
	for _, s := range list {
		if l, ok := s.(*ast.LabeledStmt); ok {
			if at == nil {
				at, names = map[ctl]int{}, map[string]ctl{}
			}
			n := c.number(1)
			at[n], names[l.Label.Name] = -1, n
		}
	}
	return at, names
}

// jumping runs statements, and goes on at one of them where a goto says so.
func (c *compiler) jumping(ss []stm, at map[ctl]int, pos token.Pos) stm {
	stop, stopped := c.env.Stop, c.env.stopper(pos)
	return func(fp pointer) ctl {
		for i := 0; i < len(ss); {
			r := ss[i](fp)
			if r == next {
				i++
				continue
			}
			k, ok := at[r]
			if !ok {
				return r
			}
			if *stop {
				stopped(fp)
			}
			i = k
		}
		return next
	}
}
