package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

type Record struct {
	Time   time.Time
	Level  string
	Fields map[string]any
}

type Pred func(Record) bool
type Op string

var ops = map[Op]func(c int) bool{
	"=": func(c int) bool { return c == 0 }, "!=": func(c int) bool { return c != 0 },
	"<": func(c int) bool { return c < 0 }, ">=": func(c int) bool { return c >= 0 },
}

func And(ps ...Pred) Pred {
	return func(r Record) bool {
		for _, p := range ps {
			if !p(r) {
				return false
			}
		}
		return true
	}
}
func Or(a, b Pred) Pred { return func(r Record) bool { return a(r) || b(r) } }
func Not(p Pred) Pred   { return func(r Record) bool { return !p(r) } }

func compare(a, b any) (int, bool) {
	switch x := a.(type) {
	case float64:
		y, ok := b.(float64)
		return cmp.Compare(x, y), ok
	case string:
		y, ok := b.(string)
		return strings.Compare(x, y), ok
	case time.Duration:
		y, ok := b.(time.Duration)
		return cmp.Compare(x, y), ok
	case bool:
		y, ok := b.(bool)
		switch {
		case x == y:
			return 0, ok
		case x:
			return 1, ok
		}
		return -1, ok
	}
	return 0, false
}

func value(s string) any {
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return f
	}
	if d, err := time.ParseDuration(s); err == nil {
		return d
	}
	if b, err := strconv.ParseBool(s); err == nil {
		return b
	}
	return strings.Trim(s, `"`)
}

var lineRE = regexp.MustCompile(`^(\S+) \[(\w+)\] (.*)$`)
var kvRE = regexp.MustCompile(`(\w+)=("[^"]*"|\S+)`)

type LineError struct {
	N   int
	Err error
}

func (e LineError) Error() string { return strconv.Itoa(e.N) + ": " + e.Err.Error() }
func (e LineError) Unwrap() error { return e.Err }

var errFormat = errors.New("bad format")

func parse(src string) (rs []Record, err error) {
	sc := bufio.NewScanner(strings.NewReader(src))
	for n := 1; sc.Scan(); n++ {
		m := lineRE.FindStringSubmatch(sc.Text())
		if m == nil {
			err = errors.Join(err, LineError{n, errFormat})
			continue
		}
		r := Record{Level: m[2], Fields: map[string]any{}}
		var e error
		if r.Time, e = time.Parse(time.RFC3339, m[1]); e != nil {
			err = errors.Join(err, LineError{n, e})
			continue
		}
		for _, kv := range kvRE.FindAllStringSubmatch(m[3], -1) {
			r.Fields[kv[1]] = value(kv[2])
		}
		rs = append(rs, r)
	}
	return
}

func query(s string) (p Pred, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("query %q: %v", s, r)
		}
	}()
	toks := strings.Fields(s)
	next := func() (t string) {
		if len(toks) == 0 {
			panic("unexpected end")
		}
		t, toks = toks[0], toks[1:]
		return
	}
	var or func() Pred
	atom := func() Pred {
		t := next()
		switch t {
		case "not":
			return Not(or())
		case "(":
			p := or()
			if c := next(); c != ")" {
				panic("want ) got " + c)
			}
			return p
		}
		op := Op(next())
		f, ok := ops[op]
		if !ok {
			panic(op)
		}
		want := value(next())
		return func(r Record) bool {
			got, has := r.Fields[t]
			if t == "level" {
				got, has = r.Level, true
			}
			c, comparable := compare(got, want)
			return has && comparable && f(c)
		}
	}
	and := func() Pred {
		ps := []Pred{atom()}
		for len(toks) > 0 && toks[0] == "and" {
			next()
			ps = append(ps, atom())
		}
		return And(ps...)
	}
	or = func() Pred {
		p := and()
		for len(toks) > 0 && toks[0] == "or" {
			next()
			p = Or(p, and())
		}
		return p
	}
	p = or()
	if len(toks) > 0 {
		panic(fmt.Sprint("left ", toks))
	}
	return
}

func group[K cmp.Ordered](rs []Record, key func(Record) K) (out []string) {
	m := map[K][]Record{}
	for _, r := range rs {
		m[key(r)] = append(m[key(r)], r)
	}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fmt.Sprintf("%v=%d", k, len(m[k])))
	}
	return
}

func main() {
	src := `2024-01-01T10:00:00Z [INFO] path=/a ms=12 user="ann b" ok=true took=1.5s
2024-01-01T10:05:00Z [WARN] path=/b ms=250 ok=false
garbage
2024-01-01T11:00:00+02:00 [INFO] path=/a ms=8 took=90ms
2024-13-01T10:00:00Z [INFO] x=1
2024-01-01T11:30:00Z [ERROR] path=/c ms=1e3 user=bob`
	rs, err := parse(src)
	fmt.Println(len(rs), errors.Is(err, errFormat))
	fmt.Println(err)
	for _, q := range []string{"ms >= 100", "level = INFO and path = /a", "not ( ms < 100 or level = ERROR )", "ok = true or took < 1s", "user = bob", "user >= a", "ms ~ 3", "( ms < 3", "ms <", "ms = 1 2", "missing = x"} {
		p, err := query(q)
		if err != nil {
			fmt.Println(err)
			continue
		}
		var hits []string
		for i, r := range rs {
			if p(r) {
				hits = append(hits, fmt.Sprint(i, r.Fields["path"]))
			}
		}
		fmt.Println(q, "=>", hits)
	}
	fmt.Println(group(rs, func(r Record) string { return r.Level }), group(rs, func(r Record) int { return r.Time.UTC().Hour() }))
	total := 0.0
	for _, r := range rs {
		if ms, ok := r.Fields["ms"].(float64); ok {
			total += ms
		}
	}
	fmt.Printf("%.1f %v %T\n", total, rs[0].Fields["took"], rs[0].Fields["user"])
	slices.SortFunc(rs, func(a, b Record) int { return a.Time.Compare(b.Time) })
	fmt.Println(rs[0].Time, rs[0].Fields)
}
