package magic

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
)

// Host is what commands ask of the session.
type Host interface {
	// Evaluate runs Go code as part of the current cell.
	Evaluate(code string) error
	// Vars lists what cells have declared.
	Vars() []Var
	// Reset forgets all of it.
	Reset() error
	// Help describes a name, as markdown and as text.
	Help(name string) (markdown, text string, ok bool)
	// Format asks the client to put code, as gofmt would write it, in the place of
	// the cell. An error names lines of the cell, which has above lines before code.
	Format(code string, above int) error
	// Stdout and Stderr print under the cell.
	Stdout() io.Writer
	Stderr() io.Writer
	// Show displays a markdown text with its plain form.
	Show(markdown, text string)
	// Page shows one in the pager, or under the cell where there is none.
	Page(markdown, text string)
}

// Var is something that a cell has declared.
type Var struct {
	Name, Kind, Type string
	Cell             int
	Value            string // short, "" if it has none
}

// Command is a line that begins with %Name.
type Command struct {
	Name  string
	Usage string // arguments, for %help
	Help  string // one line
	// Run executes the command. It reports whether it has taken care of the body.
	Run func(h Host, l Line) (took bool, err error)
}

// Line is a line that begins with %.
type Line struct {
	Args string // what follows the name of the command
	Code string // Args, on the line and in the column of the cell where they stand
	Body string // the Go code below, on its lines
}

// Error is a command that cannot be understood.
type Error struct{ Msg string }

func (e *Error) Error() string { return e.Msg }

// Registry holds the commands of a session.
type Registry struct {
	host Host
	m    map[string]Command

	mu      sync.Mutex
	stop    func() // ends the process that runs
	stopped bool   // the cell has been interrupted
}

// New returns a registry with the commands of this package.
func New(h Host) *Registry {
	r := &Registry{host: h, m: map[string]Command{}}
	for _, c := range builtin(r) {
		r.Register(c)
	}
	return r
}

// Register adds a command, or replaces the one of its name.
func (r *Registry) Register(c Command) { r.m[c.Name] = c }

// Commands lists the commands by name.
func (r *Registry) Commands() []Command {
	out := make([]Command, 0, len(r.m))
	for _, c := range r.m {
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Run executes the lines at the head of code that are not Go. It returns the Go
// code that is left, on the lines where it was, or done if there is none to run.
func (r *Registry) Run(code string) (rest string, done bool, err error) {
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		text := strings.TrimSpace(line)
		if text == "" {
			continue
		}
		switch {
		case strings.HasPrefix(text, "!"):
			if err := r.shell(strings.TrimSpace(text[1:])); err != nil {
				return "", true, err
			}
		case strings.HasPrefix(text, "%"):
			name, args, _ := strings.Cut(strings.TrimLeft(text, "%"), " ")
			c, ok := r.m[name]
			if !ok {
				return "", true, &Error{fmt.Sprintf("there is no command %%%s; %%help lists those there are", name)}
			}
			l := Line{Args: strings.TrimSpace(args), Body: strings.Repeat("\n", i+1) + strings.Join(lines[i+1:], "\n")}
			if l.Args != "" {
				l.Code = strings.Repeat("\n", i) + strings.Repeat(" ", strings.LastIndex(line, l.Args)) + l.Args
			}
			took, err := c.Run(r.host, l)
			if err != nil || took {
				return "", true, err
			}
		case isQuestion(text):
			if err := r.question(text); err != nil {
				return "", true, err
			}
		default:
			if i == 0 {
				return code, false, nil
			}
			return strings.Repeat("\n", i) + strings.Join(lines[i:], "\n"), false, nil
		}
	}
	return "", true, nil
}

// isQuestion reports whether a line is name? or ?name.
func isQuestion(text string) bool {
	if strings.HasPrefix(text, "?") {
		return true
	}
	name, ok := strings.CutSuffix(text, "?")
	return ok && name != "" && !strings.ContainsAny(name, " \t\"`'(){}=;")
}

func (r *Registry) question(text string) error {
	name := strings.Trim(text, "? ")
	md, plain, ok := r.host.Help(name)
	if !ok {
		return &Error{"nothing is known about " + name}
	}
	r.host.Page(md, plain)
	return nil
}

// Begin begins a cell: it forgets an Interrupt of an earlier one.
func (r *Registry) Begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = false
}

// Interrupt ends the process that a ! line has started, and those that later
// lines of the cell would start.
func (r *Registry) Interrupt() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	if r.stop != nil {
		r.stop()
	}
}
