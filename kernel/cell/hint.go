package cell

import (
	"go/ast"
	"regexp"
	"strings"
)

var undefinedName = regexp.MustCompile(`^undefined: (\pL[\pL\p{N}_]*)$`)

// hint adds to errors what the session knows better.
func (u *unit) hint(d Diagnostics) Diagnostics {
	for i := range d {
		m := undefinedName.FindStringSubmatch(d[i].Msg)
		if m == nil {
			continue
		}
		name := m[1]
		if e := u.c.live[name]; e != nil && e.stale != "" {
			d[i].Msg = u.staleMessage(e)
			continue
		}
		if paths := stdNames[name]; len(paths) > 0 {
			q := make([]string, len(paths))
			for k, p := range paths {
				q[k] = `import "` + p + `"`
			}
			d[i].Hint = strings.Join(q, " or ")
		}
	}
	return d
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
	for _, p := range stdNames[base] {
		return `did you mean "` + p + `"?`
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
	for _, k := range sorted(u.c.live) {
		e := u.c.live[k]
		if e.kind != varKind || e.stale != "" || u.nm.d.entities[k] != nil {
			continue
		}
		for t := range e.deps {
			if u.nm.d.types[t] {
				r = append(r, u.p.src.diagnose(u.declOffset(t), len(t), k+" was made by the old "+t+": stale until cell "+itoa(e.cell)+" is run again"))
			}
		}
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
