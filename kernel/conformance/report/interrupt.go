package report

import (
	"time"

	"descent/kernel/conformance/drive"
)

// stopWithin is how soon an interrupted cell must have ended.
const stopWithin = 300 * time.Millisecond

var endlessCells = []struct{ name, code string }{
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

// interrupts stops cells of every kind.
func interrupts(w *writer, exe string) error {
	k, err := drive.Start(exe)
	if err != nil {
		return err
	}
	defer k.Close()
	_, err = good(k, `import ("net/http"; "sort"; "sync"; "time")
n := 0
ch := make(chan int)
by := 2
double := func(x int) int { return by * x }
type counter struct{ at int }
func (c *counter) add(d int) int { c.at += d; return c.at }
c := &counter{40}`)
	if err != nil {
		return err
	}
	for _, e := range endlessCells {
		b, err := k.Begin(e.code)
		if err != nil {
			return err
		}
		if err := k.Busy(b, patience); err != nil {
			return err
		}
		time.Sleep(150 * time.Millisecond)
		began := time.Now()
		if err := k.Interrupt(); err != nil {
			return err
		}
		r, err := k.Wait(b, patience)
		if err != nil {
			return err
		}
		took := time.Since(began)
		next, err := k.Run("c.add(1)\nc.add(-1) + double(1)", patience)
		if err != nil {
			return err
		}
		switch {
		case r.Status != "error":
			w.row(false, e.name, "ended with status %q", r.Status)
		case next.Status != "ok" || next.Result != "42":
			w.row(false, e.name, "%s, and then 40 + 2 is %q %s", ms(took), next.Result, next.EValue)
		default:
			w.limit(e.name, took, stopWithin, "")
		}
	}
	return nil
}
