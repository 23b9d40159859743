package cell_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var testFunc = regexp.MustCompile(`(?m)^func (test\w+)\(\) string`)

// twinLoops gives each test a caller with a loop: interpreted code calls a compiled
// function only if it has one.
func twinLoops(src string) string {
	return testFunc.ReplaceAllStringFunc(strings.Join(testFunc.FindAllString(src, -1), "\n"), func(s string) string {
		name := testFunc.FindStringSubmatch(s)[1]
		return fmt.Sprintf("func in%s() (s string) {\n\tfor range 1 {\n\t\ts = %s()\n\t}\n\treturn s\n}\n", name, name)
	})
}

// twinMain calls the functions named test… and prints what they return, or the texts
// with which they panic.
func twinMain(src string) string {
	var b strings.Builder
	b.WriteString("func showTest(name string, f func() string) {\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tfmt.Println(name, \"panic:\", r)\n\t\t}\n\t}()\n\tfmt.Printf(\"%s %q\\n\", name, f())\n}\n\nfunc main() {\n")
	for _, m := range testFunc.FindAllStringSubmatch(src, -1) {
		fmt.Fprintf(&b, "\tshowTest(%q, in%s)\n", m[1], m[1])
	}
	return b.String() + "}\n"
}

// TestTierTwins compares programs of which all is compiled with compiled Go. They hold
// what needs the interpreter's types, which the tests of package closure lack.
func TestTierTwins(t *testing.T) {
	files, err := filepath.Glob("testdata/tier/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			compareTwins(t, string(b))
		})
	}
}

func compareTwins(t *testing.T, src string) {
	t.Helper()
	decls := strings.TrimSuffix(strings.TrimSpace(src), "func main() {}") + twinLoops(src)
	whole := decls + twinMain(src)
	want := goRun(t, whole)
	s := newSessionWith(t, true)
	if _, errs := s.run(decls); errs != "" {
		t.Fatal(errs)
	}
	if _, refused := s.units(); refused != "" {
		t.Errorf("refused:\n%s", refused)
	}
	out, errs := s.run(strings.Replace(twinMain(src), "func main()", "func all()", 1) + "all()")
	if errs != "" {
		t.Error(errs)
	}
	diffLines(t, out, want)
}

func goRun(t *testing.T, src string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.go": src, "go.mod": "module p\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// TestTierMethods redefines methods that compiled code calls through interfaces, and
// gives it values whose methods are interpreted.
func TestTierMethods(t *testing.T) {
	steps := []struct{ cell, out string }{
		{"type S interface{ N() int }\ntype A struct{ n int }\nfunc (a A) N() int { return a.n }\nfunc sum(xs []S) (t int) { for _, x := range xs { t += x.N() }; return }", ""},
		{"xs := []S{A{1}, &A{2}}\nsum(xs)", "→ 3"},
		{"func (a A) N() int { return 10 * a.n }\nsum(xs)", "→ 30"},
		{"type B int\nfunc (b B) N() int { return int(b) }\nxs = append(xs, B(5))\nsum(xs)", "→ 35"},
		{"type C struct{ A; c chan int }\nfunc (c *C) N() int { c.c <- 7; return <-c.c + c.A.N() }\nxs = append(xs, &C{A{1}, make(chan int, 1)})\nsum(xs)", "→ 52"},
		{"func (b B) N() int { go func() {}(); return 2 * int(b) }\nsum(xs)", "→ 57"},
		{"func (b B) N() int { return 3 * int(b) }\nsum(xs)", "→ 62"},
		{"type D struct{ S }\nsum([]S{D{B(1)}, &D{A{2}}, D{D{xs[3]}}})", "→ 40"},
		{"func (a A) String() string { return \"A\" }\nfunc say(v any) (s string) { for range 1 { if x, ok := v.(fmt.Stringer); ok { return x.String() }; s = fmt.Sprint(v) }; return }\nsay(A{1})", "→ A"},
		{"type E struct{ k int }\nfunc put(n int) (vs []any) { for i := range n { vs = append(vs, E{i}) }; return }\nfmt.Println(put(2)...)", "{0} {1}"},
		{"func (e E) String() string { return fmt.Sprint(\"E\", e.k) }\nfmt.Println(put(2)...)", "E0 E1"},
		{"func is(v any) (n int) { for range 1 { switch v.(type) { case E: n = 1; case fmt.Stringer: n = 2; default: n = 3 } }; return }\nvs := put(1)\nis(vs[0])", "→ 1"},
		{"func (e E) Extra() int { return e.k }\nis(vs[0]) + 10*is(put(1)[0])", "→ 11"},
		{"func extra(v any) (n int) { for range 2 { if x, ok := v.(interface{ Extra() int }); ok { n += 1 + x.Extra() } }; return }\nextra(put(2)[1])", "→ 4"},
		{"type F func() int\nfunc (f F) N() int { return f() }\nsum([]S{F(func() int { return 6 })})", "→ 6"},
		{"type G[T any] struct{ v T }\nfunc (g G[T]) N() int { return len(fmt.Sprint(g.v)) }\nsum([]S{G[string]{\"abc\"}, &G[int]{12345}})", "→ 8"},
		{"type A struct{ s string }\nfunc (a A) N() int { return len(a.s) }\nsum([]S{A{\"four\"}})", "→ 4"},
		{"sum(xs)", "→ 62"},
	}
	s := newSessionWith(t, true)
	for _, st := range steps {
		out, errs := s.run(st.cell)
		if strings.TrimSpace(out) != st.out || errs != "" {
			t.Errorf("%s\nprinted %q %s, want %q", st.cell, out, errs, st.out)
		}
	}
}
