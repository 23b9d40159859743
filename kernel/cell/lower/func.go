package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// fnc is the lowering of one function body.
type fnc struct {
	l      *Lowerer
	env    *env
	sig    *types.Signature // substituted
	res    []string         // names of the results where the output names them
	top    bool             // the function of a cell's statements
	depth  int              // blocks around the statement, in the cell's function
	names  map[types.Object]string
	loops  []*loop
	iter   *iter // the range-over-func body that this function is
	outer  *fnc
	nested bool
}

// loop is a statement that break or continue can mean.
type loop struct {
	label    string // in the source
	out      string // label in the output, where it differs or had to be made
	isSwitch bool   // switch or select: break only
	back     string // what to run before continue: copies of loop variables
	iter     *iter  // a range over a function: break and continue return
}

func (f *fnc) tmp(prefix string) string { return fmt.Sprintf("%sˑ%d", prefix, f.l.u.Names.Fresh()) }

// child starts a function literal inside f.
func (f *fnc) child(sig *types.Signature) *fnc {
	if f.names == nil {
		f.names = map[types.Object]string{}
	}
	return &fnc{l: f.l, env: f.env, sig: sig, names: f.names, outer: f, nested: true}
}

// local returns the output name of the object that an identifier defines.
func (f *fnc) local(id *ast.Ident) string {
	if id.Name == "_" {
		return "_"
	}
	return f.obj(f.l.info.Defs[id], id.Name)
}

// obj returns the output name of a variable.
func (f *fnc) obj(o types.Object, name string) string {
	if o == nil {
		return name
	}
	if n, ok := f.names[o]; ok {
		return n
	}
	if g := f.l.u.Names.Global(o); g != "" {
		return g
	}
	return safe(name)
}

// safe renames what would hide a name that the output relies on.
func safe(name string) string {
	if types.Universe.Lookup(name) != nil || name == "main" || name == "init" || name == "unsafe" || token.IsKeyword(name) {
		return name + "ˑ"
	}
	return name
}

func (f *fnc) setName(o types.Object, name string) {
	if f.names == nil {
		f.names = map[types.Object]string{}
	}
	f.names[o] = name
}

func (f *fnc) params(c *code, t *ast.FuncType, n int) {
	i := 0
	for _, fl := range t.Params.List {
		names := fl.Names
		if len(names) == 0 {
			names = []*ast.Ident{ast.NewIdent("_")}
		}
		for _, id := range names {
			if n > 0 {
				c.s(", ")
			}
			n++
			pt := f.sig.Params().At(i).Type()
			c.s(f.local(id), " ")
			if f.sig.Variadic() && i == f.sig.Params().Len()-1 {
				c.s("...", f.l.variadicElem(pt))
			} else {
				c.s(f.typ(pt))
			}
			i++
		}
	}
}

func (f *fnc) results(c *code, t *ast.FuncType) {
	if t.Results == nil || len(t.Results.List) == 0 {
		return
	}
	c.s(" (")
	i := 0
	for _, fl := range t.Results.List {
		if len(fl.Names) == 0 {
			if i > 0 {
				c.s(", ")
			}
			c.s(f.typ(f.sig.Results().At(i).Type()))
			i++
			continue
		}
		for _, id := range fl.Names {
			if i > 0 {
				c.s(", ")
			}
			n := f.local(id)
			if n == "_" {
				n = fmt.Sprintf("rˑ%d", i)
			}
			f.res = append(f.res, n)
			c.s(n, " ", f.typ(f.sig.Results().At(i).Type()))
			i++
		}
	}
	c.s(")")
}

const stopCheck = "if stopˑ { __rt.Stop() }\n"

// body writes a function body with its braces.
func (f *fnc) body(c *code, b *ast.BlockStmt) {
	c.s("{\n")
	c.at(b.Pos())
	c.s(stopCheck)
	f.stmts(c, b.List)
	c.at(b.Rbrace)
	c.s("}")
}

// funcLit writes a function literal.
func (f *fnc) funcLit(c *code, e *ast.FuncLit) {
	sig := f.sub(f.l.info.TypeOf(e)).(*types.Signature)
	g := f.child(sig)
	c.at(e.Pos())
	c.s("func(")
	g.params(c, e.Type, 0)
	c.s(")")
	g.results(c, e.Type)
	c.s(" ")
	g.body(c, e.Body)
}
