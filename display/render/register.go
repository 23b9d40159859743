package render

import (
	"slices"

	"descent/display"
	"descent/display/plot"
	"descent/dl"
	"descent/dl/data"
	"descent/dl/explain"
	"descent/dl/learn"
	"descent/dl/metric"
	"descent/dl/nn"
)

func init() { display.Register(show) }

// show is the renderer of all types of this package. It panics for no value that
// has been made by dl; if it does after all, display goes on without it.
func show(v any) (display.Bundle, bool) {
	switch v := v.(type) {
	case []*plot.Figure:
		if len(v) > 0 && !slices.Contains(v, nil) {
			return figure(plot.Grid(v, 2)), true
		}
	case *dl.Tensor:
		if v != nil {
			return tensor(v), true
		}
	case *dl.Graph:
		if v != nil {
			return Graph(v), true
		}
	case *learn.History:
		if v != nil {
			return figure(History(v)), true
		}
	case *metric.ConfusionMatrix:
		if v != nil && len(v.Counts) > 0 {
			return figure(Confusion(v)), true
		}
	case *explain.Attribution:
		if v != nil {
			return figure(Attribution(v, nil)), true
		}
	case *learn.MistakeSet:
		if v == nil {
			break
		}
		if v.Len() > 0 && batched(v).Dim() != 4 {
			return mistakesTable(v).MIMEBundle(), true
		}
		return figure(Mistakes(v)), true
	case *metric.Curve:
		if v != nil {
			return figure(Curve(v)), true
		}
	}
	if t := tableOf(v); t != nil {
		return t.MIMEBundle(), true
	}
	switch v := v.(type) {
	case data.Batch:
		return batch(v)
	case *data.TensorDataset:
		if v != nil {
			return dataset(v, v.String(), v.ClassNames(), v.Denormalize)
		}
	case *data.Subset:
		if v != nil {
			return dataset(v, subsetText(v), v.ClassNames(), v.Denormalize)
		}
	case nn.Module:
		return module(v)
	}
	return display.Bundle{}, false
}

func figure(f *plot.Figure) display.Bundle { return f.MIMEBundle() }
