package main

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

type Rat struct{ num, den int64 }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

var ErrZero = errors.New("zero denominator")

func New(n, d int64) (r Rat, err error) {
	if d == 0 {
		return r, fmt.Errorf("%d/%d: %w", n, d, ErrZero)
	}
	if g := gcd(n, d); g != 0 {
		n, d = n/g, d/g
	}
	if d < 0 {
		n, d = -n, -d
	}
	return Rat{n, d}, nil
}

func Must(n, d int64) Rat {
	r, err := New(n, d)
	if err != nil {
		panic(err)
	}
	return r
}

func (r Rat) String() string {
	if r.den == 1 {
		return fmt.Sprint(r.num)
	}
	return fmt.Sprintf("%d/%d", r.num, r.den)
}
func (r Rat) Add(o Rat) Rat  { return Must(r.num*o.den+o.num*r.den, r.den*o.den) }
func (r Rat) Mul(o Rat) Rat  { return Must(r.num*o.num, r.den*o.den) }
func (r Rat) Inv() Rat       { return Must(r.den, r.num) }
func (r Rat) Neg() Rat       { r.num = -r.num; return r }
func (r Rat) Cmp(o Rat) int  { return big.NewRat(r.num, r.den).Cmp(big.NewRat(o.num, o.den)) }
func (r Rat) Float() float64 { f, _ := big.NewRat(r.num, r.den).Float64(); return f }
func (r *Rat) Scan(s fmt.ScanState, verb rune) error {
	tok, err := s.Token(true, func(c rune) bool { return c == '/' || c == '-' || c >= '0' && c <= '9' })
	if err != nil {
		return err
	}
	n, d := int64(0), int64(1)
	if _, err := fmt.Sscanf(string(tok), "%d/%d", &n, &d); err != nil {
		if _, err = fmt.Sscanf(string(tok), "%d", &n); err != nil {
			return err
		}
	}
	*r, err = New(n, d)
	return err
}

type Field[T any] interface {
	Add(T) T
	Mul(T) T
	Neg() T
	Inv() T
	fmt.Stringer
}

type Mod7 int

func (a Mod7) Add(b Mod7) Mod7 { return (a + b) % 7 }
func (a Mod7) Mul(b Mod7) Mod7 { return a * b % 7 }
func (a Mod7) Neg() Mod7       { return (7 - a) % 7 }
func (a Mod7) Inv() Mod7 {
	for b := Mod7(1); b < 7; b++ {
		if a.Mul(b) == 1 {
			return b
		}
	}
	panic("no inverse of " + a.String())
}
func (a Mod7) String() string { return fmt.Sprintf("%d̄", int(a)) }

func Solve[T Field[T]](a [][]T, isZero func(T) bool) (x []T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("solve[%T]: %v", *new(T), r)
		}
	}()
	n := len(a)
	for c := range n {
		p := c
		for isZero(a[p][c]) {
			if p++; p == n {
				panic("singular")
			}
		}
		a[c], a[p] = a[p], a[c]
		inv := a[c][c].Inv()
		for j := range a[c] {
			a[c][j] = a[c][j].Mul(inv)
		}
		for i := range n {
			if i == c {
				continue
			}
			f := a[i][c].Neg()
			for j := range a[i] {
				a[i][j] = a[i][j].Add(a[c][j].Mul(f))
			}
		}
	}
	for i := range a {
		x = append(x, a[i][n])
	}
	return
}

func Poly[T Field[T]](x T, cs ...T) (y T) {
	for i, c := range cs {
		if i == 0 {
			y = c
			continue
		}
		y = y.Mul(x).Add(c)
	}
	return
}

func cf(r Rat) (terms []int64) {
	for n, d := r.num, r.den; d != 0; n, d = d, n%d {
		terms = append(terms, n/d)
	}
	return
}

func main() {
	a, b := Must(1, 2), Must(-3, 4)
	fmt.Println(a.Add(b), a.Mul(b), b.Inv(), a.Neg(), a.Cmp(b), b.Float(), Must(6, -3), Rat{})
	_, err := New(1, 0)
	fmt.Println(err, errors.Is(err, ErrZero))
	q := func(n int64) Rat { return Must(n, 1) }
	fmt.Println(Solve([][]Rat{{q(2), q(1), q(3)}, {q(1), q(3), q(5)}}, func(r Rat) bool { return r.num == 0 }))
	fmt.Println(Solve([][]Rat{{q(1), q(2), q(3)}, {q(2), q(4), q(5)}}, func(r Rat) bool { return r.num == 0 }))
	fmt.Println(Solve([][]Mod7{{0, 2, 3}, {3, 1, 4}}, func(m Mod7) bool { return m == 0 }))
	fmt.Println(Poly(Mod7(3), 1, 2, 3), Poly(a, q(1), q(0), q(-2)), Poly[Rat](a))
	var x, y Rat
	n, err := fmt.Sscan("22/7 -3", &x, &y)
	fmt.Println(n, err, x, y, cf(x), cf(Must(415, 93)))
	n, err = fmt.Sscan("1/0", &x)
	fmt.Println(n, err)
	rs := []Rat{a, b, x}
	fmt.Printf("%v %+v %s %T %d\n", rs, rs[0], strings.Repeat(rs[1].String()+" ", 2), rs, rs[0])
	func() {
		defer func() { fmt.Println("r:", recover()) }()
		fmt.Println(Mod7(0).Inv())
	}()
	m := map[Rat]string{Must(2, 4): "half"}
	fmt.Println(m[a], len(m), m)
}
