package link

import (
	"errors"
	"io"
	"os"
	"os/exec"
)

// envPair tells the session process where its end of the pair is.
const envPair = "DESCENT_LINK"

// ErrNotInherited is returned by [Inherited] in a process that no front has
// started.
var ErrNotInherited = errors.New("link: no pair inherited: this process is started by `descent kernel`, not by hand")

// Pair is a fresh pair of which a process about to be started inherits one
// end.
type Pair struct {
	conn  *Conn
	child []io.Closer
}

// Attach makes a pair and arranges for cmd, not yet started, to inherit one
// end of it; the child takes it with [Inherited]. After cmd.Start, with or
// without success, the caller calls Started.
func Attach(cmd *exec.Cmd) (*Pair, error) {
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	return attach(cmd)
}

// Started closes the child's end in this process, so that the death of the
// child is seen as the end of the stream.
func (p *Pair) Started() {
	for _, c := range p.child {
		c.Close()
	}
	p.child = nil
}

// Conn returns the parent's end.
func (p *Pair) Conn() *Conn { return p.conn }

// Inherited returns the child's end of the pair that this process was
// started with. Processes that it starts in turn do not inherit it.
func Inherited() (*Conn, error) {
	v := os.Getenv(envPair)
	if v == "" {
		return nil, ErrNotInherited
	}
	os.Unsetenv(envPair)
	rw, err := inherit(v)
	if err != nil {
		return nil, err
	}
	return NewConn(rw), nil
}
