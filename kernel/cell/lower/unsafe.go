package lower

import (
	"go/ast"
	"go/types"
)

// unsafeCall writes a call of a function of package unsafe whose value is no
// constant.
func (f *fnc) unsafeCall(c *code, e *ast.CallExpr, name string) {
	switch name {
	case "Sizeof", "Alignof": // of a type parameter
		t := f.typeOf(e.Args[0])
		n := sizes.Sizeof(t)
		if name == "Alignof" {
			n = sizes.Alignof(t)
		}
		c.s("uintptr(", itoa(int(n)), ")")
	case "Add":
		c.s("__rt.UnsafeAdd(")
		f.x(c, e.Args[0])
		c.s(", ")
		f.indexValue(c, e.Args[1])
		c.s(")")
	case "String":
		c.s("__rt.UnsafeString(")
		f.x(c, e.Args[0])
		c.s(", ")
		f.indexValue(c, e.Args[1])
		c.s(")")
	case "StringData":
		c.s("__rt.UnsafeStringData(")
		f.x(c, e.Args[0])
		c.s(")")
	case "Slice":
		c.s("__rt.UnsafeSlice(")
		f.x(c, e.Args[0])
		c.s(", ")
		f.indexValue(c, e.Args[1])
		c.s(").(", f.typ(f.typeOf(e)), ")")
	case "SliceData":
		c.s("__rt.UnsafeSliceData(")
		f.x(c, e.Args[0])
		c.s(").(", f.typ(f.typeOf(e)), ")")
	default: // Offsetof of a field that a type parameter places
		se := ast.Unparen(e.Args[0]).(*ast.SelectorExpr)
		sel := f.selection(se)
		at, t := int64(0), sel.recv
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		for _, i := range sel.index {
			st := t.Underlying().(*types.Struct)
			fields := make([]*types.Var, st.NumFields())
			for k := range fields {
				fields[k] = types.NewField(0, nil, st.Field(k).Name(), f.sub(st.Field(k).Type()), false)
			}
			at += sizes.Offsetsof(fields)[i]
			t = fields[i].Type()
		}
		c.s("uintptr(", itoa(int(at)), ")")
	}
}

// pointerConversion writes a conversion from or to unsafe.Pointer. It reports whether
// it is one.
func (f *fnc) pointerConversion(c *code, e ast.Expr, from, to types.Type) bool {
	isUnsafe := func(t types.Type) bool {
		b, ok := t.Underlying().(*types.Basic)
		return ok && b.Kind() == types.UnsafePointer
	}
	switch {
	case isUnsafe(from) == isUnsafe(to):
		return false
	case isUnsafe(to):
		c.s("__rt.ToPointer(")
		f.x(c, e)
		c.s(")")
	case isPointer(to.Underlying()):
		tt := f.typ(to)
		c.s("__rt.FromPointer(")
		f.x(c, e)
		c.s(", (", tt, ")(nil)).(", tt, ")")
	default: // uintptr
		c.s(f.typ(to), "(__rt.PointerInt(")
		f.x(c, e)
		c.s("))")
	}
	return true
}

// sizes are those of every processor that the kernel is built for.
var sizes = types.SizesFor("gc", "amd64")
