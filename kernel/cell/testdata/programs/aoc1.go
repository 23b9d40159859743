package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"image"
	"maps"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Day 1: a grid walked with image.Point.

type Grid map[image.Point]rune

var dirs = map[rune]image.Point{'^': {0, -1}, 'v': {0, 1}, '<': {-1, 0}, '>': {1, 0}}

func parse(s string) (g Grid, start image.Point) {
	g = Grid{}
	for y, line := range strings.Split(strings.TrimSpace(s), "\n") {
		for x, r := range line {
			g[image.Pt(x, y)] = r
			if r == '@' {
				start = image.Point{x, y}
				g[start] = '.'
			}
		}
	}
	return
}

func (g Grid) push(p image.Point, moves string) image.Point {
next:
	for _, m := range moves {
		d := dirs[m]
		q := p.Add(d)
		for g[q] == 'O' {
			q = q.Add(d)
		}
		switch g[q] {
		case '#', 0:
			continue next
		}
		for q != p {
			g[q], g[q.Sub(d)] = g[q.Sub(d)], g[q]
			q = q.Sub(d)
		}
		p = p.Add(d)
	}
	return p
}

func (g Grid) score() (n int) {
	for p, r := range g {
		if r == 'O' {
			n += 100*p.Y + p.X
		}
	}
	return
}

// Day 2: Dijkstra with container/heap.

type state struct {
	pos  image.Point
	dir  image.Point
	cost int
	prev *state
}

type queue []*state

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].cost < q[j].cost }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*state)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

type key struct{ p, d image.Point }

func maze(rows []string) (int, int) {
	var s, e image.Point
	wall := map[image.Point]bool{}
	for y, r := range rows {
		for x, c := range r {
			switch c {
			case 'S':
				s = image.Pt(x, y)
			case 'E':
				e = image.Pt(x, y)
			case '#':
				wall[image.Pt(x, y)] = true
			}
		}
	}
	q := &queue{{pos: s, dir: image.Pt(1, 0)}}
	seen := map[key]int{}
	for q.Len() > 0 {
		st := heap.Pop(q).(*state)
		if st.pos == e {
			tiles := 0
			for x := st; x != nil; x = x.prev {
				tiles++
			}
			return st.cost, tiles
		}
		k := key{st.pos, st.dir}
		if c, ok := seen[k]; ok && c <= st.cost {
			continue
		}
		seen[k] = st.cost
		for _, n := range []struct {
			d image.Point
			c int
		}{{st.dir, 1}, {image.Pt(st.dir.Y, -st.dir.X), 1001}, {image.Pt(-st.dir.Y, st.dir.X), 1001}} {
			if p := st.pos.Add(n.d); !wall[p] {
				heap.Push(q, &state{p, n.d, st.cost + n.c, st})
			}
		}
	}
	return -1, 0
}

// Day 3: a little computer.

type cpu struct {
	a, b, c, ip int
	out         []string
}

func (m *cpu) combo(n int) int { return [...]int{0, 1, 2, 3, m.a, m.b, m.c}[n] }

func (m *cpu) run(prog []int) string {
	ops := [8]func(int){
		0: func(n int) { m.a >>= m.combo(n) },
		1: func(n int) { m.b ^= n },
		2: func(n int) { m.b = m.combo(n) & 7 },
		3: func(n int) {
			if m.a != 0 {
				m.ip = n - 2
			}
		},
		4: func(int) { m.b ^= m.c },
		5: func(n int) { m.out = append(m.out, strconv.Itoa(m.combo(n)%8)) },
		6: func(n int) { m.b = m.a >> m.combo(n) },
		7: func(n int) { m.c = m.a >> m.combo(n) },
	}
	for ; m.ip+1 < len(prog); m.ip += 2 {
		ops[prog[m.ip]](prog[m.ip+1])
	}
	return strings.Join(m.out, ",")
}

// Day 4: memo.

func ways(design string, towels []string, memo map[string]int) (n int) {
	if design == "" {
		return 1
	}
	if v, ok := memo[design]; ok {
		return v
	}
	defer func() { memo[design] = n }()
	for _, t := range towels {
		if rest, ok := strings.CutPrefix(design, t); ok {
			n += ways(rest, towels, memo)
		}
	}
	return
}

var mul = regexp.MustCompile(`mul\((\d{1,3}),(\d{1,3})\)|do(?:n't)?\(\)`)

func program(s string) (all, on int) {
	enabled := true
	for _, m := range mul.FindAllStringSubmatch(s, -1) {
		switch m[0] {
		case "do()":
			enabled = true
		case "don't()":
			enabled = false
		default:
			a, _ := strconv.Atoi(m[1])
			b, _ := strconv.Atoi(m[2])
			all += a * b
			if enabled {
				on += a * b
			}
		}
	}
	return
}

func blocks(s string) (sum int) {
	l := list.New()
	for i, r := range s {
		id := -1
		if i%2 == 0 {
			id = i / 2
		}
		l.PushBack([2]int{id, int(r - '0')})
	}
	for r := l.Back(); r != nil; r = r.Prev() {
		f := r.Value.([2]int)
		if f[0] < 0 {
			continue
		}
		for e := l.Front(); e != r; e = e.Next() {
			if g := e.Value.([2]int); g[0] < 0 && g[1] >= f[1] {
				l.InsertBefore([2]int{f[0], f[1]}, e)
				e.Value = [2]int{-1, g[1] - f[1]}
				r.Value = [2]int{-1, f[1]}
				break
			}
		}
	}
	pos := 0
	for e := l.Front(); e != nil; e = e.Next() {
		b := e.Value.([2]int)
		for range b[1] {
			if b[0] > 0 {
				sum += pos * b[0]
			}
			pos++
		}
	}
	return
}

func main() {
	g, p := parse("#######\n#.O.O.#\n#.@O..#\n#..O..#\n#.....#\n#######")
	fmt.Println(p, g.score())
	p = g.push(p, ">>^v<<^>vv>")
	fmt.Println(p, g.score())
	fmt.Println(maze([]string{"#######", "#....E#", "#.#.#.#", "#S..#.#", "#######"}))
	m := &cpu{a: 729}
	fmt.Println(m.run([]int{0, 1, 5, 4, 3, 0}), *m)
	towels := strings.Split("r, wr, b, g, bwu, rb, gb, br", ", ")
	memo := map[string]int{}
	for _, d := range []string{"brwrr", "bggr", "ubwu", "rrbgbr"} {
		fmt.Print(ways(d, towels, memo), " ")
	}
	fmt.Println(len(memo))
	fmt.Println(program("xmul(2,4)&mul[3,7]!^don't()_mul(5,5)+mul(32,64](mul(11,8)undo()?mul(8,5))"))
	fmt.Println(blocks("2333133121414131402"))
	r := ring.New(7)
	for i := range r.Len() {
		r.Value = i + 1
		r = r.Next()
	}
	for r.Len() > 1 {
		r = r.Move(2)
		r.Unlink(1)
	}
	fmt.Println(r.Value, bits.OnesCount(0xff0f), bits.Reverse8(3), bits.Len(1023))
	freq := map[string]int{}
	for _, w := range strings.Fields("b a c a b a d") {
		freq[w]++
	}
	top := slices.SortedFunc(maps.Keys(freq), func(a, b string) int {
		return cmp.Or(-cmp.Compare(freq[a], freq[b]), strings.Compare(a, b))
	})
	fmt.Println(top, slices.MaxFunc(top, func(a, b string) int { return freq[b] - freq[a] }))
	i, ok := slices.BinarySearchFunc([]image.Point{{1, 1}, {2, 5}, {3, 0}}, 2, func(p image.Point, x int) int { return p.X - x })
	fmt.Println(i, ok, image.Rect(0, 0, 4, 4).Intersect(image.Rect(2, 2, 9, 9)), image.Pt(3, 4).In(image.Rect(0, 0, 4, 4)))
}
