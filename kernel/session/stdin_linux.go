package session

import (
	"os"

	"golang.org/x/sys/unix"
)

// unread returns how many bytes wait in a pipe.
func unread(f *os.File) (n int, ok bool) {
	c, err := f.SyscallConn()
	if err != nil {
		return 0, false
	}
	err = c.Control(func(fd uintptr) {
		var ioErr error
		n, ioErr = unix.IoctlGetInt(int(fd), unix.TIOCINQ)
		ok = ioErr == nil
	})
	return n, ok && err == nil
}
