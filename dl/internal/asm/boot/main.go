//go:build linux

// Command boot is the first process of an emulated machine that exists to run
// tests: .ci/avx512 makes it. Every folder in /tests has a test binary named
// test and what that needs. Boot runs one after the other, says on the console
// how each ended, and switches the machine off.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	if os.Getpid() != 1 {
		fmt.Fprintln(os.Stderr, "boot: not the first process of a machine")
		os.Exit(2)
	}
	for _, fs := range []struct{ name, at string }{{"proc", "/proc"}, {"devtmpfs", "/dev"}} {
		if err := syscall.Mount(fs.name, fs.at, fs.name, 0, ""); err != nil {
			fmt.Println("boot:", fs.at, err)
		}
	}
	args, err := os.ReadFile("/tests/arguments")
	if err != nil {
		fmt.Println("boot:", err)
	}
	tests, _ := filepath.Glob("/tests/*/test")
	for _, t := range tests {
		dir := filepath.Dir(t)
		cmd := exec.Command(t, strings.Fields(string(args))...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stdout, os.Stdout
		cmd.Env = []string{"DESCENT_CPU=avx512", "HOME=/tmp", "TMPDIR=/tmp"}
		if err := cmd.Run(); err != nil {
			fmt.Println("boot: FAILED", filepath.Base(dir), err)
		} else {
			fmt.Println("boot: passed", filepath.Base(dir))
		}
	}
	fmt.Println("boot: end")
	time.Sleep(2 * time.Second) // the console is a slow line
	syscall.Reboot(syscall.LINUX_REBOOT_CMD_POWER_OFF)
}
