package main

import "fmt"

type pt struct{ x, y int }

var calls []string

func f(s string, v int) int { calls = append(calls, s); return v }
func two() (int, string)    { return 2, "two" }
func three(n int) (a, b, c int) {
	a, b, c = n, n*2, n*3
	return c, a, b
}
func ptr(s string, p *pt) *pt { calls = append(calls, s); return p }

func main() {
	a, b, c := 1, 2, 3
	a, b, c = c, a, b
	fmt.Println(a, b, c)
	a, b = b, a+b
	fmt.Println(a, b)
	arr := []int{f("a", 1), f("b", 2), f("c", 3)}
	arr[f("i", 0)], arr[f("j", 1)] = f("x", 10), f("y", 20)
	fmt.Println(arr, calls)
	calls = nil
	p, q := pt{1, 2}, pt{3, 4}
	ptr("p", &p).x, ptr("q", &q).y = f("v", q.y), f("w", p.x)
	fmt.Println(p, q, calls)
	p, q = q, p
	p.x, p.y = p.y, p.x
	fmt.Println(p, q)
	m := map[string]int{"a": 1}
	m["a"], m["b"] = m["b"], m["a"]
	v, ok := m["a"]
	w, ok2 := m["zz"]
	fmt.Println(m, v, ok, w, ok2)
	var s string
	a, s = two()
	arr[0], s = two()
	_, s = two()
	fmt.Println(a, s, arr)
	x, y, z := three(5)
	fmt.Println(x, y, z)
	x, y, z = three(z)
	fmt.Println(x, y, z)
	i := 0
	i, arr[i] = 2, 99
	fmt.Println(i, arr)
	arr[i], i = i, 0
	fmt.Println(i, arr)
	for i, j := 0, len(arr)-1; i < j; i, j = i+1, j-1 {
		arr[i], arr[j] = arr[j], arr[i]
	}
	fmt.Println(arr)
	pa, pb := &a, &b
	*pa, *pb = 7, 8
	pa, pb = pb, pa
	*pa++
	fmt.Println(a, b, *pa, pa == &b)
	var e, g any = 1, "s"
	e, g = g, e
	fmt.Println(e, g)
	fs := [2]func() int{func() int { return a }, func() int { return b }}
	fs[0], fs[1] = fs[1], fs[0]
	fmt.Println(fs[0](), fs[1]())
	mat := [2][2]int{{1, 2}, {3, 4}}
	mat[0], mat[1] = mat[1], mat[0]
	mat[0][0], mat[1][1] = mat[1][1], mat[0][0]
	fmt.Println(mat)
	fib := func(n int) (r int) {
		for i, a, b := 0, 0, 1; i < n; i, a, b = i+1, b, a+b {
			r = b
		}
		return
	}
	fmt.Println(fib(10), fib(50))
	var n1, n2 = two()
	const c1, c2 = 1 << 3, "k"
	fmt.Println(n1, n2, c1, c2)
	type node struct {
		v    int
		next *node
	}
	var head *node
	for i := range 4 {
		head = &node{i, head}
	}
	var prev *node
	for cur := head; cur != nil; {
		cur.next, prev, cur = prev, cur, cur.next
	}
	for n := prev; n != nil; n = n.next {
		fmt.Print(n.v, " ")
	}
	fmt.Println()
	gcd := func(a, b int) int {
		for b != 0 {
			a, b = b, a%b
		}
		return a
	}
	fmt.Println(gcd(84, 36), gcd(17, 5))
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	a, b = <-ch, <-ch
	ch <- 5
	vv, more := <-ch, true
	_ = vv
	fmt.Println(a, b, more)
}

func init() {
	if len(calls) != 0 {
		panic("calls")
	}
	go func() {}()
}
