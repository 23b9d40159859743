package assist

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// expected returns the type of value that the place of the cursor expects, nil if
// it may be any.
func (c *completer) expected() types.Type {
	e, parents := c.operand()
	if e == nil || len(parents) == 0 {
		return nil
	}
	t := c.slot(e, parents)
	if t == nil || t == types.Typ[types.Invalid] {
		return nil
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return nil
	}
	if i, ok := t.Underlying().(*types.Interface); ok && i.NumMethods() == 0 {
		return nil
	}
	return types.Default(t)
}

// operand returns the expression that the word at the cursor ends, "x" or "p.x",
// and the nodes around it, the innermost first.
func (c *completer) operand() (e ast.Expr, parents []ast.Node) {
	path := slices.Clone(c.f.path)
	slices.Reverse(path)
	for len(path) > 0 {
		id, ok := path[0].(*ast.Ident)
		if ok && id.Pos() == c.pos {
			break
		}
		path = path[1:]
	}
	if len(path) == 0 {
		return nil, nil
	}
	e, path = path[0].(ast.Expr), path[1:]
	if sel := selector(c.f.path, c.pos); sel != nil && len(path) > 0 && path[0] == sel {
		e, path = sel, path[1:]
	}
	for len(path) > 0 {
		paren, ok := path[0].(*ast.ParenExpr)
		if !ok {
			break
		}
		e, path = paren, path[1:]
	}
	return e, path
}

// slot returns the type that e must have in the node around it.
func (c *completer) slot(e ast.Expr, parents []ast.Node) types.Type {
	info := c.f.Info
	switch p := parents[0].(type) {
	case *ast.CallExpr:
		return c.argument(p, slices.Index(p.Args, e))
	case *ast.AssignStmt:
		if i := slices.Index(p.Rhs, e); i >= 0 && len(p.Lhs) == len(p.Rhs) && p.Tok != token.DEFINE {
			return info.TypeOf(p.Lhs[i])
		}
	case *ast.ValueSpec:
		if p.Type != nil && slices.Contains(p.Values, e) {
			return info.TypeOf(p.Type)
		}
	case *ast.ReturnStmt:
		if sig := c.function(parents); sig != nil {
			if i := slices.Index(p.Results, e); i >= 0 && i < sig.Results().Len() {
				return sig.Results().At(i).Type()
			}
		}
	case *ast.BinaryExpr:
		return c.operandOf(p, e, parents[1:])
	case *ast.UnaryExpr:
		return c.unary(p, parents[1:])
	case *ast.KeyValueExpr:
		if lit, ok := parents[1].(*ast.CompositeLit); ok && p.Value == e {
			return element(info.TypeOf(lit), p.Key)
		}
	case *ast.CompositeLit:
		if t := info.TypeOf(p); t != nil && slices.Contains(p.Elts, e) {
			if _, isStruct := t.Underlying().(*types.Struct); !isStruct {
				return element(t, nil)
			}
		}
	case *ast.SendStmt:
		if ch, ok := typeOf[*types.Chan](info, p.Chan); ok && p.Value == e {
			return ch.Elem()
		}
	case *ast.IndexExpr:
		if m, ok := typeOf[*types.Map](info, p.X); ok && p.Index == e {
			return m.Key()
		}
		if p.Index == e {
			return types.Typ[types.Int]
		}
	case *ast.SliceExpr:
		if p.X != e {
			return types.Typ[types.Int]
		}
	case *ast.CaseClause:
		return c.tag(parents)
	case *ast.IfStmt, *ast.ForStmt:
		return types.Typ[types.Bool]
	}
	return nil
}

// operandOf returns the type of an operand: that of the other one or, where that
// is an untyped constant, that of the whole.
func (c *completer) operandOf(b *ast.BinaryExpr, e ast.Expr, parents []ast.Node) types.Type {
	switch b.Op {
	case token.LAND, token.LOR:
		return types.Typ[types.Bool]
	case token.SHL, token.SHR:
		if b.Y == e {
			return nil // any integer
		}
		return c.outer(b, parents)
	}
	other := b.X
	if b.X == e {
		other = b.Y
	}
	t := c.f.Info.TypeOf(other)
	if t == nil || t == types.Typ[types.Invalid] {
		t = nil
	}
	if basic, ok := t.(*types.Basic); t != nil && (!ok || basic.Info()&types.IsUntyped == 0) {
		return t
	}
	if comparison(b.Op) {
		return t
	}
	if o := c.outer(b, parents); o != nil {
		return o
	}
	return t
}

// unary returns the type of the operand of a sign, !, ^, & or <-.
func (c *completer) unary(u *ast.UnaryExpr, parents []ast.Node) types.Type {
	if u.Op == token.NOT {
		return types.Typ[types.Bool]
	}
	want := c.outer(u, parents)
	if want == nil {
		return nil
	}
	switch u.Op {
	case token.AND:
		if p, ok := want.Underlying().(*types.Pointer); ok {
			return p.Elem()
		}
		return nil
	case token.ARROW:
		return types.NewChan(types.RecvOnly, want)
	}
	return want
}

// outer returns the type that an expression of operands must have.
func (c *completer) outer(e ast.Expr, parents []ast.Node) types.Type {
	for len(parents) > 0 {
		paren, ok := parents[0].(*ast.ParenExpr)
		if !ok {
			return c.slot(e, parents)
		}
		e, parents = paren, parents[1:]
	}
	return nil
}

func comparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// argument returns the type of a parameter of the function that is called.
func (c *completer) argument(call *ast.CallExpr, i int) types.Type {
	sig, ok := typeOf[*types.Signature](c.f.Info, call.Fun)
	if !ok || i < 0 {
		return nil
	}
	n := sig.Params().Len()
	switch {
	case sig.Variadic() && i >= n-1:
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return s.Elem()
		}
		return nil
	case i < n:
		return sig.Params().At(i).Type()
	}
	return nil
}

// function returns the signature of the innermost function around.
func (c *completer) function(parents []ast.Node) *types.Signature {
	for _, n := range parents {
		switch n := n.(type) {
		case *ast.FuncLit:
			sig, _ := typeOf[*types.Signature](c.f.Info, n)
			return sig
		case *ast.FuncDecl:
			if o := c.f.Info.Defs[n.Name]; o != nil {
				sig, _ := o.Type().(*types.Signature)
				return sig
			}
			return nil
		}
	}
	return nil
}

// tag returns the type of the value that a switch around compares.
func (c *completer) tag(parents []ast.Node) types.Type {
	for _, n := range parents {
		if s, ok := n.(*ast.SwitchStmt); ok {
			if s.Tag == nil {
				return types.Typ[types.Bool]
			}
			return c.f.Info.TypeOf(s.Tag)
		}
	}
	return nil
}

// element returns the type of a value in a composite literal.
func element(t types.Type, key ast.Expr) types.Type {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return t.Elem()
	case *types.Array:
		return t.Elem()
	case *types.Map:
		return t.Elem()
	case *types.Struct:
		if id, ok := key.(*ast.Ident); ok {
			for i := range t.NumFields() {
				if t.Field(i).Name() == id.Name {
					return t.Field(i).Type()
				}
			}
		}
	}
	return nil
}

// typeOf returns the underlying type of an expression if it is a T.
func typeOf[T types.Type](info *types.Info, e ast.Expr) (t T, ok bool) {
	u := info.TypeOf(e)
	if u == nil {
		return t, false
	}
	t, ok = u.Underlying().(T)
	return t, ok
}

// fit says how well an object fills the place: 20 for a value of the type, 19 for
// a function that returns one, 35 for nil, which is at rank 30, 0 for others. Behind
// go and defer functions fit.
func (c *completer) fit(o types.Object) int {
	if b := c.ctx.before[0]; b == token.GO || b == token.DEFER {
		return fitCall(o)
	}
	if c.want == nil || o.Type() == nil || o.Type() == types.Typ[types.Invalid] {
		return 0
	}
	switch o := o.(type) {
	case *types.Var, *types.Const:
		if types.AssignableTo(o.Type(), c.want) {
			return 20
		}
		if s, ok := o.Type().Underlying().(*types.Signature); ok {
			return c.fitResult(s)
		}
	case *types.Func:
		if types.AssignableTo(o.Type(), c.want) {
			return 20
		}
		return c.fitResult(o.Type().(*types.Signature))
	case *types.Nil:
		if types.AssignableTo(o.Type(), c.want) {
			return 35 // before what is only near
		}
	}
	return 0
}

func fitCall(o types.Object) int {
	if o.Type() == nil {
		return 0
	}
	if _, ok := o.Type().Underlying().(*types.Signature); !ok {
		return 0
	}
	if _, isType := o.(*types.TypeName); isType {
		return 0
	}
	return 20
}

func (c *completer) fitResult(s *types.Signature) int {
	if s.TypeParams().Len() == 0 && s.Results().Len() == 1 && types.AssignableTo(s.Results().At(0).Type(), c.want) {
		return 19
	}
	return 0
}

// typeOnly reports whether the cursor is where only a type can stand.
func (c *completer) typeOnly() bool {
	switch b := c.ctx.before; {
	case b[0] == token.CHAN, b[0] == token.LBRACK && b[1] == token.MAP, b[0] == token.RBRACK && b[1] == token.LBRACK, b[0] == token.IDENT && b[1] == token.VAR:
		return true
	case b[0] == token.LPAREN && b[1] == token.PERIOD: // x.(
		return true
	case b[0] == token.RPAREN && c.ctx.header() && c.ctx.after == token.IDENT: // func f()
		return true
	}
	e, parents := c.operand()
	for len(parents) > 0 {
		star, ok := parents[0].(*ast.StarExpr)
		if !ok {
			break
		}
		e, parents = star, parents[1:]
	}
	if e == nil || len(parents) == 0 {
		return false
	}
	switch p := parents[0].(type) {
	case *ast.Field:
		return p.Type == e && len(p.Names) > 0
	case *ast.ValueSpec:
		return p.Type == e
	case *ast.ArrayType:
		return p.Elt == e
	case *ast.MapType:
		return p.Key == e || p.Value == e
	case *ast.ChanType:
		return p.Value == e
	case *ast.TypeAssertExpr:
		return p.Type == e
	case *ast.TypeSpec:
		return p.Type == e
	case *ast.Ellipsis:
		return p.Elt == e
	case *ast.IndexExpr:
		return p.Index == e && c.generic(p.X)
	case *ast.IndexListExpr:
		return p.X != e && c.generic(p.X)
	case *ast.CaseClause:
		return len(parents) > 2 && isTypeSwitch(parents[2])
	}
	return false
}

// generic reports whether an expression names a generic type or function.
func (c *completer) generic(e ast.Expr) bool {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		e = sel.Sel
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	switch o := c.f.Info.Uses[id].(type) {
	case *types.TypeName:
		named, ok := types.Unalias(o.Type()).(*types.Named)
		return ok && named.TypeParams().Len() > 0
	case *types.Func:
		return o.Signature().TypeParams().Len() > 0
	}
	return false
}

func isTypeSwitch(n ast.Node) bool {
	_, ok := n.(*ast.TypeSwitchStmt)
	return ok
}

// isType reports whether an object can begin a type.
func isType(o types.Object) bool {
	switch o.(type) {
	case *types.TypeName, *types.PkgName:
		return true
	}
	return false
}

// declaring lists where the statement at the cursor declares variables, which
// their own values cannot use.
func (c *completer) declaring() []token.Pos {
	var out []token.Pos
	for _, n := range c.f.path {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for _, id := range n.Names {
				out = append(out, id.Pos())
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, e := range n.Lhs {
					out = append(out, e.Pos())
				}
			}
		case *ast.FuncLit, *ast.FuncDecl:
			out = nil // closures see what is around them
		}
	}
	return out
}

// declares reports whether the word at the cursor is a name that is being made.
func (c *completer) declares() bool {
	switch c.ctx.before[0] {
	case token.FUNC:
		return c.ctx.header() && c.prefix != ""
	case token.TYPE, token.VAR, token.CONST, token.PACKAGE:
		return true
	case token.RPAREN: // func (t T) name
		return c.ctx.header() && c.ctx.after == token.FUNC
	}
	return false
}
