package assist

import (
	"errors"
	"fmt"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"regexp"
	"strings"
)

// Format returns a cell as gofmt would write it. A cell may mix what gofmt takes
// only apart: declarations and statements are formatted in runs. Lines at its head
// that are not Go stay as they are. An error names the line and column in code.
func Format(code string) (string, error) {
	src, _ := goCode(code, len(code))
	head := len(src) - len(strings.TrimLeft(src, " \t\n"))
	head = strings.LastIndexByte(src[:head], '\n') + 1
	body := src[head:]
	var b strings.Builder
	b.WriteString(code[:head])
	for _, r := range runs(body) {
		out, err := formatRun(body[r.from:r.to], r.kind)
		if err != nil {
			return "", located(err, code[:head]+body[:r.from])
		}
		if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte('\n')
		}
		b.WriteString(out)
	}
	return strings.TrimRight(b.String(), " \t\n") + "\n", nil
}

// formatRun formats declarations or statements. Declarations are made a file, since
// gofmt misplaces the first of a list without a package clause.
func formatRun(text string, k kind) (string, error) {
	const clause = "package p\n\n"
	if k != declaration || strings.HasPrefix(strings.TrimSpace(text), "package ") {
		out, err := format.Source([]byte(text))
		return string(out), err
	}
	lead := text[:len(text)-len(strings.TrimLeft(text, "\n"))]
	out, err := format.Source([]byte(clause + text))
	var list scanner.ErrorList
	if errors.As(err, &list) {
		for _, e := range list {
			e.Pos.Line -= strings.Count(clause, "\n")
		}
	}
	return lead + strings.TrimPrefix(string(out), clause), err
}

// run is a part of a cell that gofmt takes as a whole.
type run struct {
	from, to int
	kind     kind
}

// runs splits a cell into the longest parts that are declarations or statements.
func runs(code string) []run {
	var out []run
	for _, c := range scan(code).chunks {
		k := kindOf(code[c[0]:c[1]])
		next := run{c[0], lineEnd(code, c[1]), k}
		if n := len(out); n > 0 {
			last := &out[n-1]
			if k == last.kind || k == either || last.kind == either {
				last.to, last.kind = max(last.to, next.to), max(last.kind, k)
				continue
			}
			next.from = max(next.from, last.to)
			next.to = max(next.from, next.to)
		}
		out = append(out, next)
	}
	if n := len(out); n > 0 {
		out[n-1].to = len(code)
	}
	return out
}

// kind says where a part of a cell may stand in a file.
type kind int

const (
	either      kind = iota // types, variables, constants, comments, and what does not parse
	declaration             // imports and functions
	statement
)

func kindOf(text string) kind {
	if strings.TrimSpace(text) == "" {
		return either
	}
	fset := token.NewFileSet()
	_, err := parser.ParseFile(fset, "", "package p;"+text, parser.SkipObjectResolution)
	_, inside := parser.ParseFile(fset, "", "package p;func _() {"+text+"\n}", parser.SkipObjectResolution)
	switch {
	case err == nil && inside != nil, err != nil && inside != nil && function.MatchString(text):
		return declaration
	case err != nil && inside == nil:
		return statement
	}
	return either
}

// function matches the head of a function, which wrong code may have as well.
var function = regexp.MustCompile(`^\s*func\s+(\([^)]*\)\s*)?\w`)

// lineEnd moves an offset behind the comment that ends its line, if nothing else
// does.
func lineEnd(code string, off int) int {
	line, _, _ := strings.Cut(code[off:], "\n")
	text := strings.TrimLeft(line, "; \t\r")
	if text == "" || strings.HasPrefix(text, "//") || strings.HasPrefix(text, "/*") && strings.HasSuffix(text, "*/") {
		return min(off+len(line)+1, len(code))
	}
	return off
}

// located adds the lines before a part to the places in an error about it.
func located(err error, before string) error {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return err
	}
	e := list[0]
	line, col := e.Pos.Line+strings.Count(before, "\n"), e.Pos.Column
	if e.Pos.Line == 1 {
		col += len(before) - strings.LastIndexByte(before, '\n') - 1
	}
	return fmt.Errorf("line %d, column %d: %s", line, col, e.Msg)
}
