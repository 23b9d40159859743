package front

import (
	"encoding/json"
	"sync"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// forwardTimeout is how long the session may take to answer a question about
// code before the client gets an empty answer.
const forwardTimeout = 10 * time.Second

// question is a kind of request that the session answers from its own
// goroutine, also while a cell runs.
type question struct {
	send, reply string // link types
	msgType     string // of the client's reply
	body        func(f *Front, m *wire.Message) (any, bool)
	empty       func(m *wire.Message) any // when the session has no answer
	answer      func(l link.Message) (any, error)
}

var completeRequest = &question{
	send: link.TypeComplete, reply: link.TypeCompleteReply, msgType: "complete_reply",
	body: func(f *Front, m *wire.Message) (any, bool) {
		var c link.Complete
		ok := f.content(m, &c)
		return c, ok
	},
	empty: func(m *wire.Message) any {
		var c link.Complete
		json.Unmarshal(m.Content, &c)
		return completeContent(link.CompleteReply{CursorStart: c.CursorPos, CursorEnd: c.CursorPos})
	},
	answer: func(l link.Message) (any, error) {
		var r link.CompleteReply
		err := l.Decode(&r)
		return completeContent(r), err
	},
}

func completeContent(r link.CompleteReply) any {
	return map[string]any{
		"status": "ok", "matches": orList(r.Matches), "cursor_start": r.CursorStart, "cursor_end": r.CursorEnd, "metadata": orAny(r.Metadata),
	}
}

var inspectRequest = &question{
	send: link.TypeInspect, reply: link.TypeInspectReply, msgType: "inspect_reply",
	body: func(f *Front, m *wire.Message) (any, bool) {
		var c link.Inspect
		ok := f.content(m, &c)
		return c, ok
	},
	empty: func(*wire.Message) any { return inspectContent(link.InspectReply{}) },
	answer: func(l link.Message) (any, error) {
		var r link.InspectReply
		err := l.Decode(&r)
		return inspectContent(r), err
	},
}

func inspectContent(r link.InspectReply) any {
	return map[string]any{"status": "ok", "found": r.Found, "data": orAny(r.Data), "metadata": orAny(r.Metadata)}
}

var isCompleteRequest = &question{
	send: link.TypeIsComplete, reply: link.TypeIsCompleteReply, msgType: "is_complete_reply",
	body: func(f *Front, m *wire.Message) (any, bool) {
		var c link.IsComplete
		ok := f.content(m, &c)
		return c, ok
	},
	empty: func(*wire.Message) any { return map[string]any{"status": "unknown"} },
	answer: func(l link.Message) (any, error) {
		var r link.IsCompleteReply
		if err := l.Decode(&r); err != nil {
			return nil, err
		}
		c := map[string]any{"status": r.Status}
		if r.Status == "incomplete" {
			c["indent"] = r.Indent
		}
		return c, nil
	},
}

func orAny(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// requests are the questions that wait for the session.
type requests struct {
	qmu     sync.Mutex
	pending map[string]*asked
}

type asked struct {
	m     *wire.Message
	q     *question
	timer *time.Timer
}

func (r *requests) init() { r.pending = map[string]*asked{} }

// take removes a pending question; only one caller gets it.
func (r *requests) take(id string) *asked {
	r.qmu.Lock()
	defer r.qmu.Unlock()
	a := r.pending[id]
	delete(r.pending, id)
	return a
}

// forward passes a question to the session.
func (f *Front) forward(m *wire.Message, q *question) {
	f.status(m, "busy")
	body, ok := q.body(f, m)
	if !ok {
		f.reply(m, q.msgType, q.empty(m))
		f.idle(m)
		return
	}
	id := m.Header.MsgID
	a := &asked{m: m, q: q}
	a.timer = time.AfterFunc(forwardTimeout, func() { f.unanswered(id) })
	f.qmu.Lock()
	f.pending[id] = a
	f.qmu.Unlock()
	if !f.send(link.New(q.send, id, body)) {
		f.unanswered(id)
	}
}

// unanswered gives the client of a pending question the empty answer.
func (f *Front) unanswered(id string) {
	if a := f.take(id); a != nil {
		a.timer.Stop()
		f.reply(a.m, a.q.msgType, a.q.empty(a.m))
		f.idle(a.m)
	}
}

// allUnanswered does so for every pending question: the session has ended.
func (f *Front) allUnanswered() {
	f.qmu.Lock()
	ids := make([]string, 0, len(f.pending))
	for id := range f.pending {
		ids = append(ids, id)
	}
	f.qmu.Unlock()
	for _, id := range ids {
		f.unanswered(id)
	}
}

// answered passes the session's answer on.
func (f *Front) answered(l link.Message) {
	a := f.take(l.ID)
	if a == nil {
		return // answered too late
	}
	a.timer.Stop()
	content, err := a.q.answer(l)
	if err != nil || l.Type != a.q.reply {
		f.logf("answer %s of the session to %s: %v", l.Type, a.q.send, err)
		content = a.q.empty(a.m)
	}
	f.reply(a.m, a.q.msgType, content)
	f.idle(a.m)
}
