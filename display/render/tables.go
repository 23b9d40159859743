package render

import (
	"fmt"
	"reflect"
	"strings"

	"descent/display"
	"descent/display/internal/training"
	"descent/display/plot"
	"descent/dl/learn"
	"descent/dl/metric"
	"descent/dl/nn"
)

// tableOf makes the table of a value that is one, nil otherwise.
func tableOf(v any) *display.Table {
	switch v := v.(type) {
	case *nn.ModelSummary:
		if v != nil {
			return Summary(v)
		}
	case *metric.Report:
		if v != nil {
			return Report(v)
		}
	case []metric.Confused:
		return confused(v)
	case learn.Result:
		return result(v)
	case *nn.StateDict:
		if v != nil {
			return state(v)
		}
	default:
		return card(v)
	}
	return nil
}

func count(n int) string { return plot.Number(float64(n)) }

// bytes writes the memory of n float32 numbers.
func bytes(n int) string {
	switch b := float64(4 * n); {
	case b >= 1<<30:
		return fmt.Sprintf("%.1f GiB", b/(1<<30))
	case b >= 1<<20:
		return fmt.Sprintf("%.1f MiB", b/(1<<20))
	case b >= 1<<10:
		return fmt.Sprintf("%.1f KiB", b/(1<<10))
	default:
		return fmt.Sprintf("%d B", 4*n)
	}
}

// Summary is the table of a model's layers: output shapes and parameters, with
// totals. Keras: model.summary().
func Summary(s *nn.ModelSummary) *display.Table {
	t := &display.Table{Caption: s.Model, Columns: []string{"layer", "type", "output", "parameters"}, Align: "lllr", RowHeader: true, MaxRows: 200}
	if s.Input != nil {
		t.Caption += ", input " + shapeText(s.Input)
	}
	for _, r := range s.Rows {
		// No-break spaces: HTML would swallow others at the start of a cell.
		path := strings.Repeat("\u00a0\u00a0", r.Depth) + r.Path
		if r.Path == "" {
			path = s.Model
		}
		out, params := "", ""
		if r.Output != nil {
			out = shapeText(r.Output)
		}
		switch {
		case r.Shared:
			params = "shared"
		case !r.Container || r.Params > 0:
			params = count(r.Params)
		}
		t.Rows = append(t.Rows, []any{path, r.Layer, out, params})
	}
	out := ""
	if s.Output != nil {
		out = shapeText(s.Output)
	}
	t.Footer = [][]any{{"total", "", out, count(s.Params)}}
	if s.Trainable != s.Params {
		t.Footer = append(t.Footer, []any{"trainable", "", "", count(s.Trainable)}, []any{"frozen", "", "", count(s.Params - s.Trainable)})
	}
	if s.Buffers > 0 {
		t.Footer = append(t.Footer, []any{"buffers", "", "", count(s.Buffers)})
	}
	t.Note = "parameters take " + bytes(s.Params)
	if s.Trainable == s.Params && s.Params > 0 {
		t.Note += ", all trainable"
	}
	if s.Err != nil {
		t.Note += "\nstopped: " + s.Err.Error()
	}
	return t
}

func share(v float64) string { return fmt.Sprintf("%.1f %%", 100*v) }

// Report is the table of precision, recall and F1 of every class.
// scikit-learn: classification_report.
func Report(r *metric.Report) *display.Table {
	t := &display.Table{Caption: "Scores by class", Columns: []string{"class", "precision", "recall", "F1", "samples"}, Align: "lrrrr", RowHeader: true, MaxRows: 100}
	for _, c := range r.PerClass {
		t.Rows = append(t.Rows, []any{c.Class, share(c.Precision), share(c.Recall), share(c.F1), count(c.Support)})
	}
	t.Footer = [][]any{
		{"macro average", share(r.Macro.Precision), share(r.Macro.Recall), share(r.Macro.F1), count(r.Samples)},
		{"weighted average", share(r.Weighted.Precision), share(r.Weighted.Recall), share(r.Weighted.F1), count(r.Samples)},
		{"accuracy", "", "", share(r.Accuracy), count(r.Samples)},
	}
	return t
}

func confused(cs []metric.Confused) *display.Table {
	t := &display.Table{Caption: "Classes taken for others", Columns: []string{"true", "predicted", "samples"}, Align: "llr"}
	for _, c := range cs {
		a, b := c.TrueName, c.PredictedName
		if a == "" {
			a = fmt.Sprint(c.True)
		}
		if b == "" {
			b = fmt.Sprint(c.Predicted)
		}
		t.Rows = append(t.Rows, []any{a, b, count(c.Count)})
	}
	return t
}

// mistakesTable lists mistakes about inputs that are no pictures.
func mistakesTable(m *learn.MistakeSet) *display.Table {
	t := &display.Table{Caption: fmt.Sprintf("%d mistakes in %s samples", m.Len(), count(m.Total)),
		Columns: []string{"sample", "true", "predicted", "how sure"}, Align: "rllr", RowHeader: true}
	for i := range m.Len() {
		t.Rows = append(t.Rows, []any{m.Indices[i], name(m.Classes, m.Target[i]), name(m.Classes, m.Predicted[i]), share(m.Confidence[i])})
	}
	return t
}

func result(r learn.Result) *display.Table {
	t := &display.Table{Caption: fmt.Sprintf("Evaluation on %s samples", count(r.Samples)), Columns: []string{"measure", "value"}, Align: "lr", RowHeader: true}
	t.Rows = append(t.Rows, []any{"loss", training.Loss(r.Loss)})
	for _, n := range r.MetricNames {
		t.Rows = append(t.Rows, []any{n, training.Metric(n, r.Metrics[n])})
	}
	t.Rows = append(t.Rows, []any{"time", fmt.Sprintf("%.2f s", r.Seconds)})
	return t
}

func state(s *nn.StateDict) *display.Table {
	t := &display.Table{Caption: fmt.Sprintf("State, %d tensors", s.Len()), Columns: []string{"name", "type", "shape", "numbers"}, Align: "lllr", RowHeader: true, MaxRows: 200}
	total := 0
	for _, n := range s.Names() {
		x := s.Get(n)
		total += x.Numel()
		t.Rows = append(t.Rows, []any{n, x.DType().String(), shapeText(x.Shape()), count(x.Numel())})
	}
	t.Footer = [][]any{{"total", "", "", count(total)}}
	return t
}

// card makes a table of the card of a dataset. display does not import datasets,
// so it goes by the form: a pointer to a struct named Card with a Name.
func card(v any) *display.Table {
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Pointer && !r.IsNil() {
		r = r.Elem()
	}
	if r.Kind() != reflect.Struct || r.Type().Name() != "Card" || r.FieldByName("Name").Kind() != reflect.String {
		return nil
	}
	t := &display.Table{Columns: []string{"", ""}, Align: "ll", RowHeader: true, Caption: r.FieldByName("Name").String()}
	t.Columns = []string{"property", "value"}
	for i := range r.NumField() {
		f := r.Type().Field(i)
		if !f.IsExported() || f.Name == "Name" || r.Field(i).IsZero() {
			continue
		}
		value := r.Field(i)
		switch {
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			var lines []string
			for j := range value.Len() {
				lines = append(lines, fields(value.Index(j)))
			}
			t.Rows = append(t.Rows, []any{f.Name, strings.Join(lines, "\n")})
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.String:
			var parts []string
			for j := range value.Len() {
				parts = append(parts, value.Index(j).String())
			}
			t.Rows = append(t.Rows, []any{f.Name, strings.Join(parts, ", ")})
		case value.Kind() == reflect.Slice:
			t.Rows = append(t.Rows, []any{f.Name, strings.ReplaceAll(strings.Trim(fmt.Sprint(value.Interface()), "[]"), " ", " × ")})
		case value.Kind() == reflect.Int:
			t.Rows = append(t.Rows, []any{f.Name, count(int(value.Int()))})
		default:
			t.Rows = append(t.Rows, []any{f.Name, fmt.Sprint(value.Interface())})
		}
	}
	return t
}

// fields writes a struct as its values: shares as per cent.
func fields(v reflect.Value) string {
	var parts []string
	for i := range v.NumField() {
		f := v.Field(i)
		if f.IsZero() || !v.Type().Field(i).IsExported() {
			continue
		}
		if f.Kind() == reflect.Float64 && training.IsShare(v.Type().Field(i).Name) {
			parts = append(parts, share(f.Float()))
			continue
		}
		parts = append(parts, fmt.Sprint(f.Interface()))
	}
	return strings.Join(parts, ", ")
}
