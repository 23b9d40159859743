package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/iotest"
	"testing/quick"
)

type Set map[int]struct{}

func (s Set) Add(n int) Set { s[n] = struct{}{}; return s }
func (s Set) Sorted() []int {
	r := make([]int, 0, len(s))
	for k := range s {
		r = append(r, k)
	}
	sort.Ints(r)
	return r
}

func (Set) Generate(r *rand.Rand, size int) reflect.Value {
	s := Set{}
	for range r.Intn(size + 1) {
		s.Add(r.Intn(20))
	}
	return reflect.ValueOf(s)
}

func union(a, b Set) Set {
	r := Set{}
	for k := range a {
		r.Add(k)
	}
	for k := range b {
		r.Add(k)
	}
	return r
}

type Pair struct {
	A int8
	B string
	C []uint16
	D *bool
}

func rev(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

func mergeSort(xs []int) []int {
	if len(xs) < 2 {
		return xs
	}
	m := len(xs) / 2
	a, b := mergeSort(xs[:m:m]), mergeSort(xs[m:])
	out := make([]int, 0, len(xs))
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

type dice struct{ src *randv2.Rand }

func (d dice) roll(n int) (total int) {
	for range n {
		total += d.src.IntN(6) + 1
	}
	return
}

type fixed uint64

func (f *fixed) Uint64() uint64 { *f = *f*6364136223846793005 + 1442695040888963407; return uint64(*f) }

func main() {
	cfg := &quick.Config{MaxCount: 50, Rand: rand.New(rand.NewSource(1))}
	fmt.Println(quick.Check(func(a, b Set) bool { return reflect.DeepEqual(union(a, b), union(b, a)) }, cfg))
	fmt.Println(quick.Check(func(xs []int) bool { return sort.IntsAreSorted(mergeSort(xs)) }, cfg))
	fmt.Println(quick.CheckEqual(mergeSort, func(xs []int) []int { c := slices.Clone(xs); slices.Sort(c); return c }, cfg) != nil)
	err := quick.Check(func(p Pair, n uint8) bool { return n < 250 || p.A > 120 }, &quick.Config{MaxCount: 5000, Rand: rand.New(rand.NewSource(3))})
	ce, ok := err.(*quick.CheckError)
	fmt.Println(ok, ce != nil && len(ce.In) == 2)
	fmt.Println(quick.Check(func(s string) bool { return len(rev(rev(s))) >= 0 }, cfg))
	fmt.Println(quick.Check(3, nil))
	v, ok := quick.Value(reflect.TypeFor[Pair](), rand.New(rand.NewSource(9)))
	fmt.Println(ok, v.Type(), v.Field(0).Kind())

	r := rand.New(rand.NewSource(42))
	fmt.Println(r.Intn(100), r.Perm(6), r.Float64(), r.Int63n(1e12))
	words := strings.Fields("a b c d e f")
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	fmt.Println(words)
	z := rand.NewZipf(r, 1.5, 2, 50)
	fmt.Println(z.Uint64(), z.Uint64(), r.NormFloat64(), r.ExpFloat64())
	g := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(g.IntN(1000), g.Uint32(), g.Perm(5), g.Float32(), randv2.N[int64](1))
	cc := randv2.NewChaCha8([32]byte([]byte("chacha8 seed for the test 012345")))
	fmt.Println(cc.Uint64(), randv2.New(cc).Int64N(1e9))
	f := fixed(7)
	d := dice{randv2.New(&f)}
	hist := map[int]int{}
	for range 200 {
		hist[d.roll(2)]++
	}
	fmt.Println(hist)
	st, _ := cc.MarshalBinary()
	fmt.Println(len(st) > 32)

	fmt.Println(testing.AllocsPerRun(1, func() {}) >= 0, testing.Short == nil)
	var buf [4]byte
	rd := iotest.OneByteReader(strings.NewReader("xyz"))
	n, err := rd.Read(buf[:])
	fmt.Println(n, err, iotest.TestReader(strings.NewReader("hello"), []byte("hello")))
	_, err = iotest.ErrReader(fmt.Errorf("custom")).Read(nil)
	fmt.Println(err)
}
