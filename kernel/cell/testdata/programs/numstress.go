package main

import (
	"fmt"
	"math"
	"math/rand"
	"strconv"
)

type Fixed int32

const one Fixed = 1 << 16

func F(x float64) Fixed           { return Fixed(math.Round(x * float64(one))) }
func (a Fixed) Mul(b Fixed) Fixed { return Fixed(int64(a) * int64(b) >> 16) }
func (a Fixed) Div(b Fixed) Fixed { return Fixed(int64(a) << 16 / int64(b)) }
func (a Fixed) Float() float64    { return float64(a) / float64(one) }
func (a Fixed) String() string    { return strconv.FormatFloat(a.Float(), 'f', 4, 64) }

type U128 struct{ hi, lo uint64 }

func (a U128) Add(b U128) (r U128) {
	r.lo = a.lo + b.lo
	r.hi = a.hi + b.hi
	if r.lo < a.lo {
		r.hi++
	}
	return
}
func (a U128) Shl(n uint) U128 {
	if n >= 64 {
		return U128{a.lo << (n - 64), 0}
	}
	return U128{a.hi<<n | a.lo>>(64-n), a.lo << n}
}

type xorshift struct{ s uint64 }

func (x *xorshift) next() uint64 {
	x.s ^= x.s << 13
	x.s ^= x.s >> 7
	x.s ^= x.s << 17
	return x.s
}

func hash(s string) (h uint32) {
	h = 2166136261
	for i := 0; i < len(s); i++ {
		h ^= uint32(s[i])
		h *= 16777619
	}
	return
}

func crc(data []byte) uint16 {
	c := uint16(0xffff)
	for _, b := range data {
		c ^= uint16(b) << 8
		for range 8 {
			if c&0x8000 != 0 {
				c = c<<1 ^ 0x1021
			} else {
				c <<= 1
			}
		}
	}
	return c
}

func popcount(x uint64) int {
	x -= x >> 1 & 0x5555555555555555
	x = x&0x3333333333333333 + x>>2&0x3333333333333333
	x = (x + x>>4) & 0x0f0f0f0f0f0f0f0f
	return int(x * 0x0101010101010101 >> 56)
}

func powmod(b, e, m int) (r int) {
	for r = 1; e > 0; e >>= 1 {
		if e&1 == 1 {
			r = r * b % m
		}
		b = b * b % m
	}
	return
}

func invsqrt(x float32) float32 {
	i := math.Float32bits(x)
	i = 0x5f3759df - i>>1
	y := math.Float32frombits(i)
	return y * (1.5 - x*0.5*y*y)
}

func main() {
	a, b := F(3.25), F(-1.5)
	fmt.Println(a.Mul(b), a.Div(b), a+b, -a, a>>1, a<<15, []Fixed{a, b})
	u := U128{0, math.MaxUint64}.Add(U128{0, 2}).Shl(3)
	fmt.Println(u, u.Shl(70), U128{1, 0} == U128{0, 1 << 63}.Shl(1))
	x := xorshift{88172645463325252}
	for range 3 {
		fmt.Print(x.next(), " ")
	}
	fmt.Println(hash("hello"), crc([]byte("123456789")), popcount(0xdeadbeefcafe), powmod(3, 200, 1009))
	fmt.Println(invsqrt(4), float32(0.1)+float32(0.2), 0.1+0.2, float32(16777216)+1)
	var i8 int8 = -128
	var i16 int16 = math.MaxInt16
	var u8 uint8 = 250
	var i32 int32 = math.MinInt32
	var i64 int64 = math.MinInt64
	i8--
	i16 += 10
	u8 += 10
	i32 *= 3
	i64 = -i64
	fmt.Println(i8, i16, u8, i32, i64, i8*i8, u8*u8, uint16(u8)<<8|255, int8(u8)-100, ^i8, -u8, ^u8)
	fmt.Println(i64/-1, i64%-1, i32/2, -7>>1, -7/2, uint32(i32)>>28, i16>>20, uint8(1)<<7>>7, int8(1)<<5<<1)
	f := 1e10
	neg := -2.7
	fmt.Println(int64(f), int(neg), uint8(int(neg)), int32(int64(f)), float32(f), int64(float32(16777217)), uint64(1e19))
	fmt.Println(math.MaxInt64, math.NaN() == math.NaN(), math.Inf(1) > math.MaxFloat64, 1/math.Inf(-1), -0.0, math.Copysign(0, -1), math.Signbit(1/math.Inf(-1)))
	zero := 0.0
	fmt.Println(1/zero, -1/zero, zero/zero, math.Max(math.NaN(), 1), min(1.5, zero), max(2, 7, -1), min("b", "a"))
	m := map[float64]string{math.NaN(): "a", 0: "zero"}
	m[math.NaN()] = "b"
	_, ok := m[math.NaN()]
	fmt.Println(len(m), ok, m[math.Copysign(0, -1)])
	fmt.Printf("%08b %o %#o %x %#X %+d %e %g %G %.3g %6.2f|%-8.1f|%+.0f %q %U\n", 37, 64, 64, -255, 255, 7, 123456.789, 1e-7, 1e21, 1234.5678, math.Pi, math.E, 2.5, 65, 0x1F600)
	r := rand.New(rand.NewSource(7))
	fmt.Println(r.Intn(100), r.Perm(5), r.Float64() < 1, r.Int31n(10), r.Uint32())
	s := 0
	for i := range 1000 {
		switch {
		case i%15 == 0:
			s ^= i
		case i&1 == 0:
			s += i << (i % 7)
		default:
			s -= i * i % 17
		}
	}
	fmt.Println(s, s&0xff, s|1<<40, s&^0xff, s^-1)
	const big = 1 << 62
	fmt.Println(big>>60, uint64(big)<<1, float64(big), big%1000, 'a'*2, "s"+"t", len("héé"), 5.0/2, 5/2, 5%-3, 1<<3|1)
	var sh uint8 = 200
	fmt.Println(1<<sh, uint64(1)<<(sh&63), int32(-1)>>sh, 1>>sh)
	for _, q := range []float64{0.5, 1.5, 2.5, -0.5, 1e15 + 0.3} {
		fmt.Print(math.Round(q), math.RoundToEven(q), math.Floor(q), math.Ceil(q), int(q), " ")
	}
	fmt.Println()
}
