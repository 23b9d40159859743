package cpu

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		value string
		best  Level
		want  Level
		err   string
	}{
		{"", Portable, Portable, ""},
		{"", AVX512, AVX512, ""},
		{"portable", AVX2, Portable, ""},
		{"avx2", AVX2, AVX2, ""},
		{"avx2", AVX512, AVX2, ""},
		{"avx512", AVX512, AVX512, ""},
		{"avx512", AVX2, 0, "cannot run avx512 kernels; the best it has is avx2"},
		{"avx2", Portable, 0, "cannot run avx2"},
		{"", NEON, NEON, ""},
		{"portable", NEON, Portable, ""},
		{"neon", NEON, NEON, ""},
		{"neon", AVX512, 0, "cannot run neon kernels; the best it has is avx512"},
		{"neon", Portable, 0, "cannot run neon kernels; the best it has is portable"},
		{"avx2", NEON, 0, "cannot run avx2 kernels; the best it has is neon"},
		{"avx512", NEON, 0, "cannot run avx512 kernels; the best it has is neon"},
		{"AVX2", AVX2, 0, "unknown value; want portable, avx2, avx512 or neon"},
		{"sse", AVX2, 0, "unknown value"},
	} {
		got, err := choose(c.value, c.best)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("choose(%q, %v): error %v, want one with %q", c.value, c.best, err, c.err)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("choose(%q, %v) = %v, %v; want %v", c.value, c.best, got, err, c.want)
		}
	}
}

// TestVariable runs this test binary again with DESCENT_CPU set, by the
// emulator in DESCENT_TEST_EXEC if there is one.
func TestVariable(t *testing.T) {
	if os.Getenv("CPU_TEST_CHILD") != "" {
		os.Stdout.WriteString("active " + Active().String() + "\n")
		return
	}
	for _, c := range []struct{ value, want string }{
		{"portable", "active portable"},
		{"", "active " + Best().String()},
		{"pentium", "DESCENT_CPU=pentium: unknown value"},
	} {
		args := append(strings.Fields(os.Getenv("DESCENT_TEST_EXEC")), os.Args[0], "-test.run=^TestVariable$", "-test.v")
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "CPU_TEST_CHILD=1", Variable+"="+c.value)
		out, _ := cmd.CombinedOutput()
		if !strings.Contains(string(out), c.want) {
			t.Errorf("%s=%q: output lacks %q:\n%s", Variable, c.value, c.want, out)
		}
	}
}

func TestLevels(t *testing.T) {
	defer func(l Level) { active = l }(active)
	for _, c := range []struct {
		active Level
		want   string
	}{{Portable, "[portable]"}, {AVX2, "[portable avx2]"}, {AVX512, "[portable avx2 avx512]"}, {NEON, "[portable neon]"}} {
		active = c.active
		if got := fmt.Sprint(Levels()); got != c.want {
			t.Errorf("with %v: levels %s, want %s", c.active, got, c.want)
		}
	}
}

func TestLevelString(t *testing.T) {
	if s := AVX512.String(); s != "avx512" {
		t.Errorf("AVX512 = %q", s)
	}
	if s := Level(9).String(); s != "Level(9)" {
		t.Errorf("Level(9) = %q", s)
	}
}
