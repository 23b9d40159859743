package magic

import (
	"fmt"
	"go/ast"
	"go/parser"
	"strings"
	"text/tabwriter"
	"time"
)

// builtin returns the commands of this package.
func builtin(r *Registry) []Command {
	return []Command{
		{Name: "help", Help: "lists these commands", Run: r.help},
		{Name: "time", Usage: "[code]", Help: "runs the code, or the rest of the cell, and says how long it took", Run: runTime},
		{Name: "timeit", Usage: "code", Help: "runs the code many times and says how long one run takes", Run: runTimeit},
		{Name: "who", Usage: "[name...]", Help: "lists what cells have declared", Run: runWho},
		{Name: "reset", Help: "forgets everything that cells have declared", Run: runReset},
		{Name: "fmt", Help: "puts the cell as gofmt would write it in its place", Run: runFmt},
	}
}

func (r *Registry) help(h Host, l Line) (bool, error) {
	var md, tx strings.Builder
	md.WriteString("| line | what it does |\n|--|--|\n")
	w := tabwriter.NewWriter(&tx, 0, 0, 2, ' ', 0)
	row := func(line, what string) {
		fmt.Fprintf(&md, "| `%s` | %s |\n", line, what)
		fmt.Fprintf(w, "%s\t%s\n", line, what)
	}
	for _, c := range r.Commands() {
		row(strings.TrimSpace("%"+c.Name+" "+c.Usage), c.Help)
	}
	row("!command", "runs a command in the shell")
	row("name?", "shows the documentation of a name")
	if err := w.Flush(); err != nil {
		return true, err
	}
	h.Show(md.String(), tx.String())
	return false, nil
}

func runTime(h Host, l Line) (bool, error) {
	code, took := l.Code, false
	if code == "" {
		code, took = l.Body, true
	}
	start := time.Now()
	err := h.Evaluate(code)
	fmt.Fprintf(h.Stdout(), "wall time: %s\n", round(time.Since(start)))
	return took, err
}

// round keeps three digits or so of a duration.
func round(d time.Duration) time.Duration {
	for unit := time.Nanosecond; ; unit *= 10 {
		if d < 1000*unit {
			return d.Round(unit)
		}
	}
}

const (
	timeitRun  = 100 * time.Millisecond // one measurement takes at least this
	timeitRuns = 5
)

func runTimeit(h Host, l Line) (bool, error) {
	code, took := l.Code, false
	if code == "" {
		code, took = l.Body, true
	}
	text := strings.TrimSpace(code)
	if text == "" {
		return true, &Error{"%timeit needs code to run"}
	}
	above, assign := code[:strings.Index(code, text)], ""
	if e, err := parser.ParseExpr(text); err == nil {
		if _, call := e.(*ast.CallExpr); !call {
			assign = "_ = "
		}
	}
	run := func(n int) (time.Duration, error) {
		head := "{" + assign // at first, since it fits into the blanks
		if n > 1 {
			head = fmt.Sprintf("for range %d {%s", n, assign)
		}
		start := time.Now()
		err := h.Evaluate(opened(above, head) + text + "\n}")
		return time.Since(start), err
	}
	n := 1
	for {
		d, err := run(n)
		if err != nil {
			return true, err
		}
		if d >= timeitRun || n >= 1e8 {
			break
		}
		grow := 10
		if d > timeitRun/10 {
			grow = 2
		}
		n *= grow
	}
	best := time.Duration(1<<63 - 1)
	for range timeitRuns {
		d, err := run(n)
		if err != nil {
			return true, err
		}
		best = min(best, d)
	}
	per := best / time.Duration(n)
	if per < 100 {
		fmt.Fprintf(h.Stdout(), "%.1f ns per run (best of %d, %d runs each)\n", float64(best)/float64(n), timeitRuns, n)
	} else {
		fmt.Fprintf(h.Stdout(), "%s per run (best of %d, %d runs each)\n", round(per), timeitRuns, n)
	}
	return took, nil
}

// opened puts the head of a block before code, into the blanks that stand there as far
// as it fits, so that the code stays on its line.
func opened(blanks, head string) string {
	i := strings.LastIndex(blanks, "\n") + 1
	if i > 0 {
		return head + blanks
	}
	return head + blanks[min(len(head), len(blanks)):]
}

func runWho(h Host, l Line) (bool, error) {
	wanted := map[string]bool{}
	for _, n := range strings.Fields(l.Args) {
		wanted[n] = true
	}
	var md, tx strings.Builder
	md.WriteString("| name | type | cell | value |\n|--|--|--|--|\n")
	w := tabwriter.NewWriter(&tx, 0, 0, 2, ' ', 0)
	n := 0
	for _, v := range h.Vars() {
		if len(wanted) > 0 && !wanted[v.Name] {
			continue
		}
		n++
		fmt.Fprintf(w, "%s\t%s\tcell %d\t%s\n", v.Name, v.Type, v.Cell, v.Value)
		fmt.Fprintf(&md, "| `%s` | `%s` | %d | %s |\n", v.Name, escape(v.Type), v.Cell, code(v.Value))
	}
	if n == 0 {
		fmt.Fprintln(h.Stdout(), "no cell has declared anything")
		return false, nil
	}
	if err := w.Flush(); err != nil {
		return true, err
	}
	h.Show(md.String(), tx.String())
	return false, nil
}

// escape keeps a bar from ending a column.
func escape(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + escape(strings.ReplaceAll(s, "`", "'")) + "`"
}

func runReset(h Host, l Line) (bool, error) {
	if err := h.Reset(); err != nil {
		return true, err
	}
	fmt.Fprintln(h.Stdout(), "everything that cells have declared is forgotten")
	return false, nil
}

func runFmt(h Host, l Line) (bool, error) {
	if l.Args != "" {
		return true, &Error{"%fmt takes no arguments, got " + l.Args + "; the code to format stands on the lines below it"}
	}
	code := strings.TrimLeft(l.Body, "\n")
	if err := h.Format(code, strings.Count(l.Body[:len(l.Body)-len(code)], "\n")); err != nil {
		return true, &Error{"%fmt: " + err.Error()}
	}
	return true, nil
}
