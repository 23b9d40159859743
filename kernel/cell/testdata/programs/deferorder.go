package main

import (
	"errors"
	"fmt"
	"os"
)

type res struct{ name string }

func open(n string) *res    { fmt.Println("open", n); return &res{n} }
func (r *res) Close() error { fmt.Println("close", r.name); return errors.New("close " + r.name) }
func (r res) Show(x int)    { fmt.Println("show", r.name, x) }

func use(names ...string) (err error) {
	for i, n := range names {
		r := open(n)
		defer func() {
			err = errors.Join(err, r.Close())
			names[i] += "*"
		}()
		if n == "bad" {
			return fmt.Errorf("use %s", n)
		}
	}
	return nil
}

func counter() (n int) {
	defer func() { n *= 2 }()
	defer func() { n += 3 }()
	n = 1
	return n + 10
}

func loopDefers() {
	for i := 0; i < 3; i++ {
		defer fmt.Print("a", i, " ")
		defer func() { fmt.Print("b", i, " ") }()
		defer func(n int) { fmt.Print("c", n, i, " ") }(i * 10)
	}
	x := 1
	r := res{"val"}
	p := &r
	defer r.Show(x)
	defer p.Show(x)
	defer p.Close()
	show := p.Show
	defer show(x + 1)
	x, r.name = 100, "changed"
	p = &res{"other"}
	f := func() { fmt.Println("first f") }
	defer f()
	f = func() { fmt.Println("second f") }
	m := map[string]int{"k": 1}
	defer delete(m, "k")
	defer func() { fmt.Println(len(m), x) }()
}

func nested() (s string) {
	defer func() {
		if r := recover(); r != nil {
			s += fmt.Sprint("outer:", r)
		}
	}()
	defer func() {
		defer func() {
			if r := recover(); r != nil {
				s += fmt.Sprint("inner:", r, ";")
				panic("third")
			}
		}()
		panic(fmt.Sprint("second after ", recover()))
	}()
	panic("first")
}

func retry(n int, f func(int) error) (tries int, err error) {
	for tries = 1; tries <= n; tries++ {
		err = func() (err error) {
			defer func() {
				if r := recover(); r != nil {
					err = fmt.Errorf("try %d: %v", tries, r)
				}
			}()
			return f(tries)
		}()
		if err == nil {
			return
		}
		fmt.Println("retry:", err)
	}
	return tries, err
}

func mustNot() { fmt.Println("recover outside:", recover()) }

func main() {
	ns := []string{"a", "b", "bad", "never"}
	err := use(ns...)
	fmt.Printf("%q %q\n", err.Error(), ns)
	fmt.Println(counter())
	loopDefers()
	fmt.Println(nested())
	fmt.Println(retry(4, func(i int) error {
		switch i {
		case 1:
			return os.ErrNotExist
		case 2:
			var a []int
			_ = a[i]
		}
		return nil
	}))
	mustNot()
	func() {
		defer func() {
			mustNot()
			fmt.Println("direct:", recover())
		}()
		defer mustNot()
		panic("p1")
	}()
	for i := range 3 {
		func() {
			defer fmt.Println("iteration", i)
			if i == 1 {
				return
			}
			fmt.Println("body", i)
		}()
	}
	_, _ = func() (x int, y string) {
		defer func() { fmt.Println("named", x, y) }()
		return 5, "five"
	}()
}
