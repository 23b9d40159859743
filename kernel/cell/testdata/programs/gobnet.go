package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Name() string
}

type Circle struct{ R float64 }
type Rect struct{ W, H float64 }

func (c Circle) Area() float64 { return math.Pi * c.R * c.R }
func (c Circle) Name() string  { return "circle" }
func (r *Rect) Area() float64  { return r.W * r.H }
func (r *Rect) Name() string   { return "rect" }

type Node struct {
	Key         int
	Val         string
	Left, Right *Node
	hidden      int
}

func (n *Node) Insert(k int, v string) *Node {
	if n == nil {
		return &Node{Key: k, Val: v, hidden: k}
	}
	if k < n.Key {
		n.Left = n.Left.Insert(k, v)
	} else {
		n.Right = n.Right.Insert(k, v)
	}
	return n
}

func (n *Node) Walk(f func(*Node)) {
	if n != nil {
		n.Left.Walk(f)
		f(n)
		n.Right.Walk(f)
	}
}

type Temp float64

func (t Temp) GobEncode() ([]byte, error) { return []byte(fmt.Sprintf("%.1fC", float64(t))), nil }
func (t *Temp) GobDecode(b []byte) error {
	var f float64
	_, err := fmt.Sscanf(string(b), "%fC", &f)
	*t = Temp(f)
	return err
}

type V1 struct {
	A int
	B string
	C []string
}
type V2 struct {
	B string
	A int64
	D map[string]int
}

type Doc struct {
	Title  string
	Shapes []Shape
	Any    any
	Temps  map[string]Temp
	Pair   [2]int8
	Z      complex128
	P      **int
}

func main() {
	gob.Register(Circle{})
	gob.Register(&Rect{})
	var buf bytes.Buffer
	enc := gob.NewEncoder(&buf)
	dec := gob.NewDecoder(&buf)

	var root *Node
	for i, w := range strings.Fields("the quick brown fox jumps over lazy dogs") {
		root = root.Insert(len(w)*7%11+i, w)
	}
	if err := enc.Encode(root); err != nil {
		fmt.Println("encode:", err)
	}
	var back Node
	if err := dec.Decode(&back); err != nil {
		fmt.Println("decode:", err)
	}
	back.Walk(func(n *Node) { fmt.Print(n.Key, ":", n.Val, ":", n.hidden, " ") })
	fmt.Println()

	fmt.Println(enc.Encode(V1{7, "seven", []string{"x"}}))
	var v2 V2
	fmt.Println(dec.Decode(&v2), v2)

	n := 5
	pn := &n
	d := Doc{"all", []Shape{Circle{1}, &Rect{2, 3}}, Circle{4}, map[string]Temp{"in": 21.5, "out": -3}, [2]int8{1, -1}, complex(1, -2), &pn}
	fmt.Println(enc.Encode(d))
	var e Doc
	fmt.Println(dec.Decode(&e))
	for _, s := range e.Shapes {
		fmt.Printf("%T %s %.3f\n", s, s.Name(), s.Area())
	}
	fmt.Printf("%T %v\n", e.Any, e.Any)
	var ks []string
	for k := range e.Temps {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	for _, k := range ks {
		fmt.Printf("%s=%v ", k, e.Temps[k])
	}
	fmt.Println(e.Pair, e.Z, **e.P, e.Title)

	var s Shape = Circle{9}
	fmt.Println(enc.Encode(&s))
	var t Shape
	fmt.Println(dec.Decode(&t))
	fmt.Printf("%T %v\n", t, t)

	fmt.Println(enc.Encode(struct{ f func() }{}))
	fmt.Println(enc.Encode(map[string][]int{"a": {1, 2}}))
	var m map[string][]int
	fmt.Println(dec.Decode(&m), m)
	fmt.Println(dec.Decode(&m) == io.EOF)
	fmt.Println(enc.Encode([]V1{{1, "a", nil}, {2, "b", []string{"q", "r"}}}))
	var bad []string
	fmt.Println(dec.Decode(&bad))
}
