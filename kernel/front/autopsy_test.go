//go:build unix

package front

import (
	"os/exec"
	"strings"
	"testing"
)

func TestAutopsy(t *testing.T) {
	ended := func(script string) *exec.Cmd {
		cmd := exec.Command("sh", "-c", script)
		_ = cmd.Run() // its failure is the point
		return cmd
	}
	clean, status3, killed := ended("exit 0"), ended("exit 3"), ended("kill -9 $$")
	tests := []struct {
		name, words, killed string
		oom                 bool
		cmd                 *exec.Cmd
		want                []string
	}{
		{"overflow", "runtime: goroutine stack exceeds 1000-byte limit\nfatal error: stack overflow\n\nruntime stack:\n", "", false, status3, []string{"stack overflow", "calls itself"}},
		{"map", "fatal error: concurrent map writes\n\ngoroutine 1", "", false, status3, []string{"concurrent map writes", "Mutex"}},
		{"deadlock", "fatal error: all goroutines are asleep - deadlock!\n", "", false, status3, []string{"deadlock!", "waits for another"}},
		{"panic", "panic: boom\n\tmore\n\ngoroutine 7 [running]:\nmain.f()\n", "", false, status3, []string{"nothing recovered it: boom"}},
		{"nil", "panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation]\n\ngoroutine 7", "", false, status3, []string{"nil pointer dereference"}},
		{"segv", "SIGSEGV: segmentation violation\nPC=0x0\n", "", false, status3, []string{"SIGSEGV: segmentation violation"}},
		{"exit 0", "", "", false, clean, []string{"exit status 0"}},
		{"exit 3", "", "", false, status3, []string{"os.Exit(3)"}},
		{"killed", "", "", false, killed, []string{"SIGKILL from outside", "MiB"}},
		{"oom", "", "", true, killed, []string{"ran out of memory"}},
		{"by us", "panic: x", "no patience", false, killed, []string{"no patience"}},
	}
	for _, tt := range tests {
		d := autopsy(tt.cmd.ProcessState, tt.words, tt.killed, tt.oom)
		for _, w := range tt.want {
			if !strings.Contains(d.reason, w) {
				t.Errorf("%s: %q, want %q in it", tt.name, d.reason, w)
			}
		}
		if strings.Contains(d.reason, "goroutine 7 [") {
			t.Errorf("%s: the traceback is in the reason: %q", tt.name, d.reason)
		}
	}
}

func TestCrashMarker(t *testing.T) {
	for text, want := range map[string]bool{
		"fatal error: x":             true,
		"before\npanic: x":           true,
		"runtime: goroutine stack":   true,
		"SIGSEGV: segmentation":      true,
		"[signal SIGSEGV: x":         true,
		"a panic: in the middle":     false,
		"SIGNED: sealed, delivered?": true, // held for a moment, then shown
		"ordinary":                   false,
	} {
		if got := crash.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
