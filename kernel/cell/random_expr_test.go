package cell_test

import "fmt"

// value is a variable of a type, or an expression.
func (g *generator) value(t string, depth int) string {
	if v := g.find(t); v != "" && g.r.IntN(3) > 0 {
		return v
	}
	return g.expr(t, depth)
}

// asAny is an expression of type any.
func (g *generator) asAny(depth int) string {
	if v := g.find("any"); v != "" && g.r.IntN(2) == 0 {
		return v
	}
	t := []string{"int", "string", "S", "*S", "[]int", "Shape"}[g.r.IntN(6)]
	return "any(" + g.expr(t, depth-1) + ")"
}

// expr is a random expression of a type.
func (g *generator) expr(t string, depth int) string {
	if depth <= 0 || g.r.IntN(3) == 0 {
		if v := g.find(t); v != "" {
			return v
		}
		if t == "int" {
			if v := g.find("loopvar"); v != "" {
				return v
			}
		}
	}
	e := func(t string) string { return g.expr(t, depth-1) }
	leaf := depth <= 0
	switch t {
	case "int":
		if leaf {
			return fmt.Sprint(g.r.IntN(50) - 10)
		}
		switch g.r.IntN(30) {
		case 18:
			return fmt.Sprintf("%s.Len()", g.value("Stack[int]", depth-1))
		case 19:
			return fmt.Sprintf("%s.%s", g.value("*Outer", depth-1), []string{"A", "r", "S.A", "Ci.k", "grid[1][0]", "Area()", "Sum()", "S.Sum()", "subs[\"x\"].A"}[g.r.IntN(9)])
		case 20:
			return fmt.Sprintf("%s.Twice(clip(%s))", g.value("Op", depth-1), e(t))
		case 21:
			return fmt.Sprintf("adder(%s)(%s)", e(t), e(t))
		case 22:
			return fmt.Sprintf("try(func() int { return %s[%s] })", e("[]int"), e(t))
		case 23:
			return fmt.Sprintf("try(func() int { return %s / %s })", e(t), e(t))
		case 24:
			return fmt.Sprintf("try(func() int { return %s.(int) })", g.asAny(depth))
		case 25:
			return fmt.Sprintf("len(%s)", e("[]S"))
		case 26:
			return fmt.Sprintf("func() int { f := %s.Add; return f(2).A }()", g.value("*S", depth-1))
		case 27:
			return fmt.Sprintf("(S).Sum(%s)", e("S"))
		case 28:
			return fmt.Sprintf("max(%s, %s, %s)", e(t), e(t), e(t))
		case 29:
			return fmt.Sprintf("len(fmt.Sprint(two(%s)))", e(t))
		case 0:
			return fmt.Sprintf("(%s + %s)", e(t), e(t))
		case 1:
			return fmt.Sprintf("(%s - %s)", e(t), e(t))
		case 2:
			return fmt.Sprintf("clip(%s * %s)", e(t), e(t))
		case 3:
			return fmt.Sprintf("div(%s, %s)", e(t), e(t))
		case 4:
			return fmt.Sprintf("len(%s)", e("string"))
		case 5:
			return fmt.Sprintf("at(%s, %s)", e("[]int"), e(t))
		case 6:
			return fmt.Sprintf("%s.Sum()", g.value("S", depth-1))
		case 7:
			return fmt.Sprintf("%s(%s)", g.value("func(int) int", depth-1), e(t))
		case 8:
			return fmt.Sprintf("%s[%s]", g.value("map[string]int", depth-1), e("string"))
		case 9:
			return fmt.Sprintf("pick(%s, %s, %s)", e("bool"), e(t), e(t))
		case 10:
			return fmt.Sprintf("min(%s, %s)", e(t), e(t))
		case 11:
			return fmt.Sprintf("(%s << (uint(%s) & 3))", e(t), e(t))
		case 12:
			return fmt.Sprintf("%s.Area()", e("Shape"))
		case 13:
			return fmt.Sprintf("%s[%d]", g.value("[3]int", depth-1), g.r.IntN(3))
		case 14:
			return fmt.Sprintf("int(%s)", e("uint8"))
		case 15:
			return fmt.Sprintf("%s.A", g.value("*S", depth-1))
		case 16:
			return fmt.Sprintf("func(x int) int { return x ^ %s }(%s)", e(t), e(t))
		default:
			return fmt.Sprintf("-%s", fmt.Sprintf("(%s)", e(t)))
		}
	case "uint8":
		if leaf {
			return fmt.Sprintf("uint8(%d)", g.r.IntN(256))
		}
		return fmt.Sprintf("(%s %s uint8(%s))", e(t), []string{"+", "*", "^", "-"}[g.r.IntN(4)], e("int"))
	case "float64":
		if leaf {
			return fmt.Sprintf("%d.5", g.r.IntN(9))
		}
		return fmt.Sprintf("(%s %s float64(%s))", e(t), []string{"+", "*", "-"}[g.r.IntN(3)], e("int"))
	case "string":
		if leaf {
			return []string{`"ab"`, `"é"`, `"z9"`, `""`}[g.r.IntN(4)]
		}
		switch g.r.IntN(8) {
		case 0:
			return fmt.Sprintf("(%s + %s)", e(t), e(t))
		case 1:
			return fmt.Sprintf("fmt.Sprint(%s)", e([]string{"int", "S", "[]int", "bool", "[3]int", "float64", "[]S", "Stack[int]"}[g.r.IntN(8)]))
		case 2:
			return fmt.Sprintf("cut(%s, %s)", e(t), e("int"))
		case 3:
			return fmt.Sprintf("keys(%s)", e("map[string]int"))
		case 4:
			return fmt.Sprintf("kind(%s)", g.asAny(depth))
		case 5:
			return fmt.Sprintf("%s.b", g.value("S", depth-1))
		case 6:
			return fmt.Sprintf("fmt.Sprintf(\"%%v %%+v %%T\", %s, %s, %s)", e("*S"), e("S"), e("Shape"))
		default:
			return fmt.Sprintf("strings.Repeat(cut(%s, 3), 2)", e(t))
		}
	case "bool":
		if leaf {
			return []string{"true", "false"}[g.r.IntN(2)]
		}
		switch g.r.IntN(7) {
		case 0:
			return fmt.Sprintf("(%s < %s)", e("int"), e("int"))
		case 1:
			return fmt.Sprintf("(%s == %s)", e("string"), e("string"))
		case 2:
			return fmt.Sprintf("(%s && %s)", e(t), e(t))
		case 3:
			return fmt.Sprintf("(%s || !%s)", e(t), e(t))
		case 4:
			return fmt.Sprintf("(%s == %s)", e("[3]int"), e("[3]int"))
		case 5:
			return fmt.Sprintf("(any(%s) == any(%s))", e("int"), e("int"))
		default:
			return fmt.Sprintf("(%s >= %s)", e("float64"), e("float64"))
		}
	case "[]int":
		if leaf {
			return "([]int{1, 2, 3})"
		}
		switch g.r.IntN(4) {
		case 0:
			return fmt.Sprintf("append([]int(nil), %s...)", e(t))
		case 1:
			return fmt.Sprintf("([]int{%s, %s})", e("int"), e("int"))
		case 2:
			return fmt.Sprintf("%s.C", g.value("S", depth-1))
		default:
			return fmt.Sprintf("append(%s, %s)", "([]int{7})", e("int"))
		}
	case "map[string]int":
		return fmt.Sprintf("(map[string]int{%q: %s})", []string{"ab", "k"}[g.r.IntN(2)], e("int"))
	case "S":
		if !leaf && g.r.IntN(3) == 0 {
			return fmt.Sprintf("(*%s)", e("*S"))
		}
		return fmt.Sprintf("(S{A: %s, b: %s})", e("int"), e("string"))
	case "*S":
		if !leaf && g.r.IntN(2) == 0 {
			return fmt.Sprintf("%s.Add(clip(%s))", g.value("*S", depth-1), e("int"))
		}
		return fmt.Sprintf("(&S{%s, %s, %s})", e("int"), e("string"), e("[]int"))
	case "func(int) int":
		if leaf {
			return "clip"
		}
		return fmt.Sprintf("func(x int) int { return x + %s }", e("int"))
	case "*Outer":
		return fmt.Sprintf("newOuter(clip(%s))", e("int"))
	case "Stack[int]":
		return fmt.Sprintf("(*(&Stack[int]{}).Push(%s).Push(%s))", e("int"), e("int"))
	case "[]S":
		if leaf {
			return "([]S{{A: 1}, {b: \"b\"}})"
		}
		if g.r.IntN(2) == 0 {
			return fmt.Sprintf("mapTo(%s, func(x int) S { return S{A: x + %s} })", e("[]int"), e("int"))
		}
		return fmt.Sprintf("append(%s, %s)", e(t), e("S"))
	case "Op":
		return fmt.Sprintf("Op(%s)", e("func(int) int"))
	case "[3]int":
		return fmt.Sprintf("([3]int{%s, %d: %s})", e("int"), 1+g.r.IntN(2), e("int"))
	case "Shape":
		if g.r.IntN(2) == 0 {
			return fmt.Sprintf("Shape(Sq{clip(%s)})", e("int"))
		}
		return fmt.Sprintf("Shape(&Ci{r: clip(%s)})", e("int"))
	case "any":
		return g.asAny(depth)
	}
	return "0"
}
