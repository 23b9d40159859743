package closure

import "go/token"

// addr is the address of a place in Go's memory: a base and an offset. At most one of
// the forms of the base is fused with what is done there.
type addr struct {
	off   uintptr
	fixed *pointer      // it is kept there, and is not nil
	slot  uintptr       // a pointer in the frame holds it
	f     expr[pointer] // it is computed, and is not nil

	check bool      // the pointer of the slot may be nil
	pos   token.Pos // of the dereference

	// An element of a slice of which slice header and index are in the frame.
	indexed     bool
	head, index uintptr
	size        uintptr
}

// get returns the address as a function.
func (a addr) get() expr[pointer] {
	off := a.off
	switch {
	case a.fixed != nil:
		h := a.fixed
		return func(pointer) pointer { return element(*h, 1, off) }
	case a.indexed:
		head, index, size, pos := a.head, a.index, a.size, a.pos
		return func(fp pointer) pointer {
			i := *word[int](fp, index)
			if n := *word[int](fp, head+wordSize); uint(i) >= uint(n) {
				raiseIndex(fp, pos, i, n)
			}
			return element(*ref(fp, head), i, size)
		}
	case a.f != nil && off == 0:
		return a.f
	case a.f != nil:
		f := a.f
		return func(fp pointer) pointer { return element(f(fp), 1, off) }
	case a.check:
		slot, pos := a.slot, a.pos
		return func(fp pointer) pointer {
			p := *ref(fp, slot)
			if p == nil {
				raiseNil(fp, pos)
			}
			return element(p, 1, off)
		}
	}
	slot := a.slot
	return func(fp pointer) pointer { return element(*ref(fp, slot), 1, off) }
}

// plus returns the address of a part.
func (a addr) plus(off uintptr) addr {
	if a.indexed && off > 0 {
		return addr{f: a.get(), off: off, slot: none}
	}
	a.off += off
	return a
}

func atFixed(h *pointer) addr { return addr{fixed: h, slot: none} }

func atSlot(slot uintptr) addr { return addr{slot: slot} }

func atChecked(slot uintptr, pos token.Pos) addr { return addr{slot: slot, check: true, pos: pos} }

func atExpr(f expr[pointer]) addr { return addr{f: f, slot: none} }

// read returns a function that reads a T in Go's memory.
func read[T any](a addr) expr[T] {
	off := a.off
	switch {
	case a.fixed != nil:
		h := a.fixed
		return func(pointer) T { return *in[T](*h, off) }
	case a.indexed:
		head, index, size, pos := a.head, a.index, a.size, a.pos
		return func(fp pointer) T {
			i := *word[int](fp, index)
			if n := *word[int](fp, head+wordSize); uint(i) >= uint(n) {
				raiseIndex(fp, pos, i, n)
			}
			return *(*T)(element(*ref(fp, head), i, size))
		}
	case a.f != nil:
		f := a.f
		return func(fp pointer) T { return *in[T](f(fp), off) }
	case a.check:
		slot, pos := a.slot, a.pos
		return func(fp pointer) T {
			p := *ref(fp, slot)
			if p == nil {
				raiseNil(fp, pos)
			}
			return *in[T](p, off)
		}
	}
	slot := a.slot
	return func(fp pointer) T { return *in[T](*ref(fp, slot), off) }
}

// write returns a statement that evaluates v and then writes it to Go's memory.
func write[T any](a addr, v expr[T]) stm {
	off := a.off
	switch {
	case a.fixed != nil:
		h := a.fixed
		return func(fp pointer) ctl { x := v(fp); *in[T](*h, off) = x; return next }
	case a.indexed:
		head, index, size, pos := a.head, a.index, a.size, a.pos
		return func(fp pointer) ctl {
			x := v(fp)
			i := *word[int](fp, index)
			if n := *word[int](fp, head+wordSize); uint(i) >= uint(n) {
				raiseIndex(fp, pos, i, n)
			}
			*(*T)(element(*ref(fp, head), i, size)) = x
			return next
		}
	case a.f != nil:
		f := a.f
		return func(fp pointer) ctl {
			x := v(fp)
			*in[T](f(fp), off) = x
			return next
		}
	case a.check:
		slot, pos := a.slot, a.pos
		return func(fp pointer) ctl {
			x := v(fp)
			p := *ref(fp, slot)
			if p == nil {
				raiseNil(fp, pos)
			}
			*in[T](p, off) = x
			return next
		}
	}
	slot := a.slot
	return func(fp pointer) ctl {
		x := v(fp)
		*in[T](*ref(fp, slot), off) = x
		return next
	}
}
