package main

import "fmt"

type Matrix [][]float64

func New(r, c int) Matrix {
	m := make(Matrix, r)
	for i := range m {
		m[i] = make([]float64, c)
	}
	return m
}

func Identity(n int) Matrix {
	m := New(n, n)
	for i := range n {
		m[i][i] = 1
	}
	return m
}

func (m Matrix) Dims() (r, c int) { return len(m), len(m[0]) }

func (m Matrix) Mul(o Matrix) (Matrix, error) {
	r, k := m.Dims()
	k2, c := o.Dims()
	if k != k2 {
		return nil, fmt.Errorf("cannot multiply %dx%d by %dx%d", r, k, k2, c)
	}
	out := New(r, c)
	for i := range r {
		for j := range c {
			var s float64
			for x := range k {
				s += m[i][x] * o[x][j]
			}
			out[i][j] = s
		}
	}
	return out, nil
}

func (m Matrix) T() Matrix {
	r, c := m.Dims()
	t := New(c, r)
	for i, row := range m {
		for j, v := range row {
			t[j][i] = v
		}
	}
	return t
}

func (m Matrix) Pow(n int) Matrix {
	if n == 0 {
		return Identity(len(m))
	}
	h := m.Pow(n / 2)
	p, _ := h.Mul(h)
	if n%2 == 1 {
		p, _ = p.Mul(m)
	}
	return p
}

// det by Gaussian elimination on a copy.
func (m Matrix) Det() float64 {
	n := len(m)
	a := New(n, n)
	for i := range m {
		copy(a[i], m[i])
	}
	d := 1.0
	for i := 0; i < n; i++ {
		p := i
		for p < n && a[p][i] == 0 {
			p++
		}
		if p == n {
			return 0
		}
		if p != i {
			a[p], a[i] = a[i], a[p]
			d = -d
		}
		d *= a[i][i]
		for r := i + 1; r < n; r++ {
			f := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= f * a[i][c]
			}
		}
	}
	return d
}

func main() {
	fib := Matrix{{1, 1}, {1, 0}}
	for _, n := range []int{0, 1, 5, 10, 30} {
		fmt.Println(n, fib.Pow(n)[0][1])
	}
	a := Matrix{{1, 2, 3}, {4, 5, 6}}
	b, err := a.Mul(a)
	fmt.Println(b, err)
	b, err = a.Mul(a.T())
	fmt.Println(b, err, b == nil)
	fmt.Println(Matrix{{2, 0, 1}, {1, 3, 2}, {1, 1, 4}}.Det(), Identity(4).Det(), Matrix{{1, 2}, {2, 4}}.Det())
	var grid [3][4]int
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = i * j
		}
	}
	g2 := grid
	g2[2][3] = 99
	fmt.Println(grid, g2, len(grid), len(grid[0]), grid == g2)
}
