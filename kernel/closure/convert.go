package closure

import (
	"go/token"
	"go/types"
	"unsafe"
)

// concat compiles x + y for strings.
func concat(x, y operand[string]) expr[string] {
	f, g := x.f, y.f
	return func(fp pointer) string {
		s := f(fp)
		return s + g(fp)
	}
}

// convert compiles a conversion.
func (c *compiler) convert(v value, t types.Type, pos token.Pos) value {
	to, from := t.Underlying(), v.t.Underlying()
	if _, ok := to.(*types.Interface); ok {
		return c.assignable(v, t)
	}
	if b, ok := v.t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return c.zero(t, pos)
	}
	r := value{t: t, pos: pos, slot: none}
	tb, toBasic := to.(*types.Basic)
	fb, fromBasic := from.(*types.Basic)
	switch {
	case toBasic && fromBasic && basicKind(tb) == basicKind(fb):
		v.t = t
		return v
	case toBasic && tb.Info()&types.IsString != 0:
		r.f = c.toString(v, pos)
		return r
	case fromBasic && fb.Info()&types.IsString != 0:
		r.f = c.fromString(v, to, pos)
		return r
	case toBasic && fromBasic:
		r.f = c.numeric(v, t, pos)
		return r
	case types.IdenticalIgnoreTags(to, from):
		v.t = t
		return v
	}
	tp, ok1 := to.(*types.Pointer)
	fpt, ok2 := from.(*types.Pointer)
	if ok1 && ok2 && types.IdenticalIgnoreTags(tp.Elem().Underlying(), fpt.Elem().Underlying()) {
		v.t = t
		return v
	}
	refuse(pos, "the conversion of %s to %s is not compiled", v.t, t)
	panic("unreachable")
}

// numeric compiles a conversion between numbers.
func (c *compiler) numeric(v value, t types.Type, pos token.Pos) any {
	to, ok := repOf(t).(arithmetic)
	if !ok {
		refuse(pos, "the conversion of %s to %s is not compiled", v.t, t)
	}
	var f any
	switch from := repOf(v.t).(type) {
	case interface {
		widen(any) (expr[int64], expr[uint64])
	}:
		if i, u := from.widen(v.f); i != nil {
			f = to.fromInt(i)
		} else {
			f = to.fromUint(u)
		}
	case float[float64]:
		f = to.fromFloat(v.f.(expr[float64]))
	case float[float32]:
		g := v.f.(expr[float32])
		f = to.fromFloat(func(fp pointer) float64 { return float64(g(fp)) })
	case complexes[complex128]:
		g := v.f.(expr[complex128])
		f = expr[complex64](func(fp pointer) complex64 { return complex64(g(fp)) })
	case complexes[complex64]:
		g := v.f.(expr[complex64])
		f = expr[complex128](func(fp pointer) complex128 { return complex128(g(fp)) })
	}
	if f == nil {
		refuse(pos, "the conversion of %s to %s is not compiled", v.t, t)
	}
	return f
}

// toString compiles a conversion of an integer, of bytes or of runes.
func (c *compiler) toString(v value, pos token.Pos) expr[string] {
	if s, ok := v.t.Underlying().(*types.Slice); ok {
		f := v.f.(expr[slice])
		switch basicKind(s.Elem()) {
		case types.Byte:
			return func(fp pointer) string { return string(typed[byte]{}.of(f(fp))) }
		case types.Rune:
			return func(fp pointer) string { return string(typed[rune]{}.of(f(fp))) }
		}
	}
	if w, ok := repOf(v.t).(interface {
		widen(any) (expr[int64], expr[uint64])
	}); ok {
		if i, u := w.widen(v.f); i != nil {
			return func(fp pointer) string { return runeString(i(fp)) }
		} else {
			return func(fp pointer) string {
				n := u(fp)
				if n > 1<<31 {
					n = 1 << 31
				}
				return runeString(int64(n))
			}
		}
	}
	refuse(pos, "the conversion of %s to a string is not compiled", v.t)
	panic("unreachable")
}

func runeString(n int64) string {
	if int64(rune(n)) != n {
		return "\uFFFD"
	}
	return string(rune(n))
}

// fromString compiles a conversion of a string to bytes or runes.
func (c *compiler) fromString(v value, to types.Type, pos token.Pos) expr[slice] {
	f := v.f.(expr[string])
	if s, ok := to.(*types.Slice); ok {
		switch basicKind(s.Elem()) {
		case types.Byte:
			return func(fp pointer) slice { return untyped([]byte(f(fp))) }
		case types.Rune:
			return func(fp pointer) slice { return untyped([]rune(f(fp))) }
		}
	}
	refuse(pos, "the conversion of a string to %s is not compiled", to)
	panic("unreachable")
}

// bytesOf returns a string as a slice of bytes, to read.
func bytesOf(s string) slice { return slice{pointer(unsafe.StringData(s)), len(s), len(s)} }
