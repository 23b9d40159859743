package main

import (
	"container/heap"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

type Graph map[string]map[string]int

func (g Graph) Edge(a, b string, w int) Graph {
	for _, p := range [][2]string{{a, b}, {b, a}} {
		if g[p[0]] == nil {
			g[p[0]] = make(map[string]int)
		}
		g[p[0]][p[1]] = w
	}
	return g
}

type item struct {
	node string
	dist int
}
type pq []item

func (q pq) Len() int            { return len(q) }
func (q pq) Less(i, j int) bool  { return q[i].dist < q[j].dist }
func (q pq) Swap(i, j int)       { q[i], q[j] = q[j], q[i] }
func (q *pq) Push(x interface{}) { *q = append(*q, x.(item)) }
func (q *pq) Pop() interface{} {
	n := len(*q)
	it := (*q)[n-1]
	*q = (*q)[:n-1]
	return it
}

type NoPath struct{ From, To string }

func (e NoPath) Error() string        { return "no path " + e.From + "→" + e.To }
func (e NoPath) Is(target error) bool { return target == ErrNoPath }

var ErrNoPath = errors.New("no path")

func (g Graph) Dijkstra(from, to string) (path []string, d int, err error) {
	dist := map[string]int{from: 0}
	prev := map[string]string{}
	q := &pq{{from, 0}}
	for q.Len() > 0 {
		cur := heap.Pop(q).(item)
		if cur.node == to {
			for n := to; ; n = prev[n] {
				path = append(path, n)
				if n == from {
					break
				}
			}
			slices.Reverse(path)
			return path, cur.dist, nil
		}
		if cur.dist > dist[cur.node] {
			continue
		}
		for _, n := range slices.Sorted(maps.Keys(g[cur.node])) {
			nd := cur.dist + g[cur.node][n]
			if old, ok := dist[n]; !ok || nd < old {
				dist[n], prev[n] = nd, cur.node
				heap.Push(q, item{n, nd})
			}
		}
	}
	return nil, math.MaxInt, fmt.Errorf("dijkstra: %w", NoPath{from, to})
}

func (g Graph) BFS(start string, visit func(string, int) (stop bool)) {
	type at struct {
		n string
		d int
	}
	seen := map[string]struct{}{start: {}}
	for q := []at{{start, 0}}; len(q) > 0; q = q[1:] {
		if visit(q[0].n, q[0].d) {
			return
		}
		for _, n := range slices.Sorted(maps.Keys(g[q[0].n])) {
			if _, ok := seen[n]; !ok {
				seen[n] = struct{}{}
				q = append(q, at{n, q[0].d + 1})
			}
		}
	}
}

func components(g Graph) (out [][]string) {
	seen := map[string]bool{}
	for _, s := range slices.Sorted(maps.Keys(g)) {
		if seen[s] {
			continue
		}
		var c []string
		g.BFS(s, func(n string, _ int) bool { seen[n] = true; c = append(c, n); return false })
		slices.Sort(c)
		out = append(out, c)
	}
	return
}

func main() {
	g := Graph{}
	g.Edge("a", "b", 7).Edge("a", "c", 9).Edge("a", "f", 14).Edge("b", "c", 10).Edge("b", "d", 15).
		Edge("c", "d", 11).Edge("c", "f", 2).Edge("d", "e", 6).Edge("e", "f", 9).Edge("x", "y", 1)
	p, d, err := g.Dijkstra("a", "e")
	fmt.Println(strings.Join(p, ">"), d, err)
	_, d, err = g.Dijkstra("a", "x")
	var np NoPath
	fmt.Println(d == math.MaxInt, err, errors.Is(err, ErrNoPath), errors.As(err, &np), np.To)
	g.BFS("a", func(n string, d int) bool { fmt.Print(n, d, " "); return n == "d" })
	fmt.Println()
	fmt.Println(components(g), len(g), g["x"])
	fmt.Printf("%T %v\n", g, Graph{"q": nil})
}
