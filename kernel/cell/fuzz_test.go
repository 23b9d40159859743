package cell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzCheck feeds damaged cells to the parts that must accept anything: the
// splitter, the tolerant check and the compiler.
func FuzzCheck(f *testing.F) {
	files, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range a.Files {
			if strings.HasPrefix(x.Name, "cell") && len(x.Data) < 400 {
				f.Add(string(x.Data))
			}
		}
	}
	if b, err := os.ReadFile("testdata/programs/stack.go"); err == nil {
		f.Add(string(b))
	}
	c := newCompiler()
	f.Fuzz(func(t *testing.T, src string) {
		k := c.Check(src)
		for _, off := range []int{0, len(src) / 2, len(src)} {
			if p := k.Pos(off); p.IsValid() {
				if back, ok := k.Offset(p); !ok || back != off {
					t.Errorf("offset %d came back as %d, %v", off, back, ok)
				}
			}
		}
		if _, d := c.Compile(1, src); d != nil {
			for _, x := range d {
				if x.Line < 1 || x.Col < 1 || strings.Contains(x.Msg, "the cell compiler failed") {
					t.Errorf("%q: %v", src, x)
				}
			}
		}
	})
}
