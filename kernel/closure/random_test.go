package closure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Random programs: functions that call each other, work on everything that the subset
// has, in their own variables and in those of the package, and now and then panic. What
// they return and what they leave behind is compared with compiled Go.

const programHead = `package main

import "strconv"

type K struct {
	a int
	b string
}

type S struct {
	a  int
	s  string
	k  K
	xs []int
	p  *S
	ar [3]int
}

var (
	gi int
	gs string
	gx []int
	gm map[string]int
	gk map[K]int
	gp *S
	gv S
	steps int
	gfn func(int) int
	gft map[string]func(int) int
)

func seq(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		defer func() { gi++ }()
		for i := range n & 3 {
			if !yield(i + n) {
				return
			}
		}
	}
}

func (v S) val(n int) int       { return v.a + n + len(v.xs) }
func (p *S) add(n int) *S       { p.a += n; p.xs = append(p.xs, n); return p }
func (k K) key() string         { return k.b + strconv.Itoa(k.a) }
func cut(s string) string       { if len(s) > 40 { return s[:40] }; return s }
func k(n int) int               { return n & 7 }
func two(n int) (int, string)   { gi++; return n + gi, strconv.Itoa(n) }

func reset() string {
	gi, gs, gx, gp, steps = 3, "g", []int{5, 6}, &S{a: 9, s: "gp"}, 0
	gm, gk = map[string]int{"g": 1}, map[K]int{{1, "k"}: 2}
	gfn = func(n int) int { gi++; return n ^ gi }
	gft = map[string]func(int) int{"a": func(n int) int { return n * 3 }, "g": gfn}
	gv = S{a: 4, xs: []int{1, 2, 3, 4}, p: &S{s: "deep"}}
	return ""
}

func ints(xs []int) string {
	r := ""
	for _, x := range xs {
		r += strconv.Itoa(x) + " "
	}
	return r
}

func show(v S) string {
	r := strconv.Itoa(v.a) + v.s + v.k.key() + ints(v.xs) + ints(v.ar[:])
	if v.p != nil {
		r += v.p.s + strconv.Itoa(v.p.a) + ints(v.p.xs)
	}
	return r
}

func state() string {
	n := 0
	for k, v := range gm {
		n += v * (len(k) + 1)
	}
	for k, v := range gk {
		n += v * (k.a + len(k.b))
	}
	return strconv.Itoa(gi) + gs + ints(gx) + strconv.Itoa(n) + show(gv) + show(*gp)
}

func main() {}
`

type programmer struct {
	r     *rand.Rand
	b     strings.Builder
	vars  []map[string][]string // in scope, by type
	names int
	loops int
	depth int
	lits  int // function literals around the statement
}

func (g *programmer) n(n int) int { return g.r.IntN(n) }

func (g *programmer) pick(s ...string) string { return s[g.n(len(s))] }

// name picks a variable of a type.
func (g *programmer) name(t string) string {
	var all []string
	for _, m := range g.vars {
		all = append(all, m[t]...)
	}
	return all[g.n(len(all))]
}

func (g *programmer) declare(t string) string {
	g.names++
	v := fmt.Sprintf("v%d", g.names)
	if s := g.name(t); g.n(5) == 0 && len(g.vars) > 3 && !strings.HasPrefix(s, "*") && !g.inScope(s) {
		return s // shadow it
	}
	return v
}

// inScope reports whether the innermost scope declares a name.
func (g *programmer) inScope(name string) bool {
	for _, names := range g.vars[len(g.vars)-1] {
		if slices.Contains(names, name) {
			return true
		}
	}
	return false
}

func (g *programmer) scope(f func()) {
	g.vars = append(g.vars, map[string][]string{})
	f()
	g.vars = g.vars[:len(g.vars)-1]
}

func (g *programmer) add(t, v string) {
	m := g.vars[len(g.vars)-1]
	m[t] = append(m[t], v)
}

func (g *programmer) call(t string) string {
	if g.depth > 2 || g.depth == 2 && g.n(3) > 0 { // frames have a limit
		return g.leaf(t)
	}
	f := map[string]string{"int": "i", "string": "s", "S": "v", "*S": "p", "[]int": "x"}[t]
	return fmt.Sprintf("f%s%d(d-1, %s, %s, %s, %s, %s)", f, g.n(2), g.expr("int"), g.expr("string"), g.expr("[]int"), g.expr("S"), g.expr("*S"))
}

func (g *programmer) expr(t string) string {
	g.depth++
	defer func() { g.depth-- }()
	if g.depth > 3 || g.depth > 1 && g.n(3) == 0 {
		return g.leaf(t)
	}
	e := g.expr
	switch t {
	case "int":
		switch g.n(17) {
		case 0, 1, 2, 3:
			return "(" + e("int") + g.pick(" + ", " - ", " * ", " & ", " | ", " ^ ") + e("int") + ")"
		case 4:
			return "(" + e("int") + g.pick(" / ", " % ") + g.pick("3", "8", "(1 + "+e("int")+"&7)") + ")"
		case 5:
			return "len(" + g.expr(g.pick("string", "[]int")) + ")"
		case 6:
			return e("[]int") + "[" + g.index() + "]"
		case 7:
			return e("*S") + ".a"
		case 8:
			return g.name("S") + ".val(" + e("int") + ")"
		case 9:
			return "int(" + g.name("string") + "[" + g.index() + "])"
		case 10:
			return "gm[" + e("string") + "]"
		case 11:
			return "gk[K{" + e("int") + " & 3, " + e("string") + "}]"
		case 12:
			return g.pick("min", "max") + "(" + e("int") + ", " + e("int") + ")"
		case 13:
			return "(" + e("int") + " >> (uint(" + e("int") + ") & 7))"
		case 14:
			return g.name("S") + ".ar[" + g.index() + "]"
		case 15:
			return g.pick("gfn", "gft["+e("string")+"]", "gft[\"a\"]") + "(" + e("int") + ")"
		}
		return g.call(t)
	case "string":
		switch g.n(7) {
		case 0, 1:
			return "cut(" + e("string") + " + " + e("string") + ")"
		case 2:
			return g.name("string") + "[" + g.pick("0:", "1:", ":1", ":"+g.index()) + "]"
		case 3:
			return "strconv.Itoa(" + e("int") + ")"
		case 4:
			return "string(rune(65 + " + e("int") + "&31))"
		case 5:
			return e("*S") + "." + g.pick("s", "k.key()", "k.b")
		}
		return g.call(t)
	case "[]int":
		switch g.n(6) {
		case 0, 1:
			return "append(" + e("[]int") + ", " + e("int") + g.pick("", ", "+e("int")) + ")"
		case 2:
			return e("[]int") + "[" + g.pick("0:", "1:", ":1", g.name("int")+"&3:") + "]"
		case 3:
			return "[]int{" + g.leaf("int") + ", 2: " + g.leaf("int") + "}"
		case 4:
			return "append([]int(nil), " + e("[]int") + "...)"
		}
		return g.call(t)
	case "S":
		// The elements do not panic: which of two panics of one argument list comes first
		// is not looked at for literals.
		l := g.leaf
		switch g.n(4) {
		case 0:
			return "S{" + l("int") + ", " + l("string") + ", K{" + l("int") + ", " + l("string") + "}, " + l("[]int") + ", " + l("*S") + ", [3]int{1: " + l("int") + "}}"
		case 1:
			return "S{s: " + l("string") + ", a: " + l("int") + "}"
		case 2:
			return "(*" + e("*S") + ")"
		}
		return g.call(t)
	case "*S":
		switch g.n(4) {
		case 0:
			return "(&S{a: " + g.leaf("int") + ", xs: " + g.leaf("[]int") + "})"
		case 1:
			return e("*S") + ".add(" + e("int") + ")"
		case 2:
			return g.name("S") + ".p"
		}
		return g.call(t)
	}
	switch g.n(7) { // bool
	case 0, 1:
		return e("int") + g.pick(" < ", " <= ", " == ", " != ", " > ", " >= ") + e("int")
	case 2:
		return e("string") + g.pick(" < ", " == ", " != ", " >= ") + e("string")
	case 3:
		return "(" + e("bool") + g.pick(" && ", " || ") + e("bool") + ")"
	case 4:
		return "!(" + e("bool") + ")"
	case 5:
		return e("*S") + g.pick(" == ", " != ") + "nil"
	}
	return "(" + g.name("S") + ".k == K{" + e("int") + ", " + e("string") + "})"
}

func (g *programmer) index() string {
	return g.pick("0", "0", "1", "2", g.name("int")+"&1", g.name("int")+"&3")
}

func (g *programmer) leaf(t string) string {
	switch {
	case t == "bool":
		return g.leaf("int") + " < " + g.leaf("int")
	case t == "int" && g.n(3) == 0:
		return g.pick("0", "1", "2", "7", "100")
	case t == "string" && g.n(3) == 0:
		return g.pick(`"a"`, `"xyz"`, `"é"`)
	}
	return g.name(t)
}

var valueTypes = []string{"int", "string", "[]int", "S", "*S"}

func (g *programmer) block(n int) {
	g.b.WriteString("{\n")
	g.scope(func() {
		for range n {
			g.stmt()
		}
	})
	g.b.WriteString("}\n")
}

func (g *programmer) line(format string, args ...any) { fmt.Fprintf(&g.b, format+"\n", args...) }

func (g *programmer) place() (p, t string) {
	switch g.n(9) {
	case 0:
		return g.name("[]int") + "[" + g.index() + "]", "int"
	case 1:
		return g.name("*S") + "." + g.pick("a", "k.a"), "int"
	case 2:
		return g.name("S") + "." + g.pick("s", "k.b"), "string"
	case 3:
		return "gm[" + g.leaf("string") + "]", "int"
	case 4:
		return g.name("S") + ".ar[" + g.index() + "]", "int"
	case 5:
		return "gk[" + g.name("S") + ".k]", "int"
	}
	t = valueTypes[g.n(len(valueTypes))]
	return g.name(t), t
}

func (g *programmer) stmt() {
	nested := len(g.vars) < 6
	if g.n(4) == 0 {
		g.flow(nested)
		return
	}
	switch g.n(17) {
	case 0, 1, 2:
		p, t := g.place()
		if t == "string" {
			g.line("%s = cut(%s)", p, g.expr(t))
			return
		}
		g.line("%s = %s", p, g.expr(t))
	case 3, 4:
		t := valueTypes[g.n(len(valueTypes))]
		x := g.expr(t)
		v := g.declare(t)
		g.line("var %s %s = %s\n_ = %s", v, t, x, v)
		g.add(t, v)
	case 5:
		p, t := g.place()
		if t == "int" {
			g.line("%s %s %s", p, g.pick("+=", "-=", "*=", "&=", "|=", "^="), g.expr("int"))
		}
	case 6:
		p, t := g.place()
		if t == "int" {
			g.line("%s%s", p, g.pick("++", "--"))
		}
	case 7:
		p, t := g.place()
		q, u := g.place()
		g.line("%s, %s = %s, %s", p, q, g.leaf(t), g.leaf(u))
	case 8:
		v, w := g.declare("int"), g.declare("string")
		if v != w {
			g.line("%s, %s := two(%s)\n_, _ = %s, %s", v, w, g.expr("int"), v, w)
			g.add("int", v)
			g.add("string", w)
		}
	case 9:
		if nested {
			g.line("if %s", g.expr("bool"))
			g.b.WriteString(" ")
			g.b2(func() { g.block(1 + g.n(3)) })
		}
	case 10, 11:
		if nested {
			g.loop()
		}
	case 12:
		if nested {
			g.line("switch %s {", g.expr("int")+" & 3")
			for i := range 3 {
				g.line("case %d:", i)
				g.scope(func() { g.stmt(); g.stmt() })
				if g.n(4) == 0 && i < 2 {
					g.line("fallthrough")
				}
			}
			g.line("default:")
			g.scope(func() { g.stmt() })
			g.line("}")
		}
	case 13:
		if g.loops > 0 {
			g.line("if %s { %s }", g.expr("bool"), g.pick("break", "continue"))
		}
	case 14:
		v := g.name("int")
		if !strings.ContainsAny(v, ".*[") {
			g.names++
			g.line("q%d := &%s\n*q%d += %s", g.names, v, g.names, g.expr("int"))
			g.add("int", fmt.Sprintf("*q%d", g.names))
		}
	case 15:
		g.names++
		x := g.name("int")
		g.line("h%d := func(n int) int { %s += n; return n + %s }\n%s = h%d(%s) + h%d(2)", g.names, x, g.expr("int"), g.name("int"), g.names, g.expr("int"), g.names)
	case 16:
		v := g.declare("S")
		g.line("%s := %s\n%s.add(%s)", v, g.expr("S"), v, g.expr("int"))
		g.add("S", v)
	}
}

// b2 writes a block after a line that was ended too early.
func (g *programmer) b2(f func()) {
	s := strings.TrimRight(g.b.String(), "\n ")
	g.b.Reset()
	g.b.WriteString(s + " ")
	f()
}

func (g *programmer) loop() {
	g.names++
	i := fmt.Sprintf("i%d", g.names)
	g.loops++
	defer func() { g.loops-- }()
	var head, use string
	switch g.n(5) {
	case 0:
		head = fmt.Sprintf("for %s := 0; %s < 3; %s++", i, i, i)
	case 1:
		head = fmt.Sprintf("for %s := range %s & 3", i, g.expr("int"))
	case 2:
		head = fmt.Sprintf("for _, %s := range %s", i, g.expr("[]int"))
	case 3:
		head = fmt.Sprintf("for %s, r%s := range %s", i, i, g.expr("string"))
		use = "gi += int(r" + i + ")"
	case 4:
		head = fmt.Sprintf("for %s := 5; %s > 0; %s -= 2", i, i, i)
	}
	g.line("%s {\nif steps++; steps > 2000 { break }\n_ = %s", head, i)
	if use != "" {
		g.line("%s", use)
	}
	g.scope(func() {
		g.line("w%s := %s\n_ = w%s", i, i, i)
		g.add("int", "w"+i)
		for range 1 + g.n(3) {
			g.stmt()
		}
	})
	g.line("}")
}

func (g *programmer) function(kind string, t string, n int) {
	g.vars = []map[string][]string{{"int": {"gi"}, "string": {"gs"}, "[]int": {"gx"}, "S": {"gv"}, "*S": {"gp"}}}
	g.scope(func() {
		g.line("func f%s%d(d, i int, s string, x []int, v S, p *S) (r %s) {", kind, n, t)
		for t, v := range map[string]string{"int": "i", "string": "s", "[]int": "x", "S": "v", "*S": "p"} {
			g.add(t, v)
		}
		g.line("if steps++; d <= 0 || steps > 2000 || len(x) > 50 { return %s }", map[string]string{"int": "i", "string": "s", "[]int": "x", "S": "v", "*S": "p"}[t])
		for range 2 + g.n(5) {
			g.stmt()
		}
		if g.n(2) == 0 {
			g.line("r = %s\nreturn", g.expr(t))
		} else {
			g.line("return %s", g.expr(t))
		}
		g.line("}")
	})
}

func randomProgram(seed uint64, functions int) string {
	g := &programmer{r: rand.New(rand.NewPCG(seed, 7))}
	g.b.WriteString(programHead)
	for _, f := range [][2]string{{"i", "int"}, {"s", "string"}, {"v", "S"}, {"p", "*S"}, {"x", "[]int"}} {
		g.function(f[0], f[1], 0)
		g.function(f[0], f[1], 1)
	}
	for i := range functions {
		g.vars = []map[string][]string{{"int": {"gi"}, "string": {"gs"}, "[]int": {"gx"}, "S": {"gv"}, "*S": {"gp"}}}
		g.line("func test%03d() string {\nreset()\nd := 3", i)
		switch i % 3 {
		case 0:
			g.line("return strconv.Itoa(%s) + %s", g.call("int"), g.call("string"))
		case 1:
			g.line("return show(%s)", g.call("S"))
		default:
			g.line("return ints(%s)", g.call("[]int"))
		}
		g.line("}\nfunc test%03dstate() string { return state() }", i)
	}
	return g.b.String()
}

// TestRandomPrograms compares them: -seed and -programs choose others and more.
func TestRandomPrograms(t *testing.T) {
	for n, s := 0, *seed; n < *programs; s++ {
		src := randomProgram(s, 30)
		if !typeChecks(src) || tooLarge(t, src) {
			if s > *seed+1000 {
				t.Fatal("no program type-checks")
			}
			continue
		}
		n++
		t.Run(fmt.Sprint(s), func(t *testing.T) { compareWithGo(t, src) })
	}
}
