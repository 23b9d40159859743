package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"descent/kernel/conformance/drive"
	conformance "descent/kernel/conformance/report"
)

// report prints findings and counts what is wrong.
type report struct {
	w     io.Writer
	wrong int
}

func (r *report) ok(format string, args ...any)   { r.line("ok", format, args...) }
func (r *report) note(format string, args ...any) { r.line("note", format, args...) }
func (r *report) bad(format string, args ...any)  { r.wrong++; r.line("WRONG", format, args...) }

func (r *report) line(mark, format string, args ...any) {
	fmt.Fprintf(r.w, "%-6s %s\n", mark, fmt.Sprintf(format, args...))
}

// runDoctor checks what a notebook needs: the kernelspec, Jupyter, and a
// kernel that answers a cell.
func runDoctor(args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("doctor", flag.ContinueOnError)
	whole := fs.Bool("conformance", false, "measure the kernel and try to break it instead: latencies, interrupts, crashes")
	if err := parse(fs, args, 0, stderr); err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	if *whole {
		if failed := conformance.Run(stdout, exe); failed > 0 {
			return fmt.Errorf("%d rows failed", failed)
		}
		return nil
	}
	r := &report{w: stdout}
	r.ok("descent %s, %s %s/%s, %s", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, exe)
	checkSpecs(r, exe, dataDirs())
	checkJupyter(r)
	checkKernel(r, exe)
	if r.wrong > 0 {
		return fmt.Errorf("%d of these must be mended before a notebook works", r.wrong)
	}
	return nil
}

// dataDirs lists where Jupyter looks for kernelspecs, as far as it can be
// known without asking it.
func dataDirs() []string {
	var dirs []string
	dirs = append(dirs, filepath.SplitList(os.Getenv("JUPYTER_PATH"))...)
	if d := os.Getenv("JUPYTER_DATA_DIR"); d != "" {
		dirs = append(dirs, d)
	}
	home, _ := os.UserHomeDir()
	switch runtime.GOOS {
	case "darwin":
		dirs = append(dirs, filepath.Join(home, "Library", "Jupyter"))
	case "windows":
		dirs = append(dirs, filepath.Join(os.Getenv("APPDATA"), "jupyter"), filepath.Join(os.Getenv("PROGRAMDATA"), "jupyter"))
	default:
		data := os.Getenv("XDG_DATA_HOME")
		if data == "" {
			data = filepath.Join(home, ".local", "share")
		}
		dirs = append(dirs, filepath.Join(data, "jupyter"))
	}
	if jupyter, err := exec.LookPath("jupyter"); err == nil {
		dirs = append(dirs, filepath.Join(filepath.Dir(filepath.Dir(jupyter)), "share", "jupyter"))
	}
	return append(dirs, "/usr/local/share/jupyter", "/usr/share/jupyter")
}

// checkSpecs looks for the kernelspecs that start a descent.
func checkSpecs(r *report, exe string, dirs []string) {
	found := false
	for _, dir := range dirs {
		path := filepath.Join(dir, "kernels", "go", "kernel.json")
		b, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		var spec struct {
			Argv        []string `json:"argv"`
			DisplayName string   `json:"display_name"`
		}
		switch err := json.Unmarshal(b, &spec); {
		case err != nil:
			r.bad("kernelspec %s does not parse: %v", path, err)
			continue
		case len(spec.Argv) == 0:
			r.bad("kernelspec %s has no argv", path)
			continue
		}
		program, err := exec.LookPath(spec.Argv[0])
		switch {
		case err != nil:
			r.bad("kernelspec %s starts %s, which is not there", path, spec.Argv[0])
		case !sameFile(program, exe):
			r.note("kernelspec %s (%s) starts %s, not this program", path, spec.DisplayName, program)
		default:
			r.ok("kernelspec %s (%s)", path, spec.DisplayName)
		}
		found = true
	}
	if !found {
		r.bad("no kernelspec named go in %s; `go run ./install` in the source tree writes one", strings.Join(dirs, ", "))
	}
}

func sameFile(a, b string) bool {
	ia, errA := os.Stat(a)
	ib, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(ia, ib)
}

// checkJupyter asks the Jupyter on PATH for its versions.
func checkJupyter(r *report) {
	jupyter, err := exec.LookPath("jupyter")
	if err != nil {
		r.note("no jupyter on PATH (the installer keeps one of its own; other Jupyters find the kernelspec too)")
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, jupyter, "lab", "--version").Output()
	if err != nil {
		r.note("%s has no JupyterLab: %v", jupyter, err)
		return
	}
	r.ok("JupyterLab %s, %s", strings.TrimSpace(string(out)), jupyter)
}

// checkKernel starts a kernel and runs a cell in it.
func checkKernel(r *report, exe string) {
	began := time.Now()
	result, first, err := tryKernel(exe)
	switch {
	case err != nil:
		r.bad("a kernel was started and did not answer: %v", err)
	case result != "3":
		r.bad("a kernel was started and says that 1+2 is %q", result)
	default:
		r.ok("a kernel starts (first answer after %d ms) and runs a cell (%d ms in all)", first.Milliseconds(), time.Since(began).Milliseconds())
	}
}

// tryKernel starts a kernel of exe and returns the result of 1+2 in it, and
// how long the first answer took.
func tryKernel(exe string) (result string, first time.Duration, err error) {
	k, err := drive.Start(exe)
	if err != nil {
		return "", 0, err
	}
	defer k.Close()
	r, err := k.Run("1 + 2", 30*time.Second)
	if err == nil && r.Status != "ok" {
		err = errors.New(r.Words())
	}
	return r.Result, k.First, err
}
