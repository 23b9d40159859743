package plot

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

func TestDownsampleKeepsExtremes(t *testing.T) {
	var pts []xy
	for i := range 100_000 {
		pts = append(pts, xy{float64(i), math.Sin(float64(i) / 1000)})
	}
	pts[31_415].y, pts[62_831].y = 50, -50
	out := downsample(pts, 400)
	if len(out) > 802 || out[0] != pts[0] || out[len(out)-1] != pts[len(pts)-1] {
		t.Fatalf("%d points", len(out))
	}
	hi, lo := false, false
	for i, p := range out {
		hi, lo = hi || p.y == 50, lo || p.y == -50
		if i > 0 && p.x < out[i-1].x {
			t.Fatal("out of order")
		}
	}
	if !hi || !lo {
		t.Error("a spike is lost")
	}
	if short := pts[:700]; len(downsample(short, 400)) != 700 {
		t.Error("a short curve is thinned")
	}
}

func TestSmooth(t *testing.T) {
	// By hand: averages with weight 0.5 of 4, 2, 0, corrected for the start:
	// 2/0.5, 2/0.75, 1/0.875.
	out := smooth([][]xy{{{0, 4}, {1, 2}}, {{3, 0}}}, 0.5)
	want := []float64{4, 8.0 / 3, 8.0 / 7}
	for i, p := range append(out[0], out[1]...) {
		if math.Abs(p.y-want[i]) > 1e-12 {
			t.Errorf("value %d is %v, want %v", i, p.y, want[i])
		}
	}
}

func TestRobustLimits(t *testing.T) {
	decay := make([]float64, 1000)
	for i := range decay {
		decay[i] = 2.3*math.Exp(-float64(i)/100) + 0.1
	}
	if _, hi := robust(decay); hi != decay[0] {
		t.Errorf("a falling curve is cut at %v", hi)
	}
	spiky := append([]float64{}, decay...)
	spiky[500] = 1e6
	if _, hi := robust(spiky); hi != decay[0] {
		t.Errorf("a spike sets the axis to %v", hi)
	}
	if lo, hi := robust([]float64{1, 2, 1000}); lo != 1 || hi != 1000 {
		t.Errorf("few values are cut: %v %v", lo, hi)
	}
	if lo, hi := robust(nil); lo <= hi {
		t.Error("no values have a range")
	}
}

func TestSpecialValuesAreMarked(t *testing.T) {
	y := make([]float64, 100)
	for i := range y {
		y[i] = 1 + float64(i%3)
	}
	y[10], y[20], y[30] = math.NaN(), math.Inf(1), 1e9
	c := newCurves([]Series{{Name: "loss", Y: y}}, Options{})
	for _, want := range []string{"× NaN at 10", "× Inf at 20", "▲ 1 beyond the axis, the farthest 1e9 at 30"} {
		if !strings.Contains(c.note, want) {
			t.Errorf("note %q lacks %q", c.note, want)
		}
	}
	if c.ymax > 4 {
		t.Errorf("the axis ends at %v", c.ymax)
	}
	if !strings.Contains(c.text(), "1 NaN (first at 10), 1 infinite (first at 20)") {
		t.Error(c.text())
	}
	log := newCurves([]Series{{Y: []float64{1, 0, -3, 0.1}}}, Options{LogY: true})
	if !strings.Contains(log.note, "2 not positive, left out") || log.ymin <= 0 {
		t.Errorf("%q from %v", log.note, log.ymin)
	}
}

func TestNoiseBehindSmoothCurveMayBeCut(t *testing.T) {
	y := make([]float64, 1000)
	n := noise(6)
	for i := range y {
		y[i] = math.Exp(n.normal())
	}
	c := newCurves([]Series{{Y: y, Smooth: 0.99}}, Options{LogY: true})
	// The lowest value itself is no outlier, whatever its logarithm rounds to.
	if c.ymin < 0.05 || c.ymax > 20 || c.clipped != 0 {
		t.Errorf("axis from %v to %v, %d marked", c.ymin, c.ymax, c.clipped)
	}
	for i := range 2000 {
		v := 0.001 * float64(i+1)
		if c := newCurves([]Series{{Y: []float64{v, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}, Smooth: 0.9}}, Options{LogY: true}); v > 0.5 && c.clipped != 0 {
			t.Fatalf("%v is marked", v)
		}
	}
	y[500] = 1e12
	if c = newCurves([]Series{{Y: y, Smooth: 0.99}}, Options{LogY: true}); c.clipped != 1 {
		t.Errorf("%d marked, want the spike", c.clipped)
	}
}

func TestOddData(t *testing.T) {
	nan := math.NaN()
	for name, f := range map[string]*Figure{
		"nothing":        Curves(nil, Options{}),
		"empty series":   Line(nil, Options{LogY: true}),
		"only NaN":       Line([]float64{nan, nan}, Options{}),
		"one value":      Line([]float64{3}, Options{LogX: true, LogY: true}),
		"constant":       Line([]float64{0, 0, 0}, Options{}),
		"huge":           Line([]float64{1e300, -1e300}, Options{}),
		"tiny":           Line([]float64{1e-300, 2e-300}, Options{LogY: true}),
		"infinite only":  Line([]float64{math.Inf(1), math.Inf(-1)}, Options{}),
		"gaps":           Line(gaps(), Options{}),
		"x too short":    XY([]float64{1}, []float64{1, 2}, Options{}),
		"small":          Line([]float64{1, 2}, Options{Title: strings.Repeat("long ", 50), Width: 1, Height: 1}),
		"no bars":        Bar(nil, nil, Options{}),
		"bars of NaN":    Bar([]string{"a"}, []float64{nan}, Options{}),
		"many bars":      Bar(nil, make([]float64, 500), Options{}),
		"more labels":    Bar([]string{"a", "b", "c"}, []float64{1}, Options{}),
		"no histogram":   Histogram(nil, HistogramOptions{}),
		"constant hist":  Histogram([]float64{2.5, 2.5}, HistogramOptions{}),
		"integers":       Histogram([]float64{1, 2, 2, 9}, HistogramOptions{}),
		"no heat":        Heatmap(nil, HeatmapOptions{}),
		"ragged heat":    Heatmap([][]float64{{1, 2}, {3}, nil}, HeatmapOptions{}),
		"heat of NaN":    Heatmap([][]float64{{nan}}, HeatmapOptions{Diverging: true}),
		"no classes":     Confusion(nil, nil, Options{}),
		"empty class":    Confusion([][]int{{0, 0}, {1, 2}}, []string{"a very long name of a class", "b"}, Options{}),
		"no images":      Images(nil, ImagesOptions{}),
		"wrong sizes":    Images([]Picture{{Width: 3, Height: 3, Pixels: make([]float32, 5)}}, ImagesOptions{}),
		"NaN pixels":     Images([]Picture{{Width: 1, Height: 2, Pixels: []float32{float32(nan), 1}}}, ImagesOptions{}),
		"two channels":   Images([]Picture{{Width: 1, Height: 1, Channels: 2, Pixels: []float32{1, 2}}}, ImagesOptions{}),
		"many images":    Images(make([]Picture, 100), ImagesOptions{}),
		"no saliency":    Saliency(nil, SaliencyOptions{}),
		"zero saliency":  Saliency([]Attributed{{Picture: glyph(0, 4), Values: make([]float32, 16)}}, SaliencyOptions{}),
		"short saliency": Saliency([]Attributed{{Picture: glyph(0, 4), Values: []float32{1}}}, SaliencyOptions{}),
		"no figures":     Grid(nil, 0),
		"empty figure":   Grid([]*Figure{{}}, 3),
	} {
		t.Run(name, func(t *testing.T) {
			checkSVG(t, f.SVG())
			if w, h := f.Size(); float64(w) < f.width-1 || h <= 0 {
				t.Errorf("size %d × %d", w, h)
			}
			// The raster canvas has code of its own for pictures.
			if strings.Contains(f.SVG(), "<image") && len(f.PNG()) == 0 {
				t.Error("no PNG")
			}
		})
	}
}

func gaps() []float64 {
	y := make([]float64, 5000)
	for i := range y {
		y[i] = float64(i % 7)
		if i%2 == 0 {
			y[i] = math.NaN()
		}
	}
	return y
}

func TestTicks(t *testing.T) {
	labels := func(lo, hi float64, m interface{ labels(lo, hi float64) []string }) string {
		return strings.Join(m.labels(lo, hi), " ")
	}
	for _, tt := range []struct {
		lo, hi float64
		t      interface{ labels(lo, hi float64) []string }
		want   string
	}{
		{0, 1, niceTicks{count: 5}, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{0, 1, niceTicks{count: 4, percent: true}, "0 % 25 % 50 % 75 % 100 %"},
		{1, 5, niceTicks{count: 8, integer: true}, "1 2 3 4 5"},
		{-3, 3, niceTicks{count: 3}, "−2 0 2"},
		{0, 4690, niceTicks{count: 5}, "0 1,000 2,000 3,000 4,000"},
		{0.02, 0.11, niceTicks{count: 4}, "0.025 0.050 0.075 0.100"},
		{0.09, 3, logTicks{}, "0.1 0.2 0.5 1 2"},
		{1e-6, 1, logTicks{}, "1e-06 1e-05 0.0001 0.001 0.01 0.1 1"},
		{1, 1.5, logTicks{}, "1.0 1.2 1.4"},
		{0, 1, logTicks{}, ""},
		{5, 5, niceTicks{count: 4}, "5"},
	} {
		if got := labels(tt.lo, tt.hi, tt.t); got != tt.want {
			t.Errorf("%T from %v to %v: %s, want %s", tt.t, tt.lo, tt.hi, got, tt.want)
		}
	}
}

func (t niceTicks) labels(lo, hi float64) (s []string) {
	for _, k := range t.Ticks(lo, hi) {
		s = append(s, k.Label)
	}
	return s
}

func (t logTicks) labels(lo, hi float64) (s []string) {
	for _, k := range t.Ticks(lo, hi) {
		s = append(s, k.Label)
	}
	return s
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1", 0.9671: "0.967", 12.3456: "12.35", 123.456: "123.5", 12345.6: "12,346", 1234567: "1,234,567",
		-101770: "-101,770", 0.0123: "0.0123", 1e-7: "1e-7", 2.5e12: "2.5e12", 0.41: "0.41", math.Inf(1): "∞", math.Inf(-1): "−∞",
	} {
		if got := Number(v); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
	if Number(math.NaN()) != "NaN" || Percent(math.NaN()) != "NaN" || Percent(0.9671) != "96.7 %" {
		t.Error("NaN or per cent")
	}
}

func TestPalette(t *testing.T) {
	few := image.NewRGBA(image.Rect(2, 3, 40, 30))
	few.Set(5, 5, color.RGBA{1, 2, 3, 255})
	if p := paletted(few); len(p.Palette) != 2 || p.At(3, 2) != (color.NRGBA{1, 2, 3, 255}) {
		t.Errorf("palette %v", p.Palette)
	}
	many := image.NewNRGBA(image.Rect(0, 0, 128, 128))
	for y := range 128 {
		for x := range 128 {
			many.SetNRGBA(x, y, color.NRGBA{uint8(2 * x), uint8(2 * y), uint8(x + y), 255})
		}
	}
	p := paletted(many)
	if len(p.Palette) != 256 {
		t.Fatalf("%d colours", len(p.Palette))
	}
	worst := 0
	for y := range 128 {
		for x := range 128 {
			a, b := many.NRGBAAt(x, y), p.At(x, y).(color.NRGBA)
			worst = max(worst, abs(int(a.R)-int(b.R)), abs(int(a.G)-int(b.G)), abs(int(a.B)-int(b.B)))
		}
	}
	if worst > 40 {
		t.Errorf("a colour is off by %d", worst)
	}
	if img, err := png.Decode(bytes.NewReader(encodePNG(many))); err != nil || img.Bounds().Dx() != 128 {
		t.Error(err)
	}
}

func abs(n int) int { return max(n, -n) }

func TestViridis(t *testing.T) {
	if viridis(0) != rgb(0x440154) || viridis(1) != rgb(0xfde725) || viridis(-3) != viridis(0) || viridis(7) != viridis(1) {
		t.Error("ends")
	}
	for i := range 50 {
		if luminance(viridis(float64(i)/50)) >= luminance(viridis(float64(i+1)/50)) {
			t.Errorf("not lighter after %d/50", i)
		}
	}
}

func TestSVGCanvas(t *testing.T) {
	c := newSVGCanvas(100, 50)
	c.SetColor(fore)
	c.Fill(box(10, 10, 20, 30))
	c.SetLineDash([]vg.Length{4, 2}, 0)
	var p vg.Path
	p.Move(vg.Point{X: 0, Y: 0})
	p.Line(vg.Point{X: 10.04, Y: 10})
	p.Line(vg.Point{X: 9.5, Y: 10})
	c.Stroke(p)
	c.Push()
	c.Translate(vg.Point{X: 50, Y: 0})
	c.Rotate(math.Pi / 2)
	c.Scale(2, 2)
	c.SetColor(color.NRGBA{255, 0, 0, 128})
	var q vg.Path
	q.Move(vg.Point{X: 0, Y: 0})
	q.QuadTo(vg.Point{X: 5, Y: 0}, vg.Point{X: 5, Y: 5})
	q.CubeTo(vg.Point{X: 5, Y: 0}, vg.Point{X: 1, Y: 1}, vg.Point{X: 0, Y: 0})
	q.Close()
	c.Fill(q)
	c.Pop()
	c.Fill(disc(50, 25, 5))
	doc := c.document("a <b>")
	for _, want := range []string{
		`<title>a &lt;b&gt;</title>`,
		`<rect class="c0" x="10" y="20" width="10" height="20"/>`,
		`<path class="c0 s" stroke-width="1" stroke-dasharray="4 2" d="M0 50l10-10-.5 0"/>`,
		`<path class="c1" opacity="0.5" d="M50 50q0-10 -10-10c10 0 8 8 10 10z"/>`,
		`<path class="c0" d="M55 25a5 5 0 0 0 -10 0 5 5 0 0 0 10 0z"/>`,
		`.c1{fill:#ff0000;stroke:none}`,
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("no %s in\n%s", want, doc)
		}
	}
	checkXML(t, doc)
}

func checkXML(t *testing.T, s string) {
	t.Helper()
	if !strings.HasPrefix(s, "<svg ") || !strings.HasSuffix(s, "</svg>\n") {
		t.Errorf("%.80s", s)
	}
}

func TestSave(t *testing.T) {
	f := Line([]float64{1, 2}, Options{}).SetAlt("rises")
	dir := t.TempDir()
	for _, name := range []string{"a.svg", "a.png"} {
		path := filepath.Join(dir, name)
		if err := f.Save(path); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() < 500 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.Save(filepath.Join(dir, "a.bmp")); err == nil {
		t.Error("saved as bmp")
	}
	if !strings.Contains(f.SVG(), "<title>rises</title>") {
		t.Error("alt not taken")
	}
}

func TestFromImage(t *testing.T) {
	img := image.NewRGBA(image.Rect(1, 1, 3, 2))
	img.Set(2, 1, color.RGBA{255, 0, 51, 255})
	p := FromImage(img, "x")
	if p.Width != 2 || p.Height != 1 || p.Channels != 3 || p.Pixels[1] != 1 || p.Pixels[3] != 0 || math.Abs(float64(p.Pixels[5])-0.2) > 1e-4 {
		t.Errorf("%+v", p)
	}
	if c := p.image(0, 1).At(1, 0).(color.NRGBA); c != (color.NRGBA{255, 0, 51, 255}) {
		t.Errorf("back as %v", c)
	}
}
