package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// queryBlock is how many queries' scores exist at a time.
const queryBlock = 64

func (a *attention) blocks() int { return (a.l + queryBlock - 1) / queryBlock }

// heads are shared out among processors, so that one processor sums up the
// gradients of a head's keys and values.
func (a *attention) grain(queries int) int { return 1 + 1<<16/(1+queries*a.s*(a.d+a.dv)) }

func (a *attention) forward(in [3]headView, out headView) *Tensor {
	stats := blank(out.t.dtype, []int{a.heads, a.l})
	if out.t.dtype == Float32 {
		attend(a, in, out, stats.f32())
	} else {
		attend(a, in, out, span[float64](stats))
	}
	return stats
}

func (a *attention) backward(in [3]headView, out, g headView, d [3]headView, stats *Tensor) {
	if stats.dtype == Float32 {
		attendBack(a, in, out, g, d, stats.f32())
	} else {
		attendBack(a, in, out, g, d, span[float64](stats))
	}
}

// rows gives row i of head h and all after it.
func rows[T float32 | float64](v headView, h, i int) []T {
	all := slice[T](v.t.store)
	return all[min(v.at[h]+i*v.ld, len(all)):]
}

// scratch is memory for the scores of a block of queries.
func scratch[T float32 | float64](n int) (mem []T, free func()) {
	var none []T
	if _, ok := any(none).([]float32); ok {
		m := pool.Float32s(n)
		return any(m).([]T), func() { pool.Put(m) }
	}
	return make([]T, n), func() {}
}

// seen is how many keys, from the first, the queries before hi may look at.
func (a *attention) seen(hi int) int {
	if a.causal {
		return min(hi, a.s)
	}
	return a.s
}

// scores sets s to the scores of queries lo to hi of head h, masked but for
// causality. Rows of s are a.s long.
func scores[T float32 | float64](a *attention, s []T, q, k headView, h, lo, hi int) {
	cols := a.seen(hi)
	gemmOf(false, true, hi-lo, cols, a.d, T(a.scale), rows[T](q, h, lo), q.ld, rows[T](k, h, 0), k.ld, 0, s, a.s)
	if a.mask == nil {
		return
	}
	nd := len(a.mask.shape)
	down, across := a.mask.strides[nd-2], a.mask.strides[nd-1]
	m := slice[T](a.mask.store)
	for i := range hi - lo {
		row := s[i*a.s:][:cols]
		at := a.maskAt[h] + (lo+i)*down
		if across == 1 {
			addInto(row, row, m[at:at+cols])
			continue
		}
		for j := range row {
			row[j] += m[at+j*across]
		}
	}
}

// keep fills m with the factors of dropout for queries lo to hi of head h:
// zero, or what makes up for those dropped.
func keep[T float32 | float64](a *attention, m []T, h, lo, hi int) {
	n := (hi - lo) * a.s
	draw := pool.Float32s(n)
	g := NewGenerator(a.key, StreamDropout)
	g.SetOffset(uint64(h*a.blocks()+lo/queryBlock) * uint64((queryBlock*a.s+3)/4))
	g.FillUniform(draw)
	limit, scale := float32(a.drop), T(1/(1-a.drop))
	for i, v := range draw[:n] {
		m[i] = scale
		if v < limit {
			m[i] = 0
		}
	}
	pool.Put(draw)
}

// dropped is the factors of dropout for all scores.
func (a *attention) dropped(dt DType) *Tensor {
	m := empty(Float64, a.shape)
	v := span[float64](m)
	for h := range a.heads {
		for lo := 0; lo < a.l; lo += queryBlock {
			keep(a, v[(h*a.l+lo)*a.s:], h, lo, min(lo+queryBlock, a.l))
		}
	}
	return m.To(dt)
}

func attend[T float32 | float64](a *attention, in [3]headView, out headView, stats []T) {
	q, k, v := in[0], in[1], in[2]
	blocks := a.blocks()
	par.For(a.heads*blocks, a.grain(queryBlock), func(first, last int) {
		size := min(queryBlock, a.l) * a.s
		mem, free := scratch[T](2 * size)
		s, m := mem[:size], mem[size:]
		for u := first; u < last; u++ {
			stopIfInterrupted()
			h, lo := u/blocks, u%blocks*queryBlock
			hi := min(lo+queryBlock, a.l)
			cols := a.seen(hi)
			scores(a, s, q, k, h, lo, hi)
			for i := range hi - lo {
				n := a.seen(lo + i + 1)
				stats[h*a.l+lo+i] = T(weigh(s[i*a.s:][:n]))
				clear(s[i*a.s+n:][:cols-n])
			}
			if a.drop > 0 {
				keep(a, m, h, lo, hi)
				mulInto(s[:(hi-lo)*a.s], m)
			}
			gemmOf(false, false, hi-lo, a.dv, cols, 1, s, a.s, rows[T](v, h, 0), v.ld, 0, rows[T](out, h, lo), out.ld)
		}
		free()
	})
}

// weigh takes the softmax of a row in place and returns the logarithm of the
// sum of its exponentials, +Inf when there is nothing to look at.
func weigh[T float32 | float64](row []T) float64 {
	if len(row) == 0 {
		return math.Inf(1)
	}
	if r, ok := any(row).([]float32); ok {
		top := simd.MaxOf(r)
		if math.IsInf(float64(top), -1) {
			clear(r)
			return math.Inf(1)
		}
		sum := simd.ExpSum(r, r, top)
		simd.MulScalar(r, r, 1/sum)
		return float64(top) + math.Log(float64(sum))
	}
	top, sum := math.Inf(-1), 0.0
	for _, v := range row {
		top = math.Max(top, float64(v))
	}
	if math.IsInf(top, -1) {
		clear(row)
		return math.Inf(1)
	}
	for i, v := range row {
		e := math.Exp(float64(v) - top)
		row[i] = T(e)
		sum += e
	}
	for i := range row {
		row[i] /= T(sum)
	}
	return top + math.Log(sum)
}

// weighAgain turns scores into weights by what weigh returned for them.
func weighAgain[T float32 | float64](row []T, stat T) {
	if r, ok := any(row).([]float32); ok {
		simd.ExpShift(r, r, float32(stat))
		return
	}
	for i, v := range row {
		row[i] = T(math.Exp(float64(v - stat)))
	}
}

func mulInto[T float32 | float64](dst, a []T) {
	a = a[:len(dst)]
	if d, ok := any(dst).([]float32); ok {
		simd.Mul(d, d, any(a).([]float32))
		return
	}
	for i, v := range a {
		dst[i] *= v
	}
}

func dotOf[T float32 | float64](a, b []T) T {
	if x, ok := any(a).([]float32); ok {
		return T(simd.Dot(x, any(b).([]float32)))
	}
	sum := T(0)
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// attendBack computes the weights p anew, block by block, and with them
//
//	dv = pᵀ·g,  ds = p∘(g·vᵀ − rowsum(g∘out)),  dq = ds·k,  dk = dsᵀ·q
func attendBack[T float32 | float64](a *attention, in [3]headView, out, g headView, d [3]headView, stats []T) {
	q, k, v := in[0], in[1], in[2]
	dq, dk, dv := d[0], d[1], d[2]
	par.For(a.heads, a.grain(a.l), func(first, last int) {
		size := min(queryBlock, a.l) * a.s
		mem, free := scratch[T](3 * size)
		p, ds, m := mem[:size], mem[size:2*size], mem[2*size:]
		for h := first; h < last; h++ {
			// The last block first: it sees all keys that any block sees, and
			// sets what the others add to.
			add, seen := T(0), 0
			if a.l > 0 {
				seen = a.seen(a.l)
			}
			for i := seen; i < a.s; i++ {
				clear(rows[T](dk, h, i)[:a.d])
				clear(rows[T](dv, h, i)[:a.dv])
			}
			for lo := (a.blocks() - 1) * queryBlock; lo >= 0; lo -= queryBlock {
				stopIfInterrupted()
				hi := min(lo+queryBlock, a.l)
				n, cols := hi-lo, a.seen(hi)
				scores(a, p, q, k, h, lo, hi)
				for i := range n {
					see := a.seen(lo + i + 1)
					weighAgain(p[i*a.s:][:see], stats[h*a.l+lo+i])
					clear(p[i*a.s+see:][:cols-see])
				}
				gemmOf(false, true, n, cols, a.dv, 1, rows[T](g, h, lo), g.ld, rows[T](v, h, 0), v.ld, 0, ds, a.s)
				weights := p
				if a.drop > 0 {
					keep(a, m, h, lo, hi)
					mulInto(ds[:n*a.s], m)
				}
				for i := range n {
					gr, or := rows[T](g, h, lo+i)[:a.dv], rows[T](out, h, lo+i)[:a.dv]
					row := ds[i*a.s:][:cols]
					shiftMul(row, p[i*a.s:][:cols], -dotOf(gr, or))
				}
				if a.drop > 0 {
					mulInto(m[:n*a.s], p)
					weights = m
				}
				gemmOf(true, false, cols, a.dv, n, 1, weights, a.s, rows[T](g, h, lo), g.ld, add, rows[T](dv, h, 0), dv.ld)
				gemmOf(false, false, n, a.d, cols, T(a.scale), ds, a.s, rows[T](k, h, 0), k.ld, 0, rows[T](dq, h, lo), dq.ld)
				gemmOf(true, false, cols, a.d, n, T(a.scale), ds, a.s, rows[T](q, h, lo), q.ld, add, rows[T](dk, h, 0), dk.ld)
				add = 1
			}
		}
		free()
	})
}

// shiftMul sets row to (row + shift)·b.
func shiftMul[T float32 | float64](row, b []T, shift T) {
	if r, ok := any(row).([]float32); ok {
		simd.ShiftMul(r, r, any(b).([]float32), float32(shift))
		return
	}
	for i := range row {
		row[i] = (row[i] + shift) * b[i]
	}
}
