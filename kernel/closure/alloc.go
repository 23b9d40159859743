package closure

import (
	"go/types"
	"reflect"
	"unsafe"
)

// Shape returns a type with the memory layout of t, which mentions no named type.
func Shape(t types.Type) reflect.Type { return shape(t) }

// allocator returns what makes a new, zero variable of a type in Go's memory.
func allocator(t types.Type) func() pointer {
	switch basicKind(t) {
	case types.Int, types.Int64, types.Uint, types.Uint64, types.Float64:
		return func() pointer { return pointer(new(uint64)) }
	}
	s := shape(t)
	return func() pointer { return reflect.New(s).UnsafePointer() }
}

// copier returns what copies a value from one place in Go's memory to another.
func copier(t types.Type) func(to, from pointer) {
	l := layoutOf(t)
	if l.pointerFree() {
		size := l.size
		return func(to, from pointer) {
			copy(unsafe.Slice((*byte)(to), size), unsafe.Slice((*byte)(from), size))
		}
	}
	s := shape(t)
	return func(to, from pointer) {
		reflect.NewAt(s, to).Elem().Set(reflect.NewAt(s, from).Elem())
	}
}

// elements handles the memory of slices of one type of elements.
type elements interface {
	make(n, c int) slice              // panics as the builtin does
	append(s, t slice) slice          // s..., t...
	grow(s slice) slice               // s with one more element, which is zero or stale
	copy(to, from slice) int          // the builtin
	slice(s slice, i, j, k int) slice // s[i:j:k], within bounds
}

// elementsOf returns how slices with elements of a type are handled: those of the
// commonest layouts by compiled code, others by reflection.
func elementsOf(t types.Type) elements {
	l := layoutOf(t)
	if e := elementsOfLayout(l); e != nil {
		return e
	}
	return &reflected{reflect.SliceOf(shape(t)), l.size}
}

func elementsOfLayout(l *layout) elements {
	if l.pointerFree() {
		switch l.size {
		case 0:
			return typed[struct{}]{}
		case 1:
			return typed[uint8]{}
		case 2:
			return typed[uint16]{}
		case 4:
			return typed[uint32]{}
		case 8:
			return typed[uint64]{}
		case 16:
			return typed[[2]uint64]{}
		case 24:
			return typed[[3]uint64]{}
		case 32:
			return typed[[4]uint64]{}
		}
		return nil
	}
	r := l.runs
	switch {
	case len(r) == 1:
		return typed[pointer]{}
	case len(r) == 2 && r[0].ref && !r[1].ref && l.size == 2*wordSize:
		return typed[string]{}
	case len(r) == 2 && r[0].ref && !r[1].ref && l.size == 3*wordSize:
		return typed[[]byte]{}
	}
	return nil
}

// typed handles slices whose elements have the layout of T.
type typed[T any] struct{}

func (typed[T]) of(s slice) []T { return *(*[]T)(pointer(&s)) }

func untyped[T any](s []T) slice { return *(*slice)(pointer(&s)) }

func (typed[T]) make(n, c int) slice                { return untyped(make([]T, n, c)) }
func (e typed[T]) append(s, t slice) slice          { return untyped(append(e.of(s), e.of(t)...)) }
func (e typed[T]) copy(to, from slice) int          { return copy(e.of(to), e.of(from)) }
func (e typed[T]) grow(s slice) slice               { var z T; return untyped(append(e.of(s), z)) }
func (e typed[T]) slice(s slice, i, j, k int) slice { return untyped(e.of(s)[i:j:k]) }

// reflected handles the other slices.
type reflected struct {
	t    reflect.Type
	size uintptr
}

func (e *reflected) of(s *slice) reflect.Value { return reflect.NewAt(e.t, pointer(s)).Elem() }

func (e *reflected) back(v reflect.Value) slice {
	return slice{v.UnsafePointer(), v.Len(), v.Cap()}
}

func (e *reflected) make(n, c int) slice {
	// The builtin decides what is out of range.
	_ = make([]struct{}, n, c)
	if most := maxAlloc / max(e.size, 1); uintptr(c) > most {
		if uintptr(n) > most {
			n = -1
		}
		_ = make([]byte, n, -c) // panics with what is wrong
	}
	return e.back(reflect.MakeSlice(e.t, n, c))
}

const maxAlloc = 1 << 47

func (e *reflected) append(s, t slice) slice {
	return e.back(reflect.AppendSlice(e.of(&s), e.of(&t)))
}

func (e *reflected) grow(s slice) slice {
	return e.back(reflect.Append(e.of(&s), reflect.Zero(e.t.Elem())))
}

func (e *reflected) copy(to, from slice) int { return reflect.Copy(e.of(&to), e.of(&from)) }

func (e *reflected) slice(s slice, i, j, k int) slice { return e.back(e.of(&s).Slice3(i, j, k)) }
