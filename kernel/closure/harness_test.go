package closure

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"math"
	"path/filepath"
	"reflect"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// checked is a program that go/types has checked.
type checked struct {
	fset  *token.FileSet
	file  *ast.File
	info  *types.Info
	pkg   *types.Package
	funcs map[string]*Func
	vars  map[*types.Var]*unsafe.Pointer
	env   *Env
	trace []Frame
}

var (
	importMu sync.Mutex
	imports  = importer.ForCompiler(token.NewFileSet(), "source", nil)
)

var symbols = map[string]any{
	"errors.New": errors.New, "fmt.Errorf": fmt.Errorf, "fmt.Sprint": fmt.Sprint, "fmt.Sprintf": fmt.Sprintf, "fmt.Sprintln": fmt.Sprintln,
	"math.Sqrt": math.Sqrt, "math.Pow": math.Pow, "math.Sincos": math.Sincos, "math.Modf": math.Modf, "math.Inf": math.Inf,
	"math.Hypot": math.Hypot, "math.Float64bits": math.Float64bits, "math.Float32bits": math.Float32bits,
	"fmt.Fprintf": fmt.Fprintf, "fmt.Fprint": fmt.Fprint, "strings.Replace": strings.Replace,
	"sort.Slice": sort.Slice, "sort.Search": sort.Search, "strings.Map": strings.Map,
	"sort.Strings": sort.Strings, "sort.Ints": sort.Ints,
	"strconv.Itoa": strconv.Itoa, "strconv.FormatFloat": strconv.FormatFloat, "strconv.FormatInt": strconv.FormatInt,
	"strconv.FormatUint": strconv.FormatUint, "strconv.FormatBool": strconv.FormatBool, "strconv.Atoi": strconv.Atoi,
	"strings.Repeat": strings.Repeat, "strings.ToLower": strings.ToLower, "strings.ToUpper": strings.ToUpper, "strings.Join": strings.Join, "strings.Split": strings.Split,
	"strings.Contains": strings.Contains, "strings.Fields": strings.Fields, "strings.Cut": strings.Cut, "strings.Index": strings.Index,
	"time.After": time.After, "time.Sleep": time.Sleep, "runtime.Gosched": runtime.Gosched, "runtime.Goexit": runtime.Goexit,
	"strings.TrimSpace": strings.TrimSpace, "strings.ReplaceAll": strings.ReplaceAll,
}

var named = map[string]reflect.Type{
	"strings.Builder": reflect.TypeFor[strings.Builder](), "time.Duration": reflect.TypeFor[time.Duration](),
	"io.Writer": reflect.TypeFor[io.Writer](), "sync.WaitGroup": reflect.TypeFor[sync.WaitGroup](),
	"sync.Mutex": reflect.TypeFor[sync.Mutex](), "sync.RWMutex": reflect.TypeFor[sync.RWMutex](), "sync.Once": reflect.TypeFor[sync.Once](),
	"atomic.Int64": reflect.TypeFor[atomic.Int64](), "time.Time": reflect.TypeFor[time.Time](),
}

func parse(t testing.TB, src string) *checked {
	t.Helper()
	c := &checked{fset: token.NewFileSet(), funcs: map[string]*Func{}, vars: map[*types.Var]*unsafe.Pointer{}}
	f, err := parser.ParseFile(c.fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	c.file = f
	c.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
	}
	importMu.Lock()
	defer importMu.Unlock()
	cfg := types.Config{Importer: imports, Sizes: sizes}
	if c.pkg, err = cfg.Check("main", c.fset, []*ast.File{f}, c.info); err != nil {
		t.Fatal(err)
	}
	c.env = &Env{
		Info: c.info,
		Var: func(v *types.Var) *unsafe.Pointer {
			if v.Parent() != c.pkg.Scope() {
				return nil
			}
			if c.vars[v] == nil {
				p := reflect.New(shape(v.Type())).UnsafePointer()
				c.vars[v] = &p
			}
			return c.vars[v]
		},
		Symbol: func(path, name string) reflect.Value {
			if strings.Contains(name, ".") {
				return reflect.ValueOf(true)
			}
			return reflect.ValueOf(symbols[path+"."+name])
		},
		Named: func(path, name string) reflect.Type { return named[filepath.Base(path)+"."+name] },
		True: func(t types.Type) func() reflect.Type {
			if s, ok := t.(*types.Slice); ok {
				return func() reflect.Type { return reflect.SliceOf(shape(s.Elem())) }
			}
			if p, ok := t.(*types.Pointer); ok {
				if n, ok := p.Elem().(*types.Named); ok && n.Obj().Name() == "Builder" {
					return func() reflect.Type { return reflect.TypeFor[*strings.Builder]() }
				}
			}
			n, ok := t.(*types.Named)
			if !ok || isCell(n.Obj()) {
				return func() reflect.Type { return shape(t) } // good enough for sort.Slice
			}
			return func() reflect.Type { return named[n.Obj().Pkg().Path()+"."+n.Obj().Name()] }
		},
		Bound: func(v any, name string) any { return reflect.ValueOf(v).MethodByName(name).Interface() },
		Has: func(t types.Type) func(v any) bool {
			r := c.trueType(t)
			if types.IsInterface(t) {
				return func(v any) bool { return reflect.TypeOf(v).Implements(r) }
			}
			return func(v any) bool { return reflect.TypeOf(v) == r }
		},
		Failed: func(to, from types.Type) func(v any) error {
			return func(v any) error {
				return fmt.Errorf("interface conversion: %v is %v, not %v", c.trueType(from), reflect.TypeOf(v), c.trueType(to))
			}
		},
		Trace: func(f []Frame) { c.trace = f },
	}
	return c
}

// compile compiles all functions of the program but main.
func (c *checked) compile(t testing.TB) {
	t.Helper()
	var ds []*ast.FuncDecl
	for _, d := range c.file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name != "main" {
			ds = append(ds, d)
		}
	}
	fs, r := c.env.Compile(ds)
	if r != nil {
		t.Fatalf("%s: %s", c.fset.Position(r.Pos), r.Reason)
	}
	for _, f := range fs {
		c.funcs[f.Name()] = f
	}
}

// trueType returns the type of values in interfaces, for types without a name and those
// of compiled packages.
func (c *checked) trueType(t types.Type) reflect.Type {
	if r := plainType(t); r != nil {
		return r
	}
	if types.Identical(t, types.Universe.Lookup("error").Type()) {
		return reflect.TypeFor[error]()
	}
	return c.env.True(t)()
}

func call[T any](c *checked, name string) (r T) {
	c.funcs[name].Call(unsafe.Pointer(&r))
	return r
}

// text calls a function that returns a string; a panic becomes its text.
func (c *checked) text(name string) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("panic: ", r)
		}
	}()
	return call[string](c, name)
}

// initialize gives the variables of the program their values.
func (c *checked) initialize(t testing.TB) {
	t.Helper()
	for _, in := range c.info.InitOrder {
		lhs := make([]ast.Expr, len(in.Lhs))
		for i, v := range in.Lhs {
			id := ast.NewIdent(v.Name())
			c.info.Uses[id] = v
			c.info.Types[id] = types.TypeAndValue{Type: v.Type()}
			lhs[i] = id
		}
		s := &ast.AssignStmt{Lhs: lhs, Tok: token.ASSIGN, Rhs: []ast.Expr{in.Rhs}}
		l, r := c.env.CompileLoop(s, nil)
		if r != nil {
			t.Fatalf("%s: %s", c.fset.Position(r.Pos), r.Reason)
		}
		l.Run()
	}
}

// typeChecks reports whether a program has no errors.
func typeChecks(src string) bool {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		return false
	}
	importMu.Lock()
	defer importMu.Unlock()
	cfg := types.Config{Importer: imports, Sizes: sizes}
	_, err = cfg.Check("main", fset, []*ast.File{f}, nil)
	return err == nil
}
