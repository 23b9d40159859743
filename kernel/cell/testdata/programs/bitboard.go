package main

import (
	"fmt"
	"math/bits"
	"strings"
)

type Board uint64
type Square uint8
type Dir int8

const (
	N Dir = 8
	S     = -N
	E Dir = 1
	W     = -E
)
const (
	FileA Board = 0x0101010101010101
	FileH       = FileA << 7
	Rank1 Board = 0xff
	Rank8       = Rank1 << 56
	Dark  Board = 0xAA55AA55AA55AA55
)

func Sq(s string) Square          { return Square(s[0]-'a') + Square(s[1]-'1')*8 }
func (s Square) String() string   { return string(rune('a'+s%8)) + string(rune('1'+s/8)) }
func (s Square) Bit() Board       { return 1 << s }
func (b Board) Has(s Square) bool { return b&s.Bit() != 0 }
func (b Board) Count() int        { return bits.OnesCount64(uint64(b)) }
func (b *Board) Pop() Square {
	s := Square(bits.TrailingZeros64(uint64(*b)))
	*b &= *b - 1
	return s
}
func (b Board) Squares() (out []Square) {
	for b != 0 {
		out = append(out, b.Pop())
	}
	return
}
func (b Board) Shift(d Dir) Board {
	switch d {
	case E, N + E, S + E:
		b &^= FileH
	case W, N + W, S + W:
		b &^= FileA
	}
	if d > 0 {
		return b << uint(d)
	}
	return b >> uint(-d)
}
func (b Board) String() string {
	var sb strings.Builder
	for r := 7; r >= 0; r-- {
		fmt.Fprintf(&sb, "%08b\n", bits.Reverse8(uint8(b>>(8*r))))
	}
	return strings.NewReplacer("0", ".", "1", "x").Replace(sb.String())
}

func knight(s Square) (b Board) {
	for _, p := range [][2]Dir{{N + N, E}, {N + N, W}, {S + S, E}, {S + S, W}, {N, E}, {S, E}, {N, W}, {S, W}} {
		x := s.Bit()
		if p[0] == N || p[0] == S {
			x = x.Shift(p[1]).Shift(p[1]).Shift(p[0])
		} else {
			x = x.Shift(p[0] / 2).Shift(p[0] / 2).Shift(p[1])
		}
		b |= x
	}
	return
}

func ray(from Square, occ Board, ds ...Dir) (b Board) {
	for _, d := range ds {
		for x := from.Bit().Shift(d); x != 0; x = x.Shift(d) {
			b |= x
			if x&occ != 0 {
				break
			}
		}
	}
	return
}

func king(s Square) Board {
	b := s.Bit()
	b |= b.Shift(E) | b.Shift(W)
	b |= b.Shift(N) | b.Shift(S)
	return b &^ s.Bit()
}

var table = func() (t [64]Board) {
	for s := range t {
		t[s] = knight(Square(s))
	}
	return
}()

func tour(start Square, max int) (n int) {
	var seen Board
	var visit func(s Square) bool
	visit = func(s Square) bool {
		seen |= s.Bit()
		n++
		if n == max {
			return true
		}
		best, deg := Square(64), 9
		for m := table[s] &^ seen; m != 0; {
			t := m.Pop()
			if d := (table[t] &^ seen).Count(); d < deg {
				best, deg = t, d
			}
		}
		return best < 64 && visit(best)
	}
	visit(start)
	return
}

func main() {
	fmt.Println(knight(Sq("a1")).Squares(), knight(Sq("e4")).Count(), king(Sq("h8")).Squares())
	fmt.Print(ray(Sq("d4"), Sq("d6").Bit()|Sq("b4").Bit(), N, S, E, W))
	fmt.Println(ray(Sq("a1"), 0, N+E).Count(), Dark.Has(Sq("a1")), (Dark & Rank1).Squares(), (Rank8 &^ Dark).Count())
	total := 0
	for _, b := range table {
		total += b.Count()
	}
	fmt.Println(total, tour(Sq("a1"), 64) > 50)
	fmt.Printf("%#x %v %T %d %s\n", uint64(FileH), Sq("c3"), S, S, []Square{0, 63})
	var b Board
	for i := range 8 {
		b |= 1 << (i * 9)
	}
	fmt.Println(b == 0x8040201008040201, bits.Len64(uint64(b)), b.Shift(E).Count(), b.Shift(N).Shift(W).Count(), ^b == b^^Board(0))
	gray := func(n uint8) uint8 { return n ^ n>>1 }
	for i := range uint8(8) {
		fmt.Printf("%03b ", gray(i))
	}
	swap := func(x uint32) uint32 { return x<<24 | x&0xff00<<8 | x>>8&0xff00 | x>>24 }
	fmt.Printf("%#08x %v\n", swap(0x11223344), swap(0x11223344) == bits.ReverseBytes32(0x11223344))
}
