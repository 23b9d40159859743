package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

func windowOf(f func(n int, symmetric bool) *T) opCall {
	return func(c golden.Case, _ []*T) []*T { return []*T{f(c.Int("n", 0), c.Bool("symmetric"))} }
}

func twoOf(f func(x *T) (*T, *T)) opCall {
	return func(_ golden.Case, in []*T) []*T { a, b := f(in[0]); return []*T{a, b} }
}

var scatterReductions = map[string]dl.ScatterReduction{
	"sum": dl.ScatterSum, "prod": dl.ScatterProd, "mean": dl.ScatterMean, "amax": dl.ScatterMax, "amin": dl.ScatterMin,
}

// someIndices are those of the generator.
var someIndices = []*T{ints(0, 2, 0), dl.New([][]int64{{1}, {-1}})}

var specialOps = map[string]opCall{
	"i0": of1((*T).I0), "i1": of1((*T).I1), "i0e": of1((*T).I0e), "i1e": of1((*T).I1e), "ndtr": of1((*T).Ndtr), "log_ndtr": of1((*T).LogNdtr),
	"ndtri": of1((*T).Ndtri), "erfcx": of1((*T).Erfcx), "entr": of1((*T).Entr), "mvlgamma3": of1(func(x *T) *T { return x.MvLGamma(3) }),
	"igamma":  of2(func(x, y *T) *T { return x.Detach().IGamma(y) }),
	"igammac": of2(func(x, y *T) *T { return x.Detach().IGammaC(y) }),
	"pow":     func(c golden.Case, in []*T) []*T { return []*T{in[0].Pow(c.Float("p", 0))} },
	"xlog1py": of2((*T).Xlog1py), "logaddexp2": of2((*T).LogAddExp2), "fmax": of2((*T).FMax), "fmin": of2((*T).FMin),
	"gcd": of2((*T).GCD), "lcm": of2((*T).LCM), "frexp": twoOf((*T).Frexp), "ldexp": of2((*T).Ldexp), "nextafter": of2((*T).NextAfter),
	"signbit": of1((*T).SignBit), "isposinf": of1((*T).IsPosInf), "isneginf": of1((*T).IsNegInf),

	"addmm":                 of3(func(x, y, z *T) *T { return x.AddMM(y, z, 0.5, 2) }),
	"addmm0":                of3(func(x, y, z *T) *T { return x.Detach().AddMM(y, z, 0, 1) }),
	"addmv":                 of3(func(x, y, z *T) *T { return x.AddMV(y, z, 0.5, 2) }),
	"addr":                  of3(func(x, y, z *T) *T { return x.AddR(y, z, 0.5, 2) }),
	"addbmm":                of3(func(x, y, z *T) *T { return x.AddBMM(y, z, 0.5, 2) }),
	"baddbmm":               of3(func(x, y, z *T) *T { return x.BAddBMM(y, z, 0.5, 2) }),
	"inner":                 of2((*T).Inner),
	"tensordot":             of2(func(x, y *T) *T { return x.TensorDot(y, []int{1, 2}, []int{2, 0}) }),
	"logdet":                of1((*T).LogDet),
	"vander4":               of1(func(x *T) *T { return x.Vander(4, false) }),
	"vander4 rising":        of1(func(x *T) *T { return x.Vander(4, true) }),
	"dist":                  of2(func(x, y *T) *T { return x.Dist(y, 3) }),
	"renorm":                of1(func(x *T) *T { return x.Renorm(2, 0, 1.3) }),
	"cumulative_trapezoid":  of1(func(x *T) *T { return x.CumulativeTrapezoid(0.5, 1) }),
	"block_diag":            of3(func(x, y, z *T) *T { return dl.BlockDiag(x, y, z) }),
	"cartesian_prod":        of3(func(x, y, z *T) *T { return dl.CartesianProd(x, y, z) }),
	"combinations2":         of1(func(x *T) *T { return x.Combinations(2, false) }),
	"combinations2 repeats": of1(func(x *T) *T { return x.Combinations(2, true) }),
	"tensor_split3":         many(func(in []*T) []*T { return in[0].TensorSplit(3, 1) }),
	"split_at":              many(func(in []*T) []*T { return in[0].SplitAt([]int{1, 4, 4, -1}, 1) }),
	"hann":                  windowOf(dl.HannWindow), "hamming": windowOf(dl.HammingWindow), "blackman": windowOf(dl.BlackmanWindow),
	"bartlett": windowOf(dl.BartlettWindow),
	"kaiser":   windowOf(func(n int, s bool) *T { return dl.KaiserWindow(n, s, 6) }),

	"mode":               pair((*T).Mode),
	"kthvalue2":          pair(func(x *T, d int) (*T, *T) { return x.KthValue(2, d) }),
	"nanmedian":          pair((*T).NanMedian),
	"nanquantile.3":      alongDim(func(x *T, d int) *T { return x.NanQuantile(0.3, d) }),
	"logcumsumexp":       alongDim((*T).LogCumSumExp),
	"unique_consecutive": many(func(in []*T) []*T { a, b, c := in[0].UniqueConsecutive(); return []*T{a, b, c} }),
	"unique_along": func(c golden.Case, in []*T) []*T {
		a, b, n := in[0].UniqueAlong(c.Int("dim", 0))
		return []*T{a, b, n}
	},

	"pick":  of1(func(x *T) *T { return x.Pick(someIndices...) }),
	"pick1": of1(func(x *T) *T { return x.Pick(someIndices[0]) }),
	"index_put": func(c golden.Case, in []*T) []*T {
		var first []int64
		for _, v := range c.Ints("idx") {
			first = append(first, int64(v))
		}
		return []*T{in[0].IndexPut([]*T{ints(first...), someIndices[1]}, in[1], c.Bool("accumulate"))}
	},
	"diagonal_scatter": of2(func(x, s *T) *T { return x.DiagonalScatter(s, 1, 0, 2) }),
	"scatter_reduce": func(c golden.Case, in []*T) []*T {
		at := dl.New([][]int64{{0, 1, 1, 0}, {2, 2, 2, 0}})
		return []*T{in[0].ScatterReduce(0, at, in[1], scatterReductions[c.String("how")], !c.Bool("self"))}
	},
}

func TestSpecialGolden(t *testing.T) { testGolden(t, "testdata/special_ops.json", specialOps) }
