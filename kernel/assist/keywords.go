package assist

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unicode"
)

// keywords returns the keywords that make sense in a context.
func keywords(ctx context, typeOnly bool) []string {
	types := []string{"func", "map", "chan", "struct", "interface"}
	if typeOnly {
		return types
	}
	if ctx.before[0] == token.RBRACE && ctx.closed == token.IF {
		return []string{"else"}
	}
	if !ctx.atStmt() {
		header := ctx.lead == token.FOR && ctx.brackets == 0
		switch {
		case ctx.before[0] == token.ELSE:
			return []string{"if"}
		case header && (ctx.before[0] == token.FOR || ctx.before[0] == token.ASSIGN || ctx.before[0] == token.DEFINE):
			return append(types, "range")
		}
		return types
	}
	switch ctx.block() {
	case token.STRUCT, token.INTERFACE:
		return nil
	case token.SELECT:
		return []string{"case", "default"}
	}
	out := []string{"const", "defer", "for", "func", "go", "goto", "if", "select", "switch", "type", "var"}
	if ctx.block() == token.ILLEGAL {
		out = append(out, "import")
	}
	if ctx.block() == token.SWITCH {
		out = append(out, "case", "default", "fallthrough")
	}
	if ctx.within(token.FUNC) {
		out = append(out, "return")
	}
	if ctx.within(token.FOR) {
		out = append(out, "continue")
	}
	if ctx.within(token.FOR, token.SWITCH, token.SELECT) {
		out = append(out, "break")
	}
	return out
}

// labels lists the labels that break, continue and goto before the cursor can
// name.
func (c *completer) labels() ([]Match, bool) {
	jump := c.ctx.before[0]
	if jump != token.BREAK && jump != token.CONTINUE && jump != token.GOTO {
		return nil, false
	}
	var out []Match
	for _, f := range c.f.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			l, ok := n.(*ast.LabeledStmt)
			if ok && (jump == token.GOTO || l.Pos() <= c.pos && c.pos <= l.End()) {
				out = append(out, Match{Text: l.Label.Name, Type: "label"})
			}
			return true
		})
	}
	return out, true
}

// snippets offers beginnings of statements that are written often.
func (c *completer) snippets() {
	add := func(text string) { c.add(strings.ReplaceAll(text, "\n", "\n"+c.indent()), "snippet", "", 26) }
	if c.ctx.before[0] == token.FUNC && c.ctx.block() == token.ILLEGAL || c.ctx.atStmt() && c.ctx.block() == token.ILLEGAL {
		for _, v := range c.a.comp.Vars() {
			if v.Kind == "type" && !v.Stale {
				add("func (" + receiver(v.Name) + " *" + v.Name + ") ")
			}
		}
	}
	if !c.ctx.atStmt() || c.ctx.block() == token.STRUCT || c.ctx.block() == token.INTERFACE || c.ctx.block() == token.SELECT {
		return
	}
	add("for i := range ")
	add("for _, v := range ")
	add("defer func() {\n\tif r := recover(); r != nil {\n\t\tfmt.Println(r)\n\t}\n}()")
	if c.hasError() {
		add("if err != nil {\n\t" + c.onError() + "\n}")
	}
}

// indent returns the white space that the line of the cursor begins with.
func (c *completer) indent() string {
	line := c.code[strings.LastIndexByte(c.code[:c.start], '\n')+1 : c.start]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// receiver returns the usual name of a receiver of type t.
func receiver(t string) string {
	for _, r := range t {
		return string(unicode.ToLower(r))
	}
	return "x"
}

// hasError reports whether an err can be looked at.
func (c *completer) hasError() bool {
	if sc := c.f.scope(c.pos); sc != nil {
		if _, o := sc.LookupParent("err", c.pos); o != nil {
			return types.Identical(o.Type(), types.Universe.Lookup("error").Type())
		}
	}
	for _, v := range c.a.comp.Vars() {
		if v.Name == "err" {
			return v.Type == "error"
		}
	}
	return false
}

// onError returns what the function around does about an error: it returns it with
// zero values, if it can.
func (c *completer) onError() string {
	path := make([]ast.Node, 0, len(c.f.path))
	for i := len(c.f.path) - 1; i >= 0; i-- {
		path = append(path, c.f.path[i])
	}
	sig := c.function(path)
	if !c.ctx.within(token.FUNC) || sig == nil {
		return "panic(err)"
	}
	n := sig.Results().Len()
	if n == 0 || !types.Identical(sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type()) {
		return "panic(err)"
	}
	var values []string
	for i := range n - 1 {
		values = append(values, zero(sig.Results().At(i).Type(), c.f.qualifier))
	}
	return "return " + strings.Join(append(values, "err"), ", ")
}

// zero writes the zero value of a type.
func zero(t types.Type, q types.Qualifier) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		}
	case *types.Struct, *types.Array:
		return types.TypeString(t, q) + "{}"
	}
	if _, ok := t.(*types.TypeParam); ok {
		return "*new(" + types.TypeString(t, q) + ")"
	}
	return "nil"
}
