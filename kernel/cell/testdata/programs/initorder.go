package main

import (
	"fmt"
	"os"
	"strings"
)

var (
	total    = sum(values...)
	values   = []int{a, b, c}
	a        = b + 1
	b        = f("b", c*2)
	c        = f("c", 3)
	_        = f("blank", 0)
	lookup   = build()
	cfg      = defaults.with("debug")
	defaults = &config{name: "base"}
	x, y     = pair()
	reg      = map[string]func() string{}
	handlers = [...]handler{{"h1", hello}, {"h2", func() string { return "h2:" + name }}}
	name     = strings.ToUpper(os.Args[0][:0] + "nm")
	self     = func() int {
		if total > 100 {
			return 1
		}
		return total
	}()
	log []string
)

type handler struct {
	id string
	fn func() string
}
type config struct {
	name string
	opts []string
}

func (c config) with(o ...string) config { c.opts = append(c.opts, o...); return c }

func hello() string { return "hello " + name }
func pair() (int, string) {
	log = append(log, "pair")
	return len(lookup), "y"
}
func f(n string, v int) int {
	log = append(log, fmt.Sprint(n, "=", v))
	return v
}
func sum(xs ...int) (t int) {
	for _, x := range xs {
		t += x
	}
	return
}
func build() map[string]int {
	m := map[string]int{}
	for i, h := range handlers {
		m[h.id] = i
	}
	return m
}

func init() {
	log = append(log, "init1")
	reg["one"] = func() string { return "1" }
}

func init() {
	log = append(log, "init2")
	reg["two"] = hello
	for i := range handlers {
		h := &handlers[i]
		reg[h.id] = h.fn
	}
}

type T struct{ n int }

var t = newT(5)
var tm = t.method()

func newT(n int) *T         { return &T{n} }
func (t *T) method() string { return fmt.Sprint("T", t.n, zz) }

var zz = "zed"

func main() {
	fmt.Println(total, values, a, b, c, x, y, self)
	fmt.Println(log)
	fmt.Println(lookup, cfg, defaults.opts == nil, len(reg))
	for _, k := range []string{"one", "two", "h1", "h2"} {
		fmt.Print(reg[k](), " ")
	}
	fmt.Println(tm, name)
}
