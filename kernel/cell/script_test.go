package cell_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/kernel/cell/testdata"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the cells print into the scripts")

// script is a run of cells in one session with what each has printed.
type script struct {
	name  string
	steps []*step
}

type step struct {
	*testdata.Step
	got, gotErr string
}

// parseScripts reads the scripts of an archive.
func parseScripts(t *testing.T, a *txtar.Archive) []*script {
	parsed, err := testdata.Parse(a)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]*script, len(parsed))
	for i, p := range parsed {
		list[i] = &script{name: p.Name}
		for _, st := range p.Steps {
			list[i].steps = append(list[i].steps, &step{Step: st})
		}
	}
	return list
}

func (st *step) check(t *testing.T) {
	want, wantErr := "", ""
	if st.Out != nil {
		want = string(st.Out.Data)
	}
	if st.Err != nil {
		wantErr = string(st.Err.Data)
	}
	if strings.TrimRight(st.got, "\n") != strings.TrimRight(want, "\n") && (st.Out != nil || st.got != "") {
		t.Errorf("cell %d\n%s\nprinted %q\nwant    %q", st.N, st.Cell, st.got, want)
	}
	if strings.TrimSpace(st.gotErr) != strings.TrimSpace(wantErr) {
		t.Errorf("cell %d\n%s\nfailed with %q\nwant        %q", st.N, st.Cell, st.gotErr, wantErr)
	}
}

func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			scripts := parseScripts(t, a)
			for _, sc := range scripts {
				if len(sc.steps) == 0 {
					continue
				}
				t.Run(sc.name, func(t *testing.T) { sc.play(t, newSession(t)) })
				if filepath.Base(filepath.Dir(file)) == "session" && !*update {
					// What a session keeps must not depend on what is compiled.
					t.Run(sc.name+", interpreted", func(t *testing.T) { sc.play(t, newSessionWith(t, false)) })
				}
			}
			if *update {
				rewrite(t, file, a, scripts)
			}
		})
	}
}

// play runs the cells of a script in a session.
func (sc *script) play(t *testing.T, s *session) {
	s.trace = os.Getenv("TRACE") != ""
	for _, st := range sc.steps {
		st.got, st.gotErr = s.run(st.Cell)
		if !*update {
			st.check(t)
		}
	}
}

// rewrite stores the outcomes in the archive.
func rewrite(t *testing.T, file string, a *txtar.Archive, scripts []*script) {
	n := &txtar.Archive{Comment: a.Comment}
	line := func(s string) []byte {
		if s != "" && !strings.HasSuffix(s, "\n") {
			s += "\n"
		}
		return []byte(s)
	}
	for _, sc := range scripts {
		if sc.name != "" {
			n.Files = append(n.Files, txtar.File{Name: "script " + sc.name})
		}
		for _, st := range sc.steps {
			n.Files = append(n.Files, txtar.File{Name: fmt.Sprintf("cell %d", st.N), Data: line(st.Cell)})
			if st.got != "" {
				n.Files = append(n.Files, txtar.File{Name: fmt.Sprintf("out %d", st.N), Data: line(st.got)})
			}
			if st.gotErr != "" {
				n.Files = append(n.Files, txtar.File{Name: fmt.Sprintf("err %d", st.N), Data: line(st.gotErr)})
			}
		}
	}
	if err := os.WriteFile(file, txtar.Format(n), 0o644); err != nil {
		t.Fatal(err)
	}
}
