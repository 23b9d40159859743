package main

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"strconv"
	"strings"
)

type Rational struct{ *big.Rat }

func R(a, b int64) Rational                 { return Rational{big.NewRat(a, b)} }
func (r Rational) Plus(o Rational) Rational { return Rational{new(big.Rat).Add(r.Rat, o.Rat)} }

func fact(n int64) *big.Int {
	r := big.NewInt(1)
	for i := int64(2); i <= n; i++ {
		r.Mul(r, big.NewInt(i))
	}
	return r
}

func piDigits(n int) string {
	var b strings.Builder
	q, r, t, k, m, x := big.NewInt(1), new(big.Int), big.NewInt(1), big.NewInt(1), big.NewInt(3), big.NewInt(3)
	one := func(v int64) *big.Int { return big.NewInt(v) }
	for b.Len() < n {
		// 4q + r - t < m*t
		lhs := new(big.Int).Sub(new(big.Int).Add(new(big.Int).Mul(one(4), q), r), t)
		mt := new(big.Int).Mul(m, t)
		if lhs.Cmp(mt) < 0 {
			b.WriteString(m.String())
			nr := new(big.Int).Mul(one(10), new(big.Int).Sub(r, mt))
			m = new(big.Int).Sub(new(big.Int).Div(new(big.Int).Mul(one(10), new(big.Int).Add(new(big.Int).Mul(one(3), q), r)), t), new(big.Int).Mul(one(10), m))
			q.Mul(q, one(10))
			r = nr
			continue
		}
		nr := new(big.Int).Mul(new(big.Int).Add(new(big.Int).Mul(one(2), q), r), x)
		nn := new(big.Int).Mul(q, new(big.Int).Add(new(big.Int).Mul(one(7), k), one(2)))
		nn.Add(nn, new(big.Int).Mul(r, x))
		nn.Div(nn, new(big.Int).Mul(t, x))
		q.Mul(q, k)
		t.Mul(t, x)
		x.Add(x, one(2))
		k.Add(k, one(1))
		m, r = nn, nr
	}
	return b.String()
}

func newton(f func(float64) float64, x float64) (float64, int, error) {
	const h = 1e-6
	for i := range 50 {
		d := (f(x+h) - f(x-h)) / (2 * h)
		if d == 0 {
			return x, i, errors.New("flat")
		}
		nx := x - f(x)/d
		if math.Abs(nx-x) < 1e-12 {
			return nx, i, nil
		}
		x = nx
	}
	return x, 50, errors.New("no convergence")
}

type Poly []float64

func (p Poly) At(x float64) (y float64) {
	for i := len(p) - 1; i >= 0; i-- {
		y = y*x + p[i]
	}
	return
}
func (p Poly) Deriv() Poly {
	if len(p) < 2 {
		return Poly{}
	}
	d := make(Poly, len(p)-1)
	for i := range d {
		d[i] = p[i+1] * float64(i+1)
	}
	return d
}
func (p Poly) String() string {
	var t []string
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == 0 {
			continue
		}
		switch c := strconv.FormatFloat(p[i], 'g', -1, 64); i {
		case 0:
			t = append(t, c)
		case 1:
			t = append(t, c+"x")
		default:
			t = append(t, fmt.Sprintf("%sx^%d", c, i))
		}
	}
	return strings.Join(t, " + ")
}

func fft(a []complex128) []complex128 {
	n := len(a)
	if n == 1 {
		return a
	}
	var even, odd []complex128
	for i, x := range a {
		if i%2 == 0 {
			even = append(even, x)
		} else {
			odd = append(odd, x)
		}
	}
	even, odd = fft(even), fft(odd)
	out := make([]complex128, n)
	for k := range n / 2 {
		t := cmplx.Rect(1, -2*math.Pi*float64(k)/float64(n)) * odd[k]
		out[k], out[k+n/2] = even[k]+t, even[k]-t
	}
	return out
}

type u128 struct{ hi, lo uint64 }

func (a u128) mul64(b uint64) u128 {
	hi, lo := bits.Mul64(a.lo, b)
	return u128{hi + a.hi*b, lo}
}
func (a u128) add(b u128) (u128, bool) {
	lo, c := bits.Add64(a.lo, b.lo, 0)
	hi, c := bits.Add64(a.hi, b.hi, c)
	return u128{hi, lo}, c == 1
}

func main() {
	fmt.Println(fact(30), fact(25).BitLen(), len(fact(200).String()))
	fmt.Println(R(1, 3).Plus(R(1, 6)), R(2, 4).FloatString(5), R(1, 3).Num(), R(3, 1).IsInt())
	fmt.Println(piDigits(40))
	p, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
	fmt.Println(p.ProbablyPrime(10), new(big.Int).Exp(big.NewInt(3), big.NewInt(100), p), p.Text(36))
	g, x, y := new(big.Int), new(big.Int), new(big.Int)
	g.GCD(x, y, big.NewInt(240), big.NewInt(46))
	fmt.Println(g, x, y, new(big.Int).ModInverse(big.NewInt(3), big.NewInt(11)), new(big.Int).Sqrt(big.NewInt(99)))
	fmt.Printf("%x %08b %+d %s %v\n", p, big.NewInt(5), big.NewInt(3), big.NewInt(-3), []*big.Int{big.NewInt(1), nil})
	f := new(big.Float).SetPrec(200).SetInt64(2)
	f.Sqrt(f)
	fmt.Println(f.Text('f', 50), f.Cmp(big.NewFloat(1.5)), f.MinPrec() > 100)
	q, _ := new(big.Rat).SetString("3.125e-2")
	fmt.Println(q, q.Sign())
	_, ok := new(big.Int).SetString("12x", 10)
	fmt.Println(ok)
	var bi big.Int
	fmt.Sscan("123456789012345678901234567890", &bi)
	fmt.Println(&bi, bi.String(), bi.IsInt64())

	fmt.Println(newton(func(x float64) float64 { return x*x - 2 }, 1))
	fmt.Println(newton(func(x float64) float64 { return 1 }, 1))
	pl := Poly{-1, 0, 2.5, 1}
	fmt.Println(pl, "|", pl.Deriv(), "|", pl.At(2), pl.Deriv().Deriv().Deriv().Deriv())
	for _, c := range fft([]complex128{1, 2, 3, 4, 0, 0, 0, 0}) {
		fmt.Printf("%.3f ", c)
	}
	fmt.Println()
	fmt.Println(cmplx.Sqrt(-1), cmplx.Abs(3+4i), cmplx.Exp(1i*math.Pi) == -1, cmplx.Phase(-1))
	fmt.Println(math.Inf(-1), math.NaN(), -math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxInt64, uint64(math.MaxUint64), float32(0.1), 1e100, 1e20, 1e21, 123456789.0)
	fmt.Println(math.Hypot(3, 4), math.Cbrt(27), math.Mod(7, -3), math.Remainder(7, 4), math.Trunc(-2.7), math.Round(-2.5), math.RoundToEven(2.5), math.Float64bits(1.5), math.Signbit(math.Copysign(0, -1)))
	fr, ex := math.Frexp(10)
	ip, fp := math.Modf(-3.25)
	fmt.Println(fr, ex, ip, fp, math.Gamma(5), math.Log2(8), math.Log1p(1e-10), math.IsNaN(math.Sqrt(-1)), math.FMA(2, 3, 4))
	a := u128{0, math.MaxUint64}
	b, carry := a.add(u128{0, 1})
	fmt.Println(b, carry, a.mul64(10), bits.LeadingZeros32(1), bits.TrailingZeros(8), bits.RotateLeft8(0x81, 1))
	for _, s := range []string{"0x1F", "0b101", "0o17", "1_000", "-9223372036854775809", "1e3", "", "99999999999"} {
		n, err := strconv.ParseInt(s, 0, 64)
		fmt.Print(n, " ", err, "; ")
	}
	fmt.Println()
	fmt.Println(strconv.Quote("tab\t\"q\" é\x00☺"), strconv.QuoteToASCII("é☺"), strconv.FormatInt(-255, 16), strconv.AppendBool(nil, true), strconv.FormatFloat(1.0/3, 'e', 4, 32))
	s, err := strconv.Unquote(`"a\u00e9\n"`)
	fmt.Printf("%q %v\n", s, err)
	_, err = strconv.ParseFloat("1e400", 64)
	fmt.Println(err, errors.Is(err, strconv.ErrRange))
	z, err := strconv.ParseComplex("1+2i", 128)
	fmt.Println(z, err, math.MinInt64)
	var sum float32
	for range 10 {
		sum += 0.1
	}
	d := 0.1 + 0.2
	fmt.Println(sum, d, 0.1+0.2, d == 0.3, float32(d) == 0.3, int(-d*13), int64(float32(16777217)), uint8(int(300)&0xff))
}
