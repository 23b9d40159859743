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

	{"interface calls, 1e6", 3, "calls through interfaces: the method of a type is looked up in a list", `
type shape interface{ area() float64 }
type square struct{ a float64 }
type circle struct{ r float64 }
func (s square) area() float64 { return s.a * s.a }
func (c *circle) area() float64 { return 3 * c.r * c.r }
func speed() float64 {
	shapes := make([]shape, 1000)
	for i := range shapes {
		if i%2 == 0 {
			shapes[i] = square{float64(i)}
		} else {
			shapes[i] = &circle{float64(i)}
		}
	}
	s := 0.0
	for range 1000 {
		for _, x := range shapes {
			s += x.area()
		}
	}
	return s
}`, `
class Square:
    def __init__(self, a):
        self.a = a
    def area(self):
        return self.a * self.a
class Circle:
    def __init__(self, r):
        self.r = r
    def area(self):
        return 3 * self.r * self.r
def speed():
    shapes = [Square(float(i)) if i % 2 == 0 else Circle(float(i)) for i in range(1000)]
    s = 0.0
    for _ in range(1000):
        for x in shapes:
            s += x.area()
    return s`},

	{"struct methods, 1e6", 3, "calls: a receiver is copied into the frame of each", `
type vec struct{ x, y, z float64 }
func (a vec) add(b vec) vec { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) dot(b vec) float64 { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a *vec) scale(k float64) { a.x *= k; a.y *= k; a.z *= k }
func speed() float64 {
	v, w := vec{1, 2, 3}, vec{0.5, 0.25, 0.125}
	s := 0.0
	for range 350_000 {
		v = v.add(w)
		s += v.dot(w)
		v.scale(0.999)
	}
	return s
}`, `
class Vec:
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z
    def add(self, b):
        return Vec(self.x + b.x, self.y + b.y, self.z + b.z)
    def dot(self, b):
        return self.x * b.x + self.y * b.y + self.z * b.z
    def scale(self, k):
        self.x *= k
        self.y *= k
        self.z *= k
def speed():
    v, w = Vec(1.0, 2.0, 3.0), Vec(0.5, 0.25, 0.125)
    s = 0.0
    for _ in range(350_000):
        v = v.add(w)
        s += v.dot(w)
        v.scale(0.999)
    return s`},

	{"closures, 1e6 calls", 3, "calls of function values: captured variables live in Go's memory", `
func counter() func(int) int {
	n := 0
	return func(k int) int { n += k; return n }
}
func speed() float64 {
	f, g := counter(), counter()
	s := 0
	for i := range 500_000 {
		s += f(i) - g(1)
	}
	return float64(s)
}`, `
def counter():
    n = 0
    def add(k):
        nonlocal n
        n += k
        return n
    return add
def speed():
    f, g = counter(), counter()
    s = 0
    for i in range(500_000):
        s += f(i) - g(1)
    return s`},

	{"generic map, filter, fold", 3, "calls of function values, append", `
func apply[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}
func filter[T any](xs []T, ok func(T) bool) (r []T) {
	for _, x := range xs {
		if ok(x) {
			r = append(r, x)
		}
	}
	return r
}
func fold[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}
func speed() float64 {
	xs := make([]int, 300_000)
	for i := range xs {
		xs[i] = i
	}
	ys := apply(xs, func(x int) float64 { return float64(x) * 0.5 })
	zs := filter(ys, func(y float64) bool { return y > 100 })
	total := fold(zs, 0.0, func(a, z float64) float64 { return a + z })
	return total
}`, `
def apply(xs, f):
    r = []
    for x in xs:
        r.append(f(x))
    return r
def filter(xs, ok):
    r = []
    for x in xs:
        if ok(x):
            r.append(x)
    return r
def fold(xs, a, f):
    for x in xs:
        a = f(a, x)
    return a
def speed():
    xs = list(range(300_000))
    ys = apply(xs, lambda x: x * 0.5)
    zs = filter(ys, lambda y: y > 100)
    return fold(zs, 0.0, lambda a, z: a + z)`},

	{"slices.Sort of 3e5", 1, "slices.Sort itself", `
func speed() float64 {
	a := make([]int, 300_000)
	x := 1
	for i := range a {
		x = x * 16807 % 2147483647
		a[i] = x
	}
	slices.Sort(a)
	return float64(a[12345])
}`, `
def speed():
    a = [0] * 300_000
    x = 1
    for i in range(len(a)):
        x = x * 16807 % 2147483647
        a[i] = x
    a.sort()
    return a[12345]`},

	{"slices.SortFunc of 5e4", 3, "calls of the comparison", `
type item struct {
	name string
	n    int
}
func speed() float64 {
	a := make([]item, 50_000)
	x := 1
	for i := range a {
		x = x * 16807 % 2147483647
		a[i] = item{"x", x}
	}
	slices.SortFunc(a, func(p, q item) int { return p.n - q.n })
	return float64(a[12345].n)
}`, `
from functools import cmp_to_key
class Item:
    def __init__(self, name, n):
        self.name, self.n = name, n
def speed():
    a = []
    x = 1
    for i in range(50_000):
        x = x * 16807 % 2147483647
        a.append(Item("x", x))
    a.sort(key=cmp_to_key(lambda p, q: p.n - q.n))
    return a[12345].n`},

	{"bytes of a string, 2e6", 1, "a closure for every operation, bounds checks", `
func speed() float64 {
	text := strings.Repeat("the quick brown fox ", 100_000)
	vowels, words := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case 'a', 'e', 'i', 'o', 'u':
			vowels++
		case ' ':
			words++
		}
	}
	for _, r := range text[:200_000] {
		if r == 'q' {
			words++
		}
	}
	return float64(1000*vowels + words)
}`, `
def speed():
    text = "the quick brown fox " * 100_000
    vowels, words = 0, 0
    for c in text:
        if c in "aeiou":
            vowels += 1
        elif c == " ":
            words += 1
    for c in text[:200_000]:
        if c == "q":
            words += 1
    return 1000 * vowels + words`},

	{"word count, 4e5 words", 1, "Go's map: hashing strings; strings.Fields", `
func speed() float64 {
	text := strings.Repeat("the quick brown fox jumps over the lazy dog ", 45_000)
	count := map[string]int{}
	for _, w := range strings.Fields(text) {
		count[w]++
	}
	keys := slices.Sorted(maps.Keys(count))
	return float64(count[keys[len(keys)-1]]*len(keys) + count["fox"])
}`, `
def speed():
    text = "the quick brown fox jumps over the lazy dog " * 45_000
    count = {}
    for w in text.split():
        count[w] = count.get(w, 0) + 1
    keys = sorted(count)
    return count[keys[-1]] * len(keys) + count["fox"]`},
}
