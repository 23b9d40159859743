package cell_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wrongPrograms reads the programs that the compiler refuses.
func wrongPrograms(t *testing.T) (names []string, src map[string]string) {
	b, err := os.ReadFile("testdata/wrong.txtar")
	if err != nil {
		t.Fatal(err)
	}
	src = map[string]string{}
	for _, part := range strings.Split(string(b), "\n-- ")[1:] {
		name, body, _ := strings.Cut(part, " --\n")
		names = append(names, name)
		src[name] = body + "\n"
	}
	return names, src
}

// refusals returns what the compiler says of each program, from the record;
// -update makes it anew.
func refusals(t *testing.T, names []string, src map[string]string) map[string]string {
	const record = "testdata/wrong.out"
	if *update {
		var b strings.Builder
		for _, name := range names {
			file := filepath.Join(t.TempDir(), "main.go")
			if err := os.WriteFile(file, []byte(src[name]), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("go", "build", "-gcflags=-e", "-o", "main", "main.go")
			cmd.Dir = filepath.Dir(file)
			out, err := cmd.CombinedOutput()
			if err == nil {
				t.Errorf("the compiler takes %s", name)
			}
			fmt.Fprintf(&b, "-- %s --\n%s", name, out)
		}
		if err := os.WriteFile(record, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, part := range strings.Split("\n"+string(b), "\n-- ")[1:] {
		name, body, _ := strings.Cut(part, " --\n")
		said[name] = strings.TrimRight(body, "\n")
	}
	return said
}

// place is where the compiler's message begins.
var place = regexp.MustCompile(`^(?:\./)?main\.go:(\d+):(\d+): (.*)$`)

// messages joins what the compiler says on several lines, and drops what cells allow.
func messages(said string) []string {
	var r []string
	for _, line := range strings.Split(said, "\n") {
		if m := place.FindStringSubmatch(line); m != nil {
			r = append(r, m[1]+":"+m[2]+": "+strings.ReplaceAll(m[3], "./main.go:", "cell[1]:"))
		} else if len(r) > 0 {
			r[len(r)-1] += "\n" + line
			r[len(r)-1] = strings.ReplaceAll(r[len(r)-1], "./main.go:", "cell[1]:")
		}
	}
	var kept []string
	for _, m := range r {
		if strings.Contains(m, "declared and not used") || strings.Contains(m, "imported and not used") {
			continue
		}
		kept = append(kept, m)
	}
	return kept
}

// TestWrongPrograms compares what cells refuse with what the compiler refuses: each
// message and its place.
func TestWrongPrograms(t *testing.T) {
	names, src := wrongPrograms(t)
	said := refusals(t, names, src)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			s := newSession(t)
			_, d := s.c.Compile(1, src[name])
			var got []string
			for _, x := range d {
				got = append(got, fmt.Sprintf("%d:%d: %s", x.Line, x.Col, x.Msg))
			}
			want := messages(said[name])
			if strings.HasPrefix(name, "syntax") { // one is enough: how each goes on after it differs
				got, want = got[:min(1, len(got))], want[:min(1, len(want))]
			}
			for _, m := range want {
				if !slices.Contains(got, m) {
					t.Errorf("only the compiler: %s", m)
				}
			}
			for _, m := range got {
				if !slices.Contains(want, m) {
					t.Errorf("only the cell:     %s", m)
				}
			}
		})
	}
}
