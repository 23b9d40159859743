package main

import (
	"fmt"
	"slices"
	"strings"
)

type Item struct {
	Name string
	W, V int
}

func knapsack(items []Item, cap int) (best int, names []string) {
	dp := make([][]int, len(items)+1)
	for i := range dp {
		dp[i] = make([]int, cap+1)
	}
	for i, it := range items {
		for w := range dp[i] {
			dp[i+1][w] = dp[i][w]
			if w >= it.W {
				dp[i+1][w] = max(dp[i+1][w], dp[i][w-it.W]+it.V)
			}
		}
	}
	for i, w := len(items), cap; i > 0; i-- {
		if dp[i][w] != dp[i-1][w] {
			names = append(names, items[i-1].Name)
			w -= items[i-1].W
		}
	}
	slices.Reverse(names)
	return dp[len(items)][cap], names
}

func lcs(a, b string) string {
	dp := make([][]string, len(a)+1)
	for i := range dp {
		dp[i] = make([]string, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			switch x, y := dp[i+1][j], dp[i][j+1]; {
			case a[i] == b[j]:
				dp[i][j] = a[i:i+1] + dp[i+1][j+1]
			case len(x) >= len(y):
				dp[i][j] = x
			default:
				dp[i][j] = y
			}
		}
	}
	return dp[0][0]
}

func coins(amount int, denoms ...int) (ways int, min int) {
	w, m := make([]int, amount+1), make([]int, amount+1)
	w[0] = 1
	for i := range m[1:] {
		m[i+1] = 1 << 30
	}
	for _, d := range denoms {
		for a := d; a <= amount; a++ {
			w[a] += w[a-d]
			if m[a-d]+1 < m[a] {
				m[a] = m[a-d] + 1
			}
		}
	}
	return w[amount], m[amount]
}

func editScript(a, b []string) (ops []string) {
	type cell struct {
		cost int
		op   byte
	}
	t := make(map[[2]int]cell)
	var solve func(i, j int) cell
	solve = func(i, j int) (c cell) {
		k := [2]int{i, j}
		if c, ok := t[k]; ok {
			return c
		}
		defer func() { t[k] = c }()
		switch {
		case i == len(a) && j == len(b):
			return cell{0, '.'}
		case i == len(a):
			return cell{solve(i, j+1).cost + 1, '+'}
		case j == len(b):
			return cell{solve(i+1, j).cost + 1, '-'}
		case a[i] == b[j]:
			return cell{solve(i+1, j+1).cost, '='}
		}
		d, n := solve(i+1, j).cost, solve(i, j+1).cost
		if d <= n {
			return cell{d + 1, '-'}
		}
		return cell{n + 1, '+'}
	}
	for i, j := 0, 0; ; {
		switch c := solve(i, j); c.op {
		case '.':
			return
		case '=':
			ops = append(ops, " "+a[i])
			i, j = i+1, j+1
		case '-':
			ops = append(ops, "-"+a[i])
			i++
		case '+':
			ops = append(ops, "+"+b[j])
			j++
		}
	}
}

func lis(xs []int) []int {
	var tails []int
	idx := make([]int, len(xs))
	for i, x := range xs {
		p, _ := slices.BinarySearch(tails, x)
		if p == len(tails) {
			tails = append(tails, x)
		} else {
			tails[p] = x
		}
		idx[i] = p
	}
	var out []int
	for i, want := len(xs)-1, len(tails)-1; i >= 0 && want >= 0; i-- {
		if idx[i] == want {
			out = append(out, xs[i])
			want--
		}
	}
	slices.Reverse(out)
	return out
}

func hanoi(n int, a, b, c string, move func(from, to string)) {
	if n == 0 {
		return
	}
	hanoi(n-1, a, c, b, move)
	move(a, c)
	hanoi(n-1, b, a, c, move)
}

func subsets[T any](xs []T) [][]T {
	out := [][]T{nil}
	for _, x := range xs {
		for _, s := range out {
			out = append(out, append(s[:len(s):len(s)], x))
		}
	}
	return out
}

func main() {
	fmt.Println(knapsack([]Item{{"map", 9, 150}, {"water", 153, 200}, {"glucose", 15, 60}, {"tin", 68, 45}, {"banana", 27, 60}, {"apple", 39, 40}}, 100))
	fmt.Println(lcs("AGCAT", "GAC"), lcs("programming", "gaming"), lcs("", "x") == "")
	fmt.Println(coins(100, 1, 5, 10, 25, 50))
	fmt.Println(coins(7, 2, 4))
	fmt.Println(strings.Join(editScript(strings.Fields("a b c d e"), strings.Fields("a c x d")), ","))
	fmt.Println(lis([]int{10, 9, 2, 5, 3, 7, 101, 18, 4, 20}))
	n, pegs := 0, map[string]int{"A": 4}
	hanoi(4, "A", "B", "C", func(f, t string) { n++; pegs[f]--; pegs[t]++ })
	fmt.Println(n, pegs)
	fmt.Println(subsets([]string{"a", "b", "c"}), len(subsets(make([]int, 8))))
	var tri func(n int) int
	tri = func(n int) int {
		if n <= 1 {
			return n
		}
		return n + tri(n-1)
	}
	fmt.Println(tri(500))
	ack := map[[2]int]int{}
	var A func(m, n int) int
	A = func(m, n int) (r int) {
		k := [...]int{m, n}
		if v, ok := ack[k]; ok {
			return v
		}
		defer func() { ack[k] = r }()
		if m == 0 {
			return n + 1
		} else if n == 0 {
			return A(m-1, 1)
		}
		return A(m-1, A(m, n-1))
	}
	fmt.Println(A(2, 9), len(ack))
}
