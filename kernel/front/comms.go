package front

import (
	"encoding/json"
	"sync"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// comms knows the open comms and the targets that the session accepts.
type comms struct {
	mu      sync.Mutex
	targets map[string]bool
	open    map[string]string // id to target name
}

func (c *comms) init() {
	c.targets = map[string]bool{}
	c.open = map[string]string{}
}

// reset forgets the comms of a session that has ended; it returns their ids.
func (c *comms) reset(targets []string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	ids := make([]string, 0, len(c.open))
	for id := range c.open {
		ids = append(ids, id)
	}
	c.init()
	for _, t := range targets {
		c.targets[t] = true
	}
	return ids
}

// info is the content of comm_info_reply.
func (c *comms) info(request json.RawMessage) map[string]any {
	var r struct {
		TargetName string `json:"target_name"`
	}
	json.Unmarshal(request, &r)
	c.mu.Lock()
	defer c.mu.Unlock()
	list := map[string]map[string]string{}
	for id, target := range c.open {
		if r.TargetName == "" || r.TargetName == target {
			list[id] = map[string]string{"target_name": target}
		}
	}
	return map[string]any{"status": "ok", "comms": list}
}

// accept opens a comm if its target is known.
func (c *comms) accept(id, target string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.targets[target] {
		return false
	}
	c.open[id] = target
	return true
}

func (c *comms) set(id, target string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open[id] = target
}

func (c *comms) known(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.open[id]
	return ok
}

func (c *comms) remove(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.open, id)
}

// handleComm passes comm messages of a client to the session. A target that
// the session does not know is closed at once: JupyterLab waits for it.
func (f *Front) handleComm(m *wire.Message) {
	id := m.Header.MsgID
	f.parents.add(m, false)
	switch m.Header.MsgType {
	case "comm_open":
		var c link.CommOpen
		if !f.content(m, &c) || c.CommID == "" {
			return
		}
		if !f.comms.accept(c.CommID, c.TargetName) {
			f.out.publish("comm_close", m.RawHeader, map[string]any{"comm_id": c.CommID, "data": map[string]any{}})
			return
		}
		c.Buffers = m.Buffers
		f.send(link.New(link.TypeCommOpen, id, c))
	case "comm_msg":
		var c link.CommMsg
		if !f.content(m, &c) || !f.comms.known(c.CommID) {
			return
		}
		c.Buffers = m.Buffers
		f.send(link.New(link.TypeCommMsg, id, c))
	case "comm_close":
		var c link.CommClose
		if !f.content(m, &c) || !f.comms.known(c.CommID) {
			return
		}
		f.comms.remove(c.CommID)
		f.send(link.New(link.TypeCommClose, id, c))
	}
}

// publishComm publishes a comm message of the session.
func (f *Front) publishComm(l link.Message) error {
	parent := f.parents.get(l.ID)
	switch l.Type {
	case link.TypeCommOpen:
		var c link.CommOpen
		if err := l.Decode(&c); err != nil {
			return err
		}
		f.comms.set(c.CommID, c.TargetName)
		content := map[string]any{"comm_id": c.CommID, "target_name": c.TargetName, "data": orAny(c.Data)}
		f.out.publishComm("comm_open", parent, content, c.Metadata, c.Buffers)
	case link.TypeCommMsg:
		var c link.CommMsg
		if err := l.Decode(&c); err != nil {
			return err
		}
		f.out.publishComm("comm_msg", parent, map[string]any{"comm_id": c.CommID, "data": orAny(c.Data)}, c.Metadata, c.Buffers)
	case link.TypeCommClose:
		var c link.CommClose
		if err := l.Decode(&c); err != nil {
			return err
		}
		f.comms.remove(c.CommID)
		f.out.publish("comm_close", parent, map[string]any{"comm_id": c.CommID, "data": orAny(c.Data)})
	}
	return nil
}

// publishComm publishes a message with metadata and binary buffers.
func (o *output) publishComm(msgType string, parent json.RawMessage, content any, metadata map[string]any, buffers [][]byte) {
	meta, err := json.Marshal(orAny(metadata))
	if err != nil {
		panic(err) // it has come as JSON
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
	if err := o.ep.PublishWith(msgType, parent, content, meta, buffers); err != nil {
		panic(err)
	}
}
