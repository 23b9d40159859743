package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

type Board [9][9]uint8

type Pos struct{ r, c int }

func parse(s string) (b Board, err error) {
	i := 0
	for _, ch := range s {
		switch {
		case ch == '.':
			i++
		case '1' <= ch && ch <= '9':
			b[i/9][i%9] = uint8(ch - '0')
			i++
		case ch == '\n', ch == ' ':
		default:
			return Board{}, fmt.Errorf("bad %c at %d", ch, i)
		}
	}
	if i != 81 {
		err = fmt.Errorf("got %d cells", i)
	}
	return
}

func (b *Board) mask(p Pos) uint16 {
	m := uint16(0)
	for i := 0; i < 9; i++ {
		m |= 1<<b[p.r][i] | 1<<b[i][p.c] | 1<<b[p.r/3*3+i/3][p.c/3*3+i%3]
	}
	return ^m & 0x3fe
}

func (b *Board) Solve() bool {
	best, bm, min := Pos{-1, -1}, uint16(0), 10
	for r := range b {
		for c, v := range b[r] {
			if v != 0 {
				continue
			}
			m := b.mask(Pos{r, c})
			n := 0
			for x := m; x > 0; x &= x - 1 {
				n++
			}
			if n < min {
				best, bm, min = Pos{r, c}, m, n
			}
		}
	}
	if best.r < 0 {
		return true
	}
	for v := uint8(1); v <= 9; v++ {
		if bm>>v&1 == 1 {
			b[best.r][best.c] = v
			if b.Solve() {
				return true
			}
			b[best.r][best.c] = 0
		}
	}
	return false
}

func (b Board) Format(s fmt.State, verb rune) {
	w := bufio.NewWriter(s)
	defer w.Flush()
	sep := ""
	if s.Flag('+') {
		sep = "|"
	}
	for _, row := range b {
		for i, v := range row {
			if i > 0 && i%3 == 0 {
				w.WriteString(sep)
			}
			w.WriteByte('0' + v)
		}
		if verb == 'v' {
			w.WriteByte('\n')
		}
	}
}

func main() {
	const puzzle = `53..7.... 6..195... .98....6. 8...6...3 4..8.3..1 7...2...6 .6....28. ...419..5 ....8..79`
	b, err := parse(puzzle)
	if err != nil {
		fmt.Fprintln(os.Stdout, err)
		return
	}
	orig := b
	fmt.Println(b.mask(Pos{0, 2}), b.Solve(), orig == b)
	fmt.Printf("%+v", b)
	fmt.Printf("%v", orig)
	fmt.Printf("%s\n", b)
	for i := range b {
		sum := 0
		for _, v := range b[i] {
			sum += int(v)
		}
		if sum != 45 {
			fmt.Println("row", i, sum)
		}
	}
	_, err = parse(strings.Replace(puzzle, "5", "x", 1))
	_, err2 := parse("123")
	fmt.Println(err, err2)
}
