package learn

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/metric"
)

// A meter runs the metrics of a pass over the data.
type meter struct {
	metrics []metric.Metric
	auto    bool // the only metric is an accuracy that nobody asked for
}

// newMeter returns a meter of the given metrics; of accuracy if they are nil and
// the targets of the dataset are class numbers.
func newMeter(metrics []metric.Metric, ds data.Dataset) *meter {
	if metrics != nil {
		seen := map[string]bool{}
		for _, m := range metrics {
			switch {
			case m == nil:
				panic(&dl.Error{Op: "FitOptions.Metrics", Got: "a nil metric", Want: "metrics"})
			case seen[m.Name()]:
				panic(&dl.Error{Op: "FitOptions.Metrics", Got: fmt.Sprintf("two metrics called %q", m.Name()), Want: "a name of its own for each"})
			}
			seen[m.Name()] = true
		}
		return &meter{metrics: metrics}
	}
	if _, y := ds.Get(0); y != nil && isClass(y) {
		return &meter{metrics: []metric.Metric{metric.NewAccuracy()}, auto: true}
	}
	return &meter{}
}

func isClass(y *dl.Tensor) bool {
	switch y.DType() {
	case dl.Int64, dl.Int32, dl.Uint8:
		return true
	}
	return false
}

func (m *meter) names() []string {
	names := make([]string, len(m.metrics))
	for i, x := range m.metrics {
		names[i] = x.Name()
	}
	return names
}

func (m *meter) reset() {
	for _, x := range m.metrics {
		x.Reset()
	}
}

// update takes in a batch. The metrics see the output without its history.
func (m *meter) update(output, target *dl.Tensor) {
	if len(m.metrics) == 0 || m.auto && output.Dim() != target.Dim()+1 {
		return
	}
	output = output.Detach()
	for _, x := range m.metrics {
		x.Update(output, target)
	}
}

// values returns the metrics by name, nil if there are none.
func (m *meter) values() map[string]float64 {
	if len(m.metrics) == 0 {
		return nil
	}
	out := make(map[string]float64, len(m.metrics))
	for _, x := range m.metrics {
		if v := x.Value(); !m.auto || !math.IsNaN(v) {
			out[x.Name()] = v
		}
	}
	return out
}
