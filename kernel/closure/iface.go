package closure

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"sync/atomic"
)

// toInterface compiles the conversion of a value to an interface type.
func (c *compiler) toInterface(v value, t types.Type) value {
	r := value{t: t, pos: v.pos, slot: none}
	var f expr[iface]
	if b, ok := types.Unalias(v.t).(*types.Basic); ok {
		f = boxBasic(v, b)
	}
	if f == nil {
		f = c.boxTyped(v)
	}
	r.f = c.withMethods(f, t, v.pos)
	return r
}

// ofAny returns the words of an interface value.
func ofAny(x any) iface { return *(*iface)(pointer(&x)) }

func (i iface) any() any { return *(*any)(pointer(&i)) }

// boxBasic puts values of the types that Go declares into interfaces.
func boxBasic(v value, b *types.Basic) expr[iface] {
	if r, ok := repOf(b).(interface{ box(f any) expr[iface] }); ok {
		return r.box(v.f)
	}
	return nil
}

func boxAs[T any](f any) expr[iface] {
	g := f.(expr[T])
	return func(fp pointer) iface { return ofAny(g(fp)) }
}

func (scalar[T]) box(f any) expr[iface]  { return boxAs[T](f) }
func (stringsRep) box(f any) expr[iface] { return boxAs[string](f) }

// boxTyped puts values of other types into interfaces.
func (c *compiler) boxTyped(v value) expr[iface] {
	c.check(v.t, v.pos)
	typ := c.trueType(v.t, v.pos)
	switch f := v.f.(type) {
	case nil:
		return c.boxAggregate(v, typ)
	case expr[pointer]:
		return func(fp pointer) iface { d := f(fp); return iface{typ.word(), d} }
	case expr[slice]:
		return func(fp pointer) iface {
			p := new(slice)
			*p = f(fp)
			return iface{typ.word(), pointer(p)}
		}
	}
	f := repOf(v.t).(interface{ box(f any) expr[iface] }).box(v.f)
	return func(fp pointer) iface { return iface{typ.word(), f(fp).d} }
}

func (c *compiler) boxAggregate(v value, typ *trueType) expr[iface] {
	eval, off, runs := orNothing(v.eval), v.slot, layoutOf(v.t).runs
	if isDirect(v.t) {
		return func(fp pointer) iface {
			eval(fp)
			return iface{typ.word(), *ref(fp, off)}
		}
	}
	return func(fp pointer) iface {
		eval(fp)
		t := typ.get()
		p := reflect.New(t).UnsafePointer()
		storeRuns(p, fp, off, runs)
		return iface{typeWord(t), p}
	}
}

// trueType is the type that values of a type have in interfaces. One of the session
// becomes another when it gets methods.
type trueType struct {
	env  *Env
	find func() reflect.Type // nil: it stays what it is
	now  atomic.Pointer[foundType]
}

type foundType struct {
	made uint32
	t    reflect.Type
}

func (t *trueType) get() reflect.Type {
	f := t.now.Load()
	if f == nil || t.find != nil && f.made != t.env.made() {
		made := t.env.made()
		f = &foundType{made, t.find()}
		t.now.Store(f)
	}
	return f.t
}

func (t *trueType) word() pointer { return typeWord(t.get()) }

// typeWord returns the first word of an empty interface with a value of a type.
func typeWord(t reflect.Type) pointer { return (*iface)(pointer(&t)).d }

// trueType returns the type that values of a type have in interfaces.
func (c *compiler) trueType(t types.Type, pos token.Pos) *trueType {
	r := &trueType{env: c.env}
	if p := plainType(t); p != nil {
		r.now.Store(&foundType{t: p})
		return r
	}
	if c.env.True != nil {
		if f := c.env.True(t); f != nil {
			want, shown := sizeOf(t), t
			r.find = func() reflect.Type {
				r := f()
				if r.Size() != want || !sameKind(shown, r) {
					panic("closure: " + shown.String() + " has another layout in interfaces")
				}
				return r
			}
			return r
		}
	}
	refuse(pos, "a value of the type %s in an interface is not compiled", t)
	panic("unreachable")
}

// plainType returns the reflect type of a type that mentions no named one, nil for
// others.
func plainType(t types.Type) reflect.Type {
	switch u := types.Unalias(t).(type) {
	case *types.Basic:
		return basicTypes[basicKind(u)]
	case *types.Slice:
		if e := plainType(u.Elem()); e != nil {
			return reflect.SliceOf(e)
		}
	case *types.Pointer:
		if e := plainType(u.Elem()); e != nil {
			return reflect.PointerTo(e)
		}
	case *types.Array:
		if e := plainType(u.Elem()); e != nil {
			return reflect.ArrayOf(int(u.Len()), e)
		}
	case *types.Map:
		k, e := plainType(u.Key()), plainType(u.Elem())
		if k != nil && e != nil {
			return reflect.MapOf(k, e)
		}
	case *types.Interface:
		if u.NumMethods() == 0 && !u.IsComparable() {
			return reflect.TypeFor[any]()
		}
	}
	return nil
}

// bare reports whether values of an interface type carry a type and no methods, as
// those of the interfaces of cells do.
func bare(t types.Type) bool {
	return t.Underlying().(*types.Interface).NumMethods() == 0 || !isCompiledInterface(t)
}

// withMethods turns a value that carries a type into one of an interface type.
func (c *compiler) withMethods(f expr[iface], t types.Type, pos token.Pos) expr[iface] {
	if bare(t) {
		return f
	}
	to := &tables{typ: c.interfaceType(t, pos)}
	return func(fp pointer) iface {
		v := f(fp)
		if v.t == nil {
			return iface{}
		}
		return iface{to.of(v), v.d}
	}
}

// tables remembers the method tables of a compiled interface for the types that have
// come by.
type tables struct {
	typ    reflect.Type
	recent atomic.Pointer[[]table]
}

type table struct{ typ, methods pointer }

// of returns the method table of a value that carries its type.
func (t *tables) of(v iface) pointer {
	var list []table
	if r := t.recent.Load(); r != nil {
		list = *r
		for i := range list {
			if list[i].typ == v.t {
				return list[i].methods
			}
		}
	}
	x := reflect.New(t.typ)
	x.Elem().Set(reflect.ValueOf(v.any()))
	m := (*iface)(x.UnsafePointer()).t
	list = append(slices.Clip(list[max(0, len(list)+1-recentMost):]), table{v.t, m})
	t.recent.Store(&list)
	return m
}

// interfaceType returns a compiled interface type.
func (c *compiler) interfaceType(t types.Type, pos token.Pos) reflect.Type {
	n := types.Unalias(t).(*types.Named)
	if n.Obj().Pkg() == nil {
		return reflect.TypeFor[error]()
	}
	if c.env.Named != nil && n.TypeArgs().Len() == 0 {
		if r := c.env.Named(n.Obj().Pkg().Path(), n.Obj().Name()); r != nil && r.Kind() == reflect.Interface {
			return r
		}
	}
	refuse(pos, "the interface %s cannot be used", t)
	panic("unreachable")
}

// changeInterface compiles the conversion of an interface value to another interface.
func (c *compiler) changeInterface(v value, t types.Type) value {
	f := v.f.(expr[iface])
	r := value{t: t, pos: v.pos, slot: none}
	if !bare(v.t) {
		g := f
		f = func(fp pointer) iface { return withoutMethods(g(fp)) }
	}
	r.f = c.withMethods(f, t, v.pos)
	return r
}

// withoutMethods turns a value with a method table, of whichever interface, into one
// that carries its type.
func withoutMethods(v iface) iface { return ofAny(*(*error)(pointer(&v))) }
