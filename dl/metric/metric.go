package metric

import (
	"descent/dl"
)

// A Metric is measured over many batches: Reset, Update for each batch, Value.
// A cell may bring its own.
type Metric interface {
	// Name is how histories and panels call it, such as "accuracy".
	Name() string
	// Update takes the model's output and the target of one batch.
	Update(output, target *dl.Tensor)
	// Value is the metric over all batches since Reset; NaN before the first.
	Value() float64
	Reset()
}

// A Rate is the share of samples that satisfy something, such as accuracy.
type Rate struct {
	name       string
	hits, seen int
	count      func(output, target *dl.Tensor) (hits, n int)
}

// NewAccuracy returns the running share of right answers; see Accuracy.
// torchmetrics: MulticlassAccuracy(average="micro"); Keras: SparseCategoricalAccuracy.
func NewAccuracy() *Rate { return &Rate{name: "accuracy", count: countHits} }

// NewTopK returns the running share of samples whose target is among the k
// highest scores; see TopK. Keras: SparseTopKCategoricalAccuracy.
func NewTopK(k int) *Rate {
	checkK("metric.NewTopK", k)
	return &Rate{name: topName(k), count: func(o, t *dl.Tensor) (int, int) { return countTopK(o, t, k) }}
}

// NewBinaryAccuracy returns the running share of right yes-or-no answers; see
// BinaryAccuracy. Keras: BinaryAccuracy.
func NewBinaryAccuracy(threshold float64) *Rate {
	return &Rate{name: "accuracy", count: func(o, t *dl.Tensor) (int, int) { return countBinary(o, t, threshold) }}
}

// Name implements Metric.
func (r *Rate) Name() string { return r.name }

// Update implements Metric.
func (r *Rate) Update(output, target *dl.Tensor) {
	hits, n := r.count(output, target)
	r.hits += hits
	r.seen += n
}

// Value implements Metric.
func (r *Rate) Value() float64 {
	if r.seen == 0 {
		return nan
	}
	return float64(r.hits) / float64(r.seen)
}

// Reset implements Metric.
func (r *Rate) Reset() { r.hits, r.seen = 0, 0 }

// A Mean averages what a function measures on each batch, every batch weighted
// by its number of samples.
type Mean struct {
	name  string
	f     func(output, target *dl.Tensor) float64
	total float64
	seen  int
}

// NewMean returns a metric under a name of your own:
//
//	metric.NewMean("error", func(output, target *dl.Tensor) float64 {
//		return 1 - metric.Accuracy(output, target)
//	})
func NewMean(name string, f func(output, target *dl.Tensor) float64) *Mean {
	if f == nil {
		panic(&dl.Error{Op: "metric.NewMean", Got: "a nil function", Want: "a function of output and target"})
	}
	return &Mean{name: name, f: f}
}

// Name implements Metric.
func (m *Mean) Name() string { return m.name }

// Update implements Metric.
func (m *Mean) Update(output, target *dl.Tensor) {
	n := 1
	if output.Dim() > 0 {
		n = output.Size(0)
	}
	m.total += float64(n) * m.f(output, target)
	m.seen += n
}

// Value implements Metric.
func (m *Mean) Value() float64 {
	if m.seen == 0 {
		return nan
	}
	return m.total / float64(m.seen)
}

// Reset implements Metric.
func (m *Mean) Reset() { m.total, m.seen = 0, 0 }
