package cell_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"

	"descent/kernel/cell/internal/dl"
	"descent/kernel/rt"
	"descent/kernel/symbols/std"
	"descent/kernel/symbols/table"
	"descent/kernel/symbols/typedata"
)

const toyPath = "descent/kernel/cell/internal/dl"

// toyImporter adds the package of tests to the packages of the kernel.
type toyImporter struct {
	types.Importer
	toy *types.Package
}

func (i *toyImporter) Import(path string) (*types.Package, error) {
	if path == toyPath {
		return i.toy, nil
	}
	return i.Importer.Import(path)
}

func newImporter() types.Importer {
	std := typedata.NewImporter()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "internal/dl/dl.go", nil, 0)
	if err != nil {
		panic(err)
	}
	cfg := types.Config{Importer: std}
	p, err := cfg.Check(toyPath, fset, []*ast.File{f}, nil)
	if err != nil {
		panic(err)
	}
	return &toyImporter{std, p}
}

var toySymbols = map[string]reflect.Value{
	"Tensor": reflect.ValueOf((*dl.Tensor)(nil)), "Module": reflect.ValueOf((*dl.Module)(nil)),
	"Layer": reflect.ValueOf((*dl.Layer)(nil)), "Linear": reflect.ValueOf((*dl.Linear)(nil)),
	"Base": reflect.ValueOf((*dl.Base)(nil)), "Sequential": reflect.ValueOf((*dl.Sequential)(nil)),
	"ModuleFunc": reflect.ValueOf((*dl.ModuleFunc)(nil)), "Option": reflect.ValueOf((*dl.Option)(nil)),
	"Cfg": reflect.ValueOf((*dl.Cfg)(nil)), "Trainer": reflect.ValueOf((*dl.Trainer)(nil)),
	"History": reflect.ValueOf((*dl.History)(nil)), "Err": reflect.ValueOf((*dl.Err)(nil)),
	"DType": reflect.ValueOf((*dl.DType)(nil)),
	"New":   reflect.ValueOf(dl.New), "FromSlice": reflect.ValueOf(dl.FromSlice), "NewLinear": reflect.ValueOf(dl.NewLinear),
	"NewSequential": reflect.ValueOf(dl.NewSequential), "Describe": reflect.ValueOf(dl.Describe), "Params": reflect.ValueOf(dl.Params),
	"WithLR": reflect.ValueOf(dl.WithLR), "WithEpochs": reflect.ValueOf(dl.WithEpochs), "OnEpoch": reflect.ValueOf(dl.OnEpoch),
	"NewTrainer": reflect.ValueOf(dl.NewTrainer), "Parallel": reflect.ValueOf(dl.Parallel), "Spawn": reflect.ValueOf(dl.Spawn),
	"Var": reflect.ValueOf(dl.Var), "VarI": reflect.ValueOf(dl.VarI), "CallF": reflect.ValueOf(dl.CallF), "CallM": reflect.ValueOf(dl.CallM),
	"Fail": reflect.ValueOf(dl.Fail), "Panic": reflect.ValueOf(dl.Panic), "Count": reflect.ValueOf(dl.Count),
	"Version": reflect.ValueOf(constant.MakeString(dl.Version)), "Debug": reflect.ValueOf(&dl.Debug).Elem(),
	"ErrX": reflect.ValueOf(&dl.ErrX).Elem(), "F32": reflect.ValueOf(dl.F32), "F64": reflect.ValueOf(dl.F64),
}

func stdPackage(path string) *table.Package { return std.Packages[path] }

func toyTable(path string) (string, map[string]reflect.Value, bool) {
	if path == toyPath {
		return "dl", toySymbols, true
	}
	p := stdPackage(path)
	if p == nil {
		return "", nil, false
	}
	return p.Name, p.Map(), true
}

func toyClosure(path string) []string {
	if path == toyPath {
		return []string{path}
	}
	return table.Closure(path, stdPackage)
}

func toyType(path, name string) reflect.Type {
	_, syms, ok := toyTable(path)
	if v, has := syms[name]; ok && has && v.Kind() == reflect.Pointer && v.IsNil() {
		return v.Type().Elem()
	}
	for _, v := range syms { // a type that is not exported, by a variable of it
		if ok && v.Type().Name() == name && v.Type().PkgPath() == path {
			return v.Type()
		}
	}
	return nil
}

func init() {
	rt.Twin(toyPath+".Map", func(out, a []reflect.Value) {
		r := reflect.MakeSlice(out[0].Type(), a[0].Len(), a[0].Len())
		for i := range a[0].Len() {
			r.Index(i).Set(a[1].Call([]reflect.Value{a[0].Index(i)})[0])
		}
		out[0].Set(r)
	})
}
