//go:build linux

package guard

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
)

// Reached fails the test when the package in the current folder has a function
// without a body, so one in assembly, that none of the named tests can call. It
// follows names through the source for this platform: what a test mentions, what
// that mentions, and so on; jumps in assembly count. So it finds a kernel that
// no test was written for; that a test does call it is the test's matter.
func Reached(t *testing.T, tests ...string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	mentions := map[string]map[string]bool{}
	var kernels []string
	for _, name := range files {
		if ok, err := build.Default.MatchFile(".", name); err != nil || !ok {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body == nil {
					kernels = append(kernels, d.Name.Name)
					continue
				}
				note(mentions, d.Name.Name, d.Body)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok {
						for _, n := range v.Names {
							note(mentions, n.Name, v)
						}
					}
				}
			}
		}
	}
	if assembled := runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64"; assembled == (len(kernels) == 0) {
		t.Fatalf("%d functions in assembly on %s", len(kernels), runtime.GOARCH)
	}
	noteJumps(t, mentions)
	seen := map[string]bool{}
	for todo := tests; len(todo) > 0; todo = todo[1:] {
		for name := range mentions[todo[0]] {
			if !seen[name] {
				seen[name] = true
				todo = append(todo, name)
			}
		}
	}
	for _, k := range kernels {
		if !seen[k] {
			t.Errorf("%s is in assembly and not called by any of %v", k, tests)
		}
	}
}

var jump = regexp.MustCompile(`(?m)^TEXT ·(\w+)\(SB\)|^\s+JMP\s+·(\w+)(?:\+0)?\(SB\)`)

// noteJumps adds what functions in assembly jump to.
func noteJumps(t *testing.T, mentions map[string]map[string]bool) {
	t.Helper()
	files, err := filepath.Glob("*_" + runtime.GOARCH + ".s")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		by := ""
		for _, m := range jump.FindAllStringSubmatch(string(text), -1) {
			if m[1] != "" {
				by = m[1]
				mentions[by] = map[string]bool{}
				continue
			}
			mentions[by][m[2]] = true
		}
	}
}

// note adds the names in a piece of code to those that a declaration mentions.
func note(mentions map[string]map[string]bool, by string, code ast.Node) {
	if mentions[by] == nil {
		mentions[by] = map[string]bool{}
	}
	ast.Inspect(code, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			mentions[by][id.Name] = true
		}
		return true
	})
}
