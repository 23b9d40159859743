package magic

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"time"
)

// shell runs a line in the shell of the system, its output under the cell.
func (r *Registry) shell(line string) error {
	if line == "" {
		return &Error{"! needs a command"}
	}
	name, args := "sh", []string{"-c", line}
	if runtime.GOOS == "windows" {
		name, args = "cmd", []string{"/c", line}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = r.host.Stdout(), r.host.Stderr()
	cmd.WaitDelay = time.Second // for children of the shell that keep its output open
	own(cmd)
	r.mu.Lock()
	r.stop = cancel
	if r.stopped {
		cancel()
	}
	r.mu.Unlock()
	err := cmd.Run()
	r.mu.Lock()
	r.stop = nil
	r.mu.Unlock()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return &Error{"interrupted: " + line}
	case errors.As(err, &exit):
		return &Error{line + ": " + exit.Error()}
	case err != nil:
		return &Error{line + ": " + err.Error()}
	}
	return nil
}
