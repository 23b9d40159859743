package cell_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"descent/kernel/eval"
)

// units returns what the tier compiled of the last cell, and what it refused.
func (s *session) units() (names []string, refused string) {
	for _, u := range s.program.Units {
		n := u.Name
		if n == "" {
			n = "loop"
		}
		names = append(names, n)
	}
	for _, r := range s.program.Refusals {
		refused += fmt.Sprintf("%d:%d: %s\n", r.Line, r.Col, r.Reason)
	}
	return names, refused
}

// TestTierTakes says which functions and loops of a cell are compiled.
func TestTierTakes(t *testing.T) {
	tests := []struct{ name, cell, units string }{
		{"recursion", "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }", "fib"},
		{"loop in a function", "func sum(xs []float64) (s float64) { for _, x := range xs { s += x }; return }", "sum"},
		{"loop at the top", "n := 0\nfor i := range 10 { n += i }", "loop"},
		{"straight-line function", "func double(x int) int { return 2*x }", ""},
		{"called from a loop", "func double(x int) int { return 2*x }\nn := 0\nfor i := range 10 { n += double(i) }", "loop"},
		{"method", "type V []float64\nfunc (v V) Sum() (s float64) { for _, x := range v { s += x }; return }", "V.Sum"},
		{"mutual recursion", "func even(n int) bool { return n == 0 || odd(n-1) }\nfunc odd(n int) bool { return n != 0 && even(n-1) }", "even odd"},
		{"loop within an interpreted function", "import \"runtime/debug\"\nfunc f() (n int) { _ = debug.Stack()\nfor i := range 3 { n += i }\nreturn }", "loop"},
		{"inner loop", "import \"runtime/debug\"\nfor i := range 3 { n := 0\nfor j := range i { n += j }\n_ = debug.Stack() }", "loop"},
		{"return in a loop", "import \"runtime/debug\"\nfunc f() int { _ = debug.Stack()\nfor i := range 3 { if i > 1 { return i } }\nreturn 0 }", "loop"},
		{"generic", "func f[T int|string](x T) (n int) { for range 3 { n++ }\nreturn }\nf(1)", "f"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSessionWith(t, true)
			if _, errs := s.run(tt.cell); errs != "" {
				t.Fatal(errs)
			}
			if names, refused := s.units(); strings.Join(names, " ") != tt.units {
				t.Errorf("compiled %q, want %q; refused:\n%s", names, tt.units, refused)
			}
		})
	}
}

// TestTierTracebacks compares panics of compiled code with those of interpreted code:
// words, frames and what recover gets.
func TestTierTracebacks(t *testing.T) {
	cells := []string{
		"func at(xs []int, i int) int { for { return xs[i] } }\nfunc outer(i int) int { return at([]int{1, 2}, i) }",
		"outer(5)",
		"n := 0\nfor i := range 5 {\n\tn += 10 / (3 - i)\n}",
		"n",
		"func fact(n int) int {\n\tif n == 0 {\n\t\tpanic(\"zero\")\n\t}\n\treturn n * fact(n-1)\n}",
		"fact(3)",
		"func inLoop(xs []int) (s int) {\n\tc := make(chan int, 1)\n\tc <- 3\n\tfor i := range <-c {\n\t\ts += xs[i]\n\t}\n\treturn s\n}",
		"inLoop([]int{1})",
		"func safe(i int) (r int, err any) {\n\tdefer func() { err = recover() }()\n\tfor j := range 9 {\n\t\tr = at([]int{7, 8}, i+j)\n\t}\n\treturn r, nil\n}",
		"safe(1)",
		"type P struct{ X, y int }\nfunc (p *P) Sum(n int) int {\n\ts := 0\n\tfor range n {\n\t\ts += p.X\n\t}\n\treturn s\n}",
		"var p *P\np.Sum(2)",
		"m := map[string]int(nil)\nfor i := range 3 {\n\tm[\"a\"] = i\n}",
		"func() {\n\tdefer func() {\n\t\tr := recover()\n\t\t_, ok := r.(interface{ RuntimeError() })\n\t\tfmt.Println(r, ok)\n\t}()\n\tat(nil, 0)\n}()",
		"func neg(n int) []int {\n\tfor {\n\t\treturn make([]int, n)\n\t}\n}\nneg(-1)",
		"func cut(s string, i, j int) string {\n\tfor {\n\t\treturn s[i:j]\n\t}\n}\ncut(\"hello\", 3, 9)",
		"xs := []func(int) int{func(i int) int { return at([]int{1}, i) }}\nxs[0](4)",
		"func sends(c chan int) {\n\tclose(c)\n\tfor {\n\t\tc <- 1\n\t}\n}\nsends(make(chan int))",
	}
	type outcome struct{ out, errs, frames string }
	record := func(t *testing.T, tier bool) (r []outcome) {
		s := newSessionWith(t, tier)
		for _, c := range cells {
			out, errs := s.run(c)
			o := outcome{out: out, errs: errs}
			var p *eval.Panic
			if errors.As(s.failure, &p) {
				for _, f := range p.Frames {
					name := strings.TrimPrefix(f.Func, "func literal") // the interpreter knows it only of some
					o.frames += fmt.Sprintf("%s cell %d line %d\n", name, f.Cell, f.Line)
				}
			}
			r = append(r, o)
		}
		return r
	}
	var on, off []outcome
	t.Run("compiled", func(t *testing.T) { on = record(t, true) })
	t.Run("interpreted", func(t *testing.T) { off = record(t, false) })
	for i, c := range cells {
		if on[i] != off[i] {
			t.Errorf("cell %d\n%s\ncompiled    %+v\ninterpreted %+v", i+1, c, on[i], off[i])
		}
	}
}

// TestTierVariables lets loops work on every kind of variable that a cell has.
func TestTierVariables(t *testing.T) {
	cells := []struct{ cell, out string }{
		{"a, b := 1, 2.5\nfor i := range 4 { a += i; b *= 2 }\nfloat64(a) + b", "→ 47"},
		{"type T struct{ n int; s string; xs [3]int }\nt := T{s: \"a\"}\nfor i := range 3 { t.n += i; t.s += \"b\"; t.xs[i] = i * i }\nt", "→ {3 abbb [0 1 4]}"},
		{"q := &t\nt = T{n: 40}\nfor range 2 { q.n++ }\nt.n", "→ 42"},
		{"for range 3 { t = T{n: t.n + 1} }\nq.n", "→ 45"},
		{"func params(n int, xs ...int) (sum int, last int) { c := make(chan bool, 1); c <- true\nfor _, x := range xs { sum += x * n; last = x }\nxs = nil\nreturn }\nparams(2, 1, 2, 3)", "→ 12 → 3"},
		{"func captured() []int { k := 0\nadd := func(n int) { k += n }\nadd(1)\nfor i := 0; i < 4; i++ { k += i }\nadd(100)\nr := []int{k}\nfor k = 0; k < 3; k++ { r = append(r, k) }\nadd(5)\nreturn append(r, k) }\ncaptured()", "→ [107 0 1 2 8]"},
		{"func literals() (r []int) { for i := range 3 { f := func() int { s := 0; for j := range i + 1 { s += i * j }; return s }\nr = append(r, f()) }\nreturn }\nliterals()", "→ [0 1 6]"},
		{"func outerVars() int { s := 0\nc := make(chan int, 9)\nfor i := 0; i < 3; i++ { c <- i\nfor j := 0; j < i; j++ { s += i*10 + j } }\nreturn s }\nouterVars()", "→ 51"},
		{"var m map[string][]int\nfor i := range 3 { if m == nil { m = map[string][]int{} }; m[\"k\"] = append(m[\"k\"], i) }\nm", "→ map[k:[0 1 2]]"},
		{"x := 1\nfor range 3 { x := x * 2; _ = x }\nfor range 3 { x *= 3 }\nx", "→ 27"},
		{"var e error\nvar v any\nk := 0\nfor range 2 { if e == nil && v == nil { k++ } }\nk", "→ 2"},
		{"func use() int { for range 2 { x++ }\nreturn x }\nuse()", "→ 29"},
		{"x = 100\nuse()", "→ 102"},
		{"x := \"now a string\"\nx", "→ now a string"},
		{"func deferred() (n int) { defer func() { n *= 2 }()\nfor i := range 5 { n += i }\nreturn n + 1 }\ndeferred()", "→ 22"},
		{"type B bool\nvar flag B\nfor i := range 3 { flag = i == 2 }\nflag", "→ true"},
		{"type L struct{ next *L; v int }\nvar l *L\nfor i := range 3 { l = &L{l, i} }\nn := 0\nfor p := l; p != nil; p = p.next { n = n*10 + p.v }\nn", "→ 210"},
		{"type G map[string]G\ng := G{}\nfor _, s := range []string{\"a\", \"b\"} { g[s] = G{} }\nlen(g)", "→ 2"},
		{"f := func(n int) int { r := 0\nfor n > 0 { r, n = r+n, n-1 }\nreturn r }\nf(10)", "→ 55"},
	}
	for _, tier := range []bool{true, false} {
		t.Run(fmt.Sprint("tier ", tier), func(t *testing.T) {
			s := newSessionWith(t, tier)
			for _, c := range cells {
				out, errs := s.run(c.cell)
				out = strings.ReplaceAll(strings.TrimSpace(out), "→", " →")
				if got := strings.Join(strings.Fields(out), " "); got != c.out || errs != "" {
					t.Errorf("%s\nprinted %q %s, want %q", c.cell, got, errs, c.out)
				}
			}
		})
	}
}

// TestTierRedefinition gives compiled functions new callees, types and variables.
func TestTierRedefinition(t *testing.T) {
	s := newSessionWith(t, true)
	steps := []struct{ cell, out string }{
		{"func step(x int) int { return x + 1 }\nfunc run(n int) (x int) { for range n { x = step(x) }; return }\nrun(5)", "→ 5"},
		{"func step(x int) int { return x + 2 }\nrun(5)", "→ 10"},
		{"func step(x int) int { c := make(chan int, 1); c <- x + 3; return <-c }", ""},
		{"run(5)", "→ 15"},
		{"func step(x int) int { return x + 4 }\nrun(5)", "→ 20"},
		{"type P struct{ x int }\nfunc (p P) get() int { return p.x }\nfunc total(ps []P) (s int) { for _, p := range ps { s += p.get() }; return }\ntotal([]P{{1}, {2}})", "→ 3"},
		{"func (p P) get() int { return 10 * p.x }\ntotal([]P{{1}, {2}})", "→ 30"},
		{"type P struct{ name string; x int }\nfunc (p P) get() int { return len(p.name) + p.x }\ntotal([]P{{\"ab\", 1}, {\"\", 2}})", "→ 5"},
		{"k := 3\nfunc times(n int) (s int) { for range n { s += k }; return }\ntimes(4)", "→ 12"},
		{"k := 5\ntimes(4)", "→ 20"},
		{"var k int = 7\nfor range 2 { k++ }\ntimes(4)", "→ 36"},
	}
	for _, st := range steps {
		out, errs := s.run(st.cell)
		if strings.TrimSpace(out) != st.out || errs != "" {
			t.Errorf("%s\nprinted %q %s, want %q", st.cell, out, errs, st.out)
		}
	}
}

// TestTierStops interrupts compiled code, and lets a recursion run away.
func TestTierStops(t *testing.T) {
	s := newSessionWith(t, true)
	for _, c := range []string{
		"func forever() { for {} }\nforever()",
		"n := 0\nfor { n++ }",
		"func count(n int) int { if n == 0 { return 0 }; return count(n-1) + 1 }\nfor { count(100) }",
		"func spin(m map[int]int) { for i := 0; ; i++ { m[i%10]++ } }\nspin(map[int]int{})",
	} {
		go func() {
			time.Sleep(50 * time.Millisecond)
			s.in.Interrupt()
		}()
		s.in.Begin()
		if _, errs := s.run(c); !errors.Is(s.failure, eval.ErrInterrupted) {
			t.Errorf("%s\nended with %q", c, errs)
		}
		if len(s.program.Units) == 0 {
			t.Errorf("%s\nis not compiled", c)
		}
	}
	s.in.Begin()
	if out, errs := s.run("fmt.Println(n > 0, count(5))"); out != "true 5\n" {
		t.Error(out, errs)
	}
	_, errs := s.run("func down(n int) int { return down(n+1) + 1 }\ndown(0)")
	var p *eval.Panic
	if !errors.As(s.failure, &p) || !p.Overflow {
		t.Errorf("endless recursion ends with %q", errs)
	}
	if out, errs := s.run("count(1000)"); out != "→ 1000\n" {
		t.Error(out, errs)
	}
}
