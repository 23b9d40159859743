package main

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
)

type item struct {
	name string
	n    int
}

var errEmpty = errors.New("empty")

func find(items []item, name string) (int, error) {
	if len(items) == 0 {
		return 0, errEmpty
	}
	for _, it := range items {
		if it.name == name {
			return it.n, nil
		}
	}
	return -1, fmt.Errorf("no %q among %d", name, len(items))
}

func testErrors() string {
	items := []item{{"a", 1}, {"b", 2}}
	out := ""
	if n, err := find(items, "b"); err == nil {
		out += strconv.Itoa(n)
	}
	if _, err := find(items, "c"); err != nil {
		out += err.Error()
	}
	_, err := find(nil, "")
	out += err.Error()
	var e error
	if e == nil {
		out += "nil"
	}
	e = err
	x, err := strconv.Atoi("12x")
	out += fmt.Sprint(x, err, e)
	y, err := strconv.Atoi("-77")
	return out + fmt.Sprint(y, err)
}

func testBuilder() string {
	var b strings.Builder
	for i := range 20 {
		b.WriteString(strconv.Itoa(i))
		b.WriteByte(',')
		b.WriteRune('é')
	}
	n, err := b.WriteString("end")
	pb := &b
	pb.WriteString("!")
	return b.String() + fmt.Sprint(b.Len(), n, err)
}

func testFmt() string {
	var nilp *int
	var u8 uint8 = 200
	var f32 float32 = 0.1
	m := map[string]int{"b": 2, "a": 1}
	return fmt.Sprintf("%d %v %s %T %v %v %v %v %x %q %t", 1, 2.5, "s", u8, f32, []int{1, 2}, m, nilp, []byte("hi"), 'x', u8 > 3) +
		fmt.Sprint(1, 2, "a", 3, true, nil) + fmt.Sprintln("x", [2]bool{true, false}, []any{1, "a", 2.5, nil})
}

func testMath() string {
	s, c := math.Sincos(0.5)
	i, f := math.Modf(3.75)
	return fmt.Sprint(s, c, i, f, math.MaxInt64, math.Inf(1), math.Hypot(3, 4), math.Pi)
}

func testStrings() string {
	parts := strings.Split("a,b,c", ",")
	parts = append(parts, strings.Fields(" d  e ")...)
	sort.Strings(parts)
	xs := []int{3, 1, 2}
	sort.Ints(xs)
	a, b, ok := strings.Cut("k=v", "=")
	return strings.Join(parts, "-") + strings.ToUpper("x") + strings.Repeat("ab", 3) + fmt.Sprint(xs, a, b, ok, strings.Contains("seafood", "foo"), strings.Index("chicken", "ken"), strings.TrimSpace("  q "), strings.ReplaceAll("oink oink", "k", "ky"))
}

func testTime() string {
	d := 90 * time.Minute
	return fmt.Sprint(d.Hours(), d.String(), time.Duration(1500)*time.Millisecond)
}

func testPanicText() string     { panic("own text") }
func testPanicError() string    { panic(errEmpty) }
func testPanicValue() string    { panic(fmt.Sprintf("n=%d", 3)) }
func testPanicNegative() string { return strings.Repeat("x", len(errEmpty.Error())-10) }

func main() {}

func label(n int, s string) string {
	a, b, c := n, n*2, s+"!"
	x, y := c+s, [4]int{a, b, n, 9}
	if n > 0 {
		return label(n-1, x[:2]) + strconv.Itoa(y[1])
	}
	return x
}

// The arguments of a function that is called by reflection wait for calls.
func testWaiting() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %s", label(2, "ab"), len(label(3, "cd")), strings.Repeat("-", len(label(1, "e"))))
	fmt.Fprint(&b, label(1, "x"), label(2, "y"), 7)
	m := map[item]string{}
	m[item{label(1, "k"), len(label(2, "v"))}] = label(3, "w") + strconv.Itoa(len(m))
	m2 := map[string]item{"q": {"r", 3}}
	m[item{m2["q"].name, m2["q"].n}] = m2["q"].name + label(1, "z")
	return b.String() + strings.Replace(label(1, "oink"), label(0, "o")[:1], label(1, "k"), 1+len(label(0, ""))) +
		m[item{"r", 3}] + m[item{label(1, "k"), len(label(2, "v"))}]
}
