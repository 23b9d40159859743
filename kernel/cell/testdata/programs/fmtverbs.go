package main

import (
	"errors"
	"fmt"
	"time"
)

type Celsius float64
type Name string
type Flags uint8
type Point struct{ X, Y int }
type Pair[A, B any] struct {
	First  A
	Second B
}
type Tree struct {
	Left, Right *Tree
	Val         any
}
type Str struct{ s string }
type PStr struct{ s string }
type Err struct{ Code int }
type GS int
type F struct{ v int }
type List []Point
type Reg map[Name]Celsius
type Fn func(int) string
type Ch chan<- int
type Iface interface{ M() }
type wrapper struct {
	Str
	e error
	i Iface
}

func (s Str) String() string   { return "Str<" + s.s + ">" }
func (s *PStr) String() string { return "PStr<" + s.s + ">" }
func (e *Err) Error() string   { return fmt.Sprintf("err %d", e.Code) }
func (g GS) GoString() string  { return fmt.Sprintf("GS!%d", int(g)) }
func (f F) Format(s fmt.State, c rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "F(%c %d %v %d %v %v)", c, w, wok, p, pok, s.Flag('#'))
}

func main() {
	p := Point{1, -2}
	for _, v := range []any{
		Celsius(36.6), Name("bob"), Flags(5), p, &p, []Point{p}, []*Point{nil}, map[string]Point{"k": p}, [2]bool{true},
		Pair[int, Name]{1, "x"}, &Pair[Point, []int]{p, nil}, Tree{Val: 1}, Str{"a"}, &Str{"b"}, PStr{"c"}, &PStr{"d"}, []Str{{"e"}}, map[Name]Str{"n": {"f"}},
		[]fmt.Stringer{Str{"g"}, &PStr{"h"}}, Err{3}, &Err{4}, []error{&Err{5}, nil}, GS(7), []GS{8}, List{p}, Reg{"a": 1, "b": -2}, wrapper{Str{"in"}, &Err{1}, nil},
		struct {
			A int `json:"a"`
			b *int
		}{1, nil}, struct{}{}, []byte("hi"), [3]byte{1, 2, 3}, 'x', nil, 1.0, float32(2.5), 1e100, 2i, "q\"s", []string{"a b", ""}, []any{1, nil, "z"}, time.Second, errors.New("e"), uintptr(10), int8(-5),
	} {
		fmt.Printf("%v|%+v|%#v|%T\n", v, v, deptr(v), v)
	}
	fmt.Printf("%d %s %x %X %q %c %U %b %o %e %08.3f|%6d|%-6d|%+d|%t|%5t|%%\n", p, Name("n"), "hex", []byte{255, 1}, Name("q"), 'é', 'é', Flags(5), 8, 12345.678, 3.14159, 42, 42, 42, true, false)
	fmt.Printf("%s %d %v %x\n", Str{"a"}, Str{"a"}, Flags(3), Name("az"))
	fmt.Printf("%!|%z|%d|%d %s\n", 1, "s", 2)
	fmt.Printf("%[2]d %[1]d %d %[5]d\n", 1, 2)
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 42, 5, 42, 2, 3.14159)
	fmt.Printf("%v %+6.2v %#x\n", F{1}, F{2}, F{3})
	fmt.Printf("%6.2f|%-8q|%8v|%x|% x|%#x|% #X\n", Celsius(3.14159), "a", Name("r"), "hello", "hello", "hello", "hi")
	fmt.Printf("%t %v %p %s\n", "x", Fn(nil), nil, nil)
	fmt.Printf("%v %d %s\n", []Celsius{1.5}, []Flags{1, 2}, []Name{"a"})
	fmt.Printf("%T %T %T %T %T %T\n", Fn(nil), Ch(nil), (*Iface)(nil), func(...int) (a, b error) { return }, map[Point][]chan int{}, [...]any{1, 2})
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0, p, &p == nil), fmt.Sprintln("end", 1))
	err := fmt.Errorf("wrap %w and %w", &Err{1}, errors.New("x"))
	var e *Err
	fmt.Println(err, errors.As(err, &e), e.Code, errors.Unwrap(err) == nil)
	var ip *Point
	var st fmt.Stringer
	var np *PStr
	fmt.Println(ip, st, []any{ip == nil, st == nil})
	fmt.Printf("%v %+v %s\n", ip, st, np)
	var a, b int
	var s string
	n, errs := fmt.Sscanf("10-20 abc", "%d-%d %s", &a, &b, &s)
	fmt.Println(n, errs, a, b, s)
	n, errs = fmt.Sscan("7 x", &a, &b)
	fmt.Println(n, errs, a)
}

func deptr(v any) any {
	switch v := v.(type) {
	case *Point:
		return *v
	case *Str:
		return *v
	case *PStr:
		return *v
	case *Err:
		return *v
	case *Pair[Point, []int]:
		return *v
	case []*Point, []fmt.Stringer, []error, wrapper, error:
		return "-"
	}
	return v
}
