package cell_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the cells print into the scripts")

// script is a run of cells in one session with what each must print.
type script struct {
	name  string
	steps []*step
}

type step struct {
	n        int
	cell     string
	out, err *txtar.File // nil: nothing is expected
	got      string
	gotErr   string
	cellFile txtar.File
}

// parseScripts reads the scripts of an archive. An entry "script NAME" starts a
// script; "cell N", "out N" and "err N" follow.
func parseScripts(t *testing.T, a *txtar.Archive) []*script {
	var list []*script
	cur := &script{}
	list = append(list, cur)
	find := func(n int) *step {
		for _, s := range cur.steps {
			if s.n == n {
				return s
			}
		}
		t.Fatalf("script %s: no cell %d", cur.name, n)
		return nil
	}
	for i := range a.Files {
		f := &a.Files[i]
		kind, rest, _ := strings.Cut(f.Name, " ")
		if kind == "script" {
			cur = &script{name: rest}
			list = append(list, cur)
			continue
		}
		var n int
		fmt.Sscan(rest, &n)
		switch kind {
		case "cell":
			cur.steps = append(cur.steps, &step{n: n, cell: strings.TrimSuffix(string(f.Data), "\n"), cellFile: *f})
		case "out":
			find(n).out = f
		case "err":
			find(n).err = f
		default:
			t.Fatalf("entry %q", f.Name)
		}
	}
	return list
}

func (st *step) check(t *testing.T) {
	want, wantErr := "", ""
	if st.out != nil {
		want = string(st.out.Data)
	}
	if st.err != nil {
		wantErr = string(st.err.Data)
	}
	if strings.TrimRight(st.got, "\n") != strings.TrimRight(want, "\n") && (st.out != nil || st.got != "") {
		t.Errorf("cell %d\n%s\nprinted %q\nwant    %q", st.n, st.cell, st.got, want)
	}
	if strings.TrimSpace(st.gotErr) != strings.TrimSpace(wantErr) {
		t.Errorf("cell %d\n%s\nfailed with %q\nwant        %q", st.n, st.cell, st.gotErr, wantErr)
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
		st.got, st.gotErr = s.run(st.cell)
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
			n.Files = append(n.Files, st.cellFile)
			if st.got != "" {
				n.Files = append(n.Files, txtar.File{Name: fmt.Sprintf("out %d", st.n), Data: line(st.got)})
			}
			if st.gotErr != "" {
				n.Files = append(n.Files, txtar.File{Name: fmt.Sprintf("err %d", st.n), Data: line(st.gotErr)})
			}
		}
	}
	if err := os.WriteFile(file, txtar.Format(n), 0o644); err != nil {
		t.Fatal(err)
	}
}
