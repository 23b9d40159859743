package eval

import (
	"reflect"
	"runtime"
	"sync/atomic"
	"unsafe"
)

// The interpreter does not copy an argument whose reflect.Value.IsZero is true,
// since the parameter is zero already. Since Go 1.22 that is so of a negative zero
// too, which would arrive as zero. The nodes of calls look for one among their
// arguments; in the rare case that there is one, the call goes through a function
// value, for which the interpreter copies every argument.

// genFuncValue returns how to evaluate an argument; functions become values that
// reflection can call.
//
//go:linkname genFuncValue github.com/traefik/yaegi/interp.genFuncValue
func genFuncValue(n unsafe.Pointer) func(f unsafe.Pointer) reflect.Value

// callName is the generator of the nodes that call interpreted functions.
const callName = "github.com/traefik/yaegi/interp.call"

// callPlan says which arguments of a call may hold a negative zero: numbers, and
// what has numbers within.
type callPlan struct {
	numbers, within []func(f unsafe.Pointer) reflect.Value
}

// negativeFloat reports whether v is a float32 or float64 that is a negative zero.
func negativeFloat(v reflect.Value) bool {
	r := (*reflectValue)(unsafe.Pointer(&v)) // such a number is never in the pointer itself
	switch v.Kind() {
	case reflect.Float64:
		return *(*uint64)(r.ptr) == 1<<63
	case reflect.Float32:
		return *(*uint32)(r.ptr) == 1<<31
	}
	return false
}

// reflectValue is the layout of reflect.Value.
type reflectValue struct {
	typ, ptr unsafe.Pointer
	flag     uintptr
}

// isCall reports whether the node calls an interpreted function.
func (k *internals) isCall(n unsafe.Pointer) bool {
	return runtime.FuncForPC(**(**uintptr)(unsafe.Add(n, k.gen))).Name() == callName
}

// keepNegativeZeros makes a step out of the step of a call that passes negative
// zeros on.
func (k *internals) keepNegativeZeros(n unsafe.Pointer, inner step) step {
	if k.kindName(*(*unsafe.Pointer)(unsafe.Add(n, k.anc0))) == "deferStmt" {
		return inner // cells defer calls without arguments only
	}
	children := *(*[]unsafe.Pointer)(unsafe.Add(n, k.child))
	if len(children) < 2 {
		return inner
	}
	callee := genFuncValue(children[0])
	var plan atomic.Pointer[callPlan]
	return func(f unsafe.Pointer) step {
		p := plan.Load()
		if p == nil {
			p = &callPlan{}
			if fn := callee(f); fn.Kind() == reflect.Func && !fn.IsNil() {
				p = k.planCall(children[1:], fn.Type())
			}
			plan.Store(p)
		}
		for _, value := range p.numbers {
			if negativeFloat(value(f)) {
				return k.callValue(n, children, callee(f), f)
			}
		}
		for _, value := range p.within {
			if v := value(f); v.IsZero() && negativeWithin(v) {
				return k.callValue(n, children, callee(f), f)
			}
		}
		return inner(f)
	}
}

// planCall finds the arguments of a call of a function of type t that may hold a
// negative zero. A constant does not.
func (k *internals) planCall(args []unsafe.Pointer, t reflect.Type) *callPlan {
	p := &callPlan{}
	values := k.arguments(args, t)
	for i, v := range values {
		if i >= t.NumIn() || t.IsVariadic() && i == t.NumIn()-1 {
			break // what is variadic is copied
		}
		if len(values) == len(args) && (*(*reflect.Value)(unsafe.Add(args[i], k.rval))).IsValid() {
			continue
		}
		switch in := t.In(i); in.Kind() {
		case reflect.Float32, reflect.Float64:
			p.numbers = append(p.numbers, v)
		case reflect.Complex64, reflect.Complex128:
			p.within = append(p.within, v)
		case reflect.Struct, reflect.Array:
			if hasFloats(in) {
				p.within = append(p.within, v)
			}
		}
	}
	return p
}

// arguments returns how to evaluate the arguments of a call of a function of type
// t. The results of f(g()) lie one after the other in the frame.
func (k *internals) arguments(args []unsafe.Pointer, t reflect.Type) []func(f unsafe.Pointer) reflect.Value {
	if len(args) == 1 && k.kindName(args[0]) == "callExpr" && (t.NumIn() > 2 || t.NumIn() == 2 && !t.IsVariadic()) {
		values := make([]func(f unsafe.Pointer) reflect.Value, t.NumIn())
		at := *(*int)(unsafe.Add(args[0], k.findex))
		for i := range values {
			values[i] = func(f unsafe.Pointer) reflect.Value {
				return (*(*[]reflect.Value)(unsafe.Add(f, k.data)))[at+i]
			}
		}
		return values
	}
	values := make([]func(f unsafe.Pointer) reflect.Value, len(args))
	for i, a := range args {
		values[i] = genFuncValue(a)
	}
	return values
}

// callValue does what the node n does in frame f by calling the function value fn.
func (k *internals) callValue(n unsafe.Pointer, children []unsafe.Pointer, fn reflect.Value, f unsafe.Pointer) step {
	t := fn.Type()
	values := k.arguments(children[1:], t)
	in := make([]reflect.Value, len(values))
	for i, v := range values {
		want := t.In(min(i, t.NumIn()-1))
		if t.IsVariadic() && i >= t.NumIn()-1 {
			want = want.Elem()
		}
		x := v(f)
		if !x.IsValid() || !x.Type().AssignableTo(want) && x.Kind() == reflect.Interface && x.IsNil() {
			x = reflect.Zero(want) // nil
		}
		in[i] = x
	}
	call := fn.Call
	if last := len(in) - 1; t.IsVariadic() && last == t.NumIn()-1 && in[last].Type() == t.In(last) {
		call = fn.CallSlice
	}
	next := *(*unsafe.Pointer)(unsafe.Add(n, k.tnext))
	if k.kindName(*(*unsafe.Pointer)(unsafe.Add(n, k.anc0))) == "goStmt" {
		for i, x := range in {
			in[i] = reflect.New(x.Type()).Elem()
			in[i].Set(x)
		}
		go call(in)
		return k.stepOf(next)
	}
	out := call(in)
	to := f
	if k.kindName(*(*unsafe.Pointer)(unsafe.Add(n, k.anc0))) != "returnStmt" {
		to = k.frameAt(f, *(*int)(unsafe.Add(n, k.level)))
	}
	data := *(*[]reflect.Value)(unsafe.Add(to, k.data))
	at := *(*int)(unsafe.Add(n, k.findex))
	for i, x := range out {
		data[at+i].Set(x)
	}
	if other := *(*unsafe.Pointer)(unsafe.Add(n, k.fnext)); other != nil && !out[0].Bool() {
		return k.stepOf(other)
	}
	return k.stepOf(next)
}

// stepOf returns the step of a node, nil for no node.
func (k *internals) stepOf(n unsafe.Pointer) step {
	if n == nil {
		return nil
	}
	return *(*step)(unsafe.Add(n, k.exec))
}

// frameAt returns the frame that is level frames out from f; the outermost for a
// negative level.
func (k *internals) frameAt(f unsafe.Pointer, level int) unsafe.Pointer {
	if level < 0 {
		return *(*unsafe.Pointer)(unsafe.Add(f, k.rootFrame))
	}
	for ; level > 0; level-- {
		f = *(*unsafe.Pointer)(unsafe.Add(f, k.anc))
	}
	return f
}

func (k *internals) kindName(n unsafe.Pointer) string {
	if n == nil {
		return ""
	}
	return k.callKinds[*(*uint)(unsafe.Add(n, k.kind))]
}

// negativeNumber reports whether v is zero with a negative sign in a part of it.
func negativeNumber(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		x := v.Float()
		return x == 0 && 1/x < 0
	case reflect.Complex64, reflect.Complex128:
		x := v.Complex()
		return x == 0 && (1/real(x) < 0 || 1/imag(x) < 0)
	}
	return false
}

// negativeWithin is negativeNumber for the parts of structs and arrays too.
func negativeWithin(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if negativeWithin(v.Field(i)) {
				return true
			}
		}
	case reflect.Array:
		if !hasFloats(v.Type()) {
			return false
		}
		for i := range v.Len() {
			if negativeWithin(v.Index(i)) {
				return true
			}
		}
	}
	return negativeNumber(v)
}

// hasFloats reports whether values of t hold floating-point numbers, not counting
// those they point to.
func hasFloats(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return true
	case reflect.Array:
		return hasFloats(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if hasFloats(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
