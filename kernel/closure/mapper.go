package closure

import (
	"go/token"
	"go/types"
)

// mapper handles maps of one type. Keys and values are in a frame.
type mapper interface {
	make(n int) pointer
	load(fp, m pointer, key, val uintptr) bool // the zero value if there is none
	store(fp, m pointer, key, val uintptr)
	delete(fp, m pointer, key uintptr)
	clear(m pointer)
	each(fp, m pointer, key, val uintptr, body func() bool)
}

// mapperOf returns what handles maps of a type: a compiled map with keys and values of
// the same layout, which the runtime hashes in the same way, or reflection.
func (c *compiler) mapperOf(u *types.Map, pos token.Pos) mapper {
	if m := c.typedMapper(u, pos); m != nil {
		return m
	}
	return newReflectedMap(u)
}

func (c *compiler) typedMapper(u *types.Map, pos token.Pos) mapper {
	c.checkMemory(u.Key(), pos)
	c.checkMemory(u.Elem(), pos)
	c.check(u.Key(), pos)
	c.check(u.Elem(), pos)
	if hasBlank(u.Key()) {
		refuse(pos, "keys with blank fields are not compiled")
	}
	if hasCompiledParts(u.Key()) {
		refuse(pos, "keys of the type %s are not compiled", u.Key())
	}
	v := layoutOf(u.Elem())
	switch basicKind(u.Key()) {
	case types.String:
		return typedMapOf(v, stringCodec)
	case types.Bool, types.Int8, types.Uint8:
		return typedMapOf(v, wordCodec[uint8]())
	case types.Int16, types.Uint16:
		return typedMapOf(v, wordCodec[uint16]())
	case types.Int32, types.Uint32:
		return typedMapOf(v, wordCodec[uint32]())
	case types.Int, types.Int64, types.Uint, types.Uint64, types.Uintptr:
		return typedMapOf(v, wordCodec[uint64]())
	case types.Float64:
		return typedMapOf(v, wordCodec[float64]())
	}
	// A struct that reflection made is hashed field by field, one with a layout known to
	// the compiler as a whole: those have no typed map.
	return nil
}

func hasBlank(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			if u.Field(i).Name() == "_" || hasBlank(u.Field(i).Type()) {
				return true
			}
		}
	case *types.Array:
		return hasBlank(u.Elem())
	}
	return false
}

// hasCompiledParts reports whether a type contains what is hashed in another way than
// what stands for it here: structs of compiled packages, which the compiler may have
// hashed as a whole, and interface values with method tables, but for error.
func hasCompiledParts(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		n, ok := types.Unalias(t).(*types.Named)
		return ok && n.Obj().Pkg() != nil && !isCell(n.Obj()) && u.NumMethods() > 0
	case *types.Struct:
		if n, ok := types.Unalias(t).(*types.Named); ok && !isCell(n.Obj()) {
			return true
		}
		for i := range u.NumFields() {
			if hasCompiledParts(u.Field(i).Type()) {
				return true
			}
		}
	case *types.Array:
		return hasCompiledParts(u.Elem())
	}
	return false
}

// codec moves values between a frame and Go.
type codec[T any] struct {
	take func(fp pointer, off uintptr) T
	put  func(fp pointer, off uintptr, v T)
}

func wordCodec[T any]() codec[T] {
	return codec[T]{
		func(fp pointer, off uintptr) T { return *word[T](fp, off) },
		func(fp pointer, off uintptr, v T) { *word[T](fp, off) = v },
	}
}

var (
	stringCodec  = codec[string]{frameString, setFrameString}
	sliceCodec   = codec[slice]{frameSlice, setFrameSlice}
	pointerCodec = codec[pointer]{
		func(fp pointer, off uintptr) pointer { return *ref(fp, off) },
		func(fp pointer, off uintptr, v pointer) { *ref(fp, off) = v },
	}
)

// typedMapOf returns what handles maps with keys K and values of a layout, nil if
// reflection does.
func typedMapOf[K comparable](v *layout, key codec[K]) mapper {
	r := v.runs
	switch {
	case v.pointerFree() && v.size == 0:
		return typedMap[K, struct{}]{key, wordCodec[struct{}]()}
	case v.pointerFree() && v.size == 1:
		return typedMap[K, uint8]{key, wordCodec[uint8]()}
	case v.pointerFree() && v.size == 4:
		return typedMap[K, uint32]{key, wordCodec[uint32]()}
	case v.pointerFree() && v.size == 8:
		return typedMap[K, uint64]{key, wordCodec[uint64]()}
	case v.pointerFree() && v.size == 16:
		return typedMap[K, [2]uint64]{key, wordCodec[[2]uint64]()}
	case len(r) == 1 && r[0].ref:
		return typedMap[K, pointer]{key, pointerCodec}
	case len(r) == 2 && r[0].ref && !r[1].ref && v.size == 2*wordSize:
		return typedMap[K, string]{key, stringCodec}
	case len(r) == 2 && r[0].ref && !r[1].ref && v.size == 3*wordSize:
		return typedMap[K, slice]{key, sliceCodec}
	}
	return nil
}
