package closure

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"unsafe"

	"descent/kernel/rt"
)

// This file knows the commonest generic functions of compiled packages: a call of these
// needs no reflection.

// knownTwin compiles the call of one, with its only result; nil for others.
func (c *compiler) knownTwin(name string, args []argument, pos token.Pos) (stm, any) {
	if len(args) == 0 {
		return nil, nil
	}
	switch name {
	case "slices.SortFunc", "slices.SortStableFunc":
		return c.sortFunc(args, name == "slices.SortStableFunc", pos), nil
	}
	t := args[0].v.t
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem()
	}
	switch basicKind(t) {
	case types.Int:
		return orderedTwin[int](name, args, pos)
	case types.Float64:
		return orderedTwin[float64](name, args, pos)
	case types.String:
		return orderedTwin[string](name, args, pos)
	}
	return nil, nil
}

// viewOf returns the elements of a slice.
func viewOf[T any](s slice) []T { return *(*[]T)(pointer(&s)) }

// orderedTwin is knownTwin for the functions of values that can be ordered.
func orderedTwin[T cmp.Ordered](name string, args []argument, pos token.Pos) (stm, any) {
	list := func() expr[slice] { return args[0].v.f.(expr[slice]) }
	switch name {
	case "cmp.Compare", "cmp.Less":
		x, y := args[0].v.f.(expr[T]), args[1].v.f.(expr[T])
		if name == "cmp.Less" {
			return nil, expr[bool](func(fp pointer) bool { a := x(fp); return cmp.Less(a, y(fp)) })
		}
		return nil, expr[int](func(fp pointer) int { a := x(fp); return cmp.Compare(a, y(fp)) })
	case "slices.Sort":
		s := list()
		return func(fp pointer) ctl { slices.Sort(viewOf[T](s(fp))); return next }, nil
	case "slices.Reverse":
		s := list()
		return func(fp pointer) ctl { slices.Reverse(viewOf[T](s(fp))); return next }, nil
	case "slices.Contains":
		s, y := list(), args[1].v.f.(expr[T])
		return nil, expr[bool](func(fp pointer) bool { l := s(fp); return slices.Contains(viewOf[T](l), y(fp)) })
	case "slices.Index":
		s, y := list(), args[1].v.f.(expr[T])
		return nil, expr[int](func(fp pointer) int { l := s(fp); return slices.Index(viewOf[T](l), y(fp)) })
	case "slices.Max":
		s := list()
		return nil, expr[T](func(fp pointer) T { l := s(fp); note(fp, pos); return slices.Max(viewOf[T](l)) })
	case "slices.Min":
		s := list()
		return nil, expr[T](func(fp pointer) T { l := s(fp); note(fp, pos); return slices.Min(viewOf[T](l)) })
	}
	return nil, nil
}

// sortFunc compiles slices.SortFunc and slices.SortStableFunc.
func (c *compiler) sortFunc(args []argument, stable bool, pos token.Pos) stm {
	elem := args[0].v.t.Underlying().(*types.Slice).Elem()
	f := c.comparing(args[1].v, pos)
	s := args[0].v.f.(expr[slice])
	switch {
	case basicKind(elem) == types.Int:
		return sortingOf[int](s, f, stable)
	case basicKind(elem) == types.Float64:
		return sortingOf[float64](s, f, stable)
	case basicKind(elem) == types.String:
		return sortingOf[string](s, f, stable)
	}
	if _, ok := elem.Underlying().(*types.Pointer); ok {
		return sortingOf[pointer](s, f, stable)
	}
	alloc, copyTo, size := allocator(elem), copier(elem), sizeOf(elem)
	return func(fp pointer) ctl {
		l := s(fp)
		compare := f(fp)
		list := make([]pointer, l.n)
		for i := range list {
			list[i] = alloc()
			copyTo(list[i], unsafe.Add(l.p, uintptr(i)*size))
		}
		arrange(list, compare, stable)
		for i, p := range list {
			copyTo(unsafe.Add(l.p, uintptr(i)*size), p)
		}
		return next
	}
}

// sortingOf sorts the elements where they lie.
func sortingOf[T any](s expr[slice], f func(fp pointer) func(a, b pointer) int, stable bool) stm {
	return func(fp pointer) ctl {
		l := s(fp)
		compare := f(fp)
		by := func(a, b T) int { return compare(pointer(&a), pointer(&b)) }
		if stable {
			slices.SortStableFunc(viewOf[T](l), by)
		} else {
			slices.SortFunc(viewOf[T](l), by)
		}
		return next
	}
}

func arrange(list []pointer, compare func(a, b pointer) int, stable bool) {
	if stable {
		slices.SortStableFunc(list, compare)
	} else {
		slices.SortFunc(list, compare)
	}
}

// comparing returns what makes a comparison of two values in memory of a function
// value, which it calls in the frame of the caller.
func (c *compiler) comparing(v value, pos token.Pos) func(fp pointer) func(a, b pointer) int {
	sig := v.t.Underlying().(*types.Signature)
	like := layOut(c.env, sig, "", pos)
	s := &site{pos: pos, off: c.alloc(like.head)}
	get := v.f.(expr[pointer])
	x, y, result := like.params[0], like.params[1], like.results[0].off
	return func(fp pointer) func(a, b pointer) int {
		f := get(fp)
		g := own(f)
		to := unsafe.Add(fp, s.off)
		return func(a, b pointer) int {
			if f == nil {
				raiseNil(fp, pos)
			}
			*ref(to, 0) = pointer(s)
			*ref(to, wordSize) = f
			loadRuns(to, x.off, a, x.runs)
			loadRuns(to, y.off, b, y.runs)
			if g != nil {
				return (*g.f.code.(*expr[int]))(to)
			}
			callForeign(fp, to, f, like, s)
			return *word[int](to, result)
		}
	}
}

func init() { rt.SetCompare(comparison) }

// comparison returns the comparison of two values in memory of a function that is
// compiled, nil for others.
func comparison(p pointer) func(a, b pointer) int {
	v := own(p)
	if v == nil || len(v.f.params) != 2 {
		return nil
	}
	code, ok := v.f.code.(*expr[int])
	if !ok {
		return nil
	}
	x, y := v.f.params[0], v.f.params[1]
	return func(a, b pointer) int {
		c := v.f.env.begin()
		defer c.end()
		fp := c.enter(v)
		loadRuns(fp, x.off, a, x.runs)
		loadRuns(fp, y.off, b, y.runs)
		r := (*code)(fp)
		c.done = true
		return r
	}
}
