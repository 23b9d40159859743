package notebooks

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"descent/install/venv"
)

// band says what a tutorial's output must state: every match of pattern, at
// least count of them, captures a number between low and high.
type band struct {
	pattern   string
	count     int
	low, high float64
}

// The references are PyTorch 2.15 running the same program.
var tutorials = map[string][]band{
	"01-first-network.ipynb": {
		// 96.7 % after five epochs of the article's listing.
		{pattern: `(?i)test accuracy:?\s+([\d.]+)\s*%`, count: 2, low: 96.0, high: 98.5},
	},
}

// notebook is the part of the notebook format that the tests read.
// https://nbformat.readthedocs.io/en/latest/format_description.html
type notebook struct {
	Cells []struct {
		Type    string          `json:"cell_type"`
		ID      string          `json:"id"`
		Source  json.RawMessage `json:"source"`
		Outputs []output        `json:"outputs"`
	} `json:"cells"`
	Metadata struct {
		Kernelspec struct {
			Name     string `json:"name"`
			Display  string `json:"display_name"`
			Language string `json:"language"`
		} `json:"kernelspec"`
	} `json:"metadata"`
}

type output struct {
	Type  string                     `json:"output_type"`
	Name  string                     `json:"name"`
	Text  json.RawMessage            `json:"text"`
	Data  map[string]json.RawMessage `json:"data"`
	EName string                     `json:"ename"`
	Value string                     `json:"evalue"`
}

// text joins what the notebook format may hold as one string or as lines.
func text(raw json.RawMessage) string {
	var lines []string
	if json.Unmarshal(raw, &lines) == nil {
		return strings.Join(lines, "")
	}
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

func read(t *testing.T, path string) (nb notebook) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &nb); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return nb
}

// check reports errors among the outputs, and numbers outside their band.
func check(t *testing.T, nb notebook, bands []band) {
	t.Helper()
	var printed strings.Builder
	for _, c := range nb.Cells {
		for _, o := range c.Outputs {
			if o.Type == "error" {
				t.Errorf("cell %s: %s: %s", c.ID, o.EName, o.Value)
			}
			fmt.Fprintln(&printed, text(o.Text), text(o.Data["text/plain"]))
		}
	}
	for _, b := range bands {
		found := regexp.MustCompile(b.pattern).FindAllStringSubmatch(printed.String(), -1)
		if len(found) < b.count {
			t.Errorf("%d matches of %q in the output, want %d", len(found), b.pattern, b.count)
		}
		for _, m := range found {
			if v, err := strconv.ParseFloat(m[1], 64); err != nil || v < b.low || v > b.high {
				t.Errorf("%q is outside [%g, %g]", m[0], b.low, b.high)
			}
		}
	}
}

func TestSavedTutorialsAreWhole(t *testing.T) {
	files, err := filepath.Glob("*.ipynb")
	if err != nil || len(files) != len(tutorials) {
		t.Fatalf("%d notebooks here (%v), %d in the table of tutorials", len(files), err, len(tutorials))
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			nb := read(t, file)
			if k := nb.Metadata.Kernelspec; k.Name != "go" || k.Language != "go" || k.Display != "Go (Descent)" {
				t.Errorf("kernelspec = %+v", k)
			}
			seen := map[string]bool{}
			for _, c := range nb.Cells {
				if c.ID == "" || seen[c.ID] {
					t.Errorf("cell id %q is empty or used twice", c.ID)
				}
				seen[c.ID] = true
				for _, o := range c.Outputs {
					if (o.Type == "display_data" || o.Type == "execute_result") && len(text(o.Data["text/plain"])) == 0 {
						t.Errorf("cell %s: an output without text/plain", c.ID)
					}
				}
			}
			check(t, nb, tutorials[file])
		})
	}
}

// TestTutorialsRun installs the kernel into a directory of the test's own and
// executes each tutorial there with nbclient.
func TestTutorialsRun(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: trains networks through a Python client")
	}
	ctx := context.Background()
	env, err := venv.Clients(ctx, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	environ := append(os.Environ(),
		"GOBIN="+filepath.Join(dir, "bin"),
		"XDG_DATA_HOME="+filepath.Join(dir, "data"),
		"LOCALAPPDATA="+filepath.Join(dir, "data"),
		"JUPYTER_PATH="+filepath.Join(dir, "share", "jupyter"),
		"JUPYTER_RUNTIME_DIR="+filepath.Join(dir, "runtime"),
		"IPYTHONDIR="+filepath.Join(dir, "ipython"),
	)
	install := exec.Command("go", "run", "../install", "--no-lab", "--prefix", dir)
	install.Env = environ
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("install: %v\n%s", err, out)
	}
	for file, bands := range tutorials {
		t.Run(file, func(t *testing.T) {
			executed := filepath.Join(dir, file)
			var log bytes.Buffer
			run := exec.Command(env.Bin("jupyter-execute"), "--output", executed, "--timeout", "900", file)
			run.Env, run.Stdout, run.Stderr = environ, &log, &log
			if err := run.Run(); err != nil {
				t.Fatalf("jupyter execute: %v\n%s", err, log.String())
			}
			check(t, read(t, executed), bands)
		})
	}
}
