package main

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

type Node struct {
	Key         int
	Left, Right *Node `json:",omitempty"`
}

type Visit func(n *Node, depth int) bool

func (n *Node) Insert(keys ...int) *Node {
	for _, k := range keys {
		p := &n
		for *p != nil {
			if k < (*p).Key {
				p = &(*p).Left
			} else {
				p = &(*p).Right
			}
		}
		*p = &Node{Key: k}
	}
	return n
}

func (n *Node) walk(order string, depth int, v Visit) bool {
	if n == nil {
		return true
	}
	for _, c := range order {
		ok := true
		switch c {
		case 'L':
			ok = n.Left.walk(order, depth+1, v)
		case 'R':
			ok = n.Right.walk(order, depth+1, v)
		case 'N':
			ok = v(n, depth)
		}
		if !ok {
			return false
		}
	}
	return true
}

func (n *Node) Keys(order string) (ks []int) {
	n.walk(order, 0, func(n *Node, _ int) bool { ks = append(ks, n.Key); return true })
	return
}

func (n *Node) Delete(k int) *Node {
	switch {
	case n == nil:
		return nil
	case k < n.Key:
		n.Left = n.Left.Delete(k)
	case k > n.Key:
		n.Right = n.Right.Delete(k)
	case n.Left == nil:
		return n.Right
	case n.Right == nil:
		return n.Left
	default:
		m := n.Right
		for m.Left != nil {
			m = m.Left
		}
		n.Key = m.Key
		n.Right = n.Right.Delete(m.Key)
	}
	return n
}

func (n *Node) Height() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.Left.Height(), n.Right.Height())
}

func (n *Node) String() string {
	if n == nil {
		return "."
	}
	return fmt.Sprintf("(%v %d %v)", n.Left, n.Key, n.Right)
}

func (n *Node) levels() [][]int {
	var out [][]int
	for q := []*Node{n}; len(q) > 0; {
		var next []*Node
		var row []int
		for _, n := range q {
			if n == nil {
				continue
			}
			row = append(row, n.Key)
			next = append(next, n.Left, n.Right)
		}
		if row != nil {
			out = append(out, row)
		}
		q = next
	}
	return out
}

func mirror(n *Node) *Node {
	if n != nil {
		n.Left, n.Right = mirror(n.Right), mirror(n.Left)
	}
	return n
}

func less[T cmp.Ordered](a, b T) bool { return a < b }

func main() {
	var root *Node
	root = root.Insert(50, 30, 70, 20, 40, 60, 80, 35)
	fmt.Println(root, root.Height())
	for _, o := range []string{"LNR", "NLR", "LRN", "RNL"} {
		fmt.Println(o, root.Keys(o), sort.SliceIsSorted(root.Keys(o), func(i, j int) bool { return less(i, j) }))
	}
	fmt.Println(root.levels())
	root = root.Delete(30).Delete(50).Delete(99)
	fmt.Println(root, root.Keys("LNR"))
	n := 0
	done := root.walk("LNR", 0, func(nd *Node, d int) bool {
		n++
		fmt.Print(strings.Repeat("  ", d), nd.Key, "\n")
		return nd.Key < 60
	})
	fmt.Println(done, n)
	b, err := json.Marshal(root)
	fmt.Println(string(b), err)
	var back Node
	fmt.Println(json.Unmarshal(b, &back), back.String() == root.String(), back.Left.Left)
	fmt.Println(mirror(&back).Keys("LNR"))
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(root); err != nil {
		fmt.Println("gob", err)
	}
	var g Node
	fmt.Println(gob.NewDecoder(&buf).Decode(&g), g.Keys("NLR"))
	var nilNode *Node
	fmt.Println(nilNode.Keys("LNR") == nil, nilNode, nilNode.Height())
}
