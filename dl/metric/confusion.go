package metric

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"descent/dl"
)

// A ConfusionMatrix counts how often each class was taken for each other.
// Counts[t][p] is the number of samples of class t that were predicted as p; the
// diagonal holds the right answers. scikit-learn: confusion_matrix.
//
// Rates that would divide by zero (the precision of a class that was never
// predicted, the recall of a class that never occurs) are 0.
type ConfusionMatrix struct {
	Counts  [][]int
	Classes []string
}

// NewConfusion returns an empty matrix for the named classes; class i is the
// target value i. It panics if there are no classes.
func NewConfusion(classes []string) *ConfusionMatrix {
	if len(classes) == 0 {
		panic(&dl.Error{Op: "metric.NewConfusion", Got: "no classes", Want: "the names of the classes",
			Hint: `metric.Digits(10) names classes "0" to "9"`})
	}
	m := &ConfusionMatrix{Classes: slices.Clone(classes), Counts: make([][]int, len(classes))}
	cells := make([]int, len(classes)*len(classes))
	for i := range m.Counts {
		m.Counts[i] = cells[i*len(classes) : (i+1)*len(classes) : (i+1)*len(classes)]
	}
	return m
}

// Digits returns the names "0", "1", … of n classes without names of their own.
func Digits(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return names
}

// Add counts one sample. It panics if a class is out of range.
func (m *ConfusionMatrix) Add(target, predicted int) {
	n := len(m.Counts)
	if target < 0 || target >= n || predicted < 0 || predicted >= n {
		panic(&dl.Error{Op: "ConfusionMatrix.Add",
			Got:  fmt.Sprintf("target %d, prediction %d", target, predicted),
			Want: fmt.Sprintf("classes 0 to %d", n-1),
			Hint: "the matrix was made for " + strconv.Itoa(n) + " classes"})
	}
	m.Counts[target][predicted]++
}

// Update counts a batch. The prediction is either [N, C], of which the largest
// score of each row is taken, or [N] of class numbers; the target is [N].
func (m *ConfusionMatrix) Update(prediction, target *dl.Tensor) {
	p := classes("ConfusionMatrix.Update", prediction)
	t := labels("ConfusionMatrix.Update", target, len(p))
	for i := range p {
		m.Add(int(t[i]), int(p[i]))
	}
}

// Reset sets all counts to zero.
func (m *ConfusionMatrix) Reset() {
	for _, row := range m.Counts {
		clear(row)
	}
}

// Total returns the number of samples.
func (m *ConfusionMatrix) Total() int {
	n := 0
	for i := range m.Counts {
		n += m.Support(i)
	}
	return n
}

// Correct returns the number of samples on the diagonal.
func (m *ConfusionMatrix) Correct() int {
	n := 0
	for i := range m.Counts {
		n += m.Counts[i][i]
	}
	return n
}

// Accuracy returns the share of right answers.
func (m *ConfusionMatrix) Accuracy() float64 { return ratio(m.Correct(), m.Total()) }

// Support returns the number of samples that are of class c.
func (m *ConfusionMatrix) Support(c int) int { return sum(m.Counts[c]) }

// Predicted returns the number of samples that were predicted as class c.
func (m *ConfusionMatrix) Predicted(c int) int {
	n := 0
	for _, row := range m.Counts {
		n += row[c]
	}
	return n
}

// Precision returns, of the samples predicted as c, the share that are c.
func (m *ConfusionMatrix) Precision(c int) float64 { return ratio(m.Counts[c][c], m.Predicted(c)) }

// Recall returns, of the samples that are c, the share predicted as c.
func (m *ConfusionMatrix) Recall(c int) float64 { return ratio(m.Counts[c][c], m.Support(c)) }

// F1 returns the harmonic mean of precision and recall of class c.
func (m *ConfusionMatrix) F1(c int) float64 {
	return ratio(2*m.Counts[c][c], m.Predicted(c)+m.Support(c))
}

// Specificity returns, of the samples that are not c, the share not predicted as c.
func (m *ConfusionMatrix) Specificity(c int) float64 {
	negatives := m.Total() - m.Support(c)
	return ratio(negatives-(m.Predicted(c)-m.Counts[c][c]), negatives)
}

// Scores are precision, recall and F1 averaged over the classes.
type Scores struct {
	Precision, Recall, F1 float64
}

// Macro returns the plain mean over the classes: every class counts the same.
// A class that neither occurs nor is predicted is left out, as scikit-learn
// does, which only sees the labels that appear.
func (m *ConfusionMatrix) Macro() Scores {
	var s Scores
	n := 0
	for c := range m.Counts {
		if m.Support(c)+m.Predicted(c) == 0 {
			continue
		}
		n++
		s.Precision += m.Precision(c)
		s.Recall += m.Recall(c)
		s.F1 += m.F1(c)
	}
	return s.over(float64(n))
}

// Weighted returns the mean over the classes, each weighted by its support.
func (m *ConfusionMatrix) Weighted() Scores {
	var s Scores
	for c := range m.Counts {
		w := float64(m.Support(c))
		s.Precision += w * m.Precision(c)
		s.Recall += w * m.Recall(c)
		s.F1 += w * m.F1(c)
	}
	return s.over(float64(m.Total()))
}

// Micro returns the scores over all decisions at once. With one label a sample
// all three equal the accuracy.
func (m *ConfusionMatrix) Micro() Scores {
	a := m.Accuracy()
	return Scores{Precision: a, Recall: a, F1: a}
}

func (s Scores) over(n float64) Scores {
	if n == 0 {
		return Scores{}
	}
	return Scores{Precision: s.Precision / n, Recall: s.Recall / n, F1: s.F1 / n}
}

// Kappa returns Cohen's kappa: agreement beyond what chance alone would give.
// 1 is perfect, 0 is chance. scikit-learn: cohen_kappa_score.
func (m *ConfusionMatrix) Kappa() float64 {
	total := float64(m.Total())
	if total == 0 {
		return 0
	}
	var chance float64
	for c := range m.Counts {
		chance += float64(m.Support(c)) / total * float64(m.Predicted(c)) / total
	}
	if chance == 1 {
		return 0
	}
	return (m.Accuracy() - chance) / (1 - chance)
}

// Normalized returns the counts with every row divided by its sum: entry [t][p]
// is the share of class t that was predicted as p. Empty rows stay zero.
func (m *ConfusionMatrix) Normalized() [][]float64 {
	out := make([][]float64, len(m.Counts))
	for i, row := range m.Counts {
		out[i] = make([]float64, len(row))
		n := sum(row)
		for j, v := range row {
			out[i][j] = ratio(v, n)
		}
	}
	return out
}

// A Confused is one kind of mistake and how often it was made.
type Confused struct {
	True, Predicted int
	TrueName        string
	PredictedName   string
	Count           int
}

// String reads like `4 → 9: 21 times`.
func (c Confused) String() string {
	times := fmt.Sprintf("%d times", c.Count)
	if c.Count == 1 {
		times = "once"
	}
	return c.TrueName + " → " + c.PredictedName + ": " + times
}

// MostConfused returns the n most frequent mistakes, the worst first; fewer if
// fewer kinds of mistake were made. fastai: most_confused.
func (m *ConfusionMatrix) MostConfused(n int) []Confused {
	var all []Confused
	for t, row := range m.Counts {
		for p, count := range row {
			if t != p && count > 0 {
				all = append(all, Confused{t, p, m.name(t), m.name(p), count})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Confused) int { return b.Count - a.Count })
	return all[:min(max(n, 0), len(all))]
}

func (m *ConfusionMatrix) name(c int) string {
	if c < len(m.Classes) {
		return m.Classes[c]
	}
	return strconv.Itoa(c)
}

// String returns the counts as a table with the precision below each column and
// the recall behind each row.
func (m *ConfusionMatrix) String() string {
	n := len(m.Counts)
	rows := make([][]string, 0, n+2)
	head := []string{`true\predicted`}
	for c := range n {
		head = append(head, m.name(c))
	}
	rows = append(rows, append(head, "recall"))
	for t, counts := range m.Counts {
		row := []string{m.name(t)}
		for _, v := range counts {
			row = append(row, strconv.Itoa(v))
		}
		rows = append(rows, append(row, percent(m.Recall(t))))
	}
	last := []string{"precision"}
	for c := range n {
		last = append(last, percent(m.Precision(c)))
	}
	rows = append(rows, append(last, percent(m.Accuracy())))
	var b strings.Builder
	fmt.Fprintf(&b, "%d samples, accuracy %s\n", m.Total(), percent(m.Accuracy()))
	writeTable(&b, rows)
	return b.String()
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func sum(row []int) int {
	n := 0
	for _, v := range row {
		n += v
	}
	return n
}
