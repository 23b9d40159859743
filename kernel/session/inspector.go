package session

import (
	"strings"
	"unicode/utf8"

	"descent/display"
	"descent/kernel/cell"
	"descent/kernel/magic"
)

// maxValue is how much of a value %who shows.
const maxValue = 60

// vars lists what cells have declared, with the values of variables.
func (s *session) vars() []magic.Var {
	s.mu.Lock()
	comp, in := s.comp, s.in.Load()
	s.mu.Unlock()
	var out []magic.Var
	for _, v := range comp.Vars() {
		m := magic.Var{Name: v.Name, Kind: v.Kind, Type: v.Type, Cell: v.Cell}
		if v.Kind == "type" {
			m.Type = "type"
		}
		switch {
		case v.Stale:
			m.Value = "stale"
		case v.Kind == "var":
			if rv, ok := in.Global(v.Global); ok && rv.CanInterface() && simple(v) {
				m.Value = short(display.Render(rv.Interface()).Text())
			}
		}
		out = append(out, m)
	}
	return out
}

// simple reports whether the text of a variable can be made without running code
// of a cell.
func simple(v cell.Var) bool {
	return !strings.HasPrefix(v.Type, "func") && !strings.HasPrefix(v.Type, "chan")
}

// short returns the beginning of the first line of a text.
func short(s string) string {
	s, _, more := strings.Cut(s, "\n")
	if utf8.RuneCountInString(s) > maxValue {
		r := []rune(s)
		s, more = string(r[:maxValue]), true
	}
	if more {
		s += "…"
	}
	return s
}

// describe answers name?.
func (s *session) describe(name string) (markdown, text string, ok bool) {
	s.mu.Lock()
	a := s.assist
	s.mu.Unlock()
	h, ok := a.Inspect(name, utf8.RuneCountInString(name), 0)
	return h.Markdown, h.Text, ok
}
