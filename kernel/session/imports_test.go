package session

import (
	"encoding/json"
	"strings"
	"testing"

	"descent/kernel/link"
)

// rewritten returns the text that a reply puts in the place of its cell's.
func rewritten(t *testing.T, o outcome) string {
	t.Helper()
	for _, j := range o.reply.Payload {
		var p struct {
			Source, Text string
			Replace      bool
		}
		if err := json.Unmarshal(j, &p); err != nil {
			t.Fatal(err)
		}
		if p.Source == "set_next_input" && p.Replace {
			return p.Text
		}
	}
	return ""
}

// TestCompletingAddsTheImport: a cell that uses a package which a completion has
// named runs with its import, and its text is put right.
func TestCompletingAddsTheImport(t *testing.T) {
	c := start(t)
	complete := func(code string) string {
		var r link.CompleteReply
		m := <-c.ask(link.TypeComplete, "complete "+code, link.Complete{Code: code, CursorPos: len(code)})
		if err := m.Decode(&r); err != nil {
			t.Fatal(err)
		}
		return strings.Join(r.Matches, " ")
	}
	if o := c.run("strings.ToUpper(\"a\")"); o.reply.Status != "error" || !strings.Contains(o.trace(), "hint: import \"strings\"") {
		t.Errorf("a package that nothing has named: %s", o.trace())
	}
	if got := complete("strings.ToUp"); got != "ToUpper ToUpperSpecial" {
		t.Errorf("members: %q", got)
	}
	o := c.ok("strings.ToUpper(\"a\")")
	if o.result() != "\"A\"" || rewritten(t, o) != "import \"strings\"\n\nstrings.ToUpper(\"a\")" {
		t.Errorf("shows %s, becomes %q", o.result(), rewritten(t, o))
	}
	if got := o.stream("stderr"); got != "import \"strings\" added to this cell\n" {
		t.Errorf("told %q", got)
	}
	if o := c.ok("strings.ToLower(\"A\")"); rewritten(t, o) != "" || o.stream("stderr") != "" {
		t.Errorf("the next cell becomes %q and says %q", rewritten(t, o), o.stream("stderr"))
	}

	// The name alone; of several packages the one that has what is used.
	if got := complete("ran"); !strings.Contains(got, "rand") {
		t.Errorf("names: %q", got)
	}
	if got := rewritten(t, c.ok("_ = rand.IntN(3)")); !strings.HasPrefix(got, "import \"math/rand/v2\"\n\n") {
		t.Errorf("becomes %q", got)
	}

	// Other mistakes stay, at their places, and then nothing is imported.
	complete("sor")
	o = c.run("sort.Ints(nosuch)\nnosuch2()")
	for _, want := range []string{"cell 5, line 1, column 11: undefined: nosuch\n    sort.Ints(nosuch)\n              ^~~~~~\n", "line 2, column 1: undefined: nosuch2"} {
		if !strings.Contains(o.trace(), want) {
			t.Errorf("no %q in\n%s", want, o.trace())
		}
	}
	if strings.Contains(o.trace(), "sort\n") || rewritten(t, o) != "" {
		t.Errorf("%s\nbecomes %q", o.trace(), rewritten(t, o))
	}
	complete("unicode.")
	o = c.ok("%time\nb := sort.IsSorted(sort.IntSlice{1})\nunicode.IsUpper('A') && b")
	if got, want := rewritten(t, o), "%time\nimport (\n\t\"sort\"\n\t\"unicode\"\n)\n\nb := "; !strings.HasPrefix(got, want) || o.result() != "true" {
		t.Errorf("shows %s, becomes %q", o.result(), got)
	}
	// A client that keeps no cell gets no new text for it.
	complete("bytes.")
	id, reply := c.begin(link.Execute{Code: "len(bytes.Fields(nil))"})
	if o := c.wait(id, reply); o.result() != "0" || rewritten(t, o) != "" {
		t.Errorf("shows %s, becomes %q", o.result(), rewritten(t, o))
	}
}

func TestWithImports(t *testing.T) {
	one, two := []string{"strings"}, []string{"os", "strings"}
	tests := []struct {
		name, code string
		paths      []string
		want       string
	}{
		{"statement", "x := 1", one, "import \"strings\"\n\nx := 1"},
		{"two", "x := 1\n", two, "import (\n\t\"os\"\n\t\"strings\"\n)\n\nx := 1\n"},
		{"single import", "import \"os\"\n\nx := 1", one, "import \"strings\"\nimport \"os\"\n\nx := 1"},
		{"block", "import (\n\t\"os\"\n\t\"unicode\"\n)\n\nx", one, "import (\n\t\"os\"\n\t\"strings\"\n\t\"unicode\"\n)\n\nx"},
		{"unsorted block", "import (\n\t\"unicode\"\n\t\"os\"\n)\nx", one, "import (\n\t\"unicode\"\n\t\"os\"\n\t\"strings\"\n)\nx"},
		{"magic", "\n%time\n\nx", one, "\n%time\n\nimport \"strings\"\n\nx"},
		{"magic alone", "%timeit strings.ToUpper(\"a\")", one, ""},
		{"comment", "// About it.\n\nx", one, "// About it.\n\nimport \"strings\"\n\nx"},
		{"doc comment", "// F does\n// it.\nfunc F() {}", one, "import \"strings\"\n\n// F does\n// it.\nfunc F() {}"},
		{"program", "package main\n\nfunc main() {}", one, "package main\n\nimport \"strings\"\n\nfunc main() {}"},
	}
	for _, tt := range tests {
		got, ok := withImports(tt.code, tt.paths)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, ok, tt.want)
		}
	}
}
