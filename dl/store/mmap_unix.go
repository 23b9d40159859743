//go:build linux || darwin

package store

import (
	"os"
	"syscall"
)

// mapping maps a file. Pages are private and writable: a write goes to a copy of
// the page, where a read-only mapping would end the program. They are never
// unmapped, since nothing tells when the last tensor on them is gone.
func mapping(f *os.File, size int64) ([]byte, bool) {
	if size == 0 || int64(int(size)) != size {
		return nil, false
	}
	b, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE)
	return b, err == nil
}
