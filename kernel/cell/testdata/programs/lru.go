package main

import (
	"container/list"
	"fmt"
	"strings"
)

type entry[K comparable, V any] struct {
	key K
	val V
}

type LRU[K comparable, V any] struct {
	cap          int
	order        *list.List
	items        map[K]*list.Element
	OnEvict      func(K, V)
	hits, misses int
}

func NewLRU[K comparable, V any](n int) *LRU[K, V] {
	return &LRU[K, V]{cap: n, order: list.New(), items: make(map[K]*list.Element, n)}
}

func (c *LRU[K, V]) Get(k K) (v V, ok bool) {
	e, ok := c.items[k]
	if !ok {
		c.misses++
		return
	}
	c.hits++
	c.order.MoveToFront(e)
	return e.Value.(*entry[K, V]).val, true
}

func (c *LRU[K, V]) Put(k K, v V) {
	if e, ok := c.items[k]; ok {
		e.Value.(*entry[K, V]).val = v
		c.order.MoveToFront(e)
		return
	}
	if c.order.Len() == c.cap {
		last := c.order.Back()
		en := c.order.Remove(last).(*entry[K, V])
		delete(c.items, en.key)
		if c.OnEvict != nil {
			c.OnEvict(en.key, en.val)
		}
	}
	c.items[k] = c.order.PushFront(&entry[K, V]{k, v})
}

func (c *LRU[K, V]) String() string {
	var b strings.Builder
	b.WriteByte('[')
	for e := c.order.Front(); e != nil; e = e.Next() {
		if e != c.order.Front() {
			b.WriteString(" ")
		}
		en := e.Value.(*entry[K, V])
		fmt.Fprintf(&b, "%v:%v", en.key, en.val)
	}
	b.WriteByte(']')
	return b.String()
}

type point struct{ x, y int }

func main() {
	c := NewLRU[string, int](3)
	var gone []string
	c.OnEvict = func(k string, v int) { gone = append(gone, fmt.Sprintf("%s=%d", k, v)) }
	for i, w := range strings.Fields("a b c a d e a f b") {
		if _, ok := c.Get(w); !ok {
			c.Put(w, i)
		}
	}
	fmt.Println(c, gone, c.hits, c.misses)
	fmt.Printf("%v %s\n", c, c)
	p := NewLRU[point, *point](2)
	for i := range 4 {
		p.Put(point{i, i * i}, &point{-i, 0})
		if v, ok := p.Get(point{2, 4}); ok {
			v.y += 10
		}
	}
	v, ok := p.Get(point{2, 4})
	fmt.Println(*v, ok, p.order.Len())
	fmt.Printf("%T %T\n", p, v)
	var zero *LRU[int, []byte]
	fmt.Println(zero == nil, len(c.items))
}
