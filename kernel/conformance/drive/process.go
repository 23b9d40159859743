package drive

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Files counts the open files of a process; ok is false where the system does not
// tell.
func Files(pid int) (n int, ok bool) {
	d, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	return len(d), err == nil
}

// Memory returns the resident memory of a process in bytes; ok is false where the
// system does not tell.
func Memory(pid int) (n int64, ok bool) {
	return field(pid, "VmRSS:", 1<<10)
}

// Children lists the processes that a process has started.
func Children(pid int) []int {
	var all []int
	files, _ := filepath.Glob("/proc/[0-9]*/status") // the pattern is good
	for _, f := range files {
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(f)))
		if err != nil {
			continue
		}
		if p, ok := field(child, "PPid:", 1); ok && int(p) == pid {
			all = append(all, child)
		}
	}
	return all
}

// field reads a number of a process's status.
func field(pid int, name string, unit int64) (int64, bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, name); ok {
			n, err := strconv.ParseInt(strings.Fields(v)[0], 10, 64)
			return n * unit, err == nil
		}
	}
	return 0, false
}
