package cell_test
import ("testing";"os";"errors";"descent/kernel/eval")
func TestZZ(t *testing.T) {
	for _, f := range []string{"tree","generics2","lockstep"} {
	t.Run(f, func(t *testing.T) {
	s := newSessionWith(t, true)
	b, _ := os.ReadFile("testdata/programs/"+f+".go")
	out, errs := s.run(string(b))
	n, r := s.units()
	t.Log(out, errs, n, r)
			var p *eval.Panic
			if errors.As(s.failure, &p) {
				for _, f := range p.Frames {
					t.Logf("%s cell %d line %d %s\n", f.Func, f.Cell, f.Line, f.Source)
				}
			}
	})
	}
}
