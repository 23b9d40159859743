//go:build !linux

package session

import "os"

// unread does not know how many bytes wait in a pipe.
func unread(*os.File) (n int, ok bool) { return 0, false }
