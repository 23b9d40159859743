package lower

import (
	"go/ast"
	"go/types"
)

// reflected maps what reflection says of interfaces to the functions of __rt that
// know the methods of a cell's.
var reflected = map[string]string{
	"(reflect.Type).NumMethod":     "TypeNumMethod",
	"(reflect.Type).Method":        "TypeMethod",
	"(reflect.Type).MethodByName":  "TypeMethodByName",
	"(reflect.Type).Methods":       "TypeMethods",
	"(reflect.Type).Implements":    "TypeImplements",
	"(reflect.Type).AssignableTo":  "TypeAssignableTo",
	"(reflect.Type).ConvertibleTo": "TypeConvertibleTo",
	"(reflect.Type).Name":          "TypeName",
	"(reflect.Type).PkgPath":       "TypePkgPath",
	"(reflect.Value).NumMethod":    "ValueNumMethod",
	"(reflect.Value).Method":       "ValueMethod",
	"(reflect.Value).MethodByName": "ValueMethodByName",
	"(reflect.Value).Set":          "ValueSet",
	"(reflect.Value).SetMapIndex":  "ValueSetMapIndex",
	"(reflect.Value).Send":         "ValueSend",
	"(reflect.Value).Convert":      "ValueConvert",
	"(reflect.Value).Call":         "ValueCall",
	"reflect.Append":               "ReflectAppend",
}

// reflection writes a call of one of these.
func (f *fnc) reflection(c *code, e *ast.CallExpr, fun ast.Expr, fn *types.Func, sig *types.Signature) bool {
	name := reflected[fn.FullName()]
	if name == "" {
		return false
	}
	if _, ok := f.multi(e); ok {
		return false
	}
	n := 0
	c.s("__rt.", name, "(")
	if fn.Type().(*types.Signature).Recv() != nil {
		se := fun.(*ast.SelectorExpr)
		sel := f.selection(se)
		if sel.kind != types.MethodVal {
			f.l.refuse(e.Pos(), "a method expression of %s is not supported in cells: call the method", fn.FullName())
		}
		f.receiver(c, func(c *code) { f.base(c, se.X) }, sel.recv, sel)
		n++
	}
	f.args(c, e, fun, sig, n)
	c.s(")")
	return true
}
