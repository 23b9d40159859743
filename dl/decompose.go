package dl

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"descent/dl/internal/spectral"
)

// recordMulti is record for operations with several outputs, all of them
// differentiable.
func recordMulti(outs []*Tensor, name string, back func(c *Context, gs []*Tensor) []*Tensor, inputs ...*Tensor) *Context {
	if !tracked(inputs...) {
		return nil
	}
	c := &Context{name: name, backs: back, outs: int32(len(outs))}
	c.link(inputs)
	for i, o := range outs {
		o.node, o.out = c, int32(i)
	}
	return c
}

// orZeros stands in for a gradient that did not arrive.
func orZeros(g, like *Tensor) *Tensor {
	if g == nil {
		return ZerosLike(like)
	}
	return g
}

// Cholesky returns the lower triangular L with L·Lᵀ = t, for symmetric positive
// definite matrices. PyTorch: torch.linalg.cholesky.
func (t *Tensor) Cholesky() *Tensor {
	out := empty(t.dtype, t.shape)
	t.matrices("cholesky", true, func(i int, m *mat.Dense) {
		var ch mat.Cholesky
		n, _ := m.Dims()
		s := mat.NewSymDense(n, nil)
		for p := range n {
			for q := p; q < n; q++ {
				s.SetSym(p, q, m.At(q, p)) // PyTorch reads the lower triangle
			}
		}
		if !ch.Factorize(s) {
			fail("cholesky", fmt.Sprintf("a matrix (number %d of shape %s) that is not positive definite", i, shapeText(t.shape)),
				"symmetric matrices with eigenvalues above zero", "add a small multiple of Eye to a covariance matrix", t)
		}
		var l mat.TriDense
		ch.LTo(&l)
		out.setMatrix(i, &l)
	})
	if c := record(out, "cholesky", choleskyBackward, t); c != nil {
		c.Save(out)
	}
	return out
}

// choleskyBackward: Murray, arXiv:1602.07527, section 4.
func choleskyBackward(c *Context, g *Tensor) []*Tensor {
	l := c.Saved(0)
	p := l.mT().MatMul(g).Tril(0)
	p = p.Sub(p.Diagonal(0, -2, -1).MulScalar(0.5).DiagEmbed(0))
	s := l.mT().Solve(l.mT().Solve(p.mT()).mT()) // L⁻ᵀ·P·L⁻¹
	return c.gives(s.Add(s.mT()).MulScalar(0.5))
}

// QR returns q with orthonormal columns and the upper triangular r with
// q·r = t, in the reduced form: [… × n × m] → [… × n × k], [… × k × m], where k
// is the smaller of n and m. PyTorch: torch.linalg.qr.
func (t *Tensor) QR() (q, r *Tensor) {
	if len(t.shape) < 2 {
		fail("qr", "a tensor of shape "+shapeText(t.shape), "matrices in the last two dimensions", "", t)
	}
	n, m := t.shape[len(t.shape)-2], t.shape[len(t.shape)-1]
	if n < m { // the first n columns say all about q
		q, r = t.Narrow(-1, 0, n).QR()
		return q, Cat([]*Tensor{r, q.mT().MatMul(t.Narrow(-1, n, m-n))}, -1)
	}
	q, r = empty(t.dtype, t.shape), empty(t.dtype, t.lead(m, m))
	t.matrices("qr", false, func(i int, a *mat.Dense) {
		var f mat.QR
		f.Factorize(a)
		var fq, fr mat.Dense
		f.QTo(&fq)
		f.RTo(&fr)
		q.setMatrix(i, fq.Slice(0, n, 0, m))
		r.setMatrix(i, fr.Slice(0, m, 0, m))
	})
	if c := recordMulti([]*Tensor{q, r}, "qr", qrBackward, t); c != nil {
		c.Save(q, r)
	}
	return q, r
}

// qrBackward: Walter and Lehmann, arXiv:1009.6112; with M = R·gRᵀ - gQᵀ·Q the
// gradient is (gQ + Q·sym(M))·R⁻ᵀ, where sym copies the lower triangle up.
func qrBackward(c *Context, gs []*Tensor) []*Tensor {
	q, r := c.Saved(0), c.Saved(1)
	gq, gr := orZeros(gs[0], q), orZeros(gs[1], r)
	m := r.MatMul(gr.mT()).Sub(gq.mT().MatMul(q))
	low := m.Tril(0)
	sym := low.Add(m.Tril(-1).mT())
	b := gq.Add(q.MatMul(sym))
	return c.gives(r.Solve(b.mT()).mT())
}

// EigH returns the eigenvalues of symmetric matrices, smallest first, and the
// eigenvectors as columns: t = V·diag(λ)·Vᵀ. The gradient through the vectors
// needs different eigenvalues. PyTorch: torch.linalg.eigh.
func (t *Tensor) EigH() (values, vectors *Tensor) {
	if len(t.shape) < 2 {
		fail("eigh", "a tensor of shape "+shapeText(t.shape), "symmetric matrices", "", t)
	}
	n := t.shape[len(t.shape)-1]
	values, vectors = empty(t.dtype, t.lead(n)), empty(t.dtype, t.shape)
	t.matrices("eigh", true, func(i int, m *mat.Dense) {
		t.needFinite("eigh", i, m)
		found := make([]float64, n)
		if !spectral.Symmetric(n, m.RawMatrix().Data, found) {
			fail("eigh", fmt.Sprintf("a matrix (number %d) whose eigenvalues were not found", i), "finite elements", "", t)
		}
		settleSigns(m, nil)
		values.setVector(i, found)
		vectors.setMatrix(i, m)
	})
	if c := recordMulti([]*Tensor{values, vectors}, "eigh", eighBackward, t); c != nil {
		c.Save(values, vectors)
	}
	return values, vectors
}

// settleSigns makes the largest element of every column of v positive, which
// makes the result unique; the rows of ut, if there is one, turn along.
func settleSigns(v, ut *mat.Dense) {
	r, c := v.Dims()
	raw := v.RawMatrix().Data
	best := make([]float64, c)
	for i := range r {
		for j, x := range raw[i*c:][:c] {
			if math.Abs(x) > math.Abs(best[j])+1e-12 {
				best[j] = x
			}
		}
	}
	for j, b := range best {
		if b >= 0 {
			continue
		}
		for i := range r {
			raw[i*c+j] = -raw[i*c+j]
		}
		if ut != nil {
			for k, x := range ut.RawRowView(j) {
				ut.Set(j, k, -x)
			}
		}
	}
}

// gaps returns 1/(x_j - x_i) off the diagonal and 0 on it.
func gaps(x *Tensor) *Tensor {
	d := x.Unsqueeze(-2).Sub(x.Unsqueeze(-1))
	n := x.shape[len(x.shape)-1]
	eye := Eye(n).To(Bool)
	return d.MaskedFill(eye, 1).Reciprocal().MaskedFill(eye, 0)
}

// eighBackward: Giles, "Collected matrix derivative results" (2008), 3.1.
func eighBackward(c *Context, gs []*Tensor) []*Tensor {
	l, v := c.Saved(0), c.Saved(1)
	var inner *Tensor
	if gs[0] != nil {
		inner = gs[0].DiagEmbed(0)
	}
	if gs[1] != nil {
		f := v.mT().MatMul(gs[1]).Mul(gaps(l))
		if inner == nil {
			inner = f
		} else {
			inner = inner.Add(f)
		}
	}
	g := v.MatMul(inner).MatMul(v.mT())
	return c.gives(g.Add(g.mT()).MulScalar(0.5))
}

// EigValsH returns the eigenvalues of symmetric matrices, smallest first.
// PyTorch: torch.linalg.eigvalsh.
func (t *Tensor) EigValsH() *Tensor { v, _ := t.EigH(); return v }

// SVD returns the singular value decomposition t = u·diag(s)·vt in its reduced
// form, largest value first. The gradient through u and vt needs different
// values above zero. PyTorch: torch.linalg.svd(full_matrices=False).
func (t *Tensor) SVD() (u, s, vt *Tensor) {
	if len(t.shape) < 2 {
		fail("svd", "a tensor of shape "+shapeText(t.shape), "matrices", "", t)
	}
	n, m := t.shape[len(t.shape)-2], t.shape[len(t.shape)-1]
	k := min(n, m)
	u, s, vt = empty(t.dtype, t.lead(n, k)), empty(t.dtype, t.lead(k)), empty(t.dtype, t.lead(k, m))
	t.matrices("svd", false, func(i int, a *mat.Dense) {
		t.needFinite("svd", i, a)
		fu, found, fv := mat.NewDense(n, k, nil), make([]float64, k), mat.NewDense(k, m, nil)
		if !spectral.Singular(n, m, a.RawMatrix().Data, fu.RawMatrix().Data, found, fv.RawMatrix().Data) {
			fail("svd", fmt.Sprintf("a matrix (number %d) whose singular values were not found", i), "finite elements", "", t)
		}
		settleSigns(fu, fv)
		u.setMatrix(i, fu)
		s.setVector(i, found)
		vt.setMatrix(i, fv)
	})
	if c := recordMulti([]*Tensor{u, s, vt}, "svd", svdBackward, t); c != nil {
		c.Save(u, s, vt)
	}
	return u, s, vt
}

// svdBackward: Townsend, "Differentiating the singular value decomposition"
// (2016).
func svdBackward(c *Context, gs []*Tensor) []*Tensor {
	u, s, vt := c.Saved(0), c.Saved(1), c.Saved(2)
	v := vt.mT()
	inner := orZeros(gs[1], s).DiagEmbed(0)
	row, column := s.Unsqueeze(-2), s.Unsqueeze(-1) // scale columns, scale rows
	out := []*Tensor{}
	f := gaps(s.Square())
	if gs[0] != nil {
		a := u.mT().MatMul(gs[0])
		inner = inner.Add(a.Sub(a.mT()).Mul(f).Mul(row))
		if u.shape[len(u.shape)-2] > s.shape[len(s.shape)-1] { // the part of gU outside the space of u
			rest := gs[0].Sub(u.MatMul(a)).Div(row)
			out = append(out, rest.MatMul(vt))
		}
	}
	if gs[2] != nil {
		gv := gs[2].mT()
		b := v.mT().MatMul(gv)
		inner = inner.Add(b.Sub(b.mT()).Mul(f).Mul(column))
		if v.shape[len(v.shape)-2] > s.shape[len(s.shape)-1] {
			rest := gv.Sub(v.MatMul(b)).Div(row)
			out = append(out, u.MatMul(rest.mT()))
		}
	}
	g := u.MatMul(inner).MatMul(vt)
	for _, r := range out {
		g = g.Add(r)
	}
	return c.gives(g)
}

// SingularValues returns the singular values, largest first.
// PyTorch: torch.linalg.svdvals.
func (t *Tensor) SingularValues() *Tensor { _, s, _ := t.SVD(); return s }

// Pinv returns the Moore–Penrose pseudoinverses; singular values below rcond
// times the largest count as zero. PyTorch: torch.linalg.pinv.
func (t *Tensor) Pinv(rcond float64) *Tensor {
	u, s, vt := t.Detach().SVD()
	limit := s.Narrow(-1, 0, 1).MulScalar(rcond)
	inv := s.Reciprocal().MaskedFill(s.Le(limit), 0)
	out := vt.mT().Mul(inv.Unsqueeze(-2)).MatMul(u.mT())
	if c := record(out, "pinv", pinvBackward, t); c != nil {
		c.Save(t, out)
	}
	return out
}

// pinvBackward: Golub and Pereyra, SIAM J. Numer. Anal. 10 (1973).
func pinvBackward(c *Context, g *Tensor) []*Tensor {
	a, p := c.Saved(0), c.Saved(1)
	pt, gt := p.mT(), g.mT()
	first := pt.MatMul(g).MatMul(pt).Neg()
	left := gt.Sub(a.MatMul(p.MatMul(gt))).MatMul(p).MatMul(pt)
	pg := pt.MatMul(p).MatMul(gt)
	right := pg.Sub(pg.MatMul(p).MatMul(a))
	return c.gives(first.Add(left).Add(right))
}

// LstSq returns the x that minimizes |t·x - b|, the shortest one when there
// are several. PyTorch: torch.linalg.lstsq.
func (t *Tensor) LstSq(b *Tensor) *Tensor {
	if len(t.shape) < 2 {
		fail("lstsq", "a tensor of shape "+shapeText(t.shape), "matrices in the last two dimensions", "", t, b)
	}
	eps := 2.220446049250313e-16
	if t.dtype == Float32 {
		eps = 1.1920928955078125e-07
	}
	return t.Pinv(eps * float64(max(t.Size(-1), t.Size(-2)))).MatMul(b)
}

// MatrixRank returns how many singular values are above rtol times the
// largest, int64. PyTorch: torch.linalg.matrix_rank.
func (t *Tensor) MatrixRank(rtol float64) *Tensor {
	s := t.Detach().SingularValues()
	return s.Gt(s.Narrow(-1, 0, 1).MulScalar(rtol)).Sum(-1)
}

// Cond returns the ratio of the largest to the smallest singular value.
// PyTorch: torch.linalg.cond.
func (t *Tensor) Cond() *Tensor {
	s := t.SingularValues()
	k := s.Size(-1)
	return s.Select(-1, 0).Div(s.Select(-1, k-1))
}

// MultiDot multiplies a chain of matrices in the order that costs least.
// PyTorch: torch.linalg.multi_dot.
func MultiDot(ts []*Tensor) *Tensor {
	n := len(ts)
	if n == 0 {
		panic(&Error{Op: "multi dot", Got: "no tensors", Want: "one or more"})
	}
	size := make([]int, 0, n+1)
	for i, t := range ts {
		if len(t.shape) != 2 || i > 0 && t.shape[0] != size[i] {
			fail("multi dot", fmt.Sprintf("matrix %d of shape %s", i, shapeText(t.shape)), "a chain of matrices", "", ts...)
		}
		if i == 0 {
			size = append(size, t.shape[0])
		}
		size = append(size, t.shape[1])
	}
	cost := make([][]float64, n)
	cut := make([][]int, n)
	for i := range cost {
		cost[i], cut[i] = slices.Repeat([]float64{0}, n), make([]int, n)
	}
	for l := 1; l < n; l++ {
		for i := 0; i+l < n; i++ {
			j := i + l
			cost[i][j] = math.Inf(1)
			for k := i; k < j; k++ {
				c := cost[i][k] + cost[k+1][j] + float64(size[i])*float64(size[k+1])*float64(size[j+1])
				if c < cost[i][j] {
					cost[i][j], cut[i][j] = c, k
				}
			}
		}
	}
	var product func(i, j int) *Tensor
	product = func(i, j int) *Tensor {
		if i == j {
			return ts[i]
		}
		k := cut[i][j]
		return product(i, k).MatMul(product(k+1, j))
	}
	return product(0, n-1)
}
