package cell

import (
	"go/ast"
	"go/types"

	"descent/kernel/cell/lower"
	"descent/kernel/closure"
)

// A function may be called by code of earlier cells that nothing compiles again:
// function literals and method values that variables hold, goroutines, and values of
// the function itself. Their calls go to the function that the session has now, if it
// takes and returns what it did then; if it does not, to the last one that did.

// Declared is a function of a program that a cell declares.
type Declared struct {
	Name   string // in the lowered program
	Callee string // those declared again that can take the place of each other share it
}

// calleeKey identifies what a function takes and returns, and its receiver.
func (u *unit) calleeKey(fn *types.Func) string {
	sig := fn.Type().(*types.Signature)
	var in []*types.Var
	bare := func(t *types.Tuple) (r []*types.Var) {
		for v := range t.Variables() {
			r = append(r, types.NewParam(v.Pos(), nil, "", v.Type()))
		}
		return r
	}
	if r := sig.Recv(); r != nil {
		in = append(in, types.NewParam(r.Pos(), nil, "", r.Type()))
	}
	in = append(in, bare(sig.Params())...)
	return u.typeKey(types.NewSignatureType(nil, nil, nil, types.NewTuple(in...), types.NewTuple(bare(sig.Results())...), sig.Variadic()))
}

// setCallee notes what the calls of a function are that the unit declares.
func (nm *names) setCallee(e *entity, d *ast.FuncDecl) {
	fn, ok := nm.u.info.Defs[d.Name].(*types.Func)
	if !ok || isGeneric(d) {
		return
	}
	e.callee = nm.u.calleeKey(fn)
	nm.d.functions = append(nm.d.functions, Declared{e.out, e.key + " " + e.callee})
}

// lend makes functions that are interpreted known to compiled code that calls the
// function which they replace.
func (nm *names) lend(l *lower.Lowerer, decls []*ast.FuncDecl) {
	u := nm.u
	if u.c.tier == nil {
		return
	}
	for _, d := range decls {
		fn, ok := u.info.Defs[d.Name].(*types.Func)
		if !ok || fn.Name() == "init" && d.Recv == nil {
			continue
		}
		key := methodKey(fn)
		out := nm.outName(key, false)
		if nm.d.compiled[out] != nil {
			continue
		}
		sig := u.calleeKey(fn)
		old := u.c.live[key]
		if u.c.targets[key+" "+sig] != nil || old != nil && old.callee == sig && u.c.compiled[old.out] != nil {
			id := nm.Fresh()
			l.Lend(id, out)
			nm.d.lent[out] = id
		}
	}
}

// redirect lets the calls of compiled code go to the functions that d declares again.
func (c *Compiler) redirect(d *delta) {
	for k, e := range d.entities {
		if e.callee == "" {
			continue
		}
		id := k + " " + e.callee
		if old := c.live[k]; old != nil && old.out != e.out && old.callee == e.callee {
			if f := c.compiled[old.out]; f != nil {
				if c.targets[id] == nil {
					c.targets[id] = new(closure.Target)
				}
				c.aim(c.targets[id], e, d)
				f.Redirect(c.targets[id])
				continue
			}
		}
		if t := c.targets[id]; t != nil {
			c.aim(t, e, d)
		}
	}
}

// aim makes calls go to the function that e is.
func (c *Compiler) aim(t *closure.Target, e *entity, d *delta) {
	if f := d.compiled[e.out]; f != nil {
		t.Compiled(f)
	} else if id, ok := d.lent[e.out]; ok {
		t.Foreign(c.tier.Lent(id))
	}
}
