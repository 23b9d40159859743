package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"
)

// toolchain is the Go release that builds the binary where another is installed.
const toolchain = "go1.26.8"

func modulePath(gomod []byte) string { return modfile.ModulePath(gomod) }

// build compiles the static binary into the directory of the user's Go
// binaries, as `go install` would, and returns its path.
func build(ctx context.Context, act *actor, made *manifest, repo string) (string, error) {
	dir, err := goBin(ctx)
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "descent")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if !made.has(binary) {
		if _, err := os.Stat(binary); err == nil && !isDescent(ctx, binary) {
			return "", fmt.Errorf("%s is there already and is not Descent; move it away and run this again", binary)
		}
	}
	err = act.do("build "+binary, func() error {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./kernel/cmd/descent")
		cmd.Dir = repo
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if !strings.HasPrefix(runtime.Version(), "go1.26") {
			// kernel/rt mirrors the layout of types of that release.
			cmd.Env = append(cmd.Env, "GOTOOLCHAIN="+toolchain)
		}
		cmd.Stdout, cmd.Stderr = act.out, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("go build: %w", err)
		}
		return made.add(binary)
	})
	return binary, err
}

// goBin is the directory `go install` writes to.
func goBin(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOBIN", "GOPATH").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	lines := strings.Split(strings.ReplaceAll(string(out), "\r", ""), "\n")
	if lines[0] != "" {
		return lines[0], nil
	}
	first := filepath.SplitList(lines[1])
	if len(first) == 0 {
		return "", fmt.Errorf("go env gives neither GOBIN nor GOPATH; set GOBIN to the directory for the binary")
	}
	return filepath.Join(first[0], "bin"), nil
}

// isDescent reports whether the program at path says that it is ours.
func isDescent(ctx context.Context, path string) bool {
	out, err := exec.CommandContext(ctx, path, "version").Output()
	return err == nil && strings.HasPrefix(string(out), "descent ")
}
