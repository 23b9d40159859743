package main

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand"
	"strings"
)

const maxLevel = 6

type node[K cmp.Ordered, V any] struct {
	key  K
	val  V
	next [maxLevel]*node[K, V]
}

type SkipList[K cmp.Ordered, V any] struct {
	head  node[K, V]
	level int
	n     int
	rng   *rand.Rand
}

func New[K cmp.Ordered, V any](seed int64) *SkipList[K, V] {
	return &SkipList[K, V]{level: 1, rng: rand.New(rand.NewSource(seed))}
}

func (s *SkipList[K, V]) path(k K) (prev [maxLevel]*node[K, V]) {
	n := &s.head
	for i := s.level - 1; i >= 0; i-- {
		for n.next[i] != nil && n.next[i].key < k {
			n = n.next[i]
		}
		prev[i] = n
	}
	for i := s.level; i < maxLevel; i++ {
		prev[i] = &s.head
	}
	return
}

func (s *SkipList[K, V]) Set(k K, v V) (old V, replaced bool) {
	prev := s.path(k)
	if n := prev[0].next[0]; n != nil && n.key == k {
		old, n.val = n.val, v
		return old, true
	}
	lvl := 1
	for lvl < maxLevel && s.rng.Intn(2) == 0 {
		lvl++
	}
	s.level = max(s.level, lvl)
	n := &node[K, V]{key: k, val: v}
	for i := range lvl {
		n.next[i], prev[i].next[i] = prev[i].next[i], n
	}
	s.n++
	return
}

func (s *SkipList[K, V]) Get(k K) (v V, ok bool) {
	if n := s.path(k)[0].next[0]; n != nil && n.key == k {
		return n.val, true
	}
	return
}

func (s *SkipList[K, V]) Delete(k K) bool {
	prev := s.path(k)
	n := prev[0].next[0]
	if n == nil || n.key != k {
		return false
	}
	for i, p := range prev {
		if p.next[i] == n {
			p.next[i] = n.next[i]
		}
	}
	s.n--
	return true
}

func (s *SkipList[K, V]) Range(lo, hi K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for n := s.path(lo)[0].next[0]; n != nil && n.key < hi; n = n.next[0] {
			if !yield(n.key, n.val) {
				return
			}
		}
	}
}

func (s *SkipList[K, V]) String() string {
	var b strings.Builder
	for n := s.head.next[0]; n != nil; n = n.next[0] {
		fmt.Fprintf(&b, "%v=%v ", n.key, n.val)
	}
	return strings.TrimSpace(b.String())
}

type pair struct {
	a int
	b []string
}

func main() {
	s := New[int, string](1)
	for i := range 40 {
		s.Set(i*7%41, fmt.Sprint("v", i))
	}
	fmt.Println(s.n, s)
	fmt.Println(s.Get(14))
	fmt.Println(s.Get(99))
	fmt.Println(s.Set(14, "new"))
	fmt.Println(s.Delete(14), s.Delete(14), s.n)
	for k, v := range s.Range(10, 20) {
		if k == 18 {
			break
		}
		fmt.Print(k, ":", v, " ")
	}
	fmt.Println()
	w := New[string, *pair](2)
	for i, f := range strings.Fields("the quick brown fox jumps over the lazy dog the end") {
		if p, ok := w.Get(f); ok {
			p.a++
			p.b = append(p.b, fmt.Sprint(i))
			continue
		}
		w.Set(f, &pair{1, nil})
	}
	p, _ := w.Get("the")
	fmt.Println(w.n, *p, w.head.next[0].key, len(w.head.next))
	cnt := 0
	for k := range w.Range("a", "m") {
		cnt += len(k)
	}
	fmt.Println(cnt)
	z := *w
	z.Set("zz", nil)
	fmt.Println(w.n, z.n)
	fmt.Printf("%T\n", s)
}
