package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

// alongK hands the attribute k of a case on.
func alongK(f func(x *T, k int) *T) opCall {
	return func(c golden.Case, in []*T) []*T { return []*T{f(in[0], c.Int("k", 0))} }
}

func many(f func(in []*T) []*T) opCall { return func(_ golden.Case, in []*T) []*T { return f(in) } }

var moreOps = map[string]opCall{
	"erf": of1((*T).Erf), "erfc": of1((*T).Erfc), "erfinv": of1((*T).Erfinv), "lgamma": of1((*T).LGamma),
	"digamma": of1((*T).Digamma), "sinc": of1((*T).Sinc),
	"polygamma1": of1(func(x *T) *T { return x.Polygamma(1) }), "polygamma2": of1(func(x *T) *T { return x.Polygamma(2) }),
	"nan_to_num": of1(func(x *T) *T { return x.NanToNum(1, 2, 3) }),
	"xlogy":      of2((*T).Xlogy), "logaddexp": of2((*T).LogAddExp), "copysign": of2((*T).CopySign),
	"remainder": of2((*T).Remainder), "fmod": of2((*T).Fmod), "floor_div": of2((*T).FloorDiv), "heaviside": of2((*T).Heaviside),
	"addcmul": of3(func(x, y, z *T) *T { return x.AddCMul(y, z, 0.5) }),
	"addcdiv": of3(func(x, y, z *T) *T { return x.AddCDiv(y, z, 0.5) }),
	"lerp0.3": of2(func(x, y *T) *T { return x.Lerp(y, 0.3) }), "lerp0.8": of2(func(x, y *T) *T { return x.Lerp(y, 0.8) }),
	"bit_and": of2((*T).BitAnd), "bit_or": of2((*T).BitOr), "bit_xor": of2((*T).BitXor), "bit_not": of1((*T).BitNot),
	"shift_left": of2((*T).ShiftLeft), "shift_right": of2((*T).ShiftRight),

	"tril": alongK((*T).Tril), "triu": alongK((*T).Triu), "diag": alongK((*T).Diag),
	"diagonal":   alongK(func(x *T, k int) *T { return x.Diagonal(k, 0, 2) }),
	"diag_embed": alongK((*T).DiagEmbed), "trace": of1((*T).Trace),
	"tril_indices": many(func([]*T) []*T { return []*T{dl.TrilIndices(3, 4, 1)} }),
	"triu_indices": many(func([]*T) []*T { return []*T{dl.TriuIndices(3, 4, 1)} }),
	"meshgrid":     many(dl.Meshgrid),
	"cross":        of2(func(x, y *T) *T { return x.Cross(y, 1) }),
	"kron":         of2((*T).Kron),
	"diff2":        of1(func(x *T) *T { return x.Diff(2, 1) }),

	"pad": func(c golden.Case, in []*T) []*T {
		mode := map[string]dl.PadMode{"constant": dl.PadConstant, "reflect": dl.PadReflect, "replicate": dl.PadReplicate, "circular": dl.PadCircular}
		return []*T{in[0].Pad(c.Ints("pads"), mode[c.String("mode")], 1.5)}
	},
	"unfold": of1(func(x *T) *T { return x.Unfold(1, 3, 2) }),

	"normalize":         of1(func(x *T) *T { return x.Normalize(2, 1, 1e-12) }),
	"cosine_similarity": of2(func(x, y *T) *T { return x.CosineSimilarity(y, 1) }),
	"cdist2":            of2(func(x, y *T) *T { return x.CDist(y, 2) }),
	"cdist1":            of2(func(x, y *T) *T { return x.CDist(y, 1) }),
	"cov":               of1((*T).Cov), "corrcoef": of1((*T).CorrCoef),
	"nansum1":   of1(func(x *T) *T { return x.NanSum(1) }),
	"nanmean1":  of1(func(x *T) *T { return x.NanMean(1) }),
	"trapezoid": of1(func(x *T) *T { return x.Trapezoid(0.5, 1) }),
	"rot90":     alongK(func(x *T, k int) *T { return x.Rot90(k, 0, 1) }),

	"index_fill":         of2(func(x, i *T) *T { return x.IndexFill(1, i, 3) }),
	"index_copy":         of3(func(x, i, s *T) *T { return x.IndexCopy(1, i, s) }),
	"masked_scatter":     of3(func(x, m, s *T) *T { return x.MaskedScatter(m, s) }),
	"slice_scatter":      of2(func(x, s *T) *T { return x.SliceScatter(s, 1, 0, 4, 2) }),
	"select_scatter":     of2(func(x, s *T) *T { return x.SelectScatter(s, 0, -1) }),
	"unique":             many(func(in []*T) []*T { a, b, c := in[0].Unique(); return []*T{a, b, c} }),
	"bincount":           of1(func(x *T) *T { return x.Bincount(6) }),
	"histogram":          many(func(in []*T) []*T { a, b := in[0].Histogram(4, -1, 1); return []*T{a, b} }),
	"searchsorted":       of2(func(x, y *T) *T { return x.SearchSorted(y, false) }),
	"searchsorted_right": of2(func(x, y *T) *T { return x.SearchSorted(y, true) }),
	"isin":               of2((*T).IsIn),
}

func TestMoreGolden(t *testing.T) { testGolden(t, "testdata/more_ops.json", moreOps) }

func TestDraws(t *testing.T) {
	dl.ManualSeed(4)
	const n = 20_000
	p := dl.New([]float64{0.1, 0, 0.6, 0.3})
	counts := p.Multinomial(n, true).Bincount(4).DivScalar(n)
	if !dl.AllClose(counts, p, 0, 0.02) {
		t.Errorf("frequencies %v, want %v", counts, p)
	}
	rows := dl.New([][]float64{{1, 2, 3}, {0, 5, 0.1}})
	d := rows.Multinomial(2, false)
	wantShape(t, "draws of two rows", d, 2, 2)
	for _, r := range d.Unbind(0) {
		if r.At(0) == r.At(1) {
			t.Errorf("a place drawn twice: %v", d)
		}
	}
	wantError(t, func() { rows.Multinomial(3, false) }, "3 draws of 2 places")
	wantError(t, func() { dl.New([]float64{-1, 2}).Multinomial(1, true) }, "-1")
	mean := dl.Full(0.3, n).Bernoulli().Mean().Item()
	if mean < 0.28 || mean > 0.32 {
		t.Errorf("mean of Bernoulli(0.3) is %v", mean)
	}
	wantError(t, func() { dl.Full(1.5, 2).Bernoulli() }, "Sigmoid")
	c, e := dl.New([]float64{1, 2, 2, 5}).Histogram(2, 0, 0)
	wantNumbers(t, "histogram over the range of the data", c, 3, 1)
	wantNumbers(t, "its edges", e, 1, 3, 5)
	wantNumbers(t, "weighted", dl.New([]int{1, 0, 1}).BincountWeighted(dl.New([]float64{1, 2, 4}), 3), 2, 5, 0)
}
