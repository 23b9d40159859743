package session

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"os"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"

	"descent/kernel/rt"
)

// capture stands where a program has its standard output and error. What is
// printed reaches the output by one of two ways: the fmt functions of the symbol
// tables write to it directly, which is fast and knows the goroutine; everything
// that writes to os.Stdout and os.Stderr goes through a pipe. Once cells use those
// files, fmt takes the pipe too, so that the order is kept.
type capture struct {
	out     *output
	owner   *owners
	current atomic.Pointer[string] // request of the running or last cell

	stdout, stderr *pipe
	files          atomic.Bool // fmt writes to the files
	restore        []func()

	left func() []string // traceback of a panic that this goroutine has recovered
}

// pipe is one of the process's files, read back.
type pipe struct {
	name  string
	r, w  *os.File
	nonce []byte // ends a stretch of output
	mu    sync.Mutex
	wait  chan struct{} // closed when the nonce has come
	gone  atomic.Bool   // the cell closed the file
}

func newCapture(out *output, owner *owners) (*capture, error) {
	c := &capture{out: out, owner: owner}
	none := ""
	c.current.Store(&none)
	var err error
	if c.stdout, err = c.open("stdout"); err != nil {
		return nil, err
	}
	if c.stderr, err = c.open("stderr"); err != nil {
		return nil, err
	}
	oldOut, oldErr, oldLog := os.Stdout, os.Stderr, log.Writer()
	c.restore = append(c.restore, func() {
		os.Stdout, os.Stderr = oldOut, oldErr
		log.SetOutput(oldLog)
	})
	os.Stdout, os.Stderr = c.stdout.w, c.stderr.w
	log.SetOutput(logWriter{c})
	return c, nil
}

func (c *capture) open(name string) (*pipe, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	p := &pipe{name: name, r: r, w: w, nonce: []byte("\x00descent-" + rand.Text() + "\x00")}
	go c.read(p)
	return p, nil
}

// close gives the process its files back.
func (c *capture) close() {
	for _, f := range c.restore {
		f()
	}
	for _, p := range []*pipe{c.stdout, c.stderr} {
		p.w.Close()
	}
}

// begin makes output without an owner belong to request id, and repairs files
// that an earlier cell has closed, or put out of the way and not back.
func (c *capture) begin(id, code string) {
	c.current.Store(&id)
	if strings.Contains(code, "os.Std") {
		c.files.Store(true)
	}
	for _, f := range []struct {
		p    **pipe
		file **os.File
	}{{&c.stdout, &os.Stdout}, {&c.stderr, &os.Stderr}} {
		file := *f.file
		if file != (*f.p).w {
			if _, err := file.Write(nil); err != nil {
				*f.file = (*f.p).w // nil, or closed
			}
		}
		if !(*f.p).closed() {
			continue
		}
		p, err := c.open((*f.p).name)
		if err != nil {
			continue
		}
		if *f.file == (*f.p).w {
			*f.file = p.w
		}
		*f.p = p
	}
}

// closed reports whether a cell has closed the file.
func (p *pipe) closed() bool {
	if !p.gone.Load() {
		if _, err := p.w.Write(nil); err != nil {
			p.gone.Store(true)
		}
	}
	return p.gone.Load()
}

// read passes on what comes through p until its writing end is closed.
func (c *capture) read(p *pipe) {
	defer p.r.Close()
	buf := make([]byte, 64<<10)
	var held []byte // may be the beginning of a nonce
	for {
		n, err := p.r.Read(buf)
		held = append(held, buf[:n]...)
		for {
			i := bytes.Index(held, p.nonce)
			if i < 0 {
				break
			}
			c.out.write(*c.current.Load(), p.name, held[:i])
			held = held[i+len(p.nonce):]
			p.mu.Lock()
			if p.wait != nil {
				close(p.wait)
				p.wait = nil
			}
			p.mu.Unlock()
		}
		keep := min(len(held), len(p.nonce)-1)
		for keep > 0 && !bytes.HasPrefix(p.nonce, held[len(held)-keep:]) {
			keep--
		}
		c.out.write(*c.current.Load(), p.name, held[:len(held)-keep])
		held = append(held[:0], held[len(held)-keep:]...)
		if err != nil {
			c.out.write(*c.current.Load(), p.name, held)
			p.mu.Lock()
			p.gone.Store(true)
			if p.wait != nil {
				close(p.wait)
				p.wait = nil
			}
			p.mu.Unlock()
			return
		}
	}
}

// drain returns when everything written to the files so far is with the output.
func (c *capture) drain() {
	for _, p := range []*pipe{c.stdout, c.stderr} {
		if p.gone.Load() {
			continue
		}
		done := make(chan struct{})
		p.mu.Lock()
		for p.wait != nil {
			w := p.wait
			p.mu.Unlock()
			<-w
			p.mu.Lock()
		}
		p.wait = done
		p.mu.Unlock()
		if _, err := p.w.Write(p.nonce); err != nil {
			p.mu.Lock()
			if p.wait == done {
				p.wait = nil
			}
			p.mu.Unlock()
			p.gone.Store(true)
			continue
		}
		<-done
	}
}

// print is what fmt.Print and its kin write to.
func (c *capture) print(p []byte) (int, error) {
	return c.write(os.Stdout, c.stdout, p)
}

// write writes p to a file of the process, or past it to the output. A file does
// not tell which goroutine wrote to it: what one of an earlier cell prints takes
// the direct way, behind what is in the pipe.
func (c *capture) write(file *os.File, pipe *pipe, p []byte) (int, error) {
	if file != pipe.w {
		return file.Write(p) // the cell has put another in its place
	}
	id := c.request()
	if c.files.Load() {
		if id == *c.current.Load() {
			return file.Write(p)
		}
		c.drain()
	}
	c.out.write(id, pipe.name, p)
	return len(p), nil
}

// request returns the request that the calling goroutine prints for.
func (c *capture) request() string {
	if id := c.owner.of(); id != "" {
		return id
	}
	return *c.current.Load()
}

// errorWriter is standard error for what does not name os.Stderr itself.
type errorWriter struct{ c *capture }

func (w errorWriter) Write(p []byte) (int, error) {
	return w.c.write(os.Stderr, w.c.stderr, p)
}

// errors is what the package log and the builtins print and println write to.
func (c *capture) errors() io.Writer { return errorWriter{c} }

// logWriter is what package log writes to.
type logWriter struct{ c *capture }

// Write shows what an HTTP server says of a panic of its handler without the frames
// of the kernel, and nothing of one that an interrupt has ended.
func (w logWriter) Write(p []byte) (int, error) {
	said, _, serving := bytes.Cut(p, []byte("\ngoroutine "))
	if !serving || !bytes.Contains(said, []byte("http: panic serving ")) {
		return w.c.errors().Write(p)
	}
	if bytes.HasSuffix(said, []byte(": "+rt.ErrStop.Error())) {
		return len(p), nil
	}
	text := append([]string{string(said)}, w.c.left()...)
	_, err := io.WriteString(w.c.errors(), strings.Join(text, "\n")+"\n")
	return len(p), err
}

// pad is a reusable buffer of a print function.
var pads = sync.Pool{New: func() any { return new([]byte) }}

func (c *capture) printWith(format func([]byte) []byte) (int, error) {
	p := pads.Get().(*[]byte)
	*p = format((*p)[:0])
	n, err := c.print(*p)
	if cap(*p) <= 64<<10 {
		pads.Put(p)
	}
	return n, err
}

// symbols returns the functions of fmt that print.
func (c *capture) symbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"Print": reflect.ValueOf(func(a ...any) (int, error) {
			return c.printWith(func(b []byte) []byte { return fmt.Append(b, a...) })
		}),
		"Printf": reflect.ValueOf(func(format string, a ...any) (int, error) {
			return c.printWith(func(b []byte) []byte { return fmt.Appendf(b, format, a...) })
		}),
		"Println": reflect.ValueOf(func(a ...any) (int, error) {
			return c.printWith(func(b []byte) []byte { return fmt.Appendln(b, a...) })
		}),
	}
}
