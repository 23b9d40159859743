package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"strings"
	"unicode/utf8"
	"unsafe"
)

const (
	_  = iota
	KB = 1 << (10 * iota)
	MB
	_
	TB
)

const (
	A, B = iota, iota * 10
	C, D
	_, _
	E, F
)

type Weekday uint8

const (
	Sun Weekday = iota + 1
	Mon
	Tue
	last = iota
)

type Flag uint

const (
	FA Flag = 1 << iota
	FB
	FC
	all = FA | FB | FC
)

func (f Flag) Has(g Flag) bool { return f&g == g }
func (f *Flag) Clear(g Flag)   { *f &^= g }

const big1 = 1 << 100
const huge = big1 * big1
const fl = 1.0 / 3
const str = "const" + "ant"
const cc = 'a' + 1.0
const cplx = 1 + 2i

var (
	x1 = y1 + 1
	y1 = z1()
	w1 = func() int { return x1 * 2 }()
)

func z1() int { fmt.Println("z1"); return q1 }

var q1 = 5

func init() { fmt.Println("init1", x1, y1, w1) }
func init() { fmt.Println("init2") }

type S struct {
	a bool
	b int64
	c uint16
	d string
	e []int
	f any
	g [3]byte
}

func sw(n int) string {
	var b strings.Builder
	switch {
	case n < 0:
		b.WriteString("neg ")
		fallthrough
	case n == 100:
		b.WriteString("hundred-or-neg ")
		if n == -5 {
			break
		}
		fallthrough
	default:
		b.WriteString("default ")
	case n > 10:
		b.WriteString("big ")
	}
	switch m := n % 3; m {
	case 0, 1:
		fmt.Fprint(&b, "m", m)
	}
	return b.String()
}

func gotos(n int) (r []int) {
	i := 0
again:
	if i < n {
		r = append(r, i)
		i++
		if i == 3 {
			goto skip
		}
		goto again
	}
skip:
	for j := 0; ; j++ {
		switch {
		case j == 2:
			continue
		case j > 4:
			goto done
		}
		r = append(r, j*10)
	}
done:
	return
}

func main() {
	fmt.Println(KB, MB, TB, A, B, C, D, E, F, Sun, Mon, Tue, last, all, FA.Has(FB), all.Has(FC))
	f := all
	f.Clear(FB)
	fmt.Println(f, huge/big1 == big1, fl, str, cc, cplx, real(cplx), len(str))
	fmt.Printf("%T %T %T %T\n", cc, cplx, fl, 'a'*1)
	var i8 int8 = 127
	i8++
	var u8 uint8 = 0
	u8--
	var i32 int32 = math.MinInt32
	fmt.Println(i8, u8, -i32, i32/-1, -i8, ^u8, u8<<1, int8(u8), uint16(i8))
	var sh uint = 70
	one := 1
	fmt.Println(one<<sh, -8>>1, -8>>sh, uint32(1)<<31>>sh, one<<62<<1, 1<<3|1&^1, 7&^5, -7/2, -7%3, 7%-3)
	fl64 := 3.99
	neg := -1.5
	fmt.Println(int(fl64), int(neg), uint8(int(fl64)), float32(0.1)+float32(0.2), 0.1+0.2, fl64*0, math.Inf(1), -math.Inf(1), math.NaN())
	z := 0.0
	fmt.Println(1/z, -1/z, z/z == z/z, math.Signbit(-z), 1/(-z), math.Copysign(0, -1))
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.MaxFloat32, math.SmallestNonzeroFloat64, math.Pi)
	fmt.Println(1e100, 1e-7, 123456789.0, 1e20, 1e21, 100000000000000000000.0, float32(16777216.0), float32(3.4e38))
	c := complex(3, -4)
	var c64 complex64 = complex64(c)
	fmt.Println(c*c, c/complex(0, 1), cmplx.Abs(c), real(c64), imag(c), c == complex(3, -4), -c, c64*2i, cmplx.Sqrt(-1), cmplx.Exp(1i*math.Pi))
	fmt.Printf("%.1f %v %g\n", c, c64, c/0)
	for i, r := range "a\xffé\xe2\x82z⌘" {
		fmt.Print(i, ":", string(r), r, " ")
	}
	fmt.Println()
	s := "é⌘\xff"
	fmt.Println(len(s), []byte(s), []rune(s), utf8.ValidString(s), utf8.RuneCountInString(s), string([]rune(s)), s[1], s[2:5], string(rune(-1)), string(rune(0x10FFFF+1)))
	fmt.Printf("%q %+q %x % X %U\n", s, s, s, s, []rune(s))
	fmt.Println(strings.ToUpper("ß"), strings.EqualFold("K", "K"), "a" < "B", "Z" < "a", "" < "a", s > "e")
	fmt.Println(unsafe.Sizeof(S{}), unsafe.Offsetof(S{}.c), unsafe.Offsetof(S{}.g), unsafe.Alignof(int64(0)), unsafe.Sizeof(uintptr(0)))
	bs := []byte("bytes")
	us := unsafe.String(&bs[0], 3)
	fl2 := 1.5
	fmt.Println(us, *(*uint64)(unsafe.Pointer(&fl2)), unsafe.Slice(&bs[1], 2), *(*int32)(unsafe.Add(unsafe.Pointer(&[]int32{1, 2}[0]), 4)))
	fmt.Println(bits.OnesCount(255), bits.LeadingZeros32(1), bits.Reverse8(3), bits.RotateLeft8(0x81, 1), bits.Len(1000))
	hi, lo := bits.Mul64(math.MaxUint64, 3)
	fmt.Println(hi, lo)
	a := new(big.Int).Exp(big.NewInt(2), big.NewInt(200), nil)
	r := big.NewRat(3, 6)
	fmt.Println(a, a.BitLen(), r, r.Add(r, big.NewRat(1, 3)), new(big.Int).ModInverse(big.NewInt(3), big.NewInt(11)))
	fmt.Printf("%x %s %v\n", a, big.NewFloat(1.5).Text('g', 10), new(big.Int).Sqrt(a))
	for _, n := range []int{-7, -5, 100, 5, 11} {
		fmt.Println(n, sw(n))
	}
	fmt.Println(gotos(2), gotos(5))
	var arr [5]int
	for i := range arr {
		arr[i], arr[(i+1)%5] = i, i*2
	}
	fmt.Println(arr, [...]string{2: "c", 0: "a"}, []int{5: 1, 2, 1: 7}, map[string][2]int{"a": {1}})
	x, y := 1, 2
	x, y = y, x+y
	{
		x := x * 10
		x++
		_ = x
		if y := x; y > 5 {
			fmt.Println("shadow", x, y)
		} else if z := y * 2; z > 0 {
			fmt.Println(z)
		}
	}
	fmt.Println(x, y)
	type local struct{ a, b int }
	m := map[local]string{{1, 2}: "x"}
	fmt.Printf("%v %T\n", m, m)
	var e1, e2 any = local{1, 2}, struct{ a, b int }{1, 2}
	fmt.Println(e1 == e2, e1 == any(local{1, 2}), e2 == any(struct{ a, b int }{1, 2}))
	println := fmt.Sprint
	fmt.Println(println("shadowed", 1))
	var fn func(int) int
	fn = func(n int) int {
		if n < 2 {
			return n
		}
		return fn(n-1) + fn(n-2)
	}
	fmt.Println(fn(15))
}
