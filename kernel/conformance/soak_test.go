package conformance

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/kernel/conformance/drive"
)

// patience is how long a test waits for what must come, on whatever machine.
const patience = 5 * time.Minute

var soak = flag.Int("soak", 120, "how many random cells TestSoak runs")

// soakMarks is how many times TestSoak looks at what the kernel holds.
const soakMarks = 4

// soakCell is a kind of cell. $ stands for a number of its own.
type soakCell struct {
	code   string
	want   string // "ok", or the name of the error; "" if either may come first
	stop   bool   // it is interrupted
	result string
}

var soakCells = []soakCell{
	{code: "count++\ncount - count + $", want: "ok", result: "$"},
	{code: "fmt.Println(\"line\", $)", want: "ok"},
	{code: "for i := range 300 { fmt.Println(i, $) }", want: "ok"},
	{code: "display.Show($)\ndisplay.Show(display.HTML(\"<b>$</b>\"))", want: "ok"},
	{code: "type point struct{ x, y int }\nfunc (p point) sum() int { return p.x + p.y }\npoint{$, 1}.sum() - 1", want: "ok", result: "$"},
	{code: "func double(x int) int { return 2 * x }\ndouble($) / 2", want: "ok", result: "$"},
	{code: "func() int { defer func() { recover() }(); var m map[int]int; m[$] = 1; return 1 }()", want: "ok", result: "0"},
	{code: "go func() { ch <- $ }()\n<-ch", want: "ok", result: "$"},
	{code: "s := []int{}\nfor i := range 1000 { s = append(s, i*$) }\nlen(s)", want: "ok", result: "1000"},
	{code: "strings.Repeat(\"ab\", $)[:2]", want: "ok", result: "\"ab\""},
	{code: "dl.Ones(20, 20).MulScalar(2).Sum().Item()", want: "ok", result: "800"},
	{code: "go func() { time.Sleep(20 * time.Millisecond); fmt.Println(\"late\", $) }()", want: "ok"},
	{code: "undefined$ + 1", want: "compile error"},
	{code: "var x$ int = \"text\"", want: "compile error"},
	{code: "deep($ % 50)", want: "panic"},
	{code: "[]int{1, 2, 3}[$ + 3]", want: "panic"},
	{code: "dl.Zeros(2, 3).MatMul(dl.Zeros($ + 5, 3))", want: "panic"},
	{code: "go func() { panic($) }()\ntime.Sleep(time.Hour)", want: "panic in a goroutine"},
	{code: "os.Exit($ % 3)", want: "exit"},
	{code: "for {}", want: "interrupted", stop: true},
	{code: "for { count++ }", want: "interrupted", stop: true},
	{code: "<-ch", want: "interrupted", stop: true},
	{code: "time.Sleep(time.Hour)", want: "interrupted", stop: true},
	{code: "for { fmt.Println($) }", want: "interrupted", stop: true},
	{code: "var mu sync.Mutex\nmu.Lock()\nmu.Lock()", want: "interrupted", stop: true},
	{code: "func triple(x int) int { return 3 * x + $ - $ }\ntriple($) / 3", want: "ok", result: "$"},
	{code: "func spin(n int) int { s := 0; for i := range n { s += i % ($ + 1) }; return s }\nspin($) * 0 + $", want: "ok", result: "$"},
}

// state is what a kernel holds.
type state struct {
	front, session int
	files          int
	goroutines     int
	heap, resident int64
	stacks         string // if there are more goroutines than there were
}

func (s state) String() string {
	return fmt.Sprintf("%d goroutines, %d files, heap %.1f MB, resident %.1f MB", s.goroutines, s.files, float64(s.heap)/1e6, float64(s.resident)/1e6)
}

func look(t *testing.T, k *drive.Kernel) (s state) {
	t.Helper()
	time.Sleep(200 * time.Millisecond) // for the late ones
	r, err := k.Run("soakLook()", patience)
	if err != nil || r.Status != "ok" {
		t.Fatalf("looking: %v %s", err, r.Words())
	}
	text, err := strconv.Unquote(r.Result)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(text, &s.session, &s.goroutines, &s.heap); err != nil {
		t.Fatal(err)
	}
	s.front = k.PID
	for _, pid := range []int{s.front, s.session} {
		n, ok := drive.Files(pid)
		m, ok2 := drive.Memory(pid)
		if runtime.GOOS == "linux" && (!ok || !ok2) {
			t.Fatalf("process %d cannot be looked at", pid)
		}
		s.files += n
		s.resident += m
	}
	return s
}

// TestSoak runs random cells of every kind in one kernel: each ends as it should,
// and what the two processes hold stays flat. `-soak 2000` makes it long.
func TestSoak(t *testing.T) {
	exe, err := Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k, err := drive.Start(exe)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	run := func(c soakCell, n int) {
		code := strings.ReplaceAll(c.code, "$", strconv.Itoa(n))
		b, err := k.Begin(code)
		if err != nil {
			t.Fatal(err)
		}
		if c.stop {
			if err := k.Busy(b, patience); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
			if err := k.Interrupt(); err != nil {
				t.Fatal(err)
			}
		}
		r, err := k.Wait(b, patience)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		got := r.Status
		if got == "error" {
			got = r.EName
		}
		if got != c.want {
			t.Errorf("%s\nended with %q, want %q: %s", code, got, c.want, r.Words())
		}
		if want := strings.ReplaceAll(c.result, "$", strconv.Itoa(n)); want != "" && r.Result != want {
			t.Errorf("%s\nshows %q, want %q", code, r.Result, want)
		}
	}
	run(soakCell{code: `import ("os"; "runtime"; "strings"; "sync"; "time")
count := 0
ch := make(chan int)
func deep(n int) int { if n == 0 { panic("bottom") }; return deep(n-1) + 1 }
func soakLook() string {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return fmt.Sprint(os.Getpid(), " ", runtime.NumGoroutine(), " ", m.HeapAlloc)
}
func soakStacks() { b := make([]byte, 1<<20); fmt.Println(string(b[:runtime.Stack(b, true)])) }`, want: "ok"}, 0)
	for i, c := range soakCells {
		run(c, i+1) // whatever is made once has been made
	}
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 1))
	marks := []state{look(t, k)}
	t.Logf("seed %d; before: %v", seed, marks[0])
	began := time.Now()
	for i := range *soak {
		run(soakCells[rng.IntN(len(soakCells))], 100+i)
		if t.Failed() {
			t.Fatalf("seed %d, cell %d", seed, i)
		}
		if n := i + 1; n*soakMarks / *soak != i*soakMarks / *soak {
			s := look(t, k)
			for end := time.Now().Add(time.Minute); s.goroutines > marks[0].goroutines && time.Now().Before(end); {
				s = look(t, k) // those that print late may still be there
			}
			if s.goroutines > marks[0].goroutines {
				r, err := k.Run("soakStacks()", patience)
				if err != nil {
					t.Fatal(err)
				}
				s.stacks = r.Stdout
			}
			t.Logf("%d cells, %v: %v", n, time.Since(began).Round(time.Millisecond), s)
			marks = append(marks, s)
		}
	}
	before := marks[0]
	for _, s := range marks[1:] {
		if s.session != before.session {
			t.Errorf("the session is another process: %d, was %d", s.session, before.session)
		}
		if s.goroutines > before.goroutines {
			t.Errorf("%d goroutines, were %d:\n%s", s.goroutines, before.goroutines, s.stacks)
		}
		if s.files > before.files {
			t.Errorf("%d open files, were %d", s.files, before.files)
		}
		// What is used again and again grows to its size and stays.
		if grown := s.heap - before.heap; grown > 3<<20 {
			t.Errorf("the heap has grown by %.1f MB", float64(grown)/1e6)
		}
		if grown := s.resident - before.resident; grown > 60<<20 {
			t.Errorf("the processes have grown by %.1f MB", float64(grown)/1e6)
		}
	}
}
