package assist

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"descent/kernel/cell"
	"descent/kernel/symbols/typedata"
)

var preload = []cell.Import{
	{Name: "dl", Path: "descent/dl"}, {Name: "nn", Path: "descent/dl/nn"}, {Name: "optim", Path: "descent/dl/optim"},
	{Name: "fmt", Path: "fmt"}, {Name: "math", Path: "math"},
}

const history = `// Net is a small network.
type Net struct {
	fc1, fc2 *nn.Linear
	Name     string // what people call it
}

// Forward applies both layers.
//
//   - x: one row a sample
func (n *Net) Forward(x *dl.Tensor) *dl.Tensor { return n.fc2.Forward(n.fc1.Forward(x)) }

// area multiplies.
func area(width, height float64, more ...int) float64 { return width * height }

net := &Net{}
total := 3`

// session compiles cells without running them.
func session(t testing.TB, cells ...string) *Assistant {
	t.Helper()
	imp := typedata.NewImporter()
	c := cell.New(cell.Options{Importer: imp, Preload: preload})
	a := New(c, imp, preload)
	for i, src := range cells {
		p, diags := c.Compile(i+1, src)
		if len(diags) > 0 {
			t.Fatalf("cell %d: %v", i+1, diags)
		}
		c.Commit(p)
		a.Learn(src)
	}
	return a
}

// at splits a text at its cursor mark "|", whose place is returned in code points.
func at(s string) (code string, cursor int) {
	before, after, ok := strings.Cut(s, "|")
	if !ok {
		panic("no cursor in " + s)
	}
	return before + after, utf8.RuneCountInString(before)
}

func texts(c Completion) []string {
	var out []string
	for _, m := range c.Matches {
		out = append(out, m.Text)
	}
	return out
}

func TestComplete(t *testing.T) {
	a := session(t, history)
	tests := []struct {
		code string
		want []string // all of these
		not  []string // and none of those
		kind string   // of the first
	}{
		{"net.|", []string{"fc1", "fc2", "Name", "Forward"}, []string{"Step"}, "property"},
		{"net.F|", []string{"Forward"}, []string{"fc1x"}, "function"},
		{"x := net.fc1.Forward(dl.Zeros(2)).Re|", []string{"ReLU", "Reshape"}, []string{"Add"}, "function"},
		{"dl.Zer|", []string{"Zeros", "ZerosLike"}, []string{"Ones"}, "function"},
		{"dl.|\ny := 1", []string{"Zeros", "Tensor"}, nil, ""},
		{"strings.ToU|", []string{"ToUpper"}, []string{"ToLower"}, "function"},
		{"rand.Int|", []string{"Intn"}, nil, "function"},
		{"tot|", []string{"total"}, nil, "instance"},
		{"are|", []string{"area"}, nil, "function"},
		{"for i := 0; i < 3; i++ {\n\tlocal := i\n\tloc|\n}", []string{"local"}, nil, "instance"},
		{"func f(first int) {\n\tfir|\n}", []string{"first"}, nil, "instance"},
		{"fo|", []string{"for"}, nil, "keyword"},
		{"x := fo|", nil, []string{"for"}, ""},
		{"le|", []string{"len"}, nil, "function"},
		{"fm|", []string{"fmt"}, nil, "module"},
		{"stri|", []string{"strings"}, nil, ""},
		{"import \"net/ht|\"", []string{"net/http", "net/http/httptest"}, []string{"fmt"}, "module"},
		{"import (\n\t\"fmt\"\n\t\"enc|\n)", []string{"encoding/json"}, nil, "module"},
		{"optim.NewAdam(nil, optim.AdamOptions{|})", []string{"LR: ", "Beta1: "}, nil, "property"},
		{"optim.NewAdam(nil, optim.AdamOptions{LR: 1, W|})", []string{"WeightDecay: "}, []string{"LR: "}, "property"},
		{"n := Net{f|}", []string{"fc1: "}, nil, "property"},
		{"// net.|", nil, []string{"Forward"}, ""},
		{"s := \"net.|\"", nil, []string{"Forward"}, ""},
		{"net.|\n)}", []string{"Forward"}, nil, ""},
		{"if net.|", []string{"Forward"}, nil, ""},
		{"for _, v := range net.|", []string{"fc1"}, nil, ""},
		{"fmt.Println(net.fc1.|", []string{"Forward", "Weight"}, nil, ""},
		{"import \"os\"\nh, err := os.Open(\"x\")\nh.|\nfmt.Println(err)", []string{"Close", "Read"}, nil, ""},
		{"\"🎉日本\"; net.Fo|", []string{"Forward"}, nil, "function"},
		{"NET.|", nil, []string{"Forward"}, ""},
		{"time.Second.|", []string{"Seconds", "String"}, nil, "function"},
		{"strings.NewReader(\"x\").Re|", []string{"ReadByte"}, nil, "function"},
		{"%time\nnet.Fo|", []string{"Forward"}, nil, "function"},
		{"%timeit net.Fo|", []string{"Forward"}, nil, "function"},
		{"!net.|", nil, []string{"Forward"}, ""},
		{"\"a\"|", nil, []string{"net"}, ""},
		{"var t |", []string{"Net", "string", "map"}, []string{"net", "t", "len", "for"}, ""},
		{"var t []|", []string{"Net"}, []string{"net"}, ""},
		{"var t map[|", []string{"string"}, []string{"net"}, ""},
		{"func f(a |", []string{"Net"}, []string{"net"}, ""},
		{"func f(a *dl.|", []string{"Tensor"}, []string{"Zeros"}, ""},
		{"func f(a Net) |", []string{"Net"}, []string{"net"}, ""},
		{"type S struct {\n\ta |\n}", []string{"Net"}, []string{"net"}, ""},
		{"any(net).(|", []string{"Net"}, []string{"net"}, ""},
		{"switch any(net).(type) {\ncase |\n}", []string{"Net"}, []string{"net"}, ""},
		{"func (n *Net) to|", nil, []string{"total"}, ""},
		{"outer:\nfor {\n\tfor {\n\t\tbreak |\n\t}\n}", []string{"outer"}, []string{"net"}, "label"},
	}
	for _, tt := range tests {
		code, cursor := at(tt.code)
		c := a.Complete(code, cursor)
		got := texts(c)
		for _, w := range tt.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q: no %q in %q", tt.code, w, got)
			}
		}
		for _, w := range tt.not {
			if slices.Contains(got, w) {
				t.Errorf("%q: %q is offered", tt.code, w)
			}
		}
		if tt.kind != "" && len(c.Matches) > 0 && c.Matches[0].Type != tt.kind {
			t.Errorf("%q: first is a %s (%s), want a %s", tt.code, c.Matches[0].Type, c.Matches[0].Text, tt.kind)
		}
		// The marked text must be a beginning of every match, but for its case.
		prefix := string([]rune(code)[c.Start:c.End])
		for _, m := range c.Matches {
			if !strings.HasPrefix(strings.ToLower(m.Text), strings.ToLower(prefix)) {
				t.Errorf("%q: %q replaces %q", tt.code, m.Text, prefix)
			}
		}
		if c.End != cursor {
			t.Errorf("%q: ends at %d, the cursor is at %d", tt.code, c.End, cursor)
		}
	}
}

// TestCompleteOrder checks what comes first: what is near, and what fits.
func TestCompleteOrder(t *testing.T) {
	a := session(t, history, "type Color int\nconst (\n\tRed Color = iota\n\tGreen\n)\nvar paint = Green\nfunc mix(a, b Color) Color { return a }\nfunc model() *Net { return nil }")
	tests := []struct {
		code string
		want []string
	}{
		{"tally := 1\nt|", []string{"tally", "total"}},
		{"var c Color = |", []string{"Green", "Red", "paint", "mix"}},
		{"paint = |", []string{"Green", "Red", "paint", "mix"}},
		{"if paint == |", []string{"Green", "Red", "paint", "mix"}},
		{"mix(Red, |", []string{"Green", "Red", "paint", "mix"}},
		{"m := map[Color]string{}\nm[|]", []string{"Green", "Red", "paint", "mix"}},
		{"switch paint {\ncase |\n}", []string{"Green", "Red", "paint", "mix"}},
		{"func f() Color {\n\treturn |\n}", []string{"Green", "Red", "paint", "f", "mix"}},
		{"nn.NewSequential(|", []string{"net", "model"}},
		{"var p *int\nptr := 3\nq := &ptr\np = |", []string{"p", "q", "nil"}},
		{"func g(n int) {}\nvar s string\ncount := 2\ng(|", []string{"count", "total"}},
		{"func g(n int) {}\nvar s string\ncount := 2\ng(2 * |)", []string{"count", "total"}},
		{"time.Sleep(2 * time.|)", []string{"Hour", "Microsecond", "Millisecond", "Minute", "Nanosecond", "Second"}},
		{"xs := []string{}\nspot := 1\nxs[|]", []string{"spot", "total"}},
		{"xs := []string{}\nspot := 1\nxs[:|]", []string{"spot", "total"}},
		{"ok := true\nif !|", []string{"ok"}},
		{"if |  == Red {}", []string{"Green", "Red", "paint", "mix"}},
		{"var p *int\nptr := 3\np = &|", []string{"ptr"}},
		{"c := make(chan Color)\npaint = <-|", []string{"c"}},
		{"func run() {}\ngo |", []string{"run"}},
		{"func run() {}\ndefer |", []string{"run"}},
		{"type Pair[T any] struct{ a, b T }\nvar p Pair[|]", []string{"Color", "Net", "Pair"}},
	}
	for _, tt := range tests {
		code, cursor := at(tt.code)
		got := texts(a.Complete(code, cursor))
		if len(got) < len(tt.want) || !slices.Equal(got[:len(tt.want)], tt.want) {
			t.Errorf("%q: order %q, want %q first", tt.code, got[:min(8, len(got))], tt.want)
		}
	}
}

func TestKeywords(t *testing.T) {
	a := session(t, history)
	tests := []struct{ code, want, not string }{
		{"|", "for if func import type", "case return break else range"},
		{"func f() {\n\t|\n}", "for return", "import case break"},
		{"for {\n\t|\n}", "break continue", "return case"},
		{"for _, v := range []int{1} {\n\t|\n}", "break continue", "return case"},
		{"func f() {\n\tfor {\n\t\tgo func() {\n\t\t\t|\n\t\t}()\n\t}\n}", "return", "break continue"},
		{"switch total {\n|\n}", "case default fallthrough break", "continue return"},
		{"select {\n|\n}", "case default", "for if"},
		{"type S struct {\n\t|\n}", "", "for if var"},
		{"if total > 1 {\n} |", "else", "for var"},
		{"if total > 1 {\n} else |", "if", "for"},
		{"for i := |", "range func", "for"},
		{"x := |", "func map", "range for"},
		{"f(func() {\n\t|\n})", "return for", "import"},
	}
	for _, tt := range tests {
		code, cursor := at(tt.code)
		got := map[string]bool{}
		for _, m := range a.Complete(code, cursor).Matches {
			if m.Type == "keyword" {
				got[m.Text] = true
			}
		}
		for _, w := range strings.Fields(tt.want) {
			if !got[w] {
				t.Errorf("%q: no %s", tt.code, w)
			}
		}
		for _, w := range strings.Fields(tt.not) {
			if got[w] {
				t.Errorf("%q: %s is offered", tt.code, w)
			}
		}
	}
}

func TestSnippets(t *testing.T) {
	a := session(t, history)
	tests := []struct{ code, want string }{
		{"func f() (int, string, *Net, error) {\n\t_, err := fmt.Println()\n\ti|\n}", "if err != nil {\n\t\treturn 0, \"\", nil, err\n\t}"},
		{"_, err := fmt.Println()\ni|", "if err != nil {\n\tpanic(err)\n}"},
		{"fo|", "for i := range "},
		{"fu|", "func (n *Net) "},
	}
	for _, tt := range tests {
		code, cursor := at(tt.code)
		got := texts(a.Complete(code, cursor))
		if !slices.Contains(got, tt.want) {
			t.Errorf("%q: no %q in %q", tt.code, tt.want, got)
		}
	}
	for _, code := range []string{"x := i|", "fmt.Println(fo|)"} {
		code, cursor := at(code)
		for _, m := range a.Complete(code, cursor).Matches {
			if m.Type == "snippet" {
				t.Errorf("%q: %q is offered", code, m.Text)
			}
		}
	}
}

func TestCompleteFiles(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"data.csv", "date.txt", ".hidden"} {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a := session(t)
	code, cursor := at("os.ReadFile(\"" + filepath.ToSlash(dir) + "/da|\")")
	c := a.Complete(code, cursor)
	if got := strings.Join(texts(c), " "); got != "data.csv date.txt" {
		t.Errorf("offered %q", got)
	}
	if string([]rune(code)[c.Start:c.End]) != "da" {
		t.Errorf("replaces %d to %d", c.Start, c.End)
	}
}

func TestInspect(t *testing.T) {
	a := session(t, history)
	tests := []struct {
		code string
		want []string
	}{
		{"strings.ToUp|per", []string{"func strings.ToUpper(s string) string", "upper case", "package strings"}},
		{"fmt.Println(|", []string{"func fmt.Println(a ...any) (n int, err error)", "argument 1: **`a ...any`**"}},
		{"area(1, |", []string{"func area(width float64, height float64, more ...int) float64", "argument 2: **`height float64`**", "area multiplies"}},
		{"area(1, 2, 3, |)", []string{"argument 4: **`more ...int`**"}},
		{"ne|t", []string{"var net *Net"}},
		{"Net|{}", []string{"type Net struct", "Net is a small network"}},
		{"net.Forwa|rd(nil)", []string{"Forward(x *dl.Tensor) *dl.Tensor", "applies both layers"}},
		{"dl.Zeros(|)", []string{"func dl.Zeros(shape ...int) *dl.Tensor", "argument 1"}},
		{"net.fc1.Forward|", []string{"Linear", "package descent/dl/nn"}},
		{"optim.AdamOptions{LR|: 1}", []string{"field LR float64", "learning rate"}},
		{"net.Na|me", []string{"field Name string", "what people call it"}},
		{"len|(x)", []string{"builtin", "length of v"}},
		{"math|.Pi", []string{"package math", "mathematical functions"}},
		{"math.P|i", []string{"const math.Pi", "3.14159"}},
		{"optim.NewAdam(nil, |", []string{"argument 2: **`o optim.AdamOptions`**", "NewAdam makes an Adam", "PyTorch: torch.optim.Adam"}},
		{"net.fc1.Forwa|rd", []string{"nn.Linear"}},
		{"optim.AdamOptions{|}", []string{"type AdamOptions struct", "LR float64"}},
		{"optim.NewAdam(nil, optim.AdamOptions{LR: |})", []string{"field LR float64", "learning rate"}},
		{"Net{Name: |}", []string{"field Name string", "what people call it"}},
		{"json.NewEncoder(os.Stdout).Enc|ode(1)", []string{"Encode(v any) error", "writes the JSON encoding"}},
		{"%timeit area(1, |", []string{"argument 2"}},
		{"datasets.MNIST|()", []string{"Y is int64 \\[N]"}},
		{"time|", []string{"#### Monotonic Clocks\n"}},
		{"x := strings.Repeat(\"a\", |", []string{"argument 2: **`count int`**"}},
	}
	for _, tt := range tests {
		code, cursor := at(tt.code)
		h, ok := a.Inspect(code, cursor, 0)
		if !ok {
			t.Errorf("%q: nothing found", tt.code)
			continue
		}
		for _, w := range tt.want {
			if !strings.Contains(h.Markdown, w) {
				t.Errorf("%q: no %q in\n%s", tt.code, w, h.Markdown)
			}
		}
		if h.Text == "" || strings.Contains(h.Text, "```") {
			t.Errorf("%q: text %q", tt.code, h.Text)
		}
	}
	for _, s := range []string{"nosuchname|", "|", "// comm|ent", "x := 1 |"} {
		code, cursor := at(s)
		if h, ok := a.Inspect(code, cursor, 0); ok {
			t.Errorf("%q: found %s", s, h.Text)
		}
	}
}

func TestIsComplete(t *testing.T) {
	tests := []struct{ code, status, indent string }{
		{"", "complete", ""},
		{"x := 1", "complete", ""},
		{"x := 1\ny := 2\n", "complete", ""},
		{"func f() {", "incomplete", "    "},
		{"func f() {\n\tif true {", "incomplete", "        "},
		{"func f() {\n}", "complete", ""},
		{"func f() {}\nf()", "complete", ""},
		{"import \"fmt\"\nfmt.Println(1)", "complete", ""},
		{"package main\nimport \"fmt\"\nfunc main() { fmt.Println() }", "complete", ""},
		{"x := []int{1,", "incomplete", "    "},
		{"x :=", "incomplete", "    "},
		{"a +", "incomplete", "    "},
		{"f(", "incomplete", "    "},
		{"s := `raw", "incomplete", ""},
		{"/* comment", "incomplete", ""},
		{"for i := range 3 {\n\tfmt.Println(i)\n}", "complete", ""},
		{"type T struct", "incomplete", "    "},
		{"if x {\n} else", "incomplete", "    "},
		{")", "invalid", ""},
		{"x := \"open", "invalid", ""},
		{"x = = 1", "invalid", ""},
		{"func (", "incomplete", "    "},
		{"func f( { }", "incomplete", "    "},
		{"%time", "complete", ""},
		{"!ls -l (", "complete", ""},
		{"strings?", "complete", ""},
		{"x++", "complete", ""},
		{"return", "complete", ""},
		{"a.b.", "incomplete", "    "},
		{"L:\nfor {}", "complete", ""},
		{"x := 'a", "invalid", ""},
	}
	for _, tt := range tests {
		if status, indent := IsComplete(tt.code); status != tt.status || indent != tt.indent {
			t.Errorf("%q: %s %q, want %s %q", tt.code, status, indent, tt.status, tt.indent)
		}
	}
}

func TestOffsets(t *testing.T) {
	const s = "a🎉é\nb"
	for cursor, off := range []int{0, 1, 5, 7, 8, 9} {
		if got := offset(s, cursor); got != off {
			t.Errorf("offset(%d) = %d, want %d", cursor, got, off)
		}
		if got := points(s, off); got != cursor {
			t.Errorf("points(%d) = %d, want %d", off, got, cursor)
		}
	}
	if offset(s, 99) != len(s) || offset(s, -1) != 0 {
		t.Error("a cursor outside of the code is not put at its end")
	}
}

// TestNeverPanics completes and inspects at every place of broken code.
func TestNeverPanics(t *testing.T) {
	a := session(t, history)
	for _, code := range []string{
		"func f(x int { net. ; }", "type T struct { a int; b }\nT{a:", "x := map[string]", "switch v := any(net).(type) { case *", "func (n *Net) ", "a[1:].b(", "go func() { select { case", "\"unclosed", "import (\"fmt", "🎉.x", "}}}", "for range", "var x = func(", "type G[T ", "net.Forward(net.Forward(",
	} {
		for i := range utf8.RuneCountInString(code) + 1 {
			a.Complete(code, i)
			a.Inspect(code, i, 1)
		}
		IsComplete(code)
	}
}

func BenchmarkComplete(b *testing.B) {
	a := session(b, history)
	code, cursor := at("x := net.fc1.Forward(dl.Zeros(2)).|")
	a.Complete(code, cursor) // reads the packages
	for b.Loop() {
		a.Complete(code, cursor)
	}
}
