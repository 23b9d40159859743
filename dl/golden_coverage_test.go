package dl_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"descent/dl/internal/golden"
)

// goldenTables names the tables of calls in this package's tests and the files
// of PyTorch's numbers that they are run against.
var goldenTables = map[string]string{
	"coreOps": "core_ops", "moreOps": "more_ops", "specialOps": "special_ops", "activationOps": "activation_ops", "convOps": "conv_ops",
	"linalgOps": "linalg_ops", "spatialOps": "spatial_ops", "goldenOps": "nn_ops",
	"remainingOps": "remaining_ops",
}

// withoutGolden lists what is exported and has no case in a golden file, and why.
var withoutGolden = map[string]string{
	"Rand": drawn, "RandInt": drawn, "RandLike": drawn, "RandPerm": drawn, "Randn": drawn, "RandnLike": drawn, "Dropout": drawn,
	"AlphaDropout": drawn, "DropoutChannels": drawn, "FeatureAlphaDropout": drawn, "Tensor.Bernoulli": drawn, "Tensor.GumbelSoftmax": drawn,
	"Tensor.Multinomial": drawn, "Tensor.NormalInPlace": drawn, "Tensor.UniformInPlace": drawn,

	"DetectAnomaly": noNumbers, "EnableGrad": noNumbers, "GradEnabled": noNumbers, "Interrupted": noNumbers, "ManualSeed": noNumbers,
	"NoGrad": noNumbers, "SetCaller": noNumbers, "SetInterrupt": noNumbers, "DefaultGenerator": noNumbers, "NewGenerator": noNumbers,
	"NewGraph": noNumbers, "TraceGraph": noNumbers, "NewParameter": noNumbers, "Tensor.BumpVersion": noNumbers, "Tensor.DType": noNumbers,
	"Tensor.Dim": noNumbers, "Tensor.GradFn": noNumbers, "Tensor.IsContiguous": noNumbers, "Tensor.IsLeaf": noNumbers,
	"Tensor.IsParameter": noNumbers, "Tensor.OnGrad": noNumbers, "Tensor.RequiresGrad": noNumbers, "Tensor.RetainGrad": noNumbers,
	"Tensor.SetRequiresGrad": noNumbers, "Tensor.Shape": noNumbers, "Tensor.SharesMemory": noNumbers, "Tensor.Size": noNumbers,
	"Tensor.Strides": noNumbers, "Tensor.Version": noNumbers, "Tensor.ZeroGrad": noNumbers, "Tensor.Free": noNumbers, "Empty": noNumbers, "EmptyLike": noNumbers,

	"FromBools": copied, "FromFloat32s": copied, "FromFloat64s": copied, "FromInt32s": copied, "FromInt64s": copied, "FromUint8s": copied,
	"FromMatrix": copied, "NewOf": copied, "Tensor.At": copied, "Tensor.SetAt": copied, "Tensor.Item": copied, "Tensor.Bools": copied,
	"Tensor.Float32s": copied, "Tensor.Float64s": copied, "Tensor.Int32s": copied, "Tensor.Int64s": copied, "Tensor.Uint8s": copied,
	"Tensor.Matrix": copied, "Tensor.Vector": copied, "Tensor.Grad": copied, "Tensor.SetGrad": copied,
	"FromBits":    "PyTorch's files of halves in package store hold it to the bit",
	"Tensor.Bits": "PyTorch's files of halves in package store hold it to the bit",

	"SetPrintOptions": "testdata/print.json has PyTorch's text", "Tensor.String": "testdata/print.json has PyTorch's text",
	"Tensor.Format": "testdata/print.json has PyTorch's text",

	"AllClose": "one bit, of Tensor.IsClose, which has cases", "Tensor.AllClose": "one bit, of Tensor.IsClose, which has cases",
	"Equal": "one bit, of Tensor.Eq, which has cases", "Tensor.Equal": "one bit, of Tensor.Eq, which has cases",

	"Apply": "calls what the user wrote", "ApplyMulti": "calls what the user wrote", "Checkpoint": "calls what the user wrote",
	"Tensor.Backward": backwards, "Tensor.BackwardKeep": backwards, "Tensor.BackwardWith": backwards, "Grad": backwards,
}

const (
	drawn     = "PyTorch draws other numbers; tests of the distribution hold it"
	noNumbers = "it computes no numbers"
	copied    = "it copies numbers, as every golden case does"
	backwards = "every gradient of every golden case comes from it"
)

// TestGoldenForEveryOperation fails when package dl exports an operation that no
// case of PyTorch covers: forwards, and backwards where the gradient table has it.
func TestGoldenForEveryOperation(t *testing.T) {
	forward, backward := goldenCoverage(t)
	differentiable := map[string]bool{}
	for _, r := range gradTable {
		name, _, _ := strings.Cut(r.name, "/")
		differentiable[name] = true
	}
	exported := map[string]bool{}
	for _, s := range symbols(t, ".") {
		receiver, _, method := strings.Cut(s.name, ".")
		if s.kind == "type" || method && receiver != "Tensor" {
			continue
		}
		exported[s.name] = true
		switch why, listed := withoutGolden[s.name]; {
		case listed && why == "":
			t.Errorf("%s is listed in withoutGolden without a reason", s.name)
		case listed && forward[s.name]:
			t.Errorf("%s has a golden case and is listed in withoutGolden", s.name)
		case !listed && !forward[s.name]:
			t.Errorf("%s has no golden case", s.name)
		case !listed && differentiable[s.name] && !backward[s.name]:
			t.Errorf("%s has no golden case with a gradient", s.name)
		}
	}
	for name := range withoutGolden {
		if !exported[name] {
			t.Errorf("withoutGolden has %s, which is not exported", name)
		}
	}
}

// goldenCoverage lists the functions and methods that the entries of the golden
// tables call: all of those with a case, and those with a case that has gradients.
func goldenCoverage(t *testing.T) (forward, backward map[string]bool) {
	t.Helper()
	forward, backward = map[string]bool{}, map[string]bool{}
	calls := goldenCalls(t)
	for table, data := range goldenTables {
		if len(calls[table]) == 0 {
			t.Fatalf("no table %s", table)
		}
		file := golden.Load(t, "testdata/"+data+".json")
		if file.Meta["torch"] == "" {
			t.Errorf("%s.json does not say which PyTorch made it", data)
		}
		for _, c := range file.Cases {
			for _, name := range calls[table][c.String("op")] {
				forward[name] = len(c.Out) > 0 || forward[name]
				backward[name] = len(c.Grad) > 0 || backward[name]
			}
		}
	}
	return forward, backward
}

// goldenCalls parses the tables: for every table and key, the functions of dl and
// the methods of Tensor that the entry mentions.
func goldenCalls(t *testing.T) map[string]map[string][]string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string][]string{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if goldenTables[v.Names[0].Name] == "" {
					continue
				}
				entries := map[string][]string{}
				for _, e := range v.Values[0].(*ast.CompositeLit).Elts {
					kv := e.(*ast.KeyValueExpr)
					entries[strings.Trim(kv.Key.(*ast.BasicLit).Value, `"`)] = operationsIn(kv.Value)
				}
				out[v.Names[0].Name] = entries
			}
		}
	}
	return out
}

// operationsIn lists what an expression selects: of package dl "Name", of
// anything but the golden case, which is always called c, "Tensor.Name".
func operationsIn(e ast.Expr) (names []string) {
	ast.Inspect(e, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		switch id, _ := s.X.(*ast.Ident); {
		case id != nil && id.Name == "dl":
			names = append(names, s.Sel.Name)
		case id == nil || id.Name != "c":
			names = append(names, "Tensor."+s.Sel.Name)
		}
		return true
	})
	return names
}
