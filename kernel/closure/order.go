package closure

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// Go's compiler evaluates some operations of an expression first, in their order: calls
// (of builtins too), slice expressions, && and ||, conversions of a string to a slice.
// Variables and memory are read after them: x + f() reads what f wrote to x. Evaluation
// from left to right is the same unless something is read, or may panic, to the left of
// such an operation that has an effect or may panic itself.

// mustHoist reports whether the calls of an expression have to be made first.
func (c *compiler) mustHoist(e ast.Expr) bool {
	exposed, hoist := false, false
	c.scan(e, &exposed, &hoist)
	return hoist
}

// mustHoistAll is mustHoist for expressions evaluated one after the other.
func (c *compiler) mustHoistAll(es []ast.Expr) bool {
	exposed, hoist := false, false
	for _, e := range es {
		c.scan(e, &exposed, &hoist)
	}
	return hoist
}

// scan walks an expression in the order of evaluation. exposed says that something
// has been read that a call may change.
func (c *compiler) scan(e ast.Expr, exposed, hoist *bool) {
	if e == nil || *hoist {
		return
	}
	if tv, ok := c.info.Types[e]; ok && (tv.Value != nil || tv.IsType()) {
		return
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		c.scan(e.X, exposed, hoist)
	case *ast.Ident:
		if v, ok := c.info.Uses[e].(*types.Var); ok {
			if x, ok := c.vars[v]; !ok || !x.inFrame() {
				*exposed = true
			}
		}
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			c.scanPlace(e.X, exposed, hoist)
			return
		}
		if e.Op == token.ARROW {
			inner := false
			c.scan(e.X, &inner, hoist)
			*hoist = *hoist || *exposed
			return
		}
		c.scan(e.X, exposed, hoist)
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			// The second operand is an expression of its own.
			inner, other := false, false
			c.scan(e.X, &inner, hoist)
			c.scan(e.Y, &inner, &other)
			if *exposed && (inner || c.calls(e)) {
				*hoist = true
			}
			return
		}
		c.scan(e.X, exposed, hoist)
		c.scan(e.Y, exposed, hoist)
		if e.Op == token.QUO || e.Op == token.REM || e.Op == token.SHL || e.Op == token.SHR {
			*exposed = true
		}
	case *ast.CallExpr:
		c.scanCall(e, exposed, hoist)
	case *ast.IndexExpr:
		c.scan(e.X, exposed, hoist)
		c.scan(e.Index, exposed, hoist)
		*exposed = true
	case *ast.SelectorExpr:
		c.scan(e.X, exposed, hoist)
		if _, ok := c.typeOfOrNil(e.X).(*types.Pointer); ok {
			*exposed = true
		}
		if c.info.Selections[e] == nil { // a variable of a package
			*exposed = true
		}
	case *ast.StarExpr:
		c.scan(e.X, exposed, hoist)
		*exposed = true
	case *ast.SliceExpr:
		inner := false
		for _, x := range []ast.Expr{e.X, e.Low, e.High, e.Max} {
			c.scan(x, &inner, hoist)
		}
		*hoist = *hoist || *exposed
	case *ast.TypeAssertExpr:
		if isDirect(c.typeOf(e)) {
			c.scan(e.X, exposed, hoist)
			*exposed = true
			return
		}
		inner := false
		c.scan(e.X, &inner, hoist)
		*hoist = *hoist || *exposed
	case *ast.CompositeLit:
		for _, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				if _, isStruct := c.typeOf(e).Underlying().(*types.Struct); !isStruct {
					c.scan(kv.Key, exposed, hoist)
				}
				x = kv.Value
			}
			c.scan(x, exposed, hoist)
		}
	case *ast.FuncLit:
	default:
		*exposed = true
	}
}

// scanPlace is scan for &e.
func (c *compiler) scanPlace(e ast.Expr, exposed, hoist *bool) {
	if _, ok := ast.Unparen(e).(*ast.Ident); !ok {
		c.scan(e, exposed, hoist)
	}
}

func (c *compiler) typeOfOrNil(e ast.Expr) types.Type {
	t := c.info.TypeOf(e)
	if t == nil {
		return nil
	}
	return t.Underlying()
}

func (c *compiler) scanCall(e *ast.CallExpr, exposed, hoist *bool) {
	if tv := c.info.Types[e.Fun]; tv.IsType() && !c.copies(e) {
		for _, a := range e.Args {
			c.scan(a, exposed, hoist)
		}
		return
	}
	// What the arguments read is read before the call.
	inner := false
	switch f := ast.Unparen(e.Fun).(type) {
	case *ast.SelectorExpr:
		if c.info.Selections[f] != nil {
			c.scan(f.X, &inner, hoist)
		}
	case *ast.Ident:
		if _, ok := c.info.Uses[f].(*types.Var); ok {
			c.scan(f, &inner, hoist)
		}
	default:
		c.scan(f, &inner, hoist)
	}
	for _, a := range e.Args {
		c.scan(a, &inner, hoist)
	}
	if *exposed && (inner || !c.pure(e)) {
		*hoist = true
	}
}

// evaluatesEarly reports whether an expression contains an operation that is evaluated
// early.
func (c *compiler) evaluatesEarly(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || c.info.Types[n].Value == nil && (!c.info.Types[n.Fun].IsType() || c.copies(n))
		case *ast.SliceExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.TypeAssertExpr:
			found = found || !isDirect(c.typeOf(n))
		case *ast.BinaryExpr:
			found = found || n.Op == token.LAND || n.Op == token.LOR
		case *ast.IndexExpr:
			m, ok := c.typeOfOrNil(n.X).(*types.Map)
			found = found || ok && !fastKey(m.Key()) && !c.addressable(n.Index)
		}
		return !found
	})
	return found
}

// copies reports whether a conversion makes a slice of a string.
func (c *compiler) copies(e *ast.CallExpr) bool {
	_, ok := c.typeOf(e).Underlying().(*types.Slice)
	return ok && isString(c.typeOf(e.Args[0]))
}

// temp evaluates early what Go's compiler needs an address of, unless it has one.
func (c *compiler) temp(e ast.Expr, v value) value {
	if !c.hoist || c.addressable(e) {
		return v
	}
	return c.early(v)
}

func (c *compiler) addressable(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.addressable(e.X)
	case *ast.Ident, *ast.StarExpr:
		return true
	case *ast.SelectorExpr:
		_, ptr := c.typeOfOrNil(e.X).(*types.Pointer)
		return ptr || c.info.Selections[e] == nil || c.addressable(e.X)
	case *ast.IndexExpr:
		switch c.typeOfOrNil(e.X).(type) {
		case *types.Slice, *types.Pointer:
			return true
		case *types.Array:
			return c.addressable(e.X)
		}
	}
	return false
}

// calls reports whether an expression makes a call that may have an effect.
func (c *compiler) calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
			found = true
		}
		if call, ok := n.(*ast.CallExpr); ok && !c.info.Types[call.Fun].IsType() && !c.pure(call) {
			found = true
		}
		return !found
	})
	return found
}

// pure reports whether a call reads at most its operands, and returns.
func (c *compiler) pure(e *ast.CallExpr) bool {
	if c.info.Types[e.Fun].IsType() {
		return true
	}
	switch f := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		if b, ok := c.info.Uses[f].(*types.Builtin); ok {
			switch b.Name() {
			case "len", "cap", "min", "max", "real", "imag", "complex", "new":
				return true
			}
		}
	case *ast.SelectorExpr:
		if fn, ok := c.info.Uses[f.Sel].(*types.Func); ok && c.info.Selections[f] == nil {
			return pureFunction(fn)
		}
	}
	return false
}

// purePackages are those whose functions neither panic nor have effects, but for the
// ones named.
var purePackages = map[string][]string{
	"math":         nil,
	"math/bits":    {"Div", "Div32", "Div64", "Rem", "Rem32", "Rem64"},
	"math/cmplx":   nil,
	"unicode":      nil,
	"unicode/utf8": {"EncodeRune"},
	"strconv":      {"FormatInt", "FormatUint", "FormatFloat", "FormatComplex"},
	"strings":      {"Repeat", "NewReader", "NewReplacer"},
}

func pureFunction(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	not, ok := purePackages[fn.Pkg().Path()]
	if !ok {
		return false
	}
	for _, n := range not {
		if n == fn.Name() {
			return false
		}
	}
	// A function that is given a function may do anything.
	ps := fn.Type().(*types.Signature).Params()
	for i := range ps.Len() {
		if _, ok := ps.At(i).Type().Underlying().(*types.Signature); ok {
			return false
		}
	}
	return true
}

func constantInt(k constant.Value) (int64, bool) {
	k = constant.ToInt(k)
	if k.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(k)
}
