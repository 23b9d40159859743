package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"iter"
	"slices"
	"strings"
)

type Node[K cmp.Ordered, V any] struct {
	key         K
	val         V
	left, right *Node[K, V]
	height      int
}

type AVL[K cmp.Ordered, V any] struct {
	root *Node[K, V]
	size int
}

func height[K cmp.Ordered, V any](n *Node[K, V]) int {
	if n == nil {
		return 0
	}
	return n.height
}

func (n *Node[K, V]) fix() *Node[K, V] {
	n.height = 1 + max(height(n.left), height(n.right))
	switch b := height(n.left) - height(n.right); {
	case b > 1:
		if height(n.left.left) < height(n.left.right) {
			n.left = n.left.rotl()
		}
		return n.rotr()
	case b < -1:
		if height(n.right.right) < height(n.right.left) {
			n.right = n.right.rotr()
		}
		return n.rotl()
	}
	return n
}

func (n *Node[K, V]) rotl() *Node[K, V] {
	r := n.right
	n.right, r.left = r.left, n
	n.height = 1 + max(height(n.left), height(n.right))
	r.height = 1 + max(height(r.left), height(r.right))
	return r
}

func (n *Node[K, V]) rotr() *Node[K, V] {
	l := n.left
	n.left, l.right = l.right, n
	n.height = 1 + max(height(n.left), height(n.right))
	l.height = 1 + max(height(l.left), height(l.right))
	return l
}

func (t *AVL[K, V]) Put(k K, v V) {
	var put func(n *Node[K, V]) *Node[K, V]
	put = func(n *Node[K, V]) *Node[K, V] {
		if n == nil {
			t.size++
			return &Node[K, V]{key: k, val: v, height: 1}
		}
		switch c := cmp.Compare(k, n.key); {
		case c < 0:
			n.left = put(n.left)
		case c > 0:
			n.right = put(n.right)
		default:
			n.val = v
		}
		return n.fix()
	}
	t.root = put(t.root)
}

func (t *AVL[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		var walk func(n *Node[K, V]) bool
		walk = func(n *Node[K, V]) bool {
			return n == nil || walk(n.left) && yield(n.key, n.val) && walk(n.right)
		}
		walk(t.root)
	}
}

type Fenwick []int

func (f Fenwick) Add(i, d int) {
	for i++; i < len(f); i += i & -i {
		f[i] += d
	}
}

func (f Fenwick) Sum(i int) (s int) {
	for ; i > 0; i -= i & -i {
		s += f[i]
	}
	return
}

type Union struct{ parent, rank []int }

func NewUnion(n int) *Union {
	u := &Union{make([]int, n), make([]int, n)}
	for i := range u.parent {
		u.parent[i] = i
	}
	return u
}

func (u *Union) Find(x int) int {
	if u.parent[x] != x {
		u.parent[x] = u.Find(u.parent[x])
	}
	return u.parent[x]
}

func (u *Union) Join(a, b int) bool {
	a, b = u.Find(a), u.Find(b)
	if a == b {
		return false
	}
	if u.rank[a] < u.rank[b] {
		a, b = b, a
	}
	u.parent[b] = a
	if u.rank[a] == u.rank[b] {
		u.rank[a]++
	}
	return true
}

type edge struct{ a, b, w int }

type item struct {
	node, dist int
	index      int
}
type queue []*item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].dist < q[j].dist }
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}
func (q *queue) Push(x any) { it := x.(*item); it.index = len(*q); *q = append(*q, it) }
func (q *queue) Pop() any {
	old := *q
	it := old[len(old)-1]
	*q = old[:len(old)-1]
	return it
}

func dijkstra(g map[int][]edge, from, n int) []int {
	dist := slices.Repeat([]int{1 << 30}, n)
	dist[from] = 0
	q := &queue{{node: from}}
	for q.Len() > 0 {
		it := heap.Pop(q).(*item)
		if it.dist > dist[it.node] {
			continue
		}
		for _, e := range g[it.node] {
			if d := it.dist + e.w; d < dist[e.b] {
				dist[e.b] = d
				heap.Push(q, &item{node: e.b, dist: d})
			}
		}
	}
	return dist
}

type Deque[T any] struct {
	buf        []T
	head, size int
}

func (d *Deque[T]) grow() {
	if d.size == len(d.buf) {
		b := make([]T, max(2, 2*d.size))
		for i := range d.size {
			b[i] = d.buf[(d.head+i)%len(d.buf)]
		}
		d.buf, d.head = b, 0
	}
}
func (d *Deque[T]) PushBack(v T) { d.grow(); d.buf[(d.head+d.size)%len(d.buf)] = v; d.size++ }
func (d *Deque[T]) PushFront(v T) {
	d.grow()
	d.head = (d.head - 1 + len(d.buf)) % len(d.buf)
	d.buf[d.head] = v
	d.size++
}
func (d *Deque[T]) PopFront() (v T, ok bool) {
	if d.size == 0 {
		return v, false
	}
	v = d.buf[d.head]
	d.head, d.size = (d.head+1)%len(d.buf), d.size-1
	return v, true
}

type Bloom struct{ bits [4]uint64 }

func (b *Bloom) each(s string, f func(uint) bool) bool {
	h := uint(14695981039346656037)
	for i := range 3 {
		for _, c := range []byte(s) {
			h = (h ^ uint(c)) * 1099511628211
		}
		if !f((h >> (uint(i) * 7)) % 256) {
			return false
		}
	}
	return true
}
func (b *Bloom) Add(s string) {
	b.each(s, func(n uint) bool { b.bits[n/64] |= 1 << (n % 64); return true })
}
func (b *Bloom) Has(s string) bool {
	return b.each(s, func(n uint) bool { return b.bits[n/64]&(1<<(n%64)) != 0 })
}

func main() {
	var t AVL[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog and runs away") {
		t.Put(w, i)
	}
	for k, v := range t.All() {
		if k == "runs" {
			break
		}
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println(t.size, t.root.height)
	f := make(Fenwick, 11)
	for i := range 10 {
		f.Add(i, i*i)
	}
	fmt.Println(f.Sum(5), f.Sum(10)-f.Sum(5))
	edges := []edge{{0, 1, 7}, {0, 3, 5}, {1, 2, 8}, {1, 3, 9}, {1, 4, 7}, {2, 4, 5}, {3, 4, 15}, {3, 5, 6}, {4, 5, 8}, {4, 6, 9}, {5, 6, 11}}
	slices.SortFunc(edges, func(x, y edge) int { return cmp.Or(cmp.Compare(x.w, y.w), cmp.Compare(x.a, y.a)) })
	u, total := NewUnion(7), 0
	for _, e := range edges {
		if u.Join(e.a, e.b) {
			total += e.w
		}
	}
	fmt.Println("mst", total)
	g := map[int][]edge{}
	for _, e := range edges {
		g[e.a] = append(g[e.a], e)
		g[e.b] = append(g[e.b], edge{e.b, e.a, e.w})
	}
	fmt.Println(dijkstra(g, 0, 7))
	var d Deque[rune]
	for i, r := range "abcdef" {
		if i%2 == 0 {
			d.PushBack(r)
		} else {
			d.PushFront(r)
		}
	}
	for v, ok := d.PopFront(); ok; v, ok = d.PopFront() {
		fmt.Print(string(v))
	}
	fmt.Println()
	var b Bloom
	b.Add("go")
	b.Add("gopher")
	fmt.Println(b.Has("go"), b.Has("gopher"), b.Has("python"))
	l := list.New()
	for i := range 4 {
		l.PushFront(i)
	}
	l.MoveToBack(l.Front())
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	r := ring.New(3)
	for i := range 3 {
		r.Value = i * 10
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v.(int)+1, " ") })
	fmt.Println(l.Len(), r.Len())
}
