package assist

import (
	"go/ast"
	"go/token"
	"go/types"
	"math"
	"path"
	"sort"
	"strings"
	"sync"

	"descent/kernel/cell"
	"descent/kernel/symbols/typedata"
)

// Compiler is what the assistant asks of the cell compiler.
type Compiler interface {
	// Check type-checks code as the next cell, as far as it can be understood.
	Check(src string) *cell.Checked
	// Vars lists what cells have declared.
	Vars() []cell.Var
}

// Assistant answers questions about code that is being written. Its methods may
// be called by several goroutines.
type Assistant struct {
	mu      sync.Mutex // what Check returns is good until the next call
	comp    Compiler
	imp     types.Importer
	preload []cell.Import
	learnt  map[string]string // comments of cells
	offered offers
}

// New returns an assistant for the cells of one session.
func New(comp Compiler, imp types.Importer, preload []cell.Import) *Assistant {
	return &Assistant{comp: comp, imp: imp, preload: preload, offered: offers{}}
}

// cursorName stands for the identifier that is being written, so that code such
// as "x." parses. It is a name that no cell contains.
const cursorName = "ˑcursor"

// offset converts a cursor position in code points to one in bytes.
func offset(code string, cursor int) int {
	if cursor < 0 {
		return 0
	}
	n := 0
	for i := range code {
		if n == cursor {
			return i
		}
		n++
	}
	return len(code)
}

// points converts an offset in bytes to code points.
func points(code string, off int) int {
	n := 0
	for i := range code {
		if i >= off {
			return n
		}
		n++
	}
	return n
}

// word returns the bounds of the identifier around off.
func word(code string, off int) (start, end int) {
	start, end = off, off
	for start > 0 {
		r, n := lastRune(code[:start])
		if !identRune(r) {
			break
		}
		start -= n
	}
	for end < len(code) {
		r, n := firstRune(code[end:])
		if !identRune(r) {
			break
		}
		end += n
	}
	return start, end
}

// packageNames maps names of packages to their import paths, the likeliest first.
var packageNames = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, p := range typedata.Paths() {
		n := path.Base(p)
		if len(n) > 1 && n[0] == 'v' && n[1] >= '0' && n[1] <= '9' {
			n = path.Base(path.Dir(p))
		}
		m[n] = append(m[n], p)
	}
	rank := func(p string) int {
		switch {
		case strings.HasPrefix(p, "crypto/"), strings.HasPrefix(p, "runtime/"), strings.HasPrefix(p, "html/"):
			return 2 // math/rand before crypto/rand, text/template before html/template
		case strings.HasPrefix(p, "descent/"):
			return 1
		}
		return 0
	}
	for _, ps := range m {
		sort.SliceStable(ps, func(i, j int) bool {
			if a, b := rank(ps[i]), rank(ps[j]); a != b {
				return a < b
			}
			return len(ps[i]) < len(ps[j])
		})
	}
	return m
})

// found is what lies at a place of checked code.
type found struct {
	checked
	path []ast.Node // enclosing nodes, the innermost last
}

// locate finds the nodes around pos.
func locate(k checked, pos token.Pos) found {
	f := found{checked: k}
	if !pos.IsValid() {
		return f
	}
	size := token.Pos(math.MaxInt)
	for _, file := range k.Files {
		for _, d := range file.Decls {
			// Types lie inside the function that holds the statements of the cell.
			if d.Pos() > pos || pos > d.End() || d.End()-d.Pos() >= size {
				continue
			}
			size = d.End() - d.Pos()
			f.path = []ast.Node{file}
			ast.Inspect(d, func(n ast.Node) bool {
				if n == nil || n.Pos() > pos || pos > n.End() {
					return false
				}
				f.path = append(f.path, n)
				return true
			})
		}
	}
	return f
}

// scope returns the innermost scope at pos.
func (f found) scope(pos token.Pos) *types.Scope {
	if f.Pkg == nil {
		return nil
	}
	for i := len(f.path) - 1; i >= 0; i-- {
		var key ast.Node = f.path[i]
		switch n := key.(type) {
		case *ast.FuncDecl:
			key = n.Type
		case *ast.FuncLit:
			key = n.Type
		}
		if s := f.Info.Scopes[key]; s != nil {
			if in := s.Innermost(pos); in != nil {
				return in
			}
			return s
		}
	}
	return f.Pkg.Scope()
}

// qualifier writes types as a cell would: without the package for what cells
// declare, with its name for others.
func (f found) qualifier(p *types.Package) string {
	if p == f.Pkg || p.Path() == "main" {
		return ""
	}
	return p.Name()
}
