package front

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// Options configures [Run].
type Options struct {
	Info wire.ConnectionInfo

	// Session returns a command, not yet started, that runs a session and
	// takes its end of the pair with link.Inherited.
	Session func() *exec.Cmd

	// Log takes diagnostic lines, usually os.Stderr: Jupyter shows them in
	// the server's terminal. Nil means none.
	Log io.Writer

	// HistoryFile keeps the history across kernels. Empty means that it is
	// forgotten at the end.
	HistoryFile string

	// Version is the implementation version in kernel_info_reply.
	Version string

	// SoftInterrupt is how long a cell may take to follow its stop flag
	// before the interpreter is stopped where it stands. 0 means 2 s.
	SoftInterrupt time.Duration

	// ParentPID, if not 0, is the process (on Windows the handle) whose end
	// ends the kernel: JPY_PARENT_PID.
	ParentPID int

	limits wire.Limits
}

// Front is a running kernel.
type Front struct {
	opts    Options
	ep      *wire.Endpoint
	out     *output
	history *history
	requests
	parents parents
	comms   comms
	asking  asking
	pace    pacer

	stop     context.CancelFunc
	done     <-chan struct{} // closed when the kernel is to end
	sessions sessions
	cells    cells
}

// Run serves until a client asks for shutdown or ctx ends. The error is nil
// in both cases.
func Run(ctx context.Context, o Options) error {
	if o.SoftInterrupt == 0 {
		o.SoftInterrupt = 2 * time.Second
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	f := &Front{opts: o, stop: stop, done: ctx.Done()}
	f.requests.init()
	f.parents.init()
	f.comms.init()
	f.cells.init()
	f.pace.now = time.Now

	go f.handleSignals(ctx, notifySignals())

	// The sockets come first: a client may connect from here on, and its
	// requests wait for what follows.
	ready := make(chan struct{})
	ep, err := wire.Listen(o.Info, wire.Options{
		Handle: func(m *wire.Message) { <-ready; f.handle(m) },
		Log:    f.log,
		Limits: o.limits,
	})
	if err != nil {
		return err
	}
	f.ep = ep
	f.out = newOutput(ep, &f.pace)
	f.history = openHistory(o.HistoryFile, f.log)
	f.sessions.init(f)
	close(ready)

	done := make(chan struct{})
	go func() { f.sessions.start(); f.runCells(ctx); close(done) }()
	if o.ParentPID != 0 {
		go watchParent(ctx, o.ParentPID, func() { f.log("the parent process has gone; so do I"); stop() })
	}
	<-ctx.Done()
	f.cells.close()
	f.sessions.close()
	<-done
	f.out.flush()
	ep.Close(2 * time.Second)
	f.history.close()
	return nil
}

// log writes one diagnostic line.
func (f *Front) log(line string) {
	if f.opts.Log != nil {
		fmt.Fprintf(f.opts.Log, "descent: %s\n", line)
	}
}

func (f *Front) logf(format string, args ...any) { f.log(fmt.Sprintf(format, args...)) }

// guarded calls do; a panic in it is a fault of this package, and one line in
// the log rather than the end of the kernel.
func (f *Front) guarded(what string, do func()) {
	defer func() {
		if r := recover(); r != nil {
			f.logf("%s: panic: %v\n%s", what, r, debug.Stack())
		}
	}()
	do()
}

// handle takes one message. It runs on the goroutine of the connection that
// the message came by.
func (f *Front) handle(m *wire.Message) {
	f.guarded(m.Header.MsgType, func() { f.route(m) })
}

func (f *Front) route(m *wire.Message) {
	if m.Channel == wire.Stdin {
		f.handleStdin(m)
		return
	}
	switch m.Header.MsgType {
	case "execute_request":
		f.enqueue(m)
	case "complete_request":
		f.forward(m, completeRequest)
	case "inspect_request":
		f.forward(m, inspectRequest)
	case "is_complete_request":
		f.forward(m, isCompleteRequest)
	case "kernel_info_request", "connect_request", "history_request", "comm_info_request",
		"interrupt_request", "shutdown_request", "comm_open", "comm_msg", "comm_close":
		f.status(m, "busy")
		f.answer(m)
		f.idle(m)
	default:
		f.status(m, "busy")
		if name, ok := strings.CutSuffix(m.Header.MsgType, "_request"); ok {
			f.reply(m, name+"_reply", errorContent("NotSupported", "this kernel does not know "+m.Header.MsgType))
		} else {
			f.logf("%s: ignored a message of unknown type %q", m.Channel, m.Header.MsgType)
		}
		f.idle(m)
	}
}

// answer answers the requests that need neither queue nor session.
func (f *Front) answer(m *wire.Message) {
	switch m.Header.MsgType {
	case "kernel_info_request":
		f.reply(m, "kernel_info_reply", f.kernelInfo())
	case "connect_request":
		i := f.opts.Info
		f.reply(m, "connect_reply", map[string]any{"status": "ok", "shell_port": i.ShellPort, "control_port": i.ControlPort,
			"stdin_port": i.StdinPort, "iopub_port": i.IOPubPort, "hb_port": i.HBPort})
	case "history_request":
		f.reply(m, "history_reply", f.history.answer(m.Content))
	case "comm_info_request":
		f.reply(m, "comm_info_reply", f.comms.info(m.Content))
	case "interrupt_request":
		f.Interrupt()
		f.reply(m, "interrupt_reply", okContent())
	case "shutdown_request":
		f.shutdown(m)
	default:
		f.handleComm(m)
	}
}

// shutdown says goodbye on the channel it was asked on and on iopub, and ends
// Run. The process that started the kernel restarts it if it wants to.
func (f *Front) shutdown(m *wire.Message) {
	var c struct {
		Restart bool `json:"restart"`
	}
	f.content(m, &c)
	reply := map[string]any{"status": "ok", "restart": c.Restart}
	f.reply(m, "shutdown_reply", reply)
	f.out.publish("shutdown_reply", m.RawHeader, reply)
	time.AfterFunc(time.Millisecond, f.stop) // after the idle of this request
}

func okContent() map[string]any { return map[string]any{"status": "ok"} }

func errorContent(ename, evalue string) map[string]any {
	return map[string]any{"status": "error", "ename": ename, "evalue": evalue, "traceback": []string{ename + ": " + evalue}}
}

// content decodes the content of m into v; what is not there stays as it is.
// A wrong type is logged and otherwise treated as absent.
func (f *Front) content(m *wire.Message, v any) bool {
	if err := json.Unmarshal(m.Content, v); err != nil {
		f.logf("%s: %s: content: %v", m.Channel, m.Header.MsgType, err)
		return false
	}
	return true
}

func (f *Front) reply(m *wire.Message, msgType string, content any) {
	f.replyWith(m, msgType, content, nil)
}

func (f *Front) replyWith(m *wire.Message, msgType string, content any, metadata json.RawMessage) {
	if err := f.ep.Reply(m, msgType, content, metadata); err != nil {
		f.logf("%s: %v", m.Channel, err)
	}
}

// status publishes the kernel's state on behalf of m.
func (f *Front) status(m *wire.Message, state string) {
	f.out.publish("status", m.RawHeader, statusContent[state])
}

// idle ends the answer to a request other than a cell. The state that clients
// show is the last one published, so while a cell runs busy follows.
func (f *Front) idle(m *wire.Message) {
	f.cells.mu.Lock()
	defer f.cells.mu.Unlock()
	f.status(m, "idle")
	if f.cells.current != nil {
		f.out.publish("status", nil, statusContent["busy"])
	}
}

var statusContent = map[string]json.RawMessage{
	"busy": json.RawMessage(`{"execution_state":"busy"}`),
	"idle": json.RawMessage(`{"execution_state":"idle"}`),
}

// parents keeps the headers of requests, so that output which comes long
// after its cell's end still goes with it.
type parents struct {
	mu   sync.Mutex
	byID map[string]json.RawMessage
	ring []string
	next int
	last json.RawMessage // of the newest cell: the parent of output that names none
}

// parentHistory is how many requests are remembered.
const parentHistory = 1 << 14

func (p *parents) init() { p.byID = map[string]json.RawMessage{} }

func (p *parents) add(m *wire.Message, cell bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := m.Header.MsgID
	if _, ok := p.byID[id]; !ok {
		if len(p.ring) < parentHistory {
			p.ring = append(p.ring, id)
		} else {
			delete(p.byID, p.ring[p.next])
			p.ring[p.next] = id
			p.next = (p.next + 1) % parentHistory
		}
	}
	p.byID[id] = m.RawHeader
	if cell {
		p.last = m.RawHeader
	}
}

func (p *parents) get(id string) json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	if h, ok := p.byID[id]; ok {
		return h
	}
	return p.last
}

// send passes a message to the running session, if there is one.
func (f *Front) send(m link.Message) bool {
	c := f.sessions.running()
	return c != nil && c.send(m)
}
