package report

import (
	"errors"
	"strings"

	"descent/kernel/cell/testdata"
)

// language plays the feature scripts and the programs in the built kernel, each in
// a kernel of its own, as they are and cut into cells.
func language(w *writer, start starter) error {
	features, err := testdata.Features()
	if err != nil {
		return err
	}
	programs, err := testdata.Programs()
	if err != nil {
		return err
	}
	ok := 0
	for _, s := range features {
		wrong, err := play(start, s)
		if err != nil {
			return err
		}
		if wrong == "" {
			ok++
		} else {
			w.row(false, s.Name, "%s", wrong)
		}
	}
	w.row(ok == len(features), "feature scripts", "%d of %d print what compiled Go prints", ok, len(features))
	ok = 0
	for _, p := range programs {
		s := &testdata.Script{Name: p.Name, Steps: []*testdata.Step{{N: 1, Cell: p.Source}}}
		got, err := printed(start, s)
		if err != nil {
			return err
		}
		if got == p.Output {
			ok++
		} else {
			w.row(false, p.Name, "%s", difference(got, p.Output))
		}
	}
	w.row(ok == len(programs), "programs", "%d of %d print what they print when they are compiled", ok, len(programs))
	return nil
}

// play runs a script and says what is wrong with it, "" if nothing is.
func play(start starter, s *testdata.Script) (wrong string, err error) {
	k, err := start()
	if err != nil {
		return "", err
	}
	defer k.Close()
	for _, st := range s.Steps {
		r, err := k.Run(st.Cell, patience)
		if err != nil {
			return "", errors.Join(errors.New(s.Name), err)
		}
		if st.Err == nil && r.Status != "ok" {
			return r.Words(), nil
		}
		if st.Err != nil {
			if line, _, _ := strings.Cut(strings.TrimSpace(string(st.Err.Data)), "\n"); r.Status == "ok" && !strings.Contains(r.Stderr, line) {
				return "does not fail: " + line, nil
			}
		}
		want := ""
		if st.Out != nil {
			want = strings.TrimSpace(withoutValues(string(st.Out.Data)))
		}
		if got := strings.TrimSpace(r.Stdout); got != want {
			return difference(got, want), nil
		}
	}
	return "", nil
}

// printed returns all that a script prints.
func printed(start starter, s *testdata.Script) (string, error) {
	k, err := start()
	if err != nil {
		return "", err
	}
	defer k.Close()
	var out strings.Builder
	for _, st := range s.Steps {
		r, err := k.Run(st.Cell, patience)
		if err != nil {
			return "", errors.Join(errors.New(s.Name), err)
		}
		out.WriteString(r.Stdout)
		if r.Status != "ok" {
			out.WriteString(r.Words())
		}
	}
	return out.String(), nil
}

// withoutValues removes the lines of values that a cell shows, which the scripts
// mark with an arrow: a client gets them as results and not as text.
func withoutValues(out string) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "→") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// difference shows the first line that is not as it should be.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "<end>", "<end>"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return "prints " + a + ", want " + b
		}
	}
	return "prints other ends of lines"
}
