package dl_test

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"

	"descent/dl"
)

func TestFromMatrix(t *testing.T) {
	d := mat.NewDense(4, 5, nil)
	for i := range 20 {
		d.Set(i/5, i%5, float64(i))
	}
	part := d.Slice(1, 3, 1, 4) // 6 7 8 / 11 12 13, with gaps
	column := mat.NewVecDense(4, nil)
	column.ColViewOf(d, 2)
	for _, c := range []struct {
		name   string
		m      mat.Matrix
		shared bool
	}{
		{"dense", d, true},
		{"slice", part, true},
		{"transpose", d.T(), true},
		{"transpose of a slice", part.T(), true},
		{"two transposes", mat.Transpose{Matrix: mat.Transpose{Matrix: part}}, true},
		{"column of a matrix", column, true},
		{"vector lying down", column.T(), true},
		{"vector lying down as vector", mat.TransposeVec{Vector: column}, true},
		{"row", d.RowView(1), true},
		{"one element", d.Slice(2, 3, 2, 3), true},
		{"symmetric", mat.NewSymDense(2, []float64{1, 2, 99, 3}), false},
		{"triangular", mat.NewTriDense(2, mat.Upper, []float64{1, 2, 99, 3}), false},
		{"diagonal", mat.NewDiagDense(3, []float64{1, 2, 3}), false},
		{"empty", &mat.Dense{}, false},
	} {
		x := dl.FromMatrix(c.m)
		r, k := c.m.Dims()
		if x.DType() != dl.Float64 || fmt.Sprint(x.Shape()) != fmt.Sprint([]int{r, k}) {
			t.Errorf("%s: %v %v", c.name, x.DType(), x.Shape())
			continue
		}
		for i := range r {
			for j := range k {
				if x.At(i, j) != c.m.At(i, j) {
					t.Errorf("%s: (%d, %d) is %v, want %v", c.name, i, j, x.At(i, j), c.m.At(i, j))
				}
			}
		}
		if r*k == 0 {
			continue
		}
		if sum, want := x.Sum().Item(), mat.Sum(c.m); sum != want {
			t.Errorf("%s: sum %v, want %v", c.name, sum, want)
		}
		old := x.At(0, 0)
		x.SetAt(-7, 0, 0)
		if got := c.m.At(0, 0); (got == -7) != c.shared {
			t.Errorf("%s: after a write the matrix has %v; shared should be %v", c.name, got, c.shared)
		}
		x.SetAt(old, 0, 0)
	}
}

func TestMatrix(t *testing.T) {
	base := dl.Arange(0, 24, 1).To(dl.Float64)
	for _, c := range []struct {
		name   string
		x      *dl.Tensor
		shared bool
	}{
		{"whole", base.Reshape(4, 6), true},
		{"rows", base.Reshape(4, 6).Narrow(0, 1, 2), true},
		{"columns", base.Reshape(4, 6).Narrow(1, 2, 3), true},
		{"last column", base.Reshape(4, 6).Narrow(1, 5, 1), true},
		{"one row", base.Reshape(4, 6).Narrow(0, 3, 1), true},
		{"every other row", base.Reshape(2, 2, 6).Select(1, 1), true},
		{"transposed", base.Reshape(4, 6).T(), false},
		{"stretched", base.Narrow(0, 0, 6).Expand(3, 6), false},
		{"float32", base.Reshape(4, 6).To(dl.Float32), false},
		{"integers", base.Reshape(4, 6).To(dl.Int64), false},
	} {
		m := c.x.Matrix()
		r, k := m.Dims()
		if r != c.x.Size(0) || k != c.x.Size(1) {
			t.Errorf("%s: %d×%d for %v", c.name, r, k, c.x.Shape())
			continue
		}
		for i := range r {
			for j := range k {
				if m.At(i, j) != c.x.At(i, j) {
					t.Errorf("%s: (%d, %d) is %v, want %v", c.name, i, j, m.At(i, j), c.x.At(i, j))
				}
			}
		}
		old := m.At(r-1, k-1)
		m.Set(r-1, k-1, -7)
		if got := c.x.At(r-1, k-1); (got == -7) != c.shared {
			t.Errorf("%s: after a write the tensor has %v; shared should be %v", c.name, got, c.shared)
		}
		m.Set(r-1, k-1, old)
	}
	for name, f := range map[string]func(){
		"one dimension":    func() { base.Matrix() },
		"three dimensions": func() { base.Reshape(2, 3, 4).Matrix() },
		"no rows":          func() { dl.Zeros(0, 3).Matrix() },
		"vector of two":    func() { base.Reshape(4, 6).Vector() },
		"empty vector":     func() { dl.Zeros(0).Vector() },
		"nil":              func() { dl.FromMatrix(nil) },
	} {
		func() {
			defer func() {
				if e, ok := recover().(*dl.Error); !ok || e.Want == "" {
					t.Errorf("%s: want a *dl.Error", name)
				}
			}()
			f()
		}()
	}
}

func TestVector(t *testing.T) {
	base := dl.Arange(0, 24, 1).To(dl.Float64)
	for _, c := range []struct {
		name   string
		x      *dl.Tensor
		shared bool
	}{
		{"whole", base, true},
		{"column", base.Reshape(4, 6).Select(1, 2), true},
		{"stretched", base.Narrow(0, 3, 1).Expand(5), false},
		{"one", base.Narrow(0, 23, 1), true},
		{"float32", base.To(dl.Float32), false},
	} {
		v := c.x.Vector()
		if v.Len() != c.x.Numel() {
			t.Errorf("%s: %d elements", c.name, v.Len())
			continue
		}
		for i := range v.Len() {
			if v.AtVec(i) != c.x.At(i) {
				t.Errorf("%s: %d is %v, want %v", c.name, i, v.AtVec(i), c.x.At(i))
			}
		}
		old := v.AtVec(0)
		v.SetVec(0, -7)
		if got := c.x.At(0); (got == -7) != c.shared {
			t.Errorf("%s: after a write the tensor has %v; shared should be %v", c.name, got, c.shared)
		}
		v.SetVec(0, old)
	}
}

// A matrix shared with gonum takes part in gradients as any tensor does.
func TestMatGradient(t *testing.T) {
	d := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	x := dl.FromMatrix(d.Slice(0, 2, 1, 3)).SetRequiresGrad(true)
	x.Square().Sum().Backward()
	if got, want := x.Grad().String(), dl.New([][]float64{{4, 6}, {10, 12}}).To(dl.Float64).String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func ExampleFromMatrix() {
	a := mat.NewDense(2, 2, []float64{1, 2, 3, 4})
	t := dl.FromMatrix(a)
	a.Set(0, 0, 9)
	fmt.Println(t)
	// Output:
	// tensor([[9., 2.],
	//         [3., 4.]], dtype=float64)
}

func ExampleTensor_Matrix() {
	t := dl.New([][]float64{{2, 0}, {0, 4}})
	fmt.Println(mat.Max(t.Matrix()), mat.Trace(t.Matrix()))
	// Output: 4 6
}
