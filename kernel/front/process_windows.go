package front

import (
	"context"
	"os"
	"os/signal"
	"strconv"

	"golang.org/x/sys/windows"
)

// signalName returns "": Windows has no signals.
func signalName(*os.ProcessState) string { return "" }

// peakMemory is not known after the end of a process.
func peakMemory(*os.ProcessState) string { return "unknown" }

// notifySignals returns the channel of the signals that the kernel handles.
func notifySignals() chan os.Signal {
	c := make(chan os.Signal, 8)
	signal.Notify(c, os.Interrupt)
	return c
}

// handleSignals makes Ctrl-C, and the event that Jupyter sets instead of a
// signal, interrupt the cell.
func (f *Front) handleSignals(ctx context.Context, c chan os.Signal) {
	defer signal.Stop(c)
	if h, err := strconv.ParseUint(os.Getenv("JPY_INTERRUPT_EVENT"), 10, 64); err == nil && h != 0 {
		go func() {
			for ctx.Err() == nil {
				ev, err := windows.WaitForSingleObject(windows.Handle(h), 1000)
				if err != nil {
					return
				}
				if ev == windows.WAIT_OBJECT_0 {
					f.Interrupt()
				}
			}
		}()
	}
	for {
		select {
		case <-c:
			f.Interrupt()
		case <-ctx.Done():
			return
		}
	}
}

// watchParent calls gone when the process behind the inherited handle ends.
func watchParent(ctx context.Context, handle int, gone func()) {
	for ctx.Err() == nil {
		ev, err := windows.WaitForSingleObject(windows.Handle(uintptr(handle)), 1000)
		if err != nil {
			return
		}
		if ev == windows.WAIT_OBJECT_0 {
			gone()
			return
		}
	}
}
