package closure

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A go or defer statement evaluates the function and the arguments of its call, which
// is made elsewhere. They become variables, and the call a function literal that
// captures them.

// thunk compiles the operands of a call, the statements of before, and a function value
// without parameters that makes the call.
func (c *compiler) thunk(call *ast.CallExpr) (before []stm, v expr[pointer], f *Func, pos token.Pos) {
	fun := ast.Unparen(call.Fun)
	if lit, ok := fun.(*ast.FuncLit); ok && len(call.Args) == 0 {
		f, sources := c.literalFunc(lit, nil)
		return nil, makeFunction(f, sources), f, call.Lparen
	}
	h := &holder{c: c, call: call}
	made := *call
	made.Fun = h.callee(fun)
	made.Args = h.arguments(fun)
	c.info.Types[&made] = c.info.Types[call]
	lit := &ast.FuncLit{
		Type: &ast.FuncType{Func: call.Pos(), Params: &ast.FieldList{}},
		Body: &ast.BlockStmt{Lbrace: call.Pos(), Rbrace: call.Pos(), List: []ast.Stmt{&ast.ExprStmt{X: &made}}},
	}
	c.info.Types[lit] = types.TypeAndValue{Type: types.NewSignatureType(nil, nil, nil, nil, nil, false)}
	lits := c.lits
	g, sources := c.literalFunc(lit, func(in *compiler) { in.thunkOf, in.held = &made, h.recv })
	c.lits = lits
	g.hidden = true
	return h.before, makeFunction(g, sources), g, call.Lparen
}

// makeFunction returns what makes a value of a literal.
func makeFunction(f *Func, sources []expr[pointer]) expr[pointer] {
	return func(fp pointer) pointer {
		captured := make([]pointer, len(sources))
		for i, s := range sources {
			captured[i] = s(fp)
		}
		return newFunction(f, captured)
	}
}

// operands is the package of the variables that holders make.
var operands = types.NewPackage("main", "main")

// holder makes variables of the operands of a call.
type holder struct {
	c      *compiler
	call   *ast.CallExpr
	before []stm
	recv   map[*ast.SelectorExpr]*types.Var // receivers of methods
	n      int
}

// variable makes a variable of a type and returns it with what initializes it.
func (h *holder) variable(t types.Type) (*types.Var, variable) {
	h.n++
	o := types.NewVar(token.NoPos, operands, fmt.Sprintf("operand%d", h.n), t)
	h.c.boxed[o] = true
	return o, h.c.declare(o)
}

// keep makes a variable of a value and returns an expression that reads it.
func (h *holder) keep(t types.Type, pos token.Pos, v func() value) ast.Expr {
	o, x := h.variable(t)
	h.before = append(h.before, h.c.temporary(func() stm {
		v := h.c.assignable(v(), t)
		return h.c.initialize(x, &v, pos)
	}))
	return h.use(o, pos)
}

// use returns an identifier of a variable.
func (h *holder) use(o *types.Var, pos token.Pos) ast.Expr {
	id := &ast.Ident{Name: o.Name(), NamePos: pos}
	h.c.info.Uses[id] = o
	h.c.info.Types[id] = addressableValue(o.Type())
	return id
}

// addressableValue describes a variable. The form that the checker gives it cannot be
// made here, and nobody asks for it.
func addressableValue(t types.Type) types.TypeAndValue { return types.TypeAndValue{Type: t} }

// callee returns the function to call, its operands evaluated.
func (h *holder) callee(fun ast.Expr) ast.Expr {
	c := h.c
	if tv := c.info.Types[fun]; tv.IsBuiltin() {
		return fun
	}
	switch x := fun.(type) {
	case *ast.Ident:
		if _, ok := c.info.Uses[x].(*types.Func); ok {
			return fun
		}
	case *ast.SelectorExpr:
		fn, ok := c.info.Uses[x.Sel].(*types.Func)
		s := c.info.Selections[x]
		if !ok || s != nil && s.Kind() != types.MethodVal {
			break
		}
		if s == nil {
			return fun
		}
		made := *x
		c.info.Selections[&made] = s
		c.info.Types[&made] = c.info.Types[x]
		recv := fn.Type().(*types.Signature).Recv().Type()
		if types.IsInterface(recv) {
			recv = heldIn(s)
		}
		o, v := h.variable(recv)
		h.before = append(h.before, c.temporary(func() stm {
			c.hoist = c.mustHoist(x.X)
			r := h.receiver(x, s, fn)
			c.hoist = false
			return c.withPre(c.initialize(v, &r, x.Sel.Pos()))
		}))
		if h.recv == nil {
			h.recv = map[*ast.SelectorExpr]*types.Var{}
		}
		h.recv[&made] = o
		made.X = h.use(o, x.Sel.Pos())
		return &made
	}
	return h.keep(c.typeOf(fun), fun.Pos(), func() value { return c.full(fun) })
}

// receiver compiles the receiver of a method call, of which an interface must hold one.
func (h *holder) receiver(x *ast.SelectorExpr, s *types.Selection, fn *types.Func) value {
	if types.IsInterface(fn.Type().(*types.Signature).Recv().Type()) {
		return h.c.notNilInterface(h.c.holder(x, s))
	}
	return h.c.receiver(x, s, fn)
}

// heldIn returns the type of what has the method of a selection: of x, or of a field
// embedded in it.
func heldIn(s *types.Selection) types.Type {
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		t = t.Underlying().(*types.Struct).Field(i).Type()
	}
	return t
}

// notNilInterface fails as a call of a method of a nil interface value does.
func (c *compiler) notNilInterface(v value) value {
	f, pos := v.f.(expr[iface]), v.pos
	v.f, v.slot = expr[iface](func(fp pointer) iface {
		x := f(fp)
		if x.t == nil {
			raiseNil(fp, pos)
		}
		return x
	}), none
	return v
}

// arguments returns the arguments, evaluated.
func (h *holder) arguments(fun ast.Expr) []ast.Expr {
	c, args := h.c, h.call.Args
	typeOf := func(i int) types.Type { return types.Default(c.info.TypeOf(args[i])) }
	if id, ok := fun.(*ast.Ident); ok && c.info.Types[fun].IsBuiltin() {
		switch name := c.info.Uses[id].Name(); name {
		case "panic", "print", "println":
			typeOf = func(int) types.Type { return types.NewInterfaceType(nil, nil) }
		case "delete":
			key := c.typeOf(args[0]).Underlying().(*types.Map).Key()
			typeOf = func(i int) types.Type { return []types.Type{c.info.TypeOf(args[0]), key}[i] }
		}
	} else {
		sig := c.typeOf(fun).Underlying().(*types.Signature)
		if t, ok := c.info.TypeOf(h.first()).(*types.Tuple); ok {
			return h.results(t)
		}
		n := sig.Params().Len()
		typeOf = func(i int) types.Type {
			if sig.Variadic() && i >= n-1 && !h.call.Ellipsis.IsValid() {
				return sig.Params().At(n - 1).Type().Underlying().(*types.Slice).Elem()
			}
			return sig.Params().At(i).Type()
		}
	}
	r := make([]ast.Expr, len(args))
	for i, a := range args {
		if tv := c.info.Types[a]; tv.Value != nil || tv.IsNil() || tv.IsType() {
			r[i] = a
			continue
		}
		t := typeOf(i)
		r[i] = h.keep(t, a.Pos(), func() value { return c.full(a) })
	}
	return r
}

func (h *holder) first() ast.Expr {
	if len(h.call.Args) == 1 {
		return h.call.Args[0]
	}
	return nil
}

// results makes variables of the results of a call that are the arguments.
func (h *holder) results(t *types.Tuple) []ast.Expr {
	c, a := h.c, h.call.Args[0]
	r, ps := make([]ast.Expr, t.Len()), make([]place, t.Len())
	for i := range ps {
		o, v := h.variable(t.At(i).Type())
		h.before = append(h.before, c.initialize(v, nil, a.Pos()))
		ps[i] = c.variable(v, a.Pos())
		r[i] = h.use(o, a.Pos())
	}
	h.before = append(h.before, c.temporary(func() stm { return c.spread(ps, a) }))
	return r
}
