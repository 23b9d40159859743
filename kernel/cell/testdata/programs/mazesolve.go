package main

import (
	"container/heap"
	"errors"
	"fmt"
	"iter"
	"math/rand"
	"strings"
)

type P struct{ r, c int }

func (p P) Add(q P) P { return P{p.r + q.r, p.c + q.c} }

var dirs = [...]P{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}

type Maze [][]byte

func Parse(s string) (m Maze, start, end P, err error) {
	start, end = P{-1, -1}, P{-1, -1}
	for r, line := range strings.Split(strings.TrimSpace(s), "\n") {
		m = append(m, []byte(line))
		for c, ch := range m[r] {
			switch ch {
			case 'S':
				start = P{r, c}
			case 'E':
				end = P{r, c}
			case '#', '.', '~':
			default:
				err = errors.Join(err, fmt.Errorf("%v: %q", P{r, c}, ch))
			}
		}
	}
	return
}

func (m Maze) At(p P) byte {
	if p.r < 0 || p.r >= len(m) || p.c < 0 || p.c >= len(m[p.r]) {
		return '#'
	}
	return m[p.r][p.c]
}

func (m Maze) Near(p P) iter.Seq2[P, int] {
	return func(yield func(P, int) bool) {
		for _, d := range dirs {
			q := p.Add(d)
			cost := 1
			switch m.At(q) {
			case '#':
				continue
			case '~':
				cost = 5
			}
			if !yield(q, cost) {
				return
			}
		}
	}
}

type item struct {
	P
	g, f int
}
type frontier []item

func (f frontier) Len() int           { return len(f) }
func (f frontier) Less(i, j int) bool { return f[i].f < f[j].f || f[i].f == f[j].f && f[i].g > f[j].g }
func (f frontier) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)        { *f = append(*f, x.(item)) }
func (f *frontier) Pop() any {
	old := *f
	defer func() { *f = old[:len(old)-1] }()
	return old[len(old)-1]
}

type heuristic func(a, b P) int

func manhattan(a, b P) int {
	abs := func(x int) int {
		if x < 0 {
			return -x
		}
		return x
	}
	return abs(a.r-b.r) + abs(a.c-b.c)
}

var ErrNoPath = errors.New("no path")

func (m Maze) AStar(s, e P, h heuristic) (path []P, cost, expanded int, err error) {
	from, g := map[P]P{}, map[P]int{s: 0}
	open := &frontier{{s, 0, h(s, e)}}
	for open.Len() > 0 {
		cur := heap.Pop(open).(item)
		expanded++
		if cur.P == e {
			for p := e; p != s; p = from[p] {
				path = append(path, p)
			}
			return append(path, s), cur.g, expanded, nil
		}
		for q, c := range m.Near(cur.P) {
			n := cur.g + c
			if old, ok := g[q]; ok && old <= n {
				continue
			}
			g[q], from[q] = n, cur.P
			heap.Push(open, item{q, n, n + h(q, e)})
		}
	}
	return nil, 0, expanded, ErrNoPath
}

func (m Maze) Draw(path []P) string {
	c := make(Maze, len(m))
	for i := range m {
		c[i] = append([]byte(nil), m[i]...)
	}
	for _, p := range path {
		if at := &c[p.r][p.c]; *at == '.' || *at == '~' {
			*at = 'o'
		}
	}
	var sb strings.Builder
	for _, r := range c {
		sb.Write(r)
		sb.WriteByte('\n')
	}
	return sb.String()
}

func generate(w, h int, rng *rand.Rand) Maze {
	m := make(Maze, 2*h+1)
	for i := range m {
		m[i] = []byte(strings.Repeat("#", 2*w+1))
	}
	var carve func(P)
	carve = func(p P) {
		m[p.r][p.c] = '.'
		for _, i := range rng.Perm(4) {
			d := dirs[i]
			n := P{p.r + 2*d.r, p.c + 2*d.c}
			if n.r > 0 && n.r < 2*h && n.c > 0 && n.c < 2*w && m.At(n) == '#' {
				m[p.r+d.r][p.c+d.c] = '.'
				carve(n)
			}
		}
	}
	carve(P{1, 1})
	return m
}

func main() {
	m, s, e, err := Parse("S.#.....\n.##.###.\n.~~.#E..\n.#......\n")
	fmt.Println(s, e, err)
	for name, h := range map[string]heuristic{"astar": manhattan} {
		p, cost, _, err := m.AStar(s, e, h)
		fmt.Println(name, len(p), cost, err)
		fmt.Print(m.Draw(p))
	}
	_, c1, x1, _ := m.AStar(s, e, manhattan)
	_, c2, x2, _ := m.AStar(s, e, func(P, P) int { return 0 })
	fmt.Println(c1 == c2, x1 <= x2)
	m[3][2], m[2][1] = '#', '#'
	_, _, _, err = m.AStar(s, e, manhattan)
	fmt.Println(err, errors.Is(err, ErrNoPath))
	_, _, _, err = Parse("S?\n!E")
	fmt.Printf("%q\n", err.Error())
	g := generate(7, 4, rand.New(rand.NewSource(5)))
	p, cost, _, err := g.AStar(P{1, 1}, P{7, 13}, manhattan)
	open := 0
	for _, r := range g {
		for _, c := range r {
			if c != '#' {
				open++
			}
		}
	}
	fmt.Println(len(p) == cost+1, err, open, g[0][0] == '#')
}
