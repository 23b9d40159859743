package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

// A row is one piece of work that both sides do.
type row struct {
	name string
	work float64 // what one call does, in units
	unit string  // "flop", "byte", "image" or "" for time alone
	prep func() func()
	peer string // the name and arguments of the work for peer_torch.py
	jax  string // and for peer_jax.py, where that has it
}

func main() {
	python := flag.String("python", "", "Python with torch, for the peer's side")
	jax := flag.String("jax", "", "Python with jax, for a second peer on the rows of the article's network")
	match := flag.String("rows", "", "regular expression that selects rows")
	burst := flag.Duration("burst", 60*time.Millisecond, "time per side and round")
	rounds := flag.Int("rounds", 5, "rounds per row")
	threads := flag.Int("threads", min(2, runtime.NumCPU()), "threads of each side")
	epochs := flag.Int("train", 0, "also train the article's network for so many epochs of MNIST, all sides in turns")
	loader := flag.Bool("loader", false, "with -train, also PyTorch with torchvision's loader and transforms, as the article writes it: slow")
	memory := flag.Int("memory", 0, "also measure the peak memory of so many training steps, each network in a process of its own")
	child := flag.String("steps", "", "only run the steps of a network, as \"convnet 30\", and print the peak memory")
	dir := flag.String("mnist", "datasets/mnist", "where the files of MNIST are")
	cpuTime := flag.Bool("cpu", false, "measure processor time rather than wall time, on one thread: for machines that are busy")
	profile := flag.String("cpuprofile", "", "write a profile of the rows and the training to this file")
	list := flag.Bool("list", false, "only list the rows")
	flag.Parse()
	o := options{*python, *jax, *match, *burst, *rounds, *threads, *list, *epochs, *loader, *memory, *dir, *cpuTime}
	if *child != "" {
		runtime.GOMAXPROCS(*threads)
		if err := runSteps(*child); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if *cpuTime {
		o.threads = 1
		runtime.LockOSThread()
		now = threadTime
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	if err := o.run(); err != nil {
		pprof.StopCPUProfile()
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	python, jax, match string
	burst              time.Duration
	rounds, threads    int
	list               bool
	epochs             int
	loader             bool
	memory             int
	mnist              string
	cpu                bool
}

func (o *options) run() error {
	re, err := regexp.Compile(o.match)
	if err != nil {
		return err
	}
	var rows []row
	for _, r := range allRows() {
		if re.MatchString(r.name) {
			rows = append(rows, r)
		}
	}
	if o.list {
		for _, r := range rows {
			fmt.Println(r.name)
		}
		return nil
	}
	runtime.GOMAXPROCS(o.threads)
	m := measureMachine(o.threads)
	fmt.Println(m)
	torch, err := startPeer(o.python, torchElements+torchMore+torchScript, o.threads, o.cpu)
	if err != nil {
		return err
	}
	defer torch.close()
	jax, err := startPeer(o.jax, jaxScript, o.threads, o.cpu)
	if err != nil {
		return err
	}
	defer jax.close()
	for _, p := range []*peer{torch, jax} {
		if p != nil {
			fmt.Println("peer:", p.version)
		}
	}
	if len(rows) > 0 {
		head := fmt.Sprintf("\n%-34s %12s %12s %9s %9s %7s %7s", "", "ours", "torch", "ours", "torch", "ratio", "of peak")
		if jax != nil {
			head += fmt.Sprintf(" %12s %7s", "jax", "ratio")
		}
		fmt.Println(head)
	}
	for _, r := range rows {
		if err := measureRow(r, torch, jax, m, o.burst, o.rounds); err != nil {
			return err
		}
	}
	if o.epochs > 0 {
		if err := train(o, torch, jax); err != nil {
			return err
		}
	}
	if o.memory > 0 {
		return compareMemory(o)
	}
	return nil
}

func measureRow(r row, torch, jax *peer, m machine, burst time.Duration, rounds int) error {
	f := r.prep()
	f() // warm caches and pools
	const never = time.Duration(1 << 62)
	ours, theirs, jaxs := never, never, never
	for range rounds {
		ours = min(ours, best(f, burst))
		for _, p := range []struct {
			peer  *peer
			work  string
			least *time.Duration
		}{{torch, r.peer, &theirs}, {jax, r.jax, &jaxs}} {
			if p.peer == nil || p.work == "" {
				continue
			}
			// Threads of the other side may still spin.
			time.Sleep(5 * time.Millisecond)
			d, err := p.peer.measure(p.work, burst)
			if err != nil {
				return err
			}
			*p.least = min(*p.least, d)
			time.Sleep(5 * time.Millisecond)
		}
	}
	rate := func(d time.Duration) string {
		switch perNS := r.work / float64(d.Nanoseconds()); r.unit {
		case "":
			return ""
		case "flop":
			return fmt.Sprintf("%.1f GF/s", perNS)
		case "image":
			return fmt.Sprintf("%.0f/s", 1e9*perNS)
		default:
			return fmt.Sprintf("%.1f GB/s", perNS)
		}
	}
	peak := ""
	switch r.unit {
	case "flop":
		peak = fmt.Sprintf("%.0f %%", 100*r.work/float64(ours.Nanoseconds())/m.flops)
	case "byte":
		peak = fmt.Sprintf("%.0f %%", 100*r.work/float64(ours.Nanoseconds())/m.cacheRead)
	}
	line := fmt.Sprintf("%-34s %12v ", r.name, short(ours))
	if theirs < never {
		line += fmt.Sprintf("%12v %9s %9s %7.2f %7s", short(theirs), rate(ours), rate(theirs), float64(ours)/float64(theirs), peak)
	} else {
		line += fmt.Sprintf("%12s %9s %9s %7s %7s", "", rate(ours), "", "", peak)
	}
	if jaxs < never {
		line += fmt.Sprintf(" %12v %7.2f", short(jaxs), float64(ours)/float64(jaxs))
	}
	fmt.Println(strings.TrimRight(line, " "))
	return nil
}

func short(d time.Duration) string {
	switch {
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%.2f µs", float64(d.Nanoseconds())/1e3)
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f µs", float64(d.Nanoseconds())/1e3)
	}
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3)
}

// now is the clock of the measurements.
var now = func() time.Duration { return time.Since(started) }

var started = time.Now()

// best returns the shortest time of one call of f, over bursts of calls that
// last a millisecond or one call: long enough that what the garbage of some
// calls costs is in it.
func best(f func(), total time.Duration) time.Duration {
	start := now()
	f()
	once := now() - start
	calls := max(1, int(time.Millisecond/max(once, 1)))
	least := once
	for now()-start < total {
		t := now()
		for range calls {
			f()
		}
		if d := (now() - t) / time.Duration(calls); d < least {
			least = d
		}
	}
	return least
}
