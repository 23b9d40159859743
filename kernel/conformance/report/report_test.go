package report

import (
	"strings"
	"testing"
	"time"

	"descent/kernel/cell/testdata"
)

func TestRows(t *testing.T) {
	var out strings.Builder
	w := &writer{w: &out}
	w.limit("quick", 2*time.Millisecond, 3*time.Millisecond, ", note")
	w.limit("slow", 4*time.Millisecond, 3*time.Millisecond, "")
	w.row(false, "wrong", "%d", 7)
	if w.failed != 2 || w.rows != 3 {
		t.Errorf("%d of %d failed", w.failed, w.rows)
	}
	for _, want := range []string{"ok      quick", "2.00 ms (at most 3ms), note", "FAILED  slow", "FAILED  wrong"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if got := Run(&out, "/nonexistent/descent"); got != 8 {
		t.Errorf("without a program %d rows fail, want one of each part", got)
	}
}

func TestQuantile(t *testing.T) {
	d := []time.Duration{5, 1, 4, 2, 3}
	for q, want := range map[float64]time.Duration{0: 1, 0.5: 3, 0.95: 5, 1: 5} {
		if got := quantile(d, q); got != want {
			t.Errorf("quantile %v = %v, want %v", q, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	if got := shorten("äöüß", 3); got != "äö…" {
		t.Errorf("%q", got)
	}
	if got := shorten("äöü", 3); got != "äöü" {
		t.Errorf("%q", got)
	}
}

func TestDifference(t *testing.T) {
	for _, tt := range []struct{ got, want, says string }{
		{"a\nb", "a\nc", "prints b, want c"},
		{"a", "a\nc", "prints <end>, want c"},
		{"a\nb", "a", "prints b, want <end>"},
	} {
		if says := difference(tt.got, tt.want); says != tt.says {
			t.Errorf("%q beside %q: %s", tt.got, tt.want, says)
		}
	}
	if got := withoutValues("a\n→ 3\nb\n"); got != "a\nb\n" {
		t.Errorf("%q", got)
	}
}

// TestLanguageIsEmbedded checks that there is something to play, each with an answer.
func TestLanguageIsEmbedded(t *testing.T) {
	features, err := testdata.Features()
	if err != nil || len(features) < 300 {
		t.Errorf("%d scripts, %v", len(features), err)
	}
	programs, err := testdata.Programs()
	if err != nil || len(programs) < 100 {
		t.Errorf("%d programs, %v", len(programs), err)
	}
	for _, p := range programs {
		if p.Output == "" || !strings.Contains(p.Source, "func main()") {
			t.Errorf("%s prints nothing", p.Name)
		}
	}
}
