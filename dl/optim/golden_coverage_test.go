package optim_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoldenForEveryOptimizer fails when the package exports an optimizer, a schedule or a function of gradients that no
// test calls which reads PyTorch's numbers.
func TestGoldenForEveryOptimizer(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	exported, covered := map[string]bool{}, map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			switch test := strings.HasSuffix(name, "_test.go"); {
			case !ok || fn.Recv != nil:
			case !test && fn.Name.IsExported():
				exported[fn.Name.Name] = true
			case test:
				selected, golden := selections(fn)
				for s := range selected {
					covered[s] = covered[s] || golden
				}
			}
		}
	}
	if len(exported) < 20 {
		t.Fatalf("found only %d functions: the parser must have missed some", len(exported))
	}
	for name := range exported {
		if !covered[name] {
			t.Errorf("%s is compared with no number of PyTorch", name)
		}
	}
}

// selections lists what a function selects from package optim, and whether it works on golden cases: it has one as a
// parameter, or reads some.
func selections(fn *ast.FuncDecl) (names map[string]bool, golden bool) {
	names = map[string]bool{}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if ok && id.Name == "optim" {
				names[n.Sel.Name] = true
			}
			golden = golden || ok && id.Name == "golden" && (n.Sel.Name == "Case" || n.Sel.Name == "Load")
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			golden = golden || ok && id.Name == "cases"
		}
		return true
	})
	return names, golden
}
