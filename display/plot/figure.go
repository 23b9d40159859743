package plot

import (
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"os"
	"strings"
	"sync/atomic"

	"descent/display"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// A Figure is a finished picture: what it shows is fixed, in which form is not.
// As the last expression of a cell it shows itself.
type Figure struct {
	width, height float64 // CSS pixels
	alt           string
	text          string
	table         *display.Table
	paint         func(c draw.Canvas) // origin in the lower left, background painted
}

// Alt returns the sentence that states what the figure shows.
func (f *Figure) Alt() string { return f.alt }

// String returns the numbers of the figure as text.
func (f *Figure) String() string { return f.text }

// Size returns the size of the figure in CSS pixels.
func (f *Figure) Size() (width, height int) { return int(f.width), int(f.height) }

// SetAlt replaces the sentence for those who do not see the figure, and returns
// the figure.
func (f *Figure) SetAlt(alt string) *Figure {
	f.alt = alt
	return f
}

// SetText replaces the plain text of the figure, and returns the figure.
func (f *Figure) SetText(text string) *Figure {
	f.text = text
	return f
}

// SetTable puts a table with the numbers of the figure under it, folded, where
// the figure is shown as HTML, and returns the figure.
func (f *Figure) SetTable(t *display.Table) *Figure {
	f.table = t
	return f
}

func (f *Figure) paintOn(c vg.CanvasSizer) {
	dc := draw.New(c)
	dc.SetColor(paper)
	dc.Fill(dc.Rectangle.Path())
	if f.paint != nil {
		f.paint(dc)
	}
}

// SVG returns the figure as an SVG document for light and dark themes.
func (f *Figure) SVG() string {
	c := newSVGCanvas(vg.Length(f.width), vg.Length(f.height))
	f.paintOn(c)
	return c.document(f.alt)
}

// PNG returns the figure in its light form with two pixels for each CSS pixel.
func (f *Figure) PNG() []byte {
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(f.width), vg.Length(f.height)), vgimg.UseDPI(144))
	f.paintOn(c)
	return encodePNG(c.Image())
}

// Save writes the figure to a file, as SVG or PNG by the ending of the path.
func (f *Figure) Save(path string) error {
	switch {
	case strings.HasSuffix(path, ".svg"):
		return os.WriteFile(path, []byte(f.SVG()), 0o644)
	case strings.HasSuffix(path, ".png"):
		return os.WriteFile(path, f.PNG(), 0o644)
	}
	return fmt.Errorf("plot: cannot save %q: the path must end in .svg or .png", path)
}

// The formats of figures in a notebook.
const (
	FormatAuto = "auto" // HTML with SVG, PNG and text
	FormatSVG  = "svg"  // HTML with SVG, and text: smallest
	FormatPNG  = "png"  // PNG and text: for GitHub and PDF
	FormatText = "text" // text only
)

var format atomic.Value

// SetFormat chooses what the bundles of figures hold from now on. Without it the
// environment variable DESCENT_FIGURES decides, and auto is the default.
func SetFormat(f string) error {
	switch f {
	case FormatAuto, FormatSVG, FormatPNG, FormatText:
		format.Store(f)
		return nil
	}
	return fmt.Errorf("plot: unknown format %q: want auto, svg, png or text", f)
}

func currentFormat() string {
	if f, ok := format.Load().(string); ok && f != "" {
		return f
	}
	switch f := os.Getenv("DESCENT_FIGURES"); f {
	case FormatSVG, FormatPNG, FormatText:
		return f
	}
	return FormatAuto
}

// MIMEBundle shows the figure.
func (f *Figure) MIMEBundle() display.Bundle {
	b := display.Bundle{Data: map[string]any{display.MIMEText: f.text}, Metadata: map[string]any{}}
	mode := currentFormat()
	if mode == FormatAuto || mode == FormatSVG {
		b.Data[display.MIMEHTML] = f.HTML()
	}
	if mode == FormatAuto || mode == FormatPNG {
		b.Data[display.MIMEPNG] = f.PNG()
		b.Metadata[display.MIMEPNG] = map[string]any{"width": int(f.width), "height": int(f.height), "alt": f.alt}
	}
	return b
}

// HTML returns the figure as an HTML picture, for use inside other HTML.
func (f *Figure) HTML() string {
	s := fmt.Sprintf(`<img alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto" src="data:image/svg+xml;base64,%s">`,
		html.EscapeString(f.alt), int(f.width), int(f.height), base64.StdEncoding.EncodeToString([]byte(f.SVG())))
	if f.table != nil {
		s += "<details><summary>Numbers</summary>" + f.table.HTML() + "</details>"
	}
	return s
}

// drawPicture draws img with square pixels and opacity on either canvas.
func drawPicture(c draw.Canvas, r vg.Rectangle, img image.Image, opacity float64) {
	if s, ok := c.Canvas.(*svgCanvas); ok {
		s.drawPicture(r, img, opacity)
		return
	}
	// The raster canvas would smooth the picture: enlarge it here, pixel by pixel.
	const dots = 2
	w, h := int(r.Size().X.Points()*dots+0.5), int(r.Size().Y.Points()*dots+0.5)
	b := img.Bounds()
	if w <= 0 || h <= 0 || b.Empty() {
		return
	}
	big := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			n := color.NRGBAModel.Convert(img.At(b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h)).(color.NRGBA)
			n.A = uint8(float64(n.A)*opacity + 0.5)
			big.SetNRGBA(x, y, n)
		}
	}
	c.DrawImage(r, big)
}
