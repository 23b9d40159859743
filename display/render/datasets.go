package render

import (
	"fmt"
	"html"
	"strings"

	"descent/display"
	"descent/display/plot"
	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
)

// shownSamples is how many samples of a dataset are shown.
const shownSamples = 20

// batch shows a batch: its pictures with their targets, else its tensors.
func batch(b data.Batch) (display.Bundle, bool) {
	if b.X == nil {
		return display.Bundle{}, false
	}
	line := "batch: X " + kind(b.X)
	if b.Y != nil {
		line += ", Y " + kind(b.Y)
	}
	if !looksLikePictures(b.X) {
		t := samples(b, shownSamples)
		if t == nil {
			return display.Bundle{Data: map[string]any{display.MIMEText: line}}, true
		}
		t.Caption = line
		return t.MIMEBundle(), true
	}
	return figure(Batch(b, nil).SetText(line)), true
}

// Batch draws the pictures of a batch with the names of their classes.
func Batch(b data.Batch, classes []string) *plot.Figure {
	return Images(b.X, ImagesOptions{Title: "Batch", Subtitle: kind(b.X), Titles: targets(b.Y, classes)})
}

// targets are the names of the classes in y, nil if y has no classes.
func targets(y *dl.Tensor, classes []string) []string {
	if y == nil || y.Dim() != 1 || y.DType() != dl.Int64 && y.DType() != dl.Int32 && y.DType() != dl.Uint8 {
		return nil
	}
	n := min(maxPictures, y.Numel())
	var out []string
	for _, v := range y.Detach().Narrow(0, 0, n).To(dl.Int64).Int64s() {
		out = append(out, name(classes, int(v)))
	}
	return out
}

// dataset shows the first samples of a dataset under its description.
func dataset(d data.Dataset, text string, classes []string, denormalize func(*dl.Tensor) *dl.Tensor) (display.Bundle, bool) {
	n := min(shownSamples, d.Len())
	if n == 0 {
		return display.Bundle{Data: map[string]any{display.MIMEText: text}}, true
	}
	indices := make([]int, n)
	for i := range indices {
		indices[i] = i
	}
	b := data.Collect(d, indices)
	if !looksLikePictures(b.X) {
		t := samples(b, n)
		if t == nil {
			return display.Bundle{Data: map[string]any{display.MIMEText: text}}, true
		}
		t.Caption = text
		t.Note = fmt.Sprintf("the first %d of %s samples", n, count(d.Len()))
		return t.MIMEBundle(), true
	}
	title, rest, _ := strings.Cut(text, ": ")
	f := Images(denormalize(b.X), ImagesOptions{Title: title, Subtitle: rest, Titles: targets(b.Y, classes), Columns: 10})
	return figure(f.SetText(text)), true
}

// subsetText describes a view on a dataset.
func subsetText(s *data.Subset) string {
	base := fmt.Sprintf("%T", s.Base)
	if d, ok := s.Base.(fmt.Stringer); ok {
		base = d.String()
	}
	return fmt.Sprintf("subset: %d samples of %s", s.Len(), base)
}

// samples is the table of rows of features, nil if X is none.
func samples(b data.Batch, n int) *display.Table {
	if b.X == nil || b.X.Dim() != 2 && b.X.Dim() != 1 {
		return nil
	}
	x := b.X
	if x.Dim() == 1 {
		x = x.Unsqueeze(1)
	}
	n = min(n, x.Size(0))
	t := &display.Table{Columns: []string{"sample"}, Align: "r", RowHeader: true, MaxColumns: 14}
	v, width := float64s(x.Narrow(0, 0, n)), x.Size(1)
	for j := range width {
		t.Columns = append(t.Columns, fmt.Sprintf("x%d", j))
	}
	var y []float64
	if b.Y != nil && b.Y.Dim() == 1 && b.Y.Numel() >= n {
		y = float64s(b.Y.Narrow(0, 0, n))
		t.Columns = append([]string{"sample", "y"}, t.Columns[1:]...)
	}
	for i := range n {
		row := []any{i}
		if i < len(b.Indices) {
			row[0] = b.Indices[i]
		}
		if y != nil {
			row = append(row, y[i])
		}
		for j := range width {
			row = append(row, v[i*width+j])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// module shows a model as the tree of its layers with the number of parameters.
func module(m nn.Module) (display.Bundle, bool) {
	text := strings.TrimRight(nn.Describe(m), "\n")
	if n := nn.NumParams(m); n > 0 {
		text += fmt.Sprintf("\n%s parameters", count(n))
	}
	return display.Bundle{Data: map[string]any{
		display.MIMEText: text,
		display.MIMEHTML: "<pre>" + html.EscapeString(text) + "</pre>",
	}}, true
}
