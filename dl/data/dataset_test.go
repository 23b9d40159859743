package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/dl"
)

// squares is a dataset like one from a cell: Len and Get and nothing else.
type squares struct{ n int }

func (s squares) Len() int { return s.n }
func (s squares) Get(i int) (x, y *dl.Tensor) {
	return dl.FromFloat32s([]float32{float32(i), float32(-i)}, 2), dl.FromInt64s([]int64{int64(i * i)}, 1).Reshape()
}

// odd is a dataset that misbehaves at sample 2.
type odd struct{ x, y func(i int) *dl.Tensor }

func (odd) Len() int                      { return 4 }
func (o odd) Get(i int) (x, y *dl.Tensor) { return o.x(i), o.y(i) }

func ramp(n, width int) *TensorDataset {
	x := make([]float32, n*width)
	y := make([]int64, n)
	for i := range x {
		x[i] = float32(i)
	}
	for i := range y {
		y[i] = int64(i % 3)
	}
	return NewTensorDataset(dl.FromFloat32s(x, n, width), dl.FromInt64s(y, n))
}

func mustPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		err, ok := recover().(*dl.Error)
		if !ok {
			t.Fatal("no *dl.Error")
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %q, want it to contain %q", err, want)
		}
	}()
	f()
}

func TestTensorDatasetBatch(t *testing.T) {
	types := []struct {
		name  string
		x     *dl.Tensor
		dtype dl.DType
	}{
		{"float32", dl.FromFloat32s([]float32{0, 1, 2, 3, 4, 5}, 3, 2), dl.Float32},
		{"float64", dl.FromFloat64s([]float64{0, 1, 2, 3, 4, 5}, 3, 2), dl.Float64},
		{"uint8", dl.FromUint8s([]uint8{0, 1, 2, 3, 4, 5}, 3, 2), dl.Uint8},
		{"int64", dl.FromInt64s([]int64{0, 1, 2, 3, 4, 5}, 3, 2), dl.Int64},
		{"int32", dl.FromInt64s([]int64{0, 1, 2, 3, 4, 5}, 3, 2).To(dl.Int32), dl.Int32},
		{"view", dl.FromFloat32s([]float32{0, 2, 4, 1, 3, 5}, 2, 3).T(), dl.Float32},
	}
	for _, tt := range types {
		t.Run(tt.name, func(t *testing.T) {
			d := NewTensorDataset(tt.x, dl.FromInt64s([]int64{7, 8, 9}, 3))
			b := d.Batch([]int{2, 0, 2})
			if b.X.DType() != tt.dtype || !slices.Equal(b.X.Shape(), []int{3, 2}) {
				t.Fatalf("X is %v %v", b.X.DType(), b.X.Shape())
			}
			if got, want := b.X.To(dl.Float64).Float64s(), []float64{4, 5, 0, 1, 4, 5}; !slices.Equal(got, want) {
				t.Errorf("X = %v, want %v", got, want)
			}
			if got := b.Y.Int64s(); !slices.Equal(got, []int64{9, 7, 9}) {
				t.Errorf("Y = %v", got)
			}
			if b.Len() != 3 || !slices.Equal(b.Indices, []int{2, 0, 2}) {
				t.Errorf("Indices = %v", b.Indices)
			}
			x, y := d.Get(1)
			if got := x.To(dl.Float64).Float64s(); !slices.Equal(got, []float64{2, 3}) || x.Dim() != 1 || y.Dim() != 0 || y.Item() != 8 {
				t.Errorf("Get(1) = %v %v", got, y)
			}
			// Normalised: any type becomes float, (x−1)/2.
			n := d.Normalize(1, 2).Batch([]int{1}).X
			if got := n.To(dl.Float64).Float64s(); !slices.Equal(got, []float64{0.5, 1}) || !n.DType().IsFloat() {
				t.Errorf("normalised: %v %v", n.DType(), got)
			}
		})
	}
}

func TestBatchSharesNothing(t *testing.T) {
	d := ramp(4, 2)
	b := d.Batch([]int{0, 1, 2, 3})
	b.X.SetAt(99, 0, 0)
	b.Y.SetAt(99, 0)
	if d.X.At(0, 0) != 0 || d.Y.At(0) != 0 {
		t.Error("writing to a batch changed the dataset")
	}
}

func TestLargeGatherInParallel(t *testing.T) {
	const n, width = 700, 800 // above the size from which rows are copied in parallel
	d := ramp(n, width)
	indices := permutation(n, 3, 0)
	plain, normed := d.Batch(indices), d.Normalize(10, 4).Batch(indices)
	p, q := plain.X.Float32s(), normed.X.Float32s()
	for k, i := range indices {
		for c := range width {
			v := float32(i*width + c)
			if p[k*width+c] != v {
				t.Fatalf("row %d column %d: %v, want %v", k, c, p[k*width+c], v)
			}
			if got, want := q[k*width+c], (v-10)/4; math.Abs(float64(got-want)) > 1e-6*math.Abs(float64(want)) {
				t.Fatalf("normalised row %d column %d: %v, want %v", k, c, got, want)
			}
		}
	}
}

func TestNormalizeChannels(t *testing.T) {
	x := dl.FromFloat32s([]float32{1, 2, 30, 40, 5, 6, 70, 80}, 2, 2, 2) // [N, C, L]
	d := NewTensorDataset(x, nil).NormalizeChannels([]float64{1, 10}, []float64{1, 10})
	b := d.Batch([]int{1, 0})
	if got, want := b.X.Float32s(), []float32{4, 5, 6, 7, 0, 1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if b.Y != nil {
		t.Error("a dataset without targets gave some")
	}
	// A second normalisation comes after the first.
	twice := d.Normalize(2, 0.5).Batch([]int{1, 0})
	if got, want := twice.X.Float32s(), []float32{4, 6, 8, 10, -4, -2, 0, 2}; !slices.Equal(got, want) {
		t.Errorf("twice: got %v, want %v", got, want)
	}
	back := d.Denormalize(b.X).Float32s()
	for i, want := range []float32{5, 6, 70, 80, 1, 2, 30, 40} {
		if math.Abs(float64(back[i]-want)) > 1e-5 {
			t.Errorf("Denormalize gave %v", back)
			break
		}
	}
	if plain := NewTensorDataset(x, nil); plain.Denormalize(x) != x {
		t.Error("Denormalize of a plain dataset made a copy")
	}
	if !strings.Contains(d.String(), "normalised") || x.At(0, 0, 0) != 1 {
		t.Error("Normalize changed X or hides from String")
	}
}

func TestMeanStd(t *testing.T) {
	v := make([]float32, 200_000)
	for i := range v {
		v[i] = 1000 + float32(i%2) // mean 1000.5, deviation 0.5
	}
	mean, std := NewTensorDataset(dl.FromFloat32s(v, 2000, 100), nil).MeanStd()
	if math.Abs(mean-1000.5) > 1e-6 || math.Abs(std-0.5) > 1e-6 {
		t.Errorf("got %v, %v, want 1000.5, 0.5", mean, std)
	}
}

func TestTakeRange(t *testing.T) {
	d := ramp(10, 2)
	d.Classes = []string{"a", "b", "c"}
	if got := d.Take(3); got.Len() != 3 || len(got.ClassNames()) != 3 || got.X.At(2, 1) != 5 {
		t.Errorf("Take(3) = %v", got)
	}
	if d.Take(99).Len() != 10 || d.Take(-1).Len() != 0 {
		t.Error("Take does not stay within the dataset")
	}
	r := d.Range(4, 6)
	if got := r.Batch([]int{0, 1}).X.Float32s(); !slices.Equal(got, []float32{8, 9, 10, 11}) {
		t.Errorf("Range(4, 6) = %v", got)
	}
	if got := d.First(2).X.Float32s(); !slices.Equal(got, []float32{0, 1, 2, 3}) {
		t.Errorf("First(2) = %v", got)
	}
	if got := d.ClassCounts(); !slices.Equal(got, []int{4, 3, 3}) {
		t.Errorf("ClassCounts() = %v", got)
	}
	if got, want := d.String(), "dataset: 10 samples of float32 [2], 3 classes"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
}

func TestSubsetAndSplit(t *testing.T) {
	d := ramp(100, 1)
	d.Classes = []string{"a", "b", "c"}
	train, val := d.Normalize(0, 2).Split(0.8, 42)
	if train.Len() != 80 || val.Len() != 20 {
		t.Fatalf("%d and %d samples", train.Len(), val.Len())
	}
	seen := map[int]bool{}
	for _, i := range append(slices.Clone(train.Indices), val.Indices...) {
		seen[i] = true
	}
	if len(seen) != 100 {
		t.Errorf("the parts cover %d samples of 100", len(seen))
	}
	again, _ := d.Split(0.8, 42)
	other, _ := d.Split(0.8, 43)
	if !slices.Equal(train.Indices, again.Indices) || slices.Equal(train.Indices, other.Indices) {
		t.Error("the seed does not decide the split")
	}
	if slices.IsSorted(train.Indices) {
		t.Error("the split is not at random")
	}
	x, y := val.Get(3)
	if want := float64(val.Indices[3]) / 2; x.Item() != want || int(y.Item()) != val.Indices[3]%3 {
		t.Errorf("Get(3) = %v, %v, want %v", x, y, want)
	}
	b := val.Batch([]int{3, 0})
	if b.X.At(1, 0) != float64(val.Indices[0])/2 || !slices.Equal(b.Indices, []int{3, 0}) {
		t.Errorf("Batch = %v %v", b.X, b.Indices)
	}
	if got := val.Denormalize(b.X).At(1, 0); got != float64(val.Indices[0]) {
		t.Errorf("Denormalize gave %v", got)
	}
	if s := val.Tensors(); s.Len() != 20 || len(s.Classes) != 3 || s.X.At(3, 0) != x.Item() {
		t.Errorf("Tensors() = %v", s)
	}
	if got := NewSubset(squares{9}, []int{3}).Denormalize(b.X); got != b.X {
		t.Error("Denormalize of a dataset without normalisation made a copy")
	}
	if len(val.ClassNames()) != 3 || NewSubset(squares{9}, []int{3}).ClassNames() != nil {
		t.Error("ClassNames are not those of the base")
	}
	half, _ := val.Split(0.5, 1)
	if half.Len() != 10 {
		t.Errorf("a split of a split has %d samples", half.Len())
	}
	if s := d.Subset([]int{7, 7}); s.Len() != 2 || s.First(9).X.At(1, 0) != 7 {
		t.Error("Subset with a repeated sample")
	}
}

func TestRandomSplit(t *testing.T) {
	tests := []struct {
		fractions []float64
		n         int
		want      []int
	}{
		{[]float64{0.7, 0.2, 0.1}, 100, []int{70, 20, 10}},
		{[]float64{0.5, 0.5}, 5, []int{3, 2}},
		{[]float64{0.1, 0.1}, 100, []int{10, 10}},
		{[]float64{1.0 / 3, 1.0 / 3, 1.0 / 3}, 10, []int{4, 3, 3}},
		{[]float64{1, 0}, 3, []int{3, 0}},
	}
	for _, tt := range tests {
		parts := RandomSplit(squares{tt.n}, tt.fractions, 5)
		seen := map[int]bool{}
		for i, p := range parts {
			if p.Len() != tt.want[i] {
				t.Errorf("%v of %d: part %d has %d samples, want %d", tt.fractions, tt.n, i, p.Len(), tt.want[i])
			}
			for _, k := range p.Indices {
				if seen[k] {
					t.Errorf("%v: sample %d is in two parts", tt.fractions, k)
				}
				seen[k] = true
			}
		}
	}
}

func TestConcatAndMap(t *testing.T) {
	c := Concat([]Dataset{squares{0}, squares{2}, squares{0}, squares{3}})
	var got []int
	for i := range c.Len() {
		_, y := c.Get(i)
		got = append(got, int(y.Item()))
	}
	if !slices.Equal(got, []int{0, 1, 0, 1, 4}) {
		t.Errorf("got %v", got)
	}
	if Concat(nil).Len() != 0 {
		t.Error("an empty Concat is not empty")
	}
	m := Map(ramp(3, 2), func(x, y *dl.Tensor) (*dl.Tensor, *dl.Tensor) { return x.MulScalar(10), nil })
	b := Collect(m, []int{2, 1})
	if got := b.X.Float32s(); !slices.Equal(got, []float32{40, 50, 20, 30}) || b.Y != nil {
		t.Errorf("mapped: %v", got)
	}
}

func TestDatasetMisuse(t *testing.T) {
	d := ramp(4, 3)
	f := func(i int) *dl.Tensor { return dl.Zeros(2) }
	none := func(int) *dl.Tensor { return nil }
	tests := []struct {
		name, want string
		f          func()
	}{
		{"lengths", "different lengths", func() { NewTensorDataset(dl.Zeros(3, 1), dl.Zeros(2)) }},
		{"nil", "no inputs", func() { NewTensorDataset(nil, nil) }},
		{"scalar", "a scalar", func() { NewTensorDataset(dl.Zeros(), nil) }},
		{"index", "sample 4", func() { d.Batch([]int{0, 4}) }},
		{"negative index", "sample -1", func() { d.Get(-1) }},
		{"zero deviation", "deviation of 0", func() { d.Normalize(0, 0) }},
		{"channels", "as many as there are channels", func() { d.NormalizeChannels([]float64{1, 2}, []float64{1, 2}) }},
		{"pairs", "2 means and 1 deviations", func() { d.NormalizeChannels([]float64{1, 2}, []float64{1}) }},
		{"range", "within 0 to 4", func() { d.Range(3, 5) }},
		{"fraction", "fraction 1.5", func() { d.Split(1.5, 1) }},
		{"fractions", "a sum of at most 1", func() { RandomSplit(d, []float64{0.9, 0.2}, 1) }},
		{"subset", "sample 9", func() { d.Subset([]int{9}) }},
		{"class counts", "not class numbers", func() { NewTensorDataset(dl.Zeros(2, 1), dl.Zeros(2)).ClassCounts() }},
		{"no samples", "no indices", func() { Collect(squares{3}, nil) }},
		{"custom index", "sample 3", func() { Collect(squares{3}, []int{3}) }},
		{"nil input", "nil input for sample 1", func() { Collect(odd{none, f}, []int{1}) }},
		{"shapes", "sample 2 is float32 [3]", func() {
			Collect(odd{func(i int) *dl.Tensor { return dl.Zeros(2 + i/2) }, none}, []int{0, 2})
		}},
		{"some targets", "targets for 1 of 2 samples", func() {
			Collect(odd{f, func(i int) *dl.Tensor {
				if i > 0 {
					return nil
				}
				return dl.Zeros(1)
			}}, []int{0, 2})
		}},
		{"nil map", "nil function", func() { Map(d, nil) }},
		{"weights", "weight -1", func() { WeightedSampler([]float64{-1}, 1) }},
		{"no weight", "no weight above zero", func() { WeightedSampler([]float64{0, 0}, 1) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { mustPanic(t, tt.want, tt.f) })
	}
}
