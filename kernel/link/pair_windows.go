package link

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// duplex joins two one-way pipes: Windows has no inheritable socket pair.
type duplex struct {
	io.Reader
	io.Writer
	ends [2]*os.File
}

func (d *duplex) Close() error {
	return errors.Join(d.ends[0].Close(), d.ends[1].Close())
}

func newDuplex(r, w *os.File) *duplex {
	return &duplex{Reader: r, Writer: w, ends: [2]*os.File{r, w}}
}

func attach(cmd *exec.Cmd) (*Pair, error) {
	childR, frontW, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("link: pipe: %w", err)
	}
	frontR, childW, err := os.Pipe()
	if err != nil {
		childR.Close()
		frontW.Close()
		return nil, fmt.Errorf("link: pipe: %w", err)
	}
	p := &Pair{
		conn:  NewConn(newDuplex(frontR, frontW)),
		child: []io.Closer{childR, childW},
	}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	for _, f := range []*os.File{childR, childW} {
		h := syscall.Handle(f.Fd())
		if err := syscall.SetHandleInformation(h, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT); err != nil {
			p.Started()
			p.conn.Close()
			return nil, fmt.Errorf("link: making a handle inheritable: %w", err)
		}
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, h)
	}
	cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d,%d", envPair, childR.Fd(), childW.Fd()))
	return p, nil
}

func inherit(v string) (io.ReadWriteCloser, error) {
	var r, w uintptr
	if n, err := fmt.Sscanf(v, "%d,%d", &r, &w); n != 2 || err != nil {
		return nil, fmt.Errorf("link: %s=%q names no pair of handles", envPair, v)
	}
	for _, h := range []uintptr{r, w} {
		if err := syscall.SetHandleInformation(syscall.Handle(h), syscall.HANDLE_FLAG_INHERIT, 0); err != nil {
			return nil, fmt.Errorf("link: handle %d: %w", h, err)
		}
	}
	return newDuplex(os.NewFile(r, "link-session-r"), os.NewFile(w, "link-session-w")), nil
}
