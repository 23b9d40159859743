package session

import (
	"strings"

	"descent/kernel/eval"
)

// goPanic decides about a panic that has ended a goroutine of a cell. If the goroutine
// belongs to the running cell, that ends with it, as a program would. Under an older
// cell, and one that has just come to its end, the panic is shown and the session goes
// on.
func (s *session) goPanic(p *eval.Panic, fail func() bool) {
	id := s.capture.request()
	if r := s.running.Load(); r != nil && r.id == id && fail() {
		return
	}
	s.out.write(id, "stderr", []byte(strings.Join(panicked(p).Traceback, "\n")+"\n"))
}
