package metric

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// withoutGolden lists what scikit-learn has no number for, and why.
var withoutGolden = map[string]string{
	"Digits":                       "names of classes",
	"NewMean":                      "the mean of what the user measures; TestMean",
	"Confused.String":              "text",
	"ConfusionMatrix.Add":          "what Update does for each pair",
	"ConfusionMatrix.MostConfused": "TestMostConfused",
	"ConfusionMatrix.Normalized":   "TestMostConfused",
	"ConfusionMatrix.Specificity":  "scikit-learn has none; TestMostConfused",
	"ConfusionMatrix.Report":       "the text of numbers that have cases; its example has scikit-learn's layout",
	"Curve.String":                 "text", "Report.String": "text", "Mean.Name": "text", "Rate.Name": "text",
	"Mean.Reset": "TestMean", "Mean.Update": "TestMean", "Mean.Value": "TestMean", "Rate.Reset": "sets counters to zero",
}

// TestGoldenForEveryMetric fails when the package exports a function or method that no test calls which reads
// scikit-learn's numbers. Methods are told apart by name alone.
func TestGoldenForEveryMetric(t *testing.T) {
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
			case !ok:
			case test && readsGolden(fn):
				ast.Inspect(fn, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						covered[id.Name] = true
					}
					return true
				})
			case !test && fn.Name.IsExported():
				exported[fullName(fn)] = true
			}
		}
	}
	if len(exported) < 30 {
		t.Fatalf("found only %d functions: the parser must have missed some", len(exported))
	}
	for name := range exported {
		_, method, _ := strings.Cut(name, ".")
		has := covered[name] || covered[method]
		if why, listed := withoutGolden[name]; !has && !listed {
			t.Errorf("%s is compared with no number of scikit-learn", name)
		} else if listed && why == "" {
			t.Errorf("%s is listed without a reason", name)
		}
	}
	for name := range withoutGolden {
		if !exported[name] {
			t.Errorf("withoutGolden has %s, which is not exported", name)
		}
	}
}

// fullName is "F" or "Type.M".
func fullName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	typ := fn.Recv.List[0].Type
	if p, ok := typ.(*ast.StarExpr); ok {
		typ = p.X
	}
	return typ.(*ast.Ident).Name + "." + fn.Name.Name
}

// readsGolden tells whether a function calls load.
func readsGolden(fn *ast.FuncDecl) (reads bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			id, ok := c.Fun.(*ast.Ident)
			reads = reads || ok && id.Name == "load"
		}
		return true
	})
	return reads
}
