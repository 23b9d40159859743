package main

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

type Graph[K comparable] struct {
	nodes []K
	edges map[K][]K
}

type CycleError[K comparable] struct{ Path []K }

func (c CycleError[K]) Error() string {
	parts := make([]string, len(c.Path))
	for i, k := range c.Path {
		parts[i] = fmt.Sprint(k)
	}
	return "cycle: " + strings.Join(parts, " -> ")
}

func (g *Graph[K]) Add(k K, deps ...K) *Graph[K] {
	if g.edges == nil {
		g.edges = make(map[K][]K)
	}
	for _, n := range append([]K{k}, deps...) {
		if _, ok := g.edges[n]; !ok {
			g.edges[n] = nil
			g.nodes = append(g.nodes, n)
		}
	}
	g.edges[k] = append(g.edges[k], deps...)
	return g
}

func (g *Graph[K]) Sort() (order []K, err error) {
	const (
		white = iota
		grey
		black
	)
	state := map[K]int{}
	var stack []K
	var visit func(K)
	visit = func(k K) {
		switch state[k] {
		case black:
			return
		case grey:
			i := slices.Index(stack, k)
			panic(CycleError[K]{append(slices.Clone(stack[i:]), k)})
		}
		state[k] = grey
		stack = append(stack, k)
		for _, d := range g.edges[k] {
			visit(d)
		}
		stack = stack[:len(stack)-1]
		state[k] = black
		order = append(order, k)
	}
	defer func() {
		if r := recover(); r != nil {
			ce, ok := r.(CycleError[K])
			if !ok {
				panic(r)
			}
			order, err = nil, ce
		}
	}()
	for _, n := range g.nodes {
		visit(n)
	}
	return
}

func (g *Graph[K]) Levels() (out [][]K) {
	depth := map[K]int{}
	order, err := g.Sort()
	if err != nil {
		return nil
	}
	for _, k := range order {
		d := 0
		for _, x := range g.edges[k] {
			d = max(d, depth[x]+1)
		}
		depth[k] = d
		for len(out) <= d {
			out = append(out, nil)
		}
		out[d] = append(out[d], k)
	}
	return
}

func (g *Graph[K]) SCC() [][]K {
	index, low, on := map[K]int{}, map[K]int{}, map[K]bool{}
	var stack []K
	var out [][]K
	var strong func(K)
	strong = func(v K) {
		index[v] = len(index) + 1
		low[v] = index[v]
		stack = append(stack, v)
		on[v] = true
		for _, w := range g.edges[v] {
			if index[w] == 0 {
				strong(w)
				low[v] = min(low[v], low[w])
			} else if on[w] {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] == index[v] {
			var comp []K
			for {
				w := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				on[w] = false
				comp = append(comp, w)
				if w == v {
					break
				}
			}
			out = append(out, comp)
		}
	}
	for _, n := range g.nodes {
		if index[n] == 0 {
			strong(n)
		}
	}
	return out
}

type Task struct {
	Name string
	Cost int
}

func (t Task) String() string { return t.Name }

func Transitive[K comparable](g *Graph[K], k K) map[K]struct{} {
	seen := map[K]struct{}{}
	var rec func(K)
	rec = func(k K) {
		for _, d := range g.edges[k] {
			if _, ok := seen[d]; !ok {
				seen[d] = struct{}{}
				rec(d)
			}
		}
	}
	rec(k)
	return seen
}

func main() {
	var g Graph[string]
	g.Add("app", "http", "db").Add("http", "net").Add("db", "net", "os").Add("net", "os").Add("os")
	fmt.Println(g.Sort())
	fmt.Println(g.Levels(), len(Transitive(&g, "db")))
	g.Add("os", "db")
	_, err := g.Sort()
	var ce CycleError[string]
	fmt.Println(err, errors.As(err, &ce), ce.Path)
	fmt.Println(g.SCC(), g.Levels() == nil)
	a, b, c := Task{"a", 1}, Task{"b", 2}, Task{"c", 3}
	tg := (&Graph[Task]{}).Add(a, b, c).Add(b, c)
	order, err := tg.Sort()
	fmt.Println(order, err)
	total := 0
	for t := range Transitive(tg, a) {
		total += t.Cost
	}
	fmt.Printf("%d %T %v\n", total, tg, CycleError[Task]{[]Task{a, b, a}})
	ids := (&Graph[int]{}).Add(1, 2).Add(2, 3).Add(3, 1).Add(4, 3)
	sccs := ids.SCC()
	for _, s := range sccs {
		sort.Ints(s)
	}
	fmt.Println(sccs)
}
