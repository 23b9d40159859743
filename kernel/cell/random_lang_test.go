package cell_test

// randomLanguage is declared in each program for the statements of language.
const randomLanguage = `
type Pt struct{ X, Y float64 }

func (p Pt) Neg() Pt           { return Pt{-p.X, -p.Y} }
func (p Pt) String() string    { return fmt.Sprintf("<%v,%v>", p.X, p.Y) }
func inv(x float64) float64    { return 1 / x }
func dot(a, b Pt) float64      { return a.X*b.X + a.Y*b.Y }

type Named interface{ Name() string }
type Both interface {
	Shape
	Named
}
type Tag string

func (t Tag) Name() string { return "tag:" + string(t) }

type Labelled struct {
	Shape
	Tag
	note *string
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) Swap() Pair[string, K] { return Pair[string, K]{fmt.Sprint(p.Val), p.Key} }

func group[K comparable, V any](xs []V, key func(V) K) map[K][]V {
	m := map[K][]V{}
	for _, x := range xs {
		m[key(x)] = append(m[key(x)], x)
	}
	return m
}

func rescue(what string) { fmt.Println(what, recover()) }

func guarded(mode int) (res string) {
	defer func() { res += fmt.Sprint(" outer:", recover()) }()
	switch mode % 4 {
	case 0:
		defer rescue("direct")
	case 1:
		defer func() { rescue("nested") }()
	case 2:
		defer func() {
			defer func() { res += fmt.Sprint("second:", recover()) }()
			panic(fmt.Sprint("again ", recover()))
		}()
	case 3:
		f := rescue
		defer f("value")
	}
	panic(fmt.Sprint("mode", mode%4))
}

func counting(name string, n int) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		defer fmt.Println("done", name)
		for i := range n {
			if !yield(i, name+fmt.Sprint(i)) {
				fmt.Println("stopped", i)
				return
			}
		}
	}
}

func findFirst(n, want int) (at int, name string) {
	for i, s := range counting("seq", n) {
		if i == want {
			return i, s
		}
	}
	return -1, "none"
}

type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return fmt.Sprintf("failure %d: %v", f.code, f.err) }
func (f *failure) Unwrap() error { return f.err }

var errBase = fmt.Errorf("base")

func check(n int) error {
	switch {
	case n < 0:
		return errBase
	case n%2 == 0:
		return &failure{n, errBase}
	case n%3 == 0:
		return fmt.Errorf("wrapped %d: %w", n, &failure{n, nil})
	}
	return nil
}

`

// language writes a statement about a part of the language: interfaces, embedding,
// generic types, deferred calls, iterators, goroutines, formats.
func (g *generator) language(depth int) {
	v, w := g.fresh(), g.fresh()+"l"
	n := func() string { return "clip(" + g.expr("int", 1) + ")" }
	switch g.r.IntN(16) {
	case 0:
		g.line("%s := Pt{float64(%s) * 0, float64(%s)}", v, n(), n())
		g.line("fmt.Println(%s.Neg(), inv(%s.Neg().X), inv(-%s.X), dot(%s.Neg(), Pt{1, 0}), Pt{-%s.X, 0} == Pt{})", v, v, v, v, v)
	case 1:
		g.line("%s := Labelled{Shape: %s, Tag: Tag(%s)}", v, g.expr("Shape", 1), g.expr("string", 1))
		g.line("var %s Both = %s", w, v)
		g.line("fmt.Println(%s.Area(), %s.Name(), %s.Tag)", w, w, v)
		g.line("if x, ok := any(%s).(Named); ok { fmt.Println(x.Name(), ok) }", w)
	case 2:
		g.line("%s := []any{%s, %s, %s, Tag(%s), Pair[string, int]{%s, %s}}", v, g.expr("int", 1), g.expr("S", 1), g.expr("string", 1), g.expr("string", 1), g.expr("string", 1), n())
		g.line("for _, x := range %s { fmt.Printf(\"%%T %%v %%+v %%#v\\n\", x, x, x, x) }", v)
	case 3:
		g.line("%s := []Shape{Sq{%s}, nil}", v, n())
		g.line("fmt.Printf(\"%%T %%v %%T %%v\\n\", %s, %s, map[string]Named{\"a\": Tag(\"q\")}, map[string]Named{\"a\": Tag(\"q\")})", v, v)
	case 4:
		g.line("%s := Pair[int, S]{%s, %s}", v, n(), g.expr("S", 1))
		g.line("fmt.Println(%s, %s.Swap(), %s.Swap().Swap().Key)", v, v, v)
	case 5:
		g.line("%s := group([]int{%s, %s, %s}, func(x int) bool { return x > %s })", v, n(), n(), n(), n())
		g.line("fmt.Println(len(%s), %s[true], %s[false])", v, v, v)
	case 6:
		g.line("fmt.Println(guarded(max(0, %s)))", n())
	case 7:
		g.line("fmt.Println(findFirst(%d, %s %% 5))", g.r.IntN(5), n())
	case 8:
		g.line("for %s, %s := range counting(%q, %d) {", v, w, "it", 1+g.r.IntN(3))
		g.push()
		g.declare(v, "int")
		g.declare(w, "string")
		loop := g.loop
		g.loop++
		g.line("\t_, _ = %s, %s", v, w)
		g.block(depth)
		g.line("\tif %s > 1 || %s { break }", v, g.expr("bool", 1))
		g.loop = loop
		g.pop()
		g.line("}")
	case 9:
		g.line("%s := check(%s)", v, n())
		g.line("var %s *failure", w)
		g.line("fmt.Println(%s, errors.As(%s, &%s), errors.Is(%s, errBase))", v, v, w, v)
		g.line("if %s != nil { fmt.Println(%s.code, %s) }", w, w, w)
	case 10:
		g.line("%s := map[string]S{\"a\": %s}", v, g.expr("S", 1))
		g.line("{ x := %s[\"a\"]; x.A = %s; %s[\"b\"] = x }", v, n(), v)
		g.line("fmt.Println(%s[\"a\"].A, %s[\"b\"].A, %s[\"c\"].b == \"\", len(%s))", v, v, v, v)
	case 11:
		g.line("%s := []func(int) int{Op(adder(%s)).Twice, adder(%s), func(x int) int { return x - 1 }}", v, n(), n())
		g.line("for i, f := range %s { fmt.Print(f(i), f(i), \" \") }", v)
		g.line("fmt.Println((*S).Add(&S{}, 3), S.Sum(S{A: 2}), Pt.Neg(Pt{1, 2}))")
	case 12:
		g.line("%s, %s := make(chan int), make(chan []string)", v, w)
		g.line("go func() {")
		g.line("\tvar all []string")
		g.line("\tfor x := range %s { all = append(all, fmt.Sprint(x*2)) }", v)
		g.line("\t%s <- all", w)
		g.line("}()")
		g.line("for i := range 3 { %s <- i + %s }", v, n())
		g.line("close(%s)", v)
		g.line("fmt.Println(<-%s)", w)
	case 13:
		g.line("%s := struct { A int; B struct{ C [2]string } }{A: %s}", v, n())
		g.line("%s := %s", w, v)
		g.line("%s.B.C[1] = %s", w, g.expr("string", 1))
		g.line("fmt.Printf(\"%%v %%+v %%v %%T\\n\", %s, %s, %s == %s, %s)", v, w, v, w, v)
	case 14:
		g.names++
		g.line("Q%d:", g.names)
		g.line("for %s := 0; ; %s++ {", v, v)
		g.line("\tswitch {")
		g.line("\tcase %s > 3:", v)
		g.line("\t\tbreak Q%d", g.names)
		g.line("\tcase %s%%2 == 0:", v)
		g.line("\t\tdefer func(k int) { fmt.Print(\"d\", k, %s, \" \") }(%s)", v, v)
		g.line("\t\tcontinue Q%d", g.names)
		g.line("\t}")
		g.line("\tfmt.Print(%s, \" \")", v)
		g.line("}")
	default:
		g.line("var %s any = %s", v, g.expr("S", 1))
		g.line("switch x := %s.(type) {", v)
		g.line("case fmt.Stringer:")
		g.line("\tfmt.Println(\"stringer\", x)")
		g.line("case Shape, Named:")
		g.line("\tfmt.Printf(\"%%T\\n\", x)")
		g.line("}")
	}
}
