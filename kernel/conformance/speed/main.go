// Command speed runs plain loops in a cell and in CPython, and prints how long
// each takes, the ratio, and where the time goes if it is slower than it should be.
// Each program runs twice in the cell: as functions, and with the loops typed straight
// at the top of the cell. It builds the kernel; compiling a cell is not part of
// the times. Each program is timed -n times on both sides in turn, and the best
// counts, which a busy machine disturbs least.
//
//	go run ./kernel/conformance/speed
//	go run ./kernel/conformance/speed -python python3.11 -n 5 -check
//
// It fails when the two sides disagree about a result, and with -check when a
// ratio is over its limit.
package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"descent/kernel/conformance"
	"descent/kernel/conformance/drive"
)

func main() {
	python := flag.String("python", "python3", "the Python to compare with")
	n := flag.Int("n", 3, "how often each program is timed")
	check := flag.Bool("check", false, "fail if a ratio is over its limit")
	flag.Parse()
	if err := run(context.Background(), *python, max(*n, 1), *check); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, python string, n int, check bool) error {
	version, err := exec.CommandContext(ctx, python, "--version").Output()
	if err != nil {
		return fmt.Errorf("%s: %w", python, err)
	}
	dir, err := os.MkdirTemp("", "descent-speed")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	exe, err := conformance.Build(ctx, dir)
	if err != nil {
		return err
	}
	k, err := drive.Start(exe)
	if err != nil {
		return err
	}
	defer k.Close()
	fmt.Printf("a cell of this kernel (%s, %s/%s) beside %s, best of %d\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, strings.TrimSpace(string(version)), n)
	fmt.Printf("%-24s %10s %10s %8s %8s\n", "", "cell", "Python", "ratio", "limit")
	var over []string
	for _, p := range programs {
		theirs := math.Inf(1)
		ours := [2]float64{math.Inf(1), math.Inf(1)}
		for range n {
			b, want, err := inPython(ctx, python, p)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			theirs = min(theirs, b)
			for i, run := range []func(*drive.Kernel, program) (float64, float64, error){inCell, atTop} {
				a, got, err := run(k, p)
				if err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
				if math.Abs(got-want) > 1e-9*math.Abs(want) {
					return fmt.Errorf("%s: the cell computes %v, Python %v", p.name, got, want)
				}
				ours[i] = min(ours[i], a)
			}
		}
		for i, name := range []string{p.name, "  at the top"} {
			mark := ""
			if ours[i]/theirs > p.most {
				mark = "  over"
				over = append(over, fmt.Sprintf("%-24s %s", p.name, p.spends))
			}
			fmt.Printf("%-24s %8.3f s %8.3f s %8.2f %8.2f%s\n", name, ours[i], theirs, ours[i]/theirs, p.most, mark)
		}
	}
	fmt.Printf("\n%d of %d within their limits.\n", 2*len(programs)-len(over), 2*len(programs))
	for _, line := range over {
		fmt.Printf("  over: the time goes into  %s\n", line)
	}
	if check && len(over) > 0 {
		return fmt.Errorf("%d ratios are over their limits", len(over))
	}
	return nil
}

const imports = "import (\"maps\"; \"slices\"; \"strconv\"; \"strings\"; \"time\")\n_, _, _, _ = strconv.Itoa, strings.ToUpper, slices.Sort[[]int], maps.Keys[map[int]int]\n"

// inCell times a program in the kernel.
func inCell(k *drive.Kernel, p program) (seconds, result float64, err error) {
	return timed(k, imports+p.golang, "began := time.Now()\nvalue := speed()\nfmt.Println(time.Since(began).Seconds(), value)")
}

// atTop times it with the statements of speed at the top of a cell: its variables are
// those of the session.
func atTop(k *drive.Kernel, p program) (seconds, result float64, err error) {
	before, body, _ := strings.Cut(p.golang, "func speed() float64 {")
	body = strings.TrimSuffix(strings.TrimSpace(body), "}")
	at := strings.LastIndex(body, "return ")
	run := "began := time.Now()\n" + body[:at] + "\nvalue := " + strings.TrimSpace(body[at+len("return "):]) + "\nfmt.Println(time.Since(began).Seconds(), value)"
	return timed(k, imports+before, run)
}

// timed runs two cells, the second of which prints its time and its result.
func timed(k *drive.Kernel, setup, run string) (seconds, result float64, err error) {
	var r *drive.Reply
	for _, code := range []string{setup, run} {
		if r, err = k.Run(code, 5*time.Minute); err != nil {
			return 0, 0, err
		}
		if r.Status != "ok" {
			return 0, 0, fmt.Errorf("the cell fails: %s", r.Words())
		}
	}
	_, err = fmt.Sscan(r.Stdout, &seconds, &result)
	return seconds, result, err
}

// inPython times it in a process of its own.
func inPython(ctx context.Context, python string, p program) (seconds, result float64, err error) {
	code := p.python + "\nimport time\nbegan = time.perf_counter()\nvalue = speed()\nprint(time.perf_counter() - began, float(value))\n"
	cmd := exec.CommandContext(ctx, python, "-c", code)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, 0, err
	}
	_, err = fmt.Sscan(string(out), &seconds, &result)
	return seconds, result, err
}
