package closure

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
)

// A generic function is compiled once for each list of type arguments. Its body is
// checked again, where the names of the type parameters are those of the arguments: the
// rest of the compiler never sees a type parameter.

// Generics says where the generic functions of a check are.
type Generics struct {
	Fset  *token.FileSet
	Pkg   *types.Package
	Files []*types.Scope                     // of the files, with the names of imports
	Decl  func(fn *types.Func) *ast.FuncDecl // nil if the source is not known
}

// instances holds the compiled instances of the generic functions of a check.
type instances struct {
	env   *Env
	from  Generics
	args  *types.Package // which has the type arguments as types
	ctxt  *types.Context
	made  map[*types.Func][]*instance
	queue []*instance // laid out and not compiled yet
	count int
}

// instance is a generic function with type arguments.
type instance struct {
	args []types.Type
	f    *Func
	sig  *types.Signature
	env  *Env // with the info of the check of the body
	lit  *ast.FuncLit
}

// SetGenerics makes it possible to compile generic functions.
func (e *Env) SetGenerics(g Generics) {
	args := types.NewPackage(arguments, arguments)
	args.MarkComplete()
	e.instances = &instances{env: e, from: g, ctxt: types.NewContext(), args: args, made: map[*types.Func][]*instance{}}
}

// Instance compiles a generic function, or a method of a generic type, with these type
// arguments, unless it has done so before.
func (e *Env) Instance(fn *types.Func, args []types.Type) (f *Func, refusal *Refusal) {
	before := e.instances.begin()
	defer e.instances.end(before, &refusal)
	defer recoverRefusal(fn.Pos(), &refusal)
	f = e.instances.get(fn, args, fn.Pos())
	e.instances.finish(nil)
	return f, nil
}

// begin and end make the instances of a compilation last only if it succeeds.
func (s *instances) begin() map[*types.Func][]*instance {
	if s == nil {
		return nil
	}
	return maps.Clone(s.made)
}

func (s *instances) end(before map[*types.Func][]*instance, refusal **Refusal) {
	if s != nil && *refusal != nil {
		s.made, s.queue = before, nil
	}
}

// Forget lets go of what compiling needed: compiled code keeps its environment.
func (e *Env) Forget() {
	if s := e.instances; s != nil {
		for _, list := range s.made {
			for _, i := range list {
				i.env.forget()
			}
		}
	}
	e.forget()
}

func (e *Env) forget() { e.Info, e.Func, e.Var, e.True, e.instances = nil, nil, nil, nil, nil }

// finish compiles the instances that have been asked for, and those that these ask for.
func (s *instances) finish(group map[*types.Func]*Func) {
	for s != nil && len(s.queue) > 0 {
		i := s.queue[0]
		s.queue = s.queue[1:]
		c := newCompiler(i.env, group)
		c.sig = i.sig
		c.top, c.most = i.f.head, i.f.head
		c.boxed = addressed(c.info, i.lit.Body)
		c.bodyOf(i.f, nil, i.lit.Type, i.lit.Body, nil)
	}
}

// get returns an instance, compiled or in the queue.
func (s *instances) get(fn *types.Func, args []types.Type, pos token.Pos) *Func {
	if s == nil {
		refuse(pos, "generic functions are not compiled")
	}
	fn = fn.Origin()
	for _, i := range s.made[fn] {
		if slices.EqualFunc(i.args, args, types.Identical) {
			return i.f
		}
	}
	d := s.from.Decl(fn)
	if d == nil || d.Body == nil {
		refuse(pos, "the source of %s is not known", fn.Name())
	}
	if s.count++; s.count > 300 {
		refuse(pos, "there are too many instances of generic functions")
	}
	i := s.check(fn, args, d, pos)
	i.f = layOut(i.env, i.sig, nameOf(fn), d.Name.Pos())
	s.made[fn] = append(slices.Clip(s.made[fn]), i)
	s.queue = append(s.queue, i)
	return i.f
}

// arguments is the name of a package that only the checks of instances import.
const arguments = "arguments·"

// check checks the body of a function as that of
//
//	func _() {
//		type T = arguments.A1
//		_ = func(receiver and parameters) results { body }
//	}
func (s *instances) check(fn *types.Func, args []types.Type, d *ast.FuncDecl, pos token.Pos) *instance {
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if t, ok := n.(*ast.TypeSpec); ok {
			refuse(t.Pos(), "a type declared in a generic function")
		}
		return true
	})
	at := d.Pos()
	ident := func(n string) *ast.Ident { return &ast.Ident{NamePos: at, Name: n} }
	name := func(t types.Type) ast.Expr {
		n := fmt.Sprint("A", s.args.Scope().Len())
		s.args.Scope().Insert(types.NewTypeName(at, s.args, n, t))
		return &ast.SelectorExpr{X: ident(arguments), Sel: ident(n)}
	}
	sig := fn.Type().(*types.Signature)
	params := sig.TypeParams()
	if sig.RecvTypeParams().Len() > 0 {
		params = sig.RecvTypeParams()
	}
	if params.Len() != len(args) {
		refuse(pos, "the type arguments of %s", fn.Name())
	}
	body := &ast.BlockStmt{Lbrace: at, Rbrace: d.End()}
	for i, a := range args {
		if n := params.At(i).Obj().Name(); n != "_" {
			t := &ast.TypeSpec{Name: ident(n), Assign: at, Type: name(a)}
			body.List = append(body.List, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: at, Tok: token.TYPE, Specs: []ast.Spec{t}}})
		}
	}
	typ := &ast.FuncType{Func: at, Params: &ast.FieldList{}, Results: d.Type.Results}
	var recv types.Type
	if d.Recv != nil {
		recv = s.receiver(sig.Recv().Type(), args, pos)
		f := *d.Recv.List[0]
		f.Type = name(recv)
		typ.Params.List = append(typ.Params.List, withName(f))
	}
	for _, f := range d.Type.Params.List {
		typ.Params.List = append(typ.Params.List, withName(*f))
	}
	i := &instance{args: args, lit: &ast.FuncLit{Type: typ, Body: d.Body}}
	body.List = append(body.List, &ast.AssignStmt{Lhs: []ast.Expr{ident("_")}, TokPos: at, Tok: token.ASSIGN, Rhs: []ast.Expr{i.lit}})
	i.env = s.checked(&ast.FuncDecl{Name: ident("_"), Type: &ast.FuncType{Func: at, Params: &ast.FieldList{}}, Body: body}, pos)
	i.sig = i.env.Info.Types[i.lit].Type.(*types.Signature)
	if recv != nil {
		vars := slices.Collect(i.sig.Params().Variables())
		i.sig = types.NewSignatureType(types.NewVar(at, s.from.Pkg, "", recv), nil, nil, types.NewTuple(vars[1:]...), i.sig.Results(), i.sig.Variadic())
	}
	return i
}

// withName gives a parameter without a name the blank one.
func withName(f ast.Field) *ast.Field {
	if len(f.Names) == 0 {
		f.Names = []*ast.Ident{{NamePos: f.Type.Pos(), Name: "_"}}
	}
	return &f
}

// receiver returns the type of a receiver with type arguments.
func (s *instances) receiver(t types.Type, args []types.Type, pos token.Pos) types.Type {
	p, isPtr := t.(*types.Pointer)
	if isPtr {
		t = p.Elem()
	}
	n, err := types.Instantiate(s.ctxt, types.Unalias(t).(*types.Named).Origin(), args, false)
	if err != nil {
		refuse(pos, "%v", err)
	}
	if isPtr {
		return types.NewPointer(n)
	}
	return n
}

// checked returns an environment with the types of a declaration.
func (s *instances) checked(d *ast.FuncDecl, pos token.Pos) *Env {
	env := *s.env
	env.Info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
	}
	var wrong error
	f := &ast.File{Package: d.Pos(), Name: &ast.Ident{NamePos: d.Pos(), Name: s.from.Pkg.Name()}, FileStart: d.Pos(), FileEnd: d.End()}
	from := s.imports(f, d)
	cfg := &types.Config{Context: s.ctxt, Sizes: sizes, Importer: from, DisableUnusedImportCheck: true, Error: func(err error) {
		var e types.Error
		if errors.As(err, &e) && !e.Soft && wrong == nil {
			wrong = err
		}
	}}
	types.NewChecker(cfg, s.from.Fset, s.from.Pkg, env.Info).Files([]*ast.File{f})
	if wrong != nil {
		refuse(pos, "an instance of the function: %v", wrong)
	}
	// What is constant with these type arguments only is computed, as in compiled code.
	for e, tv := range env.Info.Types {
		if tv.Value == nil {
			continue
		}
		if was, ok := s.env.Info.Types[e]; ok && was.Value == nil {
			tv.Value = nil
			env.Info.Types[e] = tv
		}
	}
	return &env
}

// importing finds packages by their paths.
type importing map[string]*types.Package

func (m importing) Import(path string) (*types.Package, error) {
	if p := m[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}

// imports gives a file a declaration, and the imports that the files of the check have
// for the names in it.
func (s *instances) imports(f *ast.File, d *ast.FuncDecl) importing {
	from := importing{arguments: s.args}
	g := &ast.GenDecl{TokPos: d.Pos(), Tok: token.IMPORT, Lparen: d.Pos()}
	add := func(name, path string) {
		path = strconv.Quote(path)
		g.Specs = append(g.Specs, &ast.ImportSpec{
			Name: &ast.Ident{NamePos: d.Pos(), Name: name}, Path: &ast.BasicLit{ValuePos: d.Pos(), Kind: token.STRING, Value: path},
		})
	}
	add(arguments, arguments)
	seen := map[string]bool{}
	ast.Inspect(d, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || seen[id.Name] {
			return true
		}
		seen[id.Name] = true
		for _, scope := range s.from.Files {
			p, name := (*types.Package)(nil), id.Name
			switch o := scope.Lookup(id.Name).(type) {
			case nil:
			case *types.PkgName:
				p = o.Imported()
			default: // of a package that is imported into the file
				p, name = o.Pkg(), "."
			}
			if p != nil && (name != "." || from[p.Path()] == nil) {
				from[p.Path()] = p
				add(name, p.Path())
				break
			}
		}
		return true
	})
	f.Decls = []ast.Decl{g, d}
	return from
}

// instanceOf returns the compiled function that a name of a function stands for.
func (c *compiler) instanceOf(id *ast.Ident, fn *types.Func) *Func {
	if i, ok := c.info.Instances[id]; ok && isCell(fn) {
		return c.env.instances.get(fn, slices.Collect(i.TypeArgs.Types()), id.Pos())
	}
	return c.callee(fn, id.Pos())
}

// typeArguments returns those of the type of a receiver.
func typeArguments(recv types.Type) []types.Type {
	t := types.Unalias(recv)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok && n.TypeArgs().Len() > 0 {
		return slices.Collect(n.TypeArgs().Types())
	}
	return nil
}

// generic returns the name of a generic function in f, f[T] and f[T, U], nil for other
// expressions.
func (c *compiler) generic(e ast.Expr) (*ast.Ident, *types.Func) {
	switch x := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		e = x.X
	case *ast.IndexListExpr:
		e = x.X
	}
	id, _ := ast.Unparen(e).(*ast.Ident)
	if s, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		id = s.Sel
	}
	if id == nil {
		return nil, nil
	}
	fn, ok := c.info.Uses[id].(*types.Func)
	if _, is := c.info.Instances[id]; !ok || !is {
		return nil, nil
	}
	return id, fn
}
