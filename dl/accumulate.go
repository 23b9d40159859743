package dl

import (
	"slices"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// addRows adds the entries of g at the listed places of zeros of the given
// shape: the transpose of IndexSelect, whose backward is IndexSelect.
func addRows(g *Tensor, d int, rows []int64, shape []int) *Tensor {
	out := empty(g.dtype, shape)
	out.addRows(d, rows, g.dense())
	if c := record(out, "index add", addRowsBackward, g); c != nil {
		c.i, c.Data = d, rows
	}
	return out
}

func addRowsBackward(c *Context, g *Tensor) []*Tensor {
	rows := c.Data.([]int64)
	return c.gives(g.IndexSelect(c.i, FromInt64s(rows, len(rows))))
}

// addRows adds the entries of the contiguous src to t, which is new.
func (t *Tensor) addRows(d int, rows []int64, src *Tensor) {
	if src.n == 0 {
		return
	}
	f := parts(t.shape, d)
	if t.dtype == Float32 {
		addLines(t.f32(), src.f32(), rows, f)
	} else {
		addLines(span[float64](t), span[float64](src), rows, f)
	}
}

// addLines adds line k of src to line rows[k] of dst, for each of f.outer parts
// of f.reduced lines of f.inner elements. Lines of one place are added in their
// order on any number of processors.
func addLines[T float32 | float64](dst, src []T, rows []int64, f fold) {
	if f.inner == 1 {
		par.For(f.outer, max(1, grain/len(rows)), func(lo, hi int) {
			for o := lo; o < hi; o++ {
				to, from := dst[o*f.reduced:][:f.reduced], src[o*len(rows):][:len(rows)]
				for k, r := range rows {
					to[r] += from[k]
				}
			}
		})
		return
	}
	// Strips of columns, so that no two workers meet a line.
	strip := min(f.inner, 1024)
	strips := (f.inner + strip - 1) / strip
	par.For(f.outer*strips, max(1, grain/(strip*len(rows))), func(lo, hi int) {
		for u := lo; u < hi; u++ {
			o, c0 := u/strips, u%strips*strip
			width := min(strip, f.inner-c0)
			for k, r := range rows {
				to := dst[(o*f.reduced+int(r))*f.inner+c0:][:width]
				addTo(to, src[(o*len(rows)+k)*f.inner+c0:][:width])
			}
		}
	})
}

// addTo adds src to dst, of the same length.
func addTo[T number](dst, src []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Add(d, d, any(src).([]float32))
		return
	}
	for i, v := range src {
		dst[i] += v
	}
}

// IndexAdd returns t with the entries of src added at the places idx lists
// along dim. PyTorch: torch.index_add.
func (t *Tensor) IndexAdd(dim int, idx, src *Tensor) *Tensor {
	d := t.axis("index add", dim)
	rows := indices("index add", idx, t.Size(d))
	want := t.Shape()
	want[d] = len(rows)
	if !slices.Equal(src.shape, want) {
		fail("index add", "a source of shape "+shapeText(src.shape), shapeText(want), "", t, idx, src)
	}
	needFloat("index add", src)
	if t.dtype != src.dtype {
		return t.Add(addRows(src, d, slices.Clone(rows), t.Shape()))
	}
	out := t.copied()
	out.addRows(d, rows, src.dense())
	if c := record(out, "index add", indexAddBackward, t, src); c != nil {
		c.i, c.Data = d, slices.Clone(rows)
	}
	return out
}

func indexAddBackward(c *Context, g *Tensor) []*Tensor {
	rows := c.Data.([]int64)
	var ds *Tensor
	if c.Needs(1) {
		ds = g.IndexSelect(c.i, FromInt64s(rows, len(rows)))
	}
	return c.gives(g, ds)
}

// ScatterAdd returns t with the elements of src added at the places idx names
// along dim. PyTorch: torch.scatter_add.
func (t *Tensor) ScatterAdd(dim int, idx, src *Tensor) *Tensor {
	needFloat("scatter add", t)
	d := t.axis("scatter add", dim)
	p := t.picks("scatter add", d, idx)
	src = src.scatterSource("scatter add", idx).To(t.dtype)
	out, x := t.copied(), src.dense()
	if t.dtype == Float32 {
		addPicked[float32](out, x, p)
	} else {
		addPicked[float64](out, x, p)
	}
	if c := record(out, "scatter add", scatterAddBackward, t, src); c != nil {
		c.shape, c.Data = src.Shape(), p.places()
	}
	return out
}

func scatterAddBackward(c *Context, g *Tensor) []*Tensor {
	at := c.Data.([]int64)
	var ds *Tensor
	if c.Needs(1) {
		ds = g.Reshape(-1).IndexSelect(0, FromInt64s(at, len(at))).Reshape(c.shape...)
	}
	return c.gives(g, ds)
}

// addPicked adds the elements of x to out at the places of p.
func addPicked[T float32 | float64](out, x *Tensor, p *picks) {
	dst, src := span[T](out), span[T](x)
	if p.d != len(p.steps)-1 { // lines of the index share places: one after the other
		for i, at := range p.places() {
			dst[at] += src[i]
		}
		return
	}
	p.runs(func(at int, rows []int64, base, _, _ int) {
		from, to, n := src[at:][:len(rows)], dst[base:][:p.n], uint64(p.n)
		for k, r := range rows {
			if uint64(r) >= n {
				r = p.fromEnd(r)
			}
			to[r] += from[k]
		}
	})
}
