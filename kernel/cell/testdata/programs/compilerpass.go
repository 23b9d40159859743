package main

import (
	"errors"
	"fmt"
	"strings"
)

type Value interface{}
type List []Value
type Symbol string
type Lambda struct {
	params []Symbol
	body   Value
	env    *Env
}
type Builtin func(args ...Value) Value
type Env struct {
	vars  map[Symbol]Value
	outer *Env
}
type LispError struct {
	Form Value
	Msg  string
}

func (e *LispError) Error() string { return fmt.Sprintf("%s in %s", e.Msg, show(e.Form)) }

func (e *Env) find(s Symbol) (*Env, bool) {
	for ; e != nil; e = e.outer {
		if _, ok := e.vars[s]; ok {
			return e, true
		}
	}
	return nil, false
}

func tokenize(s string) []string {
	return strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", "'", " ' ").Replace(s))
}

var errEOF = errors.New("unexpected end")

func read(toks []string) (v Value, rest []string, err error) {
	if len(toks) == 0 {
		return nil, nil, errEOF
	}
	t, toks := toks[0], toks[1:]
	switch t {
	case "(":
		l := List{}
		for len(toks) > 0 && toks[0] != ")" {
			var x Value
			if x, toks, err = read(toks); err != nil {
				return
			}
			l = append(l, x)
		}
		if len(toks) == 0 {
			return nil, nil, errEOF
		}
		return l, toks[1:], nil
	case ")":
		return nil, toks, errors.New("unexpected )")
	case "'":
		v, toks, err = read(toks)
		return List{Symbol("quote"), v}, toks, err
	}
	var n int
	if _, e := fmt.Sscanf(t, "%d", &n); e == nil {
		return n, toks, nil
	}
	if t == "#t" || t == "#f" {
		return t == "#t", toks, nil
	}
	return Symbol(t), toks, nil
}

func show(v Value) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case List:
		parts := []string{}
		for _, x := range v {
			parts = append(parts, show(x))
		}
		return "(" + strings.Join(parts, " ") + ")"
	case bool:
		return map[bool]string{true: "#t", false: "#f"}[v]
	case *Lambda:
		return fmt.Sprintf("<lambda %v>", v.params)
	case Builtin:
		return "<builtin>"
	}
	return fmt.Sprint(v)
}

func (e *Env) eval(v Value) Value {
	for {
		switch x := v.(type) {
		case Symbol:
			env, ok := e.find(x)
			if !ok {
				panic(&LispError{x, "unbound"})
			}
			return env.vars[x]
		case List:
			if len(x) == 0 {
				return x
			}
			if s, ok := x[0].(Symbol); ok {
				switch s {
				case "quote":
					return x[1]
				case "if":
					if c, isB := e.eval(x[1]).(bool); isB && !c {
						v = x[3]
					} else {
						v = x[2]
					}
					continue
				case "define", "set!":
					val := e.eval(x[2])
					env := e
					if s == "set!" {
						env, _ = e.find(x[1].(Symbol))
					}
					env.vars[x[1].(Symbol)] = val
					return nil
				case "lambda":
					l := &Lambda{body: x[2], env: e}
					for _, p := range x[1].(List) {
						l.params = append(l.params, p.(Symbol))
					}
					return l
				case "begin":
					for _, f := range x[1 : len(x)-1] {
						e.eval(f)
					}
					v = x[len(x)-1]
					continue
				}
			}
			var args []Value
			for _, a := range x[1:] {
				args = append(args, e.eval(a))
			}
			switch f := e.eval(x[0]).(type) {
			case Builtin:
				return f(args...)
			case *Lambda:
				if len(args) != len(f.params) {
					panic(&LispError{x, fmt.Sprintf("want %d args, got %d", len(f.params), len(args))})
				}
				ne := &Env{make(map[Symbol]Value), f.env}
				for i, p := range f.params {
					ne.vars[p] = args[i]
				}
				e, v = ne, f.body
				continue
			default:
				panic(&LispError{x, fmt.Sprintf("%T is not a function", f)})
			}
		default:
			return v
		}
	}
}

func fold(init int, f func(a, b int) int) Builtin {
	return func(args ...Value) Value {
		acc := init
		for i, a := range args {
			if i == 0 && len(args) > 1 {
				acc = a.(int)
				continue
			}
			acc = f(acc, a.(int))
		}
		return acc
	}
}

func global() *Env {
	return &Env{vars: map[Symbol]Value{
		"+": fold(0, func(a, b int) int { return a + b }), "*": fold(1, func(a, b int) int { return a * b }),
		"-": fold(0, func(a, b int) int { return a - b }), "/": fold(1, func(a, b int) int { return a / b }),
		"<": Builtin(func(a ...Value) Value { return a[0].(int) < a[1].(int) }), "=": Builtin(func(a ...Value) Value { return a[0] == a[1] }),
		"list": Builtin(func(a ...Value) Value { return List(a) }), "car": Builtin(func(a ...Value) Value { return a[0].(List)[0] }),
		"cdr": Builtin(func(a ...Value) Value { return a[0].(List)[1:] }), "cons": Builtin(func(a ...Value) Value { return append(List{a[0]}, a[1].(List)...) }),
		"len": Builtin(func(a ...Value) Value { return len(a[0].(List)) }),
	}}
}

func run(e *Env, src string) (out string, err error) {
	defer func() {
		if r := recover(); r != nil {
			re, ok := r.(error)
			if !ok {
				re = fmt.Errorf("%v", r)
			}
			err = re
		}
	}()
	v, rest, err := read(tokenize(src))
	if err != nil {
		return "", err
	}
	if len(rest) > 0 {
		return "", fmt.Errorf("extra %v", rest)
	}
	return show(e.eval(v)), nil
}

func main() {
	e := global()
	for _, s := range []string{
		"(+ 1 2 (* 3 4))", "(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))", "(fact 10)", "fact", "+",
		"(define mk (lambda () (begin (define n 0) (lambda () (begin (set! n (+ n 1)) n)))))", "(define c (mk))", "(c)", "(c)",
		"(define map (lambda (f l) (if (= (len l) 0) '() (cons (f (car l)) (map f (cdr l))))))", "(map (lambda (x) (* x x)) '(1 2 3))",
		"(define loop (lambda (n acc) (if (= n 0) acc (loop (- n 1) (+ acc n)))))", "(loop 2000 0)",
		"(car '(a (b c) #t))", "(= 'a 'a)", "(foo)", "(fact 1 2)", "(1 2)", "(car '())", "(/ 1 0)", "(+ 'a 1)", "(", ")", "1 2", "()",
	} {
		out, err := run(e, s)
		var le *LispError
		if err != nil {
			fmt.Println(s, "!!", err, errors.As(err, &le))
			continue
		}
		fmt.Println(s, "=>", out)
	}
}
