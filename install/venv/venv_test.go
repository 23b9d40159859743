package venv

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// An environment without requirements needs no package index, so the whole
// path from interpreter to marker can be tested anywhere.
func TestMakeIsIdempotentAndHealsItself(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "env")
	var log strings.Builder
	env, err := Make(context.Background(), dir, []byte("# nothing\n"), &log)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(env.Python, "-c", "import sys; print(sys.prefix)").Output(); err != nil || strings.TrimSpace(string(out)) != dir {
		t.Fatalf("sys.prefix = %q, %v; want %s", out, err, dir)
	}
	canary := filepath.Join(dir, "canary")
	if err := os.WriteFile(canary, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Make(context.Background(), dir, []byte("# nothing\n"), &log); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(canary); err != nil {
		t.Error("a finished environment was made anew")
	}
	if err := os.Remove(env.marker()); err != nil {
		t.Fatal(err)
	}
	if _, err := Make(context.Background(), dir, []byte("# nothing\n"), &log); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(canary); err == nil {
		t.Error("an unfinished environment was taken as it was")
	}
}

func TestMakeReportsABadRequirement(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "env")
	_, err := Make(context.Background(), dir, []byte("not a requirement !!\n"), &strings.Builder{})
	if err == nil || !strings.Contains(err.Error(), "not a requirement") {
		t.Errorf("error %v does not name the bad line", err)
	}
}

func TestFindPythonSaysWhatIsMissing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the fake interpreters are shell scripts")
	}
	bin := t.TempDir()
	script := func(name, text string) {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	for _, c := range []struct{ name, text, want string }{
		{"none", "", "python3: not on PATH"},
		{"old", "echo 3 6", "python3: is version 3.6"},
		{"no venv", "echo 3 12; exit 1", "python3: lacks the venv"},
		{"broken", "exit 1", "python3: does not run"},
	} {
		if c.text != "" {
			script("python3", c.text)
		}
		_, err := FindPython(context.Background())
		var missing *NoPython
		if !errors.As(err, &missing) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}
