package lower

import (
	"go/ast"
	"go/token"
)

// branch writes break, continue, goto and fallthrough.
func (f *fnc) branch(c *code, s *ast.BranchStmt) {
	switch s.Tok {
	case token.FALLTHROUGH:
		c.s("fallthrough\n")
		return
	case token.GOTO:
		if f.iter != nil && !f.iter.labels[s.Label.Name] {
			f.iterOutside(c, s.Tok, s.Label.Name)
			return
		}
		c.s("goto ", target(s.Label.Name), "\n")
		return
	}
	want := ""
	if s.Label != nil {
		want = s.Label.Name
	}
	// The target is inside this function unless the function is the body of a range
	// over a function and the target lies outside of it.
	for i := len(f.loops) - 1; i >= 0; i-- {
		t := f.loops[i]
		if want != "" && t.label != want || want == "" && s.Tok == token.CONTINUE && t.isSwitch {
			continue
		}
		if t.iter != nil {
			f.iterBranch(c, t.iter, s.Tok)
			return
		}
		if s.Tok == token.CONTINUE {
			c.s(t.back)
		}
		c.s(s.Tok.String())
		if s.Label != nil {
			c.s(" ", safe(want))
		}
		c.s("\n")
		return
	}
	if f.iter != nil {
		f.iterOutside(c, s.Tok, want)
		return
	}
	f.l.refuse(s.Pos(), "internal: no target of %s %s", s.Tok, want)
}
