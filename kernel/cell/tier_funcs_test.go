package cell_test

import (
	"fmt"
	"strings"
	"testing"
)

// meet is a cell and what it prints, for tests of where compiled and interpreted code
// meet: with the tier and without, cells print the same.
type meet struct{ cell, out string }

func bothWays(t *testing.T, cells []meet) {
	t.Helper()
	for _, tier := range []bool{true, false} {
		t.Run(fmt.Sprint("tier ", tier), func(t *testing.T) {
			s := newSessionWith(t, tier)
			for _, c := range cells {
				out, errs := s.run(c.cell)
				out = strings.ReplaceAll(strings.TrimSpace(out), "→", " →")
				if got := strings.Join(strings.Fields(out+" "+errs), " "); got != c.out {
					refused := ""
					if s.program != nil {
						_, refused = s.units()
					}
					t.Errorf("%s\nprinted %q, want %q\nrefused %s", c.cell, got, c.out, refused)
				}
			}
		})
	}
}

// interpreted is code that the tier leaves to the interpreter: it is not worth a call.
const interpreted = "import (\"fmt\"; \"sort\"; \"strings\")\nfunc plain(f func(int) int, n int) int { return f(n) }\nfunc pick(b bool) func(int) int { if b { return nil }; return func(n int) int { return -n } }\nfunc neg(n int) int { return -n }\n"

// TestTierFunctionValues lets functions of both kinds pass through everything that
// holds a value.
func TestTierFunctionValues(t *testing.T) {
	bothWays(t, []meet{
		{interpreted + "func apply(f func(int) int, n int) (r int) { for i := range n { r += f(i) }; return }", ""},
		{"f := func(n int) int { return n * 2 }\nt := 0\nfor i := range 10 { t += f(i) }\nt", "→ 90"},
		{"f(4)", "→ 8"},
		{"plain(f, 5)", "→ 10"},
		{"apply(f, 5)", "→ 20"},
		{"apply(neg, 5)", "→ -10"},
		{"apply(pick(false), 5)", "→ -10"},
		{"f = neg\napply(f, 4)", "→ -6"},
		{"for i := range 3 { f = func(n int) int { return n + i } }\nf(10)", "→ 12"},
		{"f = nil\nk := 0\nfor range 3 { if f == nil { k++ } }\nk", "→ 3"},
		{"pick(true) == nil", "→ true"},
		{"g := pick(true)\nfor range 2 { if g == nil { k += 10 } }\nk", "→ 23"},
		{"type S struct { name string; f func(int) int; fs []func() string }\ns := S{\"s\", neg, nil}\nfor i := range 3 { s.fs = append(s.fs, func() string { return s.name + fmt.Sprint(s.f(i)) }) }\nfor _, h := range s.fs { fmt.Print(h(), \" \") }", "s0 s-1 s-2"},
		{"s.name = \"t\"; s.f = func(n int) int { return n * n }\nr := \"\"\nfor _, h := range s.fs { r += h() + \" \" }\nr", "→ t0 t1 t4"},
		{"s.fs[2]()", "→ t4"},
		{"m := map[string]func(int, int) int{\"add\": func(a, b int) int { return a + b }}\nm[\"sub\"] = func(a, b int) int { return a - b }\nt = 0\nfor range 3 { for _, h := range m { t += h(5, 3) } }\nt", "→ 30"},
		{"m[\"add\"](1, 2)", "→ 3"},
		{"m[\"none\"] == nil", "→ true"},
		{"counter := func() func() int { n := 0; return func() int { n++; return n } }\nc1, c2 := counter(), counter()\nfor range 3 { c1() }\nfmt.Println(c1(), c2())", "4 1"},
		{"func each(xs []int, f func(i, x int)) { for i, x := range xs { f(i, x) } }\nsum := 0\neach([]int{4, 5, 6}, func(i, x int) { sum += i * x })\nsum", "→ 17"},
		{"func fold[T, A any](xs []T, a A, f func(A, T) A) A { for _, x := range xs { a = f(a, x) }; return a }\nfold([]int{1, 2, 3}, \"\", func(a string, x int) string { return a + fmt.Sprint(x) })", "→ 123"},
		{"var fib func(int) int\nfib = func(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }\nfib(15)", "→ 610"},
		{"xs := []string{\"b\", \"c\", \"a\"}\nsort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] })\nxs", "→ [a b c]"},
		{"type F func(string) string\nfunc (f F) Twice(s string) string { return f(f(s)) }\nq := F(func(s string) string { return \"<\" + s + \">\" })\nq.Twice(\"x\")", "→ <<x>>"},
		{"func outer() (r []int) { base := 1\nadd := func(n int) { base += n; r = append(r, base) }\nfor i := range 3 { add(i) }\nbase = 100\nadd(1)\nreturn }\nouter()", "→ [1 2 4 101]"},
		{"func interp() string { c := make(chan int, 1); c <- 1\nv := <-c\nh := func(s string, vs ...int) (string, error) { v++; return fmt.Sprint(s, vs, v), nil }\nx, err := h(\"p\", 1, 2)\ny, _ := h(\"q\")\nreturn fmt.Sprint(x, err, y, v) }\ninterp()", "→ p[1 2] 2<nil>q[] 33"},
		{"func recent() any { return func(n int) int { return n + 1 } }\nh, ok := recent().(func(int) int)\nfmt.Println(h(1), ok)", "2 true"},
		{"strs := []func(string) string{strings.ToUpper, strings.TrimSpace}\nw := \" ab \"\nfor _, h := range strs { w = h(w) }\nw", "→ AB"},
		{"func() (r int) { for i := range 4 { func() { r += i }() }; return }()", "→ 6"},
		{"total := 0\nfor i := range 3 { defer func() { fmt.Println(\"deferred\", i) }(); total += i }\ntotal", "→ 3 deferred 2 deferred 1 deferred 0"},
	})
}
