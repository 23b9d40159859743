package main

import (
	"container/heap"
	"fmt"
	"strings"
	"time"
)

type Priority int

const (
	Low Priority = iota - 1
	Normal
	High
)

func (p Priority) String() string { return [...]string{"low", "normal", "high"}[p+1] }

type Task struct {
	Name string
	Pri  Priority
	Due  time.Duration
	idx  int
}

func (t Task) String() string { return fmt.Sprintf("%s(%v,%v)", t.Name, t.Pri, t.Due) }

type Queue []*Task

func (q Queue) Len() int { return len(q) }
func (q Queue) Less(i, j int) bool {
	if q[i].Pri != q[j].Pri {
		return q[i].Pri > q[j].Pri
	}
	return q[i].Due < q[j].Due
}
func (q Queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].idx, q[j].idx = i, j
}
func (q *Queue) Push(x any) {
	t := x.(*Task)
	t.idx = len(*q)
	*q = append(*q, t)
}
func (q *Queue) Pop() any {
	old := *q
	n := len(old) - 1
	t := old[n]
	old[n], t.idx = nil, -1
	*q = old[:n]
	return t
}

type intHeap struct{ a []int }

func (h intHeap) Len() int           { return len(h.a) }
func (h intHeap) Less(i, j int) bool { return h.a[i] < h.a[j] }
func (h intHeap) Swap(i, j int)      { h.a[i], h.a[j] = h.a[j], h.a[i] }
func (h *intHeap) Push(x any)        { h.a = append(h.a, x.(int)) }
func (h *intHeap) Pop() (x any) {
	x, h.a = h.a[len(h.a)-1], h.a[:len(h.a)-1]
	return
}

func main() {
	q := &Queue{}
	heap.Init(q)
	byName := map[string]*Task{}
	for i, s := range strings.Split("mail build test deploy lunch", " ") {
		t := &Task{Name: s, Pri: Priority(i%3 - 1), Due: time.Duration(50-i*7) * time.Minute}
		byName[s] = t
		heap.Push(q, t)
	}
	byName["mail"].Pri = High
	heap.Fix(q, byName["mail"].idx)
	heap.Remove(q, byName["test"].idx)
	for q.Len() > 0 {
		t := heap.Pop(q).(*Task)
		fmt.Println(t, t.idx, *t)
	}
	fmt.Printf("%v %d %+v %s\n", High, High, *byName["test"], []Priority{Low, Normal, High})
	fmt.Printf("%#v\n", Task{"x", Low, 3, 0})
	h := &intHeap{[]int{5, 2, 8, -1, 9, 3}}
	heap.Init(h)
	heap.Push(h, 0)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println(len(h.a), cap(h.a) >= 6)
	var hi heap.Interface = h
	_, isQ := hi.(*Queue)
	fmt.Printf("%T %v\n", hi, isQ)
	defer func() { fmt.Println("recovered:", recover()) }()
	fmt.Println(Priority(7))
	_ = Priority(7).String()
}
