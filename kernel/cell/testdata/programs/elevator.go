package main

import (
	"fmt"
	"slices"
	"strings"
)

type Direction int

const (
	Down Direction = iota - 1
	Idle
	Up
)

func (d Direction) String() string {
	return map[Direction]string{Up: "↑", Down: "↓", Idle: "·"}[d]
}
func (d Direction) Opposite() Direction { return -d }

type Request struct {
	From, To int
	tick     int
}

func (r Request) Dir() Direction {
	switch {
	case r.To > r.From:
		return Up
	case r.To < r.From:
		return Down
	}
	return Idle
}

type Car struct {
	ID     int
	Floor  int
	Dir    Direction
	riders []Request
	stops  map[int]bool
	moved  int
}

type Observer interface{ Notify(c *Car, event string) }
type Log struct{ lines []string }
type Tally map[string]int

func (l *Log) Notify(c *Car, e string) {
	l.lines = append(l.lines, fmt.Sprintf("%d@%d%v %s", c.ID, c.Floor, c.Dir, e))
}
func (t Tally) Notify(_ *Car, e string) { t[strings.Fields(e)[0]]++ }

type Building struct {
	cars    []*Car
	waiting map[int][]Request
	obs     []Observer
	now     int
}

func (b *Building) emit(c *Car, f string, a ...any) {
	for _, o := range b.obs {
		o.Notify(c, fmt.Sprintf(f, a...))
	}
}

func (b *Building) Call(r Request) {
	r.tick = b.now
	b.waiting[r.From] = append(b.waiting[r.From], r)
	best := slices.MinFunc(b.cars, func(x, y *Car) int { return x.cost(r) - y.cost(r) })
	best.stops[r.From] = true
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

func (c *Car) cost(r Request) int {
	d := abs(c.Floor - r.From)
	if c.Dir != Idle && c.Dir != r.Dir() {
		d += 10
	}
	return d*2 + len(c.stops)
}

func (c *Car) next() Direction {
	if len(c.stops) == 0 {
		return Idle
	}
	for _, d := range [...]Direction{c.Dir, c.Dir.Opposite(), Up, Down} {
		for f := range c.stops {
			if d != Idle && (f-c.Floor)*int(d) > 0 {
				return d
			}
		}
	}
	return Idle
}

func (b *Building) Step() (busy bool) {
	b.now++
	for _, c := range b.cars {
		if c.stops[c.Floor] {
			delete(c.stops, c.Floor)
			c.riders = slices.DeleteFunc(c.riders, func(r Request) bool {
				if r.To != c.Floor {
					return false
				}
				b.emit(c, "drop %d→%d after %d", r.From, r.To, b.now-r.tick)
				return true
			})
			for _, r := range b.waiting[c.Floor] {
				c.riders = append(c.riders, r)
				c.stops[r.To] = true
				b.emit(c, "take to %d", r.To)
			}
			delete(b.waiting, c.Floor)
		}
		c.Dir = c.next()
		c.Floor += int(c.Dir)
		if c.Dir != Idle {
			c.moved++
		}
		busy = busy || c.Dir != Idle || len(c.stops) > 0
	}
	return
}

func main() {
	log, tally := &Log{}, Tally{}
	b := &Building{waiting: map[int][]Request{}, obs: []Observer{log, tally}}
	for i, f := range []int{0, 5} {
		b.cars = append(b.cars, &Car{ID: i, Floor: f, stops: map[int]bool{}})
	}
	b.Call(Request{From: 1, To: 4})
	b.Call(Request{From: 6, To: 0})
	for b.Step() {
		switch b.now {
		case 2:
			b.Call(Request{3, 7, 0})
		case 5:
			b.Call(Request{From: 2, To: 1})
			b.Call(Request{From: 2, To: 5})
		}
		if b.now > 60 {
			fmt.Println("stuck")
			break
		}
	}
	fmt.Println(strings.Join(log.lines, "\n"))
	fmt.Println(tally, b.now, len(b.waiting))
	for _, c := range b.cars {
		fmt.Printf("%d %d %v %d %v\n", c.ID, c.Floor, c.Dir, c.moved, c.stops)
	}
	fmt.Println(Up, Down.Opposite(), Request{1, 1, 0}.Dir(), []Direction{Up, Down, Idle})
}
