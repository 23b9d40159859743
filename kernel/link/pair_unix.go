//go:build unix

package link

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

func attach(cmd *exec.Cmd) (*Pair, error) {
	// The lock keeps a child started at this very moment by another goroutine
	// from inheriting descriptors that are not yet marked close-on-exec.
	syscall.ForkLock.RLock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fds[0])
		syscall.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, fmt.Errorf("link: socketpair: %w", err)
	}
	// A front that holds a cell back does so by not reading. A short queue
	// keeps what it reads young, and an interrupt prompt; a refusal to shorten
	// it costs only that.
	_ = syscall.SetsockoptInt(fds[1], syscall.SOL_SOCKET, syscall.SO_SNDBUF, 64<<10)
	child := os.NewFile(uintptr(fds[1]), "link-session")
	rw, err := fileConn(fds[0], "link-front")
	if err != nil {
		child.Close()
		return nil, err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, child)
	fd := 2 + len(cmd.ExtraFiles) // ExtraFiles[i] becomes descriptor 3+i
	cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d", envPair, fd))
	return &Pair{conn: NewConn(rw), child: []io.Closer{child}}, nil
}

func inherit(v string) (io.ReadWriteCloser, error) {
	fd, err := strconv.Atoi(v)
	if err != nil || fd < 3 {
		return nil, fmt.Errorf("link: %s=%q names no descriptor", envPair, v)
	}
	syscall.CloseOnExec(fd)
	return fileConn(fd, "link-session")
}

// fileConn wraps fd, which it owns from then on, for the runtime's poller, so
// that Close wakes a waiting Recv.
func fileConn(fd int, name string) (net.Conn, error) {
	f := os.NewFile(uintptr(fd), name)
	if f == nil {
		return nil, fmt.Errorf("link: descriptor %d is not open", fd)
	}
	defer f.Close() // FileConn works on a duplicate
	c, err := net.FileConn(f)
	if err != nil {
		return nil, fmt.Errorf("link: descriptor %d: %w", fd, err)
	}
	return c, nil
}
