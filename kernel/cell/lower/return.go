package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

func (f *fnc) ret(c *code, s *ast.ReturnStmt) {
	if f.iter != nil {
		f.iterReturn(c, s)
		return
	}
	res := f.sig.Results()
	switch {
	case len(s.Results) == 0 && len(f.res) == 0:
		c.s("return\n")
	case len(s.Results) == 0:
		vals := make([]string, len(f.res))
		for i := range vals {
			vals[i] = f.resultVar(i)
		}
		c.s("return ", strings.Join(vals, ", "), "\n")
	case len(s.Results) == 1 && res.Len() == 1 && len(f.res) == 0:
		c.s("return ")
		f.conv(c, s.Results[0], res.At(0).Type())
		c.s("\n")
	case len(s.Results) == res.Len() && len(f.res) == 0 && f.simpleReturn(s.Results):
		c.s("return ")
		for i, e := range s.Results {
			if i > 0 {
				c.s(", ")
			}
			f.conv(c, e, res.At(i).Type())
		}
		c.s("\n")
	case len(s.Results) == res.Len():
		f.returnValues(c, f.returnTemps(c, s.Results))
	default:
		t := f.typeOf(s.Results[0]).(*types.Tuple)
		same := len(f.res) == 0
		for i := range res.Len() {
			same = same && types.Identical(f.sub(t.At(i).Type()), res.At(i).Type())
		}
		if same {
			c.s("return ")
			f.x(c, s.Results[0])
			c.s("\n")
			return
		}
		names := f.spread(c, s.Results[0], t)
		vals := make([]string, len(names))
		for i, v := range names {
			w := &code{}
			f.convText(w, v, f.sub(t.At(i).Type()), res.At(i).Type(), false)
			vals[i] = w.b.String()
		}
		f.returnValues(c, vals)
	}
}

// returnValues returns values that are evaluated already. Named results get them
// first, for deferred calls to see.
func (f *fnc) returnValues(c *code, vals []string) {
	for i := range f.res {
		c.s(f.resultVar(i), " = ", vals[i], "\n")
		vals[i] = f.resultVar(i)
	}
	if len(vals) == 0 {
		c.s("return\n")
		return
	}
	c.s("return ", strings.Join(vals, ", "), "\n")
}

// returnTemps evaluates the results into variables.
func (f *fnc) returnTemps(c *code, list []ast.Expr) []string {
	r := make([]string, len(list))
	for i, e := range list {
		t := f.sig.Results().At(i).Type()
		r[i] = f.tmp("r")
		c.s("var ", r[i], " ", f.typ(t), " = ")
		f.conv(c, e, t)
		c.s("\n")
	}
	return r
}

// simpleReturn reports whether the interpreter returns several values rightly: it
// mixes up the results of builtins among them.
func (f *fnc) simpleReturn(list []ast.Expr) bool {
	complicated := 0
	for _, e := range list {
		tv := f.l.info.Types[e]
		if tv.Value != nil || tv.IsNil() {
			continue
		}
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			continue
		case *ast.SelectorExpr:
			if s := f.l.info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
				continue
			}
		}
		complicated++
	}
	return complicated == 0
}
