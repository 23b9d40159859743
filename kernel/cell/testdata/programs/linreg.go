package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

type Vec []float64

func (v Vec) Dot(w Vec) (s float64) {
	for i := range v {
		s += v[i] * w[i]
	}
	return
}
func (v Vec) AddScaled(w Vec, a float64) Vec {
	for i := range v {
		v[i] += w[i] * a
	}
	return v
}
func (v Vec) Clone() Vec { return append(Vec(nil), v...) }

type Model struct {
	W Vec
	B float64
}

type Sample struct {
	X Vec
	Y float64
}

func (m *Model) Predict(x Vec) float64 { return m.W.Dot(x) + m.B }
func (m Model) Loss(data []Sample) (l float64) {
	for _, s := range data {
		d := m.Predict(s.X) - s.Y
		l += d * d
	}
	return l / float64(len(data))
}

type Schedule func(step int) float64

func (m *Model) Fit(data []Sample, epochs int, lr Schedule, each func(epoch int, loss float64) bool) int {
	for e := range epochs {
		gw, gb := make(Vec, len(m.W)), 0.0
		for _, s := range data {
			d := 2 * (m.Predict(s.X) - s.Y) / float64(len(data))
			gw.AddScaled(s.X, d)
			gb += d
		}
		rate := lr(e)
		m.W.AddScaled(gw, -rate)
		m.B -= rate * gb
		if each != nil && !each(e, m.Loss(data)) {
			return e + 1
		}
	}
	return epochs
}

func mean(xs ...float64) (m float64) {
	for i, x := range xs {
		m += (x - m) / float64(i+1)
	}
	return
}

func main() {
	r := rand.New(rand.NewPCG(1, 2))
	var data []Sample
	truth := &Model{Vec{2, -3, 0.5}, 4}
	for range 50 {
		x := Vec{r.Float64(), r.Float64()*2 - 1, r.NormFloat64()}
		data = append(data, Sample{x, truth.Predict(x) + r.NormFloat64()*0.01})
	}
	m := Model{W: make(Vec, 3)}
	start := m
	start.W = m.W.Clone()
	var curve []float64
	n := m.Fit(data, 500, func(s int) float64 { return 0.2 / (1 + float64(s)/300) }, func(e int, loss float64) bool {
		if e%100 == 0 {
			curve = append(curve, math.Round(loss*1e4)/1e4)
		}
		return loss > 1e-3
	})
	fmt.Println(n < 500, curve)
	fmt.Printf("%.2f %.2f %.3f\n", m.W, m.B, m.Loss(data))
	fmt.Println(start.W, start.B, start.Loss(data) > 5)
	fmt.Println(mean(1, 2, 3, 4), mean(), math.IsNaN(math.Log(-1)), math.Inf(1), -math.MaxFloat64, math.SmallestNonzeroFloat64)
	fmt.Println(strings.Repeat("=", int(math.Abs(m.B))), math.Hypot(3, 4), math.Floor(-1.5), math.Trunc(-1.5), math.Mod(7, -3), float32(0.1), float64(float32(0.1)))
	fmt.Println(1e20, 1e21, 1e-5, 100000.0, 123456789.0, float32(1e10), 5/2.0, math.Float32bits(1.5), math.MaxInt64, uint64(math.MaxUint64))
}
