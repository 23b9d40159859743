package front

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"descent/kernel/link"
)

const (
	// outboundQueue is how many messages wait for a session that does not read.
	outboundQueue = 4096
	// shortLife is the life below which a session that never became ready is
	// not replaced before somebody needs one.
	shortLife = time.Second
	// hangs is how long a session may take to end that has closed its link.
	hangs = 10 * time.Second
	// goodbye is how long a session may take to end when asked to.
	goodbye = 500 * time.Millisecond
)

// sessions looks after the session process: at most one runs at a time.
type sessions struct {
	f *Front

	mu     sync.Mutex
	cur    *child
	last   *death
	closed bool
}

// child is one session process.
type child struct {
	cmd     *exec.Cmd
	conn    *link.Conn
	outq    chan link.Message
	gone    chan struct{} // closed when the connection has ended
	exited  chan struct{} // closed when the process has been waited for
	raw     [2]*rawPipe   // its descriptors 1 and 2
	began   time.Time
	oomSeen int64

	// Guarded by sessions.mu.
	ready  bool
	killed string // why the front killed it
	// Guarded by cells.mu.
	ended bool
}

func (s *sessions) init(f *Front) { s.f = f }

// start starts the first session, before anybody asks for one.
func (s *sessions) start() { s.ensure() }

// ensure returns the running session; it starts one if there is none.
func (s *sessions) ensure() *child {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cur == nil && !s.closed {
		c, err := s.launch()
		if err != nil {
			s.last = &death{reason: "the session process does not start: " + err.Error()}
			s.f.log(s.last.reason)
			return nil
		}
		s.cur = c
	}
	return s.cur
}

// running returns the running session, or nil.
func (s *sessions) running() *child {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cur
}

func (s *sessions) lastDeath() *death {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		return &death{reason: "the session process does not run"}
	}
	return s.last
}

// kill ends the process of a session; why is told under its cell. A session
// that has ended is followed by another, which is none of its business.
func (s *sessions) kill(c *child, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cur == c {
		c.killed = why
		c.cmd.Process.Kill()
	}
}

// close ends the session: by asking, then by force.
func (s *sessions) close() {
	s.mu.Lock()
	s.closed = true
	c := s.cur
	s.mu.Unlock()
	if c == nil {
		return
	}
	c.send(link.New(link.TypeShutdown, "", nil))
	select {
	case <-c.exited:
	case <-time.After(goodbye):
		c.cmd.Process.Kill()
		<-c.exited
	}
}

// launch starts a session process. The mutex is held.
func (s *sessions) launch() (*child, error) {
	cmd := s.f.opts.Session()
	pair, err := link.Attach(cmd)
	if err != nil {
		return nil, err
	}
	c := &child{
		cmd: cmd, conn: pair.Conn(), outq: make(chan link.Message, outboundQueue),
		gone: make(chan struct{}), exited: make(chan struct{}), began: time.Now(), oomSeen: oomKills(),
	}
	ends, err := c.attachRaw(s.f)
	if err != nil {
		pair.Started()
		c.conn.Close()
		return nil, err
	}
	prepare(cmd)
	started := make(chan error)
	go func() {
		// On Linux the child is to die with the thread that started it, so the
		// thread stays until the child has gone.
		runtime.LockOSThread()
		err := cmd.Start()
		pair.Started()
		for _, e := range ends {
			e.Close()
		}
		started <- err
		if err == nil {
			_ = cmd.Wait() // the state is in cmd.ProcessState
			close(c.exited)
		}
	}()
	if err := <-started; err != nil {
		c.conn.Close()
		c.closeRaw()
		return nil, err
	}
	go c.write()
	for _, r := range c.raw {
		go s.f.guarded("session "+r.name, r.watch)
	}
	go s.read(c)
	return c, nil
}

// attachRaw gives cmd pipes for its descriptors 1 and 2; the caller closes
// the returned write ends once it runs.
func (c *child) attachRaw(f *Front) (ends []*os.File, err error) {
	for i, name := range []string{"stdout", "stderr"} {
		r, w, err := os.Pipe()
		if err != nil {
			for _, e := range ends {
				e.Close()
			}
			c.closeRaw()
			return nil, err
		}
		c.raw[i] = newRawPipe(r, name, f.rawOutput)
		ends = append(ends, w)
	}
	c.raw[1].holdCrashes = true
	c.cmd.Stdout, c.cmd.Stderr = ends[0], ends[1]
	return ends, nil
}

func (c *child) closeRaw() {
	for _, r := range c.raw {
		if r != nil {
			r.close()
		}
	}
}

// rawOutput shows what a session process writes to its descriptors past the
// interpreter, under the newest cell.
func (f *Front) rawOutput(name, text string) {
	parent := f.parents.get("")
	if parent == nil {
		f.logf("session %s: %s", name, text)
		return
	}
	f.out.stream(parent, name, text)
}

// send queues a message for the session. It reports false when the session
// has ended or has not been reading for long.
func (c *child) send(m link.Message) bool {
	select {
	case <-c.gone:
		return false
	default:
	}
	select {
	case c.outq <- m:
		return true
	default:
		return false
	}
}

func (c *child) write() {
	for {
		select {
		case m := <-c.outq:
			if err := c.conn.Send(m); err != nil {
				return // the reader sees the end too
			}
		case <-c.gone:
			return
		}
	}
}

// read handles what the session sends, in order, until it ends.
func (s *sessions) read(c *child) {
	for {
		s.f.ep.WaitRoom()
		m, err := c.conn.Recv()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.f.logf("session: %v", err)
			}
			s.died(c)
			return
		}
		// What the process wrote past the interpreter before it sent m comes
		// before m.
		c.raw[0].drain()
		c.raw[1].drain()
		s.f.pace.charge(m)
		s.f.guarded("session: "+m.Type, func() { s.handle(c, m) })
		s.f.pace.wait(s.f.done)
	}
}

func (s *sessions) handle(c *child, m link.Message) {
	f := s.f
	var err error
	switch m.Type {
	case link.TypeStream:
		var b link.Stream
		if err = m.Decode(&b); err == nil {
			f.out.stream(f.parents.get(m.ID), b.Name, b.Text)
		}
	case link.TypeDisplay:
		f.out.publish("display_data", f.parents.get(m.ID), m.Body)
	case link.TypeUpdateDisplay:
		f.out.publish("update_display_data", f.parents.get(m.ID), m.Body)
	case link.TypeClearOutput:
		f.out.publish("clear_output", f.parents.get(m.ID), m.Body)
	case link.TypeError:
		f.out.publish("error", f.parents.get(m.ID), m.Body)
	case link.TypeResult:
		f.result(m)
	case link.TypeExecuteReply:
		var r link.ExecuteReply
		if err = m.Decode(&r); err == nil && !f.cells.end(m.ID, outcome{reply: r}) {
			f.logf("session: execute_reply to %q, which does not run", m.ID)
		}
	case link.TypeCompleteReply, link.TypeInspectReply, link.TypeIsCompleteReply:
		f.answered(m)
	case link.TypeInputRequest:
		err = f.ask(m)
	case link.TypeCommOpen, link.TypeCommMsg, link.TypeCommClose:
		err = f.publishComm(m)
	case link.TypeReady:
		var r link.Ready
		if err = m.Decode(&r); err == nil {
			s.mu.Lock()
			c.ready = true
			s.mu.Unlock()
			f.comms.reset(r.CommTargets)
		}
	default:
		f.logf("session: ignored a message of unknown type %q", m.Type)
	}
	if err != nil {
		f.logf("session: %v", err)
	}
}

// died is called when the connection to c has ended: it finds out why, tells
// it, and starts the next session.
func (s *sessions) died(c *child) {
	f := s.f
	close(c.gone)
	c.conn.Close()
	select {
	case <-c.exited:
	case <-time.After(hangs): // it has closed the link
		s.mu.Lock()
		if c.killed == "" {
			c.killed = "the session process had closed its connection"
		}
		s.mu.Unlock()
		c.cmd.Process.Kill()
		<-c.exited
	}
	c.raw[0].finish()
	words := c.raw[1].finish()

	s.mu.Lock()
	closed := s.closed
	d := autopsy(c.cmd.ProcessState, words, c.killed, oomKills() > c.oomSeen)
	s.cur = nil
	s.last = d
	again := c.ready || time.Since(c.began) > shortLife
	s.mu.Unlock()
	if closed {
		f.allUnanswered()
		return
	}
	f.logf("the session has ended: %s", d.reason)
	if words != "" {
		f.log(words)
	}
	for _, id := range f.comms.reset(nil) {
		f.out.publish("comm_close", nil, map[string]any{"comm_id": id, "data": map[string]any{}})
	}
	f.asking.end()
	f.allUnanswered()
	if !f.cells.endOn(c, outcome{death: d}) && again {
		// Nothing was running: tell it where it can be seen, and again with
		// the next cell, where it matters.
		note := d.note(f.cells.counts())
		f.cells.mu.Lock()
		f.cells.note = note
		f.cells.mu.Unlock()
		if p := f.parents.get(""); p != nil {
			f.out.stream(p, "stderr", note)
		}
	}
	if again {
		s.ensure()
	}
}
