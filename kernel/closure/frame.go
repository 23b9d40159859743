package closure

import (
	"go/token"
	"sync"
	"sync/atomic"
	"unsafe"
)

const (
	pageSize  = 8192     // of either half; the alignment of large memory in Go
	half      = pageSize // from a word to the pointer of the same offset
	pageHead  = 4 * wordSize
	blockSize = 4            // pages allocated together, so many that the memory is large
	manyCalls = 1024         // of call chains that are nested, or on so many goroutines
	frameMost = pageSize / 2 // bytes of one frame
	frameHead = 2 * wordSize // the site of the call and, of a function value, the value: pointers
)

// page is a part of the value stack of a call chain. The first words of its pointers
// are the chain and, if frames moved here from a full page, the frame of the call
// that did not fit there; its first word is its number.
type page struct {
	words [pageSize / wordSize]uintptr
	refs  [pageSize / wordSize]pointer
}

// chain is a call chain: what one call from outside has called.
type chain struct {
	env   *Env
	pages []*page
	at    token.Pos // of the node that is panicking, or that calls what may panic
	fp    pointer   // and its frame
	done  bool      // the call has returned
	value bool      // a function value is called
	huge  uint64    // an index that no int can be
	saved []Frame   // the calls that led to the panic, once it has met deferred calls
}

// site is a place from which a function is called.
type site struct {
	pos    token.Pos
	off    uintptr // from the caller's frame to the callee's
	callee *Func   // nil if a function value is called
	root   bool    // the call comes from outside

	deferred bool // a defer statement makes the call
	thunk    bool // so does the function in which it is, if that was deferred
}

// moved is the site in a frame that did not fit into its page.
var moved = &site{}

var chains = sync.Pool{New: func() any { return newChain() }}

// running counts the chains in use.
var running atomic.Int64

func newChain() *chain {
	c := &chain{}
	c.grow()
	return c
}

// free holds pages that no chain has.
var free sync.Pool

// grow appends a page.
func (c *chain) grow() {
	p, ok := free.Get().(*page)
	if !ok {
		b := new([blockSize]page)
		if uintptr(pointer(b))%pageSize != 0 {
			panic("closure: a page is not aligned")
		}
		for i := range b[1:] {
			free.Put(&b[i+1])
		}
		p = &b[0]
	}
	p.words[0] = uintptr(len(c.pages))
	p.refs[0] = pointer(c)
	c.pages = append(c.pages, p)
}

// page returns page i, which follows one that exists.
func (c *chain) page(i int) *page {
	if i == len(c.pages) {
		if c.env.Grow != nil && i%blockSize == 0 {
			c.env.Grow()
		}
		c.grow()
	}
	return c.pages[i]
}

func (c *chain) base() pointer { return unsafe.Add(pointer(c.pages[0]), pageHead) }

// pageOf returns the page in which a frame lies.
func pageOf(fp pointer) *page { return (*page)(pointer(uintptr(fp) &^ (pageSize - 1))) }

func chainOf(fp pointer) *chain { return (*chain)(pageOf(fp).refs[0]) }

// fits reports whether a frame of this size fits into the page.
func fits(fp pointer, size uintptr) bool { return uintptr(fp)&(pageSize-1)+size <= pageSize }

// move runs a function whose frame does not fit into its page in the next page.
func move(fp pointer, f *Func, body func(fp pointer)) {
	c := chainOf(fp)
	note(fp, f.pos)
	p := c.page(int(pageOf(fp).words[0]) + 1)
	p.refs[1] = fp
	to := unsafe.Add(pointer(p), pageHead)
	moveRuns(to, 0, fp, 0, f.in)
	*ref(to, 0) = pointer(moved)
	body(to)
	moveRuns(fp, 0, to, 0, f.out)
}

// note says where the code is that is about to do what may panic.
func note(fp pointer, pos token.Pos) {
	c := chainOf(fp)
	c.at, c.fp = pos, fp
}

// trace returns the calls that led to a panic.
func (c *chain) trace() []Frame {
	if c.saved != nil {
		return c.saved
	}
	return c.frames()
}

// frames returns the calls that led to the place noted last, innermost first.
func (c *chain) frames() []Frame {
	if c.fp == nil {
		return nil
	}
	var r []Frame
	pos := c.at
	for fp := c.fp; ; {
		s := (*site)(*ref(fp, 0))
		if s == moved {
			fp = pageOf(fp).refs[1]
			continue
		}
		callee := s.callee
		if callee == nil { // a function value
			callee = (*function)(*ref(fp, wordSize)).f
		}
		if !callee.hidden && !callee.to.outside() {
			r = append(r, Frame{Pos: pos, Func: callee.name})
		}
		if s.root {
			return r
		}
		pos = s.pos
		fp = unsafe.Add(fp, -int(s.off))
	}
}
