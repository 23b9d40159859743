// Command latency measures the kernel beside ipykernel: latency of a cell,
// throughput of output, start and memory. It builds the kernel, makes the
// tests' Python environment if it is not there, and runs ../py/latency.py in
// it. Arguments are passed on.
//
//	go run ./kernel/conformance/latency
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"descent/install/venv"
	"descent/kernel/conformance"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "latency:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	py, err := venv.Clients(ctx, os.Stderr)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "descent-latency")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	env, err := conformance.Install(ctx, dir)
	if err != nil {
		return err
	}
	list := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", "descent/kernel/conformance")
	list.Stderr = os.Stderr
	here, err := list.Output()
	if err != nil {
		return err
	}
	script := filepath.Join(strings.TrimSpace(string(here)), "py", "latency.py")
	cmd := exec.CommandContext(ctx, py.Python, append([]string{script}, os.Args[1:]...)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, os.Stdout, os.Stderr
	return cmd.Run()
}
