package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

type Celsius float64
type Fahrenheit float64

func (c Celsius) F() Fahrenheit { return Fahrenheit(c*9/5 + 32) }
func (f Fahrenheit) C() Celsius { return Celsius((f - 32) * 5 / 9) }

type Bits uint8

const (
	A Bits = 1 << iota
	B
	C
	_
	D
)

func (b Bits) Has(x Bits) bool { return b&x != 0 }
func (b *Bits) Set(x Bits)     { *b |= x }
func (b *Bits) Clear(x Bits)   { *b &^= x }

const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)

const huge = 1 << 100
const third = 1.0 / 3

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func isqrt(n uint64) uint64 {
	x := n
	for y := (x + 1) / 2; y < x; y = (x + n/x) / 2 {
		x = y
	}
	return x
}

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8 = 3
	u8 -= 5
	var u16 = uint16(65535)
	u16 *= 3
	var i32 int32 = math.MinInt32
	i32 = -i32
	fmt.Println(i8, u8, u16, i32, ^0, ^u8, -7/2, -7%3, 7&^5, 6|9, 6^3)
	var s uint = 70
	fmt.Println(1<<s == 0, int64(1)<<62, uint32(1)<<31>>3, -16>>2, int8(-128)>>7)
	fmt.Println(KB, MB, GB, huge>>98, third, float32(third))
	fmt.Println(gcd(1071, 462), isqrt(1<<40+12345), bits.OnesCount(255), bits.LeadingZeros64(1))
	c := Celsius(36.6)
	fmt.Printf("%.2f %.2f %v %T\n", c.F(), c.F().C(), c, c.F())
	var b Bits
	b.Set(A | D)
	b.Set(B)
	b.Clear(A)
	fmt.Printf("%08b %v %v %d %d\n", b, b.Has(B), b.Has(A), C, D)
	z := complex(3, -4)
	z2 := z * z
	fmt.Println(z, real(z2), imag(z2), z == complex(3, -4), -z, z/2)
	var c64 complex64 = 1 + 2i
	fmt.Printf("%v %T %.1f\n", c64*c64, c64, c64)
	fmt.Println(math.Inf(1), -math.Inf(1), math.NaN(), math.MaxInt64, uint64(math.MaxUint64), math.Pi)
	x := 0.1
	fmt.Println(x+0.2, x*3 == 0.3, float32(x)+0.2, 1e21, 1e20, 1e-7, 100000.0, 123456789.0)
	n := new(big.Int)
	n.MulRange(1, 25)
	fmt.Println(n, n.BitLen(), new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil))
	f := 3.99
	fmt.Println(int(f), int(-f), uint8(f), int64(1e15), float64(7)/2, 7/2, 7/2.0)
	r := 'a' + 1
	fmt.Println(r, string(r), 'x'-'a', "s"+string(rune(0x4e16)), len("世界"), []byte("é"), []rune("é世"))
	v, err := strconv.Atoi("12x")
	fmt.Println(v, err)
	p, err := strconv.ParseInt("-ff", 16, 64)
	fmt.Println(p, err, strconv.Quote("tab\t\"q\""), strconv.FormatInt(255, 2))
	fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%U|%q\n", 42, 42, 42, 255, 255, 8, 5, 'G', 0x1F600, 'x')
	fmt.Printf("%8.3f|%-8.2f|%e|%g|%G|%6.1f%%\n", math.E, math.E, 123456.789, 1e-10, 1e100, 99.5)
	fmt.Printf("%s|%10s|%-10s|%.2s|%q|%x|% x\n", "go", "go", "go", "golang", "hi", "hi", "hi")
	fmt.Printf("%t|%v|%p|%v|%+d|%#x|%#o\n", true, nil, nil, struct{}{}, 5, 255, 8)
	var arr [5]int
	for i := range arr {
		arr[i] = i * i
	}
	fmt.Println(arr, arr[1:3], len(arr[2:]), cap(arr[2:]))
	min8, max8 := min(i8, 5), max(i8, 5)
	fmt.Println(min8, max8, min(2.5, 1), max("a", "b"), min(x, math.NaN()))
}
