package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// The kernelspecs that [Install] writes: the same kernel, interrupted by
// message and by signal.
const (
	MessageKernel = "go"
	SignalKernel  = "go-signal"
)

// Build builds the kernel from the module around the working directory into dir
// and returns the path of the program.
func Build(ctx context.Context, dir string) (binary string, err error) {
	binary = filepath.Join(dir, "descent")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, "descent/kernel/cmd/descent")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the kernel: %w\n%s", err, out)
	}
	return binary, nil
}

// Install builds the kernel and writes its kernelspecs below dir. It returns the
// environment in which Jupyter's programs find them, and them before any other.
func Install(ctx context.Context, dir string) (env []string, err error) {
	binary, err := Build(ctx, dir)
	if err != nil {
		return nil, err
	}
	for name, mode := range map[string]string{MessageKernel: "message", SignalKernel: "signal"} {
		spec, err := json.MarshalIndent(map[string]any{
			"argv":           []string{binary, "kernel", "{connection_file}"},
			"display_name":   "Go (Descent, test)",
			"language":       "go",
			"interrupt_mode": mode,
		}, "", " ")
		if err != nil {
			return nil, err
		}
		kernel := filepath.Join(dir, "share", "jupyter", "kernels", name)
		if err := os.MkdirAll(kernel, 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(kernel, "kernel.json"), spec, 0o644); err != nil {
			return nil, err
		}
	}
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "JUPYTER_") {
			env = append(env, kv)
		}
	}
	return append(env,
		"JUPYTER_PATH="+filepath.Join(dir, "share", "jupyter"),
		"JUPYTER_RUNTIME_DIR="+filepath.Join(dir, "runtime"),
		"JUPYTER_CONFIG_DIR="+filepath.Join(dir, "config"),
		"JUPYTER_DATA_DIR="+filepath.Join(dir, "data"),
		"DESCENT_HISTORY="+filepath.Join(dir, "history.jsonl"),
		"PYTHONWARNINGS=ignore",
	), nil
}
