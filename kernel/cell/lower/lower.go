package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// Names says how the session's package-level objects are called in the output.
type Names interface {
	// Global returns the name of a package-level function, variable or type of the
	// session, or of a variable at the top of a cell; "" for any other object.
	Global(obj types.Object) string
	// Method returns the name of the function that a cell's method becomes.
	Method(fn *types.Func) string
	// Import returns the hidden name of a compiled package.
	Import(path string) string
	// TypeID numbers the true type that has this key; known says that the session
	// has defined it already.
	TypeID(key string) (id int, known bool)
	// KnownType is TypeID for a type that is not to be defined by asking.
	KnownType(key string) (id int, known bool)
	// NewCode numbers the present making of a type's methods; Code returns the number,
	// 0 if the methods are not registered.
	NewCode(key string) int
	Code(key string) int
	// Defined reports whether the session has a helper or generic instance of this
	// name already, and notes that it will from now on.
	Defined(name string) bool
	// Fresh returns a number that the session has not used.
	Fresh() int
}

// Unit is a checked piece of the session.
type Unit struct {
	Fset  *token.FileSet
	Info  *types.Info
	Pkg   *types.Package
	Names Names
	// Decls holds the syntax of every generic function, method and type that the
	// unit can instantiate, by object.
	Funcs map[*types.Func]*ast.FuncDecl
}

// Lowerer collects the output of one cell.
type Lowerer struct {
	u        *Unit
	info     *types.Info
	pkg      *types.Package
	ctxt     *types.Context
	imports  map[string]string // path → hidden name
	decls    []*code           // functions, types, helpers
	tail     []*code           // registrations, after all declarations
	defs     []string          // definitions of true types for __rt.Define
	queue    []func()
	late     []func() // after the queue is empty
	locals   map[localKey]*types.Named
	localNm  map[*types.TypeName]string
	vars     []*code
	keys     map[string]int
	emitted  map[string]bool
	methods  map[int]bool
	counters map[types.Object]bool // loop variables that are never negative
	callers  map[string]string     // dispatchers of this chunk
	tier     Tier
	Err      error
}

type localKey struct {
	obj *types.TypeName
	env string
}

// New starts the lowering of a unit.
func New(u *Unit) *Lowerer {
	return &Lowerer{
		u: u, info: u.Info, pkg: u.Pkg, ctxt: types.NewContext(),
		imports: map[string]string{}, locals: map[localKey]*types.Named{},
		localNm: map[*types.TypeName]string{}, keys: map[string]int{},
		emitted: map[string]bool{}, methods: map[int]bool{}, counters: map[types.Object]bool{}, callers: map[string]string{},
	}
}

// Unsupported is the panic value for a construct that cannot be lowered.
type Unsupported struct {
	Pos token.Pos
	Msg string
}

func (l *Lowerer) refuse(pos token.Pos, format string, args ...any) {
	panic(Unsupported{pos, fmt.Sprintf(format, args...)})
}

// Chunk is emitted source with its places.
type Chunk struct {
	Text   string
	Places []Place
}

// Finish writes all that was lowered as sources of package main, to be evaluated in
// order: the definitions of types, then the rest. The first line of a text is line
// 1 of its places.
func (l *Lowerer) Finish() []Chunk {
	for len(l.queue)+len(l.late) > 0 {
		q := l.queue
		l.queue = nil
		if len(q) == 0 { // all conversions to interfaces are known now
			q, l.late = l.late, nil
		}
		for _, f := range q {
			f()
		}
	}
	var chunks []Chunk
	if len(l.defs) > 0 {
		text := fmt.Sprintf("package main\nvar defˑ%d = __rt.Define(%q)\n", l.u.Names.Fresh(), strings.Join(l.defs, "\n"))
		chunks = append(chunks, Chunk{Text: text})
	}
	var c code
	c.s("package main\n")
	paths := make([]string, 0, len(l.imports))
	for p := range l.imports {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	imports := 0
	for _, p := range paths {
		if !l.u.Names.Defined("import " + l.imports[p]) { // a second import of a name is an error
			imports++
			c.s(fmt.Sprintf("import %s %q\n", l.imports[p], p))
		}
	}
	for _, list := range [][]*code{l.vars, l.decls, l.tail} {
		for _, d := range list {
			c.add(d)
			c.s("\n")
		}
	}
	if imports+len(l.vars)+len(l.decls)+len(l.tail) > 0 {
		chunks = append(chunks, Chunk{c.b.String(), c.places()})
	}
	return chunks
}

// pkgName returns the hidden name of a compiled package and notes its import.
func (l *Lowerer) pkgName(p *types.Package) string {
	n, ok := l.imports[p.Path()]
	if !ok {
		n = l.u.Names.Import(p.Path())
		l.imports[p.Path()] = n
	}
	return n
}

// acting are the packages that do something when a program imports them.
var acting = map[string]bool{"expvar": true, "net/http/pprof": true}

// Import notes an import of the cell: those of packages that act are made even if
// the cell does not use their names.
func (l *Lowerer) Import(path string) {
	if acting[path] {
		l.pkgName(types.NewPackage(path, ""))
	}
}

// isCell reports whether the object belongs to the session.
func (l *Lowerer) isCell(o types.Object) bool {
	return o.Pkg() != nil && o.Pkg().Path() == l.pkg.Path()
}

// Func lowers a function or method without type parameters.
func (l *Lowerer) Func(d *ast.FuncDecl) {
	fn := l.info.Defs[d.Name].(*types.Func)
	name := ""
	if d.Recv != nil {
		name = l.u.Names.Method(fn)
	} else {
		name = l.u.Names.Global(fn)
	}
	l.fun(d, name, nil, "")
}

// fun writes a function declaration under a name, with type parameters bound.
func (l *Lowerer) fun(d *ast.FuncDecl, name string, env *env, what string) {
	fn := l.info.Defs[d.Name].(*types.Func)
	if l.stub(fn, env, name) {
		return
	}
	f := &fnc{l: l, env: env, sig: l.sub(env, fn.Type()).(*types.Signature), name: name}
	f.cap = l.analyze(d, d.Recv, d.Type, d.Body)
	if f.cap.defers[d] {
		f.defr = f.tmp("defer")
	}
	c := &code{}
	c.at(d.Name.Pos())
	c.s("func ", name, "(")
	n := 0
	if d.Recv != nil {
		id := "_"
		if len(d.Recv.List[0].Names) > 0 {
			id = f.local(d.Recv.List[0].Names[0])
		}
		c.s(id, " ", f.typ(f.sub(fn.Type().(*types.Signature).Recv().Type())))
		n++
	}
	f.params(c, d.Type, n)
	c.s(")")
	f.results(c, d.Type)
	c.s(" ")
	f.body(c, d.Recv, d.Type, d.Body)
	l.decls = append(l.decls, c)
}

// Var declares a session variable.
func (l *Lowerer) Var(name string, t types.Type) {
	f := &fnc{l: l}
	c := &code{}
	c.s("var ", name, " ", f.typ(t))
	l.vars = append(l.vars, c)
}

// Type declares a session type in the output.
func (l *Lowerer) Type(n *types.Named) { (&fnc{l: l}).typ(n) }

// Cell lowers the statements of a cell as a function, which calls the init
// functions after the first lead statements.
func (l *Lowerer) Cell(name string, body *ast.BlockStmt, inits []string, lead int) {
	f := &fnc{l: l, sig: types.NewSignatureType(nil, nil, nil, nil, nil, false), top: true, name: name}
	f.cap = l.analyze(body, nil, nil, body)
	if f.cap.defers[body] {
		f.defr = f.tmp("defer")
	}
	c := &code{}
	c.s("func ", name, "() {\n")
	f.deferHead(c)
	for _, s := range body.List[:lead] {
		f.stmt(c, s, "")
	}
	for _, i := range inits {
		c.s(i, "()\n")
	}
	f.stmts(c, body.List[lead:])
	c.s("}")
	l.decls = append(l.decls, c)
}

// pkgVar writes a variable of a compiled package, through a pointer so that it can
// be assigned to and is read anew each time.
func (l *Lowerer) pkgVar(o *types.Var) string {
	direct := l.pkgName(o.Pkg()) + "." + o.Name()
	if !spellable(o.Type()) {
		return direct
	}
	name := l.pkgName(o.Pkg()) + o.Name() + "ˑp"
	if !l.emitted[name] && !l.u.Names.Defined(name) {
		l.emitted[name] = true
		c := &code{}
		c.s("var ", name, " = &", direct)
		l.vars = append(l.vars, c)
	}
	return "(*" + name + ")"
}

// Reregister writes the methods of a type again if the session knows its true type.
func (l *Lowerer) Reregister(n *types.Named) {
	if id, known := l.u.Names.KnownType(l.key(n)); known {
		l.registerMethods(n, id) // not twice: a type defined in this chunk has been
	}
}
