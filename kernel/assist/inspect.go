package assist

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"

	"descent/kernel/symbols/typedata"
)

// Help is documentation in two forms.
type Help struct {
	Markdown, Text string
}

// Inspect describes what is at the cursor: the name under it, or else the function
// in whose parentheses it stands, with the parameter that is being written, or the
// struct or field whose literal it is in.
func (a *Assistant) Inspect(code string, cursor, detail int) (Help, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	off := offset(code, cursor)
	code, goes := goCode(code, off)
	ctx := contextAt(code, off)
	if !goes || ctx.kind == inComment {
		return Help{}, false
	}
	start, end := word(code, off)
	if start < end && ctx.kind == inCode {
		if h, ok := a.name(code, start, end, -1); ok {
			return h, true
		}
	}
	name, at, arg, ok := call(code, off)
	if ctx.brackets == 0 && ctx.block() == token.LBRACE {
		if h, ok := a.literal(code, off); ok {
			return h, true
		}
	}
	if ok {
		return a.callee(code, name, at, arg)
	}
	return Help{}, false
}

// literal describes the struct whose literal the cursor is in, or the field whose
// value is being written.
func (a *Assistant) literal(code string, off int) (Help, bool) {
	k := a.check(code[:off]+cursorName+code[off:], false)
	f := locate(k, k.Pos(off))
	for i := len(f.path) - 1; i >= 0; i-- {
		switch n := f.path[i].(type) {
		case *ast.KeyValueExpr:
			id, ok := n.Key.(*ast.Ident)
			if o := f.Info.Uses[id]; ok && o != nil {
				if lit, ok := f.path[i-1].(*ast.CompositeLit); ok {
					return a.help(f, o, typeName(f.Info.TypeOf(lit)), -1), true
				}
			}
		case *ast.CompositeLit:
			if t, ok := types.Unalias(deref(f.Info.TypeOf(n))).(*types.Named); ok {
				return a.help(f, t.Obj(), "", -1), true
			}
			return Help{}, false
		}
	}
	return Help{}, false
}

// name describes the identifier from start to end; arg is as in help.
func (a *Assistant) name(code string, start, end, arg int) (Help, bool) {
	k := a.check(code, false)
	f := locate(k, k.Pos(start))
	if o, recv := f.object(k.Pos(start)); o != nil {
		return a.help(f, o, recv, arg), true
	}
	// A package that is not imported, or a member of one.
	id := code[start:end]
	if pkg, ok := packageBefore(code, start); ok {
		for _, p := range packageNames()[pkg] {
			if imported, err := a.imp.Import(p); err == nil {
				if o := imported.Scope().Lookup(id); o != nil {
					return a.help(f, o, "", arg), true
				}
			}
		}
	}
	for _, p := range packageNames()[id] {
		if imported, err := a.imp.Import(p); err == nil {
			return a.help(f, types.NewPkgName(token.NoPos, nil, id, imported), "", -1), true
		}
	}
	return Help{}, false
}

// object returns what the identifier at pos names, and for a member the type that
// has it.
func (f found) object(pos token.Pos) (o types.Object, recv string) {
	for i := len(f.path) - 1; i >= 0; i-- {
		id, ok := f.path[i].(*ast.Ident)
		if !ok || id.Pos() != pos {
			continue
		}
		o = f.Info.Uses[id]
		if o == nil {
			o = f.Info.Defs[id]
		}
		for j := i - 1; j >= 0 && j >= i-2; j-- {
			switch n := f.path[j].(type) {
			case *ast.SelectorExpr:
				if s := f.Info.Selections[n]; s != nil && n.Sel == id {
					return s.Obj(), owner(s)
				}
			case *ast.KeyValueExpr:
				if j > 0 && n.Key == ast.Expr(id) {
					if lit, ok := f.path[j-1].(*ast.CompositeLit); ok {
						if t := f.Info.TypeOf(lit); t != nil {
							recv = typeName(t)
						}
					}
				}
			}
		}
		return o, recv
	}
	return nil, ""
}

// owner returns the name of the type that declares a selected field or method.
func owner(s *types.Selection) string {
	if fn, ok := s.Obj().(*types.Func); ok {
		if r := fn.Type().(*types.Signature).Recv(); r != nil {
			return typeName(r.Type())
		}
	}
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		if st, ok := deref(t).Underlying().(*types.Struct); ok && i < st.NumFields() {
			t = st.Field(i).Type()
		}
	}
	return typeName(t)
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func typeName(t types.Type) string {
	if n, ok := types.Unalias(deref(t)).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// call finds the call around off: the bytes of its function, and which argument is
// being written.
func call(code string, off int) (fun string, at, arg int, ok bool) {
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), off)
	var s scanner.Scanner
	s.Init(file, []byte(code[:off]), func(token.Position, string) {}, 0)
	type bracket struct{ at, commas int }
	var stack []bracket
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			break
		}
		switch o := file.Offset(pos); tok {
		case token.LPAREN:
			stack = append(stack, bracket{at: o})
		case token.LBRACE, token.LBRACK:
			stack = append(stack, bracket{at: -1})
		case token.RPAREN, token.RBRACE, token.RBRACK:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		case token.COMMA:
			if len(stack) > 0 {
				stack[len(stack)-1].commas++
			}
		}
	}
	for i := len(stack) - 1; i >= 0; i-- {
		if b := stack[i]; b.at > 0 {
			start, end := word(code, b.at)
			if start == end {
				return "", 0, 0, false
			}
			return code[start:end], start, b.commas, true
		}
	}
	return "", 0, 0, false
}

// callee describes the function named at the given place.
func (a *Assistant) callee(code, name string, at, arg int) (Help, bool) {
	for _, src := range []string{code, code[:at] + name + "()"} {
		k := a.check(src, false)
		f := locate(k, k.Pos(at))
		if o, recv := f.object(k.Pos(at)); o != nil {
			return a.help(f, o, recv, arg), true
		}
	}
	return a.name(code, at, at+len(name), arg)
}

// help renders an object; arg is the parameter being written, -1 for none.
func (a *Assistant) help(f found, o types.Object, recv string, arg int) Help {
	head := signature(f, o)
	text := a.doc(f, o, recv)
	var md, tx strings.Builder
	fmt.Fprintf(&md, "```go\n%s\n```\n", head)
	tx.WriteString(head + "\n")
	if arg >= 0 {
		if p := parameter(f, o, arg); p != "" {
			fmt.Fprintf(&md, "\nargument %d: **`%s`**\n", arg+1, p)
			fmt.Fprintf(&tx, "argument %d: %s\n", arg+1, p)
		}
	}
	if text != "" {
		p := comment.Parser{
			LookupSym:     symbols(o),
			LookupPackage: comment.DefaultLookupPackage,
		}
		d := p.Parse(text)
		pr := comment.Printer{
			HeadingLevel: 4, TextWidth: 80,
			HeadingID:  func(*comment.Heading) string { return "" },
			DocLinkURL: func(*comment.DocLink) string { return "" },
		}
		md.WriteString("\n")
		md.Write(pr.Markdown(d))
		tx.WriteString("\n")
		tx.Write(pr.Text(d))
	}
	if where := origin(f, o); where != "" {
		fmt.Fprintf(&md, "\n*%s*\n", where)
	}
	return Help{Markdown: md.String(), Text: tx.String()}
}

// symbols reports which names in brackets are links, shown without the brackets:
// what the package of o declares, and not the shape [N].
func symbols(o types.Object) func(recv, name string) bool {
	return func(recv, name string) bool {
		if o.Pkg() == nil {
			return true
		}
		if recv != "" {
			name = recv
		}
		return o.Pkg().Scope().Lookup(name) != nil
	}
}

// origin says which package an object comes from.
func origin(f found, o types.Object) string {
	if p, ok := o.(*types.PkgName); ok {
		return "package " + p.Imported().Path()
	}
	if o.Pkg() == nil || o.Pkg() == f.Pkg || o.Pkg().Path() == "main" {
		return ""
	}
	return "package " + o.Pkg().Path()
}

// signature renders the declaration of an object on a few lines.
func signature(f found, o types.Object) string {
	switch o := o.(type) {
	case *types.PkgName:
		return "package " + o.Imported().Name() + " // import \"" + o.Imported().Path() + "\""
	case *types.Builtin:
		return "func " + o.Name() + "(…) // builtin"
	case *types.TypeName:
		s := "type " + o.Name() + " "
		if o.IsAlias() {
			return s + "= " + types.TypeString(types.Unalias(o.Type()), f.qualifier)
		}
		st, ok := o.Type().Underlying().(*types.Struct)
		if !ok {
			return s + types.TypeString(o.Type().Underlying(), f.qualifier)
		}
		var b strings.Builder
		b.WriteString(s + "struct {\n")
		hidden := false
		for i := 0; i < st.NumFields(); i++ {
			v := st.Field(i)
			if !v.Exported() && v.Pkg() != f.Pkg && v.Pkg().Path() != "main" {
				hidden = true
				continue
			}
			if v.Embedded() {
				fmt.Fprintf(&b, "\t%s\n", types.TypeString(v.Type(), f.qualifier))
			} else {
				fmt.Fprintf(&b, "\t%s %s\n", v.Name(), types.TypeString(v.Type(), f.qualifier))
			}
		}
		if hidden {
			b.WriteString("\t// and unexported fields\n")
		}
		b.WriteString("}")
		return b.String()
	}
	s := types.ObjectString(o, f.qualifier)
	if c, ok := o.(*types.Const); ok && !strings.Contains(s, " = ") {
		s += " = " + c.Val().String()
	}
	return s
}

// parameter renders one parameter of a function.
func parameter(f found, o types.Object, arg int) string {
	sig, ok := o.Type().Underlying().(*types.Signature)
	if !ok || sig.Params().Len() == 0 {
		return ""
	}
	last := sig.Params().Len() - 1
	if arg > last && !sig.Variadic() {
		return ""
	}
	v := sig.Params().At(min(arg, last))
	t := types.TypeString(v.Type(), f.qualifier)
	if sig.Variadic() && arg >= last {
		t = "..." + strings.TrimPrefix(t, "[]")
	}
	return strings.TrimSpace(v.Name() + " " + t)
}

// doc returns the documentation of an object.
func (a *Assistant) doc(f found, o types.Object, recv string) string {
	if p, ok := o.(*types.PkgName); ok {
		return typedata.Doc(p.Imported().Path(), "")
	}
	if o.Pkg() == nil {
		return typedata.Doc("builtin", o.Name())
	}
	name := o.Name()
	if fn, ok := o.(*types.Func); ok {
		if r := fn.Type().(*types.Signature).Recv(); r != nil && recv == "" {
			recv = typeName(r.Type())
		}
	}
	if recv != "" {
		name = recv + "." + name
	}
	if o.Pkg() == f.Pkg || o.Pkg().Path() == "main" {
		return a.learnt[name]
	}
	text := typedata.Doc(o.Pkg().Path(), name)
	if fn, ok := o.(*types.Func); ok && strings.HasPrefix(o.Pkg().Path(), "descent/") && !strings.Contains(text, "PyTorch") {
		// What the type says of shapes and PyTorch goes for NewT and T.Forward too.
		if t := maker(fn); t != "" {
			text += "\n\n" + typedata.Doc(o.Pkg().Path(), t)
		}
	}
	return text
}

// maker returns the type that NewT makes, or whose Forward a function is.
func maker(fn *types.Func) string {
	sig := fn.Type().(*types.Signature)
	if r := sig.Recv(); r != nil && fn.Name() == "Forward" {
		return typeName(r.Type())
	}
	if strings.HasPrefix(fn.Name(), "New") && sig.Results().Len() == 1 {
		return typeName(sig.Results().At(0).Type())
	}
	return ""
}
