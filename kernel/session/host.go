package session

import (
	"io"

	"descent/display"
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

// Stdout implements magic.Host.
func (h host) Stdout() io.Writer { return printer{h.s.capture} }

// Stderr implements magic.Host.
func (h host) Stderr() io.Writer { return h.s.capture.errors() }

// Show implements magic.Host.
func (h host) Show(markdown, text string) {
	(&sink{h.s}).Display(display.Bundle{
		Data:     map[string]any{display.MIMEMarkdown: markdown, display.MIMEText: text},
		Metadata: map[string]any{},
	}, "")
}

// printer writes where fmt.Print writes.
type printer struct{ c *capture }

func (p printer) Write(b []byte) (int, error) { return p.c.print(b) }
