package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"descent/install/venv"

	// The tests run the built program. These make their results depend on it,
	// so that go test does not take remembered ones for true.
	_ "descent/kernel/front"
	_ "descent/kernel/session"
)

// environment is what the tests share: made once, kept for the whole run.
type environment struct {
	dir    string
	python string
	vars   []string
	err    error
}

var made string // the directory to remove at the end

var shared = sync.OnceValue(func() (e environment) {
	ctx := context.Background()
	if e.dir, e.err = os.MkdirTemp("", "descent-conformance"); e.err != nil {
		return e
	}
	made = e.dir
	py, err := venv.Clients(ctx, os.Stderr)
	if err != nil {
		e.err = err
		return e
	}
	e.python = py.Python
	e.vars, e.err = Install(ctx, e.dir)
	return e
})

func TestMain(m *testing.M) {
	code := m.Run()
	if made != "" {
		os.RemoveAll(made)
	}
	os.Exit(code)
}

// dependOn reads files that no import leads to, for the same reason.
func dependOn(t *testing.T, patterns ...string) {
	t.Helper()
	for _, p := range patterns {
		files, err := filepath.Glob(p)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", p, err)
		}
		for _, f := range files {
			if _, err := os.ReadFile(f); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// runPython runs a program of py/ and makes each line that it reports a test.
func runPython(t *testing.T, limit time.Duration, program string, args ...string) {
	if testing.Short() {
		t.Skip("needs Jupyter's clients: not with -short")
	}
	dependOn(t, "py/*.py", "../cmd/descent/*.go")
	e := shared()
	if e.err != nil {
		t.Fatal(e.err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, e.python, append([]string{filepath.Join("py", program)}, args...)...)
	cmd.Env = e.vars
	cmd.WaitDelay = 5 * time.Second
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		var r struct {
			Name, Detail string
			OK           bool
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Errorf("%s: %q", program, lines.Text())
			continue
		}
		n++
		t.Run(r.Name, func(t *testing.T) {
			if !r.OK {
				t.Error(r.Detail)
			}
		})
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%s: %v (limit %v)", program, err, limit)
	}
	if n == 0 {
		t.Errorf("%s reported nothing", program)
	}
	if t.Failed() || testing.Verbose() {
		t.Logf("%s\n%s", program, log.String())
	}
}

// TestKernelTest runs jupyter_kernel_test: 13 of 13.
func TestKernelTest(t *testing.T) {
	t.Parallel()
	runPython(t, 20*time.Minute, "suite.py", MessageKernel)
}

// TestProbe runs the probes, each group against a kernel of its own. Most of
// their time is waiting, so the groups run side by side.
func TestProbe(t *testing.T) {
	if runtime.GOOS == "windows" && !testing.Short() {
		t.Fatal("py/probe.py sends signals, which Windows does not have")
	}
	for _, group := range []string{"wire", "floods", "cells", "life"} {
		t.Run(group, func(t *testing.T) {
			t.Parallel()
			runPython(t, 20*time.Minute, "probe.py", MessageKernel, SignalKernel, group)
		})
	}
}
