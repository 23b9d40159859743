package main

import (
	"fmt"
	"math/bits"
	"strings"
)

func solve(n int, visit func(cols []int) bool) (count int) {
	cols := make([]int, 0, n)
	used := make([]bool, n)
	d1, d2 := map[int]bool{}, map[int]bool{}
	var place func(r int) bool
	place = func(r int) bool {
		if r == n {
			count++
			return visit(cols)
		}
		for c := range n {
			if used[c] || d1[r+c] || d2[r-c] {
				continue
			}
			used[c], d1[r+c], d2[r-c] = true, true, true
			cols = append(cols, c)
			more := place(r + 1)
			cols = cols[:len(cols)-1]
			used[c] = false
			delete(d1, r+c)
			delete(d2, r-c)
			if !more {
				return false
			}
		}
		return true
	}
	place(0)
	return
}

func bitCount(n uint) int {
	all := uint32(1)<<n - 1
	var rec func(cols, l, r uint32) int
	rec = func(cols, l, r uint32) (k int) {
		if cols == all {
			return 1
		}
		for free := all &^ (cols | l | r); free != 0; free &= free - 1 {
			b := free & -free
			k += rec(cols|b, (l|b)<<1&all, (r|b)>>1)
		}
		return
	}
	return rec(0, 0, 0)
}

func board(cols []int) string {
	lines := make([]string, len(cols))
	for i, c := range cols {
		b := []byte(strings.Repeat(".", len(cols)))
		b[c] = 'Q'
		lines[i] = string(b)
	}
	return strings.Join(lines, "\n")
}

func main() {
	var first []int
	var saved [][]int
	n6 := solve(6, func(c []int) bool {
		if first == nil {
			first = append(first, c...)
		}
		saved = append(saved, append([]int(nil), c...))
		return true
	})
	fmt.Println(n6, first, saved[len(saved)-1])
	fmt.Println(board(first))
	stopped := solve(8, func(c []int) bool { return c[0] < 2 })
	fmt.Println(stopped)
	for n := uint(1); n <= 7; n++ {
		fmt.Print(bitCount(n), " ")
	}
	fmt.Println(bits.OnesCount32(0xF0F0), bits.Len(1023), bits.TrailingZeros16(96), bits.Reverse8(0b1101))
}
