package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"
)

type Node[K cmp.Ordered, V any] struct {
	key         K
	val         V
	left, right *Node[K, V]
}

type Tree[K cmp.Ordered, V any] struct {
	root *Node[K, V]
	size int
}

func (t *Tree[K, V]) Put(k K, v V) {
	p := &t.root
	for *p != nil {
		switch c := cmp.Compare(k, (*p).key); {
		case c < 0:
			p = &(*p).left
		case c > 0:
			p = &(*p).right
		default:
			(*p).val = v
			return
		}
	}
	*p = &Node[K, V]{key: k, val: v}
	t.size++
}

func (t *Tree[K, V]) Get(k K) (v V, ok bool) {
	n := t.root
	for n != nil {
		if k == n.key {
			return n.val, true
		}
		if k < n.key {
			n = n.left
		} else {
			n = n.right
		}
	}
	return v, false
}

func (t *Tree[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { t.root.walk(yield) }
}

func (n *Node[K, V]) walk(yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	return n.left.walk(yield) && yield(n.key, n.val) && n.right.walk(yield)
}

func (n *Node[K, V]) depth() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.left.depth(), n.right.depth())
}

func Keys[K cmp.Ordered, V any](t *Tree[K, V]) []K {
	var ks []K
	for k := range t.All() {
		ks = append(ks, k)
	}
	return ks
}

func find[K cmp.Ordered, V comparable](t *Tree[K, V], want V) (K, bool) {
	for k, v := range t.All() {
		if v == want {
			return k, true
		}
	}
	var zero K
	return zero, false
}

func main() {
	var t Tree[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t.Put(w, i)
	}
	fmt.Println(t.size, Keys(&t), t.root.depth())
	fmt.Println(t.Get("fox"))
	fmt.Println(t.Get("cat"))
	fmt.Println(find(&t, 6))
	fmt.Println(find(&t, 42))
	n := &Tree[int, string]{}
	for _, k := range []int{5, 2, 8, 1, 9, 3} {
		n.Put(k, strings.Repeat("*", k))
	}
	for k, v := range n.All() {
		if k == 8 {
			break
		}
		if k == 2 {
			continue
		}
		fmt.Println(k, v)
	}
outer:
	for k := range n.All() {
		for j := range n.All() {
			if j > k {
				continue outer
			}
			if k*j == 24 {
				break outer
			}
			fmt.Print(k*j, " ")
		}
	}
	fmt.Println()
	fmt.Printf("%T %T\n", t, n.root)
	next, stop := iter.Pull2(n.All())
	k, v, ok := next()
	fmt.Println(k, v, ok)
	k, v, ok = next()
	fmt.Println(k, v, ok)
	stop()
	k, v, ok = next()
	fmt.Println(k, v, ok)
}
