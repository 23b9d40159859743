package main

import (
	"errors"
	"fmt"
	"math"
)

type Matrix [][]float64
type Vector = []float64

var ErrSingular = errors.New("singular matrix")

func Identity(n int) Matrix {
	m := make(Matrix, n)
	for i := range m {
		m[i] = make(Vector, n)
		m[i][i] = 1
	}
	return m
}

func (m Matrix) Clone() Matrix {
	c := make(Matrix, len(m))
	for i, r := range m {
		c[i] = append(Vector{}, r...)
	}
	return c
}

func (m Matrix) Solve(b Vector) (x Vector, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("solve %dx%d: %w", len(m), len(m[0]), err)
		}
	}()
	a, n := m.Clone(), len(m)
	for i := range a {
		a[i] = append(a[i], b[i])
	}
	for c := 0; c < n; c++ {
		p := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[p][c]) {
				p = r
			}
		}
		if math.Abs(a[p][c]) < 1e-12 {
			return nil, ErrSingular
		}
		a[c], a[p] = a[p], a[c]
		for r := range n {
			if r == c {
				continue
			}
			f := a[r][c] / a[c][c]
			for k := c; k <= n; k++ {
				a[r][k] -= f * a[c][k]
			}
		}
	}
	x = make(Vector, n)
	for i := range x {
		x[i] = a[i][n] / a[i][i]
	}
	return
}

func (m Matrix) Det() float64 {
	if len(m) == 1 {
		return m[0][0]
	}
	d, sign := 0.0, 1.0
	for c, v := range m[0] {
		sub := Matrix{}
		for _, r := range m[1:] {
			sub = append(sub, append(append(Vector(nil), r[:c]...), r[c+1:]...))
		}
		d += sign * v * sub.Det()
		sign = -sign
	}
	return d
}

func (m Matrix) T() Matrix {
	t := make(Matrix, len(m[0]))
	for i := range t {
		for j := range m {
			t[i] = append(t[i], m[j][i])
		}
	}
	return t
}

func spiral(m [][]int) (out []int) {
	top, bot, l, r := 0, len(m)-1, 0, len(m[0])-1
	for top <= bot && l <= r {
		for c := l; c <= r; c++ {
			out = append(out, m[top][c])
		}
		top++
		for i := top; i <= bot; i++ {
			out = append(out, m[i][r])
		}
		if r--; top <= bot {
			for c := r; c >= l; c-- {
				out = append(out, m[bot][c])
			}
			bot--
		}
		if l <= r {
			for i := bot; i >= top; i-- {
				out = append(out, m[i][l])
			}
			l++
		}
	}
	return
}

func rotate(m *[3][3]int) {
	for i := 0; i < 3; i++ {
		for j := i; j < 3; j++ {
			m[i][j], m[j][i] = m[j][i], m[i][j]
		}
	}
	for i := range m {
		row := &m[i]
		row[0], row[2] = row[2], row[0]
	}
}

func pascal(n int) [][]int {
	t := make([][]int, n)
	for i := range t {
		t[i] = make([]int, i+1)
		t[i][0], t[i][i] = 1, 1
		for j := 1; j < i; j++ {
			t[i][j] = t[i-1][j-1] + t[i-1][j]
		}
	}
	return t
}

func magic(n int) [][]int {
	m := make([][]int, n)
	for i := range m {
		m[i] = make([]int, n)
	}
	for k, i, j := 1, 0, n/2; k <= n*n; k++ {
		m[i][j] = k
		ni, nj := (i-1+n)%n, (j+1)%n
		if m[ni][nj] != 0 {
			ni, nj = (i+1)%n, j
		}
		i, j = ni, nj
	}
	return m
}

func main() {
	m := Matrix{{2, 1, -1}, {-3, -1, 2}, {-2, 1, 2}}
	x, err := m.Solve(Vector{8, -11, -3})
	fmt.Printf("%.3f %v %.1f\n", x, err, m.Det())
	_, err = Matrix{{1, 2}, {2, 4}}.Solve(Vector{1, 2})
	fmt.Println(err, errors.Is(err, ErrSingular))
	fmt.Println(m.T(), Identity(2), m[0])
	fmt.Println(spiral([][]int{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}}), spiral([][]int{{1}, {2}, {3}}))
	g := [3][3]int{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}
	h := g
	rotate(&g)
	fmt.Println(g, h)
	fmt.Println(pascal(6), magic(5))
	var cube [2][3][4]int
	for i := range cube {
		for j := range cube[i] {
			for k := range cube[i][j] {
				cube[i][j][k] = i*100 + j*10 + k
			}
		}
	}
	c2 := cube
	c2[1][2][3] = -1
	pl := &cube[1]
	pl[0][0]++
	fmt.Println(cube[1], c2[1][2], len(cube), len(cube[0]), cube == c2)
	tri := [][]string{}
	for i := range 4 {
		tri = append(tri, make([]string, i))
		for j := range tri[i] {
			tri[i][j] = string(rune('a' + i + j))
		}
	}
	fmt.Println(tri)
}
