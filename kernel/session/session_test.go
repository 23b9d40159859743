package session

import (
	"strings"
	"testing"
)

func TestHello(t *testing.T) {
	c := start(t)
	o := c.ok("fmt.Println(\"hello\")\nx := 40\nx + 2")
	if got := o.stream("stdout"); got != "hello\n" {
		t.Errorf("stdout %q", got)
	}
	if got := o.result(); got != "42" {
		t.Errorf("result %q, want 42", got)
	}
	if got := c.ok("x").result(); got != "40" {
		t.Errorf("x = %q in the next cell", got)
	}
}

func TestCompileError(t *testing.T) {
	c := start(t)
	o := c.run("a := 1\nb := a + undefined1\nvar s string = 3")
	if o.reply.Status != "error" || o.reply.EName != "compile error" {
		t.Fatalf("reply %+v", o.reply)
	}
	tr := o.trace()
	for _, want := range []string{"cell 1, line 2, column 10: undefined: undefined1", "    b := a + undefined1\n             ^", "cell 1, line 3"} {
		if !strings.Contains(tr, want) {
			t.Errorf("no %q in\n%s", want, tr)
		}
	}
	if o := c.run("a"); o.reply.Status != "error" {
		t.Error("a cell that does not compile has defined something")
	}
}

// TestPlacesOfCommands makes sure that errors in the code of a command are where the
// cell has it.
func TestPlacesOfCommands(t *testing.T) {
	c := start(t)
	c.ok("s := []int{1}\ni := 1")
	for _, tt := range []struct{ code, want string }{
		{"%time y := s + undefined1", "cell 2, line 1, column 16: undefined: undefined1\n    %time y := s + undefined1\n                   ^~~~~~~~~"},
		{"%who\n%time s[undefined1]", "cell 3, line 2, column 9: undefined: undefined1\n    %time s[undefined1]\n            ^~~~~~~~~"},
		{"%timeit undefined1 + 1", "cell 4, line 1, column 9: undefined: undefined1\n    %timeit undefined1 + 1\n            ^~~~~~~~~"},
		{"%who\n%timeit\n\ts[0]++\n\tundefined1()", "cell 5, line 4, column 2: undefined: undefined1\n        undefined1()\n        ^~~~~~~~~"},
		{"%who\n%timeit s[i]", "cell 6, line 2\n    %timeit s[i]"},
		{"%time\n\ns[i]", "cell 7, line 3\n    s[i]"},
	} {
		if tr := c.run(tt.code).trace(); !strings.Contains(tr, tt.want) {
			t.Errorf("%q: no %q in\n%s", tt.code, tt.want, tr)
		}
	}
}

func TestPanicTraceback(t *testing.T) {
	c := start(t)
	c.ok("func third(s []int, i int) int {\n\treturn s[i]\n}")
	o := c.run("k := 7\nthird([]int{1, 2, 3}, k)")
	tr := o.trace()
	for _, want := range []string{
		"panic: runtime error: index out of range [7] with length 3",
		"cell 1, line 2, in third\n    return s[i]",
		"cell 2, line 2\n    third([]int{1, 2, 3}, k)",
	} {
		if !strings.Contains(tr, want) {
			t.Errorf("no %q in\n%s", want, tr)
		}
	}
	if o.reply.EName != "panic" || !strings.HasPrefix(o.reply.EValue, "runtime error") {
		t.Errorf("reply %+v", o.reply)
	}
	c.ok("k")
}
