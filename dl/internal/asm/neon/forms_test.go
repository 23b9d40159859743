package neon

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the words that LLVM's assembler (llvm-mc) makes of all forms")

const wordsFile = "testdata/words.txt"

// samples renders every form with two sets of registers.
func samples() (words, texts []string) {
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		f := forms[name]
		for _, regs := range [][]int{{1, 2, 30}, {31, 17, 8}} {
			i := ins{text: f.text, word: f.word}
			for v := range regs {
				if strings.Contains(f.text, fmt.Sprintf("{%d", v)) {
					i.regs = append(i.regs, use(value(v)))
				}
			}
			if f.move {
				i.regs = append(i.regs, i.regs[1])
			}
			line := strings.TrimPrefix(i.render(regs), "\tWORD $0x")
			word, text, _ := strings.Cut(line, " // ")
			words, texts = append(words, word), append(texts, text)
		}
	}
	return words, texts
}

// TestForms compares the encodings with those of an assembler that we did not
// write.
func TestForms(t *testing.T) {
	words, texts := samples()
	if *update {
		assemble(t, texts)
	}
	b, err := os.ReadFile(wordsFile)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(b)) {
		word, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		want[text] = word
	}
	for i, text := range texts {
		if want[text] != words[i] {
			t.Errorf("%s is %s, LLVM says %q", text, words[i], want[text])
		}
	}
}

func assemble(t *testing.T, texts []string) {
	cmd := exec.Command("llvm-mc", "-triple=aarch64", "-show-encoding")
	cmd.Stdin = strings.NewReader(strings.Join(texts, "\n") + "\n")
	out, err := cmd.CombinedOutput()
	found := regexp.MustCompile(`encoding: \[0x(..),0x(..),0x(..),0x(..)\]`).FindAllStringSubmatch(string(out), -1)
	if err != nil || len(found) != len(texts) {
		t.Fatalf("llvm-mc: %v, %d words for %d lines\n%s", err, len(found), len(texts), out)
	}
	var b strings.Builder
	for i, m := range found {
		fmt.Fprintf(&b, "%s%s%s%s %s\n", m[4], m[3], m[2], m[1], texts[i])
	}
	if err := os.WriteFile(wordsFile, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}
