package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

type Comparer[T any] func(a, b T) int

type Map[K, V any] struct {
	root *node[K, V]
	cmp  Comparer[K]
	size int
}

type node[K, V any] struct {
	entry[K, V]
	prio        uint32
	left, right *node[K, V]
}

type entry[K, V any] struct {
	Key K
	Val V
}

func (e entry[K, V]) String() string { return fmt.Sprintf("%v:%v", e.Key, e.Val) }

func NewMap[K cmp.Ordered, V any]() *Map[K, V]      { return &Map[K, V]{cmp: cmp.Compare[K]} }
func NewMapFunc[K, V any](c Comparer[K]) *Map[K, V] { return &Map[K, V]{cmp: c} }
func Reverse[T any](c Comparer[T]) Comparer[T]      { return func(a, b T) int { return c(b, a) } }
func Then[T any](cs ...Comparer[T]) Comparer[T] {
	return func(a, b T) (r int) {
		for _, c := range cs {
			if r = c(a, b); r != 0 {
				break
			}
		}
		return
	}
}
func By[T any, K cmp.Ordered](f func(T) K) Comparer[T] {
	return func(a, b T) int { return cmp.Compare(f(a), f(b)) }
}

func (m *Map[K, V]) rnd() uint32 { x := uint32(m.size+1) * 2654435761; return x ^ x>>15 }

func (m *Map[K, V]) Put(k K, v V) (old V, had bool) {
	var ins func(n *node[K, V]) *node[K, V]
	ins = func(n *node[K, V]) *node[K, V] {
		if n == nil {
			m.size++
			return &node[K, V]{entry: entry[K, V]{k, v}, prio: m.rnd()}
		}
		switch c := m.cmp(k, n.Key); {
		case c < 0:
			n.left = ins(n.left)
			if n.left.prio > n.prio {
				l := n.left
				n.left, l.right = l.right, n
				return l
			}
		case c > 0:
			n.right = ins(n.right)
			if n.right.prio > n.prio {
				r := n.right
				n.right, r.left = r.left, n
				return r
			}
		default:
			old, had, n.Val = n.Val, true, v
		}
		return n
	}
	m.root = ins(m.root)
	return
}

func (m *Map[K, V]) find(k K) (e *entry[K, V], depth int) {
	for n := m.root; n != nil; depth++ {
		c := m.cmp(k, n.Key)
		if c == 0 {
			return &n.entry, depth
		} else if c < 0 {
			n = n.left
		} else {
			n = n.right
		}
	}
	return nil, depth
}

func (m *Map[K, V]) Update(k K, f func(V) V) error {
	e, _ := m.find(k)
	if e == nil {
		return keyError[K]{k}
	}
	e.Val = f(e.Val)
	return nil
}

type keyError[K any] struct{ Key K }

func (k keyError[K]) Error() string { return fmt.Sprintf("no key %v", k.Key) }

func (m *Map[K, V]) Entries() iter.Seq[entry[K, V]] {
	return func(yield func(entry[K, V]) bool) {
		var stack []*node[K, V]
		for n := m.root; n != nil || len(stack) > 0; {
			for ; n != nil; n = n.left {
				stack = append(stack, n)
			}
			n = stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if !yield(n.entry) {
				return
			}
			n = n.right
		}
	}
}

func (m *Map[K, V]) Keys() (ks []K) {
	for e := range m.Entries() {
		ks = append(ks, e.Key)
	}
	return
}

type Person struct {
	Name string
	Age  int
}

type Index struct {
	*Map[Person, []string]
	hits int
}

func (ix *Index) Tag(p Person, t ...string) *Index {
	ix.hits++
	if err := ix.Update(p, func(old []string) []string { return append(old, t...) }); err != nil {
		ix.Put(p, t)
	}
	return ix
}

func main() {
	m := NewMap[string, int]()
	for i, w := range strings.Fields("the cat and the dog and the bird") {
		if old, had := m.Put(w, i); had {
			fmt.Print(w, old, " ")
		}
	}
	fmt.Println(m.size, m.Keys())
	for e := range m.Entries() {
		if e.Key > "cat" {
			fmt.Println(e, e.Val)
			break
		}
	}
	err := m.Update("fish", nil)
	var ke keyError[string]
	fmt.Println(err, errors.As(err, &ke), ke.Key, m.Update("cat", func(i int) int { return -i }))
	e, d := m.find("cat")
	fmt.Println(*e, d < 5, e.Key)
	order := Then(Reverse(By(func(p Person) int { return p.Age })), By(func(p Person) string { return p.Name }))
	ix := &Index{Map: NewMapFunc[Person, []string](order)}
	ix.Tag(Person{"bob", 30}, "x").Tag(Person{"al", 30}).Tag(Person{"cy", 25}, "y", "z").Tag(Person{"bob", 30}, "w")
	for e := range ix.Entries() {
		fmt.Print(e, " ", len(e.Val), "; ")
	}
	fmt.Println(ix.hits, ix.size)
	n := NewMap[float64, struct{}]()
	for i := range 200 {
		n.Put(float64(i*37%101)/2, struct{}{})
	}
	fmt.Println(n.size, slices.IsSorted(n.Keys()), n.Keys()[:4])
	fmt.Printf("%T %T %v\n", n, *e, entry[[2]int, error]{[2]int{1, 2}, nil})
	inv := NewMapFunc[[]int, rune](slices.Compare[[]int])
	inv.Put([]int{1, 2}, 'b')
	inv.Put([]int{1}, 'a')
	fmt.Println(inv.Keys())
}
