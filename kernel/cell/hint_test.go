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
