package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

type Kind uint8

const (
	EOF Kind = iota
	Num
	Ident
	Op
)

var kindNames = map[Kind]string{EOF: "EOF", Num: "Num", Ident: "Ident", Op: "Op"}

func (k Kind) String() string { return kindNames[k] }

type Token struct {
	Kind
	Text string
	Pos  int
}

type SyntaxError struct {
	Pos int
	Msg string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%d: %s", e.Pos, e.Msg) }

var ErrDiv = errors.New("division by zero")

func lex(s string) (toks []Token, err error) {
	rs := []rune(s)
	for i := 0; i < len(rs); {
		r, start := rs[i], i
		switch {
		case unicode.IsSpace(r):
			i++
			continue
		case unicode.IsDigit(r) || r == '.':
			for i < len(rs) && (unicode.IsDigit(rs[i]) || rs[i] == '.') {
				i++
			}
			toks = append(toks, Token{Num, string(rs[start:i]), start})
		case unicode.IsLetter(r):
			for ; i < len(rs) && (unicode.IsLetter(rs[i]) || unicode.IsDigit(rs[i])); i++ {
			}
			toks = append(toks, Token{Ident, string(rs[start:i]), start})
		case strings.ContainsRune("+-*/^()=,", r):
			i++
			toks = append(toks, Token{Op, string(r), start})
		default:
			return nil, &SyntaxError{i, fmt.Sprintf("unexpected %q", r)}
		}
	}
	return append(toks, Token{Kind: EOF, Pos: len(rs)}), nil
}

type Expr interface{ Eval(env Env) float64 }
type Env map[string]float64
type (
	Lit float64
	Var string
	Bin struct {
		Op   byte
		L, R Expr
	}
	Call struct {
		Fn   string
		Args []Expr
	}
)

func (l Lit) Eval(Env) float64 { return float64(l) }
func (v Var) Eval(e Env) float64 {
	x, ok := e[string(v)]
	if !ok {
		panic(fmt.Errorf("undefined: %s", string(v)))
	}
	return x
}
func (b Bin) Eval(e Env) float64 {
	l, r := b.L.Eval(e), b.R.Eval(e)
	switch b.Op {
	case '+':
		return l + r
	case '-':
		return l - r
	case '*':
		return l * r
	case '/':
		if r == 0 {
			panic(ErrDiv)
		}
		return l / r
	}
	return math.Pow(l, r)
}

var funcs = map[string]func(...float64) float64{
	"sqrt": func(a ...float64) float64 { return math.Sqrt(a[0]) },
	"max": func(a ...float64) float64 {
		m := math.Inf(-1)
		for _, x := range a {
			m = math.Max(m, x)
		}
		return m
	},
}

func (c Call) Eval(e Env) float64 {
	var args []float64
	for _, a := range c.Args {
		args = append(args, a.Eval(e))
	}
	return funcs[c.Fn](args...)
}

type parser struct {
	toks []Token
	Token
}

func (p *parser) next() { p.Token, p.toks = p.toks[0], p.toks[1:] }
func (p *parser) fail(f string, a ...any) {
	panic(&SyntaxError{p.Pos, fmt.Sprintf(f, a...)})
}

var prec = map[string]int{"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}

func (p *parser) expr(min int) Expr {
	l := p.unary()
	for p.Kind == Op && prec[p.Text] >= min && prec[p.Text] > 0 {
		op, q := p.Text[0], prec[p.Text]
		if op != '^' {
			q++
		}
		p.next()
		l = Bin{op, l, p.expr(q)}
	}
	return l
}

func (p *parser) unary() Expr {
	t := p.Token
	switch p.next(); t.Kind {
	case Num:
		f, err := strconv.ParseFloat(t.Text, 64)
		if err != nil {
			panic(err)
		}
		return Lit(f)
	case Ident:
		if p.Text != "(" {
			return Var(t.Text)
		}
		c := Call{Fn: t.Text}
		for p.Text != ")" {
			p.next()
			c.Args = append(c.Args, p.expr(1))
		}
		p.next()
		return c
	case Op:
		switch t.Text {
		case "-":
			return Bin{'-', Lit(0), p.expr(3)}
		case "(":
			e := p.expr(1)
			if p.Text != ")" {
				p.fail("want ), got %v %q", p.Kind, p.Text)
			}
			p.next()
			return e
		}
	}
	p.fail("unexpected %v", t.Kind)
	return nil
}

func eval(s string, env Env) (x float64, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("eval %q: %w", s, r)
		default:
			panic(r)
		}
	}()
	toks, err := lex(s)
	if err != nil {
		return 0, err
	}
	p := &parser{toks: toks}
	p.next()
	e := p.expr(1)
	if p.Kind != EOF {
		p.fail("trailing %q", p.Text)
	}
	return e.Eval(env), nil
}

func main() {
	env := Env{"pi": 3.25, "x": 2}
	for _, s := range []string{"1+2*3", "2^3^2", "-(4-6)*x", "max(1, x^3, sqrt(49))", "1/0", "y+1", "(1", "3 $ 4", "1 2", "1.2.3", "pi*x*x", "zzz(1)"} {
		v, err := eval(s, env)
		var se *SyntaxError
		fmt.Println(s, "=", v, err, errors.Is(err, ErrDiv), errors.As(err, &se))
	}
	fmt.Printf("%v %+v\n", Token{Num, "1", 3}, Token{Op, "*", 4})
	fmt.Printf("%T %#v\n", Bin{'+', Lit(1), Var("x")}, Bin{'+', Lit(1), Var("x")})
}
