package dl_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamples fails when an exported function of the library, or a method of
// Tensor, has no example with output: one of its own in package dl, and in the
// others one of its own or one that calls it, since writing and reading a file
// belong together.
func TestExamples(t *testing.T) {
	for _, p := range tablePackages {
		own, called := examples(t, p.dir)
		for _, s := range symbols(t, p.dir) {
			receiver, method, isMethod := strings.Cut(s.name, ".")
			if s.kind == "type" || isMethod && receiver != "Tensor" {
				continue
			}
			name := strings.ReplaceAll(s.name, ".", "_")
			if isMethod {
				name = "Tensor_" + method
			}
			if !own[name] && (p.dir == "." || !called[s.name]) {
				t.Errorf("%s: no example shows %s", p.dir, s.name)
			}
		}
	}
}

// examples lists what the examples of a package with output are named for, and
// the functions of the package that they call.
func examples(t *testing.T, dir string) (own, called map[string]bool) {
	t.Helper()
	own, called = map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	for _, file := range files {
		f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || !strings.HasPrefix(fn.Name.Name, "Example") || !hasOutput(f, fn) {
				continue
			}
			own[exampleOf(fn.Name.Name)] = true
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					called[s.Sel.Name] = true
				}
				return true
			})
		}
	}
	if len(own) == 0 {
		t.Fatalf("%s: no examples", dir)
	}
	return own, called
}

// exampleOf is the symbol that an example is named for: ExampleTensor_Sum_dims is
// one of Tensor_Sum.
func exampleOf(name string) string {
	name = strings.TrimPrefix(name, "Example")
	parts := strings.Split(name, "_")
	if last := parts[len(parts)-1]; len(parts) > 1 && last != "" && last[0] >= 'a' && last[0] <= 'z' {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, "_")
}

// hasOutput reports whether an example is run and compared.
func hasOutput(f *ast.File, fn *ast.FuncDecl) bool {
	for _, c := range f.Comments {
		text := strings.ToLower(c.Text())
		if c.Pos() > fn.Body.Pos() && c.End() < fn.Body.End() && (strings.HasPrefix(text, "output:") || strings.HasPrefix(text, "unordered output:")) {
			return true
		}
	}
	return false
}
