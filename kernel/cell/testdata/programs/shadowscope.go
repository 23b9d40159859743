package main

import (
	"fmt"
	"strconv"
)

var g = "global"

type str string

func (s str) len() int { return len(s) + 100 }

func helper() (g int, err error) {
	g, err = strconv.Atoi("12")
	if g, err := strconv.Atoi("bad"); err != nil {
		g++
		_ = g
		return g, fmt.Errorf("inner: %w", err)
	}
	return
}

func label() (out []string) {
	i := 0
outer:
	if i < 3 {
		for j := range 5 {
			switch {
			case j == 1:
				continue
			case j == 3:
				i++
				goto outer
			}
			out = append(out, fmt.Sprint(i, j))
		}
	}
	return
}

func params(a int, b ...string) func() string {
	a++
	b = append(b, strconv.Itoa(a))
	return func() string {
		a := a * 2
		for _, b := range b {
			if b == "x" {
				a += 100
			}
			b += "!"
		}
		return fmt.Sprint(a, b)
	}
}

func main() {
	fmt.Println(g)
	g := 1
	{
		g := g + 1
		{
			g := strconv.Itoa(g) + "s"
			fmt.Println(g, len(g))
			g += "t"
		}
		g *= 5
		fmt.Println(g)
	}
	fmt.Println(g)
	fmt.Println(helper())
	len := func(s string) int { return -1 }
	fmt.Println(len("abc"), str("abc").len())
	{
		true := false
		nil := 5
		int := "string"
		print := func(a ...any) { fmt.Print("my print ", a, "\n") }
		print(true, nil, int)
	}
	{
		type str struct{ v int }
		s := str{3}
		fmt.Printf("%v %T\n", s, s)
	}
	for g := range 3 {
		g := g * g
		defer func() { fmt.Print("d", g, " ") }()
	}
	if x, err := strconv.Atoi("5"); err != nil {
		fmt.Println(err)
	} else if y := x * 2; y > 5 {
		x := "shadow"
		fmt.Println(x, y)
	} else {
		fmt.Println(x, y)
	}
	switch g := any(g).(type) {
	case int:
		g++
		fmt.Println("int", g)
	case string:
		fmt.Println(g + "!")
	}
	fmt.Println(label())
	f := params(1, "x", "y")
	fmt.Println(f(), f())
	err := fmt.Errorf("outer")
	func() {
		_, err := strconv.Atoi("q")
		_ = err
	}()
	v, err := strconv.Atoi("7")
	fmt.Println(v, err)
	w, err := strconv.ParseFloat("x", 64)
	fmt.Println(w, err)
	var fs [3]func() int
	for i, x := range []int{5, 6, 7} {
		x := x
		fs[i] = func() int { x++; return x*10 + i }
	}
	fmt.Println(fs[0](), fs[0](), fs[2]())
	const c = 10
	{
		const c = "inner"
		fmt.Print(c, " ")
	}
	fmt.Println(c)
	func(g string) {
		g += "p"
		fmt.Println(g)
	}("param")
	var a, b = 1, 2
	if a, b := b, a; a > b {
		fmt.Println("swapped", a, b)
	}
	fmt.Println(a, b)
	select {
	default:
		a := "in select"
		fmt.Println(a)
	}
	var p *int
	{
		local := 42
		p = &local
	}
	*p++
	fmt.Println(*p)
	type T = map[string][]int
	t := T{"a": {1}}
	for k, t := range t {
		t[0]++
		fmt.Println(k, t)
	}
	fmt.Println(t)
}
