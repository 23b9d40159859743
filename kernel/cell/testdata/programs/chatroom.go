package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"sort"
	"strings"
	"sync"
)

type client struct {
	name string
	conn net.Conn
	out  chan string
}

type room struct {
	mu      sync.Mutex
	clients map[string]*client
	history []string
	cmds    map[string]func(*room, *client, []string) error
}

var errQuit = errors.New("quit")

func (r *room) send(from *client, s string) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.history = append(r.history, s)
	for _, c := range r.clients {
		if c != from {
			c.out <- s
			n++
		}
	}
	return
}

func (r *room) join(c *client) (ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, dup := r.clients[c.name]; dup {
		return false
	}
	r.clients[c.name] = c
	return true
}

func (r *room) serve(conn net.Conn) (err error) {
	defer conn.Close()
	sc := bufio.NewScanner(conn)
	if !sc.Scan() {
		return io.ErrUnexpectedEOF
	}
	c := &client{name: sc.Text(), conn: conn, out: make(chan string, 16)}
	if !r.join(c) {
		_, err := fmt.Fprintln(conn, "name taken")
		return err
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for s := range c.out {
			fmt.Fprintln(conn, s)
		}
	})
	defer wg.Wait()
	defer close(c.out)
	defer func() {
		r.mu.Lock()
		delete(r.clients, c.name)
		r.mu.Unlock()
	}()
	c.out <- "welcome " + c.name
	for sc.Scan() {
		line := sc.Text()
		if name, isCmd := strings.CutPrefix(line, "/"); isCmd {
			f := strings.Fields(name)
			cmd, ok := r.cmds[f[0]]
			if !ok {
				c.out <- "unknown " + f[0]
				continue
			}
			if err := cmd(r, c, f[1:]); errors.Is(err, errQuit) {
				return nil
			} else if err != nil {
				c.out <- "error: " + err.Error()
			}
			continue
		}
		n := r.send(c, c.name+": "+line)
		c.out <- fmt.Sprintf("sent to %d", n)
	}
	return sc.Err()
}

type peer struct {
	io.Writer
	in *bufio.Reader
	c  net.Conn
}

func dial(r *room, wg *sync.WaitGroup, name string) *peer {
	a, b := net.Pipe()
	wg.Go(func() {
		if err := r.serve(b); err != nil {
			fmt.Println("serve:", err)
		}
	})
	p := &peer{a, bufio.NewReader(a), a}
	fmt.Fprintln(p, name)
	return p
}

func (p *peer) read() string {
	s, err := p.in.ReadString('\n')
	if err != nil {
		return "<" + err.Error() + ">"
	}
	return strings.TrimSpace(s)
}

func (p *peer) ask(s string) string {
	fmt.Fprintln(p, s)
	return p.read()
}

func main() {
	r := &room{clients: map[string]*client{}}
	r.cmds = map[string]func(*room, *client, []string) error{
		"who": func(r *room, c *client, _ []string) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			var ns []string
			for n := range r.clients {
				ns = append(ns, n)
			}
			sort.Strings(ns)
			c.out <- strings.Join(ns, ",")
			return nil
		},
		"msg": func(r *room, c *client, a []string) error {
			if len(a) < 2 {
				return fmt.Errorf("usage: /msg name text")
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			to, ok := r.clients[a[0]]
			if !ok {
				return fmt.Errorf("no %q here", a[0])
			}
			to.out <- "(" + c.name + ") " + strings.Join(a[1:], " ")
			c.out <- "ok"
			return nil
		},
		"quit": func(*room, *client, []string) error { return fmt.Errorf("bye: %w", errQuit) },
	}
	var wg sync.WaitGroup
	ann := dial(r, &wg, "ann")
	fmt.Println(ann.read())
	bob := dial(r, &wg, "bob")
	fmt.Println(bob.read(), "|", ann.ask("/who"))
	fmt.Println(ann.ask("hello"), "|", bob.read())
	fmt.Println(bob.ask("/msg ann psst there"), "|", ann.read())
	fmt.Println(bob.ask("/msg eve x"), "|", bob.ask("/msg"), "|", bob.ask("/dance"))
	twin := dial(r, &wg, "bob")
	fmt.Println(twin.read(), twin.read())
	fmt.Println(bob.ask("/quit"))
	fmt.Println(ann.ask("anyone?"), ann.ask("/who"))
	ann.c.Close()
	wg.Wait()
	fmt.Println(len(r.clients), r.history)
}
