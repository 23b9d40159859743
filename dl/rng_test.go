package dl_test

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"descent/dl"
)

// TestRandomIsTheSameEverywhere fills with different numbers of processors and
// in different pieces.
func TestRandomIsTheSameEverywhere(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	const n = 50_001
	var first []float32
	for _, procs := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(procs)
		g := dl.NewGenerator(42, dl.StreamInit)
		x := make([]float32, n)
		g.FillNormal(x)
		if first == nil {
			first = x
		} else if !slices.Equal(first, x) {
			t.Errorf("GOMAXPROCS %d changes the numbers", procs)
		}
	}
	g := dl.NewGenerator(42, dl.StreamInit)
	parts := make([]float32, n)
	g.FillNormal(parts[:4096*3])
	g.FillNormal(parts[4096*3:])
	if !slices.Equal(first, parts) {
		t.Error("two fills differ from one")
	}
	g.SetOffset(4096 * 3 / 4)
	again := make([]float32, 8)
	g.FillNormal(again)
	if !slices.Equal(again, first[4096*3:][:8]) {
		t.Error("SetOffset does not return to a place")
	}
}

func TestStreamsAndSeeds(t *testing.T) {
	draw := func(seed uint64, s dl.Stream) uint64 { return dl.NewGenerator(seed, s).Uint64() }
	seen := map[uint64]bool{}
	for seed := range uint64(20) {
		for s := range dl.StreamUser + 2 {
			v := draw(seed, s)
			if seen[v] {
				t.Fatalf("seed %d stream %d repeats a number", seed, s)
			}
			seen[v] = true
		}
	}
	dl.ManualSeed(9)
	a := dl.Randn(4)
	dl.DefaultGenerator(dl.StreamDropout).Uint64()
	b := dl.Randn(4)
	dl.ManualSeed(9)
	if !dl.Equal(a, dl.Randn(4)) || !dl.Equal(b, dl.Randn(4)) {
		t.Error("ManualSeed does not repeat, or another stream moved this one")
	}
	if dl.Equal(a, b) {
		t.Error("two draws are equal")
	}
}

// TestDistributions checks moments; n is large enough that six standard
// errors are a small window.
func TestDistributions(t *testing.T) {
	const n = 200_000
	g := dl.NewGenerator(1, dl.StreamUser)
	near := func(what string, got, want, sd float64) {
		t.Helper()
		if math.Abs(got-want) > 6*sd/math.Sqrt(n) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	u := g.Rand(n)
	lo, hi := u.MinMax()
	if lo < 0 || hi >= 1 {
		t.Errorf("uniform numbers in [%v, %v]", lo, hi)
	}
	near("uniform mean", u.Mean().Item(), 0.5, 0.29)
	near("uniform variance", u.Var().Item(), 1.0/12, 0.075)
	for _, x := range []*T{g.Randn(n), dl.RandnLike(dl.ZerosOf(dl.Float64, n))} {
		near("normal mean", x.Mean().Item(), 0, 1)
		near("normal variance", x.Var().Item(), 1, 1.42)
		near("normal skewness", x.Pow(3).Mean().Item(), 0, 3.9)
		near("normal kurtosis", x.Pow(4).Mean().Item(), 3, 9.8)
		near("normal tail", x.Abs().GtScalar(2).To(dl.Float32).Mean().Item(), 0.0455, 0.21)
		next := x.Narrow(0, 0, n-1).Mul(x.Narrow(0, 1, n-1))
		near("neighbours", next.Mean().Item(), 0, 1)
	}
	k := g.RandInt(-3, 4, n)
	counts := map[int64]int{}
	for _, v := range k.Int64s() {
		counts[v]++
	}
	for v := int64(-3); v < 4; v++ {
		near("integer frequency", float64(counts[v])/n, 1.0/7, 0.35)
	}
	if len(counts) != 7 {
		t.Errorf("integers %v", counts)
	}
	var total float64
	for range 2000 {
		total += g.Normal() + g.Float64() + float64(g.Float32()) + float64(g.IntN(10))
	}
	if m := total / 2000; math.Abs(m-5.5) > 0.5 {
		t.Errorf("single numbers: mean sum %v, want 5.5", m)
	}
}

func TestPermutations(t *testing.T) {
	g := dl.NewGenerator(5, dl.StreamShuffle)
	p := g.Perm(1000)
	q := slices.Clone(p)
	slices.Sort(q)
	for i, v := range q {
		if i != v {
			t.Fatalf("not a permutation: %v", q)
		}
	}
	if slices.Equal(p, q) {
		t.Error("not shuffled")
	}
	first := make([]int, 4) // where 0 goes
	for range 4000 {
		first[slices.Index(g.Perm(4), 0)]++
	}
	for _, n := range first {
		if n < 850 || n > 1150 {
			t.Errorf("places of the first element: %v", first)
		}
	}
	if v := dl.RandPerm(5); v.DType() != dl.Int64 || v.Sum().Item() != 10 {
		t.Errorf("RandPerm: %v", v)
	}
	wantError(t, func() { g.IntN(0) }, "empty")
	wantError(t, func() { g.RandInt(3, 3, 1) }, "empty")
}
