package main

// program is one computation, written in Go and in Python as each would write it
// plainly. Both print a number, which must agree.
type program struct {
	name   string
	most   float64 // what the ratio should not exceed
	spends string  // where the time goes
	golang string  // the function of a cell, named speed, after what it needs
	python string  // the function of a module, named speed
}

var programs = []program{
	{"fib(30): calls", 3, "calls: a closure for every operation, and a frame on a value stack for every call", `
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
func speed() float64 { return float64(fib(30)) }`, `
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
def speed():
    return fib(30)`},

	{"loop of 1e7", 1, "one closure a turn for the body, one for the condition", `
func speed() float64 {
	s := 0
	for i := 0; i < 10_000_000; i++ {
		s += i
	}
	return float64(s)
}`, `
def speed():
    s = 0
    for i in range(10_000_000):
        s += i
    return s`},

	{"sum of 1e6 floats", 1, "a closure for every operation, bounds checks, memory for the slice", `
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
}`, `
def speed():
    a = [0.0] * 1_000_000
    for i in range(len(a)):
        a[i] = i * 0.5
    s = 0.0
    for v in a:
        s += v
    return s`},

	{"map of 1e6", 1, "Go's own map: growing it, and hashing", `
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
}`, `
def speed():
    m = {}
    for i in range(1_000_000):
        m[i] = i
    s = 0
    for i in range(1_000_000):
        s += m[i]
    return s`},

	{"string of 2e5 parts", 1, "calls of compiled functions and methods", `
func speed() float64 {
	var b strings.Builder
	for i := range 200_000 {
		b.WriteString(strconv.Itoa(i))
		b.WriteByte(',')
	}
	return float64(b.Len())
}`, `
def speed():
    parts = []
    for i in range(200_000):
        parts.append(str(i))
        parts.append(",")
    return len("".join(parts))`},

	{"matrix product, 200³", 1, "a closure for every operation, bounds checks", `
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
}`, `
def speed():
    n = 200
    a = [[float(i + j) for j in range(n)] for i in range(n)]
    b = [[float(i - j) for j in range(n)] for i in range(n)]
    c = [[0.0] * n for i in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0.0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c[17][42]`},

	{"n-body, 2e4 steps", 1, "a closure for every load of a field and every operation", `
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
}`, `
import math
class Body:
    __slots__ = ("x", "y", "z", "vx", "vy", "vz", "m")
    def __init__(self, x=0.0, y=0.0, z=0.0, vx=0.0, vy=0.0, vz=0.0, m=1.0):
        self.x, self.y, self.z, self.vx, self.vy, self.vz, self.m = x, y, z, vx, vy, vz, m
def speed():
    bs = [Body(m=1000.0), Body(x=10.0, vy=10.0, m=1.0), Body(y=20.0, vz=7.0, m=2.0), Body(z=30.0, vx=5.0, m=3.0), Body(x=40.0, vy=5.0, m=1.0)]
    dt = 0.001
    for _ in range(20_000):
        for i in range(len(bs)):
            a = bs[i]
            for j in range(i + 1, len(bs)):
                b = bs[j]
                dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
                d2 = dx * dx + dy * dy + dz * dz
                mag = dt / (d2 * math.sqrt(d2))
                a.vx -= dx * b.m * mag
                a.vy -= dy * b.m * mag
                a.vz -= dz * b.m * mag
                b.vx += dx * a.m * mag
                b.vy += dy * a.m * mag
                b.vz += dz * a.m * mag
        for b in bs:
            b.x += dt * b.vx
            b.y += dt * b.vy
            b.z += dt * b.vz
    return bs[1].x`},

	{"heap sort of 1e5", 1, "a closure for every operation, bounds checks, calls", `
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
}`, `
def sift(a, i, n):
    while True:
        c = 2 * i + 1
        if c >= n:
            return
        if c + 1 < n and a[c + 1] > a[c]:
            c += 1
        if a[i] >= a[c]:
            return
        a[i], a[c] = a[c], a[i]
        i = c
def speed():
    a = [0] * 100_000
    x = 1
    for i in range(len(a)):
        x = x * 16807 % 2147483647
        a[i] = x
    for i in range(len(a) // 2 - 1, -1, -1):
        sift(a, i, len(a))
    for n in range(len(a) - 1, 0, -1):
        a[0], a[n] = a[n], a[0]
        sift(a, 0, n)
    return a[12345]`},
}
