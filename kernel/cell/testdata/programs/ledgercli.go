package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

type Command struct {
	Name  string
	Args  int
	Help  string
	Run   func(*Shell, []string) error
	alias []string
}

type Shell struct {
	in    *bufio.Scanner
	out   io.Writer
	env   map[string]string
	cmds  map[string]*Command
	hist  []string
	depth int
}

var ErrExit = errors.New("exit")

type usageError struct{ *Command }

func (u usageError) Error() string { return "usage: " + u.Name + " " + u.Help }

func (s *Shell) register(cs ...*Command) {
	for _, c := range cs {
		for _, n := range append(c.alias, c.Name) {
			if _, dup := s.cmds[n]; dup {
				panic("duplicate " + n)
			}
			s.cmds[n] = c
		}
	}
}

func (s *Shell) expand(w string) string {
	return os.Expand(w, func(k string) string {
		if v, ok := s.env[k]; ok {
			return v
		}
		return "<" + k + "?>"
	})
}

func (s *Shell) exec(line string) (err error) {
	if s.depth++; s.depth > 5 {
		return errors.New("too deep")
	}
	defer func() { s.depth-- }()
	for part := range strings.SplitSeq(line, ";") {
		f := strings.Fields(part)
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		for i := range f {
			f[i] = s.expand(f[i])
		}
		c := s.cmds[f[0]]
		switch {
		case c == nil:
			err = fmt.Errorf("%s: not found", f[0])
		case len(f)-1 < c.Args:
			err = usageError{c}
		default:
			err = c.Run(s, f[1:])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Shell) Loop() {
	for n := 1; s.in.Scan(); n++ {
		line := s.in.Text()
		s.hist = append(s.hist, line)
		err := s.exec(line)
		var u usageError
		switch {
		case errors.Is(err, ErrExit):
			fmt.Fprintln(s.out, "bye")
			return
		case errors.As(err, &u):
			fmt.Fprintf(s.out, "%d: %v (%d args)\n", n, u, u.Args)
		case err != nil:
			fmt.Fprintf(s.out, "%d: error: %v\n", n, err)
		}
	}
}

func main() {
	s := &Shell{in: bufio.NewScanner(strings.NewReader("set x 5\necho x is $x ${y} $$\nadd 1 2 $x\nset\nadd 1 b; echo never\nhist 2\nrun echo nested; echo two\nset self run $self; run $self\n# comment\n\nkeys | sort\nfoo\nq\necho after")), out: os.Stdout, env: map[string]string{"HOME": "/h"}, cmds: map[string]*Command{}}
	s.register(
		&Command{"set", 2, "name value...", func(s *Shell, a []string) error { s.env[a[0]] = strings.Join(a[1:], " "); return nil }, nil},
		&Command{Name: "echo", Run: func(s *Shell, a []string) error { _, err := fmt.Fprintln(s.out, strings.Join(a, " ")); return err }, alias: []string{"print"}},
		&Command{Name: "add", Args: 1, Run: func(s *Shell, a []string) error {
			sum := 0
			for i, x := range a {
				n, err := strconv.Atoi(x)
				if err != nil {
					return fmt.Errorf("arg %d: %w", i, err)
				}
				sum += n
			}
			fmt.Fprintln(s.out, sum)
			return nil
		}},
		&Command{Name: "hist", Args: 1, Help: "n", Run: func(s *Shell, a []string) error {
			n, _ := strconv.Atoi(a[0])
			for i, l := range s.hist[max(0, len(s.hist)-n):] {
				fmt.Fprintf(s.out, "%2d %q\n", i, l)
			}
			return nil
		}},
		&Command{Name: "run", Run: func(s *Shell, a []string) error { return s.exec(strings.Join(a, " ")) }},
		&Command{Name: "keys", Run: func(s *Shell, a []string) error {
			fmt.Fprintln(s.out, slices.Sorted(maps.Keys(s.env)), slices.Sorted(maps.Keys(s.cmds)))
			return nil
		}},
		&Command{Name: "quit", alias: []string{"q", "exit"}, Run: func(*Shell, []string) error { return fmt.Errorf("quit: %w", ErrExit) }},
	)
	s.Loop()
	fmt.Println(len(s.hist), s.env["x"], s.depth)
	defer func() { fmt.Println(recover()) }()
	s.register(&Command{Name: "new", alias: []string{"add"}})
}
