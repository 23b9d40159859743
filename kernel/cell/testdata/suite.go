// Package testdata holds what cells must print: feature scripts, scripts of whole
// sessions, and programs beside what they print when they are compiled. The tests
// of package cell read the files; the report of the whole kernel, which runs where
// there is no source, reads what is embedded here.
package testdata

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/tools/txtar"
)

// Files are the feature scripts and the programs.
//
//go:embed features programs
var Files embed.FS

// Script is a run of cells in one session.
type Script struct {
	Name  string
	Steps []*Step
}

// Step is a cell with what it must print and the errors it must end with, nil where
// nothing is expected.
type Step struct {
	N        int
	Cell     string
	Out, Err *txtar.File
}

// Parse reads the scripts of an archive. An entry "script NAME" starts a script;
// "cell N", "out N" and "err N" follow.
func Parse(a *txtar.Archive) ([]*Script, error) {
	cur := &Script{}
	list := []*Script{cur}
	for i := range a.Files {
		f := &a.Files[i]
		kind, rest, _ := strings.Cut(f.Name, " ")
		if kind == "script" {
			cur = &Script{Name: rest}
			list = append(list, cur)
			continue
		}
		var n int
		fmt.Sscan(rest, &n)
		if kind == "cell" {
			cur.Steps = append(cur.Steps, &Step{N: n, Cell: strings.TrimSuffix(string(f.Data), "\n")})
			continue
		}
		step := cur.step(n)
		switch {
		case step == nil:
			return nil, fmt.Errorf("script %s: no cell %d", cur.Name, n)
		case kind == "out":
			step.Out = f
		case kind == "err":
			step.Err = f
		default:
			return nil, fmt.Errorf("script %s: entry %q", cur.Name, f.Name)
		}
	}
	return list, nil
}

// uses reports whether a cell mentions a package below path.
func (s *Script) uses(path string) bool {
	for _, st := range s.Steps {
		if strings.Contains(st.Cell, `"`+path) {
			return true
		}
	}
	return false
}

func (s *Script) step(n int) *Step {
	for _, st := range s.Steps {
		if st.N == n {
			return st
		}
	}
	return nil
}

// Features returns the feature scripts, named after their files, without those that
// need a package of the tests.
func Features() ([]*Script, error) {
	names, err := fs.Glob(Files, "features/*.txtar")
	if err != nil {
		return nil, err
	}
	var all []*Script
	for _, name := range names {
		b, err := Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list, err := Parse(txtar.Parse(b))
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			if len(s.Steps) > 0 && !s.uses("descent/kernel/cell/internal/") {
				s.Name = strings.TrimSuffix(path.Base(name), ".txtar") + "/" + s.Name
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// Program is a Go program and what it prints when it is compiled.
type Program struct{ Name, Source, Output string }

// Programs returns the programs.
func Programs() ([]Program, error) {
	names, err := fs.Glob(Files, "programs/*.go")
	if err != nil {
		return nil, err
	}
	var all []Program
	for _, name := range names {
		src, err := Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(name, ".go")
		record, err := Files.ReadFile(base + ".out")
		if err != nil {
			return nil, err
		}
		_, out, _ := strings.Cut(string(record), "\n") // after the hash of the source
		all = append(all, Program{path.Base(base), string(src), out})
	}
	return all, nil
}
