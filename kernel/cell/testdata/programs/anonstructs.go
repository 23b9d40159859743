package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"sync"
)

type Sq struct{ W int }

func (Sq) Sides() int { return 4 }
func (s *Sq) Grow()   { s.W++ }

type Shape interface{ Sides() int }
type grower interface {
	Shape
	Grow()
}

func main() {
	var rw io.ReadWriter = struct {
		io.Reader
		io.Writer
	}{strings.NewReader("abc"), os.Stdout}
	io.Copy(rw, rw)
	fmt.Println()
	var b bytes.Buffer
	io.Copy(struct{ io.Writer }{&b}, strings.NewReader("xyz"))
	fmt.Println(b.String())
	fmt.Printf("%T\n", rw)
	s := sort.IntSlice{3, 1, 2}
	sort.Sort(struct{ sort.Interface }{sort.Reverse(s)})
	fmt.Println(s)
	var sh Shape = struct{ Sq }{Sq{2}}
	fmt.Println(sh.Sides(), sh)
	p := &struct {
		*Sq
		n int
	}{&Sq{1}, 2}
	sh = p
	p.Grow()
	g, ok := sh.(grower)
	fmt.Println(ok, p.W)
	g.Grow()
	fmt.Printf("%T %v %d\n", sh, p.Sq, p.W)
	var x any = struct{ Sq }{}
	_, ok = x.(Shape)
	_, ok2 := x.(grower)
	fmt.Println(ok, ok2)
	switch y := x.(type) {
	case grower:
		fmt.Println("grower")
	case Shape:
		fmt.Println("shape", y.Sides())
	}
	l := struct {
		sync.Mutex
		m map[string]int
	}{m: map[string]int{}}
	l.Lock()
	l.m["a"]++
	l.Unlock()
	var lk sync.Locker = &l
	lk.Lock()
	fmt.Println(len(l.m))
	f := struct{ Shape }{sh}.Sides
	fmt.Println(f())
	e := error(struct{ error }{fmt.Errorf("inner")})
	fmt.Println(e)
}
