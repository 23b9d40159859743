package main

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
)

func hanoi(n int, from, to, via string, move func(a, b string)) {
	if n == 0 {
		return
	}
	hanoi(n-1, from, via, to, move)
	move(from, to)
	hanoi(n-1, via, to, from, move)
}

func ackermann(m, n int) int {
	switch {
	case m == 0:
		return n + 1
	case n == 0:
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

func unroman(s string) (n int) {
	val := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
	last := 0
	for _, r := range s {
		v := val[r]
		n += v
		if v > last {
			n -= 2 * last
		}
		last = v
	}
	return
}

func caesar(s string, k int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLower(r):
			return 'a' + (r-'a'+rune(k)+26)%26
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+rune(k)+26)%26
		}
		return r
	}, s)
}

func vigenere(s, key string, sign int) string {
	out := []byte(s)
	for i, j := 0, 0; i < len(out); i++ {
		if c := out[i]; c >= 'A' && c <= 'Z' {
			out[i] = 'A' + byte((int(c-'A')+sign*int(key[j%len(key)]-'A')+26)%26)
			j++
		}
	}
	return string(out)
}

func rle(s string) (out []string) {
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		out = append(out, fmt.Sprintf("%d%c", j-i, s[i]))
		i = j
	}
	return
}

func balanced(s string) bool {
	pairs := map[rune]rune{')': '(', ']': '[', '}': '{'}
	var stack []rune
	for _, r := range s {
		switch r {
		case '(', '[', '{':
			stack = append(stack, r)
		case ')', ']', '}':
			if len(stack) == 0 || stack[len(stack)-1] != pairs[r] {
				return false
			}
			stack = stack[:len(stack)-1]
		}
	}
	return len(stack) == 0
}

func levenshtein(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		prev := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := prev
			if a[i-1] != b[j-1] {
				cost = 1 + min(prev, row[j], row[j-1])
			}
			prev, row[j] = row[j], cost
		}
	}
	return row[len(b)]
}

func lcs(a, b string) string {
	t := make([][]string, len(a)+1)
	for i := range t {
		t[i] = make([]string, len(b)+1)
	}
	for i := range a {
		for j := range b {
			if a[i] == b[j] {
				t[i+1][j+1] = t[i][j] + a[i:i+1]
			} else if x, y := t[i][j+1], t[i+1][j]; len(x) >= len(y) {
				t[i+1][j+1] = x
			} else {
				t[i+1][j+1] = y
			}
		}
	}
	return t[len(a)][len(b)]
}

func permutations(s []rune, f func(string)) {
	if len(s) <= 1 {
		f(string(s))
		return
	}
	for i := range s {
		rest := append(append([]rune{}, s[:i]...), s[i+1:]...)
		permutations(rest, func(p string) { f(string(s[i]) + p) })
	}
}

func pascal(n int) (rows [][]int) {
	for i := range n {
		row := make([]int, i+1)
		row[0], row[i] = 1, 1
		for j := 1; j < i; j++ {
			row[j] = rows[i-1][j-1] + rows[i-1][j]
		}
		rows = append(rows, row)
	}
	return
}

func luhn(s string) bool {
	sum := 0
	for i := range s {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func spiral(n int) [][]int {
	m := make([][]int, n)
	for i := range m {
		m[i] = make([]int, n)
	}
	x, y, dx, dy := 0, 0, 1, 0
	for k := 1; k <= n*n; k++ {
		m[y][x] = k
		nx, ny := x+dx, y+dy
		if nx < 0 || nx >= n || ny < 0 || ny >= n || m[ny][nx] != 0 {
			dx, dy = -dy, dx
			nx, ny = x+dx, y+dy
		}
		x, y = nx, ny
	}
	return m
}

func main() {
	moves := 0
	hanoi(3, "A", "C", "B", func(a, b string) { moves++; fmt.Print(a, "→", b, " ") })
	fmt.Println(moves)
	fmt.Println(ackermann(2, 3), roman(1994), unroman("MCMXCIV"), roman(2026))
	fmt.Println(caesar("Hello, Wörld!", 3), caesar(caesar("Hello", 3), -3))
	c := vigenere("ATTACK AT DAWN", "LEMON", 1)
	fmt.Println(c, vigenere(c, "LEMON", -1))
	fmt.Println(rle("aaabccdddd"), balanced("{[()]}()"), balanced("([)]"))
	fmt.Println(levenshtein("kitten", "sitting"), lcs("thisisatest", "testing123testing"))
	var ps []string
	permutations([]rune("abc"), func(p string) { ps = append(ps, p) })
	sort.Sort(sort.Reverse(sort.StringSlice(ps)))
	fmt.Println(ps)
	for _, r := range pascal(5) {
		fmt.Println(strings.Repeat(" ", 5-len(r)), r)
	}
	fmt.Println(luhn("49927398716"), luhn("49927398717"))
	for _, r := range spiral(4) {
		for _, v := range r {
			fmt.Printf("%3d", v)
		}
		fmt.Println()
	}
	doors := [101]bool{}
	for i := 1; i <= 100; i++ {
		for j := i; j <= 100; j += i {
			doors[j] = !doors[j]
		}
	}
	for i, open := range doors {
		if open {
			fmt.Print(i, " ")
		}
	}
	fmt.Println()
	for i := range 8 {
		fmt.Printf("%03b ", i^i>>1)
	}
	fmt.Println()
	people := make([]int, 41)
	for i := range people {
		people[i] = i
	}
	for i := 0; len(people) > 1; {
		i = (i + 2) % len(people)
		people = append(people[:i], people[i+1:]...)
	}
	fmt.Println("josephus", people[0])
}
