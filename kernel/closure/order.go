package closure

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// Go's compiler makes the calls of an expression first, in their order, and reads
// variables and memory after them: x + f() reads what f wrote to x. Evaluation from
// left to right is the same unless something is read, or may panic, to the left of a
// call that is not known to have no effect.

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
		c.scan(e.X, exposed, hoist)
	case *ast.BinaryExpr:
		c.scan(e.X, exposed, hoist)
		if e.Op == token.LAND || e.Op == token.LOR {
			// The second operand is an expression of its own, but what stands to the
			// left of all of it must not be read before its calls.
			inner := false
			c.scan(e.Y, &inner, hoist)
			if c.calls(e.Y) && *exposed {
				*hoist = true
			}
			*exposed = *exposed || inner
			return
		}
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
		for _, x := range []ast.Expr{e.X, e.Low, e.High, e.Max} {
			c.scan(x, exposed, hoist)
		}
		*exposed = true
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
	if tv := c.info.Types[e.Fun]; tv.IsType() {
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
	if c.pure(e) {
		*exposed = *exposed || inner
		return
	}
	if *exposed {
		*hoist = true
	}
}

// calls reports whether an expression makes a call that may have an effect.
func (c *compiler) calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
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
	switch f := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		if b, ok := c.info.Uses[f].(*types.Builtin); ok {
			switch b.Name() {
			case "len", "cap", "min", "max", "real", "imag", "complex":
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
