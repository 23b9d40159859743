package eval

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/traefik/yaegi/interp"

	"descent/kernel/cell"
	"descent/kernel/rt"
	"descent/kernel/symbols/std"
	"descent/kernel/symbols/table"
)

// Options configures an Interp. The zero value uses the streams of the process
// and offers the standard library alone.
type Options struct {
	Stdin          io.Reader // what the interpreter's own builtins read; os.Stdin if nil
	Stdout, Stderr io.Writer // where print and println go (Stderr); os.Stdout, os.Stderr if nil

	// Table returns the symbols of a package when a cell first imports it, and
	// Closure the packages that must be loaded with it, itself included. If Table
	// is nil, both serve the standard library.
	Table   func(path string) (name string, syms map[string]reflect.Value, ok bool)
	Closure func(path string) []string

	// Symbols are loaded at once, before anything is imported; keys are
	// "import/path/name". They replace what Table says of the same names.
	Symbols map[string]map[string]reflect.Value

	// Position maps the position of a runtime frame to a cell; frames that it does
	// not know are left out of tracebacks. If nil, tracebacks are empty.
	Position func(line, col int) (cell, l, c int, ok bool)
	// Place maps a position of the syntax of the cells likewise. Without it nothing is
	// compiled; with NoTier neither.
	Place  func(pos token.Pos) (cell, l, c int, ok bool)
	NoTier bool
	// Forget is told the line of a chunk, of Lines of its program, that cannot run any
	// more: nobody will ask for a position in it.
	Forget func(line int)
	// SourceLine returns a line of a cell for tracebacks, "" if it is not known.
	SourceLine func(cell, line int) string

	// Stopped lists further values of panics that mean "interrupted": those with
	// which compiled code answers an interrupt.
	Stopped []error

	// GoPanic is told of a panic that has ended a goroutine of a cell, on that
	// goroutine. To call fail ends the running cell with the panic, unless that reports
	// false: there is no such cell any more.
	GoPanic func(p *Panic, fail func() bool)
}

// Interp is one interpreter with the state of one session. Load and Run must be
// called by one goroutine; Interrupt may be called by any.
type Interp struct {
	in   *interp.Interpreter
	opts Options
	key  internals
	tier tierInternals
	safe symbolTables
	flag *bool // the cells' stopˑ
	sink *traceSink

	bodies  map[string]*body                 // of a program that is not adopted yet
	callees map[string]*atomic.Pointer[body] // by cell.Declared.Callee

	mu      sync.Mutex
	loaded  map[string]bool
	cur     atomic.Pointer[run]
	pending atomic.Bool // Interrupt was called since Begin

	low atomic.Uint64 // least that stacks has told since the run began
}

// selfPath is the import path under which the prelude finds this package.
const selfPath = "descent/kernel/eval"

// prelude declares what every lowered cell may name: the helpers and the flag
// that asks interpreted code to stop.
const prelude = `package main

import (
	__rt "descent/kernel/rt"
	__ev "descent/kernel/eval"
)

var stopˑ bool

func preludeˑ() { __ev.Top(nil); __rt.Stop() }
`

// New makes an interpreter, loads the symbols and evaluates the prelude.
func New(o Options) (*Interp, error) {
	if err := rt.CheckABI(); err != nil {
		return nil, err
	}
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	if o.Table == nil {
		o.Table, o.Closure = stdTable, nil
	}
	if o.Closure == nil {
		o.Closure = stdClosure
	}
	key, err := lookupInternals()
	if err != nil {
		return nil, err
	}
	tier, err := lookupTierInternals()
	if err != nil {
		return nil, err
	}
	i := &Interp{opts: o, key: key, tier: tier, sink: newTraceSink(), loaded: map[string]bool{}, bodies: map[string]*body{}, callees: map[string]*atomic.Pointer[body]{}}
	i.in = interp.New(interp.Options{
		Stdin: o.Stdin,
		// The builtins print and println write to standard error in Go.
		Stdout: o.Stderr,
		// The interpreter itself writes nothing but tracebacks here.
		Stderr:       i.sink,
		Unrestricted: true,
	})
	i.key.openChannel(i.in)
	use := interp.Exports{
		// The doubled slash keeps the interpreter from replacing symbols of fmt,
		// log and os by its own.
		"descent/kernel/rt/rt": rt.Exports,
		selfPath + "/eval": {
			"Top":           reflect.ValueOf(i.top),
			"Compiled":      reflect.ValueOf(compiledCall),
			"LoggerFatal":   reflect.ValueOf(i.loggerFatal),
			"LoggerFatalf":  reflect.ValueOf(i.loggerFatalf),
			"LoggerFatalln": reflect.ValueOf(i.loggerFatalln),
		},
	}
	if err := i.in.Use(use); err != nil {
		return nil, err
	}
	for k, syms := range o.Symbols {
		if err := i.use(path.Dir(k), path.Base(k), syms); err != nil {
			return nil, err
		}
		i.loaded[path.Dir(k)] = true
	}
	if _, err := i.in.Eval(prelude); err != nil {
		return nil, fmt.Errorf("prelude: %w", err)
	}
	v, ok := i.in.Globals()["stopˑ"]
	if !ok || !v.CanAddr() || v.Kind() != reflect.Bool {
		return nil, fmt.Errorf("prelude: the stop flag is no addressable bool")
	}
	i.flag = v.Addr().Interface().(*bool)
	rt.SetGoPanic(i.goPanic)
	rt.SetRecover(i.recovered)
	// Types that rt builds while a chunk runs become known to the next chunks.
	rt.SetSymbol(func(name string, v reflect.Value) {
		if err := i.in.Use(interp.Exports{"descent/kernel/rt/rt": {name: v}}); err != nil {
			panic(err)
		}
	})
	return i, nil
}

func stdTable(p string) (string, map[string]reflect.Value, bool) {
	t := std.Packages[p]
	if t == nil {
		return "", nil, false
	}
	return t.Name, t.Map(), true
}

func stdClosure(p string) []string {
	return table.Closure(p, func(p string) *table.Package { return std.Packages[p] })
}

// use gives the interpreter the symbols of one package.
func (i *Interp) use(importPath, name string, syms map[string]reflect.Value) error {
	i.override(importPath, syms)
	// With the plain key "fmt/fmt" the interpreter would put its own functions in
	// the place of ours, and compile its own sources of slices and maps.
	return i.in.Use(interp.Exports{importPath + "//" + name: syms})
}

// load makes the packages that src imports available.
func (i *Interp) load(src string) error {
	if !strings.Contains(src, "import") {
		return nil
	}
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
	if err != nil {
		return nil // the interpreter will say it better
	}
	for _, s := range f.Imports {
		p, err := strconv.Unquote(s.Path.Value)
		if err != nil {
			return err
		}
		if err := i.Import(p); err != nil {
			return err
		}
	}
	return nil
}

// Import makes a package available to chunks, with the packages it mentions.
func (i *Interp) Import(importPath string) error {
	imported(importPath)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.loaded[importPath] {
		return nil
	}
	for _, p := range i.opts.Closure(importPath) {
		if i.loaded[p] {
			continue
		}
		name, syms, ok := i.opts.Table(p)
		if !ok {
			continue
		}
		if err := i.use(p, name, syms); err != nil {
			return err
		}
		i.loaded[p] = true
	}
	return nil
}

// Load evaluates the declarations of p.
func (i *Interp) Load(p *cell.Program) error {
	if len(p.Chunks) == 0 {
		return nil
	}
	defer i.key.forget(i.in)
	defer i.forgetMatches(p, lifted)
	return i.guard(func() error {
		for n, c := range p.Chunks {
			if err := i.load(c); err != nil {
				return err
			}
			s, err := i.exec(c, p)
			if n < len(p.Lines) {
				s.line = p.Lines[n]
			}
			i.forgetSource(s)
			if err != nil {
				i.forgetLines(p, n+1)
				return err
			}
		}
		return i.place(p)
	})
}

// Run evaluates the statements of p.
func (i *Interp) Run(p *cell.Program) error {
	i.adopt(p)
	i.forgetFunctions(p.Replaced...)
	if p.Run == "" {
		return nil
	}
	src := "__ev.Top(func() { " + p.Run + " })"
	name, ok := strings.CutSuffix(p.Run, "()")
	if ok && token.IsIdentifier(name) {
		// A function literal would keep a copy of all variables of the session.
		src = "__ev.Top(" + name + ")"
	}
	defer i.key.forget(i.in)
	defer i.forgetFunctions(name) // it runs once
	defer i.forgetMatches(p, ofStatements)
	return i.guard(func() error {
		s, err := i.exec(src, &cell.Program{})
		s.prog = nil // nothing keeps a piece of it
		i.forgetSource(s)
		return err
	})
}

// exec compiles and executes one source, of p, with its compiled units.
func (i *Interp) exec(src string, p *cell.Program) (s source, err error) {
	s.from = i.in.FileSet().Base()
	s.prog, err = i.compile(src)
	s.to = i.in.FileSet().Base() // here: what is executed may end among later cells
	if err != nil {
		return s, err
	}
	if err := i.bindUnits(s.prog, p.Units); err != nil {
		return s, err
	}
	i.forward(s.prog, p)
	i.key.instrument(s.prog, i.sink, i.clean)
	_, err = i.in.Execute(s.prog)
	i.key.part(s.prog)
	return s, err
}

// compile gives src to the interpreter. Imports of a chunk that failed stay with
// the interpreter, which then refuses them in the next: they are taken out.
func (i *Interp) compile(src string) (prog *interp.Program, err error) {
	for range 1 + strings.Count(src, "import") {
		prog, err = i.tryCompile(src)
		if err == nil {
			return prog, nil
		}
		m := reimported.FindStringSubmatch(err.Error())
		if m == nil {
			break
		}
		less, ok := withoutImport(src, m[1])
		if !ok {
			break
		}
		src = less
	}
	return nil, &InternalError{Reason: err.Error(), Source: src}
}

var reimported = regexp.MustCompile(`(\S+)/_\.go redeclared in this block`)

// withoutImport makes the import of a name one that binds none.
func withoutImport(src, name string) (string, bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.ImportsOnly)
	if err != nil {
		return "", false
	}
	for _, d := range f.Decls {
		g := d.(*ast.GenDecl)
		for _, s := range g.Specs {
			s := s.(*ast.ImportSpec)
			if s.Name == nil || s.Name.Name != name {
				continue
			}
			at := fset.PositionFor(s.Name.Pos(), false).Offset
			return src[:at] + "_" + strings.Repeat(" ", len(name)-1) + src[at+len(name):], true
		}
	}
	return "", false
}

func (i *Interp) tryCompile(src string) (prog *interp.Program, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return i.in.Compile(src)
}

// InternalError says that the interpreter refused what the cell compiler made:
// a mistake of the kernel, not of the cell.
type InternalError struct {
	Reason string // what the interpreter says
	Source string // what it was given
}

func (e *InternalError) Error() string {
	return "this cell is correct Go, but the interpreter cannot run it: " + e.Reason
}

// Global returns the value of a package variable of the lowered program.
func (i *Interp) Global(name string) (reflect.Value, bool) {
	v, ok := i.in.Globals()[name]
	return v, ok
}
