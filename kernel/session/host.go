package session

import (
	"encoding/json"
	"io"
	"strings"

	"descent/display"
	"descent/kernel/assist"
	"descent/kernel/magic"
)

// host is the session as the lines that are not Go see it.
type host struct{ s *session }

// Evaluate implements magic.Host.
func (h host) Evaluate(code string) error {
	r := h.s.running.Load()
	return h.s.evaluate(r.body.Count, code)
}

// Vars implements magic.Host.
func (h host) Vars() []magic.Var { return h.s.vars() }

// Reset implements magic.Host.
func (h host) Reset() error { return h.s.reset() }

// Help implements magic.Host.
func (h host) Help(name string) (markdown, text string, ok bool) {
	return h.s.describe(name)
}

// Format implements magic.Host.
func (h host) Format(code string, above int) error {
	text, err := assist.Format(strings.Repeat("\n", above) + code)
	if err != nil {
		return err
	}
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	h.s.rewrite(strings.Trim(text, "\n"))
	return nil
}

// Stdout implements magic.Host.
func (h host) Stdout() io.Writer { return printer{h.s.capture} }

// Stderr implements magic.Host.
func (h host) Stderr() io.Writer { return h.s.capture.errors() }

// Show implements magic.Host.
func (h host) Show(markdown, text string) {
	(&sink{h.s}).Display(display.Bundle{Data: forms(markdown, text), Metadata: map[string]any{}}, "")
}

// Page implements magic.Host.
func (h host) Page(markdown, text string) {
	j, err := json.Marshal(map[string]any{"source": "page", "data": forms(markdown, text), "start": 0})
	if err != nil {
		return // strings always are JSON
	}
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	h.s.pages = append(h.s.pages, j)
}

func forms(markdown, text string) map[string]any {
	return map[string]any{display.MIMEMarkdown: markdown, display.MIMEText: text}
}

// printer writes where fmt.Print writes.
type printer struct{ c *capture }

func (p printer) Write(b []byte) (int, error) { return p.c.print(b) }

// replay stands for a command of the front, which alone knows the cells of
// sessions that are gone: it never sends it here.
var replay = magic.Command{
	Name: "replay", Usage: "[3 | 1-6 ...]",
	Help: "runs earlier cells again, for example after the session died",
	Run: func(magic.Host, magic.Line) (bool, error) {
		return true, &magic.Error{Msg: "%replay must be the first line of its cell"}
	},
}
