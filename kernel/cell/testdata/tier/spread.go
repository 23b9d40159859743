package main

import "fmt"

type memo struct{ m map[int]float64 }

func (s *memo) get(k int) (v float64, err error) {
	defer func() { s.m[k] = v }()
	a, b, c, d := k, k+1, k+2, k+3
	v = float64(a+b+c+d) * 1.5
	return
}

func pair() (int, string)           { return 7, "seven" }
func take(n int, s string) string   { return fmt.Sprint(n, s) }
func many(xs ...any) string         { return fmt.Sprint(len(xs), xs) }
func first(n int, xs ...any) string { return fmt.Sprint(n, len(xs), xs) }
func swap(a, b int) (int, int)      { return b, a }

func testSpread() string {
	s := &memo{map[int]float64{}}
	return take(pair()) + many(pair()) + first(pair()) + fmt.Sprint(swap(swap(1, 2))) + fmt.Sprint(s.get(4)) + many(s.get(5)) + fmt.Sprintln(pair())
}

func testSpreadOrder() string {
	log := ""
	note := func(s string) int { log += s; return len(log) }
	two := func() (int, int) { return note("a"), note("b") }
	add := func(x, y int) int { log += "c"; return x*10 + y }
	r := note("0")*100 + add(two()) + note("d")
	return fmt.Sprint(r, log)
}

func main() {}
