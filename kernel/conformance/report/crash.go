package report

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"descent/kernel/conformance/drive"
)

// addressSpace is how much of it the processes may take in the test of running out.
const addressSpace = 4 << 30

const crashSetup = `import ("log"; "os"; "slices"; "sort"; "time")
kept := 41
by := 2
double := func(x int) int { return by * x }
func fold(n int) int { s := 0; for i := range n { s += i }; return s }
_, _ = slices.Max([]int{1}), sort.IsSorted`

const crashCheck = `if got := fold(10); got != 45 { panic(fmt.Sprint("fold is ", got)) }
if got := double(2); got != 4 { panic(fmt.Sprint("double is ", got)) }
fmt.Println("next")
kept + 1`

// lifetime is a kernel, and which of its cells have run without error.
type lifetime struct {
	*drive.Kernel
	count int
	good  []int
}

// run runs a cell; during is called while it does.
func (l *lifetime) run(code string, during func(k *drive.Kernel) error) (*drive.Reply, error) {
	b, err := l.Begin(code)
	if err != nil {
		return nil, err
	}
	l.count++
	if during != nil {
		if err := l.Busy(b, patience); err != nil {
			return nil, err
		}
		if err := during(l.Kernel); err != nil {
			return nil, err
		}
	}
	r, err := l.Wait(b, patience)
	if err == nil && r.Status == "ok" && code != "%replay" {
		l.good = append(l.good, l.count)
	}
	return r, err
}

// crashes runs them all in one kernel.
func crashes(w *writer, start starter) error {
	var limits []string
	linux := runtime.GOOS == "linux"
	if linux {
		limits = []string{fmt.Sprintf("ulimit -v %d", addressSpace>>10)}
	}
	k, err := start(limits...)
	if err != nil {
		return err
	}
	defer k.Close()
	l := &lifetime{Kernel: k}
	switch r, err := l.run(crashSetup, nil); {
	case err != nil:
		return err
	case r.Status != "ok":
		return fmt.Errorf("the first cell failed: %s", r.Words())
	}
	for _, f := range slices.Concat(fatalCells, compiledFatalCells) {
		if f.linux && !linux {
			fmt.Fprintf(w.w, "  %-7s %-38s needs Linux\n", "-", f.name)
			continue
		}
		how, err := crash(l, f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		w.row(how.wrong == "", f.name, "%s", how)
	}
	return nil
}

// aftermath is what a fatal cell was told and how the session goes on.
type aftermath struct{ told, state, wrong string }

func (a aftermath) String() string {
	if a.wrong != "" {
		return a.wrong
	}
	return shorten(a.told, 90) + "; " + a.state
}

func crash(l *lifetime, f fatalCell) (a aftermath, err error) {
	r, err := l.run(f.code, f.during)
	if err != nil {
		return a, err
	}
	if f.want != "" && !strings.Contains(r.Words(), f.want) || r.Status == "ok" != (f.want == "") {
		a.wrong = fmt.Sprintf("%s %q", r.Status, r.Words())
		return a, nil
	}
	for _, words := range []string{r.Stderr, r.EValue, "no error\n"} {
		if a.told, _, _ = strings.Cut(words, "\n"); a.told != "" {
			break
		}
	}
	if list := "%replay` in a cell runs " + ranges(l.good) + " again"; f.dies && !strings.Contains(r.Words(), list) {
		a.wrong = fmt.Sprintf("no %q in %q", list, r.Words())
		return a, nil
	}
	a.state = "%replay brings the state back"
	if !f.dies {
		a.state = "state kept, %replay right"
		if a.wrong, err = l.next(); err != nil || a.wrong != "" {
			return a, err
		}
	}
	if a.wrong, err = l.replay(); err == nil && a.wrong == "" {
		a.wrong, err = l.next()
	}
	return a, err
}

// next runs a cell that looks at the state.
func (l *lifetime) next() (wrong string, err error) {
	r, err := l.run(crashCheck, nil)
	if err != nil || r.Status == "ok" && r.Result == "42" && r.Stdout == "next\n" {
		return "", err
	}
	return fmt.Sprintf("the next cell gives %q and prints %q %s", r.Result, r.Stdout, r.Words()), nil
}

// replay runs all cells again that have run without error.
func (l *lifetime) replay() (wrong string, err error) {
	r, err := l.run("%replay", nil)
	if err != nil {
		return "", err
	}
	var ran []int
	for line := range strings.Lines(r.Stdout) {
		n := 0
		if _, err := fmt.Sscanf(line, "%%replay: cell %d\n", &n); err == nil {
			ran = append(ran, n)
		}
	}
	if r.Status != "ok" || !slices.Equal(ran, l.good) {
		return fmt.Sprintf("%%replay ran %v of %v %s", ran, l.good, r.Words()), nil
	}
	return "", nil
}

// ranges writes the numbers of cells, which are in order, as the kernel does: cells
// 1–4, 6.
func ranges(counts []int) string {
	var parts []string
	for i, n := range counts {
		if i > 0 && counts[i-1] == n-1 {
			first, _, _ := strings.Cut(parts[len(parts)-1], "–")
			parts[len(parts)-1] = fmt.Sprint(first, "–", n)
			continue
		}
		parts = append(parts, fmt.Sprint(n))
	}
	if len(counts) == 1 {
		return "cell " + parts[0]
	}
	return "cells " + strings.Join(parts, ", ")
}

func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
