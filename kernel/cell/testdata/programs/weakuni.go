package main

import (
	"fmt"
	"iter"
	"maps"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unique"
	"weak"
)

type Blob struct {
	Name string
	data [64]byte
}

type Cache[K comparable, V any] struct {
	mu    sync.Mutex
	items map[K]weak.Pointer[V]
	mk    func(K) *V
	made  int
}

func NewCache[K comparable, V any](mk func(K) *V) *Cache[K, V] {
	return &Cache[K, V]{items: map[K]weak.Pointer[V]{}, mk: mk}
}

func (c *Cache[K, V]) Get(k K) *V {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w, ok := c.items[k]; ok {
		if v := w.Value(); v != nil {
			return v
		}
	}
	v := c.mk(k)
	c.made++
	c.items[k] = weak.Make(v)
	return v
}

type Sym struct{ h unique.Handle[string] }

func Intern(s string) Sym    { return Sym{unique.Make(s)} }
func (s Sym) String() string { return "'" + s.h.Value() }

type Coord struct{ X, Y int }

type List[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) { l.head = &node[T]{v, l.head}; l.n++ }
func (l *List[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !yield(i, n.v) {
				return
			}
			i++
		}
	}
}
func (l *List[T]) Values() iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, v := range l.All() {
			if !yield(v) {
				return
			}
		}
	}
}

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		na, stopA := iter.Pull(a)
		defer stopA()
		nb, stopB := iter.Pull(b)
		defer stopB()
		for {
			x, ok1 := na()
			y, ok2 := nb()
			if !ok1 || !ok2 || !yield(x, y) {
				return
			}
		}
	}
}

func main() {
	c := NewCache(func(k string) *Blob { return &Blob{Name: strings.ToUpper(k)} })
	a, b := c.Get("x"), c.Get("x")
	fmt.Println(a == b, a.Name, c.made)
	w := weak.Make(a)
	fmt.Println(w.Value() == b, w == weak.Make(b), w.Value().Name)
	runtime.KeepAlive(a)
	var zero weak.Pointer[Blob]
	fmt.Println(zero.Value() == nil)

	s1, s2 := Intern("lambda"), Intern(strings.Join([]string{"lam", "bda"}, ""))
	fmt.Println(s1 == s2, s1 == Intern("mu"), s1)
	h := unique.Make(Coord{1, 2})
	fmt.Println(h == unique.Make(Coord{1, 2}), h.Value(), h.Value().X)
	set := map[unique.Handle[Coord]]string{h: "here"}
	fmt.Println(set[unique.Make(Coord{1, 2})])

	var l List[rune]
	for _, r := range "abc" {
		l.Push(r)
	}
	for i, v := range l.All() {
		fmt.Print(i, string(v), " ")
	}
	fmt.Println(slices.Collect(l.Values()))
	for x, y := range zip(l.Values(), maps.Values(map[int]string{1: "one"})) {
		fmt.Println(x, y)
	}
	for x, y := range zip(slices.Values([]int{1, 2, 3}), slices.Values([]string{"a", "b"})) {
		fmt.Print(x, y, " ")
	}
	fmt.Println(slices.Sorted(maps.Keys(map[string]int{"q": 1, "b": 2})))
	fmt.Println(slices.Collect(slices.Chunk([]int{1, 2, 3, 4, 5}, 2)), slices.Repeat([]int{1}, 3))

	var once = sync.OnceValues(func() (int, error) { fmt.Println("computing"); return 42, nil })
	fmt.Println(once())
	fmt.Println(once())
	var ap atomic.Pointer[Coord]
	fmt.Println(ap.Load(), ap.CompareAndSwap(nil, &Coord{3, 4}), ap.Load().Y)
	var av atomic.Value
	av.Store([]int{1})
	fmt.Println(av.Load().([]int), av.Swap([]int{2}))
	var m sync.Map
	m.Store("a", Coord{1, 1})
	v, loaded := m.LoadOrStore("a", Coord{2, 2})
	fmt.Println(v, loaded)
	m.Range(func(k, v any) bool { fmt.Println(k, v.(Coord).X); return true })
	old := debug.SetGCPercent(100)
	debug.SetGCPercent(old)
	fmt.Println(runtime.GOOS != "", runtime.NumGoroutine() > 0, strings.HasPrefix(runtime.Version(), "go1."))
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(file != "", line > 0, ok)
	bi, ok := debug.ReadBuildInfo()
	fmt.Println(bi != nil || !ok, len(debug.Stack()) > 0)
	os.Setenv("DEMO_X", "1")
	fmt.Println(os.Getenv("DEMO_X"), os.ExpandEnv("${DEMO_X}-$NOPE!"), os.Expand("$a-$b", strings.ToUpper))
	p := sync.Pool{New: func() any { return new(strings.Builder) }}
	sb := p.Get().(*strings.Builder)
	sb.WriteString("pooled")
	fmt.Println(sb.String())
	p.Put(sb)
}
