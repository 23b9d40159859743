package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

type Type interface {
	fmt.Stringer
	vars() []string
}
type TVar struct{ name string }
type TCon struct {
	name string
	args []Type
}

func (v *TVar) String() string { return v.name }
func (c *TCon) String() string {
	if c.name == "->" {
		l := c.args[0].String()
		if x, ok := c.args[0].(*TCon); ok && x.name == "->" {
			l = "(" + l + ")"
		}
		return l + " -> " + c.args[1].String()
	}
	s := c.name
	for _, a := range c.args {
		s += " " + a.String()
	}
	return s
}
func (v *TVar) vars() []string { return []string{v.name} }
func (c *TCon) vars() (out []string) {
	for _, a := range c.args {
		for _, n := range a.vars() {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return
}

type Subst map[string]Type

func (s Subst) Apply(t Type) Type {
	switch t := t.(type) {
	case *TVar:
		if r, ok := s[t.name]; ok {
			return s.Apply(r)
		}
		return t
	case *TCon:
		args := make([]Type, len(t.args))
		for i := range args {
			args[i] = s.Apply(t.args[i])
		}
		return &TCon{t.name, args}
	}
	panic(fmt.Sprintf("type %T", t))
}

type mismatch struct{ a, b Type }

func (m mismatch) Error() string { return fmt.Sprintf("%v is not %v", m.a, m.b) }

var errOccurs = errors.New("infinite type")

func (s Subst) Unify(a, b Type) error {
	a, b = s.Apply(a), s.Apply(b)
	va, isA := a.(*TVar)
	vb, isB := b.(*TVar)
	switch {
	case isA && isB && va.name == vb.name:
		return nil
	case isA:
		if slices.Contains(b.vars(), va.name) {
			return fmt.Errorf("%w: %s in %v", errOccurs, va.name, b)
		}
		s[va.name] = b
		return nil
	case isB:
		return s.Unify(b, a)
	}
	ca, cb := a.(*TCon), b.(*TCon)
	if ca.name != cb.name || len(ca.args) != len(cb.args) {
		return mismatch{a, b}
	}
	for i, x := range ca.args {
		if err := s.Unify(x, cb.args[i]); err != nil {
			return err
		}
	}
	return nil
}

type Expr interface{}
type (
	Ident string
	Int   int
	Lam   struct {
		Param string
		Body  Expr
	}
	App struct{ F, X Expr }
	Let struct {
		Name      string
		Val, Body Expr
	}
	If struct{ C, T, E Expr }
)

type Scheme struct {
	vars []string
	t    Type
}
type Env map[string]Scheme
type Infer struct {
	Subst
	n int
}

var (
	tInt  = &TCon{name: "int"}
	tBool = &TCon{name: "bool"}
)

func fn(a, b Type) Type { return &TCon{"->", []Type{a, b}} }
func (in *Infer) fresh() Type {
	defer func() { in.n++ }()
	return &TVar{string(rune('a' + in.n))}
}
func (e Env) with(n string, s Scheme) Env {
	out := make(Env, len(e)+1)
	for k, v := range e {
		out[k] = v
	}
	out[n] = s
	return out
}
func (in *Infer) inst(s Scheme) Type {
	m := Subst{}
	for _, v := range s.vars {
		m[v] = in.fresh()
	}
	return m.Apply(s.t)
}
func (in *Infer) typeOf(env Env, e Expr) (t Type, err error) {
	switch e := e.(type) {
	case Int:
		return tInt, nil
	case bool:
		return tBool, nil
	case Ident:
		s, ok := env[string(e)]
		if !ok {
			return nil, fmt.Errorf("undefined %s", e)
		}
		return in.inst(s), nil
	case Lam:
		p := in.fresh()
		b, err := in.typeOf(env.with(e.Param, Scheme{t: p}), e.Body)
		if err != nil {
			return nil, err
		}
		return fn(p, b), nil
	case App:
		f, err := in.typeOf(env, e.F)
		if err != nil {
			return nil, err
		}
		x, err := in.typeOf(env, e.X)
		if err != nil {
			return nil, err
		}
		r := in.fresh()
		if err := in.Unify(f, fn(x, r)); err != nil {
			return nil, fmt.Errorf("applying: %w", err)
		}
		return r, nil
	case Let:
		v, err := in.typeOf(env, e.Val)
		if err != nil {
			return nil, err
		}
		v = in.Apply(v)
		return in.typeOf(env.with(e.Name, Scheme{v.vars(), v}), e.Body)
	case If:
		var ts [3]Type
		for i, x := range []Expr{e.C, e.T, e.E} {
			if ts[i], err = in.typeOf(env, x); err != nil {
				return nil, err
			}
		}
		return ts[1], errors.Join(in.Unify(ts[0], tBool), in.Unify(ts[1], ts[2]))
	}
	return nil, fmt.Errorf("expression %T", e)
}

func main() {
	env := Env{"add": {nil, fn(tInt, fn(tInt, tInt))}, "zero": {nil, fn(tInt, tBool)}}
	id := Lam{"x", Ident("x")}
	for _, e := range []Expr{
		Int(1), id, Lam{"f", Lam{"x", App{Ident("f"), App{Ident("f"), Ident("x")}}}}, App{App{Ident("add"), Int(1)}, Int(2)},
		Let{"id", id, If{App{Ident("id"), true}, App{Ident("id"), Int(1)}, Int(0)}}, Lam{"x", App{Ident("x"), Ident("x")}},
		App{Int(1), Int(2)}, App{Ident("add"), true}, Ident("y"), If{Int(1), Int(1), true}, 3.5,
		Lam{"f", Lam{"g", Lam{"x", App{Ident("f"), App{Ident("g"), Ident("x")}}}}},
	} {
		in := &Infer{Subst: Subst{}}
		t, err := in.typeOf(env, e)
		var m mismatch
		if err != nil {
			fmt.Println("error:", strings.ReplaceAll(err.Error(), "\n", "; "), errors.Is(err, errOccurs), errors.As(err, &m))
			continue
		}
		fmt.Println(in.Apply(t), len(in.Subst))
	}
	fmt.Printf("%v %T %+v\n", Let{"x", Int(1), Ident("x")}, id, App{id, nil})
}
