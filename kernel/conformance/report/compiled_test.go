package report

import (
	"slices"
	"testing"

	"descent/kernel/cell"
	"descent/kernel/eval"
	"descent/kernel/session"
	"descent/kernel/symbols"
	"descent/kernel/symbols/typedata"
)

// interpreted are the calls around the compiled parts of a few of the cells.
var interpreted = []string{"slices.SortFunc cannot be called", "the method dl.(*Tensor).Backward cannot be called"}

// TestCompiled makes sure that the cells of the tables of compiled code are compiled:
// interpreted, they would show what other rows show.
func TestCompiled(t *testing.T) {
	check := func(t *testing.T, setup, name, code string) {
		t.Run(name, func(t *testing.T) {
			c := cell.New(cell.Options{Importer: typedata.NewImporter(), Preload: session.Preload()})
			in, err := eval.New(eval.Options{Table: symbols.Table, Closure: symbols.Closure, Position: c.Position, Place: c.Place})
			if err != nil {
				t.Fatal(err)
			}
			c.SetTier(in.Tier())
			for n, src := range []string{setup, code} {
				prog, diags := c.Compile(n+1, src)
				if diags != nil {
					t.Fatal(diags)
				}
				refused := slices.DeleteFunc(slices.Clone(prog.Refusals), func(r cell.Refusal) bool {
					return slices.Contains(interpreted, r.Reason)
				})
				if len(refused) > 0 || len(prog.Units) == 0 {
					t.Errorf("cell %d: %d compiled units, refused: %+v", n+1, len(prog.Units), refused)
				}
				if err := in.Load(prog); err != nil {
					t.Fatal(err)
				}
				c.Commit(prog)
				if n == 0 {
					if err := in.Run(prog); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
	for _, e := range compiledEndlessCells {
		check(t, interruptSetup, e.name, e.code)
	}
	for _, f := range compiledFatalCells {
		check(t, crashSetup, f.name, f.code)
	}
}
