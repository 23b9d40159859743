package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

type Accumulator interface {
	Add(x float64)
	Value() float64
}
type Resetter interface{ Reset() }

type (
	Mean struct {
		n int
		m float64
	}
	Var struct {
		Mean
		s float64
	}
	MinMax struct {
		lo, hi float64
		set    bool
	}
	Median []float64
	EMA    struct {
		alpha float64
		*Mean
	}
)

func (m *Mean) Add(x float64) { m.n++; m.m += (x - m.m) / float64(m.n) }
func (m Mean) Value() float64 { return m.m }
func (m *Mean) Reset()        { *m = Mean{} }
func (v *Var) Add(x float64) {
	old := v.m
	v.Mean.Add(x)
	v.s += (x - old) * (x - v.m)
}
func (v Var) Value() float64 {
	if v.n < 2 {
		return math.NaN()
	}
	return v.s / float64(v.n-1)
}
func (m *MinMax) Add(x float64) {
	if !m.set {
		*m = MinMax{x, x, true}
		return
	}
	m.lo, m.hi = min(m.lo, x), max(m.hi, x)
}
func (m *MinMax) Value() float64 { return m.hi - m.lo }
func (m *Median) Add(x float64) {
	i := sort.SearchFloat64s(*m, x)
	*m = append(*m, 0)
	copy((*m)[i+1:], (*m)[i:])
	(*m)[i] = x
}
func (m Median) Value() float64 {
	switch n := len(m); {
	case n == 0:
		return math.NaN()
	case n%2 == 1:
		return m[n/2]
	default:
		return (m[n/2-1] + m[n/2]) / 2
	}
}
func (e EMA) Add(x float64) {
	if e.n == 0 {
		e.Mean.Add(x)
		return
	}
	e.m = e.alpha*x + (1-e.alpha)*e.m
}

type Tee []Accumulator

func (t Tee) Add(x float64) {
	for _, a := range t {
		a.Add(x)
	}
}
func (t Tee) Value() float64 { return float64(len(t)) }

type Histogram struct {
	width float64
	bins  map[int]int
}

func (h *Histogram) Add(x float64) { h.bins[int(math.Floor(x/h.width))]++ }
func (h Histogram) Value() float64 { return float64(len(h.bins)) }
func (h Histogram) WriteTo(w io.Writer) (n int64, err error) {
	var keys []int
	for k := range h.bins {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	for _, k := range keys {
		m, e := fmt.Fprintf(w, "%6.1f %s\n", float64(k)*h.width, strings.Repeat("*", h.bins[k]))
		n += int64(m)
		if err = e; err != nil {
			return
		}
	}
	return
}

func numbers(r io.Reader, f func(float64) error) (n int, err error) {
	sc := bufio.NewScanner(r)
	sc.Split(func(data []byte, eof bool) (adv int, tok []byte, err error) {
		start := 0
		for start < len(data) && (unicode.IsSpace(rune(data[start])) || data[start] == ',') {
			start++
		}
		for i := start; i < len(data); i++ {
			if c := data[i]; c == ' ' || c == ',' || c == '\n' {
				return i + 1, data[start:i], nil
			}
		}
		if eof && start < len(data) {
			return len(data), data[start:], nil
		}
		return start, nil, nil
	})
	for sc.Scan() {
		x, err := strconv.ParseFloat(sc.Text(), 64)
		if err != nil {
			return n, err
		}
		if err := f(x); err != nil {
			return n, fmt.Errorf("after %d: %w", n, err)
		}
		n++
	}
	return n, sc.Err()
}

var errNeg = errors.New("negative")

func main() {
	med := &Median{}
	v := &Var{}
	em := EMA{0.5, new(Mean)}
	h := &Histogram{2, map[int]int{}}
	named := map[string]Accumulator{"mean": &Mean{}, "var": v, "range": &MinMax{}, "median": med, "ema": em, "hist": h}
	var all Tee
	for _, k := range []string{"ema", "hist", "mean", "median", "range", "var"} {
		all = append(all, named[k])
	}
	n, err := numbers(strings.NewReader("3, 1.5 4,1\n 5.5 9 2 6\n5,3"), func(x float64) error { all.Add(x); return nil })
	fmt.Println(n, err, all.Value())
	for i, k := range []string{"ema", "hist", "mean", "median", "range", "var"} {
		_, canReset := named[k].(Resetter)
		fmt.Printf("%s=%.4f %T %v %v\n", k, named[k].Value(), all[i], canReset, all[i] == named[k])
	}
	w, err := h.WriteTo(os.Stdout)
	fmt.Println(w, err, *med)
	v.Reset()
	em.Reset()
	fmt.Println(v.n, v.Value() > 0, em.Value(), math.IsNaN(Median{}.Value()))
	n, err = numbers(strings.NewReader("1 2 -3 4"), func(x float64) error {
		if x < 0 {
			return errNeg
		}
		return nil
	})
	fmt.Println(n, err, errors.Is(err, errNeg))
	n, err = numbers(strings.NewReader("1 x2"), func(float64) error { return nil })
	var ne *strconv.NumError
	fmt.Println(n, err, errors.As(err, &ne), ne.Num, ne.Func)
}
