package spectral

import "descent/dl/internal/par"

// rotations gathers what the columns of z are to be turned by: sweeps, each of
// which turns column i against i+1 for i from some column down.
type rotations struct {
	n      int
	z      []float64
	sweeps []sweep
	cs     []float64 // cosine and sine of each
}

// sweep begins with column first and has count rotations from cs[at] on.
type sweep struct{ first, at, count int }

// many is how many rotations are gathered: they stay in the second cache.
const many = 1 << 14

// begin starts a sweep whose first rotation is of the columns m-1 and m.
func (r *rotations) begin(m int) {
	if len(r.cs) >= 2*many {
		r.flush()
	}
	r.sweeps = append(r.sweeps, sweep{first: m - 1, at: len(r.cs)})
}

func (r *rotations) add(c, s float64) {
	r.cs = append(r.cs, c, s)
	r.sweeps[len(r.sweeps)-1].count++
}

// flush turns the columns.
func (r *rotations) flush() {
	const together = 4 // rows, so that none waits for itself
	groups := (r.n + together - 1) / together
	par.For(groups, max(1, 1<<14/(together*(1+len(r.cs)))), func(lo, hi int) {
		for g := lo; g < hi; g++ {
			i := g * together
			if i+together > r.n {
				for ; i < r.n; i++ {
					r.turnRow(r.z[i*r.n:][:r.n])
				}
				continue
			}
			r.turnRows(r.z[i*r.n:][:r.n], r.z[(i+1)*r.n:][:r.n], r.z[(i+2)*r.n:][:r.n], r.z[(i+3)*r.n:][:r.n])
		}
	})
	r.sweeps, r.cs = r.sweeps[:0], r.cs[:0]
}

func (r *rotations) turnRow(x []float64) {
	for _, w := range r.sweeps {
		cs := r.cs[w.at:][:2*w.count]
		k := w.first + 1
		carry := x[k]
		for ; len(cs) >= 2; cs = cs[2:] {
			c, s := cs[0], cs[1]
			v := x[k-1]
			x[k] = s*v + c*carry
			carry = c*v - s*carry
			k--
		}
		x[k] = carry
	}
}

// turnRows is turnRow for four rows.
func (r *rotations) turnRows(x0, x1, x2, x3 []float64) {
	n := len(x0)
	x1, x2, x3 = x1[:n], x2[:n], x3[:n]
	for _, w := range r.sweeps {
		cs := r.cs[w.at:][:2*w.count]
		k := w.first + 1
		a, b, d, e := x0[k], x1[k], x2[k], x3[k]
		for ; len(cs) >= 2; cs = cs[2:] {
			c, s := cs[0], cs[1]
			p, q, u, v := x0[k-1], x1[k-1], x2[k-1], x3[k-1]
			x0[k], x1[k], x2[k], x3[k] = s*p+c*a, s*q+c*b, s*u+c*d, s*v+c*e
			a, b, d, e = c*p-s*a, c*q-s*b, c*u-s*d, c*v-s*e
			k--
		}
		x0[k], x1[k], x2[k], x3[k] = a, b, d, e
	}
}
