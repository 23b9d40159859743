package typedata

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

//go:embed std.zip
var stdZip []byte

//go:embed lib.zip
var libZip []byte

// archives maps entry names ("types/fmt", "docs/fmt") to files of the archives.
var archives = sync.OnceValue(func() map[string]*zip.File {
	m := map[string]*zip.File{}
	for _, data := range [][]byte{stdZip, libZip} {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			panic("typedata: embedded archive: " + err.Error())
		}
		for _, f := range z.File {
			m[f.Name] = f
		}
	}
	return m
})

func read(name string) ([]byte, error) {
	f := archives()[name]
	if f == nil {
		return nil, fmt.Errorf("%s is not in this kernel", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// Paths lists the import paths of all packages, sorted.
func Paths() []string {
	return paths()
}

var paths = sync.OnceValue(func() []string {
	var out []string
	for n := range archives() {
		if p, ok := strings.CutPrefix(n, "types/"); ok {
			out = append(out, p)
		}
	}
	sort.Strings(out)
	return out
})

// Has reports whether cells may import path.
func Has(path string) bool { return archives()["types/"+path] != nil }

// Importer reads packages from the embedded export data. It is safe for
// concurrent use; packages are read once and shared.
type Importer struct {
	mu   sync.Mutex
	fset *token.FileSet
	pkgs map[string]*types.Package
}

// NewImporter returns an importer that has read nothing yet.
func NewImporter() *Importer {
	return &Importer{fset: token.NewFileSet(), pkgs: map[string]*types.Package{}}
}

// Import implements types.Importer.
func (i *Importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if p := i.pkgs[path]; p != nil && p.Complete() {
		return p, nil
	}
	data, err := read("types/" + path)
	if err != nil {
		return nil, fmt.Errorf("package %s is not available in cells%s", path, why(path))
	}
	return gcexportdata.Read(bytes.NewReader(data), i.fset, i.pkgs, path)
}

// why explains a package that is left out on purpose.
func why(path string) string {
	if r := Unavailable[path]; r != "" {
		return ": " + r
	}
	return ""
}

// Unavailable says why a package of the standard library is not offered to cells.
var Unavailable = map[string]string{
	"embed":        "go:embed is resolved when a program is built; read the file with os.ReadFile",
	"plugin":       "the kernel is a static binary, which cannot load plugins",
	"runtime/cgo":  "the kernel is built without cgo",
	"runtime/race": "the kernel is not built with the race detector",
	"C":            "the kernel is built without cgo",
}

// Partial says why cells see only a part of a package.
var Partial = map[string]string{
	"syscall": "it holds what all systems share (signals up to SIGTERM, Errno, the environment, ids); use os, os/exec and os/signal for the rest",
}

var docCache struct {
	sync.Mutex
	m map[string]map[string]string
}

// Doc returns the documentation of a symbol: "" is the package itself, "T.M" a
// method, or a field of a struct.
func Doc(path, symbol string) string {
	docCache.Lock()
	defer docCache.Unlock()
	d, ok := docCache.m[path]
	if !ok {
		if data, err := read("docs/" + path); err == nil {
			// A damaged archive would have failed its own test; without docs a
			// hover shows the signature alone.
			_ = json.Unmarshal(data, &d)
		}
		if docCache.m == nil {
			docCache.m = map[string]map[string]string{}
		}
		docCache.m[path] = d
	}
	return d[symbol]
}
