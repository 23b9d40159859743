package drive

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"descent/kernel/wire"
)

// patience is how long the kernel may take to start, or to answer what needs no
// session.
const patience = time.Minute

// Kernel is a kernel process with a client connected to it.
type Kernel struct {
	PID   int           // of the front
	First time.Duration // from the start of the process to its first reply

	client *wire.Client
	cmd    *exec.Cmd
	log    strings.Builder
	exited chan struct{}
	dir    string
	late   map[string]string
}

// Start starts the kernel of the program exe and waits for its first reply.
func Start(exe string) (*Kernel, error) {
	return StartBy(func(args ...string) *exec.Cmd { return exec.Command(exe, args...) })
}

// StartBy is Start for a program that is started in a way of its own, with these
// arguments.
func StartBy(command func(args ...string) *exec.Cmd) (*Kernel, error) {
	dir, err := os.MkdirTemp("", "descent-drive")
	if err != nil {
		return nil, err
	}
	k := &Kernel{dir: dir, exited: make(chan struct{}), late: map[string]string{}}
	info, err := connection()
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	b, err := json.Marshal(info)
	if err == nil {
		err = os.WriteFile(k.file(), b, 0o600)
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	k.cmd = command("kernel", k.file())
	k.cmd.Env = append(k.cmd.Environ(), "DESCENT_HISTORY=off")
	k.cmd.Stderr = &k.log
	began := time.Now()
	if err := k.cmd.Start(); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	k.PID = k.cmd.Process.Pid
	go func() { _ = k.cmd.Wait(); close(k.exited) }()
	err = k.dial(info)
	if err == nil {
		_, err = k.Ask(wire.Shell, "kernel_info_request", struct{}{}, patience)
	}
	k.First = time.Since(began)
	if err != nil {
		k.Close()
		return nil, fmt.Errorf("%w\n%s", err, k.log.String())
	}
	return k, nil
}

func (k *Kernel) file() string { return filepath.Join(k.dir, "connection.json") }

// dial connects as soon as the kernel listens.
func (k *Kernel) dial(info wire.ConnectionInfo) (err error) {
	for end := time.Now().Add(patience); ; {
		if k.client, err = wire.Dial(info); err == nil || time.Now().After(end) {
			return err
		}
		select {
		case <-k.exited:
			return errors.New("the kernel has ended at once")
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// Close ends the kernel.
func (k *Kernel) Close() {
	if k.client != nil {
		k.client.Close()
	}
	_ = k.cmd.Process.Kill() // its session ends with it
	<-k.exited
	os.RemoveAll(k.dir)
}

// Reply is what a cell said and how it ended.
type Reply struct {
	Status, EName, EValue string
	Traceback             []string
	Stdout, Stderr        string
	Result                string        // text of the last expression
	Shown                 []string      // texts of the displays
	Took                  time.Duration // from the request to idle
}

// Words is all that tells of an error.
func (r *Reply) Words() string {
	return r.EName + ": " + r.EValue + "\n" + strings.Join(r.Traceback, "\n") + "\n" + r.Stderr
}

// Run runs a cell.
func (k *Kernel) Run(code string, limit time.Duration) (*Reply, error) {
	id, err := k.Begin(code)
	if err != nil {
		return nil, err
	}
	return k.Wait(id, limit)
}

// Begun is a cell that has been sent.
type Begun struct {
	id   string
	sent time.Time
}

// Begin sends a cell.
func (k *Kernel) Begin(code string) (Begun, error) {
	b := Begun{sent: time.Now()}
	var err error
	b.id, err = k.client.Send(wire.Shell, "execute_request", map[string]any{
		"code": code, "silent": false, "store_history": true, "allow_stdin": false, "stop_on_error": true,
		"user_expressions": map[string]string{},
	})
	return b, err
}

// Wait waits until a cell has ended, with a reply and idle.
func (k *Kernel) Wait(b Begun, limit time.Duration) (*Reply, error) {
	r := &Reply{}
	var out, errs strings.Builder
	end := time.Now().Add(limit)
	for idle := false; !idle; {
		m, err := k.client.Recv(wire.IOPub, time.Until(end))
		if err != nil {
			return r, err
		}
		var c struct {
			Name, Text, EName, EValue string
			State                     string `json:"execution_state"`
			Traceback                 []string
			Data                      map[string]any
		}
		if err := json.Unmarshal(m.Content, &c); err != nil {
			return r, err
		}
		if id := parent(m); id != b.id {
			k.late[id] += c.Text
			continue
		}
		switch m.Header.MsgType {
		case "stream":
			if c.Name == "stderr" {
				errs.WriteString(c.Text)
			} else {
				out.WriteString(c.Text)
			}
		case "execute_result":
			r.Result, _ = c.Data["text/plain"].(string)
		case "display_data":
			text, _ := c.Data["text/plain"].(string)
			r.Shown = append(r.Shown, text)
		case "error":
			r.Traceback = c.Traceback
		case "status":
			idle = c.State == "idle"
		}
	}
	r.Took = time.Since(b.sent)
	r.Stdout, r.Stderr = out.String(), errs.String()
	content, err := k.reply(wire.Shell, b.id, time.Until(end))
	if err != nil {
		return r, err
	}
	var c struct{ Status, EName, EValue string }
	err = json.Unmarshal(content, &c)
	r.Status, r.EName, r.EValue = c.Status, c.EName, c.EValue
	return r, err
}

// Busy waits until the kernel has begun with a cell.
func (k *Kernel) Busy(b Begun, limit time.Duration) error {
	for end := time.Now().Add(limit); ; {
		m, err := k.client.Recv(wire.IOPub, time.Until(end))
		if err != nil || parent(m) == b.id {
			return err // the first message of every request is the state busy
		}
	}
}

// Late returns what a cell has printed after its end, as far as it came while
// another was waited for.
func (k *Kernel) Late(b Begun) string { return k.late[b.id] }

// Interrupt asks the kernel to stop the running cell.
func (k *Kernel) Interrupt() error {
	_, err := k.Ask(wire.Control, "interrupt_request", struct{}{}, patience)
	return err
}

// Ask sends a request and returns the content of its reply.
func (k *Kernel) Ask(ch wire.Channel, msgType string, content any, limit time.Duration) (json.RawMessage, error) {
	id, err := k.client.Send(ch, msgType, content)
	if err != nil {
		return nil, err
	}
	return k.reply(ch, id, limit)
}

func (k *Kernel) reply(ch wire.Channel, id string, limit time.Duration) (json.RawMessage, error) {
	for end := time.Now().Add(limit); ; {
		m, err := k.client.Recv(ch, time.Until(end))
		if err != nil || parent(m) == id {
			if err != nil {
				return nil, err
			}
			return m.Content, nil
		}
	}
}

func parent(m *wire.Message) string {
	var h struct {
		MsgID string `json:"msg_id"`
	}
	_ = json.Unmarshal(m.Parent, &h) // "" is no cell's
	return h.MsgID
}

// connection chooses free ports and a key.
func connection() (wire.ConnectionInfo, error) {
	info := wire.ConnectionInfo{Transport: "tcp", IP: "127.0.0.1", Key: rand.Text(), SignatureScheme: "hmac-sha256"}
	for _, p := range []*int{&info.ShellPort, &info.ControlPort, &info.StdinPort, &info.IOPubPort, &info.HBPort} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return info, err
		}
		defer l.Close() // all at the end, so that they differ
		*p = l.Addr().(*net.TCPAddr).Port
	}
	return info, nil
}
