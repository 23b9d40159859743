package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
)

type color bool

const (
	red   color = true
	black color = false
)

func (c color) String() string {
	if c {
		return "R"
	}
	return "B"
}

type node[K cmp.Ordered, V any] struct {
	key         K
	val         V
	left, right *node[K, V]
	col         color
}

type Tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	n    int
}

func isRed[K cmp.Ordered, V any](n *node[K, V]) bool { return n != nil && n.col == red }

func rotL[K cmp.Ordered, V any](h *node[K, V]) *node[K, V] {
	x := h.right
	h.right, x.left = x.left, h
	x.col, h.col = h.col, red
	return x
}

func rotR[K cmp.Ordered, V any](h *node[K, V]) *node[K, V] {
	x := h.left
	h.left, x.right = x.right, h
	x.col, h.col = h.col, red
	return x
}

func (t *Tree[K, V]) Set(k K, v V) {
	var put func(h *node[K, V]) *node[K, V]
	put = func(h *node[K, V]) *node[K, V] {
		if h == nil {
			t.n++
			return &node[K, V]{key: k, val: v, col: red}
		}
		switch c := cmp.Compare(k, h.key); {
		case c < 0:
			h.left = put(h.left)
		case c > 0:
			h.right = put(h.right)
		default:
			h.val = v
		}
		if isRed(h.right) && !isRed(h.left) {
			h = rotL(h)
		}
		if isRed(h.left) && isRed(h.left.left) {
			h = rotR(h)
		}
		if isRed(h.left) && isRed(h.right) {
			h.col, h.left.col, h.right.col = red, black, black
		}
		return h
	}
	t.root = put(t.root)
	t.root.col = black
}

func (t *Tree[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		var walk func(n *node[K, V]) bool
		walk = func(n *node[K, V]) bool {
			return n == nil || walk(n.left) && yield(n.key, n.val) && walk(n.right)
		}
		walk(t.root)
	}
}

func (t *Tree[K, V]) check() (h int, err error) {
	var rec func(n *node[K, V]) int
	rec = func(n *node[K, V]) int {
		if n == nil {
			return 1
		}
		if isRed(n) && (isRed(n.left) || isRed(n.right)) {
			err = errors.Join(err, fmt.Errorf("red child of red at %v", n.key))
		}
		l, r := rec(n.left), rec(n.right)
		if l != r {
			err = errors.Join(err, fmt.Errorf("black height at %v: %d %d", n.key, l, r))
		}
		if !n.col {
			l++
		}
		return l
	}
	return rec(t.root), err
}

func main() {
	var t Tree[int, string]
	x := uint32(7)
	for range 60 {
		x = x*1664525 + 1013904223
		t.Set(int(x>>24)%50, fmt.Sprint(x%10))
	}
	h, err := t.check()
	fmt.Println(t.n, h, err, t.root.key, t.root.col)
	var keys []int
	for k, v := range t.All() {
		if v == "3" {
			continue
		}
		if k > 30 {
			break
		}
		keys = append(keys, k)
	}
	fmt.Println(keys, slices.IsSorted(keys))
	w := &Tree[string, []int]{}
	for i, s := range []string{"oak", "ash", "elm", "fir", "ash", "yew", "oak"} {
		w.Set(s, []int{i, len(s)})
	}
	for k, v := range w.All() {
		fmt.Print(k, v, " ")
	}
	fmt.Println(w.n)
	next, stop := iter.Pull2(w.All())
	k, v, ok := next()
	fmt.Println(k, v, ok)
	stop()
	k, v, ok = next()
	fmt.Printf("%q %v %v\n", k, v, ok)
	fmt.Printf("%v %v %d\n", w.root.col, []color{red, black}, len(w.root.key))
}
