package cell

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync"
	"unsafe"

	"descent/kernel/closure"
)

// kind of an entity.
type kind int

const (
	funcKind kind = iota
	typeKind
	constKind
	varKind
	methodKind
)

// entity is a live declaration of the session.
type entity struct {
	key    string // name, or T.m for a method
	kind   kind
	cell   int
	node   ast.Node // *ast.FuncDecl or *ast.GenDecl
	text   string   // source, to see whether a declaration changed
	out    string   // name in the output
	deps   map[string]bool
	typ    types.Type // of a variable that mentions no type of the session
	expr   ast.Expr   // type of any other variable
	tkey   string     // identity of a variable's type
	callee string     // what a function takes and returns
	group  []string   // names of a constant declaration
	alias  map[string]string
	stale  string // why it may not be used any more
	info   *types.Info
	shown  string // type, for people
}

// Compiler is a session: it compiles cells one after the other.
type Compiler struct {
	mu      sync.Mutex
	imp     types.Importer
	fset    *token.FileSet
	files   map[*token.File]wrapped
	sweepAt int // number of files at which sweep looks
	preload map[string]string
	imports map[string]string // name → path, of committed cells
	dots    map[string]bool   // paths of dot imports
	live    map[string]*entity
	aliases map[string]string // import path → hidden name
	byAlias map[string]string
	gens    map[string]int
	typeIDs map[string]int
	codes   map[string]int  // present making of the methods of true types
	defined map[string]bool // committed helpers, instances, true types
	fresh   int
	nextID  int
	chunks  []segment
	line    int // where the next chunk starts
	warned  map[string]bool
	scratch *parsed // of the last Check
	pending *delta  // of the last program, until it is committed

	tier      *Tier
	targets   map[string]*closure.Target // of the calls of functions declared again, by Declared.Callee
	methods   sync.Map                   // madeMethod to *closure.Method
	compiled  map[string]*closure.Func   // by name in the output
	addresses map[string]*unsafe.Pointer // of variables that compiled code uses, by name in the output
}

// New starts a session.
func New(o Options) *Compiler {
	c := &Compiler{
		imp: o.Importer, fset: token.NewFileSet(), files: map[*token.File]wrapped{},
		preload: map[string]string{}, imports: map[string]string{}, dots: map[string]bool{},
		live: map[string]*entity{}, aliases: map[string]string{}, byAlias: map[string]string{},
		gens: map[string]int{}, typeIDs: map[string]int{}, codes: map[string]int{}, defined: map[string]bool{},
		compiled: map[string]*closure.Func{}, targets: map[string]*closure.Target{}, addresses: map[string]*unsafe.Pointer{},
		warned: map[string]bool{}, line: 1, sweepAt: fewFiles,
	}
	for _, p := range o.Preload {
		c.preload[p.Name] = p.Path
	}
	return c
}

// alias returns the hidden name under which the output imports a package.
func (c *Compiler) alias(path string) string {
	if a := c.aliases[path]; a != "" {
		return a
	}
	base := path
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			base = path[i+1:]
			break
		}
	}
	name := ""
	for _, r := range base {
		if r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' && name != "" {
			name += string(r)
		}
	}
	a := name + "ˑ"
	for i := 2; c.byAlias[a] != ""; i++ {
		a = fmt.Sprintf("%sˑ%d", name, i)
	}
	c.aliases[path], c.byAlias[a] = a, path
	return a
}

// generation returns a name for a new declaration of key that no evaluated chunk
// has used.
func (c *Compiler) generation(key string) string {
	n := c.gens[key]
	c.gens[key]++
	if n == 0 {
		return key
	}
	return fmt.Sprintf("%sˑ%d", key, n+1)
}

// segment is an evaluated chunk with its positions.
type segment struct {
	first, last int // lines in the numbering that the interpreter reports
	places      []place
}

type place struct {
	line, col int
	src       *source // nil: no place of a cell
	off       int32
}

// Position decodes a position that the interpreter reports into cell, line and
// column.
func (c *Compiler) Position(line, col int) (cell, l, column int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.chunkAt(line)
	if !ok {
		return 0, 0, 0, false
	}
	var best *place
	ps := c.chunks[at].places
	for i := range ps {
		p := &ps[i]
		if p.line > line || p.line == line && p.col > col {
			if best == nil && p.line == line {
				best = p
			}
			break
		}
		best = p
	}
	if best == nil || best.src == nil {
		return 0, 0, 0, false
	}
	l, column = best.src.place(int(best.off))
	return best.src.cell, l, column, true
}

// chunkAt finds the chunk that has a line.
func (c *Compiler) chunkAt(line int) (int, bool) {
	i, _ := slices.BinarySearchFunc(c.chunks, line, func(s segment, line int) int { return cmp.Compare(s.last, line) })
	return i, i < len(c.chunks) && c.chunks[i].first <= line
}
