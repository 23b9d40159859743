package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
)

type P struct {
	Name string
	Age  int
}

type IDs []int

type myErr struct{ n int }

func (e *myErr) Error() string { return fmt.Sprint("myErr ", e.n) }

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func filter[T any](s iter.Seq[T], ok func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range s {
			if ok(v) && !yield(v) {
				return
			}
		}
	}
}

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

func main() {
	xs := []int{3, 1, 4, 1, 5, 9, 2, 6}
	ys := slices.Clone(xs)
	slices.Sort(ys)
	fmt.Println(xs, ys, slices.IsSorted(xs), slices.IsSorted(ys), cap(slices.Clip(ys[:2])))
	fmt.Println(slices.Index(xs, 4), slices.Index(xs, 7), slices.Contains(xs, 9), slices.IndexFunc(xs, func(x int) bool { return x > 4 }))
	fmt.Println(slices.Max(xs), slices.Min(xs), slices.Equal(xs, ys), slices.Compare(xs, ys))
	fmt.Println(slices.BinarySearch(ys, 5))
	fmt.Println(slices.BinarySearch(ys, 7))
	fmt.Println(slices.Compact(slices.Clone(ys)), slices.CompactFunc([]string{"a", "A", "b"}, strings.EqualFold))
	fmt.Println(slices.Insert(slices.Clone(xs), 2, 100, 200), slices.Delete(slices.Clone(xs), 1, 3), slices.Replace(slices.Clone(xs), 0, 2, 7, 8, 9))
	fmt.Println(slices.DeleteFunc(slices.Clone(xs), func(x int) bool { return x%2 == 1 }), slices.Concat(xs[:1], ys[:2]), slices.Repeat([]string{"a"}, 3))
	slices.Reverse(ys)
	fmt.Println(ys, slices.ContainsFunc(ys, func(x int) bool { return x < 0 }))
	ps := []P{{"Bob", 30}, {"Al", 30}, {"Cy", 25}, {"Di", 30}}
	byAge := func(a, b P) int { return cmp.Compare(a.Age, b.Age) }
	qs := slices.Clone(ps)
	slices.SortStableFunc(qs, byAge)
	fmt.Println(qs, slices.IsSortedFunc(qs, byAge), slices.MaxFunc(ps, byAge), slices.MinFunc(ps, byAge))
	slices.SortFunc(qs, func(a, b P) int {
		return cmp.Or(-byAge(a, b), strings.Compare(a.Name, b.Name))
	})
	fmt.Println(qs, slices.Index(qs, P{"Cy", 25}), slices.EqualFunc(qs, ps, func(a, b P) bool { return a.Age == b.Age }))
	i, ok := slices.BinarySearchFunc([]P{{"a", 1}, {"b", 5}}, 5, func(p P, age int) int { return p.Age - age })
	fmt.Println(i, ok, slices.CompareFunc(ps, qs, byAge))
	ids := IDs{5, 3, 4}
	slices.Sort(ids)
	fmt.Printf("%v %T %T\n", ids, slices.Clone(ids), slices.Insert(ids, 0, 1))
	for i, v := range slices.All(ids) {
		fmt.Print(i, "=", v, " ")
	}
	for i, v := range slices.Backward(ids) {
		fmt.Print(i, "=", v, " ")
		if i == 1 {
			break
		}
	}
	for c := range slices.Chunk(xs, 3) {
		fmt.Print(c, len(c), cap(c), " ")
	}
	fmt.Println()
	fmt.Println(slices.Collect(slices.Values(xs[:3])), slices.Sorted(slices.Values(xs)), slices.AppendSeq([]int{0}, count(3)))
	fmt.Println(slices.SortedFunc(slices.Values(ps), func(a, b P) int { return strings.Compare(a.Name, b.Name) }))
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	m2 := maps.Clone(m)
	m2["d"] = 4
	delete(m2, "a")
	fmt.Println(slices.Sorted(maps.Keys(m2)), slices.Sorted(maps.Values(m)), maps.Equal(m, m2), len(m))
	maps.Copy(m, m2)
	maps.DeleteFunc(m, func(k string, v int) bool { return v%2 == 0 })
	fmt.Println(m, maps.Collect(maps.All(m)), maps.EqualFunc(m, m, func(a, b int) bool { return a == b }))
	maps.Insert(m, maps.All(map[string]int{"z": 26}))
	fmt.Println(m)
	for v := range filter(count(10), func(n int) bool { return n%3 == 0 }) {
		if v > 5 {
			break
		}
		fmt.Print(v, " ")
	}
	for a, b := range zip(count(2), slices.Values([]string{"x", "y", "z"})) {
		fmt.Print(a, b, " ")
	}
	fmt.Println()
	next, stop := iter.Pull(count(3))
	for {
		v, ok := next()
		if !ok {
			break
		}
		fmt.Print(v, " ")
	}
	stop()
	fmt.Println(cmp.Compare("a", "b"), cmp.Less(2.5, 1), cmp.Or("", "dflt"), cmp.Or(0, 0, 3))
	calls := 0
	once := sync.OnceValue(func() int { calls++; return 42 })
	pair := sync.OnceValues(func() (string, error) { calls++; return "v", errors.New("e") })
	fmt.Println(once(), once(), calls)
	s, err := pair()
	_, _ = pair()
	fmt.Println(s, err, calls)
	var ap atomic.Pointer[P]
	old := ap.Swap(&ps[0])
	fmt.Println(old == nil, ap.Load().Name, ap.CompareAndSwap(&ps[0], &ps[1]), ap.Load().Name)
	wrapped := fmt.Errorf("w: %w", &myErr{3})
	if e, ok := errors.AsType[*myErr](wrapped); ok {
		fmt.Println("as type", e.n)
	}
	fmt.Println(reflect.TypeFor[P](), reflect.TypeFor[[]*P](), rand.N(10) < 10)
	fmt.Println(sort.SearchInts([]int{1, 3, 5}, 4), strings.Join(slices.Collect(maps.Keys(map[string]bool{"k": true})), ","))
	for l := range strings.SplitSeq("a,b,c", ",") {
		fmt.Print(l, ";")
	}
	for i, w := range strings.Fields(" x  y ") {
		fmt.Print(i, w)
	}
	fmt.Println()
	defer func() { fmt.Println(recover()) }()
	fmt.Println(slices.Max([]int{}))
}
