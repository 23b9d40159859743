package main

import (
	"errors"
	"fmt"
	"strings"
)

type Command interface {
	Do(*Doc) error
	Undo(*Doc)
}
type Doc struct {
	lines []string
	sel   struct{ from, to int }
}
type insert struct {
	at   int
	text []string
}
type remove struct {
	at, n int
	saved []string
}
type macro struct {
	name string
	cmds []Command
	done int
}
type replace struct {
	old, new string
	undo     func(*Doc)
}

var ErrRange = errors.New("out of range")

func (c insert) Do(d *Doc) error {
	if c.at > len(d.lines) {
		return fmt.Errorf("insert at %d: %w", c.at, ErrRange)
	}
	d.lines = append(d.lines[:c.at:c.at], append(append([]string{}, c.text...), d.lines[c.at:]...)...)
	return nil
}
func (c insert) Undo(d *Doc) { d.lines = append(d.lines[:c.at], d.lines[c.at+len(c.text):]...) }
func (c *remove) Do(d *Doc) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrRange, r)
		}
	}()
	c.saved = append([]string(nil), d.lines[c.at:c.at+c.n]...)
	d.lines = append(d.lines[:c.at], d.lines[c.at+c.n:]...)
	return
}
func (c *remove) Undo(d *Doc) { _ = insert{c.at, c.saved}.Do(d) }
func (m *macro) Do(d *Doc) error {
	for _, c := range m.cmds {
		if err := c.Do(d); err != nil {
			m.Undo(d)
			return fmt.Errorf("%s: %w", m.name, err)
		}
		m.done++
	}
	return nil
}
func (m *macro) Undo(d *Doc) {
	for ; m.done > 0; m.done-- {
		m.cmds[m.done-1].Undo(d)
	}
}
func (r *replace) Do(d *Doc) error {
	n := 0
	before := append([]string{}, d.lines...)
	for i, l := range d.lines {
		if s := strings.ReplaceAll(l, r.old, r.new); s != l {
			d.lines[i] = s
			n++
		}
	}
	r.undo = func(d *Doc) { copy(d.lines, before) }
	if n == 0 {
		return fmt.Errorf("no %q", r.old)
	}
	return nil
}
func (r *replace) Undo(d *Doc) { r.undo(d) }

type Editor struct {
	Doc
	undo, redo []Command
}

func (e *Editor) Exec(c Command) *Editor {
	if err := c.Do(&e.Doc); err != nil {
		fmt.Println("error:", err, errors.Is(err, ErrRange))
		return e
	}
	e.undo = append(e.undo, c)
	e.redo = nil
	return e
}

func shift(from, to *[]Command, f func(Command)) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	c := (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, c)
	f(c)
	return true
}

func (e *Editor) Undo() bool { return shift(&e.undo, &e.redo, func(c Command) { c.Undo(&e.Doc) }) }
func (e *Editor) Redo() bool {
	return shift(&e.redo, &e.undo, func(c Command) {
		if err := c.Do(&e.Doc); err != nil {
			panic(err)
		}
	})
}
func (e Editor) String() string { return strings.Join(e.lines, "|") }

func main() {
	e := &Editor{}
	e.Exec(insert{0, []string{"one", "two", "three"}}).Exec(insert{1, []string{"1.5"}}).Exec(&remove{at: 2, n: 1})
	fmt.Println(e, len(e.undo))
	e.Exec(insert{9, nil}).Exec(&remove{at: 2, n: 5})
	e.Exec(&macro{name: "mac", cmds: []Command{&replace{old: "e", new: "E"}, insert{0, []string{"top"}}, &remove{at: 1, n: 1}}})
	fmt.Println(e)
	e.Exec(&macro{name: "bad", cmds: []Command{insert{0, []string{"zzz"}}, &replace{old: "nothing", new: ""}}})
	fmt.Println(e)
	for e.Undo() {
		fmt.Println("undo", e, len(e.redo))
	}
	for e.Redo() {
		fmt.Println("redo", *e)
	}
	fmt.Println(e.Undo(), e.Undo(), e, e.Redo())
	for _, c := range e.undo {
		switch c := c.(type) {
		case insert:
			fmt.Printf("%T %+v; ", c, c)
		case *remove:
			fmt.Printf("%T %+v; ", c, *c)
		case *macro:
			fmt.Printf("%T %s %d; ", c, c.name, len(c.cmds))
		}
	}
	fmt.Println()
}
