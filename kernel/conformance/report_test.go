package conformance

import (
	"strings"
	"testing"

	"descent/kernel/conformance/report"
)

// TestReport runs the report of `descent doctor --conformance`. A time over its
// limit does not fail it: the machine may be busy with other tests.
func TestReport(t *testing.T) {
	exe, err := Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	report.Run(&out, exe)
	t.Log(out.String())
	rows := 0
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "ok ") {
			rows++
		}
		if strings.HasPrefix(line, "FAILED") && !strings.Contains(line, "(at most") {
			t.Error(line)
		}
	}
	if rows < 20 {
		t.Errorf("only %d rows are ok", rows)
	}
}
