package cell_test

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// compiledOutput returns what the program prints when it is compiled, from the
// record beside it. The record names the source by its hash; -update makes it anew.
func compiledOutput(t *testing.T, file string) string {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x\n", sha256.Sum256(src))[:16] + "\n"
	record := strings.TrimSuffix(file, ".go") + ".out"
	b, err := os.ReadFile(record)
	if err == nil && strings.HasPrefix(string(b), sum) {
		return string(b[len(sum):])
	}
	if !*update {
		t.Fatalf("%s is not the record of this source: run go test -update", record)
	}
	cmd := exec.Command("go", "run", file)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(record, append([]byte(sum), out...), 0o644); err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// halves cuts a program into its declarations and the statements of main.
func halves(t *testing.T, src string) (decls, body string) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv == nil && fd.Name.Name == "main" {
			off := func(p token.Pos) int { return fset.Position(p).Offset }
			return src[:off(fd.Pos())] + src[off(fd.End()):], src[off(fd.Body.Lbrace)+1 : off(fd.Body.Rbrace)]
		}
	}
	t.Fatal("no main")
	return "", ""
}

// statements cuts the body of main into cells of one statement each, nil if that
// would change what it means: a deferred call, a return or a label of main. A call
// whose result the cell would show goes into one cell with what follows it.
func statements(t *testing.T, body string) (cells []string) {
	const head = "package p; func _() {"
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", head+body+"\n}", 0)
	if err != nil {
		t.Fatal(err)
	}
	from := 0
	for _, s := range f.Decls[0].(*ast.FuncDecl).Body.List {
		ends := true
		ast.Inspect(s, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.DeferStmt, *ast.ReturnStmt, *ast.LabeledStmt:
				ends = false
			case *ast.FuncLit:
				return false
			}
			return ends
		})
		if !ends {
			return nil
		}
		if e, ok := s.(*ast.ExprStmt); ok {
			call, ok := e.X.(*ast.CallExpr)
			if !ok {
				continue
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || !strings.HasPrefix(sel.Sel.Name, "Print") {
				continue
			}
		}
		to := fset.Position(s.End()).Offset - len(head)
		cells = append(cells, body[from:to])
		from = to
	}
	return append(cells, body[from:])
}

// TestPrograms compares what programs print as cells with what compiled Go prints:
// the whole program in one cell followed by main(), main's statements as a cell of
// their own, and each of them as a cell.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/programs/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			want := compiledOutput(t, file)
			b, _ := os.ReadFile(file)
			src := string(b)
			decls, body := halves(t, src)
			type way struct {
				name  string
				cells []string
			}
			ways := []way{{"whole", []string{src}}, {"cut", []string{decls, body}}}
			if cells := statements(t, body); cells != nil {
				ways = append(ways, way{"statements", append([]string{decls}, cells...)})
			}
			for _, way := range ways {
				t.Run(way.name, func(t *testing.T) {
					s := newSession(t)
					s.trace = os.Getenv("TRACE") != ""
					s.direct = true // a value may hold os.Stdout for a later cell
					got := captured(func() {
						for _, c := range way.cells {
							if _, errs := s.run(c); errs != "" {
								t.Errorf("cell %d failed: %s", s.n, errs)
							}
						}
					})
					diffLines(t, got, want)
				})
			}
		})
	}
}

func diffLines(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	n := 0
	for i := range max(len(g), len(w)) {
		a, b := "<end>", "<end>"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Errorf("line %d\n cell %q\n go   %q", i+1, a, b)
			if n++; n > 8 {
				return
			}
		}
	}
}
