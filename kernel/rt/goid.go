package rt

import (
	"runtime"
	"unsafe"
)

// GoID returns the number of the calling goroutine. The runtime tells it only at the
// head of a dump of the stack, which takes time with the depth of the stack; where
// the number lies in what the runtime keeps of a goroutine is found out once.
func GoID() uint64 {
	if goidAt != 0 {
		return *(*uint64)(unsafe.Add(g(), goidAt))
	}
	return printedID()
}

// printedID reads the number from the dump.
func printedID() uint64 {
	var b [32]byte
	n := runtime.Stack(b[:], false)
	var id uint64
	for _, c := range b[len("goroutine "):n] {
		if c < '0' || c > '9' {
			break
		}
		id = id*10 + uint64(c-'0')
	}
	return id
}

// goidAt is the offset of the number, 0 if it is not known.
var goidAt = findID()

// headWords is how many words of what is kept of a goroutine are looked at.
const headWords = 40

// findID looks for the one word that has the number in several goroutines.
func findID() uintptr {
	if g() == nil {
		return 0
	}
	possible := map[uintptr]int{}
	const goroutines = 4
	found := make(chan []uintptr)
	hold := make(chan struct{})
	for range goroutines {
		go func() {
			id := printedID()
			var at []uintptr
			for o := uintptr(8); o < headWords*8; o += 8 {
				if *(*uint64)(unsafe.Add(g(), o)) == id {
					at = append(at, o)
				}
			}
			found <- at
			<-hold // so that each has a number and a place of its own
		}()
	}
	for range goroutines {
		for _, o := range <-found {
			possible[o]++
		}
	}
	close(hold)
	at := uintptr(0)
	for o, n := range possible {
		if n == goroutines {
			if at != 0 {
				return 0
			}
			at = o
		}
	}
	return at
}
