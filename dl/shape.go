package dl

import (
	"fmt"
	"slices"
)

func numel(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// checkShape panics when a length is negative.
func checkShape(op string, shape []int) {
	for _, d := range shape {
		if d < 0 {
			panic(&Error{Op: op, Got: "shape " + shapeText(shape), Want: "no negative length"})
		}
	}
}

// axis turns a dimension number, negative from the end, into 0 … Dim-1.
func (t *Tensor) axis(op string, d int) int { return axisOf(op, d, len(t.shape), t) }

// needAxis refuses tensors without dimensions.
func (t *Tensor) needAxis(op string) {
	if len(t.shape) == 0 {
		fail(op, "a tensor without dimensions", "at least one dimension", "", t)
	}
}

func axisOf(op string, d, nd int, t *Tensor) int {
	lim := max(nd, 1) // a scalar is treated as having one dimension
	if d < -lim || d >= lim {
		fail(op, fmt.Sprintf("dimension %d of a tensor of shape %s", d, shapeText(t.shape)),
			fmt.Sprintf("%d … %d", -lim, lim-1), "", t)
	}
	if d < 0 {
		d += lim
	}
	return d
}

// axes turns dims into a set over all dimensions; no dims means all of them.
func (t *Tensor) axes(op string, dims []int, set []bool) []bool {
	nd := len(t.shape)
	if nd <= cap(set) {
		set = set[:nd]
	} else {
		set = make([]bool, nd)
	}
	if len(dims) == 0 {
		for i := range set {
			set[i] = true
		}
		return set
	}
	for _, d := range dims {
		d = t.axis(op, d)
		if nd == 0 {
			continue
		}
		if set[d] {
			fail(op, fmt.Sprintf("dimension %d twice", d), "each dimension once", "", t)
		}
		set[d] = true
	}
	return set
}

// broadcastShape returns the shape that a and b stretch to by NumPy's rule.
func broadcastShape(op string, a, b *Tensor, buf []int) []int {
	x, y := a.shape, b.shape
	if slices.Equal(x, y) {
		return x
	}
	nd := max(len(x), len(y))
	out := buf
	if nd <= cap(buf) {
		out = buf[:nd]
	} else {
		out = make([]int, nd)
	}
	for i := 1; i <= nd; i++ {
		p, q := 1, 1
		if i <= len(x) {
			p = x[len(x)-i]
		}
		if i <= len(y) {
			q = y[len(y)-i]
		}
		switch {
		case p == q || q == 1:
			out[nd-i] = p
		case p == 1:
			out[nd-i] = q
		default:
			fail(op, fmt.Sprintf("shapes %s and %s", shapeText(x), shapeText(y)),
				"shapes that broadcast: aligned at the last dimension, each pair equal or one of them 1",
				fmt.Sprintf("dimension %d is %d on the left and %d on the right; Reshape, Unsqueeze or Transpose one of them",
					nd-i, p, q), a, b)
		}
	}
	return out
}

// stretch returns t's strides as seen in a broadcast shape: 0 where repeated.
func (t *Tensor) stretch(shape []int, buf []int) []int {
	nd := len(shape)
	s := buf
	if nd <= cap(buf) {
		s = buf[:nd]
	} else {
		s = make([]int, nd)
	}
	lead := nd - len(t.shape)
	for i := range s {
		if i < lead || t.shape[i-lead] == 1 && shape[i] != 1 {
			s[i] = 0
		} else {
			s[i] = t.strides[i-lead]
		}
	}
	return s
}

// sumTo adds up g over the dimensions that broadcasting repeated, so that it
// has the given shape again: the backward step of every broadcast.
func sumTo(g *Tensor, shape []int) *Tensor {
	if slices.Equal(g.shape, shape) {
		return g
	}
	lead := len(g.shape) - len(shape)
	var buf [8]int
	dims := buf[:0]
	for i := range g.shape {
		if i < lead || shape[i-lead] == 1 && g.shape[i] != 1 {
			dims = append(dims, i)
		}
	}
	if len(dims) > 0 {
		g = g.SumKeep(dims...)
	}
	if len(g.shape) != len(shape) {
		g = g.Reshape(shape...)
	}
	return g
}
