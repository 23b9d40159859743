package session

import (
	"strings"

	"descent/kernel/eval"
)

// goPanic decides about a panic that has ended a goroutine of a cell. It reports
// true if the goroutine belongs to the running cell, which then ends with it, as
// a program would. Under an older cell the panic is shown and the session goes on.
func (s *session) goPanic(p *eval.Panic) (fail bool) {
	id := s.capture.request()
	if r := s.running.Load(); r != nil && r.id == id {
		return true
	}
	s.out.write(id, "stderr", []byte(strings.Join(panicked(p).Traceback, "\n")+"\n"))
	return false
}
