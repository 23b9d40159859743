package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"descent/install/venv"
)

var (
	//go:embed logo-svg.svg
	logoSVG []byte
	//go:embed logo-64x64.png
	logoPNG []byte
)

// kernelspec is the content of kernel.json.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
type kernelspec struct {
	Argv          []string       `json:"argv"`
	DisplayName   string         `json:"display_name"`
	Language      string         `json:"language"`
	InterruptMode string         `json:"interrupt_mode"`
	Protocol      string         `json:"kernel_protocol_version"`
	Metadata      map[string]any `json:"metadata"`
}

func newKernelspec(binary string) kernelspec {
	return kernelspec{
		Argv:        []string{binary, "kernel", "{connection_file}"},
		DisplayName: "Go (Descent)",
		Language:    "go",
		// A message reaches the kernel wherever it runs; the signal does not on Windows.
		InterruptMode: "message",
		Protocol:      "5.4",
		Metadata:      map[string]any{},
	}
}

// location is where the kernelspec goes; the zero value is the user's own.
type location struct {
	sysPrefix bool
	prefix    string
}

// dataDir returns the Jupyter data directory that the location means.
func (l location) dataDir(ctx context.Context) (string, error) {
	switch {
	case l.prefix != "":
		dir, err := filepath.Abs(l.prefix)
		return filepath.Join(dir, "share", "jupyter"), err
	case l.sysPrefix:
		python, err := venv.FindPython(ctx)
		if err != nil {
			return "", fmt.Errorf("--sys-prefix needs Python: %w", err)
		}
		out, err := exec.CommandContext(ctx, python, "-c", "import sys; print(sys.prefix)").Output()
		if err != nil {
			return "", fmt.Errorf("--sys-prefix: %s: %w", python, err)
		}
		return filepath.Join(strings.TrimSpace(string(out)), "share", "jupyter"), nil
	}
	return userDataDir()
}

// userDataDir is the data directory of this user, as jupyter_core finds it.
func userDataDir() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	user, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(user, "Library", "Jupyter"), nil
	case "windows":
		if dir := os.Getenv("APPDATA"); dir != "" {
			return filepath.Join(dir, "jupyter"), nil
		}
		return filepath.Join(user, ".jupyter", "data"), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "jupyter"), nil
	}
	return filepath.Join(user, ".local", "share", "jupyter"), nil
}

// writeKernelspec writes kernels/go below the location's data directory.
// Another kernel's spec of that name is left alone and reported.
func writeKernelspec(ctx context.Context, act *actor, made *manifest, binary string, where location) error {
	data, err := where.dataDir(ctx)
	if err != nil {
		return err
	}
	dir := filepath.Join(data, "kernels", "go")
	if owner := foreignSpec(dir); owner != "" && !made.has(dir) {
		return fmt.Errorf("%s holds another kernel's spec (%s); move it away, or choose another place with --prefix DIR", dir, owner)
	}
	return act.do("write the kernelspec "+dir, func() error {
		text, err := json.MarshalIndent(newKernelspec(binary), "", "  ")
		if err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		for name, content := range map[string][]byte{
			"kernel.json":    append(text, '\n'),
			"logo-svg.svg":   logoSVG,
			"logo-64x64.png": logoPNG,
		} {
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
				return err
			}
		}
		return made.add(dir)
	})
}

// foreignSpec returns the display name of a kernelspec in dir that does not
// start Descent, or "" when there is none.
func foreignSpec(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		return ""
	}
	var spec kernelspec
	if err := json.Unmarshal(text, &spec); err != nil || len(spec.Argv) == 0 {
		return "unreadable kernel.json"
	}
	if strings.TrimSuffix(filepath.Base(spec.Argv[0]), ".exe") == "descent" {
		return ""
	}
	return fmt.Sprintf("%q, started by %s", spec.DisplayName, spec.Argv[0])
}
