package cell_test

import (
	"fmt"
)

// stmt writes a random statement; depth bounds the blocks inside it.
func (g *generator) stmt(depth int) {
	if depth <= 0 {
		switch g.r.IntN(3) {
		case 0:
			g.show()
		default:
			g.assign()
		}
		return
	}
	switch g.r.IntN(36) {
	case 29, 30, 31, 32, 33, 34, 35:
		g.language(depth)
	case 22:
		v := g.fresh()
		g.line("for %s, e := range %s {", v, e2(g, "[]S"))
		g.line("\te.A += %s", v)
		g.line("\tfmt.Print(e, \" \")")
		g.line("}")
	case 23:
		if v := g.find("Stack[int]"); v != "" {
			w, ok := g.fresh(), g.fresh()+"p"
			g.line("%s, %s := %s.Pop()", w, ok, v)
			g.line("_, _ = %s, %s", w, ok)
			g.declare(w, "int")
			g.declare(ok, "bool")
			g.line("%s.Push(%s)", v, g.expr("int", 1))
		}
	case 24:
		if v := g.find("*Outer"); v != "" {
			g.line("%s.grid[%d][%d] += %s", v, g.r.IntN(2), g.r.IntN(2), g.expr("int", 1))
			g.line("%s.subs[%s] = %s", v, g.expr("string", 1), g.expr("S", 1))
			g.line("%s.Ci.k++", v)
			g.line("%s.C = append(%s.C, %s)", v, v, g.expr("int", 1))
			g.line("fmt.Println(%s.S, %s.grid, len(%s.subs), %s.tag)", v, v, v, v)
		}
	case 25:
		v, w := g.fresh(), g.fresh()+"w"
		g.line("%s, %s := two(%s)", v, w, g.expr("int", 2))
		g.line("fmt.Println(two(%s))", v)
		g.declare(v, "int")
		g.declare(w, "string")
		g.line("_ = %s", w)
	case 26:
		if v := g.find("[]S"); v != "" {
			g.line("if len(%s) > 0 { p := &%s[0]; p.A++; %s[len(%s)-1].b = %s; p.Add(3) }", v, v, v, v, g.expr("string", 1))
		}
	case 27:
		v := g.fresh()
		g.line("var %s []func() int", v)
		g.line("for i := 0; i < 3; i++ {")
		g.line("\tx := %s + i", g.expr("int", 1))
		g.line("\t%s = append(%s, func() int { x += i; return x })", v, v)
		g.line("}")
		g.line("for _, f := range %s { fmt.Print(f(), f(), \" \") }", v)
	case 28:
		v := g.fresh()
		g.line("%s := make(chan string, 2)", v)
		g.line("select {")
		g.line("case %s <- %s:", v, g.expr("string", 1))
		g.block(depth)
		g.line("default:")
		g.line("}")
		g.line("select {")
		g.line("case x, ok := <-%s:", v)
		g.line("\tfmt.Println(x, ok)")
		g.line("}")
	case 0, 1, 2:
		t := g.typ()
		e := g.expr(t, 3)
		v := g.fresh()
		switch g.r.IntN(3) {
		case 0:
			g.line("var %s %s = %s", v, t, e)
		case 1:
			g.line("%s := %s(%s)", v, paren(t), e)
		default:
			g.line("var %s %s", v, t)
			if t == "*S" {
				g.line("%s = &S{}", v)
			} else if t == "func(int) int" || t == "map[string]int" || t == "Shape" || t == "*Outer" || t == "Op" {
				g.line("%s = %s", v, e)
			}
		}
		g.declare(v, t)
		g.line("_ = %s", v)
	case 3, 4, 5, 6:
		g.assign()
	case 7:
		g.line("if %s {", g.expr("bool", 2))
		g.block(depth)
		if g.r.IntN(2) == 0 {
			g.line("} else if x := %s; x > 3 {", g.expr("int", 2))
			g.block(depth)
		}
		if g.r.IntN(2) == 0 {
			g.line("} else {")
			g.block(depth)
		}
		g.line("}")
	case 8, 9:
		g.loopStmt(depth)
	case 10:
		g.line("switch %s %% 4 {", g.expr("int", 2))
		for i := range 3 {
			g.line("case %d:", i)
			g.block(depth)
			if i < 2 && g.r.IntN(4) == 0 {
				g.line("\tfallthrough")
			}
		}
		g.line("default:")
		g.block(depth)
		g.line("}")
	case 11:
		v := g.fresh()
		g.line("switch %s := %s.(type) {", v, g.asAny(2))
		for _, t := range []string{"int", "*S", "Shape", "string"} {
			g.line("case %s:", t)
			g.ind++
			g.line("_ = %s", v)
			g.ind--
			g.push()
			g.declare(v, t)
			g.block(depth)
			g.pop()
		}
		g.line("}")
	case 12:
		v := g.fresh()
		g.line("%s := func(x int) int {", v)
		g.closureBody(depth, "x", true)
		g.line("}")
		g.declare(v, "func(int) int")
		g.line("fmt.Println(%q, %s(%s))", v, v, g.expr("int", 1))
	case 13:
		g.line("defer func(x int) {")
		g.closureBody(depth, "x", false)
		g.line("}(%s)", g.expr("int", 2))
	case 14:
		g.line("defer fmt.Println(%q, %s, %s)", fmt.Sprint("deferred", g.n), g.expr("int", 2), g.expr("string", 1))
		g.n++
	case 15:
		g.line("func() {")
		g.ind++
		g.line("defer func() { fmt.Println(\"rec\", recover()) }()")
		g.closureBody(depth, "", false)
		g.ind--
		g.line("\tif %s { panic(%s) }", g.expr("bool", 1), g.expr("string", 1))
		g.line("}()")
	case 16:
		a, b := g.find("int"), g.find("int")
		if a != "" && b != "" && a != b {
			g.line("%s, %s = %s, %s", a, b, g.expr("int", 2), g.expr("int", 2))
		}
	case 17:
		v := g.fresh()
		ok := g.fresh() + "k"
		g.line("%s, %s := %s[%s]", v, ok, g.value("map[string]int", 1), g.expr("string", 1))
		g.line("_, _ = %s, %s", v, ok)
		g.declare(v, "int")
		g.declare(ok, "bool")
	case 18:
		if g.funcs > 0 {
			v, w := g.fresh(), g.fresh()+"s"
			g.line("%s, %s := f%d(%s, %s)", v, w, g.r.IntN(g.funcs), "clip("+g.expr("int", 1)+")", g.expr("string", 1))
			g.line("_, _ = %s, %s", v, w)
			g.declare(v, "int")
			g.declare(w, "string")
		}
	case 19:
		g.line("{")
		g.block(depth)
		g.line("}")
	case 20:
		v := g.fresh()
		g.line("%s := make(chan int, 3)", v)
		g.line("go func(n int) {")
		g.ind++
		g.line("for i := range 3 { %s <- i*n }", v)
		g.line("close(%s)", v)
		g.ind--
		g.line("}(%s)", g.expr("int", 1))
		g.line("for x := range %s {", v)
		g.ind++
		g.line("fmt.Print(x, \" \")")
		g.ind--
		g.line("}")
	default:
		g.show()
	}
}

func paren(t string) string {
	if t[0] == '*' || t[0] == 'f' {
		return "(" + t + ")"
	}
	return t
}

// closureBody writes the statements of a function literal.
func (g *generator) closureBody(depth int, param string, result bool) {
	loop := g.loop
	g.loop = 0
	g.lits++
	g.ind++
	g.push()
	if param != "" {
		g.declare(param, "int")
	}
	for range 1 + g.r.IntN(3) {
		g.stmt(depth - 1)
	}
	if result {
		g.line("return %s", g.expr("int", 2))
	}
	g.pop()
	g.ind--
	g.lits--
	g.loop = loop
}

func (g *generator) loopStmt(depth int) {
	if g.loop+g.lits >= 3 {
		g.assign()
		return
	}
	v := g.fresh()
	label := ""
	if g.r.IntN(3) == 0 {
		g.names++
		label = fmt.Sprintf("L%d", g.names)
		g.line("%s:", label)
	}
	g.push()
	switch g.r.IntN(6) {
	case 0:
		g.line("for %s := 0; %s < %d; %s++ {", v, v, 2+g.r.IntN(3), v)
		g.declare(v, "loopvar")
	case 1:
		g.line("for %s := range %d {", v, 2+g.r.IntN(3))
		g.declare(v, "int")
	case 2:
		w := g.fresh() + "v"
		g.line("for %s, %s := range %s {", v, w, g.short())
		g.declare(v, "int")
		g.declare(w, "int")
		g.line("\t_, _ = %s, %s", v, w)
	case 3:
		g.line("for %s := range each(%d) {", v, 2+g.r.IntN(3))
		g.declare(v, "int")
	case 4:
		w := g.fresh() + "v"
		g.line("for %s, %s := range %s {", v, w, "cut("+g.expr("string", 1)+", 4)")
		g.declare(v, "int")
		g.line("\t_, _ = %s, %s", v, w)
	default:
		g.line("for %s := range [3]int{1, 2} {", v)
		g.declare(v, "int")
	}
	g.ind++
	g.push()
	g.loop++
	g.line("_ = %s", v)
	for range 1 + g.r.IntN(3) {
		g.stmt(depth - 1)
	}
	if g.r.IntN(2) == 0 {
		word := []string{"break", "continue"}[g.r.IntN(2)]
		g.line("if %s { %s %s }", g.expr("bool", 1), word, label)
	} else if label != "" {
		g.line("if %s { continue %s }", g.expr("bool", 1), label)
	}
	g.assign()
	g.loop--
	g.pop()
	g.ind--
	g.line("}")
	g.pop()
}

// short is a slice of few elements.
func (g *generator) short() string {
	return fmt.Sprintf("[]int{%s, %s}", g.expr("int", 1), g.expr("int", 1))
}

func (g *generator) assign() {
	t := g.typ()
	v := g.find(t)
	if v == "" {
		t = "int"
		if v = g.find(t); v == "" {
			return
		}
	}
	switch {
	case t == "int" && g.r.IntN(3) == 0:
		g.line("%s %s= %s", v, []string{"+", "-", "*", "^", "|", "&"}[g.r.IntN(6)], g.expr("int", 2))
	case t == "int" && g.r.IntN(5) == 0:
		g.line("%s%s", v, []string{"++", "--"}[g.r.IntN(2)])
	case t == "string" && g.r.IntN(2) == 0:
		g.line("%s = cut(%s+%s, 8)", v, v, g.expr("string", 1))
	case t == "[]int" && g.r.IntN(2) == 0:
		g.line("%s = append(%s, %s)", v, v, g.expr("int", 2))
	case t == "[]int" && g.r.IntN(2) == 0:
		g.line("if len(%s) > 1 { %s[0], %s[1] = %s[1], %s }", v, v, v, v, g.expr("int", 1))
	case t == "map[string]int" && g.r.IntN(3) > 0:
		g.line("%s[%s] %s %s", v, g.expr("string", 1), []string{"=", "+="}[g.r.IntN(2)], g.expr("int", 2))
	case t == "S" && g.r.IntN(2) == 0:
		g.line("%s.A += %s", v, g.expr("int", 1))
	case t == "S" && g.r.IntN(2) == 0:
		g.line("%s.Add(clip(%s))", v, g.expr("int", 1))
	case t == "*S" && g.r.IntN(2) == 0:
		g.line("%s.b = cut(%s, 5)", v, g.expr("string", 1))
	case t == "[3]int" && g.r.IntN(2) == 0:
		g.line("%s[%d] = %s", v, g.r.IntN(3), g.expr("int", 1))
	default:
		g.line("%s = %s", v, g.expr(t, 2))
	}
}

func e2(g *generator, t string) string { return g.expr(t, 2) }
