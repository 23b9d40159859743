package cell

import (
	"go/ast"
	"maps"
)

// Commit makes the declarations of a program part of the session. It is called
// after they have been evaluated, before the statements run.
func (c *Compiler) Commit(p *Program) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := p.delta
	if d == nil {
		return
	}
	for id, a := range d.alias {
		id.Name = a
	}
	for k, t := range c.outdated(d) {
		c.live[k].stale = t
	}
	for n, path := range d.imports {
		c.imports[n] = path
		if e := c.live[n]; e != nil {
			delete(c.live, n)
		}
	}
	for path := range d.dots {
		c.dots[path] = true
	}
	for k, n := range d.codes {
		c.codes[k] = n
	}
	for k := range d.defined {
		c.defined[k] = true
	}
	c.redirect(d)
	for k, e := range d.entities {
		if old := c.live[k]; old != nil && old.out != e.out {
			if old.kind == funcKind || old.kind == methodKind {
				p.Replaced = append(p.Replaced, old.out)
			}
			delete(c.compiled, old.out)
			delete(c.addresses, old.out)
		}
	}
	maps.Copy(c.compiled, d.compiled)
	maps.Copy(c.addresses, d.addresses)
	for k, e := range d.dropped {
		e.stale = d.why[k]
	}
	for k, e := range d.entities {
		if old := c.live[k]; old != nil && old.kind == typeKind && e.kind != typeKind {
			for m := range c.methodsOf(k) {
				delete(c.live, m)
			}
		}
		if e.kind == typeKind {
			if old := c.live[k]; old != nil && old.kind == typeKind {
				e.group = old.group
			}
		}
		c.live[k] = e
		if e.kind != methodKind {
			delete(c.imports, k)
		}
	}
	for k, e := range d.entities {
		if e.kind == methodKind {
			if t := c.live[ownerOf(k)]; t != nil && !contains(t.group, k) {
				t.group = append(t.group, k)
			}
		}
	}
	for _, w := range d.warned {
		c.warned[w] = true
	}
	if c.pending == d {
		c.pending = nil
	}
	p.delta = nil
}

// outdated returns the live variables that hold values of a type which is another one
// after d, or none: with the name of that type.
func (c *Compiler) outdated(d *delta) map[string]string {
	lost := map[string]bool{}
	for k := range d.types {
		lost[k] = true
	}
	for k := range d.dropped {
		lost[k] = true
	}
	for k, e := range d.entities {
		lost[k] = lost[k] || e.kind != methodKind
	}
	for k := range d.imports {
		lost[k] = true
	}
	for k := range lost {
		if e := c.live[k]; e == nil || e.kind != typeKind {
			delete(lost, k)
		}
	}
	r := map[string]string{}
	if len(lost) == 0 {
		return r
	}
	for k, e := range c.live {
		if e.kind != varKind || d.entities[k] != nil || e.stale != "" {
			continue
		}
		for t := range e.deps {
			if lost[t] && (r[k] == "" || t < r[k]) {
				r[k] = t
			}
		}
	}
	return r
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// importPath returns the path of an import.
func importPath(is *ast.ImportSpec) string {
	if n := len(is.Path.Value); n >= 2 {
		return is.Path.Value[1 : n-1]
	}
	return ""
}
