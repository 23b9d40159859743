package report

import (
	"fmt"
	"os/exec"
	"time"

	"descent/kernel/conformance/drive"
)

// peer measures ipykernel in the same way, for comparison, if there is one.
func peer(w *writer) error {
	python := ""
	for _, name := range []string{"python3", "python"} {
		if exec.Command(name, "-c", "import ipykernel").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		w.note("ipykernel", "not measured: no python3 or python on the PATH has it")
		return nil
	}
	start := func() (*drive.Kernel, error) {
		return drive.StartBy(func(args ...string) *exec.Cmd {
			return exec.Command(python, "-m", "ipykernel_launcher", "-f", args[len(args)-1])
		})
	}
	var starts []time.Duration
	for range 3 {
		k, err := start()
		if err != nil {
			return err
		}
		starts = append(starts, k.First)
		k.Close()
	}
	k, err := start()
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err := good(k, "x = 1"); err != nil {
		return err
	}
	var took []time.Duration
	for range 100 {
		r, err := good(k, "1 + 1")
		if err != nil {
			return err
		}
		took = append(took, r.Took)
	}
	w.note("ipykernel: start to first reply", "%s, median of 3", ms(quantile(starts, 0.5)))
	if n, ok := drive.Memory(k.PID); ok {
		w.note("ipykernel: memory", "%8.1f MB", float64(n)/(1<<20))
	}
	w.note("ipykernel: trivial cell", "%s, median of 100, 95th percentile %s", ms(quantile(took, 0.5)), ms(quantile(took, 0.95)))
	return nil
}

// note prints what is neither right nor wrong.
func (w *writer) note(name, format string, args ...any) {
	fmt.Fprintf(w.w, "  %-7s %-38s %s\n", "", name, fmt.Sprintf(format, args...))
}
