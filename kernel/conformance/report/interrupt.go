package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"descent/kernel/conformance/drive"
)

// stopWithin is how soon an interrupted cell must have ended.
const stopWithin = 300 * time.Millisecond

// endlessCell is a cell that does not end by itself.
type endlessCell struct{ name, code string }

var endlessCells = []endlessCell{
	{"empty loop", "for {}"},
	{"arithmetic", "for { n++ }"},
	{"recursion", "func fib(d int) int { if d < 2 { return d }; return fib(d-1) + fib(d-2) }\nfib(80)"},
	{"sleep", "time.Sleep(time.Minute)"},
	{"mutex", "var mu sync.Mutex\nmu.Lock()\nmu.Lock()"},
	{"RWMutex", "var rw sync.RWMutex\nrw.RLock()\nrw.Lock()"},
	{"WaitGroup", "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()"},
	{"Cond", "cond := sync.NewCond(&sync.Mutex{})\ncond.L.Lock()\ncond.Wait()"},
	{"channel receive", "<-ch"},
	{"channel send", "ch <- 1"},
	{"channel range", "for range ch {}"},
	{"empty select", "select {}"},
	{"select with cases", "select { case <-ch: case ch <- 1: }"},
	{"print flood", "for { fmt.Println(n) }"},
	{"display flood", "for { display.Show(n) }"},
	{"goroutines in the background", "for range 4 { go func() { for { n++ } }() }\nselect {}"},
	{"callback in compiled code", "sort.Slice([]int{3, 2, 1}, func(i, j int) bool { for {}; return true })"},
	{"iterator that does not end", "for range func(yield func(int) bool) { for yield(1) {} } {}"},
	{"defer that runs on", "func held() { defer func() { n++ }(); for {} }\nheld()"},
	{"matrix products", "a := dl.Rand(400, 400)\nfor { a.MatMul(a) }"},
	{"training", `model := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(784, 128), nn.NewReLU(), nn.NewLinear(128, 10))
loader := data.NewLoader(&data.TensorDataset{X: dl.Rand(4096, 1, 28, 28), Y: dl.RandInt(0, 10, 4096)}, data.LoaderOptions{BatchSize: 64})
for { learn.NewTrainer(model, optim.NewSGD(nn.Params(model), optim.SGDOptions{LR: 0.01}), nn.CrossEntropy).Fit(loader, learn.FitOptions{Epochs: 1}); n++ }`},
	{"http server", "http.ListenAndServe(\"127.0.0.1:0\", nil)"},
	{"shell command", "!sleep 60"},
}

// compiledEndlessCells do not end in functions and loops that the session compiles:
// TestCompiled holds them to that.
var compiledEndlessCells = []endlessCell{
	{"function: loop", "func spin(s int) int { for i := 0; ; i++ { s ^= i } }\nspin(n)"},
	{"function: loop with defer", "func guarded() { defer func() { n++ }(); for i := 0; ; i++ { n ^= i & 1 } }\nguarded()"},
	{"function: mutual recursion", "func ping(d int) int { if d < 2 { return d }; return pong(d-1) + pong(d-2) }\nfunc pong(d int) int { if d < 2 { return d }; return ping(d-1) + ping(d-2) }\nping(80)"},
	{"function: method calls", "func climb(c adder) { for { c.add(1); c.add(-1) } }\nclimb(&counter{})"},
	{"function: less of sort.Slice", "func order(s []int) { sort.Slice(s, func(i, j int) bool { for { n++ }; return true }) }\norder([]int{3, 2, 1})"},
	{"function: cmp of slices.SortFunc", "func arrange(s []int) { slices.SortFunc(s, func(a, b int) int { for { n++ }; return 0 }) }\narrange([]int{3, 2, 1})"},
	{"function: sorting in a loop", "func sortOn(s []int) { for { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) } }\nsortOn([]int{3, 2, 1})"},
	{"function: interpreted calls in a loop", "func repeat(f func()) { for { f() } }\nrepeat(func() { slices.SortFunc([]int{2, 1}, func(a, b int) int { n++; return a - b }) })"},
	{"function: channel receive", "func take(ch chan int) int { s := 0; for { s += <-ch } }\ntake(ch)"},
	{"function: channel send", "func give(ch chan int) { for i := 0; ; i++ { ch <- i } }\ngive(ch)"},
	{"function: channel range", "func drain(ch chan int) int { s := 0; for v := range ch { s += v }; return s }\ndrain(ch)"},
	{"function: select", "func choose(a, b chan int) { for { select { case <-a: case b <- 1: } } }\nchoose(ch, ch)"},
	{"function: select with default", "func poll(ch chan int) { for { select { case <-ch: default: n++ } } }\npoll(ch)"},
	{"function: goroutines", "func fan(ch chan int) { for range 4 { go func() { for i := 0; ; i++ { n ^= i } }() }; for { <-ch } }\nfan(ch)"},
	{"function: training", `func fit(opt optim.Optimizer, backward func()) { for { opt.ZeroGrad(); backward(); opt.Step(); n++ } }
layer, x := nn.NewLinear(64, 64), dl.Rand(256, 64)
fit(optim.NewSGD(nn.Params(layer), optim.SGDOptions{LR: 0.01}), func() { layer.Forward(x).Pow(2).Mean().Backward() })`},
}

// interruptSetup is what the interrupted cells work on, and what they must leave
// right: a closure, a method, a compiled function, an interface and a module.
const interruptSetup = `import ("net/http"; "slices"; "sort"; "sync"; "time")
n := 0
ch := make(chan int)
by := 2
double := func(x int) int { return by * x }
type counter struct{ at int }
func (c *counter) add(d int) int { c.at += d; return c.at }
type adder interface{ add(d int) int }
c := &counter{40}
var older adder = c
func fold(n int) int { s := 0; for i := range n { s += i }; return s }
module := nn.NewLinear(3, 2)
seen := dl.Rand(4, 3)
gave := module.Forward(seen).String()
_ = slices.Max([]int{1})`

const interruptCheck = `if got := fold(10); got != 45 { panic(fmt.Sprint("fold is ", got)) }
if got := module.Forward(seen).String(); got != gave { panic("the module gives " + got) }
older.add(1)
c.add(-1) + double(1)`

// interrupts stops cells of every kind, each twice in the life of one kernel.
func interrupts(w *writer, start starter) error {
	k, err := start()
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err = good(k, interruptSetup); err != nil {
		return err
	}
	cells := slices.Concat(endlessCells, compiledEndlessCells)
	slowest := make([]time.Duration, len(cells))
	wrong := make([]string, len(cells))
	for range 2 {
		for i, e := range cells {
			took, what, err := interrupt(k, e.code)
			if err != nil {
				return fmt.Errorf("%s: %w", e.name, err)
			}
			slowest[i] = max(slowest[i], took)
			if wrong[i] == "" {
				wrong[i] = what
			}
		}
	}
	for i, e := range cells {
		if wrong[i] != "" {
			w.row(false, e.name, "%s", wrong[i])
			continue
		}
		w.limit(e.name, slowest[i], stopWithin, "")
	}
	return nil
}

// interrupt stops a cell and looks at what it has left; wrong is "" if all is right.
func interrupt(k *drive.Kernel, code string) (took time.Duration, wrong string, err error) {
	b, err := k.Begin(code)
	if err != nil {
		return 0, "", err
	}
	if err := k.Busy(b, patience); err != nil {
		return 0, "", err
	}
	// What it shows is read meanwhile, as clients do.
	if r, err := k.Wait(b, 150*time.Millisecond); err == nil {
		return 0, fmt.Sprintf("ended by itself with status %q %s", r.Status, r.EValue), nil
	}
	began := time.Now()
	if err := k.Interrupt(); err != nil {
		return 0, "", err
	}
	r, err := k.Wait(b, patience)
	if err != nil {
		return 0, "", err
	}
	took = time.Since(began)
	if r.Status != "error" || !strings.Contains(r.EName+r.EValue, "interrupted") {
		return took, fmt.Sprintf("ended with status %q %s", r.Status, r.EValue), nil
	}
	next, err := k.Run(interruptCheck, patience)
	if err != nil {
		return took, "", err
	}
	if next.Status != "ok" || next.Result != "42" {
		wrong = fmt.Sprintf("%s, and then 40 + 2 is %q %s", ms(took), next.Result, next.EValue)
	}
	return took, wrong, nil
}
