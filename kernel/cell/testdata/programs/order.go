package main

import (
	"fmt"
	. "strconv"
	str "strings"
)

var (
	a = c + b
	b = f("b", 2)
	c = f("c", 3)
)

var table = map[string]func(int) int{"dbl": dbl, "neg": func(n int) int { return -n }}

var _ = f("blank", 0)

var x, y = pair()

var d Direction = West

func pair() (int, string) { return 7, "seven" }

func dbl(n int) int { return 2 * n * scale }

var scale = len(names)

var names = [...]string{2: "two", 0: "zero"}

type Direction uint8

const (
	North Direction = iota
	East
	South
	West
	count = iota
)

const (
	_  = iota
	k1 = iota * 10
	k2
	big   = 1 << 40
	mask  = ^uint32(0)
	label = "k" + "2"
	flag  = k1 < k2 && !false
)

func (d Direction) Turn() Direction { return (d + 1) % count }

func f(s string, n int) int {
	fmt.Println("init", s)
	return n
}

func init() {
	fmt.Println("init 1", a, b, c, len(table))
}

func init() {
	fmt.Println("init 2", str.ToUpper("x"), Itoa(5))
	a = 100
}

type visitor interface {
	visit(n node) string
}

type node interface{ accept(v visitor) string }

type num int
type add struct{ l, r node }
type printer struct{ depth int }

func (n num) accept(v visitor) string { return v.visit(n) }
func (a add) accept(v visitor) string { return v.visit(a) }

func (p printer) visit(n node) string {
	switch n := n.(type) {
	case num:
		return FormatInt(int64(n), 10)
	case add:
		return "(" + n.l.accept(p) + "+" + n.r.accept(p) + ")"
	}
	return "?"
}

type evaluator struct{}

func (evaluator) visit(n node) string {
	switch n := n.(type) {
	case num:
		return Itoa(int(n))
	case add:
		a, _ := Atoi(n.l.accept(evaluator{}))
		b, err := Atoi(n.r.accept(evaluator{}))
		if err != nil {
			return err.Error()
		}
		return Itoa(a + b)
	}
	return ""
}

func multi() (int, error, string) { return 1, nil, "s" }

func take(xs ...any) int { return len(xs) }

func takeErr(n int, err error, s any) string { return fmt.Sprint(n, err == nil, s) }

func main() {
	fmt.Println(a, b, c, x, y, d, d.Turn(), count, West)
	fmt.Println(table["dbl"](4), table["neg"](4), names, len(names), scale)
	fmt.Println(k1, k2, big, mask, label, flag)
	e := add{num(1), add{num(2), num(3)}}
	fmt.Println(e.accept(printer{}), "=", e.accept(evaluator{}))
	fmt.Println(take(multi()), takeErr(multi()), take(), take(nil), take([]any{1, 2}...))
	var grid [2][3]struct {
		v    int
		seen bool
	}
	grid[1][2].v = 5
	grid[0][1].seen = true
	for _, row := range grid {
		for _, cell := range row {
			fmt.Print(cell, " ")
		}
	}
	fmt.Println()
	i := 0
	i, grid[i][0].v = 1, 42
	fmt.Println(i, grid[0][0].v, grid[1][0].v)
	xs := []int{1, 2, 3}
	for i, v := range xs {
		xs[2] = 10
		if i == 0 {
			xs = append(xs, 99)
		}
		fmt.Print(v, " ")
	}
	fmt.Println(xs)
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		fmt.Print(i, v, " ")
	}
	fmt.Println(arr)
	switch x := d; {
	case x == North, x == South:
		fmt.Println("vertical")
	case x == West:
		fmt.Println("west")
		fallthrough
	case false:
		fmt.Println("fell")
	default:
		fmt.Println("default")
	}
	switch {
	case len(xs) > 3 && xs[3] == 99:
		fmt.Println("long")
	}
	goto end
end:
	fmt.Println(func() (s string) {
		defer func() { s = str.Repeat(s, 2) }()
		return "ab"
	}())
	var np *printer
	fmt.Println(np == nil, any(np) == nil, visitor(np) == nil)
	var iface any = 3
	switch iface {
	case "3":
		fmt.Println("string")
	case 3:
		fmt.Println("three")
	}
	if n, err := Atoi("x1"); err != nil {
		fmt.Println(err)
	} else if n > 3 {
		fmt.Println(n)
	}
	m := map[[2]int]string{{1, 2}: "a"}
	m[[...]int{3, 4}] = "b"
	delete(m, [2]int{1, 2})
	fmt.Println(m, len(m))
	type kv struct {
		k string
		v *int
	}
	n := 3
	kvs := []*kv{{"a", &n}, {k: "b"}}
	*kvs[0].v++
	fmt.Println(n, kvs[1].v == nil, len(kvs))
	var bs = []byte("hello")
	copy(bs[1:], "EY")
	fmt.Println(string(bs), string(bs[:2]), cap(bs[1:3:4]))
	ch := make(chan func() string, 1)
	ch <- func() string { return "from chan" }
	fmt.Println((<-ch)())
	p := &n
	pp := &p
	**pp = 8
	fmt.Println(n, *p == **pp)
	s := "héllo, 世界"
	for i, r := range s {
		if r > 127 {
			fmt.Print(i, ":", string(r), " ")
		}
	}
	fmt.Println(len(s), s[1], s[1:3])
	fmt.Println(1.0<<3, 7>>1, uint8(d)+100, 'a', "\u00e9\t\x41", `raw\n`)
}
