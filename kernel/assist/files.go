package assist

import (
	"os"
	"path/filepath"
	"strings"

	"descent/kernel/symbols/typedata"
)

// importPaths lists the paths that begin with prefix.
func importPaths(prefix string) []Match {
	var out []Match
	for _, p := range typedata.Paths() {
		if strings.HasPrefix(p, prefix) {
			out = append(out, Match{Text: p, Type: "module"})
		}
	}
	return out
}

// files completes the name of a file in a string.
func files(code string, start, off int) Completion {
	text := code[start:off]
	dir, base := filepath.Split(text)
	from := start + len(dir)
	c := Completion{Start: points(code, from), End: points(code, off)}
	read := dir
	if read == "" {
		read = "."
	}
	if text == "" || strings.ContainsAny(text, "\n%") {
		return c
	}
	entries, err := os.ReadDir(read)
	if err != nil {
		return c
	}
	for _, e := range entries {
		if n := e.Name(); strings.HasPrefix(n, base) && (base != "" || n[0] != '.') {
			if e.IsDir() {
				n += "/"
			}
			c.Matches = append(c.Matches, Match{Text: n, Type: "path"})
		}
	}
	return c
}
