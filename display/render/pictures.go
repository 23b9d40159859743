package render

import (
	"fmt"
	"slices"
	"strings"

	"descent/display/plot"
	"descent/dl"
	"descent/dl/learn"
	"descent/dl/nn"
)

// maxPictures is how many pictures a grid shows unless it is told otherwise.
const maxPictures = 40

// ImagesOptions say how pictures in a tensor are shown.
type ImagesOptions struct {
	Title, Subtitle string
	// Titles stand over the pictures.
	Titles []string
	// Columns is the number of pictures in a row, Max bounds their number, Size is
	// their side in pixels of the page. Zero chooses.
	Columns, Max, Size int
	// Lo and Hi are drawn black and white; both zero: [0, 1], [-1, 1] or [0, 255],
	// whichever holds the values, else their range.
	Lo, Hi float64
}

func (o ImagesOptions) plot() plot.ImagesOptions {
	return plot.ImagesOptions{Title: o.Title, Subtitle: o.Subtitle, Columns: o.Columns, Max: o.Max, Size: o.Size, Lo: o.Lo, Hi: o.Hi}
}

// Images draws the pictures of a tensor: [N, C, H, W], [N, H, W], [C, H, W] with
// 1 or 3 channels, or [H, W]. It panics for other shapes.
// torchvision: make_grid.
func Images(x *dl.Tensor, o ImagesOptions) *plot.Figure {
	x, ok := stack(x)
	if !ok {
		panic(&dl.Error{Op: "render.Images", Shapes: [][]int{x.Shape()}, Got: "shape " + shapeText(x.Shape()), Want: "pictures: [N, C, H, W], [N, H, W], [C, H, W] or [H, W]",
			Hint: "flat pictures need their shape back: x.Reshape(-1, 1, 28, 28)"})
	}
	most := o.Max
	if most <= 0 {
		most = maxPictures
	}
	ps := pictures(x, most)
	for i := range ps {
		if i < len(o.Titles) {
			ps[i].Title = o.Titles[i]
		}
	}
	// What is not drawn is counted all the same.
	for i := len(ps); i < x.Size(0); i++ {
		ps = append(ps, plot.Picture{})
	}
	opts := o.plot()
	opts.Max = most
	return plot.Images(ps, opts)
}

// stack brings pictures of any shape into [N, C, H, W]. What is no picture comes
// back as it is.
func stack(x *dl.Tensor) (*dl.Tensor, bool) {
	s := x.Shape()
	switch len(s) {
	case 2:
		return x.Reshape(1, 1, s[0], s[1]), true
	case 3:
		if s[0] == 1 || s[0] == 3 {
			return x.Reshape(1, s[0], s[1], s[2]), true
		}
		return x.Reshape(s[0], 1, s[1], s[2]), true
	case 4:
		return x, true
	}
	return x, false
}

// looksLikePictures tells a batch of pictures from other batches.
func looksLikePictures(x *dl.Tensor) bool {
	if x == nil || x.Dim() != 4 {
		return false
	}
	c, h, w := x.Size(1), x.Size(2), x.Size(3)
	return (c == 1 || c == 3) && h >= 6 && w >= 6 && h <= 512 && w <= 512
}

// pictures takes the first n of [N, C, H, W].
func pictures(x *dl.Tensor, n int) []plot.Picture {
	n = min(n, x.Size(0))
	if n <= 0 {
		return nil
	}
	c, h, w := x.Size(1), x.Size(2), x.Size(3)
	v := x.Detach().Narrow(0, 0, n).To(dl.Float32).Float32s()
	out := make([]plot.Picture, n)
	size := c * h * w
	for i := range out {
		out[i] = plot.Picture{Width: w, Height: h, Channels: c, Pixels: v[i*size : (i+1)*size]}
	}
	return out
}

// name is the name of a class, its number if it has none.
func name(classes []string, i int) string {
	if i >= 0 && i < len(classes) {
		return classes[i]
	}
	return fmt.Sprint(i)
}

// verdict is the title of a prediction: the class if it is right, else what was
// taken for what; sure is its probability.
func verdict(classes []string, target, predicted int, sure float64) string {
	s := name(classes, target)
	if predicted != target {
		s += " → " + name(classes, predicted)
	}
	return fmt.Sprintf("%s (%.0f %%)", s, 100*sure)
}

// Predictions runs the model on pictures x, [N, C, H, W], in evaluation mode and
// draws the first 40 with what it takes them for and how sure it is, right and
// wrong ones marked. y has the classes, [N].
func Predictions(model nn.Module, x, y *dl.Tensor, classes []string) *plot.Figure {
	if x.Dim() != 4 || y == nil || y.Numel() != x.Size(0) {
		panic(&dl.Error{Op: "render.Predictions", Shapes: [][]int{x.Shape()}, Got: "inputs of shape " + shapeText(x.Shape()), Want: "pictures [N, C, H, W] and a class for each"})
	}
	n := min(maxPictures, x.Size(0))
	var out *dl.Tensor
	nn.InEval(model, func() {
		dl.NoGrad(func() { out = model.Forward(x.Narrow(0, 0, n)).Softmax(1).To(dl.Float64) })
	})
	probs, width := out.Float64s(), out.Size(1)
	target := y.To(dl.Int64).Int64s()
	ps := pictures(x, n)
	right := 0
	for i := range ps {
		row := probs[i*width : (i+1)*width]
		best := 0
		for k, p := range row {
			if p > row[best] {
				best = k
			}
		}
		ps[i].Title, ps[i].Mark = verdict(classes, int(target[i]), best, row[best]), plot.Wrong
		if best == int(target[i]) {
			ps[i].Mark = plot.Right
			right++
		}
	}
	return plot.Images(ps, plot.ImagesOptions{Title: "Predictions",
		Subtitle: fmt.Sprintf("%d of %d right; ✗ true → predicted", right, n)})
}

// Mistakes draws the pictures of a set of mistakes with what was taken for what.
// Inputs that are no pictures are only named in its text.
func Mistakes(m *learn.MistakeSet) *plot.Figure {
	var ps []plot.Picture
	if x := batched(m); x.Dim() == 4 {
		ps = pictures(x, maxPictures)
	}
	for i := range ps {
		ps[i].Title = verdict(m.Classes, m.Target[i], m.Predicted[i], m.Confidence[i])
	}
	for i := len(ps); i < m.Len(); i++ {
		ps = append(ps, plot.Picture{})
	}
	text := strings.TrimRight(m.String(), "\n")
	head, _, _ := strings.Cut(text, "\n")
	f := plot.Images(ps, plot.ImagesOptions{Title: "True → predicted (how sure the model was)", Max: maxPictures, Subtitle: head})
	return f.SetText(text).SetAlt(mistakesAlt(m))
}

// batched gives the inputs of mistakes the shape [N, C, H, W] where they have
// one: a single channel may have no axis.
func batched(m *learn.MistakeSet) *dl.Tensor {
	if m.Images == nil {
		return dl.Zeros(0)
	}
	if s := m.Images.Shape(); len(s) == 3 {
		return m.Images.Reshape(s[0], 1, s[1], s[2])
	}
	if m.Images.Dim() == 4 {
		return m.Images
	}
	return m.Images.Flatten(0) // no pictures
}

func mistakesAlt(m *learn.MistakeSet) string {
	count := map[string]int{}
	for i := range m.Target {
		count[name(m.Classes, m.Target[i])+" taken for "+name(m.Classes, m.Predicted[i])]++
	}
	var kinds []string
	for k := range count {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	s := fmt.Sprintf("Mistakes: %d in %d samples", m.Len(), m.Total)
	for i, k := range kinds[:min(3, len(kinds))] {
		s += [3]string{": most often ", ", ", ", "}[i] + fmt.Sprintf("%s (%d)", k, count[k])
	}
	return s + "."
}
