package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// reword gives an error of go/types the place and the words of the compiler where
// they differ, none if the compiler does not have it.
func (u *unit) reword(e types.Error) types.Error {
	if r, ok := rewords[e.Msg]; ok {
		e.Msg = r
		return e
	}
	for _, r := range rewriters {
		if m := r.msg.FindStringSubmatch(e.Msg); m != nil {
			r.do(u, &e, m)
			break
		}
	}
	if strings.Contains(e.Msg, " literal)") {
		u.inspect(func(n ast.Node) {
			if lit, ok := n.(*ast.FuncLit); ok {
				body := " {…}"
				if len(lit.Body.List) == 0 {
					body = " {}"
				}
				e.Msg = strings.ReplaceAll(e.Msg, types.ExprString(lit), types.ExprString(lit.Type)+body)
			}
		})
	}
	return e
}

var rewords = map[string]string{
	"break not in for, switch, or select statement": "break is not in a loop, switch, or select",
	"continue not in for statement":                 "continue is not in a loop",
}

var rewriters = []struct {
	msg *regexp.Regexp
	do  func(u *unit, e *types.Error, m []string)
}{
	{regexp.MustCompile(`^not enough arguments in call to `), func(u *unit, e *types.Error, _ []string) {
		if call := u.callEnding(e.Pos); call != nil {
			e.Pos = call.Pos()
			if n := len(call.Args); n > 0 {
				e.Pos = call.Args[n-1].Pos()
			}
		}
	}},
	{regexp.MustCompile(`^invalid operation: not enough arguments for |^missing argument in conversion to `), func(u *unit, e *types.Error, _ []string) {
		if call := u.callEnding(e.Pos); call != nil {
			e.Pos = call.Pos()
		}
	}},
	{regexp.MustCompile(`^invalid use of \[\.\.\.\] array`), func(_ *unit, e *types.Error, _ []string) {
		e.Pos-- // the bracket, not the dots
	}},
	{regexp.MustCompile(`^assignment operation (\S+) requires single-valued expressions$`), func(_ *unit, e *types.Error, m []string) {
		e.Msg = "syntax error: unexpected " + m[1] + ", expected := or = or comma"
	}},
	{regexp.MustCompile(`^cannot declare in post statement$|^no new variables on left side of :=$`), func(u *unit, e *types.Error, _ []string) {
		at := e.Pos
		u.inspect(func(n ast.Node) {
			f, ok := n.(*ast.ForStmt)
			if !ok {
				return
			}
			if s, ok := f.Post.(*ast.AssignStmt); ok && (s.Pos() == at || s.TokPos == at) {
				e.Pos, e.Msg = s.TokPos, "syntax error: cannot declare in post statement of for loop"
			}
		})
	}},
	{regexp.MustCompile(`^cannot index `), func(u *unit, e *types.Error, _ []string) {
		at := e.Pos
		u.inspect(func(n ast.Node) {
			if x, ok := n.(*ast.IndexExpr); ok && x.Pos() == at {
				e.Pos = x.Lbrack
			}
		})
	}},
	{regexp.MustCompile(`^method has (no receiver|multiple receivers)$`), func(u *unit, e *types.Error, _ []string) {
		at := e.Pos
		u.inspect(func(n ast.Node) {
			if f, ok := n.(*ast.FuncDecl); ok && f.Recv != nil && f.Recv.Pos() <= at && at < f.Recv.End() {
				e.Pos = f.Name.Pos()
			}
		})
	}},
	{regexp.MustCompile(`^invalid operation: cannot send to `), func(u *unit, e *types.Error, _ []string) {
		at := e.Pos
		u.inspect(func(n ast.Node) {
			if s, ok := n.(*ast.SendStmt); ok && s.Arrow == at {
				e.Pos = s.Pos()
			}
		})
	}},
	{regexp.MustCompile(`^label (\S+) not declared$`), func(_ *unit, e *types.Error, m []string) {
		e.Msg = "label " + m[1] + " not defined"
	}},
	{regexp.MustCompile(`^label (\S+) declared and not used$`), func(u *unit, e *types.Error, m []string) {
		e.Msg = "label " + m[1] + " defined and not used"
		u.inspect(func(n ast.Node) {
			if b, ok := n.(*ast.BranchStmt); ok && b.Label != nil && b.Label.Name == m[1] {
				e.Msg = "" // it is used, if wrongly
			}
		})
	}},
	{regexp.MustCompile(`^invalid (break|continue) label (\S+)$`), func(u *unit, e *types.Error, m []string) {
		if !u.labelled(m[2], e.Pos) {
			e.Msg = m[1] + " label not defined: " + m[2]
		}
	}},
	{regexp.MustCompile(`^goto (\S+) jumps over variable declaration at line (\d+)$`), func(u *unit, e *types.Error, m []string) {
		name, at := u.declaredAt(m[2])
		if name != "" {
			e.Msg = "goto " + m[1] + " jumps over declaration of " + name + " at " + u.where(at)
		}
	}},
	{regexp.MustCompile(`^goto (\S+) jumps into block$`), func(u *unit, e *types.Error, m []string) {
		if at := u.blockOf(m[1]); at.IsValid() {
			e.Msg += " starting at " + u.where(at)
		}
	}},
}

// where writes a place as messages do.
func (u *unit) where(pos token.Pos) string {
	src, off, ok := u.c.find(pos)
	if !ok {
		return "another place"
	}
	line, col := src.place(off)
	return fmt.Sprintf("cell[%d]:%d:%d", src.cell, line, col)
}

// labelled reports whether a place is inside the statement with a label.
func (u *unit) labelled(name string, pos token.Pos) (in bool) {
	u.inspect(func(n ast.Node) {
		if l, ok := n.(*ast.LabeledStmt); ok && l.Label.Name == name && l.Pos() <= pos && pos < l.End() {
			in = true
		}
	})
	return in
}

// declaredAt returns the last variables that a line declares, and the place that the
// compiler names for it.
func (u *unit) declaredAt(line string) (name string, at token.Pos) {
	u.inspect(func(n ast.Node) {
		if n.Pos().IsValid() && strconv.Itoa(u.c.fset.Position(n.Pos()).Line) != line {
			return
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				var names []string
				for _, x := range n.Lhs {
					names = append(names, types.ExprString(x))
				}
				name, at = strings.Join(names, ", "), n.TokPos
			}
		case *ast.ValueSpec:
			name, at = n.Names[0].Name, n.Pos()
		}
	})
	return name, at
}

// blockOf is where the block begins in which a label stands.
func (u *unit) blockOf(label string) (at token.Pos) {
	u.inspect(func(n ast.Node) {
		var list []ast.Stmt
		switch b := n.(type) {
		case *ast.BlockStmt:
			list = b.List
		case *ast.CaseClause:
			list = b.Body
		case *ast.CommClause:
			list = b.Body
		}
		for _, s := range list {
			if l, ok := s.(*ast.LabeledStmt); ok && l.Label.Name == label {
				at = n.Pos()
			}
		}
	})
	return at
}

var labelTwice = regexp.MustCompile(`^label (\S+) already declared\n\t(\S+): other declaration of \S+$`)

// callEnding is the call whose parenthesis closes at a place.
func (u *unit) callEnding(pos token.Pos) (call *ast.CallExpr) {
	u.inspect(func(n ast.Node) {
		if c, ok := n.(*ast.CallExpr); ok && c.Rparen == pos {
			call = c
		}
	})
	return call
}

// inspect calls f for the nodes of the cell.
func (u *unit) inspect(f func(ast.Node)) {
	visit := func(n ast.Node) bool {
		if n != nil {
			f(n)
		}
		return true
	}
	for _, d := range u.p.gens {
		ast.Inspect(d, visit)
	}
	for _, d := range u.p.funcs {
		ast.Inspect(d, visit)
	}
	ast.Inspect(u.p.body, visit)
}
