//go:build unix

package magic

import (
	"os/exec"
	"syscall"
)

// own gives the command a process group, so that an interrupt ends all of it.
func own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
