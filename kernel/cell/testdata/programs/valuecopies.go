package main

import "fmt"

type P struct{ X, Y int }
type Line struct {
	A, B P
	Tags [3]string
	M    map[string]P
	S    []P
}
type Grid [2][3]P

func (l Line) Moved(d int) Line   { l.A.X += d; l.Tags[0] = "moved"; l.S[0].X = 99; return l }
func (l *Line) Move(d int)        { l.A.X += d; l.Tags[0] = "ptr" }
func (g Grid) With(i, j int) Grid { g[i][j] = P{i, j}; return g }
func byVal(a [3]int) [3]int       { a[0] = 100; return a }
func byPtr(a *[3]int)             { a[0] = 100 }

type Nested struct {
	Inner struct {
		Arr [2]struct{ N int }
	}
	p *Nested
}

func main() {
	l := Line{A: P{1, 2}, Tags: [3]string{"a", "b", "c"}, M: map[string]P{"k": {5, 6}}, S: []P{{7, 8}}}
	m := l
	m.A.X = 10
	m.Tags[1] = "B"
	m.M["k"] = P{50, 60}
	m.S = append(m.S, P{})
	fmt.Println(l, m)
	fmt.Println(l.Moved(3), l)
	l.Move(5)
	fmt.Println(l.A, l.Tags, l.Equal(Line{}), l.S)
	var g Grid
	h := g.With(1, 2)
	g2 := &g
	g2[0][0].X = 4
	fmt.Println(g, h, g == h, len(g), len(g[0]))
	a := [3]int{1, 2, 3}
	b := a
	b[1] = 20
	fmt.Println(a, b, byVal(a), a)
	byPtr(&a)
	fmt.Println(a, a == [...]int{100, 2, 3})
	for i, v := range a {
		a[2] = 77
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	for i, v := range &a {
		a[2] = 88
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	s := a[:]
	for i := range s {
		s[i]++
	}
	fmt.Println(a)
	mm := map[string]map[string][]P{"x": {"y": {{1, 1}}}}
	mm["x"]["y"][0].X = 5
	mm["x"]["z"] = append(mm["x"]["z"], P{2, 2})
	fmt.Println(mm)
	ms := map[P]P{{1, 2}: {3, 4}}
	v := ms[P{1, 2}]
	v.X = 9
	fmt.Println(ms, v, ms[P{9, 9}])
	ma := map[[2]string]int{{"a", "b"}: 1}
	ma[[2]string{"a", "b"}]++
	fmt.Println(ma)
	mp := map[string]*P{"p": {1, 2}}
	mp["p"].X++
	fmt.Println(*mp["p"])
	mi := map[any]string{1: "int", "1": "str", P{1, 1}: "P", [1]int{1}: "arr", 1.0: "float", nil: "nil"}
	fmt.Println(mi[1], mi["1"], mi[P{1, 1}], mi[[1]int{1}], mi[1.0], mi[nil], mi[int8(1)] == "")
	sl := make([]int, 3, 10)
	t1 := append(sl, 1)
	t2 := append(sl, 2)
	fmt.Println(t1, t2, len(sl), cap(sl[1:2:4]))
	u := sl[1:2:2]
	u = append(u, 50)
	fmt.Println(sl, u, cap(u) >= 2)
	arr := [4]int(t1)
	t1[0] = 42
	pa := (*[2]int)(t1)
	pa[1] = 43
	fmt.Println(arr, t1, *pa)
	x := []int{1, 2, 3, 4, 5}
	copy(x[1:], x)
	fmt.Println(x, copy(x, x[2:]), x)
	fmt.Println(copy([]byte("hello"), "wo"), append([]byte("a"), "bc"...))
	var n Nested
	n.Inner.Arr[1].N = 3
	n.p = &n
	k := n
	k.Inner.Arr[1].N = 4
	n.p.p.p.Inner.Arr[0].N = 8
	fmt.Println(n.Inner, k.Inner, k.p.Inner)
	anon := []struct {
		name string
		f    func(int) int
	}{{"double", func(i int) int { return i * 2 }}, {"neg", func(i int) int { return -i }}}
	for _, c := range anon {
		fmt.Print(c.name, c.f(4), " ")
	}
	fmt.Println()
	i := 0
	i, x[i] = 2, 99
	fmt.Println(i, x)
	x[0], x[4] = x[4], x[0]
	fmt.Println(x)
	iface := any(l.A)
	l.A.X = -1
	fmt.Println(iface, iface == any(P{6, 2}))
	ch := make(chan [2]P, 1)
	av := [2]P{{1, 1}, {2, 2}}
	ch <- av
	av[0].X = 100
	fmt.Println(<-ch, av)
	f := l.Moved
	l.A.X = 1000
	fmt.Println(f(1).A)
	func(q [2]P) { q[0].X = 5 }(av)
	fmt.Println(av)
	defer func(q P) { fmt.Println("deferred", q, l.A) }(l.A)
	l.A = P{}
	pl := &l
	c := *pl
	pl.A.Y = 31
	fmt.Println(c.A, pl.A, (*pl).A)
	clear(mm)
	clear(x[1:3])
	fmt.Println(len(mm), x, min(3, 1, 2), max(2.5, 1), min("b", "a"))
}

func (l Line) Equal(o Line) bool { return l.A == o.A && l.B == o.B && l.Tags == o.Tags }
