package main

import (
	"math"
	"strconv"
	"strings"
)

var global = 7
var globals []int
var table = [3]int{1, 2, 3}

type point struct{ x, y int }

type node struct {
	val         int
	left, right *node
}

type named int

type shape struct {
	point
	name string
	tags []string
}

type wrap struct {
	*node
	n named
}

func (p point) add(q point) point { return point{p.x + q.x, p.y + q.y} }
func (p *point) move(dx, dy int)  { p.x += dx; p.y += dy }
func (n *node) sum() int {
	if n == nil {
		return 0
	}
	return n.val + n.left.sum() + n.right.sum()
}
func (n named) double() named { return n * 2 }

func insert(n *node, v int) *node {
	if n == nil {
		return &node{val: v}
	}
	if v < n.val {
		n.left = insert(n.left, v)
	} else {
		n.right = insert(n.right, v)
	}
	return n
}

func divmod(a, b int) (q, r int) {
	q = a / b
	r = a % b
	return
}

func swap(a, b string) (string, string) { return b, a }

func bump() int { global++; return global }

func itoa(xs ...int) string {
	s := ""
	for i, x := range xs {
		if i > 0 {
			s += " "
		}
		s += strconv.Itoa(x)
	}
	return s
}

func ftoa(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

func testTree() string {
	var t *node
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		t = insert(t, v)
	}
	return itoa(t.sum(), t.left.val, t.right.right.val)
}

func testOrder() string {
	global = 10
	a := global + bump()
	b := bump() + global
	global += bump()
	c := global
	return itoa(a, b, c)
}

func testResults() string {
	q, r := divmod(17, 5)
	a, b := swap("x", "y")
	q, r = r, q
	return itoa(q, r) + a + b
}

func testStruct() string {
	p := point{1, 2}
	q := p
	q.x = 10
	r := p.add(q)
	r.move(100, 200)
	pp := &p
	pp.y = 77
	pp.move(1, 1)
	s := shape{point: point{3, 4}, name: "s", tags: []string{"a", "b"}}
	s.x++
	s.move(1, 1)
	u := s
	u.tags[0] = "z"
	u.name = "u"
	eq := p == point{2, 78}
	w := wrap{&node{val: 4}, 3}
	w.val += 2
	w.n = w.n.double()
	e := "no"
	if eq {
		e = "yes"
	}
	return itoa(p.x, p.y, q.x, q.y, r.x, r.y, s.x, s.y, w.node.val, int(w.n), w.sum()) + s.tags[0] + s.name + u.name + e
}

func testSlices() string {
	var s []int
	caps := ""
	last := -1
	for i := 0; i < 2000; i++ {
		s = append(s, i)
		if cap(s) != last {
			last = cap(s)
			caps += strconv.Itoa(last) + ","
		}
	}
	globals = s
	t := s[10:20:30]
	t = append(t, 1, 2, 3)
	u := append([]int(nil), t...)
	n := copy(u[1:], u)
	var strs []string
	strs = append(strs, "a", "b", "c")
	strs = append(strs, strs...)
	b := append([]byte("hi"), " there"...)
	b[0] = 'H'
	var ps []point
	for i := range 5 {
		ps = append(ps, point{i, i * i})
	}
	ps[2].x = 99
	grid := [][]int{{1, 2}, {3, 4}}
	grid[1][0] += 10
	return caps + itoa(s[20], len(t), cap(t), len(u), n, u[1]) + strings.Join(strs, "") + string(b) + itoa(ps[2].x, ps[4].y, grid[1][0], len(grid))
}

func testStrings() string {
	s := "héllo, 世界"
	n := 0
	out := ""
	for i, r := range s {
		n += i * int(r)
		out += string(r) + "|"
	}
	rs := []rune(s)
	rs[0] = 'J'
	return out + itoa(n, len(s), len(rs), int(s[1])) + string(rs) + s[3:] + s[:1] + s[1:3] + strings.ToUpper(s) + string(rune(0x10FFFF+1))
}

func testMaps() string {
	m := map[string]int{"a": 1, "b": 2}
	m["c"] += 5
	m["a"]++
	delete(m, "b")
	v, ok := m["zz"]
	w, ok2 := m["a"]
	sum := 0
	keys := 0
	for k, v := range m {
		sum += v
		keys += len(k)
	}
	pm := map[point]string{{1, 2}: "p"}
	pm[point{3, 4}] = "q"
	sm := map[string][]int{}
	sm["x"] = append(sm["x"], 1, 2)
	sm["x"] = append(sm["x"], 3)
	st := map[int]shape{1: {name: "one"}}
	st[2] = shape{name: "two", tags: []string{"t"}}
	fm := map[float64]bool{1.5: true}
	mm := map[string]map[string]int{}
	if mm["q"] == nil {
		mm["q"] = map[string]int{}
	}
	mm["q"]["r"] = 9
	r := itoa(v, w, sum, keys, len(m), len(sm["x"]), mm["q"]["r"], len(st)) + pm[point{3, 4}] + pm[point{1, 2}] + st[2].name + st[2].tags[0] + st[1].name
	if ok || !ok2 || !fm[1.5] || fm[2] {
		r += "wrong"
	}
	clear(m)
	return r + itoa(len(m))
}

func testControl() string {
	out := ""
outer:
	for i := 0; i < 5; i++ {
		for j := 0; ; j++ {
			switch {
			case j == 3:
				continue outer
			case i == 3:
				break outer
			case j == 1:
				continue
			}
			out += itoa(i, j) + ";"
		}
	}
	switch x := len(out); x {
	case 1, 2, 3:
		out += "small"
	case 4:
		fallthrough
	default:
		out += "big"
	}
	switch global = 3; {
	case global > 2:
		out += "g"
		fallthrough
	case global > 100:
		out += "f"
	case true:
		out += "no"
	}
	k := 10
	for k > 0 {
		k -= 3
		if k < 5 {
			break
		}
	}
	for i := range 3 {
		out += itoa(i)
		i += 10
	}
	var u8 uint8 = 3
	for i := range u8 {
		out += itoa(int(i))
	}
	return out + itoa(k)
}

func testArrays() string {
	var a [5]int
	for i := range a {
		a[i] = i * i
	}
	b := a
	b[2] = 100
	p := &a
	p[1] = 50
	s := a[1:4]
	s[0]++
	c := [...]string{2: "x", 0: "y"}
	m := [2][3]int{{1, 2, 3}, {4, 5, 6}}
	m[1][2] += m[0][1]
	t := 0
	for i, v := range a {
		a[4] = 1000
		t += i * v
	}
	for i := range p {
		t += p[i]
	}
	eq := "ne"
	if a != b {
		eq = "differ"
	}
	table[1] = 20
	return itoa(a[1], b[2], a[2], len(s), cap(s), len(c), m[1][2], t, table[1]) + c[0] + c[1] + c[2] + eq
}

func testFloats() string {
	var z float64
	x := 1 / z
	n := -z
	f := float32(0.1)
	g := f * f * 3
	nan := z / z
	r := ftoa(x) + " " + ftoa(1/n) + " " + ftoa(float64(g)) + " " + ftoa(nan) + " " + ftoa(math.Sqrt(2)) + " " + ftoa(math.Pow(2, 0.5))
	if nan == nan || nan < 1 || !(nan != nan) {
		r += "wrong"
	}
	i := int(2.9 * x / x * 0)
	_ = i
	y := 3.99
	return r + itoa(int(y), int(-y), int(uint8(y))) + ftoa(float64(uint64(1<<63))) + ftoa(min(1.5, y, n)) + ftoa(max(y, 2))
}

func testEscape() string {
	var ps []*int
	for i := 0; i < 3; i++ {
		ps = append(ps, &i)
	}
	for i := range 3 {
		ps = append(ps, &i)
	}
	t := ""
	for _, p := range ps {
		t += itoa(*p)
	}
	x := 5
	q := &x
	*q += 2
	pp := &q
	**pp *= 3
	s := shape{name: "e"}
	sp := &s.point
	sp.x = 8
	n := &s.name
	*n += "f"
	return t + itoa(x, s.x) + s.name
}

func testShadow() string {
	x := 1
	{
		x := x + 1
		x++
		global = x
	}
	if x := 10; x > 5 {
		global += x
	}
	a, b := 1, 2
	a, b = b, a+b
	arr := []int{1, 2, 3}
	i := 0
	i, arr[i] = 2, 9
	arr[0], arr[2] = arr[2], arr[0]
	return itoa(x, global, a, b, i) + itoa(arr...)
}

func testComplex() string {
	c := complex(1, 2)
	d := c * c
	e := d / complex(0, 1)
	return ftoa(real(d)) + ftoa(imag(d)) + ftoa(real(e)) + ftoa(imag(e))
}

func depth(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + depth(n-1)
}

func testDepth() string { return itoa(depth(100000)) }

func big(n int, a [20]int, s string) ([20]int, string) {
	if n == 0 {
		return a, s
	}
	a[n%20] += n
	return big(n-1, a, s+"x"[:n&1])
}

func testBig() string {
	var a [20]int
	b, s := big(500, a, "start")
	t := 0
	for i, v := range b {
		t += i * v
	}
	return itoa(t, len(s))
}

func panicIndex(s []int, i int) int    { return s[i] }
func panicSlice(s []int, i, j int) int { return len(s[i:j]) }

func testPanic1() string  { return itoa(panicIndex([]int{1, 2, 3}, 7)) }
func testPanic2() string  { return itoa(panicIndex(nil, -1)) }
func testPanic3() string  { return itoa(panicSlice([]int{1, 2, 3}, 2, 1)) }
func testPanic4() string  { return itoa(panicSlice([]int{1, 2, 3}, 2, 10)) }
func testPanic5() string  { var n *node; return itoa(n.val) }
func testPanic6() string  { a, b := 1, 0; return itoa(a / b) }
func testPanic7() string  { var m map[string]int; m["a"] = 1; return "" }
func testPanic8() string  { n := -1; s := make([]int, n); return itoa(len(s)) }
func testPanic9() string  { s := "abc"; i := 5; return s[i:] }
func testPanic10() string { s := "abc"; i := 5; return itoa(int(s[i])) }
func testPanic11() string { a := [3]int{}; i := 3; a[i%4] = 1; return itoa(a[0]) }
func testPanic12() string { a := [3]int{}; i := 4; return itoa(len(a[:i])) }
func testPanic13() string { a := [3]int{}; i := 3; j := 2; return itoa(len(a[i:j])) }
func testPanic14() string { n := -1; return itoa(1 << n) }
func testPanic15() string { s := []int{1, 2, 3}; i := 5; return itoa(len(s[0:1:i])) }
func testPanic16() string { s := []int{1, 2, 3}; i := 3; return itoa(len(s[0:i:2])) }
func testPanic17() string { n := 5; s := make([]point, n, n-1); return itoa(len(s)) }
func testPanic18() string { var p *point; p.move(1, 1); return "" }
func testPanic19() string { var w wrap; return itoa(w.val) }
func testPanic20() string { return strings.Repeat("x", global-1000000) }
func testPanic21() string { var a *[3]int; i := 1; return itoa(a[i]) }
func testPanic22() string { var s []shape; n := 1 << 60; s = make([]shape, n); return itoa(len(s)) }

func main() {}
