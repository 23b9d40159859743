package closure

import (
	"errors"
	"go/ast"
	"go/types"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// TestCollector runs programs that make much garbage while the collector runs all the
// time, from several goroutines.
func TestCollector(t *testing.T) {
	c := parse(t, `package main
type node struct { key string; vals []int; left, right *node }
func build(d int, s string) *node {
	if d == 0 { return nil }
	return &node{s, make([]int, d), build(d-1, s+"l"), build(d-1, s+"r")}
}
func (n *node) size() int {
	if n == nil { return 0 }
	n.vals = append(n.vals, 1, 2, 3)
	return len(n.key) + len(n.vals) + n.left.size() + n.right.size()
}
func work() int {
	m := map[string]*node{}
	t := 0
	for i := range 40 {
		k := "k" + string(rune('a'+i%26))
		m[k] = build(7, k)
		s := []string{k, k + "x"}
		p := &s
		*p = append(*p, "y")
		t += m[k].size() + len(s[2])
	}
	return t
}
func main() {}
`)
	c.compile(t)
	done := make(chan bool)
	go func() {
		for {
			select {
			case <-done:
				return
			default:
				runtime.GC()
			}
		}
	}()
	want := call[int](c, "work")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				if got := call[int](c, "work"); got != want {
					t.Errorf("got %d, want %d", got, want)
				}
			}
		})
	}
	wg.Wait()
	close(done)
}

var errStop = errors.New("stopped")

// TestStop ends loops of all forms and a recursion without end by the flag.
func TestStop(t *testing.T) {
	c := parse(t, `package main
func f1() { for { } }
func f2() { for i := 0; i < 10; { } }
func f3() { n := 5; for i := 0; i < n; i++ { i-- } }
func f4() { for i := 0; i >= 0; i++ { i = 0 } }
func f5() { for range 1 << 62 { } }
func f6() { m := map[int]int{1: 1}; for { for range m { } } }
func f7() { f7() }
func f8() { for i := 10; i > 3; i-- { i++ } }
func f9() { s := make([]struct{}, 1<<50); for range s { } }
func main() {}
`)
	var flag bool
	c.env.Stop, c.env.Stopped = &flag, func() { panic(errStop) }
	overflow := errors.New("stack overflow")
	grown := 0
	c.env.Grow = func() {
		if grown++; grown > 100 {
			panic(overflow)
		}
	}
	c.compile(t)
	for name, f := range c.funcs {
		t.Run(name, func(t *testing.T) {
			flag, grown = false, 0
			if name != "f7" {
				go func() { time.Sleep(20 * time.Millisecond); raise(&flag) }()
			}
			defer func() {
				if r := recover(); r != errStop && r != overflow {
					t.Errorf("ended with %v", r)
				}
				if len(c.trace) == 0 || c.trace[0].Func != name {
					t.Errorf("the trace is %v", c.trace)
				}
			}()
			f.Call()
		})
	}
}

//go:norace
func raise(p *bool) { *p = true }

// TestTrace looks at the call chain of panics, also when frames have moved to other
// pages.
func TestTrace(t *testing.T) {
	src := `package main
import "strings"
type T struct{ n *int }
func (t *T) deref(d int) int {
	if d == 0 {
		return *t.n
	}
	return 1 + t.deref(d-1)
}
func (t T) value() string { return strings.Repeat("x", (&t).deref(2)) }
func outer() string {
	var t T
	return "a" +
		t.value()
}
func deep() int { return (&T{}).deref(1000) }
func compiled() string { n := -1; return strings.Repeat("x", n) }
func main() {}
`
	c := parse(t, src)
	c.compile(t)
	lines := func(name string) (r []string) {
		var s string
		func() {
			defer func() { recover() }()
			if name == "deep" {
				var n int
				c.funcs[name].Call(unsafe.Pointer(&n))
			}
			c.funcs[name].Call(unsafe.Pointer(&s))
		}()
		for _, f := range c.trace {
			r = append(r, f.Func+" "+strings.TrimSpace(strings.Split(src, "\n")[c.fset.Position(f.Pos).Line-1]))
		}
		return r
	}
	got := strings.Join(lines("outer"), "\n")
	want := "(*T).deref return *t.n\n(*T).deref return 1 + t.deref(d-1)\n(*T).deref return 1 + t.deref(d-1)\nT.value func (t T) value() string { return strings.Repeat(\"x\", (&t).deref(2)) }\nouter t.value()"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	deep := lines("deep")
	if len(deep) != 1002 || !strings.HasPrefix(deep[1001], "deep ") {
		t.Errorf("%d frames, the last %q", len(deep), deep[len(deep)-1])
	}
	if got := lines("compiled"); len(got) != 1 || !strings.HasPrefix(got[0], "compiled ") {
		t.Errorf("%q", got)
	}
}

// TestLoop runs loops that use variables from outside, of a function and of the session.
func TestLoop(t *testing.T) {
	c := parse(t, `package main
var total int
func f() {
	n, s, xs := 10, "", []int(nil)
outer:
	for i := 0; i < n; i++ {
		for _, r := range "ab" {
			if i == 7 { break outer }
			s += string(r)
		}
		total += i
		xs = append(xs, i)
	}
}
func main() {}
`)
	var loop *Loop
	for _, d := range c.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "f" {
			continue
		}
		l, r := c.env.CompileLoop(f.Body.List[1], nil)
		if r != nil {
			t.Fatal(r)
		}
		loop = l
	}
	n, s, xs := 10, "", []int(nil)
	at := map[string]unsafe.Pointer{"n": unsafe.Pointer(&n), "s": unsafe.Pointer(&s), "xs": unsafe.Pointer(&xs)}
	var ptrs []unsafe.Pointer
	for _, v := range loop.Vars {
		ptrs = append(ptrs, at[v.Name()])
	}
	loop.Run(ptrs...)
	total := *(*int)(*c.vars[c.pkg.Scope().Lookup("total").(*types.Var)])
	if n != 10 || s != "ababababababab" || len(xs) != 7 || total != 21 {
		t.Errorf("n %d, s %q, xs %v, total %d", n, s, xs, total)
	}
}

// TestRefusals: what is not compiled is refused, with a place.
func TestRefusals(t *testing.T) {
	for _, row := range []struct{ body, reason string }{
		{"_ = generic(1)", "generic"},
		{"os.Exit(0)", "cannot be called"},
	} {
		c := parse(t, "package main\nimport \"os\"\nvar _ = os.Args\ntype T int\nfunc (T) m() {}\nfunc generic[X any](x X) X { return x }\nfunc g() {}\nfunc f() {\n"+row.body+"\n}\nfunc main() {}\n")
		var d *ast.FuncDecl
		var g []*ast.FuncDecl
		for _, x := range c.file.Decls {
			if f, ok := x.(*ast.FuncDecl); ok && f.Name.Name == "f" {
				d = f
			} else if ok && f.Name.Name == "g" {
				g = append(g, f)
			}
		}
		fs, r := c.env.Compile(append(g, d))
		if r == nil || fs != nil || !strings.Contains(r.Reason, row.reason) {
			t.Errorf("%s: %v, want %s", row.body, r, row.reason)
			continue
		}
		if r.Pos < d.Pos() || r.Pos > d.End() {
			t.Errorf("%s: refused at %v", row.body, c.fset.Position(r.Pos))
		}
	}
}
