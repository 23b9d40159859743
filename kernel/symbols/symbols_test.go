package symbols_test

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"descent/kernel/symbols"
	"descent/kernel/symbols/apis"
	"descent/kernel/symbols/typedata"
)

// TestLibUpToDate compares the committed export data with the source.
func TestLibUpToDate(t *testing.T) {
	root, err := apis.ModuleRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	pkgs, _, err := apis.Load(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) == 0 {
		t.Fatal("no packages found below dl, display and datasets")
	}
	imp := typedata.NewImporter()
	for _, p := range pkgs {
		const how = "run `go generate ./kernel/symbols`"
		have, err := imp.Import(p.Path())
		if err != nil {
			t.Errorf("%s is not in the tables: %s", p.Path(), how)
			continue
		}
		want, got := apis.Summary(p), apis.Summary(have)
		if d := diff(want, got); d != "" {
			t.Errorf("%s: the tables are out of date: %s\n%s", p.Path(), how, d)
		}
	}
	for _, path := range symbols.Paths() {
		if strings.HasPrefix(path, "descent/") {
			found := false
			for _, p := range pkgs {
				found = found || p.Path() == path
			}
			if !found {
				t.Errorf("%s is in the tables and not in the source", path)
			}
		}
	}
}

func diff(want, got []string) string {
	in := func(s string, list []string) bool {
		for _, x := range list {
			if x == s {
				return true
			}
		}
		return false
	}
	var b strings.Builder
	for _, s := range want {
		if !in(s, got) {
			fmt.Fprintf(&b, "  source: %s\n", s)
		}
	}
	for _, s := range got {
		if !in(s, want) {
			fmt.Fprintf(&b, "  tables: %s\n", s)
		}
	}
	return b.String()
}

// TestTablesMatchTypes checks that every exported name that go/types knows has a
// symbol of the right kind, generic ones excepted.
func TestTablesMatchTypes(t *testing.T) {
	imp := typedata.NewImporter()
	n := 0
	for _, path := range symbols.Paths() {
		pkg, err := imp.Import(path)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		name, syms, ok := symbols.Table(path)
		if !ok || name != pkg.Name() {
			t.Errorf("%s: table of package %q, types of %q", path, name, pkg.Name())
		}
		for _, id := range pkg.Scope().Names() {
			o := pkg.Scope().Lookup(id)
			if !o.Exported() {
				continue
			}
			v, have := syms[id]
			if have {
				n++
			} else if typedata.Partial[path] != "" {
				continue // a type that the API of another package mentions
			}
			if msg := check(o, v, have); msg != "" {
				t.Errorf("%s.%s: %s", path, id, msg)
			}
		}
	}
	if n < 5900 {
		t.Errorf("%d symbols, expected at least 5900", n)
	}
}

func check(o types.Object, v reflect.Value, have bool) string {
	switch o := o.(type) {
	case *types.Func:
		if o.Type().(*types.Signature).TypeParams().Len() > 0 {
			return ""
		}
		if !have || v.Kind() != reflect.Func {
			return "no function"
		}
		sig := o.Type().(*types.Signature)
		if v.Type().NumIn() != sig.Params().Len() || v.Type().NumOut() != sig.Results().Len() || v.Type().IsVariadic() != sig.Variadic() {
			return fmt.Sprintf("function %s, want %s", v.Type(), sig)
		}
	case *types.Var:
		if !have || !v.CanAddr() {
			return "no addressable variable"
		}
	case *types.Const:
		if !have {
			return "no constant"
		}
		if c, ok := v.Interface().(constant.Value); ok && c.Kind() != constant.Float && !constant.Compare(c, token.EQL, constant.ToInt(o.Val())) {
			if c.Kind() != constant.String || constant.StringVal(c) != constant.StringVal(o.Val()) {
				return fmt.Sprintf("constant %s, want %s", c, o.Val())
			}
		}
	case *types.TypeName:
		switch tt := o.Type().(type) {
		case *types.Named:
			if tt.TypeParams().Len() > 0 {
				return ""
			}
		case *types.Alias:
			if tt.TypeParams().Len() > 0 {
				return ""
			}
		}
		if it, ok := o.Type().Underlying().(*types.Interface); ok && !it.IsMethodSet() {
			return ""
		}
		if !have || v.Kind() != reflect.Pointer || !v.IsNil() {
			return "no type"
		}
	}
	return ""
}

// TestEveryStdPackageIsThereOrExplained walks the standard library of the Go
// toolchain.
func TestEveryStdPackageIsThereOrExplained(t *testing.T) {
	if !strings.HasPrefix(runtime.Version(), "go1.26") {
		t.Fatalf("the tables are those of go1.26, this is %s: run `go run ./kernel/symbols/gen std` and adapt this test", runtime.Version())
	}
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal(err)
	}
	imp := typedata.NewImporter()
	n := 0
	for _, p := range strings.Fields(string(out)) {
		if p == "unsafe" || apis.Internal(p) {
			continue
		}
		n++
		_, err := imp.Import(p)
		if reason := typedata.Unavailable[p]; reason != "" {
			if err == nil || !strings.Contains(err.Error(), reason) {
				t.Errorf("import of %s: %v, want the reason %q", p, err, reason)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s can neither be imported nor is there a reason: %v", p, err)
		}
		if _, ok := symbols.Name(p); !ok && !(p == "log/syslog" && runtime.GOOS == "windows") {
			t.Errorf("%s has no table", p)
		}
	}
	if n < 150 {
		t.Errorf("%d packages, want at least 150", n)
	}
	for p, reason := range typedata.Partial {
		if !typedata.Has(p) || reason == "" {
			t.Errorf("%s is no package of which cells see a part: %q", p, reason)
		}
	}
}

func TestClosure(t *testing.T) {
	got := strings.Join(symbols.Closure("fmt"), " ")
	if !strings.Contains(got, "io") || !strings.Contains(got, "fmt") {
		t.Errorf("closure of fmt is %q, want io in it", got)
	}
}

func TestUntypedConstants(t *testing.T) {
	_, m, _ := symbols.Table("math")
	pi := m["Pi"].Interface().(constant.Value)
	if f, _ := constant.Float64Val(pi); f != 3.141592653589793 {
		t.Errorf("math.Pi = %v", f)
	}
	if u, ok := constant.Uint64Val(constant.ToInt(m["MaxUint64"].Interface().(constant.Value))); !ok || u != 1<<64-1 {
		t.Errorf("math.MaxUint64 = %v", u)
	}
	if f, _ := constant.Float64Val(m["SmallestNonzeroFloat64"].Interface().(constant.Value)); f != 5e-324 {
		t.Errorf("math.SmallestNonzeroFloat64 = %v", f)
	}
}

func TestDocs(t *testing.T) {
	tests := []struct{ path, symbol, want string }{
		{"strings", "", "manipulate UTF-8"},
		{"strings", "Fields", "splits"},
		{"strings", "Builder.WriteString", "appends"},
		{"net/http", "Server.Handler", "handler to invoke"},
		{"os", "O_CREATE", "create a new file"},
		{"math", "Pi", "Mathematical constants"},
		{"builtin", "append", "appends elements"},
		{"descent/dl", "", "tensor"},
		{"no/such", "X", ""},
	}
	for _, tt := range tests {
		if got := typedata.Doc(tt.path, tt.symbol); !strings.Contains(got, tt.want) {
			t.Errorf("Doc(%q, %q) = %q, want %q in it", tt.path, tt.symbol, got, tt.want)
		}
	}
}

func TestType(t *testing.T) {
	if got := symbols.Type("time", "Duration"); got == nil || got.String() != "time.Duration" {
		t.Errorf("Type(time, Duration) = %v", got)
	}
	if got := symbols.Type("time", "Nothing"); got != nil {
		t.Errorf("Type(time, Nothing) = %v, want nil", got)
	}
}

func BenchmarkTableFmt(b *testing.B) {
	for b.Loop() {
		symbols.Table("fmt")
	}
}

func TestTypeFindsUnexportedTypes(t *testing.T) {
	for _, c := range []struct{ path, name string }{
		{"encoding/binary", "littleEndian"}, // of a variable
		{"encoding/binary", "ByteOrder"},
		{"context", "Context"},
	} {
		if got := symbols.Type(c.path, c.name); got == nil || got.Name() != c.name || got.PkgPath() != c.path {
			t.Errorf("Type(%q, %q) = %v", c.path, c.name, got)
		}
	}
	if got := symbols.Type("encoding/binary", "nothing"); got != nil {
		t.Errorf("a type that does not exist: %v", got)
	}
}
