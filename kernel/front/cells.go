package front

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

const (
	// abortGrace is how long after an error requests that were sent before it
	// are still aborted: they were on their way when it happened.
	abortGrace = 250 * time.Millisecond
	// browserLead is by how much a browser's request may be dated after the
	// error and still count as sent before it. "Run all" takes some
	// milliseconds from one cell to the next, in which a cell here has failed
	// already; the news of it has not reached the browser in this time.
	browserLead = 50 * time.Millisecond
)

// cell is one execute_request.
type cell struct {
	m        *wire.Message
	req      executeRequest
	count    int
	began    time.Time
	finished chan outcome // holds at most one
	on       *child       // the session that runs it

	interrupts int
	hard       bool // the hard stop has been asked for
	timers     []*time.Timer
}

type executeRequest struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`
	StoreHistory    *bool             `json:"store_history"`
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      *bool             `json:"allow_stdin"`
	StopOnError     *bool             `json:"stop_on_error"`
}

func orTrue(b *bool) bool { return b == nil || *b }

// stores reports whether the cell is counted and kept in the history.
func (r *executeRequest) stores() bool { return !r.Silent && orTrue(r.StoreHistory) }

// outcome is how a cell ended: with a reply of the session, or with the end
// of the session itself.
type outcome struct {
	reply link.ExecuteReply
	death *death
}

// cells is the queue of execute requests, and the one that runs.
type cells struct {
	mu      sync.Mutex
	wake    *sync.Cond
	queue   []*cell
	current *cell
	count   int
	closed  bool
	failed  time.Time // when a cell last failed with stop_on_error
	done    []ran     // what has run without error, for %replay
	note    string    // what the next cell tells about a death between cells
}

func (c *cells) init() { c.wake = sync.NewCond(&c.mu) }

// enqueue takes an execute request.
func (f *Front) enqueue(m *wire.Message) {
	c := &cell{m: m, finished: make(chan outcome, 1)}
	if !f.content(m, &c.req) {
		f.status(m, "busy")
		f.reply(m, "execute_reply", errorContent("BadRequest", "the content of execute_request does not decode"))
		f.idle(m)
		return
	}
	f.parents.add(m, false)
	f.cells.mu.Lock()
	defer f.cells.mu.Unlock()
	f.cells.queue = append(f.cells.queue, c)
	f.cells.wake.Signal()
}

// next waits for a cell and makes it the current one.
func (c *cells) next() (cell *cell, aborted bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.queue) == 0 && !c.closed {
		c.wake.Wait()
	}
	if len(c.queue) == 0 {
		return nil, false
	}
	cell = c.queue[0]
	c.queue[0] = nil
	c.queue = c.queue[1:]
	if c.closed || c.late(cell, time.Now()) {
		return cell, true
	}
	if cell.req.stores() {
		c.count++
	}
	cell.count = c.count
	cell.began = time.Now()
	c.current = cell
	return cell, false
}

// late reports whether cell, which arrives now, was sent before the last error
// but arrived just after it.
func (c *cells) late(cell *cell, now time.Time) bool {
	if c.failed.IsZero() || now.Sub(c.failed) > abortGrace {
		return false
	}
	sent, err := time.Parse(time.RFC3339Nano, cell.m.Header.Date)
	if err != nil {
		return false
	}
	by := c.failed
	if !readsDirectly(cell.m.Header) {
		by = by.Add(browserLead)
	}
	return sent.Before(by)
}

func (c *cells) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.wake.Broadcast()
}

// runCells runs the cells one after the other.
func (f *Front) runCells(ctx context.Context) {
	for {
		c, aborted := f.cells.next()
		switch {
		case c == nil:
			return
		case aborted:
			f.abort(c)
		default:
			f.guarded("cell", func() { f.runCell(ctx, c) })
		}
	}
}

// abort answers a cell that is not run.
func (f *Front) abort(c *cell) {
	f.status(c.m, "busy")
	f.reply(c.m, "execute_reply", map[string]any{"status": "aborted", "execution_count": c.count})
	f.idle(c.m)
}

func (f *Front) runCell(ctx context.Context, c *cell) {
	f.parents.add(c.m, true)
	f.pace.begin(c.m.Header)
	f.status(c.m, "busy")
	if !c.req.Silent {
		f.out.publish("execute_input", c.m.RawHeader, map[string]any{"code": c.req.Code, "execution_count": c.count})
	}
	if c.req.stores() {
		f.history.add(c.count, c.req.Code)
	}
	if note := f.cells.takeNote(c); note != "" {
		f.out.stream(c.m.RawHeader, "stderr", note)
	}
	if isReplay(c.req.Code) {
		f.finish(c, f.replay(ctx, c))
		return
	}
	f.finish(c, f.execute(ctx, c, c.count, c.req.Code))
}

// execute runs code for the cell c, as the cell with that number.
func (f *Front) execute(ctx context.Context, c *cell, count int, code string) (o outcome) {
	if !f.dispatch(c, count, code) {
		o.death = f.sessions.lastDeath()
		return o
	}
	select {
	case o = <-c.finished:
	case <-ctx.Done():
		o.reply = link.ExecuteReply{Status: "aborted"}
	}
	return o
}

// dispatch gives the cell to a session. It reports false when there is none
// and none can be started.
func (f *Front) dispatch(c *cell, count int, code string) bool {
	m := link.New(link.TypeExecute, c.m.Header.MsgID, link.Execute{
		Code: code, Count: count, Silent: c.req.Silent, StoreHistory: c.req.stores(),
		AllowStdin: orTrue(c.req.AllowStdin), UserExpressions: c.req.UserExpressions,
	})
	for range 3 {
		s := f.sessions.ensure()
		if s == nil {
			return false
		}
		if f.assign(c, s, m) {
			return true
		}
	}
	return false
}

// assign gives the cell to a session, not to one that has ended. If the session
// is dying, its end answers the cell. An interrupt that came before follows.
func (f *Front) assign(c *cell, s *child, m link.Message) bool {
	f.cells.mu.Lock()
	defer f.cells.mu.Unlock()
	if s.ended {
		return false
	}
	first := c.on == nil
	c.on = s
	s.send(m)
	if first && c.interrupts > 0 {
		f.softStop(c)
	}
	return true
}

// endOn notes that a session has ended and ends the cell that ran on it.
func (c *cells) endOn(s *child, o outcome) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.ended = true
	if c.current == nil || c.current.on != s {
		return false
	}
	select {
	case c.current.finished <- o:
		return true
	default:
		return false
	}
}

// finish answers the cell, in the order error, reply, idle.
func (f *Front) finish(c *cell, o outcome) {
	if o.death != nil {
		o.reply = o.death.reply(c.count, f.cells.counts())
		if !c.req.Silent {
			f.out.publish("error", c.m.RawHeader, link.Error{EName: o.reply.EName, EValue: o.reply.EValue, Traceback: o.reply.Traceback})
		}
	}
	content := map[string]any{"status": o.reply.Status, "execution_count": c.count}
	switch o.reply.Status {
	case "ok":
		content["user_expressions"] = orObject(o.reply.UserExpressions)
		content["payload"] = orList(payloadFor(c.m.Header, o.reply.Payload))
	case "error":
		content["ename"], content["evalue"] = o.reply.EName, o.reply.EValue
		content["traceback"] = orList(o.reply.Traceback)
		content["user_expressions"] = map[string]any{}
		content["payload"] = orList(o.reply.Payload)
	}
	metadata, _ := json.Marshal(map[string]any{"started": wire.Timestamp(c.began), "status": o.reply.Status})
	f.out.flush() // a client that waits for the reply alone has had the output
	var dropped []*cell

	q := &f.cells
	q.mu.Lock()
	for _, t := range c.timers {
		t.Stop()
	}
	if o.reply.Status == "error" && orTrue(c.req.StopOnError) {
		dropped, q.queue = q.queue, nil
		q.failed = time.Now()
	}
	if o.reply.Status == "ok" {
		q.remember(c, o.reply.Payload)
	}
	q.current = nil
	f.replyWith(c.m, "execute_reply", content, metadata)
	f.status(c.m, "idle")
	q.mu.Unlock()
	for _, d := range dropped {
		f.abort(d)
	}
}

func orObject(m map[string]json.RawMessage) map[string]json.RawMessage {
	if m == nil {
		return map[string]json.RawMessage{}
	}
	return m
}

func orList[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// takeNote returns what is to be told once about a death between cells.
func (c *cells) takeNote(cell *cell) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cell.req.Silent {
		return ""
	}
	n := c.note
	c.note = ""
	return n
}

// running returns the cell that runs, or nil.
func (c *cells) running() *cell {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.current
}

// end delivers the outcome of the running cell, if it is the one with the
// given message id.
func (c *cells) end(id string, o outcome) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.current == nil || c.current.m.Header.MsgID != id {
		return false
	}
	select {
	case c.current.finished <- o:
		return true
	default:
		return false
	}
}
