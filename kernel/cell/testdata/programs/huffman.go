package main

import (
	"container/heap"
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Node interface{ Freq() int }
type Leaf struct {
	r rune
	n int
}
type Branch struct {
	l, r Node
	n    int
}

func (l Leaf) Freq() int    { return l.n }
func (b *Branch) Freq() int { return b.n }

type queue []Node

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].Freq() != q[j].Freq() {
		return q[i].Freq() < q[j].Freq()
	}
	return order(q[i]) < order(q[j])
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(Node)) }
func (q *queue) Pop() any {
	n := len(*q)
	x := (*q)[n-1]
	*q = (*q)[:n-1]
	return x
}

func order(n Node) rune {
	switch n := n.(type) {
	case Leaf:
		return n.r
	case *Branch:
		return min(order(n.l), order(n.r))
	}
	return 0
}

type Bits struct {
	data []byte
	n    int
}

func (b *Bits) Push(bit bool) {
	if b.n%8 == 0 {
		b.data = append(b.data, 0)
	}
	if bit {
		b.data[b.n/8] |= 0x80 >> (b.n % 8)
	}
	b.n++
}
func (b Bits) At(i int) bool { return b.data[i>>3]&(1<<(7-i&7)) != 0 }

type Code map[rune]string

func Build(s string) (Node, Code) {
	freq := map[rune]int{}
	for _, r := range s {
		freq[r]++
	}
	q := make(queue, 0, len(freq))
	for r, n := range freq {
		q = append(q, Leaf{r, n})
	}
	sort.Sort(q)
	heap.Init(&q)
	for q.Len() > 1 {
		a, b := heap.Pop(&q).(Node), heap.Pop(&q).(Node)
		heap.Push(&q, &Branch{a, b, a.Freq() + b.Freq()})
	}
	if len(q) == 0 {
		return nil, nil
	}
	code := Code{}
	var walk func(Node, string)
	walk = func(n Node, prefix string) {
		switch n := n.(type) {
		case Leaf:
			if prefix == "" {
				prefix = "0"
			}
			code[n.r] = prefix
		case *Branch:
			walk(n.l, prefix+"0")
			walk(n.r, prefix+"1")
		}
	}
	walk(q[0], "")
	return q[0], code
}

func (c Code) Encode(s string) (b Bits, err error) {
	for i, r := range s {
		bits, ok := c[r]
		if !ok {
			return Bits{}, fmt.Errorf("no code for %q at %d", r, i)
		}
		for _, x := range bits {
			b.Push(x == '1')
		}
	}
	return
}

var errTrunc = errors.New("truncated")

func Decode(root Node, b Bits) (string, error) {
	var sb strings.Builder
	n := root
	for i := 0; i < b.n; i++ {
		if br, ok := n.(*Branch); ok {
			if b.At(i) {
				n = br.r
			} else {
				n = br.l
			}
		}
		if l, ok := n.(Leaf); ok {
			sb.WriteRune(l.r)
			n = root
		}
	}
	if n != root {
		return sb.String(), errTrunc
	}
	return sb.String(), nil
}

func main() {
	for _, s := range []string{"abracadabra", "aaaa", "日本語日本", "the rain in spain falls mainly on the plain"} {
		root, code := Build(s)
		bits, err := code.Encode(s)
		back, derr := Decode(root, bits)
		fmt.Println(back == s, err, derr, bits.n, len(bits.data), root.Freq(), len(code))
	}
	root, code := Build("abracadabra")
	keys := make([]string, 0)
	for r, c := range code {
		keys = append(keys, string(r)+"="+c)
	}
	sort.Slice(keys, func(i, j int) bool {
		if len(keys[i]) != len(keys[j]) {
			return len(keys[i]) < len(keys[j])
		}
		return keys[i] < keys[j]
	})
	fmt.Println(keys)
	b, _ := code.Encode("cab")
	fmt.Printf("%08b %v %x\n", b.data, b, b.data)
	b.n--
	fmt.Println(Decode(root, b))
	_, err := code.Encode("abz")
	fmt.Println(err)
	n, c := Build("")
	fmt.Println(n == nil, c == nil, len(c))
}
