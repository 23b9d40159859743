package main

import (
	"fmt"
	"math/big"
	"os"
	"time"
)

type Color int

const (
	Red Color = iota
	Green
	Blue
)

func (c Color) String() string { return [...]string{"R", "G", "B"}[c] }

type Temp float64
type Secret string

func (Secret) Format(f fmt.State, verb rune) {
	w, ok := f.Width()
	p, pok := f.Precision()
	fmt.Fprintf(f, "<%c w=%d,%v p=%d,%v %v%v%v>", verb, w, ok, p, pok, f.Flag('+'), f.Flag('#'), f.Flag('-'))
}

type GS struct{ a int }

func (GS) GoString() string { return "GS!" }

type Err struct{ c Color }

func (e Err) Error() string   { return "err " + e.c.String() }
func (e *Err) String() string { return "never" }

type Pt struct {
	X, Y int
	c    Color
}
type Deep struct {
	P    Pt
	PP   *Pt
	L    []Pt
	M    map[Color]*Pt
	I    any
	E    error
	F    func()
	C    chan int
	A    [2]Color
	b    []byte
	Anon struct{ Q string }
	S    Secret
	G    GS
	T    *Deep
}

type PtrStr struct{ n int }

func (p *PtrStr) String() string { return fmt.Sprintf("ptr%d", p.n) }

type Panics struct{}

func (Panics) String() string { panic("oops") }

type NilStr struct{}

func (n *NilStr) String() string { return fmt.Sprint(n.self()) }
func (n *NilStr) self() any      { _ = *n; return 1 }

type Bytes []byte
type Strs []string
type Arr [3]byte
type Fn func(int) Pt
type IF interface{ M() }
type Cx complex128
type Rn rune
type Map map[string]Color

func main() {
	d := Deep{P: Pt{1, 2, Blue}, PP: &Pt{3, 4, Red}, L: []Pt{{5, 6, Green}}, M: map[Color]*Pt{Green: nil}, I: Pt{7, 8, 0}, E: Err{Green}, A: [2]Color{1, 2}, b: []byte("hi"), S: "s"}
	d.PP = nil
	for _, f := range []string{"%v", "%+v"} {
		fmt.Printf(f+"\n", d)
	}
	fmt.Printf("%#v\n", d)
	fmt.Printf("%T %T %T %T %T\n", d, d.M, d.Anon, d.F, d.I)
	c := Blue
	fmt.Printf("%v %d %s %q %x %X %#v %T %5v|%-5v|%05d %o %b %U %c\n", c, c, c, c, c, c, c, c, c, c, c, c, c, c, c)
	cs := []Color{0, 1, 2}
	fmt.Printf("%v %d %s %q %x %#v %+v\n", cs, cs, cs, cs, cs, cs, cs)
	mc := map[Color]string{Blue: "b", Red: "r"}
	fmt.Printf("%v %d %#v\n", mc, mc, mc)
	fmt.Printf("%v %8.3f %e %g %T %x\n", Temp(1.5), Temp(3.14159), Temp(1e9), Temp(1e21), Temp(0), Temp(1))
	fmt.Printf("%v %+d %#x %8.3s %-4v\n", Secret("a"), Secret("b"), Secret("c"), Secret("d"), Secret("e"))
	fmt.Printf("%v %#v %+v %#v %#v\n", GS{1}, GS{1}, GS{2}, []GS{{3}}, map[string]GS{"a": {}})
	fmt.Println(Err{Blue}, &Err{Blue}, []error{Err{0}, nil}, struct{ E error }{Err{1}})
	fmt.Printf("%s %q %x %v\n", Err{1}, Err{1}, Err{1}, &Err{1})
	fmt.Println(PtrStr{1}, &PtrStr{2}, []PtrStr{{3}}, map[string]PtrStr{"a": {4}})
	fmt.Printf("%v %s\n", []*PtrStr{}, &PtrStr{5})
	fmt.Printf("%v %s|%d\n", Panics{}, Panics{}, Panics{})
	var ns *NilStr
	var ps *PtrStr
	fmt.Printf("%v %s\n", ns, ps)
	fmt.Printf("%v %s %x %X %q %d %T %#v\n", Bytes("ab"), Bytes("ab"), Bytes("ab"), Bytes("ab"), Bytes("ab"), Bytes("ab"), Bytes("ab"), Bytes("ab"))
	fmt.Printf("%v %s %x %q %#v % x %T\n", Strs{"a", "b"}, Strs{"a", "b"}, Strs{"a", "b"}, Strs{"a", "b"}, Strs{"a", "b"}, Strs{"ab", "c"}, Strs{})
	fmt.Printf("%v %s %x %#v %q %T\n", Arr{65, 66, 67}, Arr{65, 66, 67}, Arr{65, 66, 67}, Arr{1}, Arr{65}, Arr{})
	fmt.Printf("%T %T %T %T\n", Fn(nil), (*IF)(nil), []IF{}, map[Rn]Cx{})
	fmt.Printf("%v %.2f %T %#v\n", Cx(1+2i), Cx(1+2i), Cx(0), Cx(3i))
	fmt.Printf("%v %c %q %U %#U %T\n", Rn('x'), Rn('x'), Rn('x'), Rn('⌘'), Rn('⌘'), Rn(0))
	fmt.Printf("%v %d %#v %T\n", Map{"b": 1, "a": 0}, Map{"b": 1}, Map{"b": 1}, Map{})
	fmt.Printf("%d %s %!d %z %d\n", "str", 5, 1, 2)
	fmt.Printf("%[2]d %[1]d %[3]*.[2]*[1]f|\n", 1.0, 2, 8)
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 1, 5, 2, 2, 3.14159)
	fmt.Printf("%t %v %5t|%q %x % x %#x %X\n", true, false, true, "a\x00\"b", "hi", "hi", "hi", "hi")
	fmt.Printf("%+q %#q %q %q\n", "é⌘", "a`b", 'x', 0x1F600)
	fmt.Printf("%08.3f|%+.2e|%-10g|% d|%x|%#o|%#b|%O\n", 3.14159, 12345.678, 1e-7, 5, -255, 8, 5, 8)
	fmt.Printf("%v %v %v %v\n", int8(-5), uintptr(10), 1e6, float32(0.1))
	fmt.Printf("%6.2f%% %v %v\n", 99.5, 1e20, 1e21)
	fmt.Printf("%v %s %d\n", time.Duration(1500)*time.Millisecond, big.NewInt(1<<40), []time.Duration{1, 2})
	fmt.Printf("%v %+v\n", struct {
		A any
		B *int
		C []any
	}{nil, nil, []any{nil, 1, "x", Red}}, struct{ X, y any }{Red, Green})
	fmt.Printf("%#v %#v %#v\n", struct{ A int }{1}, []any{1, "a", nil, Red}, map[string]any{"k": Pt{}})
	fmt.Printf("%#v %#v %#v %#v %#v\n", 1.0, "s", 'x', uint8(3), [2]bool{true})
	fmt.Printf("%#v %#v\n", (*int)(nil), (func())(nil))
	fmt.Fprintln(os.Stdout, fmt.Sprint("a", 1, 2, "b", "c", 3.0, Red, Blue), fmt.Sprintln("x", 1))
	var e error
	var i any
	fmt.Printf("%v %v %+v %T %T %s %d\n", e, i, i, e, i, e, i)
	fmt.Println(fmt.Errorf("w: %w %v", Err{2}, Err{1}), fmt.Sprintf("%w", Err{0}))
	fmt.Printf("%v %v\n", &d.P, &cs)
	fmt.Printf("%+v %v\n", &struct{ P *Pt }{}, &map[string]int{"a": 1})
	fmt.Printf("%d %v\n", &[]int{1}, &[2]Pt{})
	fmt.Printf("%3c|%-3c|%03d|%+03d|%x|%X\n", 'a', 'b', 7, 7, []int{10, 11}, [2]uint8{1, 0xab})
	fmt.Printf("%s %v\n", []any{"a", 1, Red, Err{0}}, [][]Color{{0}, {1, 2}})
	fmt.Printf("%v %v\n", any(Red) == any(Color(0)), any(Red) == any(0))
}
