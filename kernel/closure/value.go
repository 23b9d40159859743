package closure

import (
	"go/constant"
	"go/token"
	"go/types"
)

// expr computes a value of a Go type that represents a class of types: a cell's type
// celsius is a float64 here, every pointer and map is a pointer.
type expr[T any] func(fp pointer) T

// stm runs a statement.
type stm func(fp pointer) ctl

// ctl is how a statement ends.
type ctl int

const (
	next ctl = iota
	returned
	broken
	continued
	labelled // the first of two numbers for each label: break, continue
)

// none is a slot that a value does not have.
const none = ^uintptr(0)

// value is a compiled expression.
type value struct {
	t   types.Type
	pos token.Pos
	f   any // an expr of what represents t; nil for a struct or an array

	// If the value stands in the frame, slot is where: f only reads it there. A struct
	// or an array stands in the frame after eval, if there is one.
	slot uintptr
	eval stm

	k     any  // the value of a constant, of the type that represents t
	isNil bool // it is nil
}

// rep is how the values of a class of types are handled. The methods take and return
// functions of type expr[T], for the T of the class, as any.
type rep interface {
	frame(off uintptr) any                // read a variable of the frame
	memory(a addr) any                    // read Go's memory
	toFrame(off uintptr, f any) stm       // write a variable of the frame
	toMemory(a addr, f any) stm           // evaluate, then write to Go's memory
	constant(k constant.Value) (any, any) // a constant: the function, and the value
	zero() (any, any)
	after(pre []stm, f any) any // f after the statements
	discard(f any) stm
	choose(cond expr[bool], x, y any) any

	// For functions with one result of the class, which is at frameHead.
	newCode() any                                                  // a *expr[T], for the code of the function
	code(c *compiler, f *Func, body any)                           // sets it to the entry and the body
	setCode(f *Func, code any)                                     // sets it to another expr[T]
	fromRun(run func(fp pointer)) any                              // an expr[T] of code that leaves the result in the frame
	asRun(f *Func) func(fp pointer)                                // the code as one that leaves the result in the frame
	callOf(f *Func, set []stm, s *site) any                        // an expr[T] that calls
	callValue(p expr[pointer], like *Func, set []stm, s *site) any // and one that calls a function value

	callBy(prepare func(fp pointer) (*Func, pointer), result any) any // or what prepare finds, see callByOf
}

// repOf returns how values of a type are handled.
func repOf(t types.Type) rep {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if r := basicReps[basicKind(u)]; r != nil {
			return r
		}
		if u.Kind() == types.UntypedNil {
			return pointers{}
		}
	case *types.Slice:
		return slicesRep{}
	case *types.Interface:
		return interfaces{}
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return pointers{}
	}
	return nil
}

var basicReps = map[types.BasicKind]rep{
	types.Bool: scalar[bool]{}, types.String: stringsRep{},
	types.Int: integer[int]{}, types.Int8: integer[int8]{}, types.Int16: integer[int16]{},
	types.Int32: integer[int32]{}, types.Int64: integer[int64]{},
	types.Uint: integer[uint]{}, types.Uint8: integer[uint8]{}, types.Uint16: integer[uint16]{},
	types.Uint32: integer[uint32]{}, types.Uint64: integer[uint64]{}, types.Uintptr: integer[uintptr]{},
	types.Float32: float[float32]{}, types.Float64: float[float64]{},
	types.Complex64: complexes[complex64]{}, types.Complex128: complexes[complex128]{},
}

// operand is a value as fused operations see it: a slot, a constant or a function.
type operand[T any] struct {
	slot uintptr // none if it is not in the frame
	f    expr[T]
	isK  bool
	k    T
}

func operandOf[T any](v value) operand[T] {
	o := operand[T]{slot: v.slot, f: v.f.(expr[T])}
	if v.k != nil {
		o.isK, o.k = true, v.k.(T)
	}
	return o
}

func (o operand[T]) inFrame() bool { return o.slot != none }

// after, discard and choose are the same for all classes.

func afterAll[T any](pre []stm, f any) any {
	g := f.(expr[T])
	if len(pre) == 1 {
		p := pre[0]
		return expr[T](func(fp pointer) T { p(fp); return g(fp) })
	}
	return expr[T](func(fp pointer) T {
		for _, p := range pre {
			p(fp)
		}
		return g(fp)
	})
}

func discarded[T any](f any) stm {
	g := f.(expr[T])
	return func(fp pointer) ctl { g(fp); return next }
}

func chosen[T any](cond expr[bool], x, y any) any {
	f, g := x.(expr[T]), y.(expr[T])
	return expr[T](func(fp pointer) T {
		if cond(fp) {
			return f(fp)
		}
		return g(fp)
	})
}

func fixed[T any](k T) (any, any) { return expr[T](func(pointer) T { return k }), k }
