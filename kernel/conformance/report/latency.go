package report

import (
	"fmt"
	"strings"
	"time"

	"descent/kernel/conformance/drive"
	"descent/kernel/wire"
)

// latencies measures what a user waits for.
func latencies(w *writer, exe string) error {
	var starts []time.Duration
	for range 5 {
		k, err := drive.Start(exe)
		if err != nil {
			return err
		}
		starts = append(starts, k.First)
		k.Close()
	}
	w.limit("start to first reply, median of 5", quantile(starts, 0.5), 100*time.Millisecond, "")

	k, err := drive.Start(exe)
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err := good(k, "x := 1"); err != nil {
		return err
	}
	if resident, ok := memory(k); ok {
		const most = 60 << 20
		w.row(resident <= most, "memory of both processes", "%8.1f MB (at most %d MB)", float64(resident)/(1<<20), most>>20)
	}
	const n = 200
	for _, c := range []struct{ name, code string }{
		{"trivial cell, median of 200", "1 + 1"},
		{"new variable, median of 200", "v := x + 1"},
	} {
		var took []time.Duration
		for range n {
			r, err := good(k, c.code)
			if err != nil {
				return err
			}
			took = append(took, r.Took)
		}
		w.limit(c.name, quantile(took, 0.5), 2*time.Millisecond, fmt.Sprintf(", 95th percentile %s", strings.TrimSpace(ms(quantile(took, 0.95)))))
	}
	if err := peer(w); err != nil {
		return err
	}
	if err := completions(w, k, "completion, 95th percentile of 100"); err != nil {
		return err
	}
	b, err := k.Begin("for {}")
	if err != nil {
		return err
	}
	if err := k.Busy(b, patience); err != nil {
		return err
	}
	if err := completions(w, k, "completion while a cell computes"); err != nil {
		return err
	}
	if err := k.Interrupt(); err != nil {
		return err
	}
	_, err = k.Wait(b, patience)
	return err
}

// completions measures completion in the middle of a line.
func completions(w *writer, k *drive.Kernel, name string) error {
	var took []time.Duration
	for range 100 {
		began := time.Now()
		code := "y := strings.TrimS"
		c, err := k.Ask(wire.Shell, "complete_request", map[string]any{"code": code, "cursor_pos": len(code)}, patience)
		if err != nil {
			return err
		}
		took = append(took, time.Since(began))
		if !strings.Contains(string(c), "TrimSpace") {
			w.row(false, name, "does not find strings.TrimSpace: %s", c)
			return nil
		}
	}
	w.limit(name, quantile(took, 0.95), 50*time.Millisecond, fmt.Sprintf(", median %s", strings.TrimSpace(ms(quantile(took, 0.5)))))
	return nil
}

// memory returns the resident memory of the front and its session.
func memory(k *drive.Kernel) (sum int64, ok bool) {
	for _, pid := range append(drive.Children(k.PID), k.PID) {
		n, told := drive.Memory(pid)
		if !told {
			return 0, false
		}
		sum += n
	}
	return sum, true
}

// output sends floods and looks whether all of them arrives, in order.
func output(w *writer, exe string) error {
	k, err := drive.Start(exe)
	if err != nil {
		return err
	}
	defer k.Close()
	const lines = 1_000_000
	r, err := good(k, fmt.Sprintf("for i := range %d { fmt.Println(i) }", lines))
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.SplitSeq(r.Stdout, "\n") {
		if line != fmt.Sprint(n) {
			break
		}
		n++
	}
	w.row(n == lines, "1,000,000 printed lines", "%d in order after %.1f s", n, r.Took.Seconds())

	const displays = 50_000
	r, err = good(k, fmt.Sprintf("for i := range %d { display.Show(i) }", displays))
	if err != nil {
		return err
	}
	n = 0
	for n < len(r.Shown) && r.Shown[n] == fmt.Sprint(n) {
		n++
	}
	w.row(n == displays, "50,000 displays", "%d in order after %.1f s", n, r.Took.Seconds())

	b, err := k.Begin("import \"time\"\ngo func() { time.Sleep(100 * time.Millisecond); fmt.Println(\"late\") }()")
	if err != nil {
		return err
	}
	if _, err := k.Wait(b, patience); err != nil {
		return err
	}
	next, err := good(k, "time.Sleep(300 * time.Millisecond)\nfmt.Println(\"mine\")")
	if err != nil {
		return err
	}
	late := k.Late(b)
	w.row(next.Stdout == "mine\n" && strings.HasSuffix(late, "]\nlate\n"), "output after the end of its cell", "the cell gets %q, the next %q", late, next.Stdout)
	return nil
}
