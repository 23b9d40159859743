package closure

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"sync/atomic"
	"unsafe"
)

// Method is a compiled method of the values that have a type in interfaces.
type Method struct {
	f     *Func
	value *function // stands in the frame of a call, for tracebacks

	// receive puts the receiver, which the second word of an interface value holds, into
	// the frame of a call.
	receive func(fp, to, data pointer, pos token.Pos)

	text func(v any) string // for methods of compiled types: a call of Error or String
}

// NewMethod returns f as the method of values of the type t, which is found along the
// fields of index (as those of a types.Selection: the last number is the method's).
func NewMethod(f *Func, t types.Type, index []int) *Method {
	return &Method{f: f, value: &function{f: f}, receive: receiving(f, t, index[:len(index)-1])}
}

// hop is a step from a value to what it embeds.
type hop struct {
	deref bool // a pointer lies there: on from what it points to
	off   uintptr
}

func receiving(f *Func, t types.Type, index []int) func(fp, frame, data pointer, pos token.Pos) {
	to := f.params[0]
	off, runs := to.off, to.runs
	_, wantPtr := to.t.Underlying().(*types.Pointer)
	p, isPtr := t.Underlying().(*types.Pointer)
	indirect := !isPtr && isDirect(t) // the value itself is in the interface
	if isPtr {
		if len(index) == 0 && wantPtr {
			return func(_, frame, data pointer, _ token.Pos) { *ref(frame, off) = data }
		}
		t = p.Elem()
		if typ := nameOfType(t); len(index) == 0 {
			return func(fp, frame, data pointer, pos token.Pos) {
				if data == nil {
					raiseNilReceiver(fp, f.name, typ, pos)
				}
				loadRuns(frame, off, data, runs)
			}
		}
	}
	if len(index) == 0 && !isPtr && !indirect {
		return func(_, frame, data pointer, _ token.Pos) { loadRuns(frame, off, data, runs) }
	}
	var hops []hop
	for _, i := range index {
		h := hop{}
		if p, ok := t.Underlying().(*types.Pointer); ok {
			h.deref, t = true, p.Elem()
		}
		st := t.Underlying().(*types.Struct)
		h.off, t = offset(st, i), st.Field(i).Type()
		hops = append(hops, h)
	}
	_, endsPtr := t.Underlying().(*types.Pointer)
	return func(fp, frame, data pointer, pos token.Pos) {
		at := data // the address of a value
		if indirect {
			held := new(pointer)
			*held = data
			at = pointer(held)
		}
		for _, h := range hops {
			if at == nil {
				raiseNil(fp, pos)
			}
			if h.deref {
				if at = *(*pointer)(at); at == nil {
					raiseNil(fp, pos)
				}
			}
			at = unsafe.Add(at, h.off)
		}
		if endsPtr {
			at = *(*pointer)(at)
		}
		switch {
		case wantPtr:
			*ref(frame, off) = at
		case at == nil:
			raiseNil(fp, pos)
		default:
			loadRuns(frame, off, at, runs)
		}
	}
}

// isDirect reports whether an interface holds values of a type in its second word, not
// their address.
func isDirect(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Struct:
		return u.NumFields() == 1 && isDirect(u.Field(0).Type())
	case *types.Array:
		return u.Len() == 1 && isDirect(u.Elem())
	}
	return false
}

// dispatch is a call through an interface: it remembers the methods of the types that
// have come by.
type dispatch struct {
	site
	env    *Env
	name   string
	bare   bool  // the first word is a type, not a method table
	like   *Func // the frame, without a receiver
	recent atomic.Pointer[methods]
}

// methods are what was found out about types while Made stayed the same.
type methods struct {
	made uint32
	list []knownMethod
}

type knownMethod struct {
	word pointer // the first word of interface values of the type
	m    *Method
}

// recentMost bounds what a place remembers of types.
const recentMost = 8

func (d *dispatch) find(v iface) *Method {
	if r := d.recent.Load(); r != nil && r.made == d.env.made() {
		for i := range r.list {
			if r.list[i].word == v.t {
				return r.list[i].m
			}
		}
	}
	return d.learn(v)
}

// learn finds the method of a type that has not come by yet.
func (d *dispatch) learn(v iface) *Method {
	made := d.env.made()
	x := v
	if !d.bare {
		x = withoutMethods(v)
	}
	var m *Method
	if d.env.Method != nil {
		m = d.env.Method(reflect.TypeOf(x.any()), d.name)
	}
	if m == nil || !d.like.fitsMethod(m.f) {
		m = &Method{}
		if len(d.like.params) == 0 && len(d.like.results) == 1 && isString(d.like.results[0].t) {
			switch d.name {
			case "Error":
				m.text = func(v any) string { return v.(error).Error() }
			case "String":
				m.text = func(v any) string { return v.(fmt.Stringer).String() }
			}
		}
	}
	r := &methods{made: made}
	if old := d.recent.Load(); old != nil && old.made == made {
		r.list = old.list[max(0, len(old.list)+1-recentMost):]
	}
	r.list = append(slices.Clip(r.list), knownMethod{v.t, m})
	d.recent.Store(r)
	return m
}

// fitsMethod reports whether a method has parameters and results of the layout of f,
// which lacks a receiver.
func (f *Func) fitsMethod(m *Func) bool {
	same := func(a, b slotted) bool {
		return a.off == b.off && slices.Equal(a.runs, b.runs) && repOf(a.t) == repOf(b.t)
	}
	return slices.EqualFunc(f.params, m.params[1:], same) && slices.EqualFunc(f.results, m.results, same)
}

// prepare evaluates the interface value and the arguments and sets up the frame of the
// call. Without a function the call has been made, and the results are in the frame.
func (d *dispatch) prepare(fp pointer, x expr[iface], set []stm) (*Func, pointer) {
	v := x(fp)
	for _, a := range set {
		a(fp)
	}
	if v.t == nil {
		raiseNil(fp, d.pos)
	}
	m := d.find(v)
	to := unsafe.Add(fp, d.off)
	if m.f == nil || !fits(to, m.f.head) {
		d.reflect(fp, to, v, m)
		return nil, to
	}
	*ref(to, wordSize) = pointer(m.value)
	m.receive(fp, to, v.d, d.pos)
	*ref(to, 0) = pointer(&d.site)
	return m.f, to
}

// reflect calls a method that is not compiled here.
func (d *dispatch) reflect(fp, to pointer, v iface, m *Method) {
	note(fp, d.pos)
	if !d.bare {
		v = withoutMethods(v)
	}
	if m.text != nil {
		setFrameString(to, d.like.results[0].off, m.text(v.any()))
		return
	}
	f := reflect.ValueOf(d.env.Bound(v.any(), d.name))
	ft := f.Type()
	if ft.NumIn() != len(d.like.params) || ft.NumOut() != len(d.like.results) {
		d.raiseChanged(v, ft)
	}
	in := make([]reflect.Value, ft.NumIn())
	for i, p := range d.like.params {
		if !p.is(ft.In(i)) {
			d.raiseChanged(v, ft)
		}
		in[i] = boxed(to, p.off, ft.In(i), p.runs)
	}
	for i, p := range d.like.results {
		if !p.is(ft.Out(i)) {
			d.raiseChanged(v, ft)
		}
	}
	call := f.Call
	if ft.IsVariadic() {
		call = f.CallSlice
	}
	if d.deferred(fp, to) {
		call = deferredCall(call)
	}
	for i, r := range call(in) {
		p := d.like.results[i]
		unboxed(to, p.off, r, p.runs)
	}
}

// deferred reports whether a defer statement makes the call.
func (d *dispatch) deferred(fp, to pointer) bool {
	if fp == to { // of a method value
		s, _ := siteOf(fp)
		return s.thunk
	}
	return d.thunk
}

// is reports whether reflection knows the type as t.
func (s *slotted) is(t reflect.Type) bool { return t.Size() == sizeOf(s.t) && sameKind(s.t, t) }

// raiseChanged panics because the method of v has been declared again with another
// signature after v was assigned to the interface.
func (d *dispatch) raiseChanged(v iface, now reflect.Type) {
	panic(fmt.Sprintf("interface conversion: the method %s of %v is %v now", d.name, reflect.TypeOf(v.any()), now))
}

// ownReflection are the methods of reflect.Type to which lowering gives the meaning that
// they have for types of cells.
var ownReflection = map[string]bool{
	"(reflect.Type).NumMethod": true, "(reflect.Type).Method": true, "(reflect.Type).MethodByName": true, "(reflect.Type).Methods": true,
	"(reflect.Type).Implements": true, "(reflect.Type).AssignableTo": true, "(reflect.Type).ConvertibleTo": true,
	"(reflect.Type).Name": true, "(reflect.Type).PkgPath": true,
}

// dispatch makes what calls a method of an interface type in a frame at an offset.
func (c *compiler) dispatch(t types.Type, fn *types.Func, sig *types.Signature, at uintptr, pos token.Pos) *dispatch {
	if c.env.Bound == nil {
		refuse(pos, "calls through interfaces are not compiled")
	}
	if ownReflection[fn.FullName()] {
		refuse(pos, "the method %s is not compiled", fn.FullName())
	}
	like := layOut(c.env, types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic()), "", pos)
	return &dispatch{site: site{pos: pos, off: at}, env: c.env, name: fn.Name(), bare: bare(t), like: like}
}

// callInterface compiles the call of a method of an interface value.
func (c *compiler) callInterface(x value, fn *types.Func, sig *types.Signature, e *ast.CallExpr) (stm, []value) {
	d := c.dispatch(x.t, fn, sig, c.top, e.Lparen)
	d.thunk = c.thunkOf == e
	like, at := d.like, c.alloc(d.like.head)
	set := c.setArguments(like.params, at, sig, e)
	f := x.f.(expr[iface])
	vs := make([]value, len(like.results))
	for i, r := range like.results {
		vs[i] = c.load(place{t: r.t, pos: e.Pos(), frame: true, off: at + r.off})
	}
	prepare := func(fp pointer) (*Func, pointer) { return d.prepare(fp, f, set) }
	if like.code != nil {
		v := value{t: vs[0].t, pos: e.Pos(), slot: none, f: repOf(vs[0].t).callBy(prepare, vs[0].f)}
		return nil, []value{v}
	}
	return func(fp pointer) ctl {
		if f, to := prepare(fp); f != nil {
			f.run(to)
		}
		return next
	}, vs
}

// setArguments compiles what puts the arguments of a call into the frame at an offset.
func (c *compiler) setArguments(params []slotted, at uintptr, sig *types.Signature, e *ast.CallExpr) []stm {
	var set []stm
	args := c.arguments(sig, e)
	share := c.share()
	for i, v := range args {
		p := params[i]
		share(func() { set = append(set, c.store(place{t: p.t, frame: true, off: at + p.off}, v())) })
	}
	return set
}

// callByOf returns a call of the function that prepare finds, with what reads the result
// from the frame if there is none.
func callByOf[T any](prepare func(fp pointer) (*Func, pointer), result any) any {
	left := result.(expr[T])
	return expr[T](func(fp pointer) T {
		f, to := prepare(fp)
		if f == nil {
			return left(fp)
		}
		return (*f.code.(*expr[T]))(to)
	})
}
