package main

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
)

type Point [2]float64

func (p Point) Sub(q Point) Point {
	for i := range p {
		p[i] -= q[i]
	}
	return p
}
func (p Point) Norm() float64 { return math.Hypot(p[0], p[1]) }

type Cluster struct {
	Center Point
	Points []Point
}

func nearest(cs []Cluster, p Point) (best int) {
	d := math.Inf(1)
	for i, c := range cs {
		if n := p.Sub(c.Center).Norm(); n < d {
			d, best = n, i
		}
	}
	return best
}

func KMeans(pts []Point, k int, rng *rand.Rand) (cs []Cluster, iters int) {
	for _, i := range rng.Perm(len(pts))[:k] {
		cs = append(cs, Cluster{Center: pts[i]})
	}
	for {
		iters++
		for i := range cs {
			cs[i].Points = cs[i].Points[:0]
		}
		for _, p := range pts {
			c := &cs[nearest(cs, p)]
			c.Points = append(c.Points, p)
		}
		moved := 0.0
		for i := range cs {
			c := &cs[i]
			var m Point
			for _, p := range c.Points {
				for d := range m {
					m[d] += p[d] / float64(len(c.Points))
				}
			}
			moved += m.Sub(c.Center).Norm()
			c.Center = m
		}
		if moved < 1e-9 || iters > 50 {
			break
		}
	}
	slices.SortFunc(cs, func(a, b Cluster) int {
		switch {
		case a.Center[0] < b.Center[0]:
			return -1
		case a.Center[0] > b.Center[0]:
			return 1
		}
		return 0
	})
	return
}

func main() {
	rng := rand.New(rand.NewSource(3))
	centers := [...]Point{{0, 0}, {10, 1}, {5, 9}}
	var pts []Point
	for i := range 60 {
		c := centers[i%len(centers)]
		pts = append(pts, Point{c[0] + rng.NormFloat64()*.5, c[1] + rng.NormFloat64()*.5})
	}
	cs, it := KMeans(pts, 3, rng)
	fmt.Println(it <= 50, len(cs))
	for _, c := range cs {
		fmt.Printf("(%.1f, %.1f) %d\n", c.Center[0], c.Center[1], len(c.Points))
	}
	a := Point{1, 2}
	b := a
	b[0] = 9
	fmt.Println(a, b, a == Point{1, 2}, a.Sub(b), a)
	pm := map[Point]string{{1, 2}: "a", {9, 2}: "b"}
	fmt.Println(pm[a], pm[b], pm[Point{}] == "")
	arr := []Point{a, b}
	for _, p := range arr {
		p[1] = 100
	}
	for i := range arr {
		arr[i][1]++
	}
	fmt.Println(arr, cap(arr[:1]), arr[0].Norm())
	ptr := &arr[1]
	ptr[0]++
	arr = append(arr, Point{})
	ptr[0]++
	fmt.Println(arr[1], *ptr, centers)
}
