package front

import (
	"sync"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// asking is the input request that waits for a line.
type asking struct {
	mu sync.Mutex
	id string // of the cell that asks; "" when none does
}

func (a *asking) begin(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.id = id
}

func (a *asking) end() (id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id, a.id = a.id, ""
	return id
}

// ask passes a request for input to the client whose cell asks.
func (f *Front) ask(l link.Message) error {
	var r link.InputRequest
	if err := l.Decode(&r); err != nil {
		return err
	}
	c := f.cells.running()
	if c == nil || c.m.Header.MsgID != l.ID || !orTrue(c.req.AllowStdin) {
		f.send(link.New(link.TypeInputReply, l.ID, link.InputReply{EOF: true}))
		return nil
	}
	f.out.flush() // what stands before the prompt
	f.asking.begin(l.ID)
	if err := f.ep.Ask(c.m, "input_request", map[string]any{"prompt": r.Prompt, "password": r.Password}); err != nil {
		f.logf("stdin: %v", err)
		f.asking.end()
		f.send(link.New(link.TypeInputReply, l.ID, link.InputReply{EOF: true}))
	}
	return nil
}

// handleStdin takes what clients send on stdin: the answer to a request for
// input. An answer that nobody waits for is ignored.
func (f *Front) handleStdin(m *wire.Message) {
	if m.Header.MsgType != "input_reply" {
		f.logf("stdin: ignored a message of type %q", m.Header.MsgType)
		return
	}
	var r struct {
		Value string `json:"value"`
	}
	if !f.content(m, &r) {
		return
	}
	if id := f.asking.end(); id != "" {
		f.send(link.New(link.TypeInputReply, id, link.InputReply{Value: r.Value}))
	}
}
