package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

type Message any
type Stop struct{}
type Ask[T any] struct {
	Body  Message
	Reply chan T
}

type Actor interface {
	Receive(ctx *Context, m Message) error
}
type ActorFunc func(*Context, Message) error

func (f ActorFunc) Receive(c *Context, m Message) error { return f(c, m) }

type Context struct {
	context.Context
	Self *Ref
	sys  *System
}
type Ref struct {
	name string
	box  chan Message
	done chan struct{}
	err  error
}

func (r *Ref) Tell(m Message) bool {
	select {
	case <-r.done:
		return false
	default:
	}
	select {
	case r.box <- m:
		return true
	case <-r.done:
		return false
	}
}

type System struct {
	mu     sync.Mutex
	actors map[string]*Ref
	wg     sync.WaitGroup
	log    []string
}

type crash struct {
	actor string
	cause any
}

func (c crash) Error() string { return fmt.Sprintf("%s crashed: %v", c.actor, c.cause) }

func (s *System) Spawn(ctx context.Context, name string, mk func() Actor, restarts int) *Ref {
	r := &Ref{name: name, box: make(chan Message, 8), done: make(chan struct{})}
	s.mu.Lock()
	if s.actors == nil {
		s.actors = map[string]*Ref{}
	}
	s.actors[name] = r
	s.mu.Unlock()
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		defer close(r.done)
		for try := 0; ; try++ {
			r.err = s.loop(ctx, r, mk())
			var c crash
			if !errors.As(r.err, &c) || try == restarts {
				return
			}
			s.logf("restart %s: %v", name, c.cause)
		}
	}()
	return r
}

func (s *System) loop(ctx context.Context, r *Ref, a Actor) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = crash{r.name, p}
		}
	}()
	c := &Context{ctx, r, s}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m := <-r.box:
			if _, stop := m.(Stop); stop {
				return nil
			}
			if err := a.Receive(c, m); err != nil {
				return err
			}
		}
	}
}

func (s *System) logf(f string, a ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, fmt.Sprintf(f, a...))
}

func Request[T any](r *Ref, m Message) (v T, err error) {
	ch := make(chan T, 1)
	if !r.Tell(Ask[T]{m, ch}) {
		return v, errors.New(r.name + " is gone")
	}
	select {
	case v = <-ch:
	case <-r.done:
		err = fmt.Errorf("%s died: %w", r.name, r.err)
	case <-time.After(3 * time.Second):
		err = context.DeadlineExceeded
	}
	return
}

type counter struct{ n int }

func (c *counter) Receive(ctx *Context, m Message) error {
	switch m := m.(type) {
	case int:
		if m < 0 {
			var a []int
			a[-m] = 1
		}
		c.n += m
	case string:
		return fmt.Errorf("%s got %q", ctx.Self.name, m)
	case Ask[int]:
		m.Reply <- c.n
	case Ask[string]:
		m.Reply <- strings.Repeat("*", c.n) + fmt.Sprint(m.Body)
	}
	return nil
}

func main() {
	var sys System
	ctx, cancel := context.WithCancel(context.Background())
	c := sys.Spawn(ctx, "counter", func() Actor { return &counter{} }, 1)
	for i := range 5 {
		c.Tell(i)
	}
	fmt.Println(Request[int](c, nil))
	fmt.Println(Request[string](c, "!"))
	c.Tell(-3)
	fmt.Println(Request[int](c, nil))
	c.Tell(7)
	c.Tell(-1)
	<-c.done
	_, err := Request[int](c, nil)
	fmt.Println(err, c.err)
	w := sys.Spawn(ctx, "worker", func() Actor { return new(counter) }, 0)
	w.Tell("hi")
	<-w.done
	fmt.Println(w.err, w.Tell(1))
	echo := sys.Spawn(ctx, "echo", func() Actor {
		seen := 0
		return ActorFunc(func(c *Context, m Message) error {
			seen++
			if a, ok := m.(Ask[[]string]); ok {
				a.Reply <- []string{c.Self.name, fmt.Sprint(seen), fmt.Sprintf("%T", a)}
			}
			return c.Err()
		})
	}, 0)
	echo.Tell(1.5)
	fmt.Println(Request[[]string](echo, 0))
	stopped := sys.Spawn(ctx, "stopped", func() Actor { return &counter{} }, 0)
	stopped.Tell(Stop{})
	<-stopped.done
	cancel()
	sys.wg.Wait()
	var names []string
	for n, r := range sys.actors {
		names = append(names, fmt.Sprint(n, "=", r.err))
	}
	sort.Strings(names)
	fmt.Println(strings.Join(names, "\n"))
	fmt.Println(sys.log)
}
