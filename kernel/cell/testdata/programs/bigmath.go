package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

func fact(n int64) *big.Int { return new(big.Int).MulRange(1, n) }

func fibBig(n int) *big.Int {
	a, b := big.NewInt(0), big.NewInt(1)
	for range n {
		a.Add(a, b)
		a, b = b, a
	}
	return a
}

func pi(digits int) string {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits+10)), nil)
	arctan := func(x int64) *big.Int {
		sum, term := new(big.Int), new(big.Int).Div(unit, big.NewInt(x))
		x2 := big.NewInt(x * x)
		for n, sign := int64(1), int64(1); term.Sign() != 0; n, sign = n+2, -sign {
			t := new(big.Int).Div(term, big.NewInt(n))
			sum.Add(sum, t.Mul(t, big.NewInt(sign)))
			term.Div(term, x2)
		}
		return sum
	}
	p := arctan(5)
	p.Mul(p, big.NewInt(4)).Sub(p, arctan(239)).Mul(p, big.NewInt(4))
	s := p.String()
	return s[:1] + "." + s[1:digits+1]
}

type Modulus struct{ *big.Int }

func (m Modulus) Inv(a int64) (int64, bool) {
	r := new(big.Int).ModInverse(big.NewInt(a), m.Int)
	if r == nil {
		return 0, false
	}
	return r.Int64(), true
}

func mulMod(a, b, m uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, r := bits.Div64(hi%m, lo, m)
	return r
}

func isPrime(n uint64) bool {
	if n < 2 {
		return false
	}
	for _, p := range [...]uint64{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37} {
		if n%p == 0 {
			return n == p
		}
	}
	d, s := n-1, 0
	for ; d&1 == 0; d >>= 1 {
		s++
	}
next:
	for _, a := range [...]uint64{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37} {
		x := uint64(1)
		for b, e := a%n, d; e > 0; b, e = mulMod(b, b, n), e>>1 {
			if e&1 != 0 {
				x = mulMod(x, b, n)
			}
		}
		if x == 1 || x == n-1 {
			continue
		}
		for range s - 1 {
			if x = mulMod(x, x, n); x == n-1 {
				continue next
			}
		}
		return false
	}
	return true
}

func main() {
	fmt.Println(fact(30), fibBig(150), fact(25).BitLen())
	fmt.Println(pi(50))
	m := Modulus{big.NewInt(97)}
	fmt.Println(m.Inv(5))
	fmt.Println(Modulus{big.NewInt(10)}.Inv(5))
	fmt.Println(m, m.Int, m.Cmp(big.NewInt(98)), m.ProbablyPrime(10))
	for _, n := range []uint64{1, 2, 91, 97, 561, 7919, 1<<61 - 1, 1<<61 + 1, 18446744073709551557} {
		fmt.Print(n, isPrime(n), " ")
	}
	fmt.Println()
	r := big.NewRat(3, 4)
	r.Add(r, big.NewRat(5, 6))
	fmt.Println(r, r.FloatString(5), r.Num(), new(big.Rat).SetFloat64(0.125))
	f := new(big.Float).SetPrec(100).Quo(big.NewFloat(1), big.NewFloat(3))
	fmt.Println(f.Text('g', 25), f.Prec())
	x, ok := new(big.Int).SetString("ff00ff00ff00ff00ff", 16)
	fmt.Printf("%v %v %x %d %s %T\n", x, ok, x, big.NewInt(-5), x.Text(36), x)
	fmt.Println(strconv.FormatInt(-255, 16), strconv.Quote("é\n\x00"), strconv.FormatFloat(1.0/3, 'e', 3, 64))
	hi, lo := bits.Mul64(math.MaxUint64, 3)
	sum, carry := bits.Add64(math.MaxUint64, 1, 0)
	fmt.Println(hi, lo, sum, carry, bits.RotateLeft8(0x81, 1), bits.LeadingZeros64(1), bits.UintSize)
	var i8 int8 = math.MinInt8
	var u32 uint32 = 1 << 31
	fmt.Println(-i8, i8-1, i8/-1, u32<<1, u32>>31, ^u32, int32(u32), uint8(i8), int16(u32>>17)+math.MaxInt16)
	sh := uint(70)
	fmt.Println(1<<sh == 0, int64(-1)>>sh, uint8(200)+55, int8(-128)>>6, -7/2, -7%3, 7&^5, 6^3)
}
