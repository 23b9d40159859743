package cell

import (
	"go/ast"
	"go/types"
	"sort"
)

// Function is a live function or method of the session as it was checked last. It
// is what a tier that compiles functions to machine code starts from.
type Function struct {
	Key     string // "f", or "T.m" for a method
	Cell    int
	Decl    *ast.FuncDecl
	Info    *types.Info // of the check in which Decl was lowered last
	Global  string      // its name in the lowered program; another one for each generation
	Calls   []string    // keys of the live functions and methods that it uses, sorted
	Uses    []string    // keys of the live variables, types and constants that it uses, sorted
	Generic bool        // it has type parameters: only its instances are lowered
	Stale   bool
}

// Functions lists the live functions and methods, sorted by key.
func (c *Compiler) Functions() []Function {
	c.mu.Lock()
	defer c.mu.Unlock()
	var r []Function
	for _, k := range sorted(c.live) {
		e := c.live[k]
		d, ok := e.node.(*ast.FuncDecl)
		if !ok {
			continue
		}
		f := Function{Key: k, Cell: e.cell, Decl: d, Info: e.info, Global: e.out, Generic: isGeneric(d), Stale: e.stale != ""}
		for dep := range e.deps {
			x := c.live[dep]
			if x == nil {
				continue
			}
			if x.kind == funcKind || x.kind == methodKind {
				f.Calls = append(f.Calls, dep)
			} else {
				f.Uses = append(f.Uses, dep)
			}
		}
		sort.Strings(f.Calls)
		sort.Strings(f.Uses)
		r = append(r, f)
	}
	return r
}

// Groups returns the live functions in groups that call each other, callees before
// callers: the units in which a later tier can replace them.
func (c *Compiler) Groups() [][]Function {
	fs := c.Functions()
	byKey := map[string]int{}
	for i, f := range fs {
		byKey[f.Key] = i
	}
	found := newGroups(len(fs), func(i int) []int {
		var r []int
		for _, k := range fs[i].Calls {
			if j, ok := byKey[k]; ok {
				r = append(r, j)
			}
		}
		return r
	})
	r := make([][]Function, len(found))
	for i, list := range found {
		for _, j := range list {
			r[i] = append(r[i], fs[j])
		}
	}
	return r
}

// groups finds strongly connected components after Tarjan (1972).
type groups struct {
	edges      func(int) []int
	index, low []int
	on         []bool
	stack      []int
	next       int
	found      [][]int
}

// newGroups returns the components of a graph with n nodes, each sorted; those that a
// component leads to come before it.
func newGroups(n int, edges func(int) []int) [][]int {
	g := &groups{edges: edges, index: make([]int, n), low: make([]int, n), on: make([]bool, n)}
	for i := range n {
		if g.index[i] == 0 {
			g.visit(i)
		}
	}
	for _, list := range g.found {
		sort.Ints(list)
	}
	return g.found
}

func (g *groups) visit(i int) {
	g.next++
	g.index[i], g.low[i] = g.next, g.next
	g.stack = append(g.stack, i)
	g.on[i] = true
	for _, j := range g.edges(i) {
		if g.index[j] == 0 {
			g.visit(j)
			g.low[i] = min(g.low[i], g.low[j])
		} else if g.on[j] {
			g.low[i] = min(g.low[i], g.index[j])
		}
	}
	if g.low[i] != g.index[i] {
		return
	}
	var list []int
	for {
		j := g.stack[len(g.stack)-1]
		g.stack = g.stack[:len(g.stack)-1]
		g.on[j] = false
		list = append(list, j)
		if j == i {
			break
		}
	}
	g.found = append(g.found, list)
}
