package main

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"strings"
)

type Poly []float64

func (p Poly) At(x float64) (y float64) {
	for i := len(p) - 1; i >= 0; i-- {
		y = y*x + p[i]
	}
	return
}

func (p Poly) Mul(q Poly) Poly {
	r := make(Poly, len(p)+len(q)-1)
	for i, a := range p {
		for j, b := range q {
			r[i+j] += a * b
		}
	}
	return r
}

func (p Poly) Deriv() Poly {
	if len(p) < 2 {
		return Poly{0}
	}
	r := make(Poly, len(p)-1)
	for i := range r {
		r[i] = p[i+1] * float64(i+1)
	}
	return r
}

func (p Poly) String() string {
	var parts []string
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == 0 {
			continue
		}
		switch i {
		case 0:
			parts = append(parts, fmt.Sprintf("%g", p[i]))
		case 1:
			parts = append(parts, fmt.Sprintf("%gx", p[i]))
		default:
			parts = append(parts, fmt.Sprintf("%gx^%d", p[i], i))
		}
	}
	return strings.Join(parts, " + ")
}

func newton(f, df func(float64) float64, x float64) (float64, error) {
	for range 50 {
		d := df(x)
		if d == 0 {
			return x, errors.New("flat")
		}
		next := x - f(x)/d
		if math.Abs(next-x) < 1e-12 {
			return next, nil
		}
		x = next
	}
	return x, errors.New("no convergence")
}

func fft(a []complex128) []complex128 {
	n := len(a)
	if n == 1 {
		return a
	}
	even, odd := make([]complex128, n/2), make([]complex128, n/2)
	for i := range n / 2 {
		even[i], odd[i] = a[2*i], a[2*i+1]
	}
	e, o := fft(even), fft(odd)
	r := make([]complex128, n)
	for k := range n / 2 {
		t := cmplx.Exp(complex(0, -2*math.Pi*float64(k)/float64(n))) * o[k]
		r[k], r[k+n/2] = e[k]+t, e[k]-t
	}
	return r
}

func gauss(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		p := i
		for r := i + 1; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[p][i]) {
				p = r
			}
		}
		a[i], a[p] = a[p], a[i]
		b[i], b[p] = b[p], b[i]
		for r := i + 1; r < n; r++ {
			f := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= f * a[i][c]
			}
			b[r] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for c := i + 1; c < n; c++ {
			x[i] -= a[i][c] * x[c]
		}
		x[i] /= a[i][i]
	}
	return x
}

func simpson(f func(float64) float64, a, b float64, n int) float64 {
	h := (b - a) / float64(n)
	s := f(a) + f(b)
	for i := 1; i < n; i++ {
		s += f(a+float64(i)*h) * float64(2+2*(i&1))
	}
	return s * h / 3
}

func rk4(f func(t, y float64) float64, y, t, h float64, steps int) float64 {
	for range steps {
		k1 := f(t, y)
		k2 := f(t+h/2, y+h/2*k1)
		k3 := f(t+h/2, y+h/2*k2)
		k4 := f(t+h, y+h*k3)
		y += h / 6 * (k1 + 2*k2 + 2*k3 + k4)
		t += h
	}
	return y
}

func powmod(b, e, m uint64) uint64 {
	r := uint64(1)
	for b %= m; e > 0; e >>= 1 {
		if e&1 == 1 {
			hi, lo := bits.Mul64(r, b)
			_, r = bits.Div64(hi, lo, m)
		}
		hi, lo := bits.Mul64(b, b)
		_, b = bits.Div64(hi, lo, m)
	}
	return r
}

func factors(n int) map[int]int {
	f := map[int]int{}
	for d := 2; d*d <= n; d++ {
		for ; n%d == 0; n /= d {
			f[d]++
		}
	}
	if n > 1 {
		f[n]++
	}
	return f
}

func det(m [][]*big.Rat) *big.Rat {
	if len(m) == 1 {
		return m[0][0]
	}
	sum := new(big.Rat)
	for c := range m {
		var minor [][]*big.Rat
		for _, row := range m[1:] {
			minor = append(minor, append(append([]*big.Rat{}, row[:c]...), row[c+1:]...))
		}
		t := new(big.Rat).Mul(m[0][c], det(minor))
		if c%2 == 1 {
			t.Neg(t)
		}
		sum.Add(sum, t)
	}
	return sum
}

func main() {
	p := Poly{-1, 0, 1}
	q := p.Mul(Poly{2, 1})
	fmt.Println(p, "|", q, "|", q.Deriv(), "|", q.At(2))
	fmt.Printf("%v %+v %s\n", []Poly{p}, p, Poly{0})
	r, err := newton(q.At, q.Deriv().At, 3)
	fmt.Printf("%.9f %v\n", r, err)
	_, err = newton(func(float64) float64 { return 1 }, func(float64) float64 { return 0 }, 0)
	fmt.Println(err)
	for _, c := range fft([]complex128{1, 1, 1, 1, 0, 0, 0, 0}) {
		fmt.Printf("%.3f ", c)
	}
	fmt.Println()
	for _, x := range gauss([][]float64{{2, 1, -1}, {-3, -1, 2}, {-2, 1, 2}}, []float64{8, -11, -3}) {
		fmt.Printf("%.6f ", x)
	}
	fmt.Println()
	fmt.Printf("%.8f %.8f\n", simpson(math.Sin, 0, math.Pi, 100), rk4(func(t, y float64) float64 { return y }, 1, 0, 0.01, 100))
	fmt.Println(powmod(3, 1<<40, 1000000007), factors(360), factors(97), bits.OnesCount(255), bits.Reverse8(1))
	n := func(a, b int64) *big.Rat { return big.NewRat(a, b) }
	fmt.Println(det([][]*big.Rat{{n(1, 2), n(1, 3)}, {n(1, 4), n(1, 5)}}))
	f := big.NewInt(1)
	for i := int64(2); i <= 30; i++ {
		f.Mul(f, big.NewInt(i))
	}
	fmt.Println(f, f.BitLen(), new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil))
	fmt.Println(cmplx.Sqrt(-1), cmplx.Abs(3+4i), cmplx.Pow(1i, 2) == -1, real(cmplx.Exp(1i*math.Pi)))
	fmt.Println(math.Inf(1), -math.Inf(1), math.NaN(), -0.0, math.Copysign(0, -1), 1/math.Copysign(0, -1))
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.MinInt8, math.SmallestNonzeroFloat64)
}
