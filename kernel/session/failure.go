package session

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"descent/kernel/cell"
	"descent/kernel/eval"
	"descent/kernel/link"
	"descent/kernel/magic"
)

// Tracebacks use no colour for anything that must be read: measured in JupyterLab,
// no colour of a terminal has enough contrast on the pale red of its light theme
// and on its dark theme both. What matters is bold; the marks are magenta.
const (
	bold  = "\x1b[1m"
	marks = "\x1b[35m"
	plain = "\x1b[0m"
)

// maxTrace is how many frames a traceback shows at either end.
const maxTrace = 12

// failure describes what ended a cell, nil if nothing did.
func (s *session) failure(err error) *link.Error {
	if err == nil {
		return nil
	}
	var (
		diags    cell.Diagnostics
		pan      *eval.Panic
		exit     *eval.Exit
		internal *eval.InternalError
		usage    *magic.Error
	)
	switch {
	case errors.As(err, &diags):
		return diagnosed(diags)
	case errors.As(err, &pan):
		return panicked(pan)
	case errors.As(err, &exit):
		msg := fmt.Sprintf("%s: exit status %d", exit.Call, exit.Code)
		return &link.Error{EName: "exit", EValue: msg, Traceback: []string{
			bold + msg + plain,
			"The cell ended here. A program would have ended too; the session keeps its variables.",
		}}
	case errors.Is(err, eval.ErrInterrupted):
		tb := []string{bold + "interrupted" + plain}
		var where *eval.Interrupted
		if errors.As(err, &where) {
			tb = append(tb, frames(where.Frames)...)
		}
		return &link.Error{EName: "interrupted", EValue: "the cell was interrupted", Traceback: tb}
	case errors.As(err, &internal):
		return internalFailure(internal.Error(), "")
	case errors.As(err, &usage):
		return &link.Error{EName: "magic", EValue: usage.Error(), Traceback: strings.Split(bold+usage.Error()+plain, "\n")}
	}
	return &link.Error{EName: "error", EValue: err.Error(), Traceback: []string{bold + err.Error() + plain}}
}

// internalFailure reports a mistake of the kernel.
func internalFailure(msg, detail string) *link.Error {
	tb := []string{bold + "kernel error" + plain + ": " + msg, "This is a mistake of the kernel, not of the cell. The session goes on."}
	if detail != "" {
		tb = append(tb, strings.Split(strings.TrimSpace(detail), "\n")...)
	}
	return &link.Error{EName: "kernel error", EValue: msg, Traceback: tb}
}

// diagnosed shows the errors of a cell that does not compile.
func diagnosed(diags cell.Diagnostics) *link.Error {
	var tb []string
	for i, d := range diags {
		if i > 0 {
			tb = append(tb, "")
		}
		tb = append(tb, diagnostic(d)...)
	}
	return &link.Error{EName: "compile error", EValue: diags.Error(), Traceback: tb}
}

// diagnostic renders one message with its source line and the marked text.
func diagnostic(d cell.Diagnostic) []string {
	out := []string{place(d.Cell, d.Line, d.Col) + ": " + bold + d.Msg + plain}
	if d.Source != "" {
		out = append(out, "    "+tabs(d.Source), "    "+marks+marker(d)+plain)
	}
	if d.Hint != "" {
		out = append(out, "    hint: "+d.Hint)
	}
	return out
}

// warning renders a message about a cell that runs.
func warning(d cell.Diagnostic) string {
	s := fmt.Sprintf("cell %d, line %d: %s", d.Cell, d.Line, d.Msg)
	if d.Line == 0 {
		s = d.Msg
	}
	if d.Hint != "" {
		s += " (" + d.Hint + ")"
	}
	return s + "\n"
}

// marker returns a caret below the beginning of the marked text and a line under
// the rest of it.
func marker(d cell.Diagnostic) string {
	before := d.Source[:min(max(d.Col-1, 0), len(d.Source))]
	pad := strings.Repeat(" ", utf8.RuneCountInString(tabs(before)))
	n := 1
	if d.EndCol > d.Col && d.EndCol-1 <= len(d.Source) {
		n = max(1, utf8.RuneCountInString(d.Source[d.Col-1:d.EndCol-1]))
	}
	return pad + "^" + strings.Repeat("~", n-1)
}

// tabs makes the width of indentation independent of who shows it.
func tabs(s string) string { return strings.ReplaceAll(s, "\t", "    ") }

func place(c, line, col int) string {
	s := fmt.Sprintf("cell %d, line %d", c, line)
	if col > 0 {
		s += fmt.Sprintf(", column %d", col)
	}
	return s
}

// panicked shows a panic with the frames of cells.
func panicked(p *eval.Panic) *link.Error {
	name := "panic"
	if p.Goroutine {
		name = "panic in a goroutine"
	}
	head := strings.Split(p.Text, "\n")
	tb := []string{bold + name + ": " + head[0] + plain}
	tb = append(tb, head[1:]...)
	if len(p.Frames) > 0 {
		tb = append(tb, "")
	}
	tb = append(tb, frames(p.Frames)...)
	return &link.Error{EName: name, EValue: p.Text, Traceback: tb}
}

// frames renders a traceback. Runs of the same frame, as recursion makes them, and
// the middle of a long one are folded.
func frames(fs []eval.Frame) []string {
	var tb []string
	for i := 0; i < len(fs); i++ {
		if len(fs) > 2*maxTrace && i == maxTrace {
			skip := len(fs) - 2*maxTrace
			tb = append(tb, fmt.Sprintf("... %d more frames ...", skip))
			i += skip
		}
		f := fs[i]
		n := 1
		for i+1 < len(fs) && fs[i+1] == f {
			i++
			n++
		}
		line := place(f.Cell, f.Line, 0)
		if f.Func != "" {
			line += ", in " + f.Func
		}
		if n > 1 {
			line += fmt.Sprintf(" (%d times)", n)
		}
		tb = append(tb, line)
		if src := strings.TrimSpace(f.Source); src != "" {
			tb = append(tb, "    "+src)
		}
	}
	return tb
}
