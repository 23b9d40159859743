package rt

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unsafe"
)

type sample struct {
	A int `json:"a"`
	b string
}

func (s sample) String() string { return "sample" + s.b }
func (s *sample) Set(n int)     { s.A = n }

// TestABI compares the mirrored structs with types that the compiler made.
func TestABI(t *testing.T) {
	if err := CheckABI(); err != nil {
		t.Error(err)
	}
	for _, v := range []any{0, "", sample{}, &sample{}, []int{}, [3]int{}, map[string]int{}, make(chan int), func(int) string { return "" }} {
		rt := reflect.TypeOf(v)
		p := ptrOf(rt)
		if p.size != rt.Size() || int(p.align) != rt.Align() || reflect.Kind(p.kind&31) != rt.Kind() {
			t.Errorf("%s: size %d align %d kind %d", rt, p.size, p.align, p.kind)
		}
		if toType(p) != rt {
			t.Errorf("%s does not come back", rt)
		}
		if got := p.tflag&tflagNamed != 0; got != (rt.Name() != "") {
			t.Errorf("%s: named flag %v", rt, got)
		}
	}
	st := (*structType)(unsafe.Pointer(ptrOf(reflect.TypeFor[sample]())))
	if len(st.fields) != 2 || toType(st.fields[1].typ) != reflect.TypeFor[string]() || st.fields[1].offset != 8 {
		t.Errorf("struct fields %+v", st.fields)
	}
	if e := (*ptrType)(unsafe.Pointer(ptrOf(reflect.TypeFor[*sample]()))); toType(e.elem) != reflect.TypeFor[sample]() {
		t.Error("pointer element")
	}
	if e := (*sliceType)(unsafe.Pointer(ptrOf(reflect.TypeFor[[]sample]()))); toType(e.elem) != reflect.TypeFor[sample]() {
		t.Error("slice element")
	}
	if e := (*arrayType)(unsafe.Pointer(ptrOf(reflect.TypeFor[[3]sample]()))); toType(e.elem) != reflect.TypeFor[sample]() || e.len != 3 {
		t.Error("array")
	}
	if e := (*chanType)(unsafe.Pointer(ptrOf(reflect.TypeFor[<-chan sample]()))); toType(e.elem) != reflect.TypeFor[sample]() || e.dir != 1 {
		t.Error("chan")
	}
	if e := (*mapType)(unsafe.Pointer(ptrOf(reflect.TypeFor[map[string]sample]()))); toType(e.elem) != reflect.TypeFor[sample]() || toType(e.key) != reflect.TypeFor[string]() {
		t.Error("map")
	}
	f := (*funcType)(unsafe.Pointer(ptrOf(reflect.TypeFor[func(int, string) error]())))
	if f.in != 2 || f.out&0x7fff != 1 {
		t.Errorf("func %d %d", f.in, f.out)
	}
}

// nextID numbers the types of tests.
var nextID = 1000

func define(t *testing.T, lines ...string) []int {
	t.Helper()
	ids := make([]int, len(lines))
	var text []string
	for i := range lines {
		nextID++
		ids[i] = nextID
	}
	for i, l := range lines {
		for j := len(ids) - 1; j >= 0; j-- {
			l = strings.ReplaceAll(l, fmt.Sprintf("$%d", j), fmt.Sprint(ids[j]))
		}
		text = append(text, fmt.Sprintf("%d %s", ids[i], l))
	}
	Define(strings.Join(text, "\n"))
	return ids
}

func TestNamedTypes(t *testing.T) {
	ids := define(t,
		`N "main.Point" t 2 "X" "json:\"x\"" 0 b int "y" "" 0 b string `,
		`N "main.Color" b int `,
		`N "main.Tree" t 3 "L" "" 0 p # $2 "R" "" 0 p # $2 "kids" "" 0 m b string # $2 `,
		`N "main.Dict" m b string # $3 `,
		`N "main.Line" t 2 "Point" "" 1 # $0 "End" "" 0 # $0 `,
		`N "main.F" f 1 1 0 # $5 b int `,
		`s # $0 `, `p # $0 `, `m # $1 s # $0 `,
		`t 1 "a" "" 0 # $1 `,
	)
	for i, want := range []string{"main.Point", "main.Color", "main.Tree", "main.Dict", "main.Line", "main.F", "[]main.Point", "*main.Point", "map[main.Color][]main.Point", "struct { a main.Color }"} {
		if got := TypeOf(ids[i]).String(); got != want {
			t.Errorf("type %d is %s, want %s", i, got, want)
		}
	}
	type ePoint struct {
		X  int
		Xy string
	}
	p := I(ePoint{3, "q"}, ids[0])
	if got := fmt.Sprintf("%T %v %+v %#v", p, p, p, p); got != `main.Point {3 q} {X:3 y:q} main.Point{X:3, y:"q"}` {
		t.Error(got)
	}
	if b, err := json.Marshal(p); string(b) != `{"x":3}` || err != nil {
		t.Errorf("%s %v", b, err)
	}
	pt := TypeOf(ids[0])
	if pt.Name() != "Point" || pt.PkgPath() != "main" || pt.Field(1).IsExported() || !pt.Comparable() {
		t.Errorf("%s %s %v", pt.Name(), pt.PkgPath(), pt.Field(1))
	}
	if !Equal(p, I(ePoint{3, "q"}, ids[0])) || Equal(p, I(ePoint{4, "q"}, ids[0])) || Equal(p, ePoint{3, "q"}) {
		t.Error("comparison")
	}
	var back ePoint
	if !AssertOK(p, ids[0], &back) || back.X != 3 || back.Xy != "q" || AssertOK(p, ids[1], &back) {
		t.Error("assertion")
	}
	if TypeOf(ids[4]).Field(0).Anonymous != true || TypeOf(ids[2]).Field(2).Type.Elem() != TypeOf(ids[2]) {
		t.Error("fields of recursive and embedding types")
	}
	m := map[any]int{p: 1, I(7, ids[1]): 2}
	if m[I(ePoint{3, "q"}, ids[0])] != 1 || m[I(7, ids[1])] != 2 || m[7] != 0 {
		t.Error("as keys of a map")
	}
	if reflect.PointerTo(pt) != TypeOf(ids[7]) || TypeOf(ids[7]).Elem() != pt {
		t.Error("pointer")
	}
	if k := Match(p, ids[1], 0, ids[0]); k != 2 {
		t.Errorf("Match = %d", k)
	}
	if Match(nil, ids[1], 0) != 1 || Match(5, ids[0]) != -1 {
		t.Error("Match")
	}
}

func TestMethods(t *testing.T) {
	if stubCount == 0 {
		t.Skip("no stubs on this machine")
	}
	ids := define(t,
		`N "main.Temp" b float64 `,
		`f 0 1 0 b string `,
		`N "main.Buf" t 1 "n" "" 0 b int `,
		`f 1 2 0 s b uint8 b int E `,
		`N "main.Err" t 1 "code" "" 0 b int `,
		`f 1 1 0 E b bool `,
		`p # $2 `, `p # $4 `, `s # $0 `,
	)
	type eBuf struct{ Xn int }
	type eErr struct{ Xcode int }
	Methods(ids[0], 1, "vString", ids[1], func(f float64) string { return fmt.Sprintf("%.1f°", f) })
	Methods(ids[2], 2, "pWrite", ids[3], func(b *eBuf, p []byte) (int, error) { b.Xn += len(p); return len(p), nil })
	Methods(ids[4], 3, "pError", ids[1], func(e *eErr) string { return fmt.Sprint("code ", e.Xcode) },
		"pIs", ids[5], func(e *eErr, target error) bool { return target == io.EOF })

	temp := I(21.5, ids[0])
	if got := fmt.Sprint(temp, I([]float64{1, 2}, ids[8]), map[string]any{"t": temp}); got != "21.5° [1.0° 2.0°] map[t:21.5°]" {
		t.Error(got)
	}
	buf := &eBuf{}
	w := I(buf, ids[6]).(io.Writer)
	fmt.Fprintf(w, "hello %d", 12345)
	if buf.Xn != 11 {
		t.Errorf("wrote %d", buf.Xn)
	}
	if _, ok := I(*buf, ids[2]).(io.Writer); ok {
		t.Error("a value has a pointer's method")
	}
	err := fmt.Errorf("wrapped: %w", I(&eErr{7}, ids[7]).(error))
	target := reflect.New(TypeOf(ids[7]))
	if !errors.As(err, target.Interface()) || !errors.Is(err, io.EOF) || err.Error() != "wrapped: code 7" {
		t.Error(err)
	}
	if Code(temp) != 2 || Code(w) != 5 || Code(3) != 0 || Code(nil) != 0 {
		t.Error("codes", Code(temp), Code(w))
	}
	if s := Method(temp, "String").(func() string)(); s != "21.5°" {
		t.Error(s)
	}
	// A replaced method is seen by values that are there; a new one makes a new type.
	Methods(ids[0], 4, "vString", ids[1], func(f float64) string { return "hot" })
	if got := fmt.Sprint(temp); got != "hot" {
		t.Error(got)
	}
	Methods(ids[0], 5, "vError", ids[1], func(f float64) string { return "err" })
	now := I(1.0, ids[0])
	if _, ok := now.(error); !ok {
		t.Error("no error after the method was added")
	}
	var f float64
	if !AssertOK(temp, ids[0], &f) || f != 21.5 {
		t.Error("a value of the type as it was is none of the type as it is")
	}
}

// TestMethodsUnderCollection calls methods through interfaces while the collector
// runs and stacks move.
func TestMethodsUnderCollection(t *testing.T) {
	if stubCount == 0 {
		t.Skip("no stubs on this machine")
	}
	ids := define(t, `N "main.Node" t 2 "Name" "" 0 b string "next" "" 0 p # $0 `, `f 5 1 0 b string b int b float64 e s b int b string `, `p # $0 `)
	type eNode struct {
		Name  string
		Xnext *eNode
	}
	Methods(ids[0], 1, "pJoin", ids[1], func(n *eNode, a string, b int, c float64, d any, e []int) string {
		if b%50 == 0 {
			runtime.GC()
		}
		return fmt.Sprint(n.Name, a, b, c, d, e)
	})
	type joiner interface {
		Join(string, int, float64, any, []int) string
	}
	var deep func(j joiner, n int) string
	deep = func(j joiner, n int) string {
		var pad [64]int
		if n > 0 {
			pad[n%64] = n
			return deep(j, n-1)
		}
		return j.Join("a", pad[1]+50, 1.5, "d", []int{1, 2})
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 60 {
				n := &eNode{Name: fmt.Sprint("n", g, i)}
				j := I(n, ids[2]).(joiner)
				if got, want := j.Join("x", i, 2.5, nil, []int{i}), fmt.Sprint(n.Name, "x", i, 2.5, nil, []int{i}); got != want {
					t.Errorf("%q, want %q", got, want)
				}
				if got := deep(j, 200); !strings.HasPrefix(got, n.Name) {
					t.Errorf("%q", got)
				}
			}
		})
	}
	wg.Wait()
}
