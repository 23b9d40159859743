package cell_test

import "testing"

// TestTierControl lets compiled loops leave the interpreted functions around them, and
// iterators of both kinds call bodies of both.
func TestTierControl(t *testing.T) {
	bothWays(t, []meet{
		{leave, ""},
		{"func first(xs []int) int { _ = path.Base(\"\")\nfor i, x := range xs { if x > 2 { return i } }\nreturn -1 }\nfmt.Println(first([]int{1, 2, 3}), first(nil))", "2 -1"},
		{"func two(n int) (int, string) { _ = path.Base(\"\")\nfor i := 0; ; i++ { if i*i > n { return i, \"root\" }; if i > 9 { return first([]int{9}), \"big\" } } }\nfmt.Println(two(20))\nfmt.Println(two(1000))", "5 root 0 big"},
		{"func named(n int) (r int, err error) { _ = path.Base(\"\")\ndefer func() { r++ }()\nfor i := range n { r = i\nif i == 3 { return r * 10, errors.New(\"three\") }\nif i == 5 { return } }\nreturn }\nfmt.Println(named(2))\nfmt.Println(named(9))", "2 <nil> 31 three"},
		{"func bare(n int) (r int) { _ = path.Base(\"\")\nadd := func() { r++ }\nfor { add(); if r > n { return } } }\nbare(4)", "→ 5"},
		{"func none(p *int) { _ = path.Base(\"\")\nfor { *p++; if *p > 5 { return } } }\nk := 0\nnone(&k)\nk", "→ 6"},
		{"func outer(n int) (s string) { _ = path.Base(\"\")\nout: for i := range n { s += path.Base(\"/\"); for j := range n { if j == 2 { continue out }; if i == 2 { break out }; s += fmt.Sprint(i, j, \" \") } }\nreturn }\nouter(4)", "→ /0 0 0 1 /1 0 1 1 /"},
		{"func jump(n int) (s string) { _ = path.Base(\"\")\nk := 0\ntop: s += \"t\"\nfor i := range n { if i == 1 && k < 2 { k++; goto top }; s += fmt.Sprint(i) }\nreturn }\njump(3)", "→ t0t0t012"},
		{"func lits() (fs []func() int) { _ = path.Base(\"\")\nfor i := range 5 { if i == 3 { return fs }; fs = append(fs, func() int { for j := range 9 { if j*j > i { return j } }; return -1 }) }\nreturn nil }\nfor _, f := range lits() { fmt.Print(f(), \" \") }", "1 2 2"},
		{"func iseq(n int) func(func(int) bool) { _ = path.Base(\"\"); return func(yield func(int) bool) { _ = path.Base(\"\"); for i := range n { if !yield(i) { return } } } }\nfunc cseq(n int) func(func(int) bool) { return func(yield func(int) bool) { for i := range n { if !yield(i) { return } } } }\nt := 0\nfor v := range iseq(5) { t += v }\nfor v := range cseq(5) { t += v }\nt", "→ 20"},
		{"func total(seq func(func(int) bool)) (t int) { for v := range seq { if v == 7 { break }; t += v }; return }\nfmt.Println(total(iseq(10)), total(cseq(10)))", "21 21"},
		{"func found(seq func(func(int) bool), want int) string { _ = path.Base(\"\")\nfor v := range seq { if v == want { return fmt.Sprint(\"at \", v) } }\nreturn \"no\" }\nfmt.Println(found(iseq(4), 2), found(cseq(4), 3), found(cseq(4), 4))", "at 2 at 3 no"},
		{"func cdefer(seq func(func(int) bool)) (s string) { for v := range seq { defer func() { s += fmt.Sprint(\"d\", v) }(); if v == 2 { return \"r\" } }; return }\nfmt.Println(cdefer(iseq(5)), cdefer(cseq(5)))", "rd2d1d0 rd2d1d0"},
		{"func ipanic(yield func(int) bool) { _ = path.Base(\"\"); yield(1); yield(2) }\nirun(func() { for range ipanic { break } })", "→ e:runtime error: range function continued iteration after function for loop body returned false"},
		{"func rec(yield func(int) bool) { defer func() { recover() }(); for i := range 2 { yield(i) } }\nirun(func() { for range rec { panic(\"p\") } })", "→ e:runtime error: range function recovered a loop body panic and did not resume panicking"},
		{"func nested(n int) (s string) { for i := range cseq(n) { for j := range iseq(n) { if j > i { break }; if i == 3 { return s + \"!\" }; s += fmt.Sprint(i, j, \" \") } }; return }\nnested(5)", "→ 0 0 1 0 1 1 2 0 2 1 2 2 !"},
		{"u, xs := uint64(2), []int{1, 2, 3}\nfor range 2 { xs[u] += int(u) }\nxs[u]", "→ 7"},
		{"func news() (s int) { for i := range 4 { p := new(i * 2); *p++; s += *p }; return }\nnews()", "→ 16"},
	})
}
