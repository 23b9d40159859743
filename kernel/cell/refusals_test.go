package cell_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// tierRefusals counts what the tier compiled of the cells, and its reasons to refuse the
// rest, with what is particular to a program left out.
type tierRefusals struct {
	units   int
	reasons map[string]int
	where   map[string]string // the first place of each
}

var particular = []struct{ find, put string }{
	{`of the type .* for one of the type .*`, "of another type"},
	{`the type .* in an interface`, "a type in an interface"},
	{`the function \S+ is not compiled`, "a function that is refused itself"},
	{`over the type .*`, "over a type"},
	{`the (variable|method|conversion of|interface|label) .* (is|can|lies|to)`, "the $1 … $2"},
	{`^\S+\.\S+ cannot be (called|used)`, "a function or variable that cannot be $1"},
	{`^\S+\.\S+ as a value`, "a compiled function as a value"},
}

func (r *tierRefusals) add(s *session, file string) {
	if s.program == nil {
		return
	}
	r.units += len(s.program.Units)
	for _, x := range s.program.Refusals {
		reason := x.Reason
		for _, p := range particular {
			reason = regexp.MustCompile(p.find).ReplaceAllString(reason, p.put)
		}
		r.reasons[reason]++
		if r.where[reason] == "" {
			r.where[reason] = fmt.Sprintf("%s:%d:%d %s", filepath.Base(file), x.Line, x.Col, x.Reason)
		}
	}
}

// TestTierRefusals tells, with -v, what the tier refuses of the programs and scripts:
// none of it may be a mistake of the compiler of closures.
func TestTierRefusals(t *testing.T) {
	r := &tierRefusals{reasons: map[string]int{}, where: map[string]string{}}
	programs, _ := filepath.Glob("testdata/programs/*.go")
	for _, file := range programs {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run("compile", func(t *testing.T) {
			s := newSessionWith(t, true)
			s.program, _ = s.c.Compile(1, string(b))
			r.add(s, file)
		})
	}
	features, _ := filepath.Glob("testdata/features/*.txtar")
	for _, file := range features {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, sc := range parseScripts(t, a) {
			t.Run("compile", func(t *testing.T) {
				s := newSessionWith(t, true)
				for _, st := range sc.steps {
					p, _ := s.c.Compile(st.N, st.Cell)
					if p == nil {
						continue
					}
					s.program = p
					r.add(s, file)
					s.c.Commit(p)
				}
			})
		}
	}
	total := 0
	for _, n := range r.reasons {
		total += n
	}
	t.Logf("%d programs and %d files of scripts: %d compiled, %d refused", len(programs), len(features), r.units, total)
	for _, reason := range slices.SortedFunc(maps.Keys(r.reasons), func(a, b string) int { return r.reasons[b] - r.reasons[a] }) {
		t.Logf("%5d %s (%s)", r.reasons[reason], reason, r.where[reason])
		if strings.HasPrefix(reason, "internal") {
			t.Errorf("a mistake: %s", r.where[reason])
		}
	}
}
