package gemm

import (
	"sync"
	"syscall"
	"unsafe"
)

// Packed operands are read in another order than any other memory, a little of
// each page at a time, over and over. On pages of 2 MiB the processor remembers
// where all of them lie. The Go heap has none, so some rooms outside it are
// kept for products; a product that finds none free, or needs more, packs into
// the heap.
const (
	roomLen  = 1 << 20 // floats
	roomMost = 4
	// A smaller need is met as well by ordinary pages.
	roomWorth = 128 << 10

	largePage = 2 << 20
)

var rooms struct {
	sync.Mutex
	free [][]float32
	made int
}

// takeRoom returns a room for n floats, or nil.
func takeRoom(n int) []float32 {
	if n < roomWorth || n > roomLen {
		return nil
	}
	rooms.Lock()
	defer rooms.Unlock()
	if k := len(rooms.free) - 1; k >= 0 {
		r := rooms.free[k]
		rooms.free = rooms.free[:k]
		return r
	}
	if rooms.made == roomMost {
		return nil
	}
	rooms.made++ // also when there is no memory: it is not asked for again
	b, err := syscall.Mmap(-1, 0, 4*roomLen+largePage, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	skip := -uintptr(unsafe.Pointer(&b[0])) % largePage
	b = b[skip:][:4*roomLen]
	// A system without large pages has the room on small ones.
	_ = syscall.Madvise(b, syscall.MADV_HUGEPAGE)
	return unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), roomLen)
}

// giveRoom takes back what takeRoom returned.
func giveRoom(r []float32) {
	if r == nil {
		return
	}
	rooms.Lock()
	defer rooms.Unlock()
	rooms.free = append(rooms.free, r)
}
