package dl_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A key names something of PyTorch's in one of these groups of modules: "abs", "nn:Linear", "optim:Adam".
var groupOf = map[string]string{
	"torch": "", "torch.Tensor": "", "torch.nn.functional": "", "torch.linalg": "", "torch.fft": "", "torch.special": "", "torch.autograd": "",
	"torch.autograd.functional": "", "torch.func": "", "torch.nn": "nn:", "torch.optim": "optim:", "torch.optim.lr_scheduler": "sched:",
	"torch.utils.data": "data:", "torch.nn.utils": "utils:", "torch.nn.utils.rnn": "utils:", "torch.nn.utils.parametrizations": "utils:", "torch.nn.init": "init:",
}

// keyOf turns a name from a comment, such as "nn.functional.relu(x)", into a key.
func keyOf(dir, twin string) string {
	twin, _, _ = strings.Cut(strings.Trim(twin, "`"), "(")
	twin, _, _ = strings.Cut(twin, "[")
	twin = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(twin), "torch."))
	last := twin[strings.LastIndex(twin, ".")+1:]
	for _, p := range []struct{ prefix, group string }{
		{"nn.functional.", ""}, {"F.", ""}, {"nn.init.", "init:"}, {"nn.utils.", "utils:"}, {"nn.", "nn:"},
		{"optim.lr_scheduler.", "sched:"}, {"lr_scheduler.", "sched:"}, {"optim.", "optim:"}, {"utils.data.", "data:"},
	} {
		if strings.HasPrefix(twin, p.prefix) {
			return p.group + last
		}
	}
	if dir == "data" {
		return "data:" + last
	}
	return last
}

// scopeRow is a line of testdata/torch_scope.txt.
type scopeRow struct {
	kind  string   // "other", "with" or "out"
	names []string // keys, or patterns for "out"
	text  string   // the name that the table has, how it is written, or the reason
}

func readScope(t *testing.T) []scopeRow {
	t.Helper()
	b, err := os.ReadFile("testdata/torch_scope.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []scopeRow
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		kind, rest, _ := strings.Cut(line, " ")
		left, right, bar := strings.Cut(rest, " | ")
		switch fields := strings.Fields(rest); {
		case kind == "other" && len(fields) > 1:
			rows = append(rows, scopeRow{kind, fields[:len(fields)-1], fields[len(fields)-1]})
		case kind == "with" && bar:
			rows = append(rows, scopeRow{kind, []string{left}, right})
		case kind == "out" && bar:
			rows = append(rows, scopeRow{kind, strings.Fields(right), left})
		default:
			t.Fatalf("torch_scope.txt:%d: %q", i+1, line)
		}
	}
	return rows
}

// torchNames reads what PyTorch offers, as keys.
func torchNames(t *testing.T) map[string]bool {
	t.Helper()
	b, err := os.ReadFile("testdata/torch_names.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Names map[string][]string }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for module, names := range file.Names {
		group, ok := groupOf[module]
		if !ok || len(names) == 0 {
			t.Errorf("module %s has %d names and no group", module, len(names))
		}
		for _, n := range names {
			out[group+n] = true
		}
	}
	return out
}

// TestTorchNames: every name of PyTorch's is in a comment and so in PYTORCH.md, or torch_scope.txt says what it is called or
// how it is written here, or why it is not here.
func TestTorchNames(t *testing.T) {
	mapped := map[string]bool{}
	for _, p := range tablePackages {
		for _, s := range symbols(t, p.dir) {
			for _, twin := range s.twins {
				mapped[keyOf(p.dir, twin)] = true
			}
		}
	}
	names := torchNames(t)
	listed := map[string]bool{}
	var patterns []string
	for _, r := range readScope(t) {
		if r.kind == "out" {
			patterns = append(patterns, r.names...)
			continue
		}
		for _, n := range r.names {
			switch {
			case listed[n]:
				t.Errorf("torch_scope.txt lists %s twice", n)
			case mapped[n] && r.kind == "with":
				t.Errorf("torch_scope.txt lists %s, which a comment maps", n)
			case !names[n] && !names[n+"_"]:
				t.Errorf("torch_scope.txt lists %s, which PyTorch does not have", n)
			}
			listed[n] = true
		}
		if r.kind == "other" && !mapped[r.text] {
			t.Errorf("torch_scope.txt: %v are other names of %s, which no comment has", r.names, r.text)
		}
	}
	used := map[string]bool{}
	keys := make([]string, 0, len(names))
	for n := range names {
		keys = append(keys, n)
	}
	slices.Sort(keys)
	for _, n := range keys {
		base := strings.TrimSuffix(n, "_")
		if mapped[n] || listed[n] || !strings.Contains(n, ":") && (mapped[base] || listed[base]) {
			continue
		}
		found := false
		for _, p := range patterns {
			if ok, err := path.Match(p, n); err != nil {
				t.Fatal(err)
			} else if ok {
				used[p], found = true, true
			}
		}
		if !found {
			t.Errorf("%s of PyTorch is nowhere: name it in a comment (\"PyTorch: …\"), or list it in testdata/torch_scope.txt", n)
		}
	}
	for _, p := range patterns {
		if !used[p] {
			t.Errorf("torch_scope.txt: nothing that is missing matches %s", p)
		}
	}
	if len(names) < 1000 || len(mapped) < 500 {
		t.Errorf("%d names, %d mapped: something was not read", len(names), len(mapped))
	}
}

var calls = regexp.MustCompile(`(?:\.|\b(dl|nn|optim|data|store)\.)([A-Z]\w*)`)

// TestScopeIsWrittenInDl: what the lines "with" of torch_scope.txt call is exported.
func TestScopeIsWrittenInDl(t *testing.T) {
	exported := map[string]bool{}
	for _, p := range tablePackages {
		for _, s := range symbols(t, p.dir) {
			exported[s.name[strings.LastIndex(s.name, ".")+1:]] = true
		}
	}
	for _, n := range []string{"Item", "LoaderOptions", "Module", "Tensor", "Float32", "Float64", "Float16", "BFloat16", "Int32", "Int64", "Uint8", "Bool", "CrossEntropyOptions",
		"ScatterSum", "ChebyshevT", "ChebyshevU", "ChebyshevV", "ChebyshevW"} {
		exported[n] = true
	}
	foreign := regexp.MustCompile(`\b(math|slices|time|runtime)\.[A-Z]\w*(\(\)\.\w+)?`)
	for _, r := range readScope(t) {
		if r.kind != "with" {
			continue
		}
		for _, m := range calls.FindAllStringSubmatch(foreign.ReplaceAllString(r.text, ""), -1) {
			if !exported[m[2]] {
				t.Errorf("%v is written with %s, which is not exported", r.names, m[2])
			}
		}
	}
}

// scopeSections are the parts of PYTORCH.md that torch_scope.txt gives.
func scopeSections(t *testing.T) string {
	var other, with, out strings.Builder
	code := func(names []string) string {
		shown := make([]string, len(names))
		for i, n := range names {
			group, name, ok := strings.Cut(n, ":")
			if !ok {
				group, name = "", n
			}
			shown[i] = "`" + map[string]string{"nn": "nn.", "optim": "torch.optim.", "sched": "lr_scheduler.", "data": "torch.utils.data.", "utils": "nn.utils.", "init": "nn.init."}[group] + name + "`"
		}
		return strings.Join(shown, ", ")
	}
	for _, r := range readScope(t) {
		switch r.kind {
		case "other":
			fmt.Fprintf(&other, "| %s | %s |\n", code(r.names), code([]string{r.text}))
		case "with":
			fmt.Fprintf(&with, "| %s | `%s` |\n", code(r.names), strings.ReplaceAll(strings.ReplaceAll(r.text, "|", `\|`), "`", ""))
		case "out":
			fmt.Fprintf(&out, "- %s: %s\n", r.text, code(r.names))
		}
	}
	return "\n## Written with others\n\nz is a complex tensor.\n\n| there | here |\n|---|---|\n" + with.String() +
		"\n## Other names\n\n| other name | name in the tables above |\n|---|---|\n" + other.String() +
		"\nEvery method that ends in `_` is `t.InPlace((*dl.Tensor).Name)` where no method is named for it.\n" +
		"\n## Out of scope\n\n" + out.String()
}
