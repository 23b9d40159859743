// Package golden reads reference numbers computed by another library and
// compares tensors with them.
//
// A golden file is JSON, written by a small Python script that lives beside it
// in testdata/ and uses golden.py of this folder. It records which versions of
// which libraries made it, and holds a list of cases: named inputs, named
// outputs, named gradients, and the attributes of the call.
//
//	for _, c := range golden.Load(t, "testdata/relu.json").Cases {
//		x := c.In["x"].Tensor().SetRequiresGrad(true)
//		y := x.ReLU()
//		golden.Close(t, y, c.Out["y"], 1e-6, 0)
//		y.BackwardWith(c.In["gy"].Tensor())
//		golden.Close(t, x.Grad(), c.Grad["x"], 1e-6, 0)
//	}
//
// It is for tests only.
package golden

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"descent/dl"
)

// File is one golden file.
type File struct {
	Meta  map[string]string `json:"meta"` // versions of the libraries that made it
	Cases []Case            `json:"cases"`
}

// Case is one call of an operation: what went in, what came out.
type Case struct {
	Name  string           `json:"name"`
	Attrs map[string]any   `json:"attrs"`
	In    map[string]Array `json:"in"`
	Out   map[string]Array `json:"out"`
	Grad  map[string]Array `json:"grad"`
}

// Array is a tensor as written by the reference library.
type Array struct {
	Shape []int    `json:"shape"`
	DType string   `json:"dtype"`
	Data  []Number `json:"data"`
}

// Number is a float64 that may also be "nan", "inf" or "-inf" in JSON.
type Number float64

// UnmarshalJSON reads a number, a boolean or one of the three words.
func (n *Number) UnmarshalJSON(b []byte) error {
	s := string(b)
	switch s {
	case "true":
		*n = 1
		return nil
	case "false":
		*n = 0
		return nil
	}
	if len(s) > 1 && s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return fmt.Errorf("golden: %q is no number", s)
	}
	*n = Number(v)
	return nil
}

// Load reads a golden file; a missing or broken file fails the test.
func Load(t testing.TB, path string) *File {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := new(File)
	if err := json.Unmarshal(b, f); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(f.Cases) == 0 {
		t.Fatalf("%s: no cases", path)
	}
	return f
}

// Case returns the case of that name; a missing one fails the test.
func (f *File) Case(t testing.TB, name string) Case {
	t.Helper()
	for _, c := range f.Cases {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("golden: no case %q", name)
	return Case{}
}

// Int returns an integer attribute, def when it is absent.
func (c Case) Int(name string, def int) int {
	if v, ok := c.Attrs[name].(float64); ok {
		return int(v)
	}
	return def
}

// Float returns a numeric attribute, def when it is absent.
func (c Case) Float(name string, def float64) float64 {
	switch v := c.Attrs[name].(type) {
	case float64:
		return v
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f
		}
	}
	return def
}

// Bool returns a boolean attribute, false when it is absent.
func (c Case) Bool(name string) bool {
	v, _ := c.Attrs[name].(bool)
	return v
}

// String returns a text attribute, "" when it is absent.
func (c Case) String(name string) string {
	v, _ := c.Attrs[name].(string)
	return v
}

// Ints returns a list of integers, nil when it is absent.
func (c Case) Ints(name string) []int {
	l, ok := c.Attrs[name].([]any)
	if !ok {
		return nil
	}
	out := make([]int, len(l))
	for i, v := range l {
		f, _ := v.(float64)
		out[i] = int(f)
	}
	return out
}

var dtypes = map[string]dl.DType{
	"float32": dl.Float32, "float64": dl.Float64, "int64": dl.Int64, "int32": dl.Int32,
	"uint8": dl.Uint8, "bool": dl.Bool, "bfloat16": dl.BFloat16, "float16": dl.Float16,
}

// Type is the array's dtype.
func (a Array) Type() dl.DType {
	dt, ok := dtypes[a.DType]
	if !ok {
		panic("golden: unknown dtype " + a.DType)
	}
	return dt
}

// Tensor makes a tensor of the array's shape and dtype.
func (a Array) Tensor() *dl.Tensor {
	dt := a.Type()
	v := make([]float64, len(a.Data))
	for i, x := range a.Data {
		v[i] = float64(x)
	}
	shape := a.Shape
	if shape == nil {
		shape = []int{}
	}
	return dl.FromFloat64s(v, shape...).To(dt)
}

// Close fails the test unless got has want's shape and dtype and every element
// satisfies |got-want| <= atol + rtol*|want|; NaN equals NaN, Inf equals Inf.
func Close(t testing.TB, got *dl.Tensor, want Array, rtol, atol float64) {
	t.Helper()
	if got == nil {
		t.Errorf("got no tensor, want shape %v", want.Shape)
		return
	}
	if dt, ok := dtypes[want.DType]; ok && got.DType() != dt {
		t.Errorf("dtype %v, want %s", got.DType(), want.DType)
	}
	shape := got.Shape()
	same := len(shape) == len(want.Shape)
	for i := 0; same && i < len(shape); i++ {
		same = shape[i] == want.Shape[i]
	}
	if !same {
		t.Errorf("shape %v, want %v", shape, want.Shape)
		return
	}
	g := got.Float64s()
	bad, worst, at := 0, 0.0, 0
	for i, x := range g {
		w := float64(want.Data[i])
		if x == w || math.IsNaN(x) && math.IsNaN(w) {
			continue
		}
		d := math.Abs(x - w)
		if d <= atol+rtol*math.Abs(w) && !math.IsInf(w, 0) {
			continue
		}
		if bad == 0 || d > worst || math.IsNaN(d) {
			worst, at = d, i
		}
		bad++
	}
	if bad > 0 {
		t.Errorf("%d of %d elements differ (rtol %g, atol %g); worst at %d: got %v, want %v",
			bad, len(g), rtol, atol, at, g[at], float64(want.Data[at]))
	}
}
