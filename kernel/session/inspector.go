package session

import "descent/kernel/magic"

func (s *session) vars() []magic.Var { return nil }

func (s *session) describe(name string) (markdown, text string, ok bool) { return "", "", false }
