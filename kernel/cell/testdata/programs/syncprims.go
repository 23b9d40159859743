package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
)

type SafeMap[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

func (s *SafeMap[K, V]) Update(k K, f func(V, bool) V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = make(map[K]V)
	}
	old, ok := s.m[k]
	s.m[k] = f(old, ok)
}
func (s *SafeMap[K, V]) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.m)
}

type Queue struct {
	cond  *sync.Cond
	items []int
	done  bool
}

func NewQueue() *Queue { return &Queue{cond: sync.NewCond(new(sync.Mutex))} }
func (q *Queue) Put(i int) {
	q.cond.L.Lock()
	q.items = append(q.items, i)
	q.cond.L.Unlock()
	q.cond.Signal()
}
func (q *Queue) Close() {
	q.cond.L.Lock()
	q.done = true
	q.cond.L.Unlock()
	q.cond.Broadcast()
}
func (q *Queue) Get() (int, bool) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.items) == 0 && !q.done {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return 0, false
	}
	x := q.items[0]
	q.items = q.items[1:]
	return x, true
}

type conf struct {
	name string
	ver  int
}

func main() {
	var sm SafeMap[string, []int]
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			sm.Update([]string{"a", "b", "c"}[i%3], func(v []int, ok bool) []int { return append(v, i) })
		})
	}
	wg.Wait()
	for _, k := range []string{"a", "b", "c"} {
		sort.Ints(sm.m[k])
		fmt.Print(k, sm.m[k][:3], len(sm.m[k]), " ")
	}
	fmt.Println(sm.Len())
	q := NewQueue()
	var sum atomic.Int64
	for range 3 {
		wg.Go(func() {
			for {
				x, ok := q.Get()
				if !ok {
					return
				}
				sum.Add(int64(x))
			}
		})
	}
	for i := range 101 {
		q.Put(i)
	}
	q.Close()
	wg.Wait()
	fmt.Println(sum.Load())
	var once sync.Once
	var n int32
	for range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			once.Do(func() { atomic.AddInt32(&n, 1) })
		}()
	}
	wg.Wait()
	calls := 0
	get := sync.OnceValue(func() conf { calls++; return conf{"x", calls} })
	load := sync.OnceValues(func() (int, error) { calls++; return calls, fmt.Errorf("e%d", calls) })
	fmt.Println(n, get(), get(), calls)
	v, err := load()
	v2, err2 := load()
	fmt.Println(v, v2, err == err2, err)
	pool := sync.Pool{New: func() any { return new([]byte) }}
	bp := pool.Get().(*[]byte)
	*bp = append(*bp, "hello"...)
	pool.Put(bp)
	fmt.Println(string(*bp))
	var m sync.Map
	for i := range 5 {
		m.Store(i, fmt.Sprint("v", i))
	}
	act, loaded := m.LoadOrStore(2, "new")
	_, gone := m.LoadAndDelete(3)
	total := 0
	m.Range(func(k, v any) bool {
		total += k.(int) + len(v.(string))
		return true
	})
	fmt.Println(act, loaded, gone, total, m.CompareAndSwap(0, "v0", "zero"))
	var p atomic.Pointer[conf]
	p.Store(&conf{"first", 1})
	old := p.Swap(&conf{"second", 2})
	fmt.Println(old.name, p.Load().name, p.CompareAndSwap(old, nil), p.Load().ver)
	var av atomic.Value
	av.Store(conf{"v", 3})
	c, _ := av.Load().(conf)
	fmt.Println(c, av.Load())
	var u atomic.Uint32
	u.Store(5)
	u.Add(^uint32(0))
	var b atomic.Bool
	fmt.Println(u.Load(), b.Swap(true), b.Load(), u.CompareAndSwap(4, 40), u.Or(3), u.And(0xf), u.Load())
	var rw sync.RWMutex
	fmt.Println(rw.TryRLock(), rw.TryLock())
	rw.RUnlock()
	defer func() {
		r := recover()
		fmt.Println(r)
		var wg2 sync.WaitGroup
		defer func() { fmt.Println(recover()) }()
		wg2.Done()
	}()
	sync.OnceFunc(func() { panic("once panics") })()
}
