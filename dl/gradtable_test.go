package dl_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/gradcheck"
)

// gradRow is one differentiable call. Its name is that of the function, with
// "Tensor." in front for a method, and after a slash what is special.
type gradRow struct {
	name string
	fn   func(in []*dl.Tensor) *dl.Tensor
	in   []*dl.Tensor
	// firstOnly says why the second derivative is not checked.
	firstOnly string
}

// gradTable is filled by the files gradrows_*_test.go: every differentiable
// operation that package dl exports has a row here.
var gradTable []gradRow

func addRows(rows ...gradRow) { gradTable = append(gradTable, rows...) }

// notDifferentiable lists what returns tensors but has no gradient to check,
// and why.
var notDifferentiable = map[string]string{
	"Tensor.Eq": "bool", "Tensor.Ne": "bool", "Tensor.Lt": "bool", "Tensor.Le": "bool", "Tensor.Gt": "bool", "Tensor.Ge": "bool",
	"Tensor.EqScalar": "bool", "Tensor.NeScalar": "bool", "Tensor.LtScalar": "bool", "Tensor.LeScalar": "bool",
	"Tensor.GtScalar": "bool", "Tensor.GeScalar": "bool", "Tensor.IsNaN": "bool", "Tensor.IsInf": "bool", "Tensor.IsFinite": "bool",
	"Tensor.And": "bool", "Tensor.Or": "bool", "Tensor.Xor": "bool", "Tensor.Not": "bool", "Tensor.IsClose": "bool",
	"Tensor.All": "bool", "Tensor.Any": "bool", "Tensor.CountNonzero": "integers", "Tensor.Nonzero": "integers",
	"Tensor.ArgMax": "integers", "Tensor.ArgMin": "integers", "Tensor.ArgSort": "integers", "Tensor.OneHot": "integers",
	"Tensor.Long":  "integers",
	"Tensor.Float": "To; float32 has no finite differences",
	"EmptyLike":    "creation", "ZerosLike": "creation", "OnesLike": "creation", "FullLike": "creation", "RandLike": "creation", "RandnLike": "creation",
	"NewParameter": "marks a leaf", "Tensor.SetRequiresGrad": "marks a leaf", "Tensor.RetainGrad": "marks a tensor",
	"Tensor.Grad": "reads the gradient", "Tensor.Detach": "cuts the graph", "Grad": "tested in autograd_test.go",
	"Checkpoint": "tested in checkpoint_test.go", "Apply": "tested in function_test.go", "ApplyMulti": "tested in function_test.go",
	"Tensor.UniformInPlace": "writes constants", "Tensor.NormalInPlace": "writes constants",
	"Tensor.Fill": "writes a constant", "Tensor.Zero": "writes a constant",
	"Tensor.Sign": "zero, checked in TestFlat", "Tensor.Floor": "zero, checked in TestFlat", "Tensor.Ceil": "zero, checked in TestFlat",
	"Tensor.Round": "zero, checked in TestFlat", "Tensor.Trunc": "zero, checked in TestFlat",
}

func TestGradients(t *testing.T) {
	for _, r := range gradTable {
		t.Run(r.name, func(t *testing.T) {
			if r.firstOnly == "" {
				gradcheck.CheckSecond(t, r.name, r.fn, r.in...)
			} else {
				gradcheck.Check(t, r.name, r.fn, r.in...)
			}
		})
	}
}

// TestGradTableComplete fails when package dl exports a function of tensors
// that gives tensors and that has no row in the table.
func TestGradTableComplete(t *testing.T) {
	have := map[string]bool{}
	for _, r := range gradTable {
		name, _, _ := strings.Cut(r.name, "/")
		have[name] = true
	}
	exported := exportedOps(t)
	for name := range exported {
		switch {
		case have[name] && notDifferentiable[name] != "":
			t.Errorf("%s is in the table and listed as not differentiable", name)
		case !have[name] && notDifferentiable[name] == "":
			t.Errorf("%s is exported and has no row in the gradient table", name)
		}
	}
	for name := range have {
		if !exported[name] {
			t.Errorf("the table has a row for %s, which is not exported", name)
		}
	}
	for name := range notDifferentiable {
		if !exported[name] {
			t.Errorf("%s is listed as not differentiable but not exported", name)
		}
	}
}

// exportedOps parses the package and returns the exported functions and
// methods that take a tensor and return one.
func exportedOps(t *testing.T) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]bool{}
	fset := token.NewFileSet()
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || !hasTensor(fn.Type.Results) {
				continue
			}
			switch {
			case fn.Recv == nil && hasTensor(fn.Type.Params):
				ops[fn.Name.Name] = true
			case fn.Recv != nil && hasTensor(fn.Recv):
				ops["Tensor."+fn.Name.Name] = true
			}
		}
	}
	if len(ops) < 100 {
		t.Fatalf("found only %d operations: the parser must have missed some", len(ops))
	}
	return ops
}

func hasTensor(l *ast.FieldList) bool {
	found := false
	if l == nil {
		return false
	}
	for _, f := range l.List {
		ast.Inspect(f.Type, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncType); ok {
				return false // callbacks do not count
			}
			if id, ok := n.(*ast.Ident); ok && id.Name == "Tensor" {
				found = true
			}
			return true
		})
	}
	return found
}

// Inputs for rows. All come from one seeded generator and are float64.
var rowNumbers = dl.NewGenerator(7, dl.StreamUser)

// normal returns normally distributed numbers.
func normal(shape ...int) *dl.Tensor { return rowNumbers.Randn(shape...).To(dl.Float64) }

// between returns numbers from [lo, hi).
func between(lo, hi float64, shape ...int) *dl.Tensor {
	return rowNumbers.Rand(shape...).To(dl.Float64).MulScalar(hi - lo).AddScalar(lo)
}

// apart returns distinct numbers at least 0.1 from each other and from zero,
// in random order: for operations with kinks or ties.
func apart(shape ...int) *dl.Tensor {
	n := 1
	for _, d := range shape {
		n *= d
	}
	v := make([]float64, n)
	for i, p := range rowNumbers.Perm(n) {
		v[i] = (float64(p) - float64(n)/2 + 0.3) * 0.2
	}
	return dl.FromFloat64s(v, append([]int{}, shape...)...)
}

func ints(v ...int64) *dl.Tensor { return dl.FromInt64s(v) }

func in(ts ...*dl.Tensor) []*dl.Tensor { return ts }

func unary(name string, f func(*dl.Tensor) *dl.Tensor, x *dl.Tensor) gradRow {
	return gradRow{name: name, fn: func(in []*dl.Tensor) *dl.Tensor { return f(in[0]) }, in: in(x)}
}

func binary(name string, f func(a, b *dl.Tensor) *dl.Tensor, x, y *dl.Tensor) gradRow {
	return gradRow{name: name, fn: func(in []*dl.Tensor) *dl.Tensor { return f(in[0], in[1]) }, in: in(x, y)}
}
