package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

//go:embed peer_torch.py
var torchScript string

//go:embed peer_torch_more.py
var torchMore string // comes before it

//go:embed peer_torch_elements.py
var torchElements string // and before that

//go:embed peer_jax.py
var jaxScript string

// peer is a Python process that does the same work with torch or jax.
type peer struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	version string
}

// reply is a line of the peer.
type reply struct {
	Version string  `json:"version"`
	NS      float64 `json:"ns"`
	Memory  float64 `json:"memory"`
	Error   string  `json:"error"`
}

// startPeer starts a script, or nothing when there is no Python for it.
func startPeer(python, script string, threads int, cpu bool) (*peer, error) {
	if python == "" {
		return nil, nil
	}
	cmd := exec.Command(python, "-c", script)
	n := fmt.Sprint(threads)
	cmd.Env = append(os.Environ(), "OMP_NUM_THREADS="+n, "MKL_NUM_THREADS="+n, "PEER_THREADS="+n, "CUDA_VISIBLE_DEVICES=")
	if cpu {
		cmd.Env = append(cmd.Env, "PEER_CLOCK=cpu")
	}
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &peer{cmd: cmd, in: in, out: bufio.NewScanner(out)}
	r, err := p.read()
	p.version = r.Version
	return p, err
}

func (p *peer) read() (reply, error) {
	var r reply
	if !p.out.Scan() {
		return r, fmt.Errorf("the peer ended: %v", p.out.Err())
	}
	if err := json.Unmarshal(p.out.Bytes(), &r); err != nil {
		return r, fmt.Errorf("the peer wrote %q: %v", p.out.Text(), err)
	}
	if r.Error != "" {
		return r, fmt.Errorf("peer: %s", r.Error)
	}
	return r, nil
}

// ask sends a line and waits for the answer.
func (p *peer) ask(burst time.Duration, work string) (reply, error) {
	if _, err := fmt.Fprintf(p.in, "%g %s\n", burst.Seconds(), work); err != nil {
		return reply{}, err
	}
	return p.read()
}

// measure asks for the best time of the work within a burst.
func (p *peer) measure(work string, burst time.Duration) (time.Duration, error) {
	r, err := p.ask(burst, work)
	return time.Duration(r.NS), err
}

func (p *peer) close() {
	if p == nil {
		return
	}
	p.in.Close()
	p.cmd.Wait()
}
