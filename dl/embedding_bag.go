package dl

import "fmt"

// BagMode is how EmbeddingBag joins the rows of a bag.
type BagMode uint8

const (
	BagMean BagMode = iota
	BagSum
	BagMax
)

// EmbeddingBagOptions configures EmbeddingBag. The zero value is PyTorch's
// default.
type EmbeddingBagOptions struct {
	Mode       BagMode
	Weights    *Tensor // of the indices, of their shape; for BagSum
	HasPadding bool
	Padding    int // an index that does not count, with HasPadding
}

// EmbeddingBag joins the rows of weight [count, size] that the bags of index
// list: the rows of a matrix of indices, or pieces of a vector that begin at
// offsets. An empty bag gives zeros.
//
// PyTorch: nn.functional.embedding_bag.
func EmbeddingBag(weight, index *Tensor, offsets []int, o EmbeddingBagOptions) *Tensor {
	const op = "embedding_bag"
	needFloat(op, weight)
	if len(weight.shape) != 2 || len(index.shape) == 2 && offsets != nil || len(index.shape) == 1 && len(offsets) == 0 ||
		len(index.shape) < 1 || len(index.shape) > 2 {
		fail(op, fmt.Sprintf("a weight of shape %s, indices of shape %s and %d offsets", shapeText(weight.shape), shapeText(index.shape), len(offsets)),
			"[count×size], and a matrix of indices, or a vector with offsets", "", weight, index)
	}
	if o.Weights != nil && (o.Mode != BagSum || shapeText(o.Weights.shape) != shapeText(index.shape)) {
		fail(op, "weights of shape "+shapeText(o.Weights.shape), "BagSum, and weights of the shape of the indices "+shapeText(index.shape), "", weight, index)
	}
	rows := indices(op, index, weight.shape[0])
	if len(index.shape) == 2 {
		for i := range index.shape[0] {
			offsets = append(offsets, i*index.shape[1])
		}
	}
	bags, kept, at := bagsOf(op, rows, offsets, o)
	picked := weight.IndexSelect(0, FromInt64s(kept, len(kept)))
	if o.Weights != nil {
		picked = picked.Mul(o.Weights.Reshape(-1).IndexSelect(0, FromInt64s(at, len(at))).Unsqueeze(1))
	}
	zeros := FullOf(weight.dtype, 0, len(offsets), weight.shape[1])
	if o.Mode == BagMax {
		return zeros.ScatterReduce(0, FromInt64s(bags, len(bags), 1).Expand(len(bags), weight.shape[1]), picked, ScatterMax, true)
	}
	sum := zeros.IndexAdd(0, FromInt64s(bags, len(bags)), picked)
	if o.Mode == BagSum {
		return sum
	}
	return sum.Div(meeting{bags, len(offsets)}.counts(false).To(weight.dtype).Unsqueeze(1))
}

// bagsOf lists the bag, the row and the place of each index that counts.
func bagsOf(op string, rows []int64, offsets []int, o EmbeddingBagOptions) (bags, kept, at []int64) {
	if len(offsets) > 0 && offsets[0] != 0 {
		fail(op, fmt.Sprintf("a first offset of %d", offsets[0]), "0", "")
	}
	for b, from := range offsets {
		to := len(rows)
		if b+1 < len(offsets) {
			to = offsets[b+1]
		}
		if from > to || to > len(rows) {
			fail(op, fmt.Sprintf("offsets %d and %d of %d indices", from, to, len(rows)), "offsets in order, none beyond the end", "")
		}
		for i := from; i < to; i++ {
			if !o.HasPadding || rows[i] != int64(o.Padding) {
				bags, kept, at = append(bags, int64(b)), append(kept, rows[i]), append(at, int64(i))
			}
		}
	}
	return bags, kept, at
}
