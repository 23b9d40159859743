package cell_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var (
	randomSeed = flag.Uint64("seed", 1, "first seed of the random programs")
	randomRuns = flag.Int("random", 1, "number of random programs")
	randomSize = flag.Int("size", 14, "functions in a random program")
)

// TestRandomPrograms generates well-typed programs and compares what they print as
// cells with what they print compiled: go test -run Random -seed 100 -random 20.
func TestRandomPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	for i := range *randomRuns {
		seed := *randomSeed + uint64(i)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			src := wellTyped(t, seed)
			file := filepath.Join(t.TempDir(), "main.go")
			if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("go", "run", file)
			var problems strings.Builder
			cmd.Stderr = &problems
			want, err := cmd.Output()
			if strings.Contains(problems.String(), "fatal error: stack overflow") {
				t.Logf("seed %d recurses without end, also compiled: nothing to compare", seed)
				return
			}
			if err != nil {
				t.Fatalf("seed %d: %v\n%s\n%s", seed, err, problems.String(), src)
			}
			decls, body := halves(t, src)
			for way, cells := range map[string][]string{"whole": {src}, "cut": {decls, body}} {
				t.Run(way, func(t *testing.T) {
					s := newSession(t)
					got := ""
					for _, c := range cells {
						out, errs := s.run(c)
						got += out
						if errs != "" {
							t.Errorf("seed %d: %s", seed, errs)
							break
						}
					}
					diffLines(t, got, string(want))
				})
			}
			if t.Failed() {
				os.WriteFile(fmt.Sprintf("%s/random%d.go", os.TempDir(), seed), []byte(src), 0o644)
			}
		})
	}
}

// wellTyped generates programs from a seed until one has no errors: what the
// generator writes may declare something twice or leave it unused.
func wellTyped(t *testing.T, seed uint64) string {
	imp := newImporter()
	var last error
	for i := range uint64(200) {
		src := generate(seed*1000 + i)
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "", src, 0)
		if err == nil {
			cfg := types.Config{Importer: imp}
			if _, err = cfg.Check("main", fset, []*ast.File{f}, nil); err == nil {
				return src
			}
		}
		last = err
	}
	t.Fatalf("no program for seed %d: %v", seed, last)
	return ""
}

// generator writes random functions.
type generator struct {
	r     *rand.Rand
	b     strings.Builder
	ind   int
	vars  [][]variable // scopes
	n     int
	funcs int
	loop  int // loops around the statement in the same function
	lits  int // function literals around it
	names int
}

type variable struct{ name, typ string }

const randomPrelude = `package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type S struct {
	A int
	b string
	C []int
}

type Shape interface{ Area() int }

type Sq struct{ n int }

type Ci struct{ r, k int }

func (s Sq) Area() int          { return s.n * s.n }
func (c *Ci) Area() int         { c.k++; return c.r*3 + c.k }
func (s *S) Add(n int) *S       { s.A += n; s.C = append(s.C, n); return s }
func (s S) Sum() (t int)        { for _, x := range s.C { t += x }; return t + s.A }
func (s S) String() string      { return fmt.Sprintf("S<%d,%s,%v>", s.A, s.b, s.C) }

func div(a, b int) int {
	if b == 0 {
		return 0
	}
	return a / b
}

func at(s []int, i int) int {
	if len(s) == 0 {
		return -1
	}
	if i < 0 {
		i = -i
	}
	if i < 0 {
		i = 0
	}
	return s[i%len(s)]
}

func cut(s string, n int) string {
	if n < 0 {
		n = -n
	}
	if n < 0 || n > len(s) {
		n = len(s)
	}
	return s[:n]
}

func keys(m map[string]int) string {
	var ks []string
	for k, v := range m {
		ks = append(ks, fmt.Sprint(k, "=", v))
	}
	sort.Strings(ks)
	return strings.Join(ks, ",")
}

func pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

func each(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func clip(n int) int { return n % 1000 }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) *Stack[T] { s.items = append(s.items, v); return s }
func (s Stack[T]) Len() int            { return len(s.items) }
func (s *Stack[T]) Pop() (v T, ok bool) {
	if len(s.items) == 0 {
		return
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

func mapTo[T, U any](xs []T, f func(T) U) []U {
	var r []U
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}

type Outer struct {
	S
	*Ci
	tag  string
	grid [2][2]int
	subs map[string]S
}

func newOuter(n int) *Outer { return &Outer{S: S{A: n}, Ci: &Ci{r: n}, subs: map[string]S{"x": {A: n}}} }

type Op func(int) int

func (o Op) Twice(n int) int { return o(o(n)) }

func adder(n int) func(int) int {
	total := n
	return func(x int) int { total += x; return total }
}

func try(f func() int) (n int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("caught", r)
			n = -1
		}
	}()
	return f()
}

func two(n int) (int, string) { return n + 1, fmt.Sprint(n) }

func kind(v any) string {
	switch x := v.(type) {
	case int:
		return fmt.Sprint("int", x)
	case string:
		return "string" + x
	case S:
		return "S" + fmt.Sprint(x.A)
	case *S:
		return "*S" + fmt.Sprint(x.A)
	case Shape:
		return "shape" + fmt.Sprint(x.Area())
	case []int:
		return fmt.Sprint("slice", len(x))
	case nil:
		return "nil"
	}
	return fmt.Sprintf("%T", v)
}

`

func generate(seed uint64) string {
	g := &generator{r: rand.New(rand.NewPCG(seed, 7))}
	g.b.WriteString(randomPrelude + randomLanguage)
	for range *randomSize {
		g.function()
	}
	g.b.WriteString("func main() {\n")
	g.ind, g.loop, g.lits = 1, 0, 0
	g.push()
	for range 3 + *randomSize/2 {
		g.stmt(3)
	}
	g.pop()
	for i := range g.funcs {
		fmt.Fprintf(&g.b, "\tfmt.Println(\"== f%d\")\n\tfmt.Println(f%d(%d, %q))\n", i, i, g.r.IntN(20)-5, []string{"a", "xyz", ""}[g.r.IntN(3)])
	}
	g.b.WriteString("}\n")
	return g.b.String()
}

func (g *generator) line(format string, args ...any) {
	g.b.WriteString(strings.Repeat("\t", g.ind))
	fmt.Fprintf(&g.b, format, args...)
	g.b.WriteByte('\n')
}

func (g *generator) push() { g.vars = append(g.vars, nil) }
func (g *generator) pop()  { g.vars = g.vars[:len(g.vars)-1] }
func (g *generator) declare(name, t string) {
	k := len(g.vars) - 1
	g.vars[k] = append(g.vars[k], variable{name, t})
}

func (g *generator) fresh() string {
	g.names++
	// Names are few, so that they shadow each other.
	return fmt.Sprintf("%c%d", 'a'+g.r.IntN(4), g.names%9)
}

// find returns a visible variable of a type, "" if there is none.
func (g *generator) find(t string) string {
	var list []string
	seen := map[string]bool{}
	for i := len(g.vars) - 1; i >= 0; i-- {
		for j := len(g.vars[i]) - 1; j >= 0; j-- {
			v := g.vars[i][j]
			if !seen[v.name] && v.typ == t {
				list = append(list, v.name)
			}
			seen[v.name] = true
		}
	}
	if len(list) == 0 {
		return ""
	}
	return list[g.r.IntN(len(list))]
}

var randomTypes = []string{"int", "int", "string", "bool", "[]int", "map[string]int", "S", "*S", "func(int) int", "[3]int", "any", "Shape", "uint8", "float64", "*Outer", "Stack[int]", "[]S", "Op"}

func (g *generator) typ() string { return randomTypes[g.r.IntN(len(randomTypes))] }

func (g *generator) function() {
	n := g.funcs
	g.push()
	g.declare("p", "int")
	g.declare("q", "string")
	named := g.r.IntN(2) == 0
	if named {
		g.line("func f%d(p int, q string) (r int, s string) {", n)
		g.declare("r", "int")
		g.declare("s", "string")
	} else {
		g.line("func f%d(p int, q string) (int, string) {", n)
	}
	g.ind++
	g.push()
	g.loop, g.lits = 0, 0
	if g.r.IntN(3) == 0 {
		g.line("defer func() { fmt.Println(%q, recover()) }()", fmt.Sprint("end", n))
	}
	for range 5 + g.r.IntN(6) {
		g.stmt(3)
	}
	g.line("return %s, %s", g.expr("int", 2), g.expr("string", 2))
	g.pop()
	g.ind--
	g.line("}\n")
	g.pop()
	g.funcs++
}

func (g *generator) block(depth int) {
	g.ind++
	g.push()
	for range 1 + g.r.IntN(3) {
		g.stmt(depth - 1)
	}
	g.pop()
	g.ind--
}

func (g *generator) show() {
	var args []string
	for _, t := range []string{"int", "string", "[]int", "S", "bool"} {
		if v := g.find(t); v != "" && g.r.IntN(2) == 0 {
			args = append(args, v)
		}
	}
	g.line("fmt.Println(%s)", strings.Join(append([]string{fmt.Sprintf("%q", fmt.Sprint("at", g.n))}, args...), ", "))
	g.n++
}
