package main

import (
	"slices"
	"strings"
	"testing"

	"descent/kernel/cell"
	"descent/kernel/eval"
	"descent/kernel/symbols"
	"descent/kernel/symbols/typedata"
)

// TestProgramsAreCompiled makes sure that none of the programs is refused and
// interpreted instead.
func TestProgramsAreCompiled(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			c := cell.New(cell.Options{Importer: typedata.NewImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}, {Name: "math", Path: "math"}}})
			in, err := eval.New(eval.Options{Table: symbols.Table, Closure: symbols.Closure, Position: c.Position, Place: c.Place})
			if err != nil {
				t.Fatal(err)
			}
			c.SetTier(in.Tier())
			prog, diags := c.Compile(1, imports+p.golang)
			if diags != nil {
				t.Fatal(diags)
			}
			if len(prog.Refusals) > 0 {
				t.Errorf("refused: %+v", prog.Refusals)
			}
			loops := strings.Contains(p.golang[strings.Index(p.golang, "func speed"):], "for ")
			if !slices.ContainsFunc(prog.Units, func(u cell.Unit) bool { return u.Name == "speed" || !loops }) || len(prog.Units) == 0 {
				t.Errorf("compiled only %+v", prog.Units)
			}
		})
	}
}
