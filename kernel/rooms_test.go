package kernel

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// room is what `go list` says of a package.
type room struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	Deps, CgoFiles                     []string
}

// rooms lists the packages of the module.
func rooms(t *testing.T) []room {
	t.Helper()
	var problems bytes.Buffer
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports,Deps,CgoFiles", "descent/...")
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	var all []room
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var r room
		if err := d.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if len(all) < 10 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	return all
}

// in reports whether path is the package or directory root, or below it.
func in(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

func TestArrowsGoDown(t *testing.T) {
	forbidden := []struct{ from, to string }{
		{"descent/dl", "descent/display"},
		{"descent/dl", "descent/datasets"},
		{"descent/dl", "descent/kernel"},
		{"descent/dl", "descent/install"},
		{"descent/display", "descent/kernel"},
		{"descent/display", "descent/datasets"},
		{"descent/datasets", "descent/display"},
		{"descent/datasets", "descent/kernel"},
		{"descent/datasets", "descent/dl/nn"},
		{"descent/datasets", "descent/dl/learn"},
		{"descent/kernel/wire", "descent/dl"},
		{"descent/kernel/wire", "descent/display"},
		{"descent/kernel/front", "descent/dl"},
		{"descent/kernel/front", "descent/display"},
		{"descent/kernel/link", "descent/dl"},
		{"descent/kernel/cell", "descent/dl"},
		{"descent/kernel/cell", "descent/display"},
		{"descent/kernel/cell", "descent/kernel/eval"},
		{"descent/kernel/cell", "github.com/traefik/yaegi"},
		{"descent/kernel/closure", "descent/dl"},
		{"descent/kernel/closure", "descent/kernel/cell"},
		{"descent/kernel/closure", "descent/kernel/eval"},
		{"descent/kernel/rt", "descent/kernel/closure"},
		{"descent/kernel/rt", "descent/kernel/cell"},
		{"descent/kernel/rt", "descent/kernel/eval"},
	}
	for _, r := range rooms(t) {
		for _, f := range forbidden {
			if !in(r.ImportPath, f.from) {
				continue
			}
			for _, dep := range r.Deps {
				if in(dep, f.to) {
					t.Errorf("%s depends on %s: that arrow points up", r.ImportPath, dep)
				}
			}
		}
	}
}

func TestEachForeignPackageHasOneRoom(t *testing.T) {
	owners := []struct {
		foreign string
		rooms   []string
	}{
		{"github.com/go-zeromq/zmq4", []string{"descent/kernel/wire"}},
		{"github.com/traefik/yaegi", []string{"descent/kernel/eval"}},
		{"gonum.org/v1/plot", []string{"descent/display/plot"}},
		{"github.com/mmcloughlin/avo", []string{"descent/dl/internal/asm"}},
	}
	for _, r := range rooms(t) {
		for _, imported := range slices.Concat(r.Imports, r.TestImports, r.XTestImports) {
			for _, o := range owners {
				if in(imported, o.foreign) && !slices.ContainsFunc(o.rooms, func(root string) bool { return in(r.ImportPath, root) }) {
					t.Errorf("%s imports %s, which belongs to %s", r.ImportPath, imported, strings.Join(o.rooms, " and "))
				}
			}
		}
	}
}

func TestNoCgo(t *testing.T) {
	for _, r := range rooms(t) {
		if len(r.CgoFiles) > 0 {
			t.Errorf("%s uses cgo: %v", r.ImportPath, r.CgoFiles)
		}
	}
}
