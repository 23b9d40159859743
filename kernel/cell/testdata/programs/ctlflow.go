package main

import (
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

const (
	_  = iota
	KB = 1 << (10 * iota)
	MB
	GB
)

const (
	A, B = iota * 2, 1 << iota
	C, D
	_, _
	E, F
)

type Bits uint8

const (
	F0 Bits = 1 << iota
	F1
	F2
	All  = F0 | F1 | F2
	None = Bits(0)
)

const Huge = 1 << 100
const (
	big        = Huge >> 98
	third      = 1.0 / 3
	r          = 'a' + 1
	cplx       = 2i * 2i
	str        = "const" + "ant"
	l          = len(str)
	typed int8 = -1 << 7
	div        = 7 / 2
	fdiv       = 7 / 2.
)

func (b Bits) String() string {
	var s []string
	for i, n := range []string{"F0", "F1", "F2"} {
		if b&(1<<i) != 0 {
			s = append(s, n)
		}
	}
	return "{" + strings.Join(s, "|") + "}"
}

func collatz(n int) (steps int) {
top:
	if n == 1 {
		return
	}
	steps++
	if n&1 == 0 {
		n >>= 1
		goto top
	}
	n = 3*n + 1
	goto top
}

func search(m [][]int, want int) (x, y int, ok bool) {
outer:
	for i, row := range m {
		for j, v := range row {
			switch {
			case v < 0:
				continue outer
			case v == want:
				x, y, ok = i, j, true
				break outer
			case v > 100:
				break
			}
		}
	}
	return
}

func grade(n int) string {
	switch n /= 10; n {
	case 10, 9:
		return "A"
	case 8:
		fallthrough
	case 7:
		return "B"
	default:
		if n < 0 {
			break
		}
		return "F"
	}
	return "?"
}

func deferLoop() (out []int) {
	for i := range 3 {
		defer func() { out = append(out, i) }()
	}
	for i, p := 0, new(int); i < 2; i, *p = i+1, *p+10 {
		defer func(n int) { out = append(out, n+*p) }(i * 100)
	}
	return []int{-1}
}

func named(n int) (a, b int, err error) {
	defer func() {
		a *= 2
		if err != nil {
			b = -1
		}
	}()
	if n > 0 {
		a := n
		_ = a
		return a, a + 1, nil
	}
	b = 7
	err = fmt.Errorf("n = %d", n)
	return 5, b, err
}

func variadic(pre string, xs ...any) string { return fmt.Sprint(pre, len(xs), xs == nil, xs) }

var (
	x0 = y0 + 1
	y0 = f0()
	z0 = func() int { return x0 * 10 }()
)

func f0() int { return 41 }

func init() { fmt.Println("init 1", x0, y0, z0) }
func init() { fmt.Println("init 2"); x0 = 0 }

func main() {
	fmt.Println(KB, MB, GB, A, B, C, D, E, F)
	fmt.Println(F0, All, None, All&^F1, ^F0, big, third, r, string(rune(r)), cplx, str, l, typed, div, fdiv)
	fmt.Println(collatz(27), collatz(1))
	fmt.Println(search([][]int{{1, -1, 5}, {200, 5}, {5}}, 5))
	for _, g := range []int{100, 95, 85, 71, 30, -20} {
		fmt.Print(grade(g), " ")
	}
	fmt.Println(deferLoop())
	fmt.Println(named(3))
	fmt.Println(named(0))
	fmt.Println(variadic("a"), variadic("b", nil), variadic("c", nil...), variadic("d", []any{1, "x"}...), variadic("e", []int{1, 2}))

	x := 1
	{
		x := x + 1
		x++
		if x := x * 10; x > 20 {
			fmt.Print(x, " ")
		} else if y := x + 1; y > 0 {
			fmt.Print(y, " ")
		}
		fmt.Print(x, " ")
	}
	fmt.Println(x)
	var fs []func() int
	for i := 0; i < 3; i++ {
		i := i * i
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for i := 0; i < 6; i++ {
		if i == 1 {
			i++
		}
		defer func() { fmt.Print("d", i, " ") }()
	}
	a := [...]int{5: 50, 1, 2: 20, 30, 9: 90}
	fmt.Println(len(a), a)
	sl := a[2:4:7]
	sl = append(sl, 1, 2, 3)
	sl[0] = 99
	fmt.Println(a, sl, len(sl), cap(sl) >= 5)
	sl2 := append(a[:1], a[3:]...)
	fmt.Println(sl2, a)
	m := map[[2]int]map[string]struct{ n int }{{1, 2}: {"a": {1}}, {0, 0}: nil}
	fmt.Println(m[[2]int{1, 2}]["a"].n, m[[2]int{9, 9}]["zz"].n, len(m), m)
	delete(m, [2]int{0, 0})
	clear(m[[2]int{1, 2}])
	fmt.Println(m, min(3, 1, 2), max(2.5, 1), min("b", "a"))
	for i, c := range "aé世\xff!" {
		fmt.Print(i, ":", string(c), ":", utf8.RuneLen(c), " ")
	}
	fmt.Println()
	bs := []byte("héllo")
	bs[0] ^= ' '
	fmt.Println(string(bs), []rune("hé"), string([]rune{65, 0x4e16, -1}), len("世"))
	i, arr := 0, []int{10, 20, 30}
	i, arr[i] = 2, 5
	arr[0], arr[1], arr[2] = arr[2], arr[0], arr[1]
	fmt.Println(i, arr)
	var pi *int = &arr[1]
	*pi++
	pp := &pi
	**pp += 10
	fmt.Println(arr, *pi == **pp)
	type local struct {
		a int
		b *local
	}
	chain := &local{1, &local{2, &local{3, nil}}}
	for n := chain; n != nil; n = n.b {
		fmt.Print(n.a, "->")
	}
	fmt.Println("nil")
	switch v := any(chain.b).(type) {
	case nil:
		fmt.Println("nil")
	case *local, local:
		fmt.Printf("%T\n", v)
	}
	var u8 uint8 = 200
	var i8 int8 = 127
	u8 += 100
	i8++
	fmt.Println(u8, i8, -7/2, -7%3, 7&^5, 6^3, ^0, uint32(1)<<31>>3, u8<<9)
	c := complex(3, 4)
	c *= 1i
	fmt.Println(c, real(c), imag(c), c == -4+3i)
	fmt.Printf("%v %08b %o %#x %+d %e %6.2f|%-6d|%06d|%x|%X|%q|%U|%c|%t|%p\n", All, 5, 64, 255, 7, 12345.678, 3.14159, 42, -42, "hi", []byte("hi"), 'x', '⌘', 0x1F600, true, nil)
	fmt.Printf("%[2]d %[1]d %d %!|%z %d\n", 1, 2, 3)
	fmt.Fprintln(os.Stdout, "%*d", fmt.Sprintf("%*d|%-*d|%.*f", 5, 1, 4, 2, 2, 3.14159))
}
