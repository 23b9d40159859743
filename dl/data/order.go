package data

import (
	"fmt"
	"math"
	"slices"

	"descent/dl"
)

// permutation returns the numbers 0 to n-1 in the random order of an epoch.
func permutation(n int, seed uint64, epoch int) []int {
	return dl.NewGenerator(mix(seed, uint64(epoch)), dl.StreamShuffle).Perm(n)
}

// mix derives an independent seed for part k of what seed stands for
// (the finaliser of SplitMix64, Steele et al. 2014).
func mix(seed, k uint64) uint64 {
	z := seed + (k+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// A Sampler chooses the samples of an epoch and their order. It must depend on
// nothing but its arguments, so that a run can be repeated. PyTorch: Sampler.
type Sampler func(seed uint64, epoch int) []int

// WeightedSampler draws n samples with replacement, sample i with a probability
// proportional to weights[i]. PyTorch: WeightedRandomSampler.
func WeightedSampler(weights []float64, n int) Sampler {
	sums := make([]float64, len(weights))
	total := 0.0
	for i, w := range weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			panic(&dl.Error{Op: "data.WeightedSampler", Got: fmt.Sprintf("weight %v of sample %d", w, i), Want: "finite numbers of at least 0"})
		}
		total += w
		sums[i] = total
	}
	if total == 0 {
		panic(&dl.Error{Op: "data.WeightedSampler", Got: "no weight above zero", Want: "at least one sample that can be drawn"})
	}
	return func(seed uint64, epoch int) []int {
		g := dl.NewGenerator(mix(seed, uint64(epoch)), dl.StreamShuffle)
		out := make([]int, n)
		for k := range out {
			u := float64(g.Uint64()>>11) / (1 << 53) * total
			i, exact := slices.BinarySearch(sums, u)
			for exact && i < len(sums) && sums[i] <= u { // u is an upper end: it belongs to the next sample with weight
				i++
			}
			out[k] = min(i, len(sums)-1)
		}
		return out
	}
}

// BalancedSampler draws as many samples an epoch as there are labels, every class
// with the same probability, however rare it is.
func BalancedSampler(labels *dl.Tensor) Sampler {
	classes := labels.To(dl.Int64).Int64s()
	counts := map[int64]int{}
	for _, c := range classes {
		counts[c]++
	}
	weights := make([]float64, len(classes))
	for i, c := range classes {
		weights[i] = 1 / float64(counts[c])
	}
	return WeightedSampler(weights, len(classes))
}
