package venv

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"
)

// Env is a virtual environment.
type Env struct {
	Dir    string // its root
	Python string // its interpreter
}

// Bin returns the path of one of the environment's commands, such as "jupyter".
func (e *Env) Bin(name string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(e.Dir, "Scripts", name+".exe")
	}
	return filepath.Join(e.Dir, "bin", name)
}

// Cached returns the environment of that name and those requirements (the
// text of a pip requirements file) below the user's cache directory, making
// it first when it is not there. Progress goes to log. Callers in other
// processes that ask for the same one wait for it.
func Cached(ctx context.Context, name string, requirements []byte, log io.Writer) (*Env, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("venv: no cache directory: %w", err)
	}
	sum := sha256.Sum256(requirements)
	return Make(ctx, filepath.Join(cache, "descent", name+"-"+hex.EncodeToString(sum[:6])), requirements, log)
}

// Make returns the environment in dir, making it first when it is missing,
// unfinished, or was made from other requirements. The error is a *NoPython
// when there is no interpreter to make it with.
func Make(ctx context.Context, dir string, requirements []byte, log io.Writer) (*Env, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, fmt.Errorf("venv: %w", err)
	}
	lock := flock.New(dir + ".lock")
	if err := lock.Lock(); err != nil {
		return nil, fmt.Errorf("venv: lock %s: %w", dir, err)
	}
	defer lock.Unlock()
	env := &Env{Dir: dir}
	env.Python = env.Bin("python")
	if env.finished(requirements) {
		return env, nil
	}
	python, err := FindPython(ctx)
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("venv: %w", err)
	}
	fmt.Fprintf(log, "making a Python environment in %s\n", dir)
	if out, err := exec.CommandContext(ctx, python, "-m", "venv", dir).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("venv: %s -m venv %s: %w\n%s", python, dir, err, out)
	}
	if err := env.install(ctx, requirements, log); err != nil {
		return nil, err
	}
	// Written last: its presence says that the environment is whole.
	if err := os.WriteFile(env.marker(), requirements, 0o644); err != nil {
		return nil, fmt.Errorf("venv: %w", err)
	}
	return env, nil
}

// marker is the file that holds the requirements of a finished environment.
func (e *Env) marker() string { return filepath.Join(e.Dir, "descent-requirements.txt") }

func (e *Env) finished(requirements []byte) bool {
	made, err := os.ReadFile(e.marker())
	if err != nil || string(made) != string(requirements) {
		return false
	}
	// A system upgrade can take away the interpreter that the links lead to.
	return exec.Command(e.Python, "-c", "pass").Run() == nil
}

// install runs pip and reports each package to log as pip comes to it.
func (e *Env) install(ctx context.Context, requirements []byte, log io.Writer) error {
	list := filepath.Join(e.Dir, "requirements.in")
	if err := os.WriteFile(list, requirements, 0o644); err != nil {
		return fmt.Errorf("venv: %w", err)
	}
	cmd := exec.CommandContext(ctx, e.Python, "-m", "pip", "install",
		"--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-r", list)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("venv: %w", err)
	}
	var problems strings.Builder
	cmd.Stderr = &problems
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("venv: pip: %w", err)
	}
	n := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		switch line := strings.TrimSpace(lines.Text()); {
		case strings.HasPrefix(line, "Collecting "):
			n++
			fmt.Fprintf(log, "  %3d  %s\n", n, strings.Fields(line)[1])
		case strings.HasPrefix(line, "Installing collected packages"):
			fmt.Fprintf(log, "  unpacking %d packages, this takes a while\n", n)
		}
	}
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err)
		}
		return fmt.Errorf("venv: pip could not install the requirements (%w); is the package index reachable from here?\n%s",
			err, strings.TrimSpace(problems.String()))
	}
	return nil
}
