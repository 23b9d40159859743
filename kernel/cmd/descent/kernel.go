package main

import (
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"descent/kernel/front"
	"descent/kernel/wire"
)

// runKernel is the front process.
func runKernel(args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("kernel", flag.ContinueOnError)
	if err := parse(fs, args, 1, stderr); err != nil {
		return err
	}
	info, err := wire.ReadConnectionFile(fs.Arg(0))
	if err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	// Jupyter gives the process (on Windows a handle to it) that must not be
	// outlived; 0 and 1 mean that nobody minds.
	parent, _ := strconv.Atoi(os.Getenv("JPY_PARENT_PID"))
	if parent == 1 {
		parent = 0
	}
	return front.Run(context.Background(), front.Options{
		Info:        info,
		Session:     func() *exec.Cmd { return exec.Command(exe, "session") },
		Log:         stderr,
		HistoryFile: historyFile(),
		Version:     version(),
		ParentPID:   parent,
	})
}

// historyFile is where the history is kept: DESCENT_HISTORY ("off" for
// nowhere), else the user's configuration directory.
func historyFile() string {
	switch h := os.Getenv("DESCENT_HISTORY"); h {
	case "":
	case "off":
		return ""
	default:
		return h
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "descent", "history.jsonl")
}
