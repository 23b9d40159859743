package report

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"descent/kernel/conformance/drive"
)

// fatalCell ends its cell or the session in a way that a program would not
// survive.
type fatalCell struct {
	name, code string
	want       string // in what the cell is told; "" if it succeeds
	dies       bool   // the session process too
	during     func(k *drive.Kernel, b drive.Begun) error
}

var fatalCells = []fatalCell{
	// First: with every package that a session has imported, less is certain.
	{name: "deadlock", code: "<-make(chan int)", want: "nothing can send", during: func(k *drive.Kernel, b drive.Begun) error {
		time.Sleep(1500 * time.Millisecond)
		return k.Interrupt()
	}},
	{name: "stack overflow", code: "func down(i int) int { return down(i+1) + 1 }\ndown(0)", want: "stack overflow"},
	{name: "goroutine panic", code: "go func() { panic(\"in the background\") }()\ntime.Sleep(10 * time.Second)", want: "in the background"},
	{name: "os.Exit", code: "os.Exit(3)", want: "exit status 3"},
	{name: "log.Fatal", code: "log.Fatal(\"farewell\")", want: "farewell"},
	{name: "runtime.Goexit", code: "import \"runtime\"\nruntime.Goexit()"},
	{name: "closed standard output", code: "os.Stdout.Close()"},
	{name: "kill from outside", code: "time.Sleep(20 * time.Second)", want: "session", dies: true, during: func(k *drive.Kernel, b drive.Begun) error {
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
	{name: "out of memory", code: "var hoard [][]byte\nfor { hoard = append(hoard, make([]byte, 64<<20)) }", want: "memory", dies: true},
}

// addressSpace is how much of it the processes may take in the test of running out.
const addressSpace = 8 << 30

// crashes runs them all in one kernel.
func crashes(w *writer, exe string) error {
	limited := runtime.GOOS == "linux"
	k, err := drive.StartBy(func(args ...string) *exec.Cmd {
		if !limited {
			return exec.Command(exe, args...)
		}
		script := fmt.Sprintf("ulimit -v %d; exec \"$0\" \"$@\"", addressSpace>>10)
		return exec.Command("/bin/sh", append([]string{"-c", script, exe}, args...)...)
	})
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err := good(k, "import (\"log\"; \"os\"; \"time\")\nkept := 41"); err != nil {
		return err
	}
	for _, f := range fatalCells {
		switch {
		case f.name == "out of memory" && !limited, f.name == "kill from outside" && runtime.GOOS != "linux":
			fmt.Fprintf(w.w, "  %-7s %-38s needs Linux\n", "-", f.name)
			continue
		}
		if err := crash(w, k, f); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

func crash(w *writer, k *drive.Kernel, f fatalCell) error {
	b, err := k.Begin(f.code)
	if err != nil {
		return err
	}
	if f.during != nil {
		if err := k.Busy(b, patience); err != nil {
			return err
		}
		if err := f.during(k, b); err != nil {
			return err
		}
	}
	r, err := k.Wait(b, patience)
	if err != nil {
		return err
	}
	told, _, _ := strings.Cut(r.EValue, "\n")
	if r.Stderr != "" {
		told, _, _ = strings.Cut(r.Stderr, "\n")
	}
	if f.want != "" && !strings.Contains(r.Words(), f.want) || r.Status == "ok" != (f.want == "") {
		w.row(false, f.name, "%s %q", r.Status, r.Words())
		return nil
	}
	next, err := k.Run("fmt.Println(\"next\")\nkept + 1", patience)
	if err != nil {
		return err
	}
	how := "state kept"
	if f.dies {
		if next.Status == "ok" {
			w.row(false, f.name, "the session should have ended")
			return nil
		}
		how = "%replay brings the state back"
		if _, err = good(k, "%replay"); err != nil {
			return err
		}
		if next, err = k.Run("fmt.Println(\"next\")\nkept + 1", patience); err != nil {
			return err
		}
	}
	if told == "" {
		told = "no error"
	}
	w.row(next.Status == "ok" && next.Result == "42" && next.Stdout == "next\n", f.name, "%s; %s", shorten(told, 90), how)
	return nil
}

func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
