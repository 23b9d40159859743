package main

import (
	"fmt"
	"slices"
	"sync"
)

type T struct{ n string }

func (t *T) Rescue() { fmt.Println(t.n, "ptr:", recover()) }
func (t T) RescueV() { fmt.Println(t.n, "val:", recover()) }

type R interface{ Rescue() }
type E struct{ *T }
type I struct{ R }

func helper()       { fmt.Println("helper:", recover()) }
func wrap(f func()) { f() }

func try(name string, f func()) {
	defer func() { fmt.Println(name, "outer:", recover()) }()
	f()
}
func iter(yield func(int) bool) { yield(1) }

func main() {
	try("named called by deferred", func() {
		defer func() { helper() }()
		panic(1)
	})
	try("named deferred", func() {
		defer helper()
		panic(2)
	})
	try("method", func() {
		t := &T{"a"}
		defer t.Rescue()
		panic(3)
	})
	try("value method", func() {
		defer T{"b"}.RescueV()
		panic(4)
	})
	try("interface", func() {
		var r R = &T{"c"}
		defer r.Rescue()
		panic(5)
	})
	try("embedded", func() {
		var r R = E{&T{"d"}}
		defer r.Rescue()
		panic(6)
	})
	try("embedded interface", func() {
		var r R = I{&T{"e"}}
		defer r.Rescue()
		panic(7)
	})
	try("method value", func() {
		f := (&T{"f"}).Rescue
		defer f()
		panic(8)
	})
	try("method expr", func() {
		f := (*T).Rescue
		defer f(&T{"g"})
		panic(9)
	})
	try("wrap", func() {
		defer wrap(helper)
		panic(10)
	})
	try("once", func() {
		var o sync.Once
		defer o.Do(helper)
		panic(11)
	})
	try("defer recover()", func() {
		defer recover()
		panic(12)
	})
	try("range body", func() {
		defer func() {
			for range iter {
				fmt.Println("body:", recover())
			}
		}()
		panic(13)
	})
	try("range body std", func() {
		defer func() {
			for range slices.Values([]int{1}) {
				fmt.Println("body:", recover())
			}
		}()
		panic(14)
	})
	try("inner defers", func() {
		defer func() {
			func() {
				defer func() { fmt.Println("inner normal return:", recover()) }()
			}()
			fmt.Println("then:", recover())
		}()
		panic(15)
	})
	try("inner panics", func() {
		defer func() {
			func() {
				defer func() { fmt.Println("inner:", recover()) }()
				panic("second")
			}()
			fmt.Println("then:", recover())
		}()
		panic(16)
	})
	try("after recover", func() {
		defer func() { fmt.Println("again:", recover()) }()
		defer helper()
		panic(17)
	})
	try("stored func", func() {
		fs := map[string]func(){"h": helper}
		defer fs["h"]()
		panic(18)
	})
	try("closure stored", func() {
		x := 3
		f := func() { x++; fmt.Println("closure:", recover(), x) }
		defer f()
		panic(19)
	})
	try("bound E", func() {
		f := E{&T{"h"}}.Rescue
		defer f()
		panic(20)
	})
	try("bound iface", func() {
		var r R = I{&T{"i"}}
		f := r.Rescue
		defer f()
		panic(21)
	})
	try("iface expr", func() {
		f := R.Rescue
		defer f(&T{"j"})
		panic(22)
	})
	try("args", func() {
		defer fmt.Println("arg evaluated:", recover())
		panic(23)
	})
	try("deferred in deferred", func() {
		defer func() {
			defer helper()
		}()
		panic(24)
	})
	try("deferred in deferred 2", func() {
		defer func() {
			defer func() { fmt.Println("dd:", recover()) }()
			panic(26)
		}()
		panic(25)
	})
	try("generic", func() {
		defer gen[int](3)
		panic(27)
	})
	try("in loop", func() {
		for i := range 3 {
			defer func() { fmt.Println(i, recover()) }()
		}
		panic(28)
	})
	try("in range func defer", func() {
		for range iter {
			defer helper()
		}
		panic(29)
	})
	try("helper of helper", func() {
		h := func() { helper() }
		defer h()
		panic(30)
	})
	try("sort", func() {
		defer slices.SortFunc([]int{2, 1}, func(a, b int) int { fmt.Println("cmp:", recover()); return a - b })
		panic(31)
	})
}
func gen[X any](x X) { fmt.Println("gen:", x, recover()) }
