package main

import (
	"fmt"
	"strings"
)

type State int

const (
	Idle State = iota
	Running
	Paused
	Stopped
	numStates
)

var names = [numStates]string{Idle: "idle", Running: "running", Stopped: "stopped", Paused: "paused"}

func (s State) String() string { return names[s] }

type Event string

type key struct {
	State
	Event
}

type action func(m *Machine, args ...any) error

type Machine struct {
	State
	table map[key]struct {
		next State
		do   action
	}
	trace []string
	ticks int
}

func (m *Machine) on(from State, e Event, to State, do action) *Machine {
	if m.table == nil {
		m.table = make(map[key]struct {
			next State
			do   action
		})
	}
	m.table[key{from, e}] = struct {
		next State
		do   action
	}{to, do}
	return m
}

type BadTransition struct {
	From State
	Ev   Event
}

func (b BadTransition) Error() string { return fmt.Sprintf("no %q in %v", b.Ev, b.From) }

func (m *Machine) Fire(e Event, args ...any) error {
	t, ok := m.table[key{m.State, e}]
	if !ok {
		return BadTransition{m.State, e}
	}
	if t.do != nil {
		if err := t.do(m, args...); err != nil {
			return err
		}
	}
	m.trace = append(m.trace, fmt.Sprintf("%v-%s->%v", m.State, e, t.next))
	m.State = t.next
	return nil
}

func main() {
	m := new(Machine)
	tick := func(m *Machine, args ...any) error {
		for _, a := range args {
			switch n := a.(type) {
			case int:
				m.ticks += n
			case string:
				m.ticks += len(n)
			case nil:
				return fmt.Errorf("nil tick")
			case func() int:
				m.ticks *= n()
			}
		}
		return nil
	}
	m.on(Idle, "start", Running, nil).on(Running, "tick", Running, tick).on(Running, "pause", Paused, nil).
		on(Paused, "start", Running, func(m *Machine, _ ...any) error { m.ticks = -m.ticks; return nil }).
		on(Running, "stop", Stopped, nil)
	for _, step := range []struct {
		e    Event
		args []any
	}{{e: "start"}, {"tick", []any{3, "four"}}, {"tick", []any{nil}}, {"pause", nil}, {e: "tick"}, {e: "start"}, {"tick", []any{func() int { return 10 }}}, {e: "stop"}} {
		if err := m.Fire(step.e, step.args...); err != nil {
			fmt.Println("error:", err, err == BadTransition{Paused, "tick"})
		}
	}
	fmt.Println(m.State, m.ticks, len(m.table))
	fmt.Println(strings.Join(m.trace, "\n"))
	fmt.Printf("%v %d %s %+v %#v\n", m.State, m.State, key{Idle, "x"}, key{Idle, "x"}, key{Paused, "x"})
	fmt.Println(names, len(names))

	// a lexer as state functions
	type stateFn func(*strings.Reader, *[]string) stateFn
	var text, tag stateFn
	var cur []rune
	flush := func(out *[]string, pre string) {
		if len(cur) > 0 {
			*out = append(*out, pre+string(cur))
			cur = cur[:0]
		}
	}
	text = func(r *strings.Reader, out *[]string) stateFn {
		c, _, err := r.ReadRune()
		switch {
		case err != nil:
			flush(out, "T:")
			return nil
		case c == '<':
			flush(out, "T:")
			return tag
		}
		cur = append(cur, c)
		return text
	}
	tag = func(r *strings.Reader, out *[]string) stateFn {
		c, _, err := r.ReadRune()
		if err != nil || c == '>' {
			flush(out, "G:")
			return text
		}
		cur = append(cur, c)
		return tag
	}
	var out []string
	r := strings.NewReader("hi <b>wörld</b>!<br")
	for f := text; f != nil; {
		f = f(r, &out)
	}
	fmt.Printf("%q\n", out)
}
