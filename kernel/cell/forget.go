package cell

import (
	"go/ast"
	"runtime"
	"slices"
	"weak"

	"descent/kernel/closure"
)

// The compiler keeps the text of a cell and its positions for as long as something may
// ask for them: a live declaration, whose syntax is checked again with what changes; code
// that the interpreter can still run, for its places in tracebacks; and compiled code,
// for the same. All else is forgotten, so that a session does not grow with the number
// of its cells.

// fewFiles is how many files of syntax are kept without a look at who needs them.
const fewFiles = 64

// sweep forgets the files of cells that nothing needs any more.
func (c *Compiler) sweep() {
	if len(c.files) < c.sweepAt {
		return
	}
	needed := map[*source]bool{}
	for _, e := range c.live {
		if e.node != nil {
			if src, _, ok := c.find(e.node.Pos()); ok {
				needed[src] = true
			}
		}
		if e.expr != nil {
			if src, _, ok := c.find(e.expr.Pos()); ok {
				needed[src] = true
			}
		}
	}
	if c.scratch != nil {
		needed[c.scratch.src] = true
	}
	for tf, w := range c.files {
		if w.src.holders == 0 && !needed[w.src] {
			c.fset.RemoveFile(tf)
			delete(c.files, tf)
		}
	}
	c.sweepAt = 2*len(c.files) + fewFiles
}

// held is what compiled code keeps alive.
type held struct {
	sources []*source
}

// hold keeps the sources that the cell compiles for as long as env, or a copy of it, is
// reachable.
func (u *unit) hold(env *closure.Env) {
	h := &held{sources: []*source{u.p.src}}
	add := func(e *entity) {
		if src, _, ok := u.c.find(e.node.Pos()); ok && !slices.Contains(h.sources, src) {
			h.sources = append(h.sources, src)
		}
	}
	for _, e := range u.carried {
		if e.node != nil {
			add(e)
		}
	}
	for _, e := range u.shown { // those of generic functions and types are compiled where they are used
		if d, ok := e.node.(*ast.FuncDecl); ok && isGeneric(d) {
			add(e)
		}
	}
	for _, src := range h.sources {
		src.holders++
	}
	env.Held = h
	self := weak.Make(u.c)
	runtime.AddCleanup(h, func(sources []*source) {
		if c := self.Value(); c != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			for _, src := range sources {
				src.holders--
			}
		}
	}, h.sources)
}

// Forgetter returns what forgets the places of the chunk that begins at a line, when the
// interpreter cannot run it any more. It does not keep the compiler.
func (c *Compiler) Forgetter() func(line int) {
	self := weak.Make(c)
	return func(line int) {
		if c := self.Value(); c != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			if i, ok := c.chunkAt(line); ok && c.chunks[i].first == line {
				c.chunks = slices.Delete(c.chunks, i, i+1)
			}
		}
	}
}

// SourceLine returns a line of a cell that can still be run, "" if it is not known.
func (c *Compiler) SourceLine(cell, line int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, seg := range slices.Backward(c.chunks) {
		for _, p := range seg.places {
			if p.src != nil && p.src.cell == cell {
				return p.src.line(line)
			}
		}
	}
	for _, w := range c.files {
		if w.src.cell == cell {
			return w.src.line(line)
		}
	}
	return ""
}
