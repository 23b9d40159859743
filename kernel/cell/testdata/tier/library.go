package main

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"text/template"
	"unicode"
)

type person struct {
	Name string `json:"name"`
	Age  int    `json:"age"`
	Tags []string
}

func (p person) String() string { return p.Name + "!" }

type animal interface{ Sound() string }

type dog struct{ n int }
type cat struct{ n int }

func (d dog) Sound() string  { return fmt.Sprint("woof", d.n) }
func (c *cat) Sound() string { return fmt.Sprint("meow", c.n) }

func people() []person {
	return []person{{"Ann", 30, []string{"x"}}, {"Bob", 25, nil}, {"Cid", 30, nil}, {"Dan", 25, nil}, {"Eve", 41, []string{"y", "z"}}}
}

func testSortFunc() string {
	ps := people()
	slices.SortFunc(ps, func(a, b person) int {
		return cmp.Or(cmp.Compare(b.Age, a.Age), strings.Compare(a.Name, b.Name))
	})
	s := fmt.Sprint(ps)
	slices.SortStableFunc(ps, func(a, b person) int { return cmp.Compare(a.Age, b.Age) })
	s += fmt.Sprint(ps)
	xs := []int{5, 2, 8, 1, 9, 3}
	slices.SortFunc(xs, func(a, b int) int { return b - a })
	s += fmt.Sprint(xs)
	slices.SortFunc(xs, cmp.Compare[int])
	s += fmt.Sprint(xs)
	fs := []float64{2.5, -1, 7}
	slices.SortFunc(fs, func(a, b float64) int { return cmp.Compare(b, a) })
	ws := strings.Fields("the quick brown fox jumps")
	slices.SortFunc(ws, strings.Compare)
	s += fmt.Sprint(fs, ws)
	slices.SortFunc(ws, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	ptrs := []*person{&ps[2], &ps[0], &ps[1]}
	slices.SortFunc(ptrs, func(a, b *person) int { return strings.Compare(a.Name, b.Name) })
	for _, p := range ptrs {
		s += p.Name
	}
	return s + fmt.Sprint(ws)
}

func testUnstableOrder() string {
	type pair struct{ k, i int }
	var ps []pair
	for i := range 100 {
		ps = append(ps, pair{i * 7 % 5, i})
	}
	slices.SortFunc(ps, func(a, b pair) int { return a.k - b.k })
	qs := make([]int, 100)
	for i := range qs {
		qs[i] = i
	}
	slices.SortFunc(qs, func(a, b int) int { return a*7%5 - b*7%5 })
	sort.Slice(ps, func(i, j int) bool { return ps[i].i%10 < ps[j].i%10 })
	return fmt.Sprint(ps, qs)
}

func testSortInterfaces() string {
	as := []animal{dog{3}, &cat{1}, dog{2}, &cat{9}}
	slices.SortFunc(as, func(a, b animal) int { return strings.Compare(a.Sound(), b.Sound()) })
	s := ""
	for _, a := range as {
		s += a.Sound()
	}
	s += fmt.Sprint(slices.Contains(as, animal(dog{2})), slices.Index(as, animal(dog{3})), slices.Contains(as, animal(&cat{1})))
	i := slices.IndexFunc(as, func(a animal) bool { _, ok := a.(*cat); return ok })
	es := []error{io.EOF, nil, fs.ErrNotExist}
	return s + fmt.Sprint(i, slices.Contains(es, io.EOF), slices.Index(es, nil), slices.IndexFunc(es, func(e error) bool { return e == nil }))
}

func testSlices() string {
	xs := []int{3, 1, 2}
	slices.Sort(xs)
	s := fmt.Sprint(xs, slices.Max(xs), slices.Min(xs), slices.Contains(xs, 2), slices.Index(xs, 9), slices.IsSorted(xs))
	slices.Reverse(xs)
	i, ok := slices.BinarySearch([]string{"a", "c"}, "b")
	ys := slices.Insert(slices.Clone(xs), 1, 7, 8)
	zs := slices.Delete(slices.Clone(ys), 0, 2)
	s += fmt.Sprint(xs, i, ok, ys, zs, slices.Equal(xs, ys), slices.Compact([]string{"a", "a", "b"}))
	j, found := slices.BinarySearchFunc(people(), "Cid", func(p person, n string) int { return strings.Compare(p.Name, n) })
	s += fmt.Sprint(j, found, slices.MaxFunc(people(), func(a, b person) int { return a.Age - b.Age }))
	s += fmt.Sprint(slices.ContainsFunc(people(), func(p person) bool { return p.Tags == nil }))
	type level int
	ls := []level{3, 1, 2}
	slices.Sort(ls)
	return s + fmt.Sprint(ls, slices.Max(ls), slices.Repeat(ls, 2), slices.Concat(ls, ls[:1]), slices.Sorted(slices.Values(ls)))
}

func testEmptyMax() string { return fmt.Sprint(slices.Max([]int(nil))) }
func testEmptyMin() string {
	return fmt.Sprint(slices.MinFunc([]person(nil), func(a, b person) int { return 0 }))
}
func testBadDelete() string { return fmt.Sprint(slices.Delete([]int{1}, 1, 3)) }

func testPanicInCompare() (s string) {
	xs := []int{2, 1, 3}
	defer func() { s = fmt.Sprint(recover(), xs) }()
	slices.SortFunc(xs, func(a, b int) int {
		if b == 3 || a == 3 {
			panic("no threes")
		}
		return a - b
	})
	return "sorted"
}

func testNilCompare() string {
	slices.SortFunc([]int{2, 1}, nil)
	return "sorted"
}

func testMaps() string {
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	keys := slices.Sorted(maps.Keys(m))
	values := slices.Sorted(maps.Values(m))
	n := maps.Clone(m)
	maps.DeleteFunc(n, func(k string, v int) bool { return v%2 == 1 })
	s := fmt.Sprint(keys, values, n, maps.Equal(m, n))
	byAge := map[int][]person{}
	for _, p := range people() {
		byAge[p.Age] = append(byAge[p.Age], p)
	}
	for _, k := range slices.Backward(slices.Sorted(maps.Keys(byAge))) {
		s += fmt.Sprint(k, byAge[k], ";")
	}
	c := maps.Collect(slices.All([]person{{"X", 1, nil}}))
	c[5] = person{"Y", 2, nil}
	type key struct {
		a string
		b int
	}
	k := map[key]bool{{"q", 1}: true, {"r", 2}: false}
	ks := slices.SortedFunc(maps.Keys(k), func(x, y key) int { return cmp.Compare(x.b, y.b) })
	l := maps.Clone(k)
	l[key{"q", 1}] = false
	delete(l, key{"r", 2})
	return s + fmt.Sprint(c, ks, k, l, k[ks[0]])
}

func testIterators() string {
	var b strings.Builder
	for i, c := range slices.All([]string{"x", "y", "z"}) {
		if i == 2 {
			break
		}
		fmt.Fprint(&b, i, c)
	}
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Fprint(&b, c)
	}
	evens := func(yield func(int) bool) {
		for i := 0; i < 10; i += 2 {
			if !yield(i) {
				return
			}
		}
	}
	fmt.Fprint(&b, slices.Collect(evens))
	next, stop := iter.Pull(iter.Seq[int](evens))
	for range 3 {
		v, ok := next()
		fmt.Fprint(&b, v, ok)
	}
	stop()
	for w := range strings.SplitSeq("a,b,c", ",") {
		b.WriteString(w)
	}
	return b.String()
}

type failure struct{ code int }

func (f *failure) Error() string { return fmt.Sprint("failure ", f.code) }
func (f *failure) Code() int     { return f.code }

type coder interface{ Code() int }

type plain string

func (p plain) Error() string { return string(p) }

func fails(n int) error {
	switch n {
	case 0:
		return fmt.Errorf("wrapped: %w", &failure{7})
	case 1:
		return errors.Join(io.EOF, plain("p"))
	case 2:
		return &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	}
	return nil
}

func testErrors() string {
	s := ""
	for i := range 4 {
		err := fails(i)
		var f *failure
		var p plain
		var c coder
		var pe *fs.PathError
		s += fmt.Sprint(errors.As(err, &f), errors.As(err, &p), errors.As(err, &c), errors.As(err, &pe), errors.Is(err, io.EOF), errors.Is(err, os.ErrNotExist), ";")
		if f != nil {
			s += fmt.Sprint(f.code, c.Code(), c == coder(f))
		}
		if g, ok := errors.AsType[*failure](err); ok {
			s += fmt.Sprint(g == f, g.code)
		}
		if p != "" {
			s += string(p)
		}
		if pe != nil {
			s += pe.Path
		}
	}
	return s
}

func testErrorsNil() string {
	var c *coder
	return fmt.Sprint(errors.As(io.EOF, c))
}

func testJSON() string {
	b, err := json.Marshal(people()[:2])
	var ps []person
	err2 := json.Unmarshal(b, &ps)
	var m map[string]any
	err3 := json.Unmarshal([]byte(`{"a": [1, 2, {"b": null}]}`), &m)
	d := json.NewDecoder(strings.NewReader(`{"name": "Zed"} {"name": 3}`))
	var p person
	err4 := d.Decode(&p)
	err5 := d.Decode(&p)
	return fmt.Sprint(string(b), err, ps, err2, m, err3, p, err4, err5)
}

type queue []person

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].Age < q[j].Age }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(person)) }
func (q *queue) Pop() any {
	old := *q
	p := old[len(old)-1]
	*q = old[:len(old)-1]
	return p
}

func testHeap() string {
	q := queue(people())
	heap.Init(&q)
	heap.Push(&q, person{"Zoe", 1, nil})
	s := ""
	for q.Len() > 0 {
		s += heap.Pop(&q).(person).Name
	}
	return s
}

func testReaders() string {
	sc := bufio.NewScanner(strings.NewReader("one two\nthree"))
	sc.Split(bufio.ScanWords)
	n := 0
	for sc.Scan() {
		n += len(sc.Text())
	}
	b, err := io.ReadAll(io.LimitReader(strings.NewReader("hello world"), 5))
	r := bufio.NewReader(strings.NewReader("line\nrest"))
	l, _ := r.ReadString('\n')
	_, err2 := r.ReadString('\n')
	var buf bytes.Buffer
	w := bufio.NewWriter(io.MultiWriter(&buf, io.Discard))
	fmt.Fprintf(w, "%05d", 42)
	w.Flush()
	return fmt.Sprint(n, string(b), err, l, err2 == io.EOF, buf.String(), io.EOF)
}

func testVariables() string {
	old := http.DefaultClient
	http.DefaultClient = &http.Client{Timeout: 5}
	s := fmt.Sprint(http.DefaultClient.Timeout, http.DefaultClient == old)
	http.DefaultClient = old
	fmt.Fprint(os.Stdout, "")
	s += fmt.Sprint(http.DefaultClient == old, os.Stdout != nil, len(os.Args) > 0)
	return s
}

func testCallbacks() string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, "aBcD")
	s += fmt.Sprint(strings.FieldsFunc("a1b22c", unicode.IsDigit), strings.IndexFunc("abc", func(r rune) bool { return r == 'c' }))
	re := regexp.MustCompile(`\d+`)
	s += re.ReplaceAllStringFunc("a1b22", func(d string) string { return fmt.Sprint(len(d)) })
	s += os.Expand("$x-${y}", func(k string) string { return k + k })
	t := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse("{{range .}}{{up .Name}} {{.}};{{end}}"))
	var b strings.Builder
	if err := t.Execute(&b, people()); err != nil {
		return err.Error()
	}
	return s + b.String() + filepath.Join("a", "..", "b") + filepath.Base("/x/y.go")
}

func testReflect() string {
	t := reflect.TypeOf(person{})
	s := ""
	for i := range t.NumField() {
		s += fmt.Sprint(t.Field(i).Name, t.Field(i).Type, t.Field(i).Tag.Get("json"))
	}
	p := person{"R", 1, nil}
	v := reflect.ValueOf(&p).Elem()
	v.Field(1).SetInt(77)
	return s + fmt.Sprint(p.Age, v.Kind(), reflect.DeepEqual(people(), people()), reflect.TypeFor[int]())
}

func testSync() string {
	var mu sync.Mutex
	var once sync.Once
	var wg sync.WaitGroup
	lock, unlock := mu.Lock, mu.Unlock
	n := 0
	for range 8 {
		wg.Go(func() {
			lock()
			defer unlock()
			n++
			once.Do(func() { n += 100 })
		})
	}
	wait := wg.Wait
	wait()
	get := sync.OnceValue(func() int { n++; return n })
	var m sync.Map
	m.Store("k", person{"M", 1, nil})
	x, ok := m.Load("k")
	return fmt.Sprint(n, get(), get(), x, ok)
}

func main() {}
