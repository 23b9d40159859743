package interp

import (
	"fmt"
	"math"
	"reflect"
)

// Check runs a kernel and its AVX-512 form, if the program has one, both
// interpreted, and compares with the function itself, executed, what they
// return and what they make of their arguments, bit by bit. All NaN are the
// same. A nil function is not executed: then the two are compared.
func (p *Program) Check(function any, args []any, names ...string) error {
	var want []any
	var wantResult float32
	from := "executed"
	if function != nil {
		want = Clone(args)
		var in []reflect.Value
		for _, a := range Pointers(want) {
			in = append(in, reflect.ValueOf(a))
		}
		if out := reflect.ValueOf(function).Call(in); len(out) > 0 {
			wantResult = out[0].Interface().(float32)
		}
	}
	for _, name := range names {
		got := Clone(args)
		result, err := p.Run(name, got...)
		if err != nil {
			return err
		}
		if want == nil {
			want, wantResult, from = got, result, names[0]
			continue
		}
		if !same(result, wantResult) {
			return fmt.Errorf("%s returns %v, %s %v", name, result, from, wantResult)
		}
		for i := range got {
			if err := compare(got[i], want[i]); err != nil {
				return fmt.Errorf("%s: argument %d, %w of the kernel %s", name, i, err, from)
			}
		}
	}
	return nil
}

func same(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}

func compare(got, want any) error {
	switch got := got.(type) {
	case []float32:
		for i, w := range want.([]float32) {
			if !same(got[i], w) {
				return fmt.Errorf("element %d of %d is %v (%#x), not the %v (%#x)", i, len(got), got[i], math.Float32bits(got[i]), w, math.Float32bits(w))
			}
		}
	case []int32:
		for i, w := range want.([]int32) {
			if got[i] != w {
				return fmt.Errorf("element %d is %v, not the %v", i, got[i], w)
			}
		}
	}
	return nil
}
