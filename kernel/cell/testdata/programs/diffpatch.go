package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

type Kind byte

const (
	Keep Kind = ' '
	Add  Kind = '+'
	Del  Kind = '-'
)

type Edit struct {
	Kind
	Text string
}

func (e Edit) String() string { return string(rune(e.Kind)) + e.Text }

type Hunk struct {
	A, B  [2]int
	Edits []Edit
}

func lines(s string) (out []string) {
	for l := range strings.Lines(s) {
		out = append(out, strings.TrimSuffix(l, "\n"))
	}
	return
}

func Diff(a, b []string) []Edit {
	n, m := len(a), len(b)
	maxD := n + m
	v := map[int]int{1: 0}
	var trace []map[int]int
outer:
	for d := 0; d <= maxD; d++ {
		cp := make(map[int]int, len(v))
		for k, x := range v {
			cp[k] = x
		}
		trace = append(trace, cp)
		for k := -d; k <= d; k += 2 {
			x := 0
			if k == -d || k != d && v[k-1] < v[k+1] {
				x = v[k+1]
			} else {
				x = v[k-1] + 1
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[k] = x
			if x >= n && y >= m {
				break outer
			}
		}
	}
	var rev []Edit
	x, y := n, m
	for d := len(trace) - 1; d >= 0; d-- {
		v, k := trace[d], x-y
		pk := k - 1
		if k == -d || k != d && v[k-1] < v[k+1] {
			pk = k + 1
		}
		px := v[pk]
		py := px - pk
		for x > px && y > py {
			x, y = x-1, y-1
			rev = append(rev, Edit{Keep, a[x]})
		}
		if d > 0 {
			if x == px {
				rev = append(rev, Edit{Add, b[py]})
			} else {
				rev = append(rev, Edit{Del, a[px]})
			}
		}
		x, y = px, py
	}
	for i, j := 0, len(rev)-1; i < j; i, j = i+1, j-1 {
		rev[i], rev[j] = rev[j], rev[i]
	}
	return rev
}

func Hunks(es []Edit, ctx int) (hs []Hunk) {
	type span struct{ from, to int }
	var spans []span
	for i, e := range es {
		if e.Kind == Keep {
			continue
		}
		lo, hi := max(0, i-ctx), min(len(es), i+ctx+1)
		if n := len(spans); n > 0 && spans[n-1].to >= lo {
			spans[n-1].to = hi
		} else {
			spans = append(spans, span{lo, hi})
		}
	}
	la, lb, i := 1, 1, 0
	step := func(e Edit) {
		if e.Kind != Add {
			la++
		}
		if e.Kind != Del {
			lb++
		}
		i++
	}
	for _, s := range spans {
		for i < s.from {
			step(es[i])
		}
		h := Hunk{A: [2]int{la}, B: [2]int{lb}, Edits: es[s.from:s.to]}
		for i < s.to {
			step(es[i])
		}
		h.A[1], h.B[1] = la-h.A[0], lb-h.B[0]
		hs = append(hs, h)
	}
	return
}

func (h Hunk) WriteTo(w io.Writer) (int64, error) {
	bw := bufio.NewWriter(w)
	n, _ := fmt.Fprintf(bw, "@@ -%d,%d +%d,%d @@\n", h.A[0], h.A[1], h.B[0], h.B[1])
	for _, e := range h.Edits {
		k, _ := fmt.Fprintln(bw, e)
		n += k
	}
	return int64(n), bw.Flush()
}

var ErrConflict = errors.New("conflict")

func Apply(src []string, hs []Hunk) (out []string, err error) {
	pos := 0
	for i, h := range hs {
		out = append(out, src[pos:h.A[0]-1]...)
		pos = h.A[0] - 1
		for _, e := range h.Edits {
			switch e.Kind {
			case Add:
				out = append(out, e.Text)
				continue
			case Keep:
				out = append(out, e.Text)
				fallthrough
			case Del:
				if pos >= len(src) || src[pos] != e.Text {
					return nil, fmt.Errorf("hunk %d line %d: %w at %q", i+1, pos+1, ErrConflict, e.Text)
				}
				pos++
			}
		}
	}
	return append(out, src[pos:]...), nil
}

func main() {
	a := lines("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n")
	b := lines("zero\none\ntwo\n3\nfour\nfive\nsix\nseven\neight\nten\neleven")
	es := Diff(a, b)
	hs := Hunks(es, 1)
	var buf bytes.Buffer
	total := int64(0)
	for _, h := range hs {
		n, err := h.WriteTo(&buf)
		if err != nil {
			fmt.Println(err)
		}
		total += n
	}
	fmt.Print(buf.String())
	fmt.Println(total == int64(buf.Len()), len(es), len(hs))
	got, err := Apply(a, hs)
	fmt.Println(strings.Join(got, ",") == strings.Join(b, ","), err)
	bad := append([]string(nil), a...)
	bad[2] = "changed"
	_, err = Apply(bad, hs)
	fmt.Println(err, errors.Is(err, ErrConflict))
	fmt.Println(Diff(nil, []string{"x"}), Diff([]string{"x"}, nil), Diff([]string{"s"}, []string{"s"}), len(Diff(nil, nil)))
	count := map[Kind]int{}
	for _, e := range es {
		count[e.Kind]++
	}
	fmt.Println(count, count[Add]-count[Del] == len(b)-len(a), string(rune(Add)))
	fmt.Printf("%v %+v %c\n", es[0], es[1].Kind, es[0].Kind)
}
