package nn

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"descent/dl"
)

// ModelSummary is the table of a model's layers that [Summary] makes.
type ModelSummary struct {
	Model     string // name of the model's type
	Input     []int  // shape that was run
	Output    []int  // shape that came out, nil when the run failed
	Rows      []SummaryRow
	Params    int   // numbers in all parameters
	Trainable int   // of these, how many are not frozen
	Buffers   int   // numbers in state that is not trained
	Err       error // what stopped the run; the rows up to that layer have their shapes
}

// SummaryRow is one layer of a [ModelSummary].
type SummaryRow struct {
	Path      string // where it is, "features.0"; "" for a model that is a layer itself
	Layer     string // what it is, "Conv2d(1→32, kernel 3)"
	Output    []int  // shape of its output, nil when it did not run
	Params    int    // numbers in its own parameters
	Trainable int
	Depth     int  // how many containers it is inside
	Container bool // it holds the layers below it; their parameters are theirs
	Shared    bool // it has parameters, and they are counted further up
}

// Summary runs m once on zeros of the given shape, without gradients and in evaluation mode, and lists every layer with
// the shape of its output and its parameters. The shape includes the batch axis:
//
//	nn.Summary(model, 1, 1, 28, 28)
//
// When the model fails, the table ends with the error, and shows how far it came.
//
// Keras: model.summary().
func Summary(m Module, inputShape ...int) *ModelSummary {
	var x *dl.Tensor
	if len(inputShape) > 0 {
		x = dl.Zeros(inputShape...)
	}
	return SummaryOf(m, x)
}

// SummaryOf is [Summary] for a given input, as a model needs that takes integers. With a nil input the model is not run.
func SummaryOf(m Module, x *dl.Tensor) *ModelSummary {
	s := &ModelSummary{Model: TypeName(m)}
	rows, remove := s.collect(m)
	if x != nil {
		s.Input = x.Shape()
		s.run(m, x)
	}
	for _, r := range remove {
		r()
	}
	for _, r := range rows {
		s.Rows = append(s.Rows, *r)
	}
	for _, b := range NamedBuffers(m) {
		s.Buffers += b.Tensor.Numel()
	}
	return s
}

// collect makes a row for each module and hangs a hook on those that can tell their output.
func (s *ModelSummary) collect(m Module) (rows []*SummaryRow, remove []func()) {
	Walk(m, func(path string, sub Module) {
		l, isLayer := sub.(located)
		_, holds := sub.(container)
		if path == "" && (!isLayer || holds) {
			return // the model itself is the title
		}
		r := &SummaryRow{Path: path, Layer: TypeName(sub)}
		if path != "" {
			r.Depth = strings.Count(path, ".")
		}
		if isLayer {
			if r.Container = holds; !holds {
				r.Layer = l.String()
			}
			remove = append(remove, AddHook(sub, func(_, out *dl.Tensor) *dl.Tensor {
				r.Output = out.Shape()
				return nil
			}))
		} else {
			r.Container = reflect.ValueOf(sub).Kind() != reflect.Func
		}
		r.Shared = !r.Container && len(Params(sub)) > 0 // until parameters are found to be its own
		rows = append(rows, r)
	})
	for _, p := range NamedParams(m) {
		r := owner(rows, p.Name)
		if r == nil { // held by the model itself
			r = &SummaryRow{Path: p.Name, Layer: "parameter", Output: p.Tensor.Shape()}
			rows = append(rows, r)
		}
		n := p.Tensor.Numel()
		r.Params += n
		r.Shared = false
		for _, above := range rows { // a layer made of layers
			if above.Shared && strings.HasPrefix(p.Name, above.Path+".") {
				above.Shared, above.Container = false, true
			}
		}
		s.Params += n
		if p.Tensor.RequiresGrad() {
			r.Trainable += n
			s.Trainable += n
		}
	}
	return rows, remove
}

// owner is the innermost module that holds a parameter.
func owner(rows []*SummaryRow, name string) *SummaryRow {
	var best *SummaryRow
	for _, r := range rows {
		if r.Layer != "parameter" && (r.Path == "" || strings.HasPrefix(name, r.Path+".")) && (best == nil || len(r.Path) >= len(best.Path)) {
			best = r
		}
	}
	return best
}

// run runs the model and keeps the error that stops it.
func (s *ModelSummary) run(m Module, x *dl.Tensor) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*dl.Error)
			if !ok {
				panic(r)
			}
			s.Err = e
		}
	}()
	InEval(m, func() {
		dl.NoGrad(func() { s.Output = m.Forward(x).Shape() })
	})
}

// String draws the table.
func (s *ModelSummary) String() string {
	head := [3]string{"layer", "output", "parameters"}
	rows := make([][3]string, len(s.Rows))
	width := [3]int{len(head[0]), len(head[1]), len(head[2])}
	for i, r := range s.Rows {
		name := r.Layer
		if r.Path != "" {
			name = r.Path + ": " + r.Layer
		}
		rows[i][0] = strings.Repeat("  ", r.Depth) + name
		if r.Output != nil {
			rows[i][1] = shapeText(r.Output)
		}
		switch {
		case r.Shared:
			rows[i][2] = "shared"
		case !r.Container || r.Params > 0:
			rows[i][2] = grouped(r.Params)
		}
		for k, c := range rows[i] {
			width[k] = max(width[k], len([]rune(c)))
		}
	}
	var b strings.Builder
	b.WriteString(s.Model)
	if s.Input != nil {
		fmt.Fprintf(&b, ", input %s", shapeText(s.Input))
	}
	b.WriteByte('\n')
	line := func(c [3]string) {
		fmt.Fprintf(&b, "%s  %s  %s\n", pad(c[0], width[0]), pad(c[1], width[1]), lead(c[2], width[2]))
	}
	rule := strings.Repeat("─", width[0]+width[1]+width[2]+4) + "\n"
	line(head)
	b.WriteString(rule)
	for _, r := range rows {
		line(r)
	}
	b.WriteString(rule)
	fmt.Fprintf(&b, "%s parameters", grouped(s.Params))
	if s.Trainable != s.Params {
		fmt.Fprintf(&b, ", %s of them trained", grouped(s.Trainable))
	}
	if s.Buffers > 0 {
		fmt.Fprintf(&b, ", %s numbers in buffers", grouped(s.Buffers))
	}
	b.WriteByte('\n')
	if s.Err != nil {
		fmt.Fprintf(&b, "stopped: %s\n", s.Err)
	}
	return b.String()
}

func pad(s string, width int) string  { return s + strings.Repeat(" ", width-len([]rune(s))) }
func lead(s string, width int) string { return strings.Repeat(" ", width-len([]rune(s))) + s }

// grouped writes 101770 as "101,770".
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
