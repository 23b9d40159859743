package main

import (
	"fmt"
	"strings"
)

const W, H = 12, 8

type Grid [H][W]bool

func (g *Grid) Set(y int, xs ...int) {
	for _, x := range xs {
		g[(y+H)%H][(x+W)%W] = true
	}
}

func (g Grid) Next() (n Grid, changed int) {
	for y, row := range g {
		for x, alive := range row {
			k := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if (dy != 0 || dx != 0) && g[(y+dy+H)%H][(x+dx+W)%W] {
						k++
					}
				}
			}
			n[y][x] = k == 3 || alive && k == 2
			if n[y][x] != alive {
				changed++
			}
		}
	}
	return
}

func (g Grid) String() string {
	var sb strings.Builder
	for _, row := range g {
		for _, c := range row {
			sb.WriteByte(map[bool]byte{true: '#', false: '.'}[c])
		}
		sb.WriteByte('\n')
	}
	return sb.String()
}

func (g *Grid) count() (n int) {
	for y := range g {
		for x := range g[y] {
			if g[y][x] {
				n++
			}
		}
	}
	return
}

func main() {
	var g Grid
	g.Set(0, 1)
	g.Set(1, 2)
	g.Set(2, 0, 1, 2)
	g.Set(-1, 8, 9, 10)
	start := g
	seen := map[Grid]int{g: 0}
	for gen := 1; gen <= 60; gen++ {
		ng, ch := g.Next()
		g = ng
		if gen <= 4 {
			fmt.Println(gen, ch, g.count())
		}
		if old, ok := seen[g]; ok {
			fmt.Println("cycle", old, gen)
			break
		}
		seen[g] = gen
	}
	fmt.Print(g)
	fmt.Println(start == g, start.count(), len(seen), len(g), len(g[0]))
	pg := &g
	for y, row := range pg {
		pg[y][0] = true
		if row[0] {
			fmt.Print(y, " ")
		}
	}
	row := pg[3]
	row[0] = false
	fmt.Println(pg[3][0], row[0], pg.count())
	rows := g[2:5]
	rows[0][5] = true
	fmt.Println(g[2][5], len(rows), cap(rows))
}
