package closure

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGenerated checks that fused.go is what gen.go writes.
func TestGenerated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fused.go")
	if out, err := exec.Command("go", "run", "gen.go", "-o", file).CombinedOutput(); err != nil {
		t.Fatalf("gen.go: %v\n%s", err, out)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("fused.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("fused.go is out of date: go generate ./kernel/closure")
	}
}
