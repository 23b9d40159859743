package dl_test

import (
	"slices"
	"testing"

	"descent/dl"
)

func wantShape(t *testing.T, what string, x *T, shape ...int) {
	t.Helper()
	if !slices.Equal(x.Shape(), shape) {
		t.Errorf("%s: shape %v, want %v", what, x.Shape(), shape)
	}
}

func TestNew(t *testing.T) {
	for _, c := range []struct {
		data  any
		dt    dl.DType
		shape []int
		want  []float64
	}{
		{3.5, dl.Float32, []int{}, []float64{3.5}},
		{7, dl.Int64, []int{}, []float64{7}},
		{true, dl.Bool, []int{}, []float64{1}},
		{[]float64{1, 2}, dl.Float32, []int{2}, []float64{1, 2}},
		{[]float32{1, 2}, dl.Float32, []int{2}, []float64{1, 2}},
		{[][]int{{1, 2}, {3, 4}, {5, 6}}, dl.Int64, []int{3, 2}, []float64{1, 2, 3, 4, 5, 6}},
		{[]int32{1}, dl.Int32, []int{1}, []float64{1}},
		{[]uint8{255}, dl.Uint8, []int{1}, []float64{255}},
		{[]bool{true, false}, dl.Bool, []int{2}, []float64{1, 0}},
		{[2][2]float64{{1, 2}, {3, 4}}, dl.Float32, []int{2, 2}, []float64{1, 2, 3, 4}},
		{[]any{1.5, 2.5}, dl.Float32, []int{2}, []float64{1.5, 2.5}},
		{[]any{[]any{1, 2}, []any{3, 4}}, dl.Int64, []int{2, 2}, []float64{1, 2, 3, 4}},
		{[]float64{}, dl.Float32, []int{0}, []float64{}},
		{[][]float64{{}, {}}, dl.Float32, []int{2, 0}, []float64{}},
	} {
		x := dl.New(c.data)
		if x.DType() != c.dt || !slices.Equal(x.Shape(), c.shape) || !slices.Equal(x.Float64s(), c.want) {
			t.Errorf("New(%v) = %v of %v", c.data, x, x.DType())
		}
	}
	if x := dl.NewOf(dl.Float64, [][]float64{{0.1}, {0.2}}); x.DType() != dl.Float64 || x.At(1, 0) != 0.2 {
		t.Errorf("NewOf lost precision: %v", x)
	}
	if x := dl.New([]int64{1<<62 + 1}); x.Int64s()[0] != 1<<62+1 {
		t.Errorf("a large integer became %v", x)
	}
	wantError(t, func() { dl.New([][]float64{{1, 2}, {3}}) }, "a row of 1", "a row of 2", "pad")
	wantError(t, func() { dl.New("text") }, "string")
	wantError(t, func() { dl.New(nil) }, "number")
	wantError(t, func() { dl.FromFloat32s(make([]float32, 5), 2, 3) }, "5 elements", "[2×3]", "6")
	wantError(t, func() { dl.Zeros(2, -1) }, "[2×-1]")
}

func TestCreation(t *testing.T) {
	wantNumbers(t, "arange", dl.Arange(1, 2, 0.25), 1, 1.25, 1.5, 1.75)
	wantNumbers(t, "arange down", dl.Arange(1, 0, -0.5), 1, 0.5)
	wantNumbers(t, "arange of integers", dl.ArangeInt(5, 0, -2), 5, 3, 1)
	wantNumbers(t, "arange of nothing", dl.ArangeInt(2, 2, 1))
	wantNumbers(t, "linspace", dl.Linspace(0, 1, 5), 0, 0.25, 0.5, 0.75, 1)
	wantNumbers(t, "linspace of one", dl.Linspace(3, 9, 1), 3)
	wantNumbers(t, "logspace", dl.Logspace(0, 2, 3, 10), 1, 10, 100)
	wantNumbers(t, "eye", dl.Eye(2), 1, 0, 0, 1)
	wantNumbers(t, "full", dl.FullOf(dl.Int32, 7, 2), 7, 7)
	wantNumbers(t, "full like", dl.FullLike(dl.Zeros(2), 3), 3, 3)
	wantNumbers(t, "scalar", dl.Scalar(4), 4)
	wantError(t, func() { dl.Arange(0, 1, 0) }, "step")
	wantError(t, func() { dl.ArangeInt(0, 5, -1) }, "step")
	data := []float32{1, 2, 3, 4}
	x := dl.FromFloat32s(data, 2, 2)
	data[3] = 9
	if x.At(1, 1) != 9 {
		t.Error("FromFloat32s copied")
	}
	if s := x.Float32s(); &s[0] != &data[0] {
		t.Error("Float32s copied a contiguous tensor")
	}
	if s := x.T().Float32s(); &s[0] == &data[0] || s[1] != 3 {
		t.Error("Float32s of a transposed tensor")
	}
}

func TestAccess(t *testing.T) {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	if x.At(1, -1) != 5 || x.Size(-1) != 3 || x.Dim() != 2 || x.Numel() != 6 {
		t.Error("At, Size, Dim or Numel")
	}
	x.SetAt(-1, 0, 0)
	if x.At(0, 0) != -1 || x.Version() != 1 {
		t.Error("SetAt")
	}
	x.Shape()[0] = 99
	wantShape(t, "after writing to Shape's result", x, 2, 3)
	wantError(t, func() { x.At(2, 0) }, "index 2", "dimension 0", "[2×3]")
	wantError(t, func() { x.At(0) }, "1 indices")
	wantError(t, func() { x.Item() }, "[2×3]", "one element")
	wantError(t, func() { x.Size(2) }, "dimension 2", "-2 … 1")
	for _, dt := range []dl.DType{dl.Float32, dl.Float64, dl.Int64, dl.Int32, dl.Uint8, dl.Bool, dl.BFloat16, dl.Float16} {
		y := dl.ZerosOf(dt, 2)
		y.SetAt(1, 1)
		if y.At(0) != 0 || y.At(1) != 1 {
			t.Errorf("SetAt on %v: %v", dt, y)
		}
		if y.Clone().Fill(1).At(0) != 1 {
			t.Errorf("Fill on %v", dt)
		}
	}
}

// TestViews checks that views share memory and writes through them arrive.
func TestViews(t *testing.T) {
	base := func() *T { return dl.Arange(0, 24, 1).Reshape(2, 3, 4) }
	for _, c := range []struct {
		name  string
		view  func(x *T) *T
		shape []int
		first float64
	}{
		{"narrow", func(x *T) *T { return x.Narrow(1, 1, 2) }, []int{2, 2, 4}, 4},
		{"slice", func(x *T) *T { return x.Slice(2, -3, 100, 2) }, []int{2, 3, 2}, 1},
		{"select", func(x *T) *T { return x.Select(0, -1) }, []int{3, 4}, 12},
		{"index", func(x *T) *T { return x.Index(1, 2) }, []int{4}, 20},
		{"transpose", func(x *T) *T { return x.Transpose(0, 2) }, []int{4, 3, 2}, 0},
		{"permute", func(x *T) *T { return x.Permute(1, 2, 0) }, []int{3, 4, 2}, 0},
		{"reshape", func(x *T) *T { return x.Reshape(6, -1) }, []int{6, 4}, 0},
		{"reshape a part", func(x *T) *T { return x.Narrow(2, 1, 2).Reshape(6, 2) }, []int{6, 2}, 1},
		{"view of permuted", func(x *T) *T { return x.Permute(2, 0, 1).View(4, 6) }, []int{4, 6}, 0},
		{"flatten", func(x *T) *T { return x.Flatten(1) }, []int{2, 12}, 0},
		{"unsqueeze", func(x *T) *T { return x.Unsqueeze(1) }, []int{2, 1, 3, 4}, 0},
		{"squeeze", func(x *T) *T { return x.Narrow(0, 1, 1).Squeeze() }, []int{3, 4}, 12},
		{"expand", func(x *T) *T { return x.Narrow(1, 2, 1).Expand(-1, 5, -1) }, []int{2, 5, 4}, 8},
		{"unbind", func(x *T) *T { return x.Unbind(1)[2] }, []int{2, 4}, 8},
		{"chunk", func(x *T) *T { return x.Chunk(2, 2)[1] }, []int{2, 3, 2}, 2},
	} {
		x := base()
		v := c.view(x)
		wantShape(t, c.name, v, c.shape...)
		if !v.SharesMemory(x) {
			t.Errorf("%s: not a view", c.name)
		}
		zero := make([]int, v.Dim())
		if v.At(zero...) != c.first {
			t.Errorf("%s: first element %v, want %v", c.name, v.At(zero...), c.first)
		}
		if c.name == "expand" {
			continue
		}
		v.Fill(-1)
		left := 0
		for _, n := range x.Float64s() {
			if n != -1 {
				left++
			}
		}
		if left != 24-v.Numel() {
			t.Errorf("%s: a fill through the view changed %d elements of the base, want %d", c.name, 24-left, v.Numel())
		}
	}
	x := base()
	if x.Transpose(0, 1).Reshape(-1).SharesMemory(x) {
		t.Error("reshaping a transposed tensor did not copy")
	}
	wantError(t, func() { x.Transpose(0, 1).View(-1) }, "view", "Reshape")
	wantError(t, func() { x.Reshape(5, -1) }, "24 elements", "[5×-1]")
	wantError(t, func() { x.Reshape(5, 5) }, "24 elements", "25")
	wantError(t, func() { x.Narrow(1, 2, 2) }, "2 … 4", "dimension 1")
	wantError(t, func() { x.Select(0, 2) }, "index 2")
	wantError(t, func() { x.Expand(2, 3, 5) }, "expand", "[2×3×4]", "[2×3×5]")
	wantError(t, func() { x.Permute(0, 1, 1) }, "every dimension once")
	wantError(t, func() { x.T() }, "Transpose(-2, -1)")
	wantShape(t, "empty slice", x.Slice(0, 5, 9, 1), 0, 3, 4)
	wantShape(t, "flatten of a scalar", dl.Scalar(1).Flatten(0), 1)
	wantShape(t, "split", x.Split(2, 1)[1], 2, 1, 4)
	wantShape(t, "unflatten", x.Unflatten(2, 2, -1), 2, 3, 2, 2)
}

// TestManyDimensions goes beyond what tensors and loops keep without
// allocating.
func TestManyDimensions(t *testing.T) {
	x := dl.Arange(0, 1024, 1).Reshape(2, 2, 2, 2, 2, 2, 2, 2, 2, 2)
	order := []int{9, 7, 5, 3, 1, 8, 6, 4, 2, 0}
	y := x.Permute(order...)
	z := y.Add(x).Sub(x) // loops over ten dimensions that do not merge
	inverse := make([]int, 10)
	for i, d := range order {
		inverse[d] = i
	}
	if !dl.Equal(z.Contiguous().Permute(inverse...), x) {
		t.Error("permuting ten dimensions and back changed the elements")
	}
	if got := y.Sum(0, 2, 4, 6, 8).Sum().Item(); got != 1024*1023/2 {
		t.Errorf("sum %v", got)
	}
}

func TestErrorsNameShapes(t *testing.T) {
	a, b := dl.Zeros(64, 784), dl.Zeros(128, 784)
	wantError(t, func() { a.MatMul(b) }, "matmul", "[64×784]", "[128×784]", "784 and 128", "b.Transpose(-2, -1)")
	wantError(t, func() { dl.Zeros(3, 2).MatMul(dl.Zeros(3, 4)) }, "a.Transpose(-2, -1)")
	wantError(t, func() { a.Add(b) }, "add", "[64×784]", "[128×784]", "dimension 0 is 64 on the left and 128 on the right")
	wantError(t, func() { dl.Cat([]*T{a, dl.Zeros(2, 3)}, 0) }, "tensor 1", "[2×3]")
	wantError(t, func() { dl.Stack([]*T{a, b}, 0) }, "equal shapes", "Cat")
	wantError(t, func() { a.Gather(1, dl.ZerosOf(dl.Int64, 3)) }, "gather", "[3]")
	wantError(t, func() { a.IndexSelect(0, dl.New([]int{64})) }, "index 64", "length 64")
	wantError(t, func() { a.IndexSelect(0, dl.Ones(1)) }, "float32", "int64")
	wantError(t, func() { a.MaskedFill(dl.Ones(784), 0) }, "float32", "bool")
	wantError(t, func() { dl.ArangeInt(0, 3, 1).Mean() }, "int64", "To(dl.Float32)")
	wantError(t, func() { dl.Zeros(2).To(dl.BFloat16).Exp() }, "bfloat16", "storage")
	wantError(t, func() { dl.Zeros(2).To(dl.BFloat16).Add(dl.Zeros(2).To(dl.BFloat16)) }, "bfloat16")
	wantError(t, func() { dl.Zeros(0).AMax() }, "amax", "at least one")
	wantError(t, func() { a.Sum(0, 0) }, "twice")
	wantError(t, func() { a.TopK(785, 1) }, "785")
	wantError(t, func() { dl.New([]int{-1}).OneHot(3) }, "class -1")
}
