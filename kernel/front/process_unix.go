//go:build unix

package front

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// signalName returns the name of the signal that ended a process, "" if none.
func signalName(state *os.ProcessState) string {
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		if name := unix.SignalName(ws.Signal()); name != "" {
			return name
		}
		return ws.Signal().String()
	}
	return ""
}

// peakMemory returns the largest memory that a process has used.
func peakMemory(state *os.ProcessState) string {
	ru, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return "unknown"
	}
	bytes := int64(ru.Maxrss)
	if runtime.GOOS != "darwin" && runtime.GOOS != "ios" {
		bytes <<= 10 // everywhere else it counts in KiB
	}
	return fmt.Sprintf("%d MiB", bytes>>20)
}

// notifySignals returns the channel of the signals that the kernel handles.
func notifySignals() chan os.Signal {
	c := make(chan os.Signal, 8)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	return c
}

// handleSignals makes SIGINT interrupt the cell and SIGTERM end the kernel,
// until ctx ends.
func (f *Front) handleSignals(ctx context.Context, c chan os.Signal) {
	defer signal.Stop(c)
	for {
		select {
		case s := <-c:
			if s == os.Interrupt {
				f.Interrupt()
			} else {
				f.logf("ended by %v", s)
				f.stop()
			}
		case <-ctx.Done():
			return
		}
	}
}

// watchParent calls gone when the process that started this one has ended:
// then this one has a new parent.
func watchParent(ctx context.Context, pid int, gone func()) {
	if os.Getppid() != pid {
		// Started through another process, which is the one to watch.
		pid = os.Getppid()
	}
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if os.Getppid() != pid {
				gone()
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
