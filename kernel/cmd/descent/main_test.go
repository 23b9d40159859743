package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDispatch(t *testing.T) {
	tests := []struct {
		args           string
		usage          bool
		stdout, stderr string
	}{
		{"", true, "", "usage:"},
		{"version", false, "descent ", ""},
		{"--version", false, "descent ", ""},
		{"help", false, "CONNECTION_FILE", ""},
		{"frobnicate", true, "", `no command "frobnicate"`},
		{"kernel", true, "", "0 arguments, want 1"},
		{"version x", true, "", "1 arguments, want 0"},
	}
	for _, tt := range tests {
		var stdout, stderr strings.Builder
		err := dispatch(strings.Fields(tt.args), &stdout, &stderr)
		if errors.Is(err, errUsage) != tt.usage || !strings.Contains(stdout.String(), tt.stdout) || !strings.Contains(stderr.String(), tt.stderr) {
			t.Errorf("descent %s: %v, stdout %q, stderr %q", tt.args, err, stdout.String(), stderr.String())
		}
	}
	if err := dispatch([]string{"kernel", "/nonexistent"}, os.Stdout, os.Stderr); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing connection file: %v", err)
	}
	if err := dispatch([]string{"session"}, os.Stdout, os.Stderr); err == nil || !strings.Contains(err.Error(), "descent kernel") {
		t.Errorf("session by hand: %v", err)
	}
}

func TestCheckSpecs(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, spec, want string
		wrong            int
	}{
		{"none", "", "no kernelspec named go", 1},
		{"ours", `{"argv":["` + filepath.ToSlash(exe) + `","kernel","{connection_file}"],"display_name":"Go (Descent)"}`, "ok     kernelspec", 0},
		{"gone", `{"argv":["/nonexistent/descent"]}`, "which is not there", 1},
		{"broken", `{`, "does not parse", 2},
		{"empty", `{}`, "no argv", 2},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		if tt.spec != "" {
			if err := os.MkdirAll(filepath.Join(dir, "kernels", "go"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "kernels", "go", "kernel.json"), []byte(tt.spec), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var out strings.Builder
		r := &report{w: &out}
		checkSpecs(r, exe, []string{dir})
		if r.wrong != tt.wrong || !strings.Contains(out.String(), tt.want) {
			t.Errorf("%s: %d wrong, %q", tt.name, r.wrong, out.String())
		}
	}
}

func TestHistoryFile(t *testing.T) {
	t.Setenv("DESCENT_HISTORY", "off")
	if h := historyFile(); h != "" {
		t.Errorf("off: %q", h)
	}
	t.Setenv("DESCENT_HISTORY", "/x/y")
	if h := historyFile(); h != "/x/y" {
		t.Errorf("set: %q", h)
	}
	t.Setenv("DESCENT_HISTORY", "")
	if h := historyFile(); !strings.HasSuffix(h, "history.jsonl") {
		t.Errorf("default: %q", h)
	}
}
