package main

import (
	"bytes"
	"fmt"
	"go/build"
	"go/format"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"descent/kernel/symbols/apis"
	"descent/kernel/symbols/typedata"
)

func gofmt(b []byte) ([]byte, error) { return format.Source(b) }

// environment fixes what the go command builds for.
func environment() []string {
	return append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=")
}

// loadStd returns the packages of the standard library that cells may import.
func loadStd() ([]*types.Package, error) {
	cmd := exec.Command("go", "list", "-export", "-f", "{{.ImportPath}}\t{{.Export}}", "std")
	cmd.Env, cmd.Stderr = environment(), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	var paths []string
	for _, l := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		p, f, _ := strings.Cut(l, "\t")
		files[p] = f
		if !apis.Internal(p) && typedata.Unavailable[p] == "" && p != "unsafe" {
			paths = append(paths, p)
		}
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(p string) (io.ReadCloser, error) {
		f := files[p]
		if f == "" {
			f = files["vendor/"+p]
		}
		if f == "" {
			return nil, fmt.Errorf("no export data for %s", p)
		}
		return os.Open(f)
	})
	var pkgs []*types.Package
	for _, p := range paths {
		load := imp.Import
		if p == "syscall" {
			load = shared
		}
		pkg, err := load(p)
		if err != nil {
			return nil, err
		}
		if len(exported(pkg)) == 0 && !imported[p] {
			continue
		}
		pkgs = append(pkgs, pkg)
	}
	return pkgs, nil
}

// imported holds the packages without an API that do something when a program
// imports them.
var imported = map[string]bool{"time/tzdata": true}

// constraints are the build constraints of packages that some systems lack.
var constraints = map[string]string{"log/syslog": "!windows && !plan9"}

func exported(p *types.Package) (names []string) {
	for _, n := range p.Scope().Names() {
		if token.IsExported(n) {
			names = append(names, n)
		}
	}
	return names
}

// stdDocs reads the documentation of a package of the standard library.
func stdDocs(path string) (map[string]string, error) {
	cmd := exec.Command("go", "env", "GOROOT")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(string(bytes.TrimSpace(out)), "src", filepath.FromSlash(path))
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = "linux", "amd64", false
	files, err := apis.Parse(&ctx, token.NewFileSet(), dir)
	if err != nil {
		return nil, err
	}
	return apis.Docs(files.Fset, files.Files, path)
}
