package nn_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// goldenPlaces are the tables and functions of this package's tests whose every entry is compared with PyTorch.
var goldenPlaces = map[string]bool{"goldenLayers": true, "remainingLayers": true, "goldenLosses": true, "recurrentRun": true, "TestAttentionAgainstTorch": true}

// withoutGolden lists layers that PyTorch does not have.
var withoutGolden = map[string]string{
	"NewLearnedPositions":    "not in PyTorch",
	"NewSinusoidalPositions": "not in PyTorch",
	"NewStateDict":           "no layer",
}

// TestGoldenForEveryLayer fails when the package exports a layer or a loss that no golden case covers.
func TestGoldenForEveryLayer(t *testing.T) {
	layers := map[string]bool{}
	covered := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		test := strings.HasSuffix(name, "_test.go")
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				switch {
				case test && goldenPlaces[d.Name.Name]:
					ofPackage(d.Body, covered)
				case !test && d.Recv == nil && (strings.HasPrefix(d.Name.Name, "New") || isLoss(d.Type)) && d.Name.IsExported():
					layers[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok && test && goldenPlaces[v.Names[0].Name] {
						ofPackage(v.Values[0], covered)
					}
				}
			}
		}
	}
	if len(layers) < 80 || len(covered) < 80 {
		t.Fatalf("found %d layers, %d covered: the parser must have missed some", len(layers), len(covered))
	}
	for name := range layers {
		if why := withoutGolden[name]; covered[name] == (why != "") {
			t.Errorf("%s: compared with PyTorch: %v, listed as one that is not: %q", name, covered[name], why)
		}
	}
	for name := range withoutGolden {
		if !layers[name] {
			t.Errorf("withoutGolden has %s, which is not exported", name)
		}
	}
}

// ofPackage adds what a piece of code selects from package nn.
func ofPackage(n ast.Node, names map[string]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && id.Name == "nn" {
				names[s.Sel.Name] = true
			}
		}
		return true
	})
}

// isLoss tells functions of an output and a target, and those that make one.
func isLoss(f *ast.FuncType) bool {
	if f.Results == nil || len(f.Results.List) != 1 {
		return false
	}
	if id, ok := f.Results.List[0].Type.(*ast.Ident); ok {
		return id.Name == "Loss"
	}
	return len(f.Params.List) == 1 && len(f.Params.List[0].Names) == 2 && f.Params.List[0].Names[1].Name == "target"
}
