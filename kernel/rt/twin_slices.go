package rt

import (
	"cmp"
	"reflect"
	"slices"
	"unsafe"
)

type values = []reflect.Value

// view returns the memory of a slice as a slice of another element type of the same
// size.
func view[T any](s reflect.Value) []T {
	return unsafe.Slice((*T)(s.UnsafePointer()), s.Len())
}

// ordered calls the function for the kind of the elements of a slice.
func sortOrdered(s reflect.Value) {
	switch s.Type().Elem().Kind() {
	case reflect.Int:
		slices.Sort(view[int](s))
	case reflect.Int8:
		slices.Sort(view[int8](s))
	case reflect.Int16:
		slices.Sort(view[int16](s))
	case reflect.Int32:
		slices.Sort(view[int32](s))
	case reflect.Int64:
		slices.Sort(view[int64](s))
	case reflect.Uint:
		slices.Sort(view[uint](s))
	case reflect.Uint8:
		slices.Sort(view[uint8](s))
	case reflect.Uint16:
		slices.Sort(view[uint16](s))
	case reflect.Uint32:
		slices.Sort(view[uint32](s))
	case reflect.Uint64:
		slices.Sort(view[uint64](s))
	case reflect.Uintptr:
		slices.Sort(view[uintptr](s))
	case reflect.Float32:
		slices.Sort(view[float32](s))
	case reflect.Float64:
		slices.Sort(view[float64](s))
	case reflect.String:
		slices.Sort(view[string](s))
	}
}

// compare is cmp.Compare.
func compare(a, b reflect.Value) int {
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(a.String(), b.String())
}

// same is == of two values of a comparable type.
func same(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return isNil(a) && isNil(b)
	}
	if a.Kind() == reflect.Interface || b.Kind() == reflect.Interface || a.Type() != b.Type() {
		return a.Interface() == b.Interface()
	}
	return a.Equal(b)
}

func isNil(v reflect.Value) bool {
	return !v.IsValid() || v.Kind() == reflect.Interface && v.IsNil()
}

// give stores a result; an invalid value is a nil interface.
func give(out, v reflect.Value) {
	if !v.IsValid() {
		out.SetZero()
		return
	}
	out.Set(v)
}

func call1(f reflect.Value, args ...reflect.Value) reflect.Value {
	t := f.Type()
	for i, a := range args {
		if !a.IsValid() {
			args[i] = reflect.Zero(t.In(i))
		}
	}
	return f.Call(args)[0]
}

// elements copies the elements of a slice.
func elements(s reflect.Value) values {
	r := make(values, s.Len())
	for i := range r {
		r[i] = reflect.New(s.Type().Elem()).Elem()
		r[i].Set(s.Index(i))
	}
	return r
}

// arrange sorts a slice by a function of the interpreter.
func arrange(s, f reflect.Value, stable bool) {
	list := elements(s)
	by := comparison(f)
	if stable {
		slices.SortStableFunc(list, by)
	} else {
		slices.SortFunc(list, by)
	}
	for i, v := range list {
		s.Index(i).Set(v)
	}
}

func find(s reflect.Value, ok func(reflect.Value) bool) int {
	for i := range s.Len() {
		if ok(s.Index(i)) {
			return i
		}
	}
	return -1
}

func best(name string, s reflect.Value, better func(a, b reflect.Value) bool) reflect.Value {
	if s.Len() == 0 {
		panic("slices." + name + ": empty list")
	}
	m := s.Index(0)
	for i := 1; i < s.Len(); i++ {
		if better(s.Index(i), m) {
			m = s.Index(i)
		}
	}
	return m
}

func isNaN(v reflect.Value) bool { return v.CanFloat() && v.Float() != v.Float() }

// extreme is slices.Min and slices.Max with their treatment of NaN and zeros.
func extreme(name string, s reflect.Value, sign int) reflect.Value {
	for i := range s.Len() {
		if isNaN(s.Index(i)) {
			return s.Index(i)
		}
	}
	return best(name, s, func(a, b reflect.Value) bool {
		if a.CanFloat() && a.Float() == 0 && b.Float() == 0 {
			if sign < 0 {
				return 1/a.Float() < 1/b.Float()
			}
			return 1/a.Float() > 1/b.Float()
		}
		return compare(a, b)*sign > 0
	})
}

// bounds panics as s[i:j] would.
func bounds(s reflect.Value, i, j int) {
	d := make([]struct{}, s.Len())
	_ = d[i:j]
}

func compact(s reflect.Value, eq func(a, b reflect.Value) bool) reflect.Value {
	if s.Len() < 2 {
		return s
	}
	k := 1
	for i := 1; i < s.Len(); i++ {
		if !eq(s.Index(i-1), s.Index(i)) {
			if i != k {
				s.Index(k).Set(s.Index(i))
			}
			k++
		}
	}
	return truncate(s, k)
}

// truncate clears what lies behind n and returns s[:n].
func truncate(s reflect.Value, n int) reflect.Value {
	if n < s.Len() {
		s.Slice(n, s.Len()).Clear()
	}
	return s.Slice(0, n)
}

func replace(s reflect.Value, i, j int, v reflect.Value) reflect.Value {
	bounds(s, i, j)
	tail := clone(s.Slice(j, s.Len()))
	in := clone(v)
	n := i + in.Len() + tail.Len()
	r := s
	if n > s.Cap() {
		r = reflect.AppendSlice(s.Slice(0, i), reflect.MakeSlice(s.Type(), n-i, n-i))
	} else {
		if n < s.Len() {
			s.Slice(n, s.Len()).Clear()
		}
		r = s.Slice3(0, n, s.Cap())
	}
	reflect.Copy(r.Slice(i, n), in)
	reflect.Copy(r.Slice(i+in.Len(), n), tail)
	return r
}

func clone(s reflect.Value) reflect.Value {
	if s.IsNil() {
		return s
	}
	return reflect.AppendSlice(reflect.MakeSlice(s.Type(), 0, 0), s)
}

func search(n int, cmp func(i int) int) (int, bool) {
	lo, hi := 0, n
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if cmp(m) < 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo, lo < n && cmp(lo) == 0
}

func both(a, b reflect.Value, cmp func(x, y reflect.Value) int) int {
	for i := range a.Len() {
		if i >= b.Len() {
			return 1
		}
		if c := cmp(a.Index(i), b.Index(i)); c != 0 {
			return c
		}
	}
	if a.Len() < b.Len() {
		return -1
	}
	return 0
}

func sortedBy(s reflect.Value, cmp func(a, b reflect.Value) int) bool {
	for i := s.Len() - 1; i > 0; i-- {
		if cmp(s.Index(i), s.Index(i-1)) < 0 {
			return false
		}
	}
	return true
}

func byFunc(f reflect.Value) func(a, b reflect.Value) int {
	return func(a, b reflect.Value) int { return int(call1(f, a, b).Int()) }
}

func boolFunc(f reflect.Value) func(a, b reflect.Value) bool {
	return func(a, b reflect.Value) bool { return call1(f, a, b).Bool() }
}

func test(f reflect.Value) func(reflect.Value) bool {
	return func(v reflect.Value) bool { return call1(f, v).Bool() }
}

func init() {
	set := func(name string, f func(out, a values)) {
		twins["slices."+name] = func(_ []reflect.Type, out, a values) { f(out, a) }
	}
	set("Sort", func(_, a values) { sortOrdered(a[0]) })
	set("SortFunc", func(_, a values) { arrange(a[0], a[1], false) })
	set("SortStableFunc", func(_, a values) { arrange(a[0], a[1], true) })
	set("IsSorted", func(o, a values) { o[0].SetBool(sortedBy(a[0], compare)) })
	set("IsSortedFunc", func(o, a values) { o[0].SetBool(sortedBy(a[0], byFunc(a[1]))) })
	set("Contains", func(o, a values) {
		o[0].SetBool(find(a[0], func(v reflect.Value) bool { return same(v, a[1]) }) >= 0)
	})
	set("ContainsFunc", func(o, a values) { o[0].SetBool(find(a[0], test(a[1])) >= 0) })
	set("Index", func(o, a values) {
		o[0].SetInt(int64(find(a[0], func(v reflect.Value) bool { return same(v, a[1]) })))
	})
	set("IndexFunc", func(o, a values) { o[0].SetInt(int64(find(a[0], test(a[1])))) })
	set("Reverse", func(_, a values) {
		swap := reflect.Swapper(a[0].Interface())
		for i, j := 0, a[0].Len()-1; i < j; i, j = i+1, j-1 {
			swap(i, j)
		}
	})
	set("Max", func(o, a values) { o[0].Set(extreme("Max", a[0], 1)) })
	set("Min", func(o, a values) { o[0].Set(extreme("Min", a[0], -1)) })
	set("MaxFunc", func(o, a values) {
		o[0].Set(best("MaxFunc", a[0], func(x, y reflect.Value) bool { return byFunc(a[1])(x, y) > 0 }))
	})
	set("MinFunc", func(o, a values) {
		o[0].Set(best("MinFunc", a[0], func(x, y reflect.Value) bool { return byFunc(a[1])(x, y) < 0 }))
	})
	set("Clone", func(o, a values) { o[0].Set(clone(a[0])) })
	set("Clip", func(o, a values) { o[0].Set(a[0].Slice3(0, a[0].Len(), a[0].Len())) })
	set("Grow", func(o, a values) {
		n := int(a[1].Int())
		if n < 0 {
			panic("cannot be negative")
		}
		p := reflect.New(a[0].Type()).Elem()
		p.Set(a[0])
		p.Grow(n)
		o[0].Set(p)
	})
	set("Equal", func(o, a values) {
		o[0].SetBool(a[0].Len() == a[1].Len() && both(a[0], a[1], func(x, y reflect.Value) int {
			if same(x, y) {
				return 0
			}
			return 1
		}) == 0)
	})
	set("EqualFunc", func(o, a values) {
		o[0].SetBool(a[0].Len() == a[1].Len() && both(a[0], a[1], func(x, y reflect.Value) int {
			if call1(a[2], x, y).Bool() {
				return 0
			}
			return 1
		}) == 0)
	})
	set("Compare", func(o, a values) { o[0].SetInt(int64(both(a[0], a[1], compare))) })
	set("CompareFunc", func(o, a values) { o[0].SetInt(int64(both(a[0], a[1], byFunc(a[2])))) })
	set("Compact", func(o, a values) { o[0].Set(compact(a[0], same)) })
	set("CompactFunc", func(o, a values) { o[0].Set(compact(a[0], boolFunc(a[1]))) })
	set("Insert", func(o, a values) {
		i := int(a[1].Int())
		bounds(a[0], i, a[0].Len())
		o[0].Set(replace(a[0], i, i, a[2]))
	})
	set("Delete", func(o, a values) {
		i, j := int(a[1].Int()), int(a[2].Int())
		d := make([]struct{}, a[0].Len())
		_ = d[i:j:len(d)]
		if i == j {
			o[0].Set(a[0])
			return
		}
		n := reflect.Copy(a[0].Slice(i, a[0].Len()), a[0].Slice(j, a[0].Len()))
		o[0].Set(truncate(a[0], i+n))
	})
	set("DeleteFunc", func(o, a values) {
		k := 0
		for i := range a[0].Len() {
			if v := a[0].Index(i); !call1(a[1], v).Bool() {
				a[0].Index(k).Set(v)
				k++
			}
		}
		o[0].Set(truncate(a[0], k))
	})
	set("Replace", func(o, a values) { o[0].Set(replace(a[0], int(a[1].Int()), int(a[2].Int()), a[3])) })
	set("Concat", func(o, a values) {
		n := 0
		for i := range a[0].Len() {
			n += a[0].Index(i).Len()
		}
		p := reflect.New(o[0].Type()).Elem()
		p.Grow(n)
		for i := range a[0].Len() {
			p.Set(reflect.AppendSlice(p, a[0].Index(i)))
		}
		o[0].Set(p)
	})
	set("Repeat", func(o, a values) {
		n := int(a[1].Int())
		if n < 0 {
			panic("cannot be negative")
		}
		r := reflect.MakeSlice(o[0].Type(), 0, a[0].Len()*n)
		for range n {
			r = reflect.AppendSlice(r, a[0])
		}
		o[0].Set(r)
	})
	set("BinarySearch", func(o, a values) {
		i, ok := search(a[0].Len(), func(i int) int { return compare(a[0].Index(i), a[1]) })
		o[0].SetInt(int64(i))
		o[1].SetBool(ok)
	})
	set("BinarySearchFunc", func(o, a values) {
		i, ok := search(a[0].Len(), func(i int) int { return int(call1(a[2], a[0].Index(i), a[1]).Int()) })
		o[0].SetInt(int64(i))
		o[1].SetBool(ok)
	})
}
