package session

import (
	"fmt"
	"os"
	"strings"

	"descent/display"
	"descent/kernel/assist"
	"descent/kernel/link"
	"descent/kernel/magic"
)

// help answers what the front asks about code that is being written. It never
// waits for a running cell.
func (s *session) help(m link.Message) {
	typ, body := s.answer(m)
	_ = s.conn.Send(link.New(typ, m.ID, body)) // a front that is gone needs no answer
}

// answer returns the reply to a request. Half-written code is what these are
// about: a mistake in them is an empty answer, not the end of the session.
func (s *session) answer(m link.Message) (typ string, body any) {
	switch m.Type {
	case link.TypeComplete:
		typ, body = link.TypeCompleteReply, link.CompleteReply{Matches: []string{}}
	case link.TypeInspect:
		typ, body = link.TypeInspectReply, link.InspectReply{}
	default:
		typ, body = link.TypeIsCompleteReply, link.IsCompleteReply{Status: "unknown"}
	}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "session: %s: %v\n", m.Type, r)
		}
	}()
	s.mu.Lock()
	a := s.assist
	s.mu.Unlock()
	switch m.Type {
	case link.TypeComplete:
		var q link.Complete
		if m.Decode(&q) == nil {
			body = completion(a, s.magicNames(), q)
		}
	case link.TypeInspect:
		var q link.Inspect
		if m.Decode(&q) == nil {
			if h, ok := inspectMagic(s.magic.Commands(), q); ok {
				body = h
			} else if h, ok := a.Inspect(q.Code, q.CursorPos, q.DetailLevel); ok {
				body = link.InspectReply{Found: true, Data: map[string]any{
					display.MIMEText: h.Text, display.MIMEMarkdown: h.Markdown,
				}}
			}
		}
	case link.TypeIsComplete:
		var q link.IsComplete
		if m.Decode(&q) == nil {
			status, indent := assist.IsComplete(q.Code)
			body = link.IsCompleteReply{Status: status, Indent: indent}
		}
	}
	return typ, body
}

// completion makes the reply, with the kinds and signatures that JupyterLab shows.
func completion(a *assist.Assistant, magics []string, q link.Complete) link.CompleteReply {
	if r, ok := completeMagic(magics, q); ok {
		return r
	}
	c := a.Complete(q.Code, q.CursorPos)
	r := link.CompleteReply{Matches: []string{}, CursorStart: c.Start, CursorEnd: c.End}
	kinds := make([]map[string]any, 0, len(c.Matches))
	for _, m := range c.Matches {
		r.Matches = append(r.Matches, m.Text)
		kinds = append(kinds, map[string]any{
			"start": c.Start, "end": c.End, "text": m.Text, "type": m.Type, "signature": m.Signature,
		})
	}
	r.Metadata = map[string]any{"_jupyter_types_experimental": kinds}
	return r
}

// completeMagic completes the name of a line that is not Go.
func completeMagic(names []string, q link.Complete) (link.CompleteReply, bool) {
	line, end := lineAt(q.Code, q.CursorPos)
	name := strings.TrimLeft(line, "%")
	if line == name || strings.ContainsAny(name, " \t") {
		return link.CompleteReply{}, false
	}
	from := end - len([]rune(name))
	r := link.CompleteReply{Matches: []string{}, CursorStart: from, CursorEnd: end}
	kinds := []map[string]any{}
	for _, n := range names {
		if strings.HasPrefix(n, name) {
			r.Matches = append(r.Matches, n)
			kinds = append(kinds, map[string]any{"start": from, "end": end, "text": n, "type": "magic", "signature": ""})
		}
	}
	r.Metadata = map[string]any{"_jupyter_types_experimental": kinds}
	return r, true
}

// inspectMagic describes the command of a line that is not Go.
func inspectMagic(commands []magic.Command, q link.Inspect) (link.InspectReply, bool) {
	line, end := lineAt(q.Code, q.CursorPos)
	rest, _, _ := strings.Cut(string([]rune(q.Code)[end:]), "\n")
	name := strings.TrimLeft(line, "%")
	if line == name || strings.ContainsAny(name, " \t") {
		return link.InspectReply{}, false
	}
	name, _, _ = strings.Cut(name+rest, " ")
	for _, c := range commands {
		if c.Name == name {
			usage := strings.TrimSpace("%" + c.Name + " " + c.Usage)
			return link.InspectReply{Found: true, Data: map[string]any{
				display.MIMEText: usage + "\n\n" + c.Help + "\n", display.MIMEMarkdown: "`" + usage + "`\n\n" + c.Help + "\n",
			}}, true
		}
	}
	return link.InspectReply{}, false
}

// lineAt returns what stands on the line of a cursor before it, and the cursor
// moved into the code; both count code points.
func lineAt(code string, cursor int) (line string, end int) {
	runes := []rune(code)
	end = min(max(cursor, 0), len(runes))
	start := end
	for start > 0 && runes[start-1] != '\n' {
		start--
	}
	return string(runes[start:end]), end
}

// magicNames lists the commands.
func (s *session) magicNames() []string {
	var out []string
	for _, c := range s.magic.Commands() {
		out = append(out, c.Name)
	}
	return out
}
