package cell_test

import (
	"strings"
	"testing"

	"descent/kernel/cell"
)

// TestHints checks what is said beside the compiler's words.
func TestHints(t *testing.T) {
	c := cell.New(cell.Options{Importer: newImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}, {Name: "math", Path: "math"}}})
	commit(t, c, "width := 3\ntype Net struct{ A int }\nnet := Net{}", "type Net struct{ A, B int }")
	tests := []struct{ code, msg, hint string }{
		{"widht + 1", "undefined: widht", "did you mean width?"},
		{"strings.ToUpper(\"a\")", "undefined: strings", `import "strings"`},
		{"rand.Int()", "undefined: rand", `import "math/rand"`},
		{"template.New(\"a\")", "undefined: template", `import "html/template" or import "text/template"`},
		{"store.Save(\"a\", nil)", "undefined: store", `import "descent/dl/store"`},
		{"plot.New()", "undefined: plot", `import "descent/display/plot"`},
		{"import \"stings\"", "package stings is not available in cells", `did you mean "strings"?`},
		{"net.A", "net was made by the old Net: stale; run cell 1 again", ""},
		{"quite.Unknown()", "undefined: quite", ""},
	}
	for _, tt := range tests {
		_, d := c.Compile(3, tt.code)
		if len(d) != 1 || !strings.Contains(d[0].Msg, tt.msg) || !strings.Contains(d[0].Hint, tt.hint) || tt.hint == "" && d[0].Hint != "" {
			t.Errorf("%s: %+v, want %q with the hint %q", tt.code, d, tt.msg, tt.hint)
		}
	}
	if p := commit(t, c, "", "", "", "math := 3")[3]; len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0].Msg, "the variable math hides the package math") {
		t.Errorf("a package that is hidden: %+v", p.Warnings)
	}
	if _, d := c.Compile(9, "math.Sqrt(2)"); len(d) != 1 || d[0].Hint != "the variable math of cell 4 hides the package math; to use both, import it under another name" {
		t.Errorf("use of a hidden package: %+v", d)
	}
}

// TestMemberHints checks what is said of a member that does not exist.
func TestMemberHints(t *testing.T) {
	preload := []cell.Import{{Name: "dl", Path: "descent/dl"}, {Name: "nn", Path: "descent/dl/nn"}, {Name: "optim", Path: "descent/dl/optim"}, {Name: "fmt", Path: "fmt"}}
	c := cell.New(cell.Options{Importer: newImporter(), Preload: preload})
	commit(t, c, "type Net struct{ alpha int }\nfunc (n *Net) Forward() {}\nnet := &Net{}\nx := dl.Ones(2, 3)")
	tests := []struct{ code, hint string }{
		{"x.log_softmax(1)", "did you mean LogSoftmax?"},
		{"x.relu_()", "did you mean ReLUInPlace?"},
		{"x.Exps()", "did you mean Exp?"},
		{"x.Frobnicate()", ""},
		{"net.alpah", "did you mean alpha?"},
		{"net.fwd()", ""},
		{"net.Dial(\"tcp\", \"\")", "hides the package net"},
		{"net.Forwad()", "did you mean Forward?"},
		{"dl.Rand_like(x)", "did you mean dl.RandLike?"},
		{"nn.ClipGradNorm(nil, 1)", "did you mean optim.ClipGradNorm?"},
		{"import \"strings\"\nstrings.Contain(\"a\", \"b\")", "did you mean strings.Contains?"},
		{"nn.Linear(784, 10)", "nn.NewLinear makes one"},
		{"optim.Adam(nil)", "optim.NewAdam makes one"},
		{"nn.Sequential(nn.NewLinear(3, 4))", "nn.NewSequential makes one"},
		{"x + 1", "tensors are combined by methods"},
		{"2 * x", "tensors are combined by methods"},
		{"x - x", "tensors are combined by methods"},
		{"x[0]", "x.Index(0)"},
		{"len(x)", "x.Size(0)"},
		{"len(3)", ""},
		{"\"a\" + 1", ""},
		{"torch.randn(3)", "the package dl"},
		{"F.relu(x)", "x.ReLU()"},
		{"F", ""},
		{"1, 2", "one value"},
		{"for i in range(3) {\n}", "for i := range 3"},
		{"import torch", "double quotes"},
		{"def f(x): return x", "func f(x int)"},
		{"z := [1, 2, 3]", "[]int{1, 2, 3}"},
		{"'hello'", "double quotes"},
		{"a = 3", ":="},
		{"a == 3", ""},
		{"None", "nil"},
	}
	for _, tt := range tests {
		_, d := c.Compile(3, tt.code)
		if len(d) == 0 || !strings.Contains(d[0].Hint, tt.hint) || tt.hint == "" && d[0].Hint != "" {
			t.Errorf("%s: %+v, want the hint %q", tt.code, d, tt.hint)
		}
	}
}
