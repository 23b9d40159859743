package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

type Rules map[rune]string

func (r Rules) Grow(axiom string, n int) string {
	for range n {
		var sb strings.Builder
		for _, c := range axiom {
			if s, ok := r[c]; ok {
				sb.WriteString(s)
			} else {
				sb.WriteRune(c)
			}
		}
		axiom = sb.String()
	}
	return axiom
}

type vec struct{ x, y float64 }

func (v vec) add(o vec) vec       { return vec{v.x + o.x, v.y + o.y} }
func (v vec) scale(k float64) vec { v.x *= k; v.y *= k; return v }
func polar(r, deg float64) vec    { s, c := math.Sincos(deg * math.Pi / 180); return vec{r * c, r * s} }

type turtle struct {
	pos   vec
	angle float64
}

type drawing struct {
	turtle
	stack []turtle
	lines [][2]vec
}

type cmd func(*drawing)

func (d *drawing) run(s string, cmds map[rune]cmd) (unknown map[rune]int) {
	for _, c := range s {
		if f := cmds[c]; f != nil {
			f(d)
			continue
		}
		if unknown == nil {
			unknown = map[rune]int{}
		}
		unknown[c]++
	}
	return
}

func (d drawing) bounds() (lo, hi vec) {
	lo, hi = vec{math.Inf(1), math.Inf(1)}, vec{math.Inf(-1), math.Inf(-1)}
	for _, l := range d.lines {
		for _, p := range l {
			lo.x, lo.y = min(lo.x, p.x), min(lo.y, p.y)
			hi.x, hi.y = max(hi.x, p.x), max(hi.y, p.y)
		}
	}
	return
}

func raster(d drawing, w, h int) string {
	grid := make([][]byte, h)
	for i := range grid {
		grid[i] = []byte(strings.Repeat(" ", w))
	}
	lo, hi := d.bounds()
	for _, l := range d.lines {
		for t := 0.0; t <= 1; t += 0.125 {
			p := l[0].scale(1 - t).add(l[1].scale(t))
			x := int((p.x - lo.x) / (hi.x - lo.x) * float64(w-1))
			y := int((p.y - lo.y) / (hi.y - lo.y) * float64(h-1))
			grid[h-1-y][x] = '*'
		}
	}
	rows := make([]string, h)
	for i, r := range grid {
		rows[i] = strings.TrimRight(string(r), " ")
	}
	return strings.Join(rows, "\n")
}

func main() {
	algae := Rules{'A': "AB", 'B': "A"}
	for n := range 7 {
		s := algae.Grow("A", n)
		fmt.Print(len(s), " ")
	}
	fmt.Println(algae.Grow("A", 4))
	turn := func(a float64) cmd { return func(d *drawing) { d.angle += a } }
	cmds := map[rune]cmd{
		'F': func(d *drawing) {
			to := d.pos.add(polar(1, d.angle))
			d.lines = append(d.lines, [2]vec{d.pos, to})
			d.pos = to
		},
		'+': turn(90), '-': turn(-90),
		'[': func(d *drawing) { d.stack = append(d.stack, d.turtle) },
		']': func(d *drawing) {
			n := len(d.stack) - 1
			d.turtle = d.stack[n]
			d.stack = d.stack[:n]
		},
	}
	koch := Rules{'F': "F+F-F-F+F"}.Grow("F", 2)
	var d drawing
	fmt.Println(len(koch), d.run(koch, cmds), len(d.lines))
	fmt.Println(raster(d, 28, 8))
	lo, hi := d.bounds()
	fmt.Printf("%.1f %.1f %.0f\n", lo, hi, d.pos)
	var t drawing
	cmds['<'], cmds['>'] = turn(30), turn(-30)
	u := t.run(Rules{'X': "F[<X]F[>X]Z"}.Grow("X", 2), cmds)
	keys := make([]string, 0)
	for k, n := range u {
		keys = append(keys, fmt.Sprintf("%c%d", k, n))
	}
	slices.Sort(keys)
	fmt.Println(keys, len(t.lines), len(t.stack), t.turtle)
	defer func() { fmt.Println(recover()) }()
	t.run("]", cmds)
}
