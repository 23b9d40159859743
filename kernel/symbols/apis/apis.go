// Package apis reads the exported API of this module's packages from source.
//
// The generator of the symbol tables uses it, and so does the test that compares
// the tables with the source: reading takes a second because no function body is
// checked and imports of the standard library come from the embedded export data.
//
//	pkgs, docs, err := apis.Load(root)
//
// It is not part of the kernel that users run.
package apis

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"descent/kernel/symbols/typedata"
)

// Roots are the folders of the module whose packages cells may import.
var Roots = []string{"dl", "display", "datasets"}

// ModuleRoot finds the folder of go.mod at or above dir.
func ModuleRoot(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = up
	}
}

// loader type-checks packages of the module from source, without bodies.
type loader struct {
	root string
	fset *token.FileSet
	std  types.Importer
	done map[string]*types.Package
	docs map[string]map[string]string
	ctx  build.Context
	errs []error

	foreign bool // read third-party packages too, instead of taking them for empty
}

// Load returns the packages that cells may import, and their documentation by
// package and symbol: this module's, and the third-party ones whose types their
// API names.
func Load(root string) ([]*types.Package, map[string]map[string]string, error) {
	pkgs, docs, err := load(root, false)
	if err != nil {
		// Some exported name needs a third-party package, which takes longer to read.
		pkgs, docs, err = load(root, true)
	}
	return pkgs, docs, err
}

func load(root string, foreign bool) ([]*types.Package, map[string]map[string]string, error) {
	l := &loader{root: root, foreign: foreign, fset: token.NewFileSet(), done: map[string]*types.Package{}, docs: map[string]map[string]string{}, ctx: build.Default}
	l.ctx.GOOS, l.ctx.GOARCH, l.ctx.CgoEnabled = "linux", "amd64", false
	l.std = typedata.NewImporter()
	paths, err := Paths(root)
	if err != nil {
		return nil, nil, err
	}
	var pkgs []*types.Package
	named := map[string]bool{}
	for _, p := range paths {
		pkg, err := l.Import(p)
		if err != nil {
			return nil, nil, err
		}
		pkgs = append(pkgs, pkg)
		for _, m := range Mentions(pkg) {
			named[m] = named[m] || offered(m)
		}
	}
	for p := range named {
		if named[p] {
			pkg, err := l.Import(p)
			if err != nil {
				return nil, nil, err
			}
			pkgs = append(pkgs, pkg)
		}
	}
	return pkgs, l.docs, errors.Join(l.errs...)
}

// third reports whether a path is that of a third-party package.
func third(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

// offered reports whether a third-party package may be named by an exported API,
// and is then offered to cells.
func offered(path string) bool { return strings.HasPrefix(path, "gonum.org/v1/gonum/") }

// Paths lists the import paths of the module that cells may import.
func Paths(root string) ([]string, error) {
	var paths []string
	for _, r := range Roots {
		err := filepath.WalkDir(filepath.Join(root, r), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if !d.IsDir() {
				return nil
			}
			switch n := d.Name(); {
			case n == "internal" || n == "testdata" || strings.HasPrefix(n, ".") || strings.HasPrefix(n, "_"):
				return filepath.SkipDir
			}
			goFiles, err := filepath.Glob(filepath.Join(p, "*.go"))
			if err != nil {
				return err
			}
			for _, f := range goFiles {
				if !strings.HasSuffix(f, "_test.go") {
					rel, err := filepath.Rel(root, p)
					if err != nil {
						return err
					}
					paths = append(paths, "descent/"+filepath.ToSlash(rel))
					break
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	sort.Strings(paths)
	return paths, nil
}

// Import implements types.Importer.
func (l *loader) Import(path string) (*types.Package, error) {
	if p := l.done[path]; p != nil {
		return p, nil
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	dir := ""
	rel, own := strings.CutPrefix(path, "descent/")
	switch {
	case own:
		dir = filepath.Join(l.root, filepath.FromSlash(rel))
	case !third(path):
		if p, err := l.std.Import(path); err == nil {
			return p, nil
		}
		// Left out for cells, so no exported signature may need it.
	case l.foreign && offered(path):
		cmd := exec.Command("go", "list", "-f", "{{.Dir}}", path)
		cmd.Dir = l.root
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list %s: %w", path, err)
		}
		dir = strings.TrimSpace(string(out))
	}
	if dir == "" {
		p := types.NewPackage(path, filepath.Base(path))
		p.MarkComplete()
		l.done[path] = p
		return p, nil
	}
	files, err := Parse(&l.ctx, l.fset, dir)
	if err != nil {
		return nil, err
	}
	conf := types.Config{Importer: l, IgnoreFuncBodies: true, FakeImportC: true, Error: func(error) {}}
	pkg, _ := conf.Check(path, l.fset, files.Files, nil)
	pkg.MarkComplete()
	l.done[path] = pkg
	if own && !strings.Contains(path, "/internal") || offered(path) && l.foreign {
		if bad := invalid(pkg); own && len(bad) > 0 {
			l.errs = append(l.errs, fmt.Errorf("%s: the types of %s do not resolve", path, strings.Join(bad, ", ")))
		}
		if l.docs[path], err = Docs(l.fset, files.Files, path); err != nil {
			return nil, err
		}
	}
	return pkg, nil
}

// invalid lists exported objects with a type that does not resolve.
func invalid(p *types.Package) (names []string) {
	for _, n := range p.Scope().Names() {
		o := p.Scope().Lookup(n)
		if o.Exported() && strings.Contains(Describe(o), "invalid type") {
			names = append(names, n)
		}
	}
	return names
}

// Files is the parsed source of one package.
type Files struct {
	Fset  *token.FileSet
	Files []*ast.File
}

// Parse parses the package in dir with its comments. Errors in bodies that are
// being edited do not matter to the API and are ignored.
func Parse(ctx *build.Context, fset *token.FileSet, dir string) (*Files, error) {
	bp, err := ctx.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	out := &Files{Fset: fset}
	for _, n := range bp.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(dir, n), nil, parser.ParseComments|parser.SkipObjectResolution)
		if f == nil {
			return nil, err
		}
		out.Files = append(out.Files, f)
	}
	return out, nil
}

// Docs returns the documentation of a package by symbol: "" is the package,
// "T.M" a method or a commented field.
func Docs(fset *token.FileSet, files []*ast.File, path string) (map[string]string, error) {
	m := map[string]string{}
	fields(files, m)
	mode := doc.PreserveAST
	if path == "builtin" {
		mode |= doc.AllDecls
	}
	p, err := doc.NewFromFiles(fset, files, path, mode)
	if err != nil {
		return nil, err
	}
	put := func(name, text string) {
		if text = strings.TrimSpace(text); text != "" {
			m[name] = text
		}
	}
	put("", p.Doc)
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			for _, n := range v.Names {
				if token.IsExported(n) || path == "builtin" {
					put(n, v.Doc+"\n"+specDoc(v.Decl, n))
				}
			}
		}
	}
	funcs := func(prefix string, fs []*doc.Func) {
		for _, f := range fs {
			put(prefix+f.Name, f.Doc)
		}
	}
	values(p.Consts)
	values(p.Vars)
	funcs("", p.Funcs)
	for _, t := range p.Types {
		put(t.Name, t.Doc)
		values(t.Consts)
		values(t.Vars)
		funcs("", t.Funcs)
		funcs(t.Name+".", t.Methods)
	}
	return m, nil
}

// specDoc returns the comment of one name inside a grouped declaration.
func specDoc(d *ast.GenDecl, name string) string {
	for _, s := range d.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, n := range v.Names {
			if n.Name == name {
				if v.Doc != nil {
					return v.Doc.Text()
				}
				return v.Comment.Text()
			}
		}
	}
	return ""
}

// fields collects the comments of exported struct fields and interface methods.
func fields(files []*ast.File, m map[string]string) {
	for _, f := range files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, s := range g.Specs {
				t := s.(*ast.TypeSpec)
				var list *ast.FieldList
				switch x := t.Type.(type) {
				case *ast.StructType:
					list = x.Fields
				case *ast.InterfaceType:
					list = x.Methods
				}
				if list == nil || !t.Name.IsExported() {
					continue
				}
				for _, fd := range list.List {
					text := fd.Doc.Text()
					if text == "" {
						text = fd.Comment.Text()
					}
					for _, n := range fd.Names {
						if n.IsExported() && text != "" {
							m[t.Name.Name+"."+n.Name] = strings.TrimSpace(text)
						}
					}
				}
			}
		}
	}
}
