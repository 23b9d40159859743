package main

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type Ref struct {
	Col byte
	Row int
}

func (r Ref) String() string { return string(r.Col) + strconv.Itoa(r.Row) }

type Formula func(get func(Ref) (float64, error)) (float64, error)
type cell struct {
	src  string
	calc Formula
	deps []Ref
}

type Sheet struct {
	cells map[Ref]*cell
	memo  map[Ref]float64
	busy  map[Ref]bool
	evals int
}

var (
	ErrCycle = errors.New("#CYCLE")
	ErrRef   = errors.New("#REF")
	ErrDiv   = errors.New("#DIV/0")
	refRE    = regexp.MustCompile(`^([A-Z])([0-9]+)$`)
	rangeRE  = regexp.MustCompile(`^(SUM|AVG|MAX)\(([A-Z]\d+):([A-Z]\d+)\)$`)
)

func parseRef(s string) (r Ref, ok bool) {
	m := refRE.FindStringSubmatch(s)
	if m == nil {
		return
	}
	n, err := strconv.Atoi(m[2])
	return Ref{m[1][0], n}, err == nil
}

var aggs = map[string]func([]float64) float64{
	"SUM": func(xs []float64) (s float64) {
		for _, x := range xs {
			s += x
		}
		return
	},
	"MAX": func(xs []float64) float64 { return slices.Max(xs) },
}

func init() {
	aggs["AVG"] = func(xs []float64) float64 { return aggs["SUM"](xs) / float64(len(xs)) }
}

func (c *cell) term(s string) (Formula, error) {
	s = strings.TrimSpace(s)
	if x, err := strconv.ParseFloat(s, 64); err == nil {
		return func(func(Ref) (float64, error)) (float64, error) { return x, nil }, nil
	}
	if m := rangeRE.FindStringSubmatch(s); m != nil {
		a, _ := parseRef(m[2])
		b, _ := parseRef(m[3])
		var refs []Ref
		for col := a.Col; col <= b.Col; col++ {
			for row := a.Row; row <= b.Row; row++ {
				refs = append(refs, Ref{col, row})
			}
		}
		c.deps = append(c.deps, refs...)
		return func(get func(Ref) (float64, error)) (float64, error) {
			var xs []float64
			for _, r := range refs {
				x, err := get(r)
				if errors.Is(err, ErrRef) {
					continue
				} else if err != nil {
					return 0, err
				}
				xs = append(xs, x)
			}
			return aggs[m[1]](xs), nil
		}, nil
	}
	if r, ok := parseRef(s); ok {
		c.deps = append(c.deps, r)
		return func(get func(Ref) (float64, error)) (float64, error) { return get(r) }, nil
	}
	return nil, fmt.Errorf("cannot parse %q", s)
}

func (c *cell) compile(s string) (Formula, error) {
	for _, ops := range []string{"+-", "*/"} {
		depth := 0
		for i := len(s) - 1; i > 0; i-- {
			switch s[i] {
			case ')':
				depth++
			case '(':
				depth--
			}
			if depth != 0 || !strings.ContainsRune(ops, rune(s[i])) {
				continue
			}
			l, err := c.compile(s[:i])
			if err != nil {
				return nil, err
			}
			r, err := c.compile(s[i+1:])
			if err != nil {
				return nil, err
			}
			op := s[i]
			return func(get func(Ref) (float64, error)) (v float64, err error) {
				a, e1 := l(get)
				b, e2 := r(get)
				if err = cmpErr(e1, e2); err != nil {
					return math.NaN(), err
				}
				switch op {
				case '+':
					v = a + b
				case '-':
					v = a - b
				case '*':
					v = a * b
				case '/':
					if b == 0 {
						return 0, ErrDiv
					}
					v = a / b
				}
				return
			}, nil
		}
	}
	return c.term(s)
}

func cmpErr(es ...error) error {
	for _, e := range es {
		if e != nil {
			return e
		}
	}
	return nil
}

func (s *Sheet) Set(ref, src string) error {
	r, ok := parseRef(ref)
	if !ok {
		return fmt.Errorf("%s: %w", ref, ErrRef)
	}
	c := &cell{src: src}
	var err error
	if c.calc, err = c.compile(strings.TrimPrefix(src, "=")); err != nil {
		return fmt.Errorf("%v: %w", r, err)
	}
	s.cells[r] = c
	clear(s.memo)
	return nil
}

func (s *Sheet) Get(r Ref) (v float64, err error) {
	if v, ok := s.memo[r]; ok {
		return v, nil
	}
	c, ok := s.cells[r]
	if !ok {
		return 0, fmt.Errorf("%v: %w", r, ErrRef)
	}
	if s.busy[r] {
		return 0, fmt.Errorf("%v: %w", r, ErrCycle)
	}
	s.busy[r] = true
	defer delete(s.busy, r)
	s.evals++
	if v, err = c.calc(s.Get); err == nil {
		s.memo[r] = v
	}
	return
}

func main() {
	s := &Sheet{map[Ref]*cell{}, map[Ref]float64{}, map[Ref]bool{}, 0}
	for _, kv := range strings.Split("A1:2|A2:=A1*3|A3:=A1+A2/4-1|B1:=SUM(A1:A3)|B2:=AVG(A1:B1)|B3:=MAX(A1:A9)*2|C1:=C2|C2:=C1+1|D1:=A1/0|D2:=Z9+1|D3:=foo|9X:1|E1:=A1-A2-A3", "|") {
		k, v, _ := strings.Cut(kv, ":")
		if err := s.Set(k, v); err != nil {
			fmt.Println("set:", err, errors.Is(err, ErrRef))
		}
	}
	keys := slices.SortedFunc(maps.Keys(s.cells), func(a, b Ref) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		v, err := s.Get(k)
		fmt.Printf("%v %-12s %6.2f %v deps=%d\n", k, s.cells[k].src, v, err, len(s.cells[k].deps))
	}
	n := s.evals
	v, _ := s.Get(Ref{'B', 1})
	fmt.Println(v, s.evals == n, len(s.busy), len(s.memo))
	s.Set("A1", "10")
	v, err := s.Get(Ref{'B', 1})
	fmt.Println(v, err, s.evals > n, s.cells[Ref{'C', 1}].deps)
	_, err = s.Get(Ref{'C', 2})
	fmt.Println(errors.Is(err, ErrCycle), err)
}
