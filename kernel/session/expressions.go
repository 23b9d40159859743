package session

import (
	"encoding/json"
	"sort"

	"descent/display"
)

// expressions evaluates the user_expressions of a request. They run in the state
// of the session and change nothing of it.
func (s *session) expressions(r request) map[string]json.RawMessage {
	if len(r.body.UserExpressions) == 0 {
		return nil
	}
	names := make([]string, 0, len(r.body.UserExpressions))
	for n := range r.body.UserExpressions {
		names = append(names, n)
	}
	sort.Strings(names)
	s.mu.Lock()
	keep, quiet := s.result, s.quiet
	s.quiet = false
	s.mu.Unlock()
	out := map[string]json.RawMessage{}
	for _, n := range names {
		out[n] = s.expression(r.body.Count, r.body.UserExpressions[n])
	}
	s.mu.Lock()
	s.result, s.quiet = keep, quiet
	s.mu.Unlock()
	return out
}

func (s *session) expression(n int, code string) json.RawMessage {
	s.mu.Lock()
	s.result = nil
	s.mu.Unlock()
	var body map[string]any
	p, diags := s.comp.Compile(n, code)
	var err error
	if len(diags) > 0 {
		err = diags
	} else if err = s.in.Load().Load(p); err == nil {
		err = s.in.Load().Run(p)
	}
	if fail := s.failure(err); fail != nil {
		body = map[string]any{"status": "error", "ename": fail.EName, "evalue": fail.EValue, "traceback": fail.Traceback}
	} else {
		s.mu.Lock()
		b := s.result
		s.mu.Unlock()
		if b == nil {
			b = &display.Bundle{Data: map[string]any{}, Metadata: map[string]any{}}
		}
		body = map[string]any{"status": "ok", "data": b.Data, "metadata": b.Metadata}
	}
	j, err := json.Marshal(body)
	if err != nil {
		j, _ = json.Marshal(map[string]any{"status": "error", "ename": "error", "evalue": err.Error(), "traceback": []string{}})
	}
	return j
}
