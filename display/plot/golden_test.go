package plot

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// noise is a small generator of its own, so that the pictures never change with
// the standard library.
type noise uint64

func (n *noise) uniform() float64 {
	*n = *n*6364136223846793005 + 1442695040888963407
	return float64(*n>>11) / (1 << 53)
}

func (n *noise) normal() float64 {
	return math.Sqrt(-2*math.Log(1-n.uniform())) * math.Cos(2*math.Pi*n.uniform())
}

// glyph is a picture with a ring or a bar on it, like a digit.
func glyph(i, side int) Picture {
	p := Picture{Width: side, Height: side, Channels: 1, Pixels: make([]float32, side*side)}
	for y := range side {
		for x := range side {
			u, v := float64(x)-float64(side-1)/2, float64(y)-float64(side-1)/2
			d := math.Abs(math.Hypot(u, v)/float64(side) - 0.28)
			if i%2 == 1 {
				d = math.Abs(u+v*0.4) / float64(side)
				if math.Abs(v) > float64(side)/3 {
					d = 1
				}
			}
			p.Pixels[y*side+x] = float32(math.Max(0, 1-d*14))
		}
	}
	return p
}

type sample struct {
	name string
	png  bool // the PNG is compared too
	fig  func() *Figure
}

// samples has a figure of every kind; all tests of this package go over it.
func samples() []sample {
	losses := func() []float64 {
		n := noise(1)
		var y []float64
		for i := range 3000 {
			y = append(y, 2.3*math.Exp(-float64(i)/300)+0.1+0.1*n.uniform()*n.uniform())
		}
		y[1200], y[2000], y[2500] = 60, math.NaN(), math.Inf(1)
		return y
	}
	digits := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	return []sample{
		{"steps", true, func() *Figure {
			return Curves([]Series{{Name: "each step", Y: losses(), Smooth: 0.98, From: 1}},
				Options{Title: "Training loss", Subtitle: "784 → 128 → 10, Adam 0.001", XLabel: "step", YLabel: "cross-entropy"})
		}},
		{"epochs", true, func() *Figure {
			return Curves([]Series{
				{Name: "train", Y: []float64{0.41, 0.21, 0.15, 0.12, 0.09}, From: 1},
				{Name: "validation", Y: []float64{0.25, 0.17, 0.14, 0.125, 0.121}, From: 1},
				{Name: "PyTorch", Y: []float64{0.13, 0.13, 0.13, 0.13, 0.13}, From: 1, Reference: true},
			}, Options{Title: "Loss", XLabel: "epoch", YLabel: "loss", IntegerX: true})
		}},
		{"log", false, func() *Figure {
			y := losses()
			return Curves([]Series{{Name: "SGD", Y: y[:900], Smooth: 0.9}, {Name: "Adam", Y: y[300:1100]}, {Name: "zero", Y: []float64{1, 0, -1, 0.01}}},
				Options{XLabel: "step", YLabel: "loss", LogY: true})
		}},
		{"line", false, func() *Figure { return Line([]float64{1, 4, 9, 16, 25}, Options{}) }},
		{"xy", false, func() *Figure {
			return XY([]float64{0.001, 0.01, 0.1, 1}, []float64{0.9, 0.5, 0.3, math.NaN()}, Options{Title: "LR range test", XLabel: "learning rate", YLabel: "loss", LogX: true})
		}},
		{"scatter", false, func() *Figure {
			n := noise(2)
			var gs []Series
			for g, name := range []string{"setosa", "versicolor", "virginica"} {
				s := Series{Name: name}
				for range 40 {
					s.X = append(s.X, float64(g)+0.5*n.normal())
					s.Y = append(s.Y, float64(g%2)+0.4*n.normal())
				}
				gs = append(gs, s)
			}
			return Scatter(gs, Options{Title: "Iris", XLabel: "petal length (cm)", YLabel: "petal width (cm)"})
		}},
		{"bar", true, func() *Figure {
			return Bar(digits, []float64{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, Options{Title: "Test set", XLabel: "digit", YLabel: "images"})
		}},
		{"lying", false, func() *Figure {
			return Bar([]string{"convolutional network", "two layers, 128 wide", "linear softmax", "chance", "worse <&>"}, []float64{0.991, 0.967, 0.917, 0.1, -0.05}, Options{Title: "Accuracy", YLabel: "accuracy", Percent: true})
		}},
		{"bars", false, func() *Figure {
			return Bars([]string{"group a", "group b"}, []Series{{Name: "precision", Y: []float64{0.9, 0.8}}, {Name: "recall", Y: []float64{0.7, 0.85}}, {Name: "F1", Y: []float64{0.79, math.NaN()}}, {Name: "support", Y: []float64{0.4}}}, Options{Percent: true})
		}},
		{"histogram", false, func() *Figure {
			n := noise(3)
			v := []float64{math.NaN()}
			for range 5000 {
				v = append(v, 0.05*n.normal())
			}
			return Histogram(v, HistogramOptions{Options: Options{Title: "fc1.weight", XLabel: "value"}})
		}},
		{"heatmap", true, func() *Figure {
			var m [][]float64
			for i := range 6 {
				var row []float64
				for j := range 8 {
					row = append(row, math.Sin(float64(i*j)/5))
				}
				m = append(m, row)
			}
			m[0][3] = math.NaN()
			return Heatmap(m, HeatmapOptions{Options: Options{Title: "Correlation"}, Diverging: true, Rows: []string{"age", "income", "hours per week", "debt", "children", "rooms"}})
		}},
		{"raster", false, func() *Figure {
			var m [][]float64
			for i := range 100 {
				var row []float64
				for j := range 60 {
					row = append(row, math.Sin(float64(i)/9)*math.Cos(float64(j)/7))
				}
				m = append(m, row)
			}
			return Heatmap(m, HeatmapOptions{Options: Options{Title: "Attention", XLabel: "key", YLabel: "query"}})
		}},
		{"confusion", true, func() *Figure { return Confusion(digitCounts(), digits, Options{}) }},
		{"classes", false, func() *Figure {
			n := noise(5)
			counts := make([][]int, 40)
			for i := range counts {
				counts[i] = make([]int, 40)
				for j := range counts[i] {
					counts[i][j] = int(3 * n.uniform() * n.uniform())
				}
				counts[i][i] = 50
			}
			return Confusion(counts, nil, Options{Title: "Forty classes"})
		}},
		{"images", true, func() *Figure {
			var ps []Picture
			for i := range 12 {
				p := glyph(i, 14)
				p.Title, p.Mark = fmt.Sprintf("%d → %d", i%10, (i*i)%10), Right
				if i%10 != (i*i)%10 {
					p.Mark = Wrong
				}
				ps = append(ps, p)
			}
			return Images(ps, ImagesOptions{Title: "Predictions", Subtitle: "true → predicted"})
		}},
		{"saliency", true, func() *Figure {
			var items []Attributed
			for i := range 4 {
				a := Attributed{Picture: glyph(i, 14)}
				a.Title, a.Mark = fmt.Sprintf("true %d, predicted %d", i, i), Right
				for j, v := range a.Pixels {
					a.Values = append(a.Values, v*float32(math.Sin(float64(j%14)/2)))
				}
				items = append(items, a)
			}
			return Saliency(items, SaliencyOptions{Title: "Integrated gradients"})
		}},
		{"grid", false, func() *Figure {
			return Grid([]*Figure{Line([]float64{3, 2, 1}, Options{Width: 320, Height: 220}), Bar([]string{"a", "b"}, []float64{1, 2}, Options{Width: 320, Height: 220})}, 2)
		}},
	}
}

func digitCounts() [][]int {
	n := noise(4)
	counts := make([][]int, 10)
	for i := range counts {
		counts[i] = make([]int, 10)
		for j := range counts[i] {
			counts[i][j] = int(12 * n.uniform() * n.uniform())
		}
		counts[i][i] = 900 + int(150*n.uniform())
	}
	return counts
}

var numbers = regexp.MustCompile(`-?(\d+\.?\d*|\.\d+)`)

// sameText compares two drawings: everything but numbers to the byte, numbers to
// a tenth of a pixel, since processors round the last bit differently.
func sameText(a, b string) error {
	if numbers.ReplaceAllString(a, "#") != numbers.ReplaceAllString(b, "#") {
		return fmt.Errorf("the drawings differ in more than numbers")
	}
	x, y := numbers.FindAllString(a, -1), numbers.FindAllString(b, -1)
	for i := range x {
		u, _ := strconv.ParseFloat(x[i], 64)
		v, _ := strconv.ParseFloat(y[i], 64)
		if math.Abs(u-v) > 0.11 {
			return fmt.Errorf("number %d is %s, want %s", i, x[i], y[i])
		}
	}
	return nil
}

func TestGoldenSVG(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			got := s.fig().SVG()
			path := filepath.Join("testdata", s.name+".svg")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			// The pixels inside are compared by the PNG test.
			inner := regexp.MustCompile(`data:image/png;base64,[^"]*`)
			if err := sameText(inner.ReplaceAllString(got, "png"), inner.ReplaceAllString(string(want), "png")); err != nil {
				t.Errorf("%s: %v (look at it, then go test -update)", path, err)
			}
		})
	}
}

func TestGoldenPNG(t *testing.T) {
	for _, s := range samples() {
		if !s.png {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			got := s.fig().PNG()
			path := filepath.Join("testdata", s.name+".png")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if d, err := pixelDistance(got, want); err != nil || d > 0.002 {
				t.Errorf("%s: %.4f of the pixels differ visibly, %v", path, d, err)
			}
		})
	}
}

// pixelDistance is the share of pixels that differ by more than rounding.
func pixelDistance(a, b []byte) (float64, error) {
	x, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		return 0, err
	}
	y, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return 0, err
	}
	if x.Bounds() != y.Bounds() {
		return 0, fmt.Errorf("sizes %v and %v", x.Bounds(), y.Bounds())
	}
	n, all := 0, 0
	for j := range x.Bounds().Dy() {
		for i := range x.Bounds().Dx() {
			r, g, bl, _ := x.At(i, j).RGBA()
			r2, g2, bl2, _ := y.At(i, j).RGBA()
			d := func(p, q uint32) int { return max(int(p>>8)-int(q>>8), int(q>>8)-int(p>>8)) }
			if max(d(r, r2), d(g, g2), d(bl, bl2)) > 24 {
				n++
			}
			all++
		}
	}
	return float64(n) / float64(all), nil
}

func pngSize(data []byte) (w, h int) {
	return int(binary.BigEndian.Uint32(data[16:])), int(binary.BigEndian.Uint32(data[20:]))
}
