package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type block struct {
	off, size  int
	free       bool
	next, prev *block
}

type Arena struct {
	head  *block
	bytes []byte
	stats struct {
		allocs, frees, merges int
		peak                  int
	}
}

type Ptr int
type OOM struct{ Want, Largest int }

func (o OOM) Error() string {
	return fmt.Sprintf("out of memory: want %d, largest %d", o.Want, o.Largest)
}

var ErrBadFree = errors.New("bad free")

func NewArena(n int) *Arena {
	return &Arena{head: &block{size: n, free: true}, bytes: make([]byte, n)}
}

func (a *Arena) blocks(yield func(*block) bool) {
	for b := a.head; b != nil; b = b.next {
		if !yield(b) {
			return
		}
	}
}

func (a *Arena) Alloc(n int) (Ptr, error) {
	n = (n + 7) &^ 7
	var best *block
	largest := 0
	for b := range a.blocks {
		if !b.free {
			continue
		}
		largest = max(largest, b.size)
		if b.size >= n && (best == nil || b.size < best.size) {
			best = b
		}
	}
	if best == nil {
		return -1, OOM{n, largest}
	}
	if best.size > n {
		rest := &block{best.off + n, best.size - n, true, best.next, best}
		if rest.next != nil {
			rest.next.prev = rest
		}
		best.next, best.size = rest, n
	}
	best.free = false
	a.stats.allocs++
	a.stats.peak = max(a.stats.peak, a.used())
	return Ptr(best.off), nil
}

func (a *Arena) used() (n int) {
	for b := range a.blocks {
		if !b.free {
			n += b.size
		}
	}
	return
}

func (a *Arena) Free(p Ptr) error {
	for b := range a.blocks {
		if b.off != int(p) {
			continue
		}
		if b.free {
			return fmt.Errorf("%w: double %d", ErrBadFree, p)
		}
		b.free = true
		a.stats.frees++
		clear(a.bytes[b.off : b.off+b.size])
		for _, pair := range [][2]*block{{b, b.next}, {b.prev, b}} {
			l, r := pair[0], pair[1]
			if l != nil && r != nil && l.free && r.free {
				l.size += r.size
				if l.next = r.next; r.next != nil {
					r.next.prev = l
				}
				a.stats.merges++
			}
		}
		return nil
	}
	return fmt.Errorf("%w: %#x", ErrBadFree, int(p))
}

func (a Arena) String() string {
	var sb strings.Builder
	for b := range a.blocks {
		c := "#"
		if b.free {
			c = "."
		}
		sb.WriteString(strings.Repeat(c, b.size/8))
		sb.WriteByte('|')
	}
	return sb.String()
}

func main() {
	a := NewArena(128)
	var ps []Ptr
	for i, n := range []int{10, 24, 8, 33, 5} {
		p, err := a.Alloc(n)
		if err != nil {
			fmt.Println(err)
			continue
		}
		copy(a.bytes[p:], fmt.Sprint("block", i))
		ps = append(ps, p)
	}
	fmt.Println(ps, a, a.used())
	fmt.Println(a.Free(ps[1]), a.Free(ps[3]), a)
	fmt.Println(a.Free(ps[2]), a)
	_, err := a.Alloc(500)
	var oom OOM
	fmt.Println(err, errors.As(err, &oom), oom.Largest)
	err = a.Free(ps[1])
	fmt.Println(err, errors.Is(err, ErrBadFree), a.Free(99))
	p, _ := a.Alloc(72)
	fmt.Println(p, a, fmt.Sprintf("%+v", a.stats))
	fmt.Printf("%q\n", a.bytes[:6])
	sort.Slice(ps, func(i, j int) bool { return ps[i] > ps[j] })
	fmt.Println(ps)
}
