package closure

import "testing"

var speed = []struct{ name, src string }{
	{"fib", `
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
func speed() float64 { return float64(fib(30)) }`},
	{"loop", `
func speed() float64 {
	s := 0
	for i := 0; i < 10_000_000; i++ {
		s += i
	}
	return float64(s)
}`},
	{"sum", `
func speed() float64 {
	a := make([]float64, 1_000_000)
	for i := range a {
		a[i] = float64(i) * 0.5
	}
	s := 0.0
	for _, v := range a {
		s += v
	}
	return s
}`},
	{"map", `
func speed() float64 {
	m := map[int]int{}
	for i := range 1_000_000 {
		m[i] = i
	}
	s := 0
	for i := range 1_000_000 {
		s += m[i]
	}
	return float64(s)
}`},
	{"points", `
type point struct{ x, y int }
func speed() float64 {
	m := map[point]int{}
	for i := range 300 {
		for j := range 300 {
			m[point{i, j}] = i * j
		}
	}
	s := 0
	for i := range 300 {
		for j := range 300 {
			s += m[point{i, j}]
		}
	}
	return float64(s)
}`},
	{"strings", `
func speed() float64 {
	var b strings.Builder
	for i := range 200_000 {
		b.WriteString(strconv.Itoa(i))
		b.WriteByte(',')
	}
	return float64(b.Len())
}`},
	{"matmul", `
func speed() float64 {
	const n = 200
	a, b, c := make([][]float64, n), make([][]float64, n), make([][]float64, n)
	for i := range n {
		a[i], b[i], c[i] = make([]float64, n), make([]float64, n), make([]float64, n)
		for j := range n {
			a[i][j], b[i][j] = float64(i+j), float64(i-j)
		}
	}
	for i := range n {
		for j := range n {
			s := 0.0
			for k := range n {
				s += a[i][k] * b[k][j]
			}
			c[i][j] = s
		}
	}
	return c[17][42]
}`},
	{"nbody", `
type body struct{ x, y, z, vx, vy, vz, m float64 }
func speed() float64 {
	bs := []body{{m: 1000}, {x: 10, vy: 10, m: 1}, {y: 20, vz: 7, m: 2}, {z: 30, vx: 5, m: 3}, {x: 40, vy: 5, m: 1}}
	const dt = 0.001
	for range 20_000 {
		for i := range bs {
			a := &bs[i]
			for j := i + 1; j < len(bs); j++ {
				b := &bs[j]
				dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
				d2 := dx*dx + dy*dy + dz*dz
				mag := dt / (d2 * math.Sqrt(d2))
				a.vx -= dx * b.m * mag
				a.vy -= dy * b.m * mag
				a.vz -= dz * b.m * mag
				b.vx += dx * a.m * mag
				b.vy += dy * a.m * mag
				b.vz += dz * a.m * mag
			}
		}
		for i := range bs {
			b := &bs[i]
			b.x += dt * b.vx
			b.y += dt * b.vy
			b.z += dt * b.vz
		}
	}
	return bs[1].x
}`},
	{"heapsort", `
func sift(a []int, i, n int) {
	for {
		c := 2*i + 1
		if c >= n {
			return
		}
		if c+1 < n && a[c+1] > a[c] {
			c++
		}
		if a[i] >= a[c] {
			return
		}
		a[i], a[c] = a[c], a[i]
		i = c
	}
}
func speed() float64 {
	a := make([]int, 100_000)
	x := 1
	for i := range a {
		x = x * 16807 % 2147483647
		a[i] = x
	}
	for i := len(a)/2 - 1; i >= 0; i-- {
		sift(a, i, len(a))
	}
	for n := len(a) - 1; n > 0; n-- {
		a[0], a[n] = a[n], a[0]
		sift(a, 0, n)
	}
	return float64(a[12345])
}`},
}

func BenchmarkPrograms(b *testing.B) {
	for _, p := range speed {
		b.Run(p.name, func(b *testing.B) {
			c := parse(b, "package main\nimport (\"math\"; \"strings\"; \"strconv\")\nvar _, _, _ = math.Pi, strings.ToUpper, strconv.Itoa\nfunc main() {}\n"+p.src)
			c.compile(b)
			for b.Loop() {
				call[float64](c, "speed")
			}
		})
	}
}
