package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

type Item struct {
	name     string
	priority int
	index    int
}

type PQ []*Item

func (pq PQ) Len() int           { return len(pq) }
func (pq PQ) Less(i, j int) bool { return pq[i].priority > pq[j].priority }
func (pq PQ) Swap(i, j int)      { pq[i], pq[j] = pq[j], pq[i]; pq[i].index = i; pq[j].index = j }
func (pq *PQ) Push(x any)        { it := x.(*Item); it.index = len(*pq); *pq = append(*pq, it) }
func (pq *PQ) Pop() any {
	old := *pq
	n := len(old)
	it := old[n-1]
	old[n-1] = nil
	*pq = old[:n-1]
	return it
}
func (pq *PQ) update(it *Item, p int) { it.priority = p; heap.Fix(pq, it.index) }

type Address struct {
	City  string `xml:"city"`
	State string `xml:"state,attr"`
}

type Person struct {
	XMLName xml.Name `xml:"person"`
	ID      int      `xml:"id,attr"`
	Name    string   `xml:"name"`
	Emails  []string `xml:"contact>email"`
	Address
	secret string
}

type Graph map[string][]string

func (g Graph) bfs(start string) (order []string) {
	seen := map[string]bool{start: true}
	for q := []string{start}; len(q) > 0; {
		n := q[0]
		q = q[1:]
		order = append(order, n)
		for _, m := range g[n] {
			if !seen[m] {
				seen[m] = true
				q = append(q, m)
			}
		}
	}
	return
}

func (g Graph) dfs(n string, visit func(string) bool) bool {
	var walk func(string, map[string]bool) bool
	walk = func(n string, seen map[string]bool) bool {
		if seen[n] {
			return true
		}
		seen[n] = true
		if !visit(n) {
			return false
		}
		for _, m := range g[n] {
			if !walk(m, seen) {
				return false
			}
		}
		return true
	}
	return walk(n, map[string]bool{})
}

func main() {
	pq := PQ{}
	for i, w := range []string{"low", "mid", "high"} {
		heap.Push(&pq, &Item{name: w, priority: i * 10})
	}
	pq.update(pq[2], 99)
	for pq.Len() > 0 {
		it := heap.Pop(&pq).(*Item)
		fmt.Print(it.name, ":", it.priority, " ")
	}
	fmt.Println()
	l := list.New()
	e4 := l.PushBack(4)
	l.PushFront(1)
	l.InsertBefore(3, e4)
	l.PushBack(Item{name: "x"})
	for e := l.Front(); e != nil; e = e.Next() {
		switch v := e.Value.(type) {
		case int:
			fmt.Print(v*2, " ")
		case Item:
			fmt.Print(v.name, " ")
		}
	}
	fmt.Println(l.Len())
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, ",") })
	fmt.Println()
	p := Person{ID: 7, Name: "Ann", Emails: []string{"a@x", "b@y"}, Address: Address{"Rome", "RM"}, secret: "s"}
	b, err := xml.MarshalIndent(p, "", " ")
	fmt.Println(string(b), err)
	var q Person
	err = xml.Unmarshal(b, &q)
	fmt.Println(q.Name, q.City, q.State, q.Emails, q.ID, err)
	g := Graph{"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": {"a"}}
	fmt.Println(g.bfs("a"))
	n := 0
	g.dfs("a", func(s string) bool { n++; fmt.Print(s); return n < 3 })
	fmt.Println()
	re := regexp.MustCompile(`(?P<k>\w+)=(?P<v>\d+)`)
	fmt.Println(re.FindAllStringSubmatch("a=1 b=22 c=x", -1), re.ReplaceAllString("a=1", "${v}=${k}"))
	fmt.Println(re.ReplaceAllStringFunc("a=1 b=2", func(s string) string { return strings.ToUpper(s) }))
	var sm sync.Map
	for i := range 3 {
		sm.Store(i, Item{priority: i})
	}
	sum := 0
	sm.Range(func(k, v any) bool { sum += v.(Item).priority; return true })
	v, ok := sm.Load(2)
	fmt.Println(sum, v, ok)
	pool := sync.Pool{New: func() any { return new(Item) }}
	it := pool.Get().(*Item)
	it.name = "pooled"
	pool.Put(it)
	fmt.Println(it.name)
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() { mu.Lock(); ready = true; mu.Unlock(); cond.Broadcast() }()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
	var ap atomic.Pointer[Item]
	fmt.Println(ap.Load() == nil)
	ap.Store(it)
	fmt.Println(ap.Load().name, ap.CompareAndSwap(it, nil), ap.Load())
	var av atomic.Value
	av.Store(Item{name: "v"})
	fmt.Println(av.Load().(Item).name)
	var ab atomic.Bool
	fmt.Println(ab.CompareAndSwap(false, true), ab.Load())
	d := 90*time.Minute + 30*time.Second
	fmt.Println(d, d.Hours(), d.Round(time.Hour), time.Duration(1500)*time.Microsecond)
	t := time.Date(2024, time.February, 29, 12, 30, 0, 0, time.UTC)
	fmt.Println(t.Format(time.RFC1123), t.AddDate(1, 0, 0).Format("2006-01-02"), t.Weekday(), t.YearDay())
	t2, err := time.Parse("2006-01-02", "2024-13-01")
	fmt.Println(t2.IsZero(), err)
	fmt.Println(unsafe.Sizeof(int32(0)), unsafe.Sizeof(Item{}), unsafe.Sizeof(struct {
		a bool
		b int64
	}{}))
	dir, _ := os.MkdirTemp("", "x")
	defer os.RemoveAll(dir)
	err = os.WriteFile(dir+"/f.txt", []byte("one\ntwo\n"), 0o600)
	data, err2 := os.ReadFile(dir + "/f.txt")
	fmt.Printf("%q %v %v\n", data, err, err2)
	_, err = os.Open(dir + "/none")
	var pe *os.PathError
	fmt.Println(os.IsNotExist(err), fmt.Sprintf("%T", err), pe == nil)
	es, _ := os.ReadDir(dir)
	for _, e := range es {
		fmt.Println(e.Name(), e.IsDir())
	}
}
