package learn

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
)

// A MistakeSet holds the samples that a model classified wrongly.
type MistakeSet struct {
	Indices    []int      // numbers in the loader's dataset
	Images     *dl.Tensor // [len, …] their inputs, without normalisation; nil if there are none
	Predicted  []int
	Target     []int
	Confidence []float64 // probability that the model gave to its prediction
	Missed     []float64 // probability that it gave to the right class
	Classes    []string
	Total      int // samples looked at
	Wrong      int // mistakes among them, also those that a selection left out
}

// Mistakes returns the samples of a loader that the model classifies wrongly, in
// evaluation mode and without gradients, in the order of the dataset.
// fastai: Interpretation.top_losses.
func Mistakes(model nn.Module, loader *data.Loader) *MistakeSet {
	check("learn.Mistakes", model, loader)
	m := &MistakeSet{}
	each(model, loader, func(batch data.Batch, output *dl.Tensor) {
		scores("learn.Mistakes", output, batch.Y)
		width := output.Size(1)
		if m.Classes == nil {
			m.Classes = classNames(loader, width)
		}
		rows := output.To(dl.Float32).Float32s()
		for i, target := range batch.Y.To(dl.Int64).Int64s() {
			m.Total++
			row := rows[i*width : (i+1)*width]
			best := 0
			for c, v := range row {
				if v > row[best] {
					best = c
				}
			}
			if best == int(target) {
				continue
			}
			if target < 0 || int(target) >= width {
				panic(&dl.Error{Op: "learn.Mistakes", Got: fmt.Sprintf("target class %d", target), Want: fmt.Sprintf("0 to %d", width-1)})
			}
			m.Indices = append(m.Indices, batch.Indices[i])
			m.Predicted = append(m.Predicted, best)
			m.Target = append(m.Target, int(target))
			m.Confidence = append(m.Confidence, probability(row, best))
			m.Missed = append(m.Missed, probability(row, int(target)))
		}
	})
	order := make([]int, len(m.Indices))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return m.Indices[a] - m.Indices[b] })
	m.reorder(order)
	m.Wrong = m.Len()
	if m.Wrong > 0 {
		m.Images = inputs(loader.Dataset(), m.Indices)
	}
	return m
}

// inputs returns the inputs of some samples as they were before normalisation.
func inputs(ds data.Dataset, indices []int) *dl.Tensor {
	x := data.Collect(ds, indices).X
	if d, ok := ds.(interface {
		Denormalize(x *dl.Tensor) *dl.Tensor
	}); ok {
		return d.Denormalize(x)
	}
	return x
}

// probability returns the softmax of one score of a row.
func probability(row []float32, c int) float64 {
	top := slices.Max(row)
	var sum float64
	for _, v := range row {
		sum += math.Exp(float64(v - top))
	}
	return math.Exp(float64(row[c]-top)) / sum
}

// Len returns the number of mistakes.
func (m *MistakeSet) Len() int { return len(m.Indices) }

// Take returns the first n mistakes, all if there are fewer.
func (m *MistakeSet) Take(n int) *MistakeSet {
	n = min(max(n, 0), m.Len())
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return m.pick(order)
}

// Surest returns the n mistakes that the model was surest of, the worst first.
func (m *MistakeSet) Surest(n int) *MistakeSet {
	order := make([]int, m.Len())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case m.Confidence[a] > m.Confidence[b]:
			return -1
		case m.Confidence[a] < m.Confidence[b]:
			return 1
		}
		return 0
	})
	return m.pick(order[:min(max(n, 0), len(order))])
}

// Of returns the mistakes in which target was taken for predicted.
func (m *MistakeSet) Of(target, predicted int) *MistakeSet {
	var order []int
	for i := range m.Indices {
		if m.Target[i] == target && m.Predicted[i] == predicted {
			order = append(order, i)
		}
	}
	return m.pick(order)
}

// pick returns a set of the mistakes with the given numbers.
func (m *MistakeSet) pick(order []int) *MistakeSet {
	out := *m
	out.reorder(order)
	out.Images = nil
	if len(order) > 0 {
		index := make([]int64, len(order))
		for k, i := range order {
			index[k] = int64(i)
		}
		dl.NoGrad(func() { out.Images = m.Images.IndexSelect(0, dl.FromInt64s(index, len(index))) })
	}
	return &out
}

// reorder replaces every list by the entries with the given numbers.
func (m *MistakeSet) reorder(order []int) {
	m.Indices = selected(m.Indices, order)
	m.Predicted = selected(m.Predicted, order)
	m.Target = selected(m.Target, order)
	m.Confidence = selected(m.Confidence, order)
	m.Missed = selected(m.Missed, order)
}

func selected[T any](v []T, order []int) []T {
	out := make([]T, len(order))
	for k, i := range order {
		out[k] = v[i]
	}
	return out
}

// String lists up to ten mistakes, one a line.
func (m *MistakeSet) String() string {
	var b strings.Builder
	noun := "mistakes"
	if m.Wrong == 1 {
		noun = "mistake"
	}
	fmt.Fprintf(&b, "%d %s in %d samples", m.Wrong, noun, m.Total)
	if m.Len() < m.Wrong {
		fmt.Fprintf(&b, ", %d of them here", m.Len())
	}
	b.WriteByte('\n')
	for i := range min(10, m.Len()) {
		fmt.Fprintf(&b, "sample %d: %s taken for %s, %.0f%% sure\n", m.Indices[i],
			m.Classes[m.Target[i]], m.Classes[m.Predicted[i]], 100*m.Confidence[i])
	}
	if rest := m.Len() - 10; rest > 0 {
		fmt.Fprintf(&b, "and %d more\n", rest)
	}
	return b.String()
}
