package closure

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// TestPrograms compares what the functions named test… of the programs return, or the
// texts with which they panic, with what they do compiled.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			compareWithGo(t, string(b))
		})
	}
}

// compareWithGo runs a program both ways.
func compareWithGo(t *testing.T, src string) {
	t.Helper()
	c := parse(t, src)
	c.initialize(t)
	c.compile(t)
	var names []string
	for n := range c.funcs {
		if strings.HasPrefix(n, "test") {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	want := strings.Split(runGo(t, src, names), "\x00")
	for i, n := range names {
		if got := c.text(n); got != want[i] {
			t.Errorf("%s\n got %q\nwant %q", n, got, want[i])
		}
	}
}

// runGo compiles a program and returns the results of functions, one after the other.
func runGo(t *testing.T, src string, names []string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("package main\nimport (\"fmt\"; \"os\")\nfunc init() {\n")
	for _, n := range names {
		fmt.Fprintf(&b, "runTest(%s)\n", n)
	}
	b.WriteString(`os.Exit(0) }
func runTest(f func() string) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Print("panic: ", r)
		}
		fmt.Print("\x00")
	}()
	fmt.Print(f())
}
`)
	dir := t.TempDir()
	for name, text := range map[string]string{"a.go": src, "b.go": b.String(), "go.mod": "module p\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
