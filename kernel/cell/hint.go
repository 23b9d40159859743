package cell

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"
)

var undefinedName = regexp.MustCompile(`^undefined: (\pL[\pL\p{N}_]*)$`)

var noMember = regexp.MustCompile(`^(\pL[\pL\p{N}_]*)\.(\S+) undefined \(type `)

// hiddenHint says that a variable of a cell hides the package of its name, which
// has the member that the variable has not.
func (u *unit) hiddenHint(name, member string) string {
	path := u.c.preload[name]
	if path == "" && len(stdNames[name]) > 0 {
		path = stdNames[name][0]
	}
	e := u.c.live[name]
	if path == "" || e == nil || e.kind != varKind {
		return ""
	}
	if p, err := u.c.imp.Import(path); err != nil || p.Scope().Lookup(member) == nil {
		return ""
	}
	return "the variable " + name + " of cell " + itoa(e.cell) + " hides the package " + path + "; to use both, import it under another name"
}

// hint adds to errors what the session knows better.
func (u *unit) hint(d Diagnostics) Diagnostics {
	for i := range d {
		m := undefinedName.FindStringSubmatch(d[i].Msg)
		if m == nil {
			if strings.HasPrefix(d[i].Msg, "undefined: syscall.") {
				d[i].Hint = "cells see only what all systems have of syscall; use os, os/exec or os/signal"
			}
			if m := noMember.FindStringSubmatch(d[i].Msg); m != nil {
				d[i].Hint = u.hiddenHint(m[1], m[2])
			}
			continue
		}
		name := m[1]
		if e := u.c.live[name]; e != nil && e.stale != "" {
			d[i].Msg = u.staleMessage(e)
			continue
		}
		if n := nearest(name, u.visible()); n != "" && len(stdNames[name]) == 0 {
			d[i].Hint = "did you mean " + n + "?"
		}
		if paths := stdNames[name]; len(paths) > 0 {
			q := make([]string, len(paths))
			for k, p := range paths {
				q[k] = `import "` + p + `"`
			}
			d[i].Hint = strings.Join(q, " or ")
		}
	}
	for i := range d {
		if d[i].Hint == "" {
			d[i].Hint = u.memberHint(d[i].Msg)
		}
	}
	return d.habits()
}

func (u *unit) staleMessage(e *entity) string {
	if e.kind == varKind {
		return e.key + " was made by the old " + e.stale + ": stale; run cell " + itoa(e.cell) + " again"
	}
	return e.key + " is stale: " + e.stale + "; correct cell " + itoa(e.cell) + " and run it again"
}

// packageHint suggests the import path that was meant.
func packageHint(path string) string {
	base := path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		base = path[i+1:]
	}
	if paths := stdNames[base]; len(paths) > 0 && paths[0] != path {
		return `did you mean "` + paths[0] + `"?`
	}
	if n := nearest(base, sorted(stdNames)); n != "" && len(stdNames[base]) == 0 {
		return `did you mean "` + stdNames[n][0] + `"?`
	}
	return ""
}

// warnings tells what the reader should know of a correct cell: packages that its
// variables hide, and what it makes stale.
func (u *unit) warnings() Diagnostics {
	var r Diagnostics
	for name, o := range u.vars() {
		path := u.c.preload[name]
		if path == "" || u.c.live[name] != nil {
			continue
		}
		if src, off, ok := u.c.find(o.Pos()); ok {
			r = append(r, src.diagnose(off, len(name), "the variable "+name+" hides the package "+path+" from now on (import it under another name to use both)"))
		}
	}
	for _, k := range sorted(u.dropped) {
		e := u.dropped[k]
		r = append(r, u.p.src.diagnose(0, 1, k+" of cell "+itoa(e.cell)+" is stale now: "+u.why[k]))
	}
	stale := u.c.outdated(u.nm.d)
	for _, k := range sorted(stale) {
		t := stale[k]
		r = append(r, u.p.src.diagnose(u.declOffset(t), len(t), k+" was made by the old "+t+": stale until cell "+itoa(u.c.live[k].cell)+" is run again"))
	}
	return r.tidy()
}

// declOffset is where the cell declares a type, 0 if it does not.
func (u *unit) declOffset(name string) int {
	for _, g := range u.p.gens {
		for _, s := range g.Specs {
			if ts, ok := s.(*ast.TypeSpec); ok && ts.Name.Name == name {
				if _, off, ok := u.c.find(ts.Name.Pos()); ok {
					return off
				}
			}
		}
	}
	return 0
}

// visible lists the names that the cell could have meant.
func (u *unit) visible() []string {
	m := map[string]bool{}
	for k, e := range u.c.live {
		if e.kind != methodKind && e.stale == "" {
			m[k] = true
		}
	}
	for n := range u.own {
		m[n] = true
	}
	for n := range u.vars() {
		m[n] = true
	}
	for n := range u.c.preload {
		m[n] = true
	}
	for n := range u.c.imports {
		m[n] = true
	}
	for _, n := range types.Universe.Names() {
		m[n] = true
	}
	return sorted(m)
}

// nearest returns the name that differs from s by one slip of the pen, "" if there
// is none or s is too short to tell.
func nearest(s string, names []string) string {
	if len(s) < 3 {
		return ""
	}
	for _, n := range names {
		if n != s && strings.EqualFold(n, s) {
			return n
		}
	}
	for _, n := range names {
		if len(n) >= 3 && n != s && oneEdit(s, n) {
			return n
		}
	}
	return ""
}

// oneEdit reports whether a letter inserted, dropped, replaced or exchanged with
// its neighbour makes b of a.
func oneEdit(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	j := 0
	for j < len(x)-i && x[len(x)-1-j] == y[len(y)-1-j] {
		j++
	}
	if len(x) != len(y) {
		return i+j >= len(x)
	}
	rest := len(x) - i - j
	return rest <= 1 || rest == 2 && x[i] == y[i+1] && x[i+1] == y[i]
}
