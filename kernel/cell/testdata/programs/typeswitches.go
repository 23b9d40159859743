package main

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

type A struct{ N int }
type B struct{ N int }
type C = A
type MyInt int
type MyFunc func(int) int
type Shape interface{ Area() float64 }
type Named interface{ Name() string }
type Sq struct{ s float64 }
type Ci struct{ r float64 }

func (s Sq) Area() float64   { return s.s * s.s }
func (c *Ci) Area() float64  { return 3 * c.r * c.r }
func (c *Ci) Name() string   { return "ci" }
func (m MyInt) Name() string { return "myint" }

type G[T any] struct{ v T }

func (g G[T]) Name() string { return fmt.Sprintf("G[%T]", g.v) }

func kind(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int-ish %v %T", x, x)
	case MyInt:
		return fmt.Sprint("MyInt ", x+1)
	case A:
		return fmt.Sprint("A ", x.N)
	case B:
		return fmt.Sprint("B ", x.N)
	case *A:
		x.N++
		return fmt.Sprint("*A ", x.N)
	case Shape:
		if n, ok := x.(Named); ok {
			return "named shape " + n.Name()
		}
		return fmt.Sprint("shape ", x.Area())
	case G[int]:
		return fmt.Sprint("G[int] ", x.v+1)
	case Named:
		return "named " + x.Name()
	case error:
		return "error " + x.Error()
	case []int:
		return fmt.Sprint("[]int ", len(x))
	case [2]int:
		return fmt.Sprint("[2]int ", x[1])
	case map[string]int:
		return fmt.Sprint("map ", x["k"])
	case func() string:
		return "func " + x()
	case MyFunc:
		return fmt.Sprint("MyFunc ", x(20))
	case chan int:
		return fmt.Sprint("chan ", cap(x))
	case struct{ X int }:
		return fmt.Sprint("anon ", x.X)
	case fmt.Stringer, io.Reader:
		return fmt.Sprintf("std %T", x)
	case []any:
		var parts []string
		for _, e := range x {
			parts = append(parts, kind(e))
		}
		return "[" + strings.Join(parts, "; ") + "]"
	case bool:
		if x {
			break
		}
		return "false"
	default:
		return fmt.Sprintf("other %T", x)
	}
	return "after"
}

type notFound struct{ key string }

func (n notFound) Error() string { return n.key + " not found" }

func only(v any) (s string) {
	switch v.(type) {
	case A, *A:
		s = "a"
	case B:
		s = "b"
	case interface{ Area() float64 }:
		s = "area"
	}
	return
}

func main() {
	pa := &A{7}
	for _, v := range []any{nil, 1, int64(2), int8(3), MyInt(4), A{5}, B{6}, C{8}, pa, pa, &B{1}, Sq{2}, &Sq{3}, &Ci{1}, Ci{1}, G[int]{1}, G[string]{}, &G[bool]{},
		errors.New("e"), notFound{"k"}, &notFound{"p"}, []int{1}, [2]int{3, 4}, map[string]int{"k": 9}, func() string { return "f" }, MyFunc(func(i int) int { return i * 2 }),
		func(i int) int { return i }, make(chan int, 3), struct{ X int }{1}, struct{ Y int }{1}, strings.NewReader("x"), []any{1, nil, A{1}}, true, false, 'r', uint8(1), 1.5} {
		fmt.Println(kind(v))
	}
	fmt.Println(only(A{}), only(pa), only(B{}), only(&B{}), only(Sq{}), only(nil))
	var sh Shape = Sq{3}
	if sq, ok := sh.(Sq); ok {
		fmt.Println(sq.s)
	}
	_, isCi := sh.(*Ci)
	n, isNamed := sh.(Named)
	fmt.Println(isCi, isNamed, n == nil)
	var sorter sort.Interface = sort.IntSlice{3, 1}
	if is, ok := sorter.(sort.IntSlice); ok {
		is.Sort()
		fmt.Println(is, sorter)
	}
	shapes := []Shape{Sq{1}, &Ci{2}, nil}
	count := map[string]int{}
	for _, s := range shapes {
		switch s.(type) {
		case nil:
			count["nil"]++
		case Sq, *Sq:
			count["sq"]++
		case Named:
			count["named"]++
		}
	}
	fmt.Println(count, any(A{1}) == any(C{1}), any(A{1}) == any(B{1}), any(MyInt(1)) == any(1))
	defer func() { fmt.Println(recover()) }()
	_ = any(pa).(Shape)
}
