package closure

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// compiler compiles one function or loop. It gives up with a panic of a *Refusal.
type compiler struct {
	env   *Env
	info  *types.Info
	group map[*types.Func]*Func // functions being compiled together
	vars  map[types.Object]variable
	boxed map[types.Object]bool                             // variables that live in Go's memory
	outer func(v *types.Var, pos token.Pos) (uintptr, bool) // a slot with the address of a variable from outside

	top  uintptr // the first free byte of the frame
	most uintptr // the largest top so far

	fn      *Func
	lits    int        // function literals so far
	results []variable // of the function; nil in a loop
	defers  uintptr    // the slot of the deferred calls, none if there are none
	sig     *types.Signature

	thunkOf *ast.CallExpr                    // the call of a go or defer statement that the function makes
	held    map[*ast.SelectorExpr]*types.Var // the receivers of methods that have been evaluated

	hoist bool  // calls are made before the rest of the expression
	pre   []stm // these calls

	labels map[string]ctl // labels of the statements around this one
	bodies int            // of ranges over functions around the statement
	gotos  map[string]ctl // labels of the statements of the blocks around this one
	exits  *exits         // of a loop that stands in code which is not compiled
	label  string         // the label of the statement being compiled
	used   ctl            // the last number given to a label
}

// variable is where a variable lives: in the frame, behind a pointer in the frame, or
// behind one kept elsewhere.
type variable struct {
	t     types.Type
	off   uintptr
	boxed bool
	fixed *pointer
}

// alloc reserves part of the frame until the end of the statement, or of the block for
// a variable.
func (c *compiler) alloc(size uintptr) uintptr {
	off := c.top
	c.top += align(max(size, 1), wordSize)
	c.most = max(c.most, c.top)
	if c.most > frameMost {
		refuse(token.NoPos, "the frame of the function is too large")
	}
	return off
}

func (c *compiler) typeOf(e ast.Expr) types.Type {
	t := c.info.TypeOf(e)
	if t == nil {
		refuse(e.Pos(), "an expression without a type")
	}
	return types.Default(t)
}

// check refuses values of types that cannot be handled.
func (c *compiler) check(t types.Type, pos token.Pos) {
	if w := usable(t); w != "" {
		refuse(pos, "%s", w)
	}
	if isAggregate(t) && sizeOf(t) > frameMost/4 {
		refuse(pos, "a value of the type %s is too large", t)
	}
}

// declare makes a variable of the frame, or the slot of a pointer to one.
func (c *compiler) declare(o types.Object) variable {
	t := o.Type()
	if w := usable(t); w != "" {
		refuse(o.Pos(), "%s", w)
	}
	v := variable{t: t}
	if c.inMemory(o) {
		v.boxed = true
		v.off = c.alloc(wordSize)
	} else {
		v.off = c.alloc(sizeOf(t))
	}
	c.vars[o] = v
	return v
}

// inMemory reports whether a variable needs an address: somebody takes it, or it is
// an array, of which an element is chosen while the program runs.
func (c *compiler) inMemory(o types.Object) bool {
	return c.boxed[o] || hasArray(o.Type()) || isAggregate(o.Type()) && sizeOf(o.Type()) > 16*wordSize
}

func hasArray(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return true
	case *types.Struct:
		for i := range u.NumFields() {
			if hasArray(u.Field(i).Type()) {
				return true
			}
		}
	}
	return false
}

// lookup returns where the variable of an identifier lives.
func (c *compiler) lookup(o types.Object, pos token.Pos) variable {
	if v, ok := c.vars[o]; ok {
		return v
	}
	x, ok := o.(*types.Var)
	if !ok {
		refuse(pos, "%s is no variable", o.Name())
	}
	if c.outer != nil {
		if off, ok := c.outer(x, pos); ok {
			return variable{t: x.Type(), off: off, boxed: true}
		}
	}
	if w := usable(x.Type()); w != "" {
		refuse(pos, "%s", w)
	}
	if c.env.Var != nil {
		if p := c.env.Var(x); p != nil {
			return variable{t: x.Type(), fixed: p}
		}
	}
	if x.Pkg() != nil && x.Parent() == x.Pkg().Scope() && !isCell(x) {
		return variable{t: x.Type(), fixed: c.compiledVar(x, pos)}
	}
	refuse(pos, "the variable %s is not known here", o.Name())
	panic("unreachable")
}

// addr returns the address of a variable that has one.
func (v variable) addr() addr {
	if v.fixed != nil {
		return atFixed(v.fixed)
	}
	return atSlot(v.off)
}

func (v variable) inFrame() bool { return !v.boxed && v.fixed == nil }

// full compiles an expression that is evaluated on its own, all its calls included.
func (c *compiler) full(e ast.Expr) value {
	hoist, pre := c.hoist, c.pre
	c.hoist, c.pre = c.mustHoist(e), nil
	v := c.expr(e)
	v = c.ahead(v)
	c.hoist, c.pre = hoist, pre
	return v
}

// ahead puts the calls collected so far before a value.
func (c *compiler) ahead(v value) value {
	if len(c.pre) == 0 {
		return v
	}
	pre := c.pre
	c.pre = nil
	switch r := repOf(v.t); {
	case v.f == nil:
		v.eval = sequence(append(pre, orNothing(v.eval)))
	case r == nil: // a call without a result
		v.f = afterAll[bool](pre, v.f)
	default:
		v.f = r.after(pre, v.f)
		v.slot = none
	}
	return v
}

func orNothing(s stm) stm {
	if s == nil {
		return func(pointer) ctl { return next }
	}
	return s
}

func (c *compiler) constantValue(t types.Type, k constant.Value, pos token.Pos) value {
	r := repOf(t)
	if r == nil {
		refuse(pos, "a constant of the type %s", t)
	}
	f, kv := r.constant(k)
	return value{t: t, pos: pos, f: f, k: kv, slot: none}
}

// zero returns the zero value of a type.
func (c *compiler) zero(t types.Type, pos token.Pos) value {
	if !isAggregate(t) {
		f, k := repOf(t).zero()
		return value{t: t, pos: pos, f: f, k: k, slot: none}
	}
	c.check(t, pos)
	off, runs := c.alloc(sizeOf(t)), layoutOf(t).runs
	return value{t: t, pos: pos, slot: off, eval: func(fp pointer) ctl {
		clearRuns(fp, off, runs)
		return next
	}}
}

// boolean returns a condition.
func boolean(v value) expr[bool] { return v.f.(expr[bool]) }

// toInt returns an integer value as an int, for an index or a length: one that does
// not fit becomes an int that is out of range in the same way.
func (c *compiler) toInt(v value) value {
	if basicKind(v.t) == types.Int {
		return v
	}
	if v.k != nil {
		return c.convert(v, types.Typ[types.Int], v.pos)
	}
	switch basicKind(v.t) {
	case types.Uint, types.Uint64, types.Uintptr:
		return huge(v)
	}
	return c.convert(v, types.Typ[types.Int], v.pos)
}

// huge returns an unsigned value as an int. One that is too large becomes the least
// int, and is kept for the panic to come.
func huge(v value) value {
	_, f := repOf(v.t).(interface {
		widen(any) (expr[int64], expr[uint64])
	}).widen(v.f)
	return value{t: types.Typ[types.Int], pos: v.pos, slot: none, f: expr[int](func(fp pointer) int {
		n := f(fp)
		if n > uint64(maxInt) {
			chainOf(fp).huge = n
			return minInt
		}
		return int(n)
	})}
}
