package front

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"descent/kernel/link"
)

// death says why a session process has ended.
type death struct {
	reason string
	detail []string // lines of the runtime's last words worth showing
}

// crash finds the start of the Go runtime's last words in what a process
// wrote to its descriptor 2.
var crash = regexp.MustCompile(`(?m)^(fatal error: |panic: |runtime: |SIG[A-Z]+: |unexpected fault address |\[signal SIG)`)

var (
	fatalLine = regexp.MustCompile(`(?m)^fatal error: (.*)$`)
	signalled = regexp.MustCompile(`(?m)^(SIG[A-Z]+): (.*)$`)
)

// explanations of fatal errors whose own words say little to somebody who
// writes a cell.
var explanations = []struct{ text, meaning string }{
	{"stack overflow", "a function calls itself without end"},
	{"concurrent map", "guard the map with a sync.Mutex, or use a sync.Map"},
	{"all goroutines are asleep", "every goroutine waits for another"},
	{"out of memory", "the process asked for more memory than there is"},
	{"cannot allocate memory", "the process asked for more memory than there is"},
}

// autopsy tells why a process has ended, from the best evidence there is.
func autopsy(state *os.ProcessState, words, killed string, oom bool) *death {
	if killed != "" {
		return &death{reason: killed}
	}
	if m := fatalLine.FindStringSubmatch(words); m != nil {
		reason := "the Go runtime stopped the session: " + m[1]
		for _, e := range explanations {
			if strings.Contains(m[1], e.text) {
				reason += " (" + e.meaning + ")"
				break
			}
		}
		return &death{reason: reason}
	}
	if i := strings.Index(words, "panic: "); i >= 0 {
		value, _, _ := strings.Cut(words[i+len("panic: "):], "\n\ngoroutine ")
		value, _, _ = strings.Cut(value, "\n[signal ")
		lines := strings.Split(strings.TrimSpace(value), "\n")
		return &death{reason: "a goroutine panicked and nothing recovered it: " + lines[0], detail: lines[1:]}
	}
	if m := signalled.FindStringSubmatch(words); m != nil {
		return &death{reason: fmt.Sprintf("the Go runtime stopped the session: %s: %s", m[1], m[2])}
	}
	if sig := signalName(state); sig != "" {
		reason := "the session process was ended by " + sig
		switch {
		case oom:
			reason += ": the system ran out of memory (peak of this process: " + peakMemory(state) + ")"
		case sig == "SIGKILL":
			reason += " from outside (peak memory: " + peakMemory(state) + "; the system kills the largest process when memory runs out)"
		}
		return &death{reason: reason}
	}
	code := state.ExitCode()
	if code == 0 {
		return &death{reason: "the session process has ended by itself with exit status 0, as by os.Exit(0)"}
	}
	return &death{reason: fmt.Sprintf("the session process has ended by itself with exit status %d, as by os.Exit(%d)", code, code)}
}

// lost says what is left to do; cells are those that a replay would run.
func lost(cells string) string {
	s := "All variables are lost. A fresh session is ready"
	if cells == "" {
		return s + "."
	}
	return s + "; `" + replayMagic + "` in a cell runs " + cells + " again."
}

// reply is the reply to the cell that ran at the time.
func (d *death) reply(cell int, cells string) link.ExecuteReply {
	value := fmt.Sprintf("%s, cell %d", d.reason, cell)
	tb := []string{"\x1b[1mSessionEnded\x1b[0m: " + value}
	tb = append(tb, d.detail...)
	tb = append(tb, lost(cells))
	return link.ExecuteReply{Status: "error", EName: "SessionEnded", EValue: value + "; variables are lost", Traceback: tb}
}

// note is told when no cell was running.
func (d *death) note(cells string) string {
	return "SessionEnded: " + d.reason + " while no cell was running.\n" + lost(cells) + "\n"
}
