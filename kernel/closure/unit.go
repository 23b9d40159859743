package closure

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// Func is a compiled function or method.
type Func struct {
	name string
	pos  token.Pos
	env  *Env
	run  func(fp pointer) // on a frame that holds the site and the parameters
	code any              // of a function with one result: a *expr[T], see code.go

	params, results []slotted // receiver first
	head            uintptr   // bytes of the frame that the caller knows
	in, out         []run     // what moves with a frame: site and parameters; results
	root            *site
	hidden          bool // it makes the call of a go or defer statement: no line of a traceback

	to *Target // what replaces it, see Redirect

	lazily
}

// slotted is a parameter or result in the frame of the callee.
type slotted struct {
	t    types.Type
	off  uintptr
	runs []run
}

// Name returns the name of the function: "f", "T.m" or "(*T).m".
func (f *Func) Name() string { return f.name }

// Types returns the types of what the pointers of Call are to: the receiver, the
// parameters, the results.
func (f *Func) Types() []types.Type {
	var r []types.Type
	for _, s := range append(append([]slotted(nil), f.params...), f.results...) {
		r = append(r, s.t)
	}
	return r
}

// newFunc lays out the frame of a function: the site of the call, the results, the
// parameters, the receiver. It comes last because an interface does not tell how large
// it is.
func newFunc(env *Env, fn *types.Func, d *ast.FuncDecl) *Func {
	sig := fn.Type().(*types.Signature)
	if sig.TypeParams() != nil || sig.RecvTypeParams() != nil {
		refuse(d.Pos(), "internal: a generic function without type arguments")
	}
	return layOut(env, sig, nameOf(fn), d.Name.Pos())
}

// layOut lays out the frame of a function with a signature.
func layOut(env *Env, sig *types.Signature, name string, pos token.Pos) *Func {
	f := &Func{name: name, pos: pos, env: env, head: frameHead, lazily: lazily{sig: sig}}
	add := func(t types.Type) slotted {
		if w := usable(t); w != "" {
			refuse(pos, "%s", w)
		}
		if isAggregate(t) && sizeOf(t) > frameMost/4 {
			refuse(pos, "a value of the type %s is too large", t)
		}
		s := slotted{t, f.head, layoutOf(t).runs}
		f.head += align(max(sizeOf(t), 1), wordSize)
		return s
	}
	for i := range sig.Results().Len() {
		s := add(sig.Results().At(i).Type())
		f.results = append(f.results, s)
		f.out = append(f.out, shifted(s)...)
	}
	for i := range sig.Params().Len() {
		f.params = append(f.params, add(sig.Params().At(i).Type()))
	}
	if r := sig.Recv(); r != nil {
		f.params = append([]slotted{add(r.Type())}, f.params...)
	}
	if len(f.results) == 1 && !isAggregate(f.results[0].t) {
		f.code = repOf(f.results[0].t).newCode()
	}
	f.in = []run{{0, wordSize, true}, {wordSize, wordSize, true}}
	for _, s := range f.params {
		f.in = append(f.in, shifted(s)...)
	}
	if f.head > frameMost/2 {
		refuse(pos, "the parameters are too large")
	}
	f.root = &site{callee: f, root: true}
	return f
}

func shifted(s slotted) []run {
	r := make([]run, len(s.runs))
	for i, x := range s.runs {
		x.off += s.off
		r[i] = x
	}
	return r
}

// nameOf is the name of a function in tracebacks.
func nameOf(fn *types.Func) string {
	r := fn.Type().(*types.Signature).Recv()
	if r == nil {
		return fn.Name()
	}
	t, ptr := r.Type(), false
	if p, ok := t.(*types.Pointer); ok {
		t, ptr = p.Elem(), true
	}
	n := t.String()
	if named, ok := types.Unalias(t).(*types.Named); ok {
		n = named.Obj().Name()
	}
	if ptr {
		n = "(*" + n + ")"
	}
	return n + "." + fn.Name()
}

// Compile compiles functions that call each other: all of them, or none and the
// reason.
func (e *Env) Compile(decls []*ast.FuncDecl) (funcs []*Func, refusal *Refusal) {
	before := e.instances.begin()
	defer e.instances.end(before, &refusal)
	defer recoverRefusal(decls[0].Pos(), &refusal)
	group := map[*types.Func]*Func{}
	list := make([]*Func, len(decls))
	for i, d := range decls {
		fn, ok := e.Info.Defs[d.Name].(*types.Func)
		if !ok || d.Body == nil {
			refuse(d.Pos(), "the function has no body")
		}
		list[i] = newFunc(e, fn, d)
		group[fn] = list[i]
	}
	for i, d := range decls {
		c := newCompiler(e, group)
		c.function(list[i], d)
	}
	e.instances.finish(group)
	return list, nil
}

// recoverRefusal ends the compilation of what stands at a position. It must be deferred
// itself.
func recoverRefusal(pos token.Pos, refusal **Refusal) {
	switch r := recover().(type) {
	case nil:
		return
	case *Refusal:
		*refusal = r
	default: // a mistake of this package: the interpreter can do it
		*refusal = &Refusal{Reason: fmt.Sprintf("internal: %v", r)}
	}
	if !(*refusal).Pos.IsValid() {
		(*refusal).Pos = pos
	}
}

func newCompiler(e *Env, group map[*types.Func]*Func) *compiler {
	c := &compiler{env: e, info: e.Info, group: group, vars: map[types.Object]variable{}, defers: none}
	if e.Stop == nil {
		env := *e
		env.Stop = &never
		c.env = &env
	}
	return c
}

// function compiles the body of a declaration.
func (c *compiler) function(f *Func, d *ast.FuncDecl) {
	c.sig = c.info.Defs[d.Name].Type().(*types.Signature)
	c.top, c.most = f.head, f.head
	c.boxed = addressed(c.info, d.Body)
	c.bodyOf(f, d.Recv, d.Type, d.Body, nil)
}

// bodyOf compiles a function with these parameters and this body, after the statements
// of its entry.
func (c *compiler) bodyOf(f *Func, recv *ast.FieldList, typ *ast.FuncType, body *ast.BlockStmt, entry []stm) {
	c.fn = f
	at := 0
	bind := func(fl *ast.FieldList) {
		if fl == nil {
			return
		}
		for _, field := range fl.List {
			if len(field.Names) == 0 {
				at++
			}
			for _, id := range field.Names {
				s := f.params[at]
				at++
				if id.Name == "_" {
					continue
				}
				if s := c.parameter(c.info.Defs[id], s); s != nil {
					entry = append(entry, s)
				}
			}
		}
	}
	bind(recv)
	bind(typ.Params)
	if defers(body) {
		c.defers = c.alloc(wordSize)
	}
	exit := c.bindResults(f, typ, &entry)
	if f.code == nil {
		f.run = c.enter(f, sequenceFunc(entry, c.deferring(c.body(body)), exit))
		return
	}
	r := repOf(f.results[0].t)
	if isNamed(typ.Results) || c.defers != none || jumps(body) || !endsWithReturn(body.List) {
		r.code(c, f, r.fromRun(sequenceFunc(entry, c.deferring(c.body(body)), exit)))
	} else {
		x := c.tail(body.List)
		if len(entry) > 0 {
			x = r.after(entry, x)
		}
		r.code(c, f, x)
	}
	f.run = r.asRun(f)
}

func isNamed(fl *ast.FieldList) bool { return len(fl.List[0].Names) > 0 }

// parameter makes a parameter a variable. One that needs an address moves to Go's
// memory at entry.
func (c *compiler) parameter(o types.Object, s slotted) stm {
	if !c.inMemory(o) {
		c.vars[o] = variable{t: s.t, off: s.off}
		return nil
	}
	v := variable{t: s.t, off: c.alloc(wordSize), boxed: true}
	c.vars[o] = v
	alloc := allocator(s.t)
	return func(fp pointer) ctl {
		p := alloc()
		storeRuns(p, fp, s.off, s.runs)
		*ref(fp, v.off) = p
		return next
	}
}

// bindResults makes the results variables; exit brings those in Go's memory back into
// the frame.
func (c *compiler) bindResults(f *Func, typ *ast.FuncType, entry *[]stm) (exit []stm) {
	at := 0
	if typ.Results == nil {
		return nil
	}
	for _, field := range typ.Results.List {
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{nil}
		}
		for _, id := range names {
			s := f.results[at]
			at++
			v := variable{t: s.t, off: s.off}
			c.results = append(c.results, v)
			if id == nil {
				if c.defers != none { // a panic may end the body before the results are there
					*entry = append(*entry, c.initialize(v, nil, typ.Pos()))
				}
				continue
			}
			if o := c.info.Defs[id]; id.Name != "_" && o != nil {
				if c.inMemory(o) {
					v = variable{t: s.t, off: c.alloc(wordSize), boxed: true}
					off := v.off
					exit = append(exit, func(fp pointer) ctl {
						loadRuns(fp, s.off, *ref(fp, off), s.runs)
						return next
					})
				}
				c.vars[o] = v
				c.results[len(c.results)-1] = v
			}
			*entry = append(*entry, c.initialize(v, nil, typ.Pos()))
		}
	}
	return exit
}

// sequenceFunc returns a function body with what comes before and after it.
func sequenceFunc(entry []stm, body func(fp pointer), exit []stm) func(fp pointer) {
	if len(entry) == 0 && len(exit) == 0 {
		return body
	}
	in, out := sequence(entry), sequence(exit)
	return func(fp pointer) {
		in(fp)
		body(fp)
		out(fp)
	}
}

func (c *compiler) body(body *ast.BlockStmt) func(fp pointer) {
	b := c.block(body.List)
	return func(fp pointer) { b(fp) }
}

// enter is the entry of a function that leaves its results in the frame: like that of
// setCode.
func (c *compiler) enter(f *Func, body func(fp pointer)) func(fp pointer) {
	stop, stopped, size := c.env.Stop, c.env.stopper(f.pos), c.most
	return func(fp pointer) {
		if *stop {
			stopped(fp)
		}
		if !fits(fp, size) {
			move(fp, f, body)
			return
		}
		body(fp)
	}
}

// Call calls the function. The pointers are to its receiver, its parameters and its
// results, in this order.
func (f *Func) Call(ptrs ...pointer) {
	c := f.env.begin()
	defer c.end()
	fp := c.base()
	*ref(fp, 0) = pointer(f.root)
	for i, s := range f.params {
		loadRuns(fp, s.off, ptrs[i], s.runs)
	}
	f.run(fp)
	for i, s := range f.results {
		storeRuns(ptrs[len(f.params)+i], fp, s.off, s.runs)
	}
	c.done = true
}

func (e *Env) begin() *chain {
	if n := running.Add(1); n%manyCalls == 0 && e.Grow != nil {
		e.enough()
	}
	c := chains.Get().(*chain)
	c.env, c.done, c.value, c.saved, c.huge = e, false, false, nil, 0
	return c
}

// enough asks whether so many chains may be.
func (e *Env) enough() {
	ok := false
	defer func() {
		if !ok {
			running.Add(-1)
		}
	}()
	e.Grow()
	ok = true
}

// end gives a chain back, and tells where a panic came from.
func (c *chain) end() {
	env := c.env
	running.Add(-1)
	if c.done {
		c.fp, c.env = nil, nil
		chains.Put(c)
		return
	}
	frames := c.trace()
	if env.Trace != nil && frames != nil {
		env.Trace(frames)
	}
}

// addressed finds the variables whose address something takes.
func addressed(info *types.Info, body ast.Node) map[types.Object]bool {
	r := map[types.Object]bool{}
	root := func(e ast.Expr) {
		for {
			switch x := ast.Unparen(e).(type) {
			case *ast.Ident:
				if o := info.Uses[x]; o != nil {
					r[o] = true
				}
				return
			case *ast.SelectorExpr:
				if _, ok := info.TypeOf(x.X).Underlying().(*types.Pointer); ok {
					return
				}
				e = x.X
			case *ast.IndexExpr:
				if _, ok := info.TypeOf(x.X).Underlying().(*types.Array); !ok {
					return
				}
				e = x.X
			default:
				return
			}
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			for v := range captured(info, n) {
				r[v] = true
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				root(n.X)
			}
		case *ast.SliceExpr:
			if _, ok := info.TypeOf(n.X).Underlying().(*types.Array); ok {
				root(n.X)
			}
		case *ast.SelectorExpr:
			if s := info.Selections[n]; s != nil && s.Kind() == types.MethodVal {
				if _, ptr := s.Obj().Type().(*types.Signature).Recv().Type().(*types.Pointer); ptr {
					root(n.X)
				}
			}
		}
		return true
	})
	return r
}
