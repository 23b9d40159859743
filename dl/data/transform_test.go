package data

import (
	"math"
	"slices"
	"testing"

	"descent/dl"
)

func gen(seed uint64) *dl.Generator { return dl.NewGenerator(seed, dl.StreamAugment) }

func image(v ...float32) *dl.Tensor { return dl.FromFloat32s(v, 1, 2, len(v)/2) }

func TestFlips(t *testing.T) {
	x := dl.FromFloat32s([]float32{1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}, 2, 2, 3)
	h := FlipHorizontal(1)(x, gen(1)).Float32s()
	if want := []float32{3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40}; !slices.Equal(h, want) {
		t.Errorf("horizontal: %v", h)
	}
	v := FlipVertical(1)(x, gen(1)).Float32s()
	if want := []float32{4, 5, 6, 1, 2, 3, 40, 50, 60, 10, 20, 30}; !slices.Equal(v, want) {
		t.Errorf("vertical: %v", v)
	}
	if FlipHorizontal(0)(x, gen(1)) != x || FlipVertical(0)(x, gen(1)) != x {
		t.Error("probability 0 flipped")
	}
	flips := 0
	for seed := range uint64(400) {
		if FlipHorizontal(0.25)(x, gen(seed)) != x {
			flips++
		}
	}
	if flips < 60 || flips > 140 {
		t.Errorf("%d flips of 400 with probability 0.25", flips)
	}
	if x.At(0, 0, 0) != 1 {
		t.Error("a transform changed its input")
	}
}

func TestShift(t *testing.T) {
	x := dl.FromFloat32s([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 3, 3)
	at := map[[2]int]bool{}
	for seed := range uint64(200) {
		out := Shift(1, -1)(x, gen(seed))
		// Find where the 5 went; everything else must have gone with it.
		v := out.Float32s()
		k := slices.Index(v, 5)
		dy, dx := k/3-1, k%3-1
		at[[2]int{dy, dx}] = true
		for r := range 3 {
			for c := range 3 {
				want := float32(-1)
				if y, x := r-dy, c-dx; y >= 0 && y < 3 && x >= 0 && x < 3 {
					want = float32(3*y + x + 1)
				}
				if v[3*r+c] != want {
					t.Fatalf("moved by %d, %d: %v", dy, dx, v)
				}
			}
		}
	}
	if len(at) != 9 {
		t.Errorf("%d of the 9 moves occur", len(at))
	}
	if got := Shift(0, 0)(x, gen(1)).Float32s(); !slices.Equal(got, x.Float32s()) {
		t.Errorf("Shift(0) = %v", got)
	}
}

func TestErase(t *testing.T) {
	x := dl.Ones(1, 6, 6)
	for seed := range uint64(100) {
		n := 0
		for _, v := range Erase(3, 7)(x, gen(seed)).Float32s() {
			if v == 7 {
				n++
			}
		}
		if n < 4 || n > 9 {
			t.Fatalf("seed %d: %d pixels erased", seed, n)
		}
	}
}

func TestRandomAffine(t *testing.T) {
	v := make([]float32, 49)
	for i := range v {
		v[i] = float32(i)
	}
	x := dl.FromFloat32s(v, 7, 7)
	same := RandomAffine(AffineOptions{})(x, gen(1)).Float32s()
	for i := range v {
		if math.Abs(float64(same[i]-v[i])) > 1e-5 {
			t.Fatalf("no change gave %v", same)
		}
	}
	// A linear ramp stays one under any affine map: inside the image the values are
	// those of the place that the pixel came from, whose centre is a fixed point.
	out := RandomAffine(AffineOptions{Degrees: 30, Scale: 0.2, Shear: 10})(x, gen(4)).Float32s()
	if math.Abs(float64(out[24]-24)) > 1e-4 {
		t.Errorf("the centre moved: %v", out[24])
	}
	dr, dc := out[31]-out[24], out[25]-out[24]
	if math.Abs(float64(out[32]-(24+dr+dc))) > 1e-3 || math.Abs(float64(out[16]-(24-dr-dc))) > 1e-3 {
		t.Errorf("the ramp is bent: %v", out)
	}
	if dr == 7 && dc == 1 {
		t.Error("nothing was turned")
	}
	filled := 0
	for seed := range uint64(50) {
		if slices.Contains(RandomAffine(AffineOptions{Translate: 1, Fill: -3})(x, gen(seed)).Float32s(), -3) {
			filled++
		}
	}
	if filled < 40 { // all but moves by less than about a pixel in both directions
		t.Errorf("filling came into view in %d of 50 images", filled)
	}
}

func TestNoiseSometimesCompose(t *testing.T) {
	x := dl.Zeros(1, 50, 50)
	y := Noise(0.5)(x, gen(1))
	_, std := NewTensorDataset(y, nil).MeanStd()
	if math.Abs(std-0.5) > 0.05 {
		t.Errorf("noise of deviation %v, want 0.5", std)
	}
	add := func(v float64) Transform {
		return func(x *dl.Tensor, _ *dl.Generator) *dl.Tensor { return x.AddScalar(v) }
	}
	double := func(x *dl.Tensor, _ *dl.Generator) *dl.Tensor { return x.MulScalar(2) }
	if got := Compose([]Transform{add(1), double, Sometimes(0, add(100)), Sometimes(1, add(0.5))})(dl.Zeros(1), gen(1)).Item(); got != 2.5 {
		t.Errorf("Compose gave %v, want 2.5", got)
	}
}

func TestAugmentation(t *testing.T) {
	d := NewTensorDataset(dl.FromFloat32s([]float32{0, 1, 2, 3, 4, 5, 6, 7}, 2, 1, 2, 2), nil).Normalize(1, 2)
	var black []float64
	l := NewLoader(d, LoaderOptions{BatchSize: 2, Seed: 5, Augment: func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		black = append(black, x.At(0, 0, 0))
		return x.AddScalar(float64(g.Float32()))
	}})
	run := func(l *Loader, epochs int) (out [][]float32) {
		for range epochs {
			for b := range l.All() {
				out = append(out, b.X.Float32s())
			}
		}
		return out
	}
	a := run(l, 2)
	if !slices.Equal(black[:2], []float64{0, 4}) {
		t.Errorf("the transform saw %v, want the inputs before normalisation", black)
	}
	if slices.Equal(a[0], a[1]) {
		t.Error("two epochs are augmented alike")
	}
	if a[0][1]-a[0][0] != 0.5 || a[0][0] < -0.5 || a[0][0] > 0 {
		t.Errorf("augmented and then normalised: %v", a[0])
	}
	l.SetEpoch(0)
	if b := run(l, 2); !slices.Equal(a[0], b[0]) || !slices.Equal(a[1], b[1]) {
		t.Error("the same epoch is augmented differently")
	}
	// The batch a sample is in makes no difference; neither does a view or prefetching.
	o := l.Options()
	o.BatchSize, o.Prefetch, o.Augment = 1, 2, func(x *dl.Tensor, g *dl.Generator) *dl.Tensor { return x.AddScalar(float64(g.Float32())) }
	single := run(NewLoader(d.Subset([]int{0, 1}), o), 1)
	if !slices.Equal(append(slices.Clone(single[0]), single[1]...), a[0]) {
		t.Errorf("in batches of one: %v, want %v", single, a[0])
	}
}

func TestTransformMisuse(t *testing.T) {
	tests := []struct {
		name, want string
		f          func()
	}{
		{"probability", "probability 2", func() { FlipHorizontal(2) }},
		{"pixels", "-1 pixels", func() { Shift(-1, 0) }},
		{"side", "a side of 0", func() { Erase(0, 0) }},
		{"scale", "Scale 1", func() { RandomAffine(AffineOptions{Scale: 1}) }},
		{"flat sample", "reshape the data to images", func() { Shift(1, 0)(dl.Zeros(4), gen(1)) }},
		{"nil part", "a nil transform at 1", func() { Compose([]Transform{Noise(1), nil}) }},
		{"nil result", "a nil tensor", func() {
			NewLoader(ramp(2, 1), LoaderOptions{Augment: func(*dl.Tensor, *dl.Generator) *dl.Tensor { return nil }}).First()
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { mustPanic(t, tt.want, tt.f) })
	}
	if got := FlipHorizontal(1)(image(1, 2, 3, 4), gen(1)).Float32s(); !slices.Equal(got, []float32{2, 1, 4, 3}) {
		t.Errorf("flip of [1, 2, 2]: %v", got)
	}
}
