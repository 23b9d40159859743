package closure

import (
	"go/constant"
)

// scalar handles values without pointers: T is bool or a number.
type scalar[T comparable] struct{}

func (scalar[T]) frame(off uintptr) any {
	return expr[T](func(fp pointer) T { return *word[T](fp, off) })
}
func (scalar[T]) memory(a addr) any { return read[T](a) }
func (scalar[T]) toFrame(off uintptr, f any) stm {
	g := f.(expr[T])
	return func(fp pointer) ctl { *word[T](fp, off) = g(fp); return next }
}
func (scalar[T]) toMemory(a addr, f any) stm        { return write(a, f.(expr[T])) }
func (scalar[T]) zero() (any, any)                  { var z T; return fixed(z) }
func (scalar[T]) after(pre []stm, f any) any        { return afterAll[T](pre, f) }
func (scalar[T]) discard(f any) stm                 { return discarded[T](f) }
func (scalar[T]) choose(c expr[bool], x, y any) any { return chosen[T](c, x, y) }
func (scalar[T]) constant(k constant.Value) (any, any) {
	return fixed(any(constant.BoolVal(k)).(T))
}

// pointers handles pointers and maps.
type pointers struct{}

func (pointers) frame(off uintptr) any {
	return expr[pointer](func(fp pointer) pointer { return *ref(fp, off) })
}
func (pointers) memory(a addr) any { return read[pointer](a) }
func (pointers) toFrame(off uintptr, f any) stm {
	g := f.(expr[pointer])
	return func(fp pointer) ctl { *ref(fp, off) = g(fp); return next }
}
func (pointers) toMemory(a addr, f any) stm { return write(a, f.(expr[pointer])) }
func (pointers) constant(constant.Value) (any, any) {
	return fixed[pointer](nil)
}
func (pointers) zero() (any, any)                  { return fixed[pointer](nil) }
func (pointers) after(pre []stm, f any) any        { return afterAll[pointer](pre, f) }
func (pointers) discard(f any) stm                 { return discarded[pointer](f) }
func (pointers) choose(c expr[bool], x, y any) any { return chosen[pointer](c, x, y) }

// stringsRep handles strings.
type stringsRep struct{}

func (stringsRep) frame(off uintptr) any {
	return expr[string](func(fp pointer) string { return frameString(fp, off) })
}
func (stringsRep) memory(a addr) any { return read[string](a) }
func (stringsRep) toFrame(off uintptr, f any) stm {
	g := f.(expr[string])
	return func(fp pointer) ctl { setFrameString(fp, off, g(fp)); return next }
}
func (stringsRep) toMemory(a addr, f any) stm           { return write(a, f.(expr[string])) }
func (stringsRep) constant(k constant.Value) (any, any) { return fixed(constant.StringVal(k)) }
func (stringsRep) zero() (any, any)                     { return fixed("") }
func (stringsRep) after(pre []stm, f any) any           { return afterAll[string](pre, f) }
func (stringsRep) discard(f any) stm                    { return discarded[string](f) }
func (stringsRep) choose(c expr[bool], x, y any) any    { return chosen[string](c, x, y) }

// slicesRep handles slices.
type slicesRep struct{}

func (slicesRep) frame(off uintptr) any {
	return expr[slice](func(fp pointer) slice { return frameSlice(fp, off) })
}
func (slicesRep) memory(a addr) any { return read[slice](a) }
func (slicesRep) toFrame(off uintptr, f any) stm {
	g := f.(expr[slice])
	return func(fp pointer) ctl { setFrameSlice(fp, off, g(fp)); return next }
}
func (slicesRep) toMemory(a addr, f any) stm         { return write(a, f.(expr[slice])) }
func (slicesRep) constant(constant.Value) (any, any) { return fixed(slice{}) }
func (slicesRep) zero() (any, any)                   { return fixed(slice{}) }
func (slicesRep) after(pre []stm, f any) any         { return afterAll[slice](pre, f) }
func (slicesRep) discard(f any) stm                  { return discarded[slice](f) }
func (slicesRep) choose(c expr[bool], x, y any) any  { return chosen[slice](c, x, y) }

// interfaces handles interface values.
type interfaces struct{}

func (interfaces) frame(off uintptr) any {
	return expr[iface](func(fp pointer) iface { return frameIface(fp, off) })
}
func (interfaces) memory(a addr) any { return read[iface](a) }
func (interfaces) toFrame(off uintptr, f any) stm {
	g := f.(expr[iface])
	return func(fp pointer) ctl { setFrameIface(fp, off, g(fp)); return next }
}
func (interfaces) toMemory(a addr, f any) stm         { return write(a, f.(expr[iface])) }
func (interfaces) constant(constant.Value) (any, any) { return fixed(iface{}) }
func (interfaces) zero() (any, any)                   { return fixed(iface{}) }
func (interfaces) after(pre []stm, f any) any         { return afterAll[iface](pre, f) }
func (interfaces) discard(f any) stm                  { return discarded[iface](f) }
func (interfaces) choose(c expr[bool], x, y any) any  { return chosen[iface](c, x, y) }

func (scalar[T]) newCode() any { return new(expr[T]) }
func (scalar[T]) code(c *compiler, f *Func, body any) {
	setCode(c, f, body.(expr[T]), scalar[T]{}.toFrame)
}
func (scalar[T]) fromRun(run func(fp pointer)) any {
	return expr[T](func(fp pointer) T { run(fp); return *word[T](fp, frameHead) })
}
func (scalar[T]) asRun(f *Func) func(fp pointer)         { return asRun[T](f, scalar[T]{}.toFrame) }
func (scalar[T]) callOf(f *Func, set []stm, s *site) any { return callOf[T](f, set, s) }

func (pointers) newCode() any { return new(expr[pointer]) }
func (pointers) code(c *compiler, f *Func, body any) {
	setCode(c, f, body.(expr[pointer]), pointers{}.toFrame)
}
func (pointers) fromRun(run func(fp pointer)) any {
	return expr[pointer](func(fp pointer) pointer { run(fp); return *ref(fp, frameHead) })
}
func (pointers) asRun(f *Func) func(fp pointer)         { return asRun[pointer](f, pointers{}.toFrame) }
func (pointers) callOf(f *Func, set []stm, s *site) any { return callOf[pointer](f, set, s) }

func (stringsRep) newCode() any { return new(expr[string]) }
func (stringsRep) code(c *compiler, f *Func, body any) {
	setCode(c, f, body.(expr[string]), stringsRep{}.toFrame)
}
func (stringsRep) fromRun(run func(fp pointer)) any {
	return expr[string](func(fp pointer) string { run(fp); return frameString(fp, frameHead) })
}
func (stringsRep) asRun(f *Func) func(fp pointer)         { return asRun[string](f, stringsRep{}.toFrame) }
func (stringsRep) callOf(f *Func, set []stm, s *site) any { return callOf[string](f, set, s) }

func (slicesRep) newCode() any { return new(expr[slice]) }
func (slicesRep) code(c *compiler, f *Func, body any) {
	setCode(c, f, body.(expr[slice]), slicesRep{}.toFrame)
}
func (slicesRep) fromRun(run func(fp pointer)) any {
	return expr[slice](func(fp pointer) slice { run(fp); return frameSlice(fp, frameHead) })
}
func (slicesRep) asRun(f *Func) func(fp pointer)         { return asRun[slice](f, slicesRep{}.toFrame) }
func (slicesRep) callOf(f *Func, set []stm, s *site) any { return callOf[slice](f, set, s) }

func (interfaces) newCode() any { return new(expr[iface]) }
func (interfaces) code(c *compiler, f *Func, body any) {
	setCode(c, f, body.(expr[iface]), interfaces{}.toFrame)
}
func (interfaces) fromRun(run func(fp pointer)) any {
	return expr[iface](func(fp pointer) iface { run(fp); return frameIface(fp, frameHead) })
}
func (interfaces) asRun(f *Func) func(fp pointer)         { return asRun[iface](f, interfaces{}.toFrame) }
func (interfaces) callOf(f *Func, set []stm, s *site) any { return callOf[iface](f, set, s) }

func (r scalar[T]) callValue(p expr[pointer], like *Func, set []stm, s *site) any {
	return callValueOf[T](p, like, set, s, r.frame(frameHead).(expr[T]))
}
func (r pointers) callValue(p expr[pointer], like *Func, set []stm, s *site) any {
	return callValueOf[pointer](p, like, set, s, r.frame(frameHead).(expr[pointer]))
}
func (r stringsRep) callValue(p expr[pointer], like *Func, set []stm, s *site) any {
	return callValueOf[string](p, like, set, s, r.frame(frameHead).(expr[string]))
}
func (r slicesRep) callValue(p expr[pointer], like *Func, set []stm, s *site) any {
	return callValueOf[slice](p, like, set, s, r.frame(frameHead).(expr[slice]))
}
func (r interfaces) callValue(p expr[pointer], like *Func, set []stm, s *site) any {
	return callValueOf[iface](p, like, set, s, r.frame(frameHead).(expr[iface]))
}

func (scalar[T]) callBy(prepare func(fp pointer) (*Func, pointer), result any) any {
	return callByOf[T](prepare, result)
}

func (pointers) callBy(prepare func(fp pointer) (*Func, pointer), result any) any {
	return callByOf[pointer](prepare, result)
}

func (stringsRep) callBy(prepare func(fp pointer) (*Func, pointer), result any) any {
	return callByOf[string](prepare, result)
}

func (slicesRep) callBy(prepare func(fp pointer) (*Func, pointer), result any) any {
	return callByOf[slice](prepare, result)
}

func (interfaces) callBy(prepare func(fp pointer) (*Func, pointer), result any) any {
	return callByOf[iface](prepare, result)
}
