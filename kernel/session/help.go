package session

import "descent/kernel/link"

func (s *session) help(m link.Message) {}
