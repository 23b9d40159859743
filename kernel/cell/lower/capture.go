package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// captures says how the function literals of a function use its variables. The
// interpreter's own closures share variables wrongly in loops, in arguments and in
// deferred calls, so the output has none that capture a variable: a literal becomes
// a function of its own whose first parameters are what it captures, by value where
// the variable keeps the value of its declaration, else a pointer to it.
type captures struct {
	owner  map[types.Object]ast.Node // the literal (or range body, or function) of each variable
	boxed  map[types.Object]bool     // lives behind a pointer
	caps   map[ast.Node][]*types.Var // what a literal captures, in order of appearance
	defers map[ast.Node]bool         // functions that defer calls, themselves or in range bodies
	jumps  map[types.Object]bool     // labels that a goto names
}

// analyze walks a function. root is its declaration, or the body of a cell.
func (l *Lowerer) analyze(root ast.Node, recv *ast.FieldList, typ *ast.FuncType, body *ast.BlockStmt) *captures {
	a := &analysis{l: l, c: &captures{
		owner: map[types.Object]ast.Node{}, boxed: map[types.Object]bool{},
		caps: map[ast.Node][]*types.Var{}, defers: map[ast.Node]bool{}, jumps: map[types.Object]bool{},
	}, assigned: map[types.Object]bool{}, captured: map[types.Object]bool{}}
	a.funcs = []ast.Node{root}
	a.fields(recv)
	if typ != nil {
		a.fields(typ.Params)
		a.results(typ.Results)
	}
	ast.Inspect(body, a.visit)
	for o := range a.captured {
		if a.assigned[o] {
			a.c.boxed[o] = true
		}
	}
	return a.c
}

type analysis struct {
	l        *Lowerer
	c        *captures
	funcs    []ast.Node // enclosing literals, outermost first
	assigned map[types.Object]bool
	captured map[types.Object]bool
}

func (a *analysis) fields(fl *ast.FieldList) {
	if fl == nil {
		return
	}
	for _, f := range fl.List {
		for _, id := range f.Names {
			a.declare(a.l.info.Defs[id])
		}
	}
}

// results declares named results: return statements assign to them.
func (a *analysis) results(fl *ast.FieldList) {
	a.fields(fl)
	if fl == nil {
		return
	}
	for _, f := range fl.List {
		for _, id := range f.Names {
			a.assigned[a.l.info.Defs[id]] = true
		}
	}
}

func (a *analysis) declare(o types.Object) {
	if v, ok := o.(*types.Var); ok && a.l.u.Names.Global(v) == "" {
		a.c.owner[v] = a.funcs[len(a.funcs)-1]
	}
}

func (a *analysis) use(o types.Object) {
	v, ok := o.(*types.Var)
	if !ok || v.IsField() {
		return
	}
	owner, ok := a.c.owner[v]
	if !ok {
		return
	}
	for i := len(a.funcs) - 1; i >= 0 && a.funcs[i] != owner; i-- {
		a.captured[v] = true
		fn := a.funcs[i]
		found := false
		for _, c := range a.c.caps[fn] {
			found = found || c == v
		}
		if !found {
			a.c.caps[fn] = append(a.c.caps[fn], v)
		}
	}
}

func (a *analysis) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BranchStmt:
		if n.Tok == token.GOTO {
			a.c.jumps[a.l.info.Uses[n.Label]] = true
		}
	case *ast.FuncLit:
		a.enter(n, func() {
			a.fields(n.Type.Params)
			a.results(n.Type.Results)
			ast.Inspect(n.Body, a.visit)
		})
		return false
	case *ast.RangeStmt:
		return a.rangeStmt(n)
	case *ast.Ident:
		if o := a.l.info.Defs[n]; o != nil {
			a.declare(o)
		} else {
			a.use(a.l.info.Uses[n])
		}
	case *ast.CaseClause:
		if o := a.l.info.Implicits[n]; o != nil {
			a.declare(o)
		}
	case *ast.AssignStmt:
		for _, e := range n.Lhs {
			if id, ok := e.(*ast.Ident); ok && n.Tok == token.DEFINE && a.l.info.Defs[id] != nil {
				continue
			}
			a.root(e)
		}
	case *ast.IncDecStmt:
		a.root(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			a.root(n.X)
		}
	case *ast.SliceExpr:
		if _, ok := core(a.l.info.TypeOf(n.X)).(*types.Array); ok {
			a.root(n.X)
		}
	case *ast.SelectorExpr:
		if s := a.l.info.Selections[n]; s != nil && s.Kind() == types.MethodVal && !isPointer(s.Recv()) {
			a.root(n.X) // the method may have a pointer receiver
		}
	case *ast.DeferStmt:
		for i := len(a.funcs) - 1; i >= 0; i-- {
			a.c.defers[a.funcs[i]] = true
			if _, ok := a.funcs[i].(*ast.RangeStmt); !ok {
				break
			}
		}
	}
	return true
}

func (a *analysis) enter(fn ast.Node, f func()) {
	a.funcs = append(a.funcs, fn)
	f()
	a.funcs = a.funcs[:len(a.funcs)-1]
}

// rangeStmt enters the body of a range over a function as a literal.
func (a *analysis) rangeStmt(n *ast.RangeStmt) bool {
	t := core(a.l.info.TypeOf(n.X))
	if tp, ok := a.l.info.TypeOf(n.X).(*types.TypeParam); ok {
		t = tp.Underlying()
	}
	if _, ok := t.(*types.Signature); !ok && !a.mayBeFunc(a.l.info.TypeOf(n.X)) {
		if n.Tok == token.ASSIGN {
			a.root(n.Key)
			a.root(n.Value)
		}
		return true
	}
	ast.Inspect(n.X, a.visit)
	if n.Tok == token.ASSIGN {
		a.root(n.Key)
		a.root(n.Value)
	}
	a.enter(n, func() {
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if e != nil {
				ast.Inspect(e, a.visit)
			}
		}
		ast.Inspect(n.Body, a.visit)
	})
	return false
}

// mayBeFunc reports whether a type parameter can stand for a function.
func (a *analysis) mayBeFunc(t types.Type) bool {
	tp, ok := types.Unalias(t).(*types.TypeParam)
	if !ok {
		return false
	}
	i, ok := tp.Constraint().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for k := range i.NumEmbeddeds() {
		if u, ok := i.EmbeddedType(k).(*types.Union); ok {
			for j := range u.Len() {
				if _, ok := u.Term(j).Type().Underlying().(*types.Signature); ok {
					return true
				}
			}
		} else if _, ok := i.EmbeddedType(k).Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}

// root notes that the variable in which e lies changes after its declaration, or
// that its address is taken.
func (a *analysis) root(e ast.Expr) {
	for e != nil {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			if o := a.l.info.Uses[x]; o != nil {
				a.assigned[o] = true
			}
			return
		case *ast.SelectorExpr:
			if isPointer(a.l.info.TypeOf(x.X)) {
				return
			}
			e = x.X
		case *ast.IndexExpr:
			if _, ok := core(a.l.info.TypeOf(x.X)).(*types.Array); !ok {
				return
			}
			e = x.X
		default:
			return
		}
	}
}
