package cell_test

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"descent/kernel/cell"
)

func newCompiler() *cell.Compiler {
	return cell.New(cell.Options{Importer: newImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}}})
}

// commit compiles and commits cells.
func commit(t *testing.T, c *cell.Compiler, cells ...string) []*cell.Program {
	t.Helper()
	var ps []*cell.Program
	for i, src := range cells {
		p, d := c.Compile(i+1, src)
		if d != nil {
			t.Fatalf("cell %d: %v", i+1, d)
		}
		c.Commit(p)
		ps = append(ps, p)
	}
	return ps
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct{ src, decls, stmts string }{
		{"x := 1", "      ", "x := 1"},
		{"import \"fmt\"\nx := 1", "import \"fmt\"\n      ", "            \nx := 1"},
		{"func f() {\n}\nf()", "func f() {\n}\n   ", "          \n \nf()"},
		{"func() { }()", "            ", "func() { }()"},
		{"func(x int) int { return x }(3)", strings.Repeat(" ", 31), "func(x int) int { return x }(3)"},
		{"func (t T) m() {}", "func (t T) m() {}", strings.Repeat(" ", 17)},
		{"a := 1; func f() {}; b := 2", "        func f() {};       ", "a := 1;              b := 2"},
		{"package main\nfunc main() {}", "            \nfunc main() {}", "            \n              "},
		{"{ func f() {} }", strings.Repeat(" ", 15), "{ func f() {} }"},
		{"type T struct{}", strings.Repeat(" ", 15), "type T struct{}"},
		{"s := `import \"x\"\nfunc f() {}`", strings.Repeat(" ", 16) + "\n" + strings.Repeat(" ", 12), "s := `import \"x\"\nfunc f() {}`"},
	} {
		d, s, bad := cell.Split(tt.src)
		if bad >= 0 || d != tt.decls || s != tt.stmts {
			t.Errorf("Split(%q) = %q, %q, %d", tt.src, d, s, bad)
		}
		if len(d) != len(tt.src) || len(s) != len(tt.src) {
			t.Errorf("Split(%q) moved a byte", tt.src)
		}
	}
	if _, _, bad := cell.Split("a()\n)"); bad != 4 {
		t.Errorf("bad bracket at %d, want 4", bad)
	}
}

func TestCompileChangesNothing(t *testing.T) {
	c := newCompiler()
	commit(t, c, "x := 1")
	if _, d := c.Compile(2, "x := \"s\"\nfunc f() {}\ntype T int"); d != nil {
		t.Fatal(d)
	}
	if _, d := c.Compile(3, "y := nope"); d == nil {
		t.Fatal("no error")
	}
	vs := c.Vars()
	if len(vs) != 1 || vs[0].Name != "x" || vs[0].Type != "int" {
		t.Errorf("after uncommitted cells: %+v", vs)
	}
}

func TestVarsAndDoc(t *testing.T) {
	c := newCompiler()
	commit(t, c,
		"// Net is a network.\ntype Net struct{ a int }\n\n// Forward computes.\nfunc (n *Net) Forward(x float64) float64 { return x }\n\n// mk makes one.\nfunc mk() *Net { return &Net{} }\nconst K = 3",
		"n := mk()\nm := map[string][]Net{}")
	want := map[string][2]string{
		"Net": {"type", "struct{a int}"}, "mk": {"func", "func() *Net"}, "K": {"const", "untyped int"},
		"n": {"var", "*Net"}, "m": {"var", "map[string][]Net"},
	}
	got := c.Vars()
	if len(got) != len(want) {
		t.Errorf("%d names: %+v", len(got), got)
	}
	for _, v := range got {
		if w := want[v.Name]; w[0] != v.Kind || w[1] != v.Type {
			t.Errorf("%s: %s %s, want %v", v.Name, v.Kind, v.Type, w)
		}
	}
	for name, text := range map[string]string{"Net": "Net is a network.", "Net.Forward": "Forward computes.", "mk": "mk makes one."} {
		if d, ok := c.Doc(name); !ok || d != text {
			t.Errorf("Doc(%s) = %q, %v", name, d, ok)
		}
	}
	commit(t, c, "type Net struct{ a, b int }")
	for _, v := range c.Vars() {
		if stale := v.Name == "n" || v.Name == "m"; v.Stale != stale {
			t.Errorf("%s: stale %v", v.Name, v.Stale)
		}
	}
}

func TestFunctionsAndGroups(t *testing.T) {
	c := newCompiler()
	commit(t, c, "func even(n int) bool { return n == 0 || odd(n-1) }\nfunc odd(n int) bool { return n != 0 && even(n-1) }",
		"func use() bool { return even(k) }\nk := 4\ntype T int\nfunc (t T) m() { use() }")
	var keys []string
	for _, g := range c.Groups() {
		s := ""
		for _, f := range g {
			s += f.Key + " "
			if f.Info == nil || f.Info.TypeOf(f.Decl.Name) == nil && f.Info.Defs[f.Decl.Name] == nil {
				t.Errorf("%s has no types", f.Key)
			}
		}
		keys = append(keys, strings.TrimSpace(s))
	}
	if got := strings.Join(keys, "; "); got != "even odd; use; T.m" {
		t.Errorf("groups %q", got)
	}
	before := map[string]string{}
	for _, f := range c.Functions() {
		before[f.Key] = f.Global
	}
	commit(t, c, "func odd(n int) bool { return n%2 == 1 }")
	for _, f := range c.Functions() {
		if f.Global == before[f.Key] {
			t.Errorf("%s has no new generation", f.Key)
		}
	}
}

func TestCheckOfBrokenCode(t *testing.T) {
	c := newCompiler()
	commit(t, c, "type Net struct{ Alpha, beta int }\nnet := &Net{}", "words := []string{}")
	for _, tt := range []struct{ src, expr, typ string }{
		{"y := net.x\nfmt.", "net", "*main.Net"},
		{"for i, w := range words {\n\tw.", "words", "[]string"},
		{"func f(a int) { net", "net", "*main.Net"},
		{"é := \"😀\"; net.", "net", "*main.Net"},
		{"}}} net", "net", ""},
	} {
		k := c.Check(tt.src)
		off := strings.Index(tt.src, tt.expr)
		p := k.Pos(off)
		if !p.IsValid() {
			t.Errorf("%q: no position", tt.src)
			continue
		}
		if back, ok := k.Offset(p); !ok || back != off {
			t.Errorf("%q: offset %d came back as %d, %v", tt.src, off, back, ok)
		}
		var typ types.Type
		for _, f := range k.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Pos() == p && k.Info.Uses[id] != nil {
					typ = k.Info.Uses[id].Type()
				}
				return true
			})
		}
		if tt.typ == "" {
			continue
		}
		if typ == nil || typ.String() != tt.typ {
			t.Errorf("%q: %s has type %v, want %s", tt.src, tt.expr, typ, tt.typ)
		}
	}
	if len(c.Vars()) != 3 {
		t.Errorf("Check changed the session: %+v", c.Vars())
	}
}

func TestPosition(t *testing.T) {
	c := newCompiler()
	src := "func f(xs []int) int {\n\treturn xs[1] +\n\t\txs[7]\n}\nx := []int{1}\nf(x)"
	p := commit(t, c, src)[0]
	// Every place of the output that stands for the call must lead back to it.
	line := 0
	for _, chunk := range p.Chunks {
		for i, text := range strings.Split(chunk, "\n") {
			if i == 0 {
				continue // the directive that numbers the lines
			}
			if col := strings.Index(text, "xs[7]"); col >= 0 {
				cellNo, l, col2, ok := c.Position(i, col+1)
				if !ok || cellNo != 1 || l != 3 || col2 != 3 {
					t.Errorf("xs[7] is at cell %d, %d:%d, %v", cellNo, l, col2, ok)
				}
				line = i
			}
		}
	}
	if line == 0 {
		t.Fatalf("xs[7] is not in the output:\n%s", p.Chunks)
	}
	if _, _, _, ok := c.Position(100000, 1); ok {
		t.Error("a line that was never emitted has a position")
	}
}

func TestWarnings(t *testing.T) {
	c := newCompiler()
	ps := commit(t, c, "fmt := 3", "type T struct{}\nv := T{}", "type T struct{ a int }")
	for i, want := range []string{"the variable fmt hides the package fmt", "", "v was made by the old T: stale until cell 2 is run again"} {
		got := ps[i].Warnings.Error()
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("cell %d warns %q, want %q", i+1, got, want)
		}
	}
}

// TestImportsOfFailedPrograms imports a package again under another name if the
// program that imported it first was not committed.
func TestImportsOfFailedPrograms(t *testing.T) {
	c := newCompiler()
	imports := func(src string) string {
		p, d := c.Compile(1, src)
		if d != nil {
			t.Fatal(d)
		}
		for line := range strings.Lines(strings.Join(p.Chunks, "\n")) {
			if strings.HasPrefix(line, "import ") {
				return strings.TrimSpace(line)
			}
		}
		return ""
	}
	first := imports(`fmt.Println(1)`)
	second := imports(`fmt.Println(1)`)
	if first == "" || second == "" || first == second {
		t.Errorf("imports %q and %q", first, second)
	}
	commit(t, c, `fmt.Println(2)`)
	if again := imports(`fmt.Println(3)`); again != "" {
		t.Errorf("a third import: %q", again)
	}
}
