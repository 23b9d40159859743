package report

import (
	"os"
	"time"

	"descent/kernel/conformance/drive"
)

// fatalCell ends its cell or the session in a way that a program would not
// survive.
type fatalCell struct {
	name, code string
	want       string // in what the cell is told; "" if it succeeds
	dies       bool   // the session process too
	linux      bool   // can be done on Linux alone
	during     func(k *drive.Kernel) error
}

var fatalCells = []fatalCell{
	// First: with every package that a session has imported, less is certain.
	{name: "deadlock", code: "<-make(chan int)", want: "nothing can send", during: func(k *drive.Kernel) error {
		time.Sleep(1500 * time.Millisecond)
		return k.Interrupt()
	}},
	{name: "stack overflow", code: "func down(i int) int { return down(i+1) + 1 }\ndown(0)", want: "stack overflow"},
	{name: "goroutine panic", code: "go func() { panic(\"in the background\") }()\ntime.Sleep(10 * time.Second)", want: "in the background"},
	{name: "os.Exit", code: "os.Exit(3)", want: "exit status 3"},
	{name: "log.Fatal", code: "log.Fatal(\"farewell\")", want: "farewell"},
	{name: "runtime.Goexit", code: "import \"runtime\"\nruntime.Goexit()"},
	{name: "closed standard output", code: "os.Stdout.Close()"},
	{name: "kill from outside", linux: true, code: "time.Sleep(20 * time.Second)", want: "session", dies: true, during: func(k *drive.Kernel) error {
		time.Sleep(100 * time.Millisecond)
		for _, pid := range drive.Children(k.PID) {
			p, err := os.FindProcess(pid)
			if err == nil {
				err = p.Kill()
			}
			if err != nil {
				return err
			}
		}
		return nil
	}},
	{name: "concurrent map writes", code: "m := map[int]int{}\nfor range 8 { go func() { for i := 0; ; i++ { m[i%100] = i } }() }\ntime.Sleep(20 * time.Second)", want: "concurrent map", dies: true},
	{name: "out of memory", linux: true, code: "var hoard [][]byte\nfor { hoard = append(hoard, make([]byte, 64<<20)) }", want: "memory", dies: true},
}

// compiledFatalCells fail in functions and loops that the session compiles:
// TestCompiled holds them to that.
var compiledFatalCells = []fatalCell{
	{name: "function: division by zero", code: "func share(z int) int { s := 0; for i := range 10 { s += i / z }; return s }\nshare(0)", want: "integer divide by zero"},
	{name: "function: index out of range", code: "func total(s []int) int { t := 0; for i := 0; i <= len(s); i++ { t += s[i] }; return t }\ntotal([]int{1, 2})", want: "index out of range [2] with length 2"},
	{name: "function: write to a nil map", code: "func count(m map[int]int) { for i := range 10 { m[i]++ } }\ncount(nil)", want: "assignment to entry in nil map"},
	{name: "function: nil dereference", code: "type link struct{ next *link; v int }\nfunc along(l *link) int { s := 0; for { s += l.v; l = l.next } }\nalong(&link{})", want: "nil pointer dereference"},
	{name: "function: failed assertion", code: "func ints(vs []any) int { s := 0; for _, v := range vs { s += v.(int) }; return s }\nints([]any{1, \"two\"})", want: "interface conversion: interface {} is string, not int"},
	{name: "function: close of a closed channel", code: "func shut(ch chan int) { for range 2 { close(ch) } }\nshut(make(chan int))", want: "close of closed channel"},
	{name: "function: panic in less of sort.Slice", code: "func order(s []int) { sort.Slice(s, func(i, j int) bool { return s[i] < s[j+3] }) }\norder([]int{3, 2, 1})", want: "index out of range"},
	{name: "function: panic in cmp of SortFunc", code: "func arrange(s []int, z int) { slices.SortFunc(s, func(a, b int) int { return a/z - b/z }) }\narrange([]int{3, 2, 1}, 0)", want: "integer divide by zero"},
	{name: "function: panic in a goroutine", code: "func behind(z int) { go func() { for i := range 10 { z = i / z } }(); time.Sleep(10 * time.Second) }\nbehind(0)", want: "integer divide by zero"},
	{name: "function: os.Exit", code: "func leave(exit func(int)) { for i := 0; ; i++ { if i == 9 { exit(i) } } }\nleave(os.Exit)", want: "exit status 9"},
	{name: "function: log.Fatal", code: "func bow(fatal func(...any)) { for i := 0; ; i++ { if i == 9 { fatal(\"bow \", i) } } }\nbow(log.Fatal)", want: "bow 9"},
	{name: "function: stack overflow", code: "func dive(i int) int { return dive(i+1) + 1 }\ndive(0)", want: "stack overflow"},
	{name: "function: mutual recursion overflow", code: "func ping(i int) int { return pong(i+1) + 1 }\nfunc pong(i int) int { return ping(i+1) + 1 }\nping(0)", want: "stack overflow"},
	{name: "function: method recursion overflow", code: "type well struct{ depth int }\nfunc (w *well) fall() int { w.depth++; return w.fall() + 1 }\n(&well{}).fall()", want: "stack overflow"},
	{name: "function: concurrent map writes", code: "func clash(m map[int]int) { for i := 0; ; i++ { m[i%100] = i } }\nfunc clashes(m map[int]int) { for range 8 { go clash(m) }; time.Sleep(20 * time.Second) }\nclashes(map[int]int{})", want: "concurrent map", dies: true},
	{name: "function: append without end", code: "func hoardOn() int { var h []int; for { h = append(h, len(h)) } }\nhoardOn()", want: "memory", dies: true, linux: true},
}
