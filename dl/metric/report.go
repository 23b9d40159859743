package metric

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A ClassScore is one line of a report.
type ClassScore struct {
	Class                 string
	Precision, Recall, F1 float64
	Support               int
}

// A Report lists precision, recall and F1 of every class and their averages.
// scikit-learn: classification_report.
type Report struct {
	PerClass        []ClassScore
	Accuracy        float64
	Macro, Weighted Scores
	Samples         int
}

// Report returns the scores of every class.
func (m *ConfusionMatrix) Report() *Report {
	r := &Report{Accuracy: m.Accuracy(), Macro: m.Macro(), Weighted: m.Weighted(), Samples: m.Total()}
	for c := range m.Counts {
		r.PerClass = append(r.PerClass, ClassScore{
			Class: m.name(c), Precision: m.Precision(c), Recall: m.Recall(c), F1: m.F1(c), Support: m.Support(c),
		})
	}
	return r
}

// String returns the report as a table.
func (r *Report) String() string {
	rows := [][]string{{"", "precision", "recall", "f1", "support"}}
	line := func(name string, p, rec, f1 float64, n int) {
		rows = append(rows, []string{name, percent(p), percent(rec), percent(f1), strconv.Itoa(n)})
	}
	for _, c := range r.PerClass {
		line(c.Class, c.Precision, c.Recall, c.F1, c.Support)
	}
	line("macro", r.Macro.Precision, r.Macro.Recall, r.Macro.F1, r.Samples)
	line("weighted", r.Weighted.Precision, r.Weighted.Recall, r.Weighted.F1, r.Samples)
	rows = append(rows, []string{"accuracy", "", "", percent(r.Accuracy), strconv.Itoa(r.Samples)})
	var b strings.Builder
	writeTable(&b, rows)
	return b.String()
}

// percent writes a share with one decimal: 97.3%.
func percent(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }

// writeTable writes rows in right-aligned columns, the first one left-aligned.
func writeTable(b *strings.Builder, rows [][]string) {
	var width []int
	for _, row := range rows {
		for j, cell := range row {
			if j == len(width) {
				width = append(width, 0)
			}
			width[j] = max(width[j], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		for j, cell := range row {
			pad := strings.Repeat(" ", width[j]-utf8.RuneCountInString(cell))
			switch {
			case j == 0:
				b.WriteString(cell + pad)
			default:
				b.WriteString("  " + pad + cell)
			}
		}
		b.WriteByte('\n')
	}
}
