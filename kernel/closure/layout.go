package closure

import (
	"fmt"
	"go/types"
	"reflect"
	"runtime"
)

var sizes = types.SizesFor("gc", runtime.GOARCH)

func sizeOf(t types.Type) uintptr { return uintptr(sizes.Sizeof(t)) }

// layout is what is known of a type.
type layout struct {
	size uintptr
	runs []run
}

func (l *layout) pointerFree() bool { return len(l.runs) == 0 || len(l.runs) == 1 && !l.runs[0].ref }

func layoutOf(t types.Type) *layout {
	l := &layout{size: sizeOf(t)}
	l.add(t, 0)
	return l
}

func (l *layout) add(t types.Type, off uintptr) {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			l.refs(off, 1)
			l.words(off+wordSize, wordSize)
		case u.Kind() == types.UnsafePointer || u.Kind() == types.UntypedNil:
			l.refs(off, 1)
		default:
			l.words(off, sizeOf(t))
		}
	case *types.Slice:
		l.refs(off, 1)
		l.words(off+wordSize, 2*wordSize)
	case *types.Interface:
		l.refs(off, 2)
	case *types.Struct:
		var fs []*types.Var
		for i := range u.NumFields() {
			fs = append(fs, u.Field(i))
		}
		for i, o := range sizes.Offsetsof(fs) {
			l.add(fs[i].Type(), off+uintptr(o))
		}
	case *types.Array:
		e := layoutOf(u.Elem())
		if e.pointerFree() {
			l.words(off, sizeOf(t))
			return
		}
		for i := range uintptr(u.Len()) {
			l.add(u.Elem(), off+i*e.size)
		}
	default: // a pointer, map, channel or function
		l.refs(off, 1)
	}
}

func (l *layout) refs(off uintptr, n int) {
	for range n {
		l.runs = append(l.runs, run{off, wordSize, true})
		off += wordSize
	}
}

// words adds bytes without pointers. Those next to each other become one run, and so
// does the padding between them.
func (l *layout) words(off, size uintptr) {
	if size == 0 {
		return
	}
	if n := len(l.runs); n > 0 && !l.runs[n-1].ref {
		l.runs[n-1].size = off + size - l.runs[n-1].off
		return
	}
	l.runs = append(l.runs, run{off, size, false})
}

// shape returns a type with the memory layout of t, for allocation: it names nothing
// and ends at pointers, so that a type which mentions itself has one.
func shape(t types.Type) reflect.Type {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicTypes[u.Kind()]
	case *types.Slice:
		return reflect.TypeFor[[]byte]()
	case *types.Interface:
		if u.NumMethods() > 0 && isCompiledInterface(t) {
			return reflect.TypeFor[error]()
		}
		return reflect.TypeFor[any]()
	case *types.Array:
		return reflect.ArrayOf(int(u.Len()), shape(u.Elem()))
	case *types.Struct:
		fs := make([]reflect.StructField, u.NumFields())
		for i := range fs {
			fs[i] = reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: shape(u.Field(i).Type())}
		}
		return reflect.StructOf(fs)
	}
	return reflect.TypeFor[pointer]()
}

var basicTypes = map[types.BasicKind]reflect.Type{
	types.Bool: reflect.TypeFor[bool](), types.String: reflect.TypeFor[string](),
	types.Int: reflect.TypeFor[int](), types.Int8: reflect.TypeFor[int8](), types.Int16: reflect.TypeFor[int16](),
	types.Int32: reflect.TypeFor[int32](), types.Int64: reflect.TypeFor[int64](),
	types.Uint: reflect.TypeFor[uint](), types.Uint8: reflect.TypeFor[uint8](), types.Uint16: reflect.TypeFor[uint16](),
	types.Uint32: reflect.TypeFor[uint32](), types.Uint64: reflect.TypeFor[uint64](), types.Uintptr: reflect.TypeFor[uintptr](),
	types.Float32: reflect.TypeFor[float32](), types.Float64: reflect.TypeFor[float64](),
	types.Complex64: reflect.TypeFor[complex64](), types.Complex128: reflect.TypeFor[complex128](),
	types.UnsafePointer: reflect.TypeFor[pointer](),
}

// isCompiledInterface reports whether interface values of the type carry a method
// table, as those of compiled packages do; a cell's own carry a type only.
func isCompiledInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	return n.Obj().Pkg() == nil || !isCell(n.Obj())
}

// isCell reports whether an object belongs to a cell.
func isCell(o types.Object) bool { return o.Pkg() != nil && o.Pkg().Path() == "main" }

// usable returns why values of a type cannot be handled, "" if they can.
func usable(t types.Type) string { return unusable(t, map[types.Type]bool{}, false) }

func unusable(t types.Type, seen map[types.Type]bool, field bool) string {
	t = types.Unalias(t)
	if seen[t] {
		return ""
	}
	seen[t] = true
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil && !isCell(n.Obj()) {
		return "" // what a compiled type is made of has Go's own layout
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Kind() == types.UnsafePointer || u.Kind() == types.Invalid {
			return "the type " + u.Name() + " is not compiled"
		}
		return ""
	case *types.Pointer:
		return unusable(u.Elem(), seen, false)
	case *types.Slice:
		return unusable(u.Elem(), seen, false)
	case *types.Array:
		return unusable(u.Elem(), seen, false)
	case *types.Map:
		if w := unusable(u.Key(), seen, false); w != "" {
			return w
		}
		return unusable(u.Elem(), seen, false)
	case *types.Struct:
		for i := range u.NumFields() {
			if w := unusable(u.Field(i).Type(), seen, true); w != "" {
				return w
			}
		}
		return ""
	case *types.Interface:
		return ""
	case *types.Chan:
		return unusable(u.Elem(), seen, false)
	case *types.Signature:
		if w := unusable(u.Params(), seen, false); w != "" {
			return w
		}
		return unusable(u.Results(), seen, false)
	case *types.Tuple:
		for v := range u.Variables() {
			if w := unusable(v.Type(), seen, false); w != "" {
				return w
			}
		}
		return ""
	}
	if _, ok := t.(*types.TypeParam); ok {
		return "generic functions are not compiled"
	}
	return fmt.Sprintf("the type %s is not compiled", t)
}

// offset returns where a field lies in its struct.
func offset(s *types.Struct, i int) uintptr {
	fs := make([]*types.Var, i+1)
	for k := range fs {
		fs[k] = s.Field(k)
	}
	return uintptr(sizes.Offsetsof(fs)[i])
}

func align(n, to uintptr) uintptr { return (n + to - 1) &^ (to - 1) }

// isAggregate reports whether values of a type are kept in frames as a whole.
func isAggregate(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func basicKind(t types.Type) types.BasicKind {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return types.Invalid
	}
	switch b.Kind() {
	case types.UntypedBool:
		return types.Bool
	case types.UntypedInt:
		return types.Int
	case types.UntypedRune:
		return types.Int32
	case types.UntypedFloat:
		return types.Float64
	case types.UntypedComplex:
		return types.Complex128
	case types.UntypedString:
		return types.String
	}
	return b.Kind()
}
