package dl

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Eig returns the eigenvalues and the eigenvectors, as columns of length 1, of
// square matrices that need not be symmetric. Both are complex, with real and
// imaginary part in a last dimension of 2: [… × n × n] → [… × n × 2],
// [… × n × n × 2]. The gradient needs different eigenvalues, and a loss that
// does not depend on the phase of a vector. For symmetric matrices EigH is
// faster and gives real numbers. PyTorch: torch.linalg.eig.
func (t *Tensor) Eig() (values, vectors *Tensor) {
	if len(t.shape) < 2 {
		fail("eig", "a tensor of shape "+shapeText(t.shape), "square matrices", "", t)
	}
	n := t.shape[len(t.shape)-1]
	values, vectors = empty(t.dtype, t.lead(n, 2)), empty(t.dtype, t.lead(n, n, 2))
	put := func(to *Tensor, at int, v complex128) {
		to.put(2*at, real(v))
		to.put(2*at+1, imag(v))
	}
	t.matrices("eig", true, func(i int, m *mat.Dense) {
		t.needFinite("eig", i, m)
		var e mat.Eigen
		if !e.Factorize(m, mat.EigenRight) {
			fail("eig", fmt.Sprintf("a matrix (number %d) whose eigenvalues were not found", i), "finite elements", "", t)
		}
		var v mat.CDense
		e.VectorsTo(&v)
		for p, x := range e.Values(nil) {
			put(values, i*n+p, x)
			for q := range n {
				put(vectors, (i*n+p)*n+q, v.At(p, q))
			}
		}
	})
	if c := recordMulti([]*Tensor{values, vectors}, "eig", eigBackward, t); c != nil {
		c.Save(values, vectors)
	}
	return values, vectors
}

// eigBackward: with W = Vᴴ·gV the gradient is the real part of
// V⁻ᴴ·(diag(gλ) + (W - VᴴV·diag(Re W)) / conj(λⱼ-λᵢ))·Vᴴ; the second term keeps
// the vectors' length (C. Boeddeker et al., arXiv:1701.00392).
func eigBackward(c *Context, gs []*Tensor) []*Tensor {
	l, v := c.Saved(0), c.Saved(1)
	n := l.Size(-2)
	vh := v.ComplexConj().Transpose(-3, -2)
	var inner *Tensor
	if gs[0] != nil {
		inner = Complex(gs[0].Select(-1, 0).DiagEmbed(0), gs[0].Select(-1, 1).DiagEmbed(0))
	}
	if gs[1] != nil {
		w := vh.ComplexMatMul(gs[1])
		along := w.Select(-1, 0).Diagonal(0, -2, -1).Unsqueeze(-2).Unsqueeze(-1)
		w = w.Sub(vh.ComplexMatMul(v).Mul(along))
		w = w.ComplexMul(conjugateGaps(l, n))
		if inner == nil {
			inner = w
		} else {
			inner = inner.Add(w)
		}
	}
	g := vh.complexInverse().ComplexMatMul(inner).ComplexMatMul(vh)
	return c.gives(g.Select(-1, 0))
}

// conjugateGaps returns 1/conj(λⱼ-λᵢ) off the diagonal and 0 on it.
func conjugateGaps(l *Tensor, n int) *Tensor {
	d := l.Unsqueeze(-3).Sub(l.Unsqueeze(-2)) // [… × i × j × 2]
	eye := Eye(n).To(Bool)
	square := d.Square().Sum(-1).MaskedFill(eye, 1)
	return d.Div(square.Unsqueeze(-1)).MaskedFill(eye.Unsqueeze(-1), 0) // 1/conj(z) is z/|z|²
}

// complexInverse inverts complex matrices through the real ones [[a, -b], [b, a]].
func (t *Tensor) complexInverse() *Tensor {
	a, b := t.Select(-1, 0), t.Select(-1, 1)
	n := a.Size(-1)
	full := Cat([]*Tensor{Cat([]*Tensor{a, b.Neg()}, -1), Cat([]*Tensor{b, a}, -1)}, -2).Inverse()
	left := full.Narrow(-1, 0, n)
	return Complex(left.Narrow(-2, 0, n), left.Narrow(-2, n, n))
}

// EigVals returns the eigenvalues of square matrices that need not be symmetric,
// complex: [… × n × n] → [… × n × 2]. EigValsH is for symmetric ones.
// PyTorch: torch.linalg.eigvals.
func (t *Tensor) EigVals() *Tensor { v, _ := t.Eig(); return v }
