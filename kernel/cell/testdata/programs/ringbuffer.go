package main

import (
	"bytes"
	"container/ring"
	"errors"
	"fmt"
	"io"
	"strings"
)

type Ring[T any] struct {
	buf        []T
	start, len int
}

var ErrFull = errors.New("ring full")

func NewRing[T any](n int) *Ring[T] { return &Ring[T]{buf: make([]T, n)} }
func (r *Ring[T]) Push(v T) error {
	if r.len == len(r.buf) {
		return ErrFull
	}
	r.buf[(r.start+r.len)%len(r.buf)] = v
	r.len++
	return nil
}
func (r *Ring[T]) Pop() (v T, ok bool) {
	if r.len == 0 {
		return
	}
	v, ok = r.buf[r.start], true
	var zero T
	r.buf[r.start] = zero
	r.start = (r.start + 1) % len(r.buf)
	r.len--
	return
}
func (r Ring[T]) Slice() []T {
	out := make([]T, 0, r.len)
	for i := range r.len {
		out = append(out, r.buf[(r.start+i)%len(r.buf)])
	}
	return out
}
func (r *Ring[T]) All(yield func(int, T) bool) {
	for i, v := range r.Slice() {
		if !yield(i, v) {
			return
		}
	}
}

type byteRing struct{ Ring[byte] }

func (b *byteRing) Write(p []byte) (n int, err error) {
	for _, c := range p {
		if err = b.Push(c); err != nil {
			return n, fmt.Errorf("write %d of %d: %w", n, len(p), err)
		}
		n++
	}
	return
}
func (b *byteRing) Read(p []byte) (n int, err error) {
	for n = range p {
		c, ok := b.Pop()
		if !ok {
			if n == 0 {
				err = io.EOF
			}
			return
		}
		p[n] = c
	}
	return len(p), nil
}

type rot13 struct{ io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	for i, c := range p[:n] {
		switch {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return n, err
}

type avg struct {
	*Ring[float64]
	sum float64
}

func (a *avg) Add(x float64) float64 {
	if a.Push(x) != nil {
		old, _ := a.Pop()
		a.sum -= old
		a.Push(x)
	}
	a.sum += x
	return a.sum / float64(a.len)
}

func main() {
	r := NewRing[string](3)
	for _, s := range strings.Fields("a b c d") {
		if err := r.Push(s); err != nil {
			fmt.Println(err == ErrFull, s)
		}
	}
	x, ok := r.Pop()
	r.Push("e")
	fmt.Println(x, ok, r.Slice(), r.start, r.len, r.buf)
	for i, s := range r.All {
		if i == 2 {
			break
		}
		fmt.Print(i, s, " ")
	}
	fmt.Println()
	b := &byteRing{*NewRing[byte](8)}
	n, err := fmt.Fprintf(b, "hello")
	fmt.Println(n, err, b.len)
	n, err = io.WriteString(b, "world")
	fmt.Println(n, err, errors.Is(err, ErrFull))
	all, err := io.ReadAll(b)
	fmt.Printf("%q %v %d\n", all, err, b.len)
	io.Copy(b, strings.NewReader("Uryyb!"))
	var out bytes.Buffer
	m, err := io.Copy(&out, rot13{io.TeeReader(b, &strings.Builder{})})
	fmt.Println(m, err, out.String())
	a := &avg{Ring: NewRing[float64](2)}
	for _, x := range []float64{1, 2, 4, 8} {
		fmt.Print(a.Add(x), " ")
	}
	fmt.Println(a.Slice())
	pr, pw := io.Pipe()
	go func() {
		for i := range 3 {
			fmt.Fprintln(pw, "line", i)
		}
		pw.CloseWithError(errors.New("pipe done"))
	}()
	data, err := io.ReadAll(pr)
	fmt.Printf("%q %v\n", data, err)
	rg := ring.New(4)
	for i := range rg.Len() {
		rg.Value = i * i
		rg = rg.Next()
	}
	rg.Do(func(v any) { fmt.Print(v.(int), " ") })
	rg.Unlink(2)
	fmt.Println(rg.Len(), rg.Move(1).Value)
	mr := io.MultiReader(strings.NewReader("ab"), io.LimitReader(rot13{strings.NewReader("pqrs")}, 2))
	var two [3]byte
	k, err := io.ReadFull(mr, two[:])
	rest, _ := io.ReadAll(mr)
	fmt.Println(k, err, string(two[:]), string(rest))
	_, err = io.ReadFull(strings.NewReader("x"), two[:])
	fmt.Println(err, err == io.ErrUnexpectedEOF, errors.Is(err, io.EOF))
}
