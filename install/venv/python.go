package venv

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// The oldest Python that the pinned clients accept.
const minMajor, minMinor = 3, 10

// NoPython reports that no usable Python was found, and what was tried.
type NoPython struct {
	Tried []string // one line per interpreter tried: its name and what was wrong with it
}

func (e *NoPython) Error() string {
	return fmt.Sprintf("no Python %d.%d or newer with the venv module was found (tried %s); install Python 3 (on Debian and Ubuntu also python3-venv) and run this again",
		minMajor, minMinor, strings.Join(e.Tried, "; "))
}

// FindPython returns the path of the first Python on PATH that is new enough
// and can make virtual environments. The error is a *NoPython.
func FindPython(ctx context.Context) (string, error) {
	names := []string{"python3", "python"}
	if runtime.GOOS == "windows" {
		names = []string{"python", "python3", "py"}
	}
	missing := &NoPython{}
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err != nil {
			missing.Tried = append(missing.Tried, name+": not on PATH")
			continue
		}
		if err := usable(ctx, path); err != nil {
			missing.Tried = append(missing.Tried, fmt.Sprintf("%s: %v", name, err))
			continue
		}
		return path, nil
	}
	return "", missing
}

// usable says what keeps the interpreter at path from making an environment.
func usable(ctx context.Context, path string) error {
	out, err := exec.CommandContext(ctx, path, "-c",
		"import sys; print(sys.version_info[0], sys.version_info[1]); import venv, ensurepip").CombinedOutput()
	fields := strings.Fields(string(out))
	if len(fields) < 2 {
		return errors.New("does not run")
	}
	major, _ := strconv.Atoi(fields[0])
	minor, _ := strconv.Atoi(fields[1])
	if major < minMajor || major == minMajor && minor < minMinor {
		return fmt.Errorf("is version %d.%d", major, minor)
	}
	if err != nil {
		return errors.New("lacks the venv or ensurepip module")
	}
	return nil
}
