package report

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"descent/kernel/conformance/drive"
)

// patience is how long a cell may take that should take much less.
const patience = 60 * time.Second

// writer prints the rows.
type writer struct {
	w      io.Writer
	failed int
	rows   int
}

func (w *writer) section(title string) { fmt.Fprintf(w.w, "\n%s\n", title) }

// row prints one finding.
func (w *writer) row(ok bool, name, format string, args ...any) {
	mark := "ok"
	w.rows++
	if !ok {
		w.failed++
		mark = "FAILED"
	}
	fmt.Fprintf(w.w, "  %-7s %-38s %s\n", mark, name, fmt.Sprintf(format, args...))
}

// limit prints a time that must not be longer.
func (w *writer) limit(name string, got, most time.Duration, note string) {
	w.row(got <= most, name, "%s (at most %v)%s", ms(got), most, note)
}

func ms(d time.Duration) string { return fmt.Sprintf("%8.2f ms", float64(d.Microseconds())/1000) }

// Run prints the report about the kernel of the program exe and returns how many
// rows failed.
func Run(w io.Writer, exe string) (failed int) {
	r := &writer{w: w}
	fmt.Fprintf(w, "%s, %s/%s, %d processors\n", exe, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, part := range []struct {
		title string
		run   func(r *writer, exe string) error
	}{
		{"Language: feature scripts and programs, each in a kernel of its own", tiered(language, "on")},
		{"Language with nothing compiled (DESCENT_TIER=off)", tiered(language, "off")},
		{"Latency, beside ipykernel where a python3 on the PATH has it", latencies},
		{"Output", output},
		{"Interrupts: from the request to idle, the slower of two; then older functions, methods and modules are called", tiered(interrupts, "on")},
		{"Interrupts with nothing compiled (DESCENT_TIER=off)", tiered(interrupts, "off")},
		{"Crashes: what the cell is told, whether the next one works, and %replay", tiered(crashes, "on")},
		{"Crashes with nothing compiled (DESCENT_TIER=off)", tiered(crashes, "off")},
	} {
		r.section(part.title)
		if err := part.run(r, exe); err != nil {
			r.row(false, part.title, "cannot go on: %v", err)
		}
	}
	fmt.Fprintf(w, "\n%d of %d rows are as they should be\n", r.rows-r.failed, r.rows)
	return r.failed
}

// starter starts a kernel, within limits that a shell sets first.
type starter func(limits ...string) (*drive.Kernel, error)

// tiered has part start kernels with the compilation of functions and loops on or off.
func tiered(part func(w *writer, start starter) error, tier string) func(w *writer, exe string) error {
	return func(w *writer, exe string) error {
		return part(w, func(limits ...string) (*drive.Kernel, error) {
			return drive.StartBy(func(args ...string) *exec.Cmd {
				cmd := exec.Command(exe, args...)
				if len(limits) > 0 {
					script := strings.Join(limits, "; ") + "; exec \"$0\" \"$@\""
					cmd = exec.Command("/bin/sh", append([]string{"-c", script, exe}, args...)...)
				}
				cmd.Env = append(os.Environ(), "DESCENT_TIER="+tier)
				return cmd
			})
		})
	}
}

// good runs a cell that must succeed.
func good(k *drive.Kernel, code string) (*drive.Reply, error) {
	r, err := k.Run(code, patience)
	if err == nil && r.Status != "ok" {
		err = fmt.Errorf("%q failed: %s", code, r.Words())
	}
	return r, err
}

// quantile returns the q-th of the durations, 0.5 for the median.
func quantile(d []time.Duration, q float64) time.Duration {
	slices.Sort(d)
	return d[min(int(q*float64(len(d))), len(d)-1)]
}
