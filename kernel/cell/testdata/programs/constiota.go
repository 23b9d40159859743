package main

import (
	"fmt"
	"math"
)

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
)

func (d Weekday) String() string {
	return [...]string{"Sun", "Mon", "Tue", "Wed", "Thu"}[d]
}
func (d Weekday) Next() Weekday { return (d + 1) % 5 }

type Size uint64

const (
	_       = iota
	KB Size = 1 << (10 * iota)
	MB
	GB
)

const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, f
)

const (
	s0 = "s" + string(rune('0'+iota))
	s1 = len(s0)
	s2
	x = iota + 0.5
	y
)

type Perm uint8

const (
	Read Perm = 1 << iota
	Write
	Exec
	All = Read | Write | Exec
)

func (p Perm) String() (s string) {
	for i, c := range "rwx" {
		if p&(1<<i) != 0 {
			s += string(c)
		} else {
			s += "-"
		}
	}
	return
}

const (
	Big           = 1 << 100
	Small         = Big >> 99
	Pi2           = math.Pi * 2
	R             = 'a' + 1
	T             = 1 + 2i
	F32   float32 = 1.0 / 3
	Mask          = ^uint8(0x0f)
	Neg           = -5 % 3
	Div           = 7 / 2
	DivF          = 7 / 2.0
	Str           = "h\u00e9" + `\n`
	Cmp           = Str > "h"
)

func (s Size) Human() string {
	switch {
	case s >= GB:
		return fmt.Sprintf("%.1fGB", float64(s)/float64(GB))
	case s >= MB:
		return fmt.Sprintf("%.1fMB", float64(s)/float64(MB))
	}
	return fmt.Sprint(uint64(s), "B")
}

const (
	first  = second + 1
	second = third * 2
	third  = 5
)

func main() {
	fmt.Println(Sunday, Monday, Thursday, Thursday.Next(), Weekday(3), []Weekday{1, 2})
	fmt.Println(KB, MB, GB, Size(3*MB/2).Human(), (5 * GB).Human(), Size(12).Human())
	fmt.Println(a, b, c, d, e, f, s0, s1, s2, x, y)
	fmt.Println(Read, Write|Exec, All, All&^Write, Perm(0))
	fmt.Println(Small, float64(Big), Pi2, R, string(rune(R)), T*T, F32, Mask, Neg, Div, DivF, Str, Cmp)
	fmt.Println(first, second, third)
	fmt.Printf("%T %T %T %T %T %T %T\n", R, Pi2, T, Small, KB, Mask, x)
	const local = iota
	const (
		la = local + iota + 10
		lb
	)
	type inner int
	const (
		i0 inner = iota * iota
		i1
		i2
	)
	fmt.Println(la, lb, i0, i1, i2)
	var arr [Small + third]int
	arr2 := [...]string{Tuesday: "tue", Sunday: "sun", 5: "five"}
	fmt.Printf("%d %q %d\n", len(arr), arr2, len(arr2))
	switch d := Weekday(2); d {
	case Sunday, Monday:
		fmt.Println("early")
	case Tuesday:
		fmt.Println("tuesday")
		fallthrough
	case Thursday:
		fmt.Println("fell")
	default:
		fmt.Println("no")
	}
	var u8 uint8 = 255
	var i32 int32 = math.MaxInt32
	u8 += 2
	i32 += 2
	fmt.Println(u8, i32, u8<<7, -i32, uint16(i32), int8(u8-130), math.MaxUint32, uint32(1)<<31)
	sh := 3
	var fl float64 = float64(int(1) << sh)
	var i64 = int64(1) << 40 >> sh
	fmt.Println(fl, i64, 1<<sh|1, 1<<3.0, ^5, +5, -(-5), !Cmp)
	fmt.Println(0b1010, 0o17, 017, 0x_ff, 1_000_000, 0x1p-2, 1e3, .5, 'a', '\n', '\x41', '\u00e9', "\x41\u00e9\t")
	fmt.Println(math.MaxInt8, math.MinInt64, uint64(math.MaxUint64), math.MaxFloat32, math.SmallestNonzeroFloat64)
}
