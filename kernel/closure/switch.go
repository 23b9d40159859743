package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (c *compiler) switchStmt(s *ast.SwitchStmt) stm {
	top := c.top
	defer func() { c.top = top }()
	brk, _ := c.labelNumbers(c.label)
	c.label = ""
	var init []stm
	if s.Init != nil {
		init = append(init, orNothing(c.statement(s.Init)))
	}
	var tag value
	if s.Tag != nil {
		v := c.full(s.Tag)
		if v.k == nil || v.f == nil {
			v = c.copied(v, &init)
		} else {
			v.t = types.Default(v.t)
		}
		tag = v
	}
	var conds []expr[bool]
	var bodies []stm
	var through []bool
	other := -1
	for _, cl := range s.Body.List {
		cc := cl.(*ast.CaseClause)
		var cond expr[bool]
		for _, e := range cc.List {
			f := c.caseOf(tag, s.Tag, e)
			if g := cond; g != nil {
				cond = func(fp pointer) bool { return g(fp) || f(fp) }
			} else {
				cond = f
			}
		}
		if cc.List == nil {
			other = len(bodies)
			cond = func(pointer) bool { return false }
		}
		list, falls := cc.Body, false
		if n := len(list); n > 0 {
			if b, ok := list[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				list, falls = list[:n-1], true
			}
		}
		conds = append(conds, cond)
		bodies = append(bodies, c.block(list))
		through = append(through, falls)
	}
	pick := c.tableOf(tag, s, other)
	if pick == nil {
		pick = func(fp pointer) int {
			for k, cond := range conds {
				if cond(fp) {
					return k
				}
			}
			return other
		}
	}
	run := func(fp pointer) ctl {
		i := pick(fp)
		if i < 0 {
			return next
		}
		r := bodies[i](fp)
		for r == next && through[i] {
			i++
			r = bodies[i](fp)
		}
		if r == broken || r == brk {
			return next
		}
		return r
	}
	return sequence(append(init, run))
}

// caseOf compiles the comparison of the tag with an expression, or the expression
// itself if there is no tag.
func (c *compiler) caseOf(tag value, tagExpr, e ast.Expr) expr[bool] {
	if tagExpr == nil {
		return c.condition(e)
	}
	x := tag
	y := c.full(e)
	if b, ok := y.t.(*types.Basic); ok && (b.Info()&types.IsUntyped != 0) && y.k != nil && b.Kind() != types.UntypedNil && !types.IsInterface(x.t) {
		y = c.constantValue(x.t, c.info.Types[e].Value, e.Pos())
	}
	return c.comparison(token.EQL, x, y, e.Pos())
}

// tableOf returns what finds the clause of a tag in a table, if all cases are small
// constants; nil for other statements. Without a case it is the clause other.
func (c *compiler) tableOf(tag value, s *ast.SwitchStmt, other int) func(fp pointer) int {
	table, n := &[256]int{}, 0
	for i := range table {
		table[i] = other
	}
	for i, cl := range s.Body.List {
		for _, e := range cl.(*ast.CaseClause).List {
			tv := c.info.Types[e]
			if tv.Value == nil {
				return nil
			}
			k, ok := constantInt(tv.Value)
			if !ok || k < 0 || int(k) >= len(table) {
				return nil
			}
			table[k] = i
			n++
		}
	}
	if n < 4 {
		return nil
	}
	switch f := tag.f.(type) {
	case expr[uint8]:
		return func(fp pointer) int { return table[f(fp)] }
	case expr[int32]:
		return lookupOf(f, table, other)
	case expr[int]:
		return lookupOf(f, table, other)
	}
	return nil
}

func lookupOf[T int | int32](f expr[T], table *[256]int, other int) func(fp pointer) int {
	return func(fp pointer) int {
		if k := f(fp); 0 <= k && int(k) < len(table) {
			return table[k]
		}
		return other
	}
}
