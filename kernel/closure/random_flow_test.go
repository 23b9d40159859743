package closure

import (
	"fmt"
	"go/ast"
	"strings"
	"testing"
)

// flow writes statements that defer calls, recover, jump, iterate, send and receive, or
// keep functions.
func (g *programmer) flow(nested bool) {
	g.names++
	k := g.names
	switch g.n(12) {
	case 0:
		g.line("defer func(n int) { gi += n; %s = cut(%s + \"d\") }(%s)", "gs", "gs", g.expr("int"))
	case 1:
		g.line("defer %s.add(%s)", g.name("*S"), g.expr("int"))
	case 2:
		if nested {
			g.line("func() {\ndefer func() { if recover() != nil { gi += %d } }()", k)
			g.literal(func() { g.stmt(); g.stmt() })
			g.line("}()")
		}
	case 3:
		if nested {
			g.line("for i%d := range seq(%s) {\nif steps++; steps > 2000 { break }\n_ = i%d", k, g.expr("int"), k)
			g.loops++
			g.scope(func() {
				g.line("w%d := i%d\n_ = w%d", k, k, k)
				g.add("int", fmt.Sprintf("w%d", k))
				for range 1 + g.n(3) {
					g.stmt()
				}
			})
			g.loops--
			g.line("}")
		}
	case 4:
		if g.lits == 0 {
			g.line("if %s { return }", g.expr("bool"))
		}
	case 5:
		g.line("c%d := make(chan int, 3)\nc%d <- %s\nc%d <- %s\n%s = <-c%d + %s", k, k, g.expr("int"), k, g.expr("int"), g.name("int"), k, g.expr("int"))
		g.line("select {\ncase v%d, ok := <-c%d:\nif ok { gi += v%d }\ndefault:\ngi--\n}", k, k, k)
	case 6:
		g.line("c%d := make(chan S)\ngo func(v S, n int) { v.a += n; c%d <- v; close(c%d) }(%s, %s)", k, k, k, g.expr("S"), g.expr("int"))
		v := g.declare("S")
		g.line("%s := <-c%d\nfor range c%d { gi++ }", v, k, k)
		g.add("S", v)
	case 7:
		g.line("%s = func(n int) int {", g.pick("gfn", "gft[\"a\"]", "gft["+g.expr("string")+"]"))
		x := g.name("int")
		g.line("if steps++; steps > 2000 { return n }\n%s ^= n", x)
		g.literal(func() {
			g.line("n%d := n", k)
			g.add("int", fmt.Sprintf("n%d", k))
			g.line("return %s + n%d", g.leaf("int"), k)
		})
		g.line("}")
	case 8:
		if nested && g.lits == 0 {
			g.line("k%d := 0\nl%d:\nif k%d++; k%d < 3 {", k, k, k, k)
			g.scope(func() { g.stmt(); g.stmt() })
			g.line("goto l%d\n}", k)
		}
	case 9:
		g.line("n%d := new(%s)\n*n%d += k(%d)", k, g.expr("int"), k, k)
		g.add("int", fmt.Sprintf("*n%d", k))
	case 10:
		g.line("u%d := uint64(%s) & 3\n%s = %s[u%d]", k, g.expr("int"), g.name("int"), g.name("[]int"), k)
	case 11:
		g.line("t%d := struct { f func(string) string; n int }{func(s string) string { return cut(s + %s) }, %s}", k, g.leaf("string"), g.expr("int"))
		g.line("%s = t%d.f(%s)", g.name("string"), k, g.expr("string"))
	}
}

// literal writes the body of a function literal, in which break, continue, return and
// goto mean nothing of what is around it.
func (g *programmer) literal(f func()) {
	loops := g.loops
	g.loops = 0
	g.lits++
	g.scope(f)
	g.lits--
	g.loops = loops
}

// tooLarge reports whether a program has a function whose frame is too large to be
// compiled.
func tooLarge(t *testing.T, src string) bool {
	c := parse(t, src)
	var ds []*ast.FuncDecl
	for _, d := range c.file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name != "main" {
			ds = append(ds, d)
		}
	}
	_, r := c.env.Compile(ds)
	return r != nil && strings.Contains(r.Reason, "too large")
}
