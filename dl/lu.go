package dl

import (
	"fmt"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// LU returns a permutation matrix p, a lower triangular l with ones on its
// diagonal and an upper triangular u with t = p·l·u, for matrices of any shape:
// [… × n × m] → [… × n × n], [… × n × k], [… × k × m], where k is the smaller
// of n and m. PyTorch: torch.linalg.lu, torch.lu_unpack.
func (t *Tensor) LU() (p, l, u *Tensor) {
	order, l, u, _ := t.factorLU("lu")
	n := t.shape[len(t.shape)-2]
	return Eye(n).To(t.dtype).IndexSelect(1, order.Flatten(0)).Reshape(n, -1, n).Transpose(0, 1).Reshape(t.lead(n, n)...), l, u
}

// LUFactor returns l, without its ones, and u in one matrix, and the pivots,
// int32: row i was exchanged with row pivots[i], counted from 1, for each i in
// turn. LUSolve takes both. PyTorch: torch.linalg.lu_factor, torch.lu.
func (t *Tensor) LUFactor() (lu, pivots *Tensor) {
	_, l, u, pivots := t.factorLU("lu factor")
	n, m := t.shape[len(t.shape)-2], t.shape[len(t.shape)-1]
	return l.Tril(-1).Pad([]int{0, m - l.Size(-1)}, PadConstant, 0).Add(u.Pad([]int{0, 0, 0, n - u.Size(-2)}, PadConstant, 0)), pivots
}

// LUSolve returns the x with a·x = b where t and pivots are what a.LUFactor()
// gave: [… × n × n], [… × n], [… × n × m] → [… × n × m].
// PyTorch: torch.linalg.lu_solve.
func (t *Tensor) LUSolve(pivots, b *Tensor) *Tensor {
	nd := len(t.shape)
	if nd < 2 || t.shape[nd-1] != t.shape[nd-2] || len(b.shape) < 2 || b.shape[len(b.shape)-2] != t.shape[nd-1] || pivots.n != t.n/t.shape[nd-1] {
		fail("lu solve", shapesText([][]int{t.shape, pivots.shape, b.shape}), "[… × n × n], [… × n] and [… × n × m]", "", t, pivots, b)
	}
	n := t.shape[nd-1]
	v := pivots.Int64s()
	order := make([]int64, 0, len(v))
	for i := range len(v) / n {
		for _, k := range permutation(v[i*n:(i+1)*n], n) {
			order = append(order, int64(k))
		}
	}
	idx := FromInt64s(order, t.lead(n, 1)...)
	x, y := stretchBatches(t, b)
	rows := y.Gather(-2, idx.Expand(y.shape...))
	eye := Eye(n).To(x.dtype)
	return x.Triu(0).Solve(x.Tril(-1).Add(eye).Solve(rows))
}

// permutation turns exchanges of rows into where each row comes from.
func permutation(pivots []int64, n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	for i, v := range pivots {
		if v < 1 || int(v) > n {
			fail("lu solve", fmt.Sprintf("pivot %d", v), fmt.Sprintf("1 to %d", n), "")
		}
		p[i], p[v-1] = p[v-1], p[i]
	}
	return p
}

// factorLU factors with exchanges of rows. order [… × n] says where each row of
// l·u comes from.
func (t *Tensor) factorLU(op string) (order, l, u, pivots *Tensor) {
	if len(t.shape) < 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "matrices in the last two dimensions", "", t)
	}
	n, m := t.shape[len(t.shape)-2], t.shape[len(t.shape)-1]
	k := min(n, m)
	l, u = empty(t.dtype, t.lead(n, k)), empty(t.dtype, t.lead(k, m))
	pivots, order = empty(Int32, t.lead(k)), empty(Int64, t.lead(n))
	t.matrices(op, false, func(i int, a *mat.Dense) {
		raw := a.RawMatrix()
		swaps := make([]int, k)
		lapack64.Getrf(blas64.General{Rows: n, Cols: m, Stride: raw.Stride, Data: raw.Data}, swaps)
		list := make([]int64, k)
		for j, v := range swaps {
			list[j] = int64(v) + 1
			pivots.put(i*k+j, float64(v+1))
		}
		for j, v := range permutation(list, n) {
			order.put(i*n+j, float64(v))
		}
		for r := range n {
			for c := range m {
				v, low, up := a.At(r, c), 0.0, 0.0
				switch {
				case r > c:
					low = v
				case r == c:
					low, up = 1, v
				default:
					up = v
				}
				if c < k {
					l.put((i*n+r)*k+c, low)
				}
				if r < k {
					u.put((i*k+r)*m+c, up)
				}
			}
		}
	})
	if tracked(t) {
		rows := t.Gather(-2, order.Unsqueeze(-1).Expand(t.shape...))
		if c := recordMulti([]*Tensor{l, u}, op, luBackward, rows); c != nil {
			c.Save(l, u)
		}
	}
	return order, l, u, pivots
}

// luBackward is for a square matrix A = L·U
//
//	gA = L⁻ᵀ·(tril₋₁(Lᵀ·gL) + triu(gU·Uᵀ))·U⁻ᵀ
//
// The columns beyond of a wide matrix are L·U₂, the rows beyond of a tall one
// L₂·U: their gradients go to A and to the square part.
func luBackward(c *Context, gs []*Tensor) []*Tensor {
	l, u := c.Saved(0), c.Saved(1)
	gl, gu := orZeros(gs[0], l), orZeros(gs[1], u)
	n, k, m := l.Size(-2), l.Size(-1), u.Size(-1)
	l1, u1 := l.Narrow(-2, 0, k), u.Narrow(-1, 0, k)
	gl1, gu1 := gl.Narrow(-2, 0, k), gu.Narrow(-1, 0, k)
	var right, below *Tensor
	if m > k {
		u2 := u.Narrow(-1, k, m-k)
		right = l1.mT().Solve(gu.Narrow(-1, k, m-k))
		gl1 = gl1.Sub(right.MatMul(u2.mT()))
	}
	if n > k {
		l2 := l.Narrow(-2, k, n-k)
		below = u1.Solve(gl.Narrow(-2, k, n-k).mT()).mT()
		gu1 = gu1.Sub(l2.mT().MatMul(below))
	}
	inner := l1.mT().MatMul(gl1).Tril(-1).Add(gu1.MatMul(u1.mT()).Triu(0))
	g := l1.mT().Solve(u1.Solve(inner.mT()).mT())
	if right != nil {
		g = Cat([]*Tensor{g, right}, -1)
	}
	if below != nil {
		g = Cat([]*Tensor{g, below}, -2)
	}
	return c.gives(g)
}
