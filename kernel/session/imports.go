package session

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"descent/kernel/assist"
	"descent/kernel/cell"
)

// A client can only put a completion where the cursor is. So an import that a
// completed name needs is added when the cell runs: the cell is compiled with it,
// and the reply asks the client to put the cell's text with the import in the
// place of the old one, because a notebook must run again without completions.

var undefined = regexp.MustCompile(`^undefined: (\pL[\pL\p{N}_]*)$`)

// compile compiles a cell. If names of packages are undefined that completions
// have offered, it is compiled with their imports; the paths are returned.
func (s *session) compile(n int, code string) (*cell.Program, []string, cell.Diagnostics) {
	p, diags := s.comp.Compile(n, code)
	if len(diags) == 0 {
		return p, nil, nil
	}
	var paths []string
	for _, d := range diags {
		m := undefined.FindStringSubmatch(d.Msg)
		if m == nil {
			continue
		}
		if path, ok := s.assist.Missing(code, m[1]); ok && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return nil, nil, diags
	}
	slices.Sort(paths)
	at, line := assist.ImportPlace(code)
	var added strings.Builder
	for _, path := range paths {
		added.WriteString("import " + strconv.Quote(path) + "; ")
	}
	p, diags = s.comp.Compile(n, code[:at]+added.String()+code[at:])
	for i := range diags {
		// The reader sees the cell without them.
		if d := &diags[i]; d.Cell == n && d.Line == line {
			d.Col -= added.Len()
			d.EndCol -= added.Len()
			d.Source = strings.Replace(d.Source, added.String(), "", 1)
		}
	}
	return p, paths, diags
}

// withImports returns the text of a cell with imports at its head, as gofmt
// writes them: in its block of imports if it begins with one, else before
// everything but a package clause, the lines that are not Go, and comments that
// stand for themselves. It reports false if the cell has no line of Go to put them before.
func withImports(code string, paths []string) (string, bool) {
	lines := strings.SplitAfter(code, "\n")
	i := 0
	for i < len(lines) && (strings.TrimSpace(lines[i]) == "" || strings.ContainsAny(strings.TrimSpace(lines[i])[:1], "%!?")) {
		i++
	}
	head, body := strings.Join(lines[:i], ""), strings.Join(lines[i:], "")
	if strings.TrimSpace(body) == "" {
		return "", false
	}
	at, _ := assist.ImportPlace(body)
	if at == len(body) {
		return "", false
	}
	at = strings.LastIndexByte(body[:at], '\n') + 1
	for at > 0 { // a comment right above belongs to what follows
		above := strings.LastIndexByte(body[:at-1], '\n') + 1
		if !strings.HasPrefix(body[above:], "//") {
			break
		}
		at = above
	}
	head, body = head+body[:at], body[at:]
	if rest, ok := strings.CutPrefix(body, "import (\n"); ok {
		if block, rest, ok := strings.Cut(rest, "\n)"); ok {
			return head + "import (\n" + joinImports(block, paths) + "\n)" + rest, true
		}
	}
	var b strings.Builder
	b.WriteString(head)
	if len(paths) == 1 {
		b.WriteString("import " + strconv.Quote(paths[0]) + "\n")
	} else {
		b.WriteString("import (\n" + joinImports("", paths) + "\n)\n")
	}
	if !strings.HasPrefix(body, "import ") {
		b.WriteString("\n")
	}
	b.WriteString(body)
	return b.String(), true
}

// joinImports adds paths to the lines of a block of imports: in their order if
// the block has one, else at its end.
func joinImports(block string, paths []string) string {
	var specs []string
	if block != "" {
		specs = strings.Split(block, "\n")
	}
	sorted := slices.IsSorted(specs)
	for _, p := range paths {
		specs = append(specs, "\t"+strconv.Quote(p))
	}
	if sorted {
		slices.Sort(specs)
	}
	return strings.Join(specs, "\n")
}

// rewrite asks the client to put text in the place of the cell's. It is called
// with s.mu held.
func (s *session) rewrite(text string) {
	j, err := json.Marshal(map[string]any{"source": "set_next_input", "text": text, "replace": true})
	if err != nil {
		return // strings always are JSON
	}
	s.pages = append(s.pages, j)
}
