package dl

import "fmt"

// Embedding looks up rows of a table: out[…] = weight[index[…]].
//
//	weight [count, size], index [...] of integers in [0, count) → [..., size]
//
// The row padding gets no gradient; -1 stands for none.
//
// PyTorch: nn.functional.embedding.
func Embedding(weight, index *Tensor, padding int) *Tensor {
	const op = "embedding"
	needFloat(op, weight)
	if len(weight.shape) != 2 {
		fail(op, "a table of shape "+shapeText(weight.shape), "[count×size]", "", weight, index)
	}
	if index.dtype == Bool || index.dtype.IsFloat() {
		fail(op, "indices of "+index.dtype.String(), "integers", "index.To(dl.Int64)", weight, index)
	}
	count := weight.shape[0]
	at := index.Detach().To(Int64).Contiguous().Int64s()
	for i, k := range at {
		if k < 0 || k >= int64(count) {
			fail(op, fmt.Sprintf("index %d at element %d", k, i), fmt.Sprintf("indices from 0 to %d", count-1),
				fmt.Sprintf("the table needs at least %d rows", k+1), weight, index)
		}
	}
	return lookUp(weight, lookup{at: at, shape: append(index.Shape(), weight.shape[1]), count: count, padding: padding})
}

// lookup describes an embedding for its backward pass.
type lookup struct {
	at             []int64
	shape          []int // of the output
	count, padding int
	skip           bool // rows of the padding index are zero, in the transpose of the backward pass
}

func lookUp(weight *Tensor, l lookup) *Tensor {
	out := empty(weight.dtype, l.shape)
	size := weight.shape[1]
	if weight.dtype == Float32 {
		gatherRows(out.f32(), dense(weight).f32(), l, size)
	} else {
		gatherRows(span[float64](out), span[float64](dense(weight)), l, size)
	}
	if c := record(out, "embedding", embeddingBackward, weight); c != nil {
		c.Data = l
	}
	return out
}

func gatherRows[T float32 | float64](dst, table []T, l lookup, size int) {
	for i, k := range l.at {
		if l.skip && int(k) == l.padding {
			continue
		}
		copy(dst[i*size:][:size], table[int(k)*size:][:size])
	}
}

func embeddingBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(embeddingGrad(g, c.Data.(lookup)))
}

// embeddingGrad adds up the rows of g by index.
func embeddingGrad(g *Tensor, l lookup) *Tensor {
	size := l.shape[len(l.shape)-1]
	out := empty(g.dtype, []int{l.count, size})
	if g.dtype == Float32 {
		scatterRows(out.f32(), dense(g).f32(), l, size)
	} else {
		scatterRows(span[float64](out), span[float64](dense(g)), l, size)
	}
	if c := record(out, "embedding gradient", embeddingGradBackward, g); c != nil {
		c.Data = l
	}
	return out
}

func scatterRows[T float32 | float64](table, src []T, l lookup, size int) {
	for i, k := range l.at {
		if int(k) == l.padding {
			continue
		}
		addTo(table[int(k)*size:][:size], src[i*size:][:size])
	}
}

func embeddingGradBackward(c *Context, g *Tensor) []*Tensor {
	l := c.Data.(lookup)
	l.skip = true
	return c.gives(lookUp(g, l))
}
