package main

import (
	"errors"
	"fmt"
)

var (
	ga, gb int
	ge     error
)

func one() int        { return 7 }
func fails() error    { return errors.New("e") }
func two() (int, int) { return 1, 2 }

type rec struct {
	a, b int
	next *rec
}

func named(n int) (a, b int, err error) {
	a, b = n, n+1
	if n > 3 {
		return b, a, fails()
	}
	if n > 2 {
		err = fails()
		return
	}
	return b, a, nil
}

func lens(s []int, m map[string]int) (int, int, int) { return len(s), cap(s), len(m) }

func appends(s []int) ([]int, []int) { return append(s, 1), append(s, 2, 3) }

func gcd(a, b int) (g, x, y int) {
	if b == 0 {
		return a, 1, 0
	}
	g, x1, y1 := gcd(b, a%b)
	return g, y1, x1 - (a/b)*y1
}

func trace(s string, n int) int {
	fmt.Print(s, " ")
	return n
}

func main() {
	ga, ge = 2, fails()
	fmt.Println(ga, ge)
	ga, gb = one(), 5
	fmt.Println(ga, gb)
	ga, gb = gb, ga+gb
	fmt.Println(ga, gb)
	x, y := 2, one()
	x, y = y, 3
	fmt.Println(x, y)
	x, y = one(), one()+x
	fmt.Println(x, y)
	x, y = -y, -x
	fmt.Println(x, y)
	x, err := 2, fails()
	fmt.Println(x, err)
	x, err = 3, nil
	fmt.Println(x, err, err == nil)
	s := []int{1, 2, 3}
	s[0], s[1] = s[1], s[0]
	s[0], s[1], s[2] = s[2], 5, s[0]+s[1]
	fmt.Println(s)
	i := 0
	i, s[i] = 1, 42
	fmt.Println(i, s)
	i, s[i], s[i+1] = 0, one(), i
	fmt.Println(i, s)
	s, x = s[1:], s[0]
	fmt.Println(s, x)
	m := map[string]int{"a": 1}
	m["a"], m["b"] = m["b"], m["a"]
	fmt.Println(m)
	k := "a"
	k, m[k] = "z", 9
	fmt.Println(k, m)
	v, ok := m["a"]
	_, bad := m["q"]
	fmt.Println(v, ok, bad)
	p, q := &x, &y
	*p, *q = *q, *p
	p, q = q, p
	fmt.Println(x, y, *p, *q)
	var a1, a2 any = 1, "x"
	a1, a2 = a2, a1
	fmt.Println(a1, a2)
	l, c := len(s), cap(s)
	l, c = len(m), len(s)+c
	fmt.Println(l, c)
	s, c = append(s, 1), len(s)
	fmt.Println(s, c)
	for n := range 5 {
		fmt.Println(named(n))
	}
	fmt.Println(lens(s[:2], m))
	fmt.Println(appends(s[:1:1]))
	fmt.Println(gcd(240, 46))
	r := &rec{a: 1, b: 2}
	r.next, r.a, r.b = &rec{a: r.b}, r.b, r.a
	r, r.next.b = r.next, 8
	fmt.Println(*r)
	arr := [3]int{}
	arr[trace("x", 1)], arr[trace("y", 2)] = trace("z", 5), trace("w", 6)
	fmt.Println(arr)
	var e1, e2 error = fails(), nil
	fmt.Println(e1, e2)
	var z1, z2 = two()
	z2, z1 = two()
	fmt.Println(z1, z2)
	b1, b2 := x > y, ok && len(s) > 1
	fmt.Println(b1, b2)
	f := func() (int, error) { return 5, nil }
	if n, err := f(); err == nil && n > 1 {
		x, err = f()
		fmt.Println(n, x, err)
	}
	var np *rec
	np, x = nil, 4
	fmt.Println(np == nil, x)
	lo, hi := 0, len(s)-1
	for lo < hi {
		s[lo], s[hi] = s[hi], s[lo]
		lo, hi = lo+1, hi-1
	}
	fmt.Println(s)
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, " ")
	}
	fmt.Println()
	x += trace("t", 2) * 2
	x <<= 1
	x, y = x^y, x&y
	fmt.Println(x, y)
	arr[0]++
	m["inc"]++
	m["inc"] += 5
	r.a--
	(*r).b *= 3
	fmt.Println(arr, m["inc"], *r)
}
