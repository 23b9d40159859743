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

// TestPrograms compares what programs print as cells with what compiled Go prints:
// the whole program in one cell followed by main(), and main's statements as a cell
// of their own.
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
			for _, way := range []struct {
				name  string
				cells []string
			}{{"whole", []string{src, "main()"}}, {"cut", []string{decls, body}}} {
				t.Run(way.name, func(t *testing.T) {
					s := newSession(t)
					s.trace = os.Getenv("TRACE") != ""
					got := ""
					for _, c := range way.cells {
						out, errs := s.run(c)
						got += out
						if errs != "" {
							t.Errorf("cell %d failed: %s", s.n, errs)
						}
					}
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
