package dl

import (
	"fmt"
	"reflect"
)

// New returns a tensor with a copy of data: a number, a bool, or slices and
// arrays of them nested to any depth, all of one length at each depth.
//
//	dl.New(3.5)                                  // a scalar
//	dl.New([]float64{1, 2, 3})                   // shape [3]
//	dl.New([][]float64{{1, 2}, {3, 4}})          // shape [2×2]
//
// Its type follows from the Go type of the numbers: float32 and float64 make
// Float32 (as literals do in PyTorch), int and int64 Int64, int32 Int32, uint8
// Uint8, bool Bool. NewOf chooses another, FromFloat64s keeps float64.
//
// PyTorch: torch.tensor.
func New(data any) *Tensor {
	if t, ok := data.(*Tensor); ok {
		return t.Detach().Clone()
	}
	v := reflect.ValueOf(data)
	var shape []int
	probe, typ := v, reflect.TypeOf(data)
	for typ != nil && (typ.Kind() == reflect.Slice || typ.Kind() == reflect.Array || typ.Kind() == reflect.Interface) {
		if typ.Kind() == reflect.Interface { // []any: look at what it holds
			if !probe.IsValid() || probe.IsNil() {
				break
			}
			probe = probe.Elem()
			typ = probe.Type()
			continue
		}
		n := 0
		if probe.IsValid() {
			n = probe.Len()
		}
		shape = append(shape, n)
		typ = typ.Elem()
		if n > 0 {
			probe = probe.Index(0)
		} else {
			probe = reflect.Value{}
		}
	}
	dt, ok := dtypeOf(typ)
	if !ok {
		panic(&Error{Op: "tensor", Got: fmt.Sprintf("a value of type %T", data),
			Want: "a number, a bool, or nested slices of them"})
	}
	if shape == nil {
		shape = []int{}
	}
	t := empty(dt, shape)
	at := 0
	fillFrom(t, v, shape, &at)
	return t
}

// NewOf is New with the type chosen. PyTorch: torch.tensor(data, dtype=…).
func NewOf(dt DType, data any) *Tensor {
	if dt == Float64 { // without a detour by float32
		switch d := data.(type) {
		case float64:
			return FullOf(Float64, d)
		case []float64:
			return FromFloat64s(append([]float64{}, d...))
		case [][]float64:
			var flat []float64
			for _, row := range d {
				if len(row) != len(d[0]) {
					return New(data) // fails and says why
				}
				flat = append(flat, row...)
			}
			if len(d) > 0 {
				return FromFloat64s(flat, len(d), len(d[0]))
			}
		}
	}
	return New(data).To(dt)
}

func dtypeOf(t reflect.Type) (DType, bool) {
	if t == nil {
		return 0, false
	}
	switch t.Kind() {
	case reflect.Float32, reflect.Float64:
		return Float32, true
	case reflect.Int, reflect.Int64, reflect.Uint, reflect.Uint32, reflect.Uint64, reflect.Int16, reflect.Uint16, reflect.Int8:
		return Int64, true
	case reflect.Int32:
		return Int32, true
	case reflect.Uint8:
		return Uint8, true
	case reflect.Bool:
		return Bool, true
	}
	return 0, false
}

// fillFrom copies v, which must have the given shape, to t from *at on.
func fillFrom(t *Tensor, v reflect.Value, shape []int, at *int) {
	for v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if len(shape) > 0 {
		if k := v.Kind(); k != reflect.Slice && k != reflect.Array || v.Len() != shape[0] {
			got := "a value that is no slice"
			if k == reflect.Slice || k == reflect.Array {
				got = fmt.Sprintf("a row of %d elements", v.Len())
			}
			panic(&Error{Op: "tensor", Got: got + fmt.Sprintf(" after a row of %d", shape[0]),
				Want: "rows of equal length", Hint: "pad the short rows, or keep them as separate tensors"})
		}
		for i := range shape[0] {
			fillFrom(t, v.Index(i), shape[1:], at)
		}
		return
	}
	i := *at
	*at++
	switch {
	case v.CanInt() && t.dtype == Int64:
		span[int64](t)[i] = v.Int()
	case v.CanInt():
		t.put(i, float64(v.Int()))
	case v.CanUint() && t.dtype == Int64:
		span[int64](t)[i] = int64(v.Uint())
	case v.CanUint():
		t.put(i, float64(v.Uint()))
	case v.CanFloat():
		t.put(i, v.Float())
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			t.put(i, 1)
		}
	default:
		panic(&Error{Op: "tensor", Got: "an element of type " + v.Kind().String(), Want: "numbers of one depth"})
	}
}
