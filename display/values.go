package display

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"image/png"
	"regexp"
	"strings"
)

// HTML is a value shown as HTML. Its text/plain is the text without the tags.
// A notebook that is reopened untrusted drops scripts, inline SVG and style
// sheets: write HTML that reads well without them. IPython: HTML.
func HTML(s string) Bundle {
	return Bundle{Data: map[string]any{MIMEHTML: s, MIMEText: stripTags(s)}, Metadata: map[string]any{}}
}

// Markdown is a value shown as Markdown. IPython: Markdown.
func Markdown(s string) Bundle {
	return Bundle{Data: map[string]any{MIMEMarkdown: s, MIMEText: s}, Metadata: map[string]any{}}
}

// LaTeX is a formula. Without delimiters of its own ($, \( or \begin) it is set
// as a displayed formula. IPython: Math and Latex.
func LaTeX(s string) Bundle {
	tex := s
	if !strings.Contains(s, "$") && !strings.Contains(s, `\(`) && !strings.Contains(s, `\[`) && !strings.Contains(s, `\begin`) {
		tex = "$$" + s + "$$"
	}
	return Bundle{Data: map[string]any{MIMELaTeX: tex, MIMEText: s}, Metadata: map[string]any{}}
}

// JSON is a value shown as a tree that can be folded. Whatever encoding/json
// cannot marshal is shown as an error text. IPython: JSON.
func JSON(v any) Bundle {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return textBundle("display.JSON: " + err.Error())
	}
	return Bundle{Data: map[string]any{MIMEJSON: json.RawMessage(text), MIMEText: string(text)}, Metadata: map[string]any{}}
}

var svgTitle = regexp.MustCompile(`(?s)<title[^>]*>(.*?)</title>`)

// SVG is a drawing. It is shown as a picture in HTML, with the drawing's <title>
// as its alternative text, because raw SVG is dropped from notebooks that are
// reopened untrusted and stops nbconvert's LaTeX export. IPython: SVG.
func SVG(s string) Bundle {
	alt := "SVG drawing"
	if m := svgTitle.FindStringSubmatch(s); m != nil {
		alt = html.UnescapeString(strings.TrimSpace(m[1]))
	}
	src := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(s))
	return Bundle{
		Data: map[string]any{
			MIMEHTML: fmt.Sprintf(`<img alt="%s" style="max-width:100%%;height:auto" src="%s">`, html.EscapeString(alt), src),
			MIMEText: fmt.Sprintf("%s (SVG, %d bytes)", alt, len(s)),
		},
		Metadata: map[string]any{},
	}
}

// ImageOptions say how a raster picture is shown.
type ImageOptions struct {
	// Alt is read to those who do not see the picture. Say what it shows.
	Alt string
	// Width and Height are in CSS pixels; zero keeps the picture's own size.
	// With one of them given, the other follows.
	Width, Height int
	// Pixelated keeps the pixels of a small picture square when it is enlarged.
	Pixelated bool
}

// PNG is a picture in PNG format. IPython: Image(data).
func PNG(data []byte) Bundle { return PNGWith(data, ImageOptions{}) }

// PNGWith is PNG with a size and an alternative text.
func PNGWith(data []byte, o ImageOptions) Bundle {
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return textBundle("display.PNG: " + err.Error())
	}
	w, h := o.Width, o.Height
	switch {
	case w == 0 && h == 0:
		w, h = c.Width, c.Height
	case h == 0:
		h = max(1, w*c.Height/max(1, c.Width))
	case w == 0:
		w = max(1, h*c.Width/max(1, c.Height))
	}
	alt := o.Alt
	if alt == "" {
		alt = fmt.Sprintf("picture, %d × %d pixels", c.Width, c.Height)
	}
	b := Bundle{
		Data: map[string]any{MIMEPNG: data, MIMEText: alt},
		Metadata: map[string]any{
			MIMEPNG: map[string]any{"width": w, "height": h, "alt": alt},
		},
	}
	// A bare image/png has no alternative text in JupyterLab; an <img> has. Large
	// pictures are not stored twice for it.
	if len(data) <= 100<<10 {
		style := "max-width:100%;height:auto"
		if o.Pixelated {
			style += ";image-rendering:pixelated"
		}
		b.Data[MIMEHTML] = fmt.Sprintf(`<img alt="%s" width="%d" height="%d" style="%s" src="data:image/png;base64,%s">`,
			html.EscapeString(alt), w, h, style, base64.StdEncoding.EncodeToString(data))
	}
	return b
}

// Image is a picture. Small ones (up to 64 pixels) are enlarged with square
// pixels, so that a digit of MNIST can be seen.
func Image(img image.Image) Bundle { return ImageWith(img, ImageOptions{}) }

// ImageWith is Image with a size and an alternative text.
func ImageWith(img image.Image, o ImageOptions) Bundle {
	if img == nil || img.Bounds().Empty() {
		return textBundle("display.Image: no pixels")
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if o.Width == 0 && o.Height == 0 && max(w, h) <= 64 {
		scale := max(1, 160/max(w, h))
		o.Width, o.Height, o.Pixelated = w*scale, h*scale, true
	}
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, img); err != nil {
		return textBundle("display.Image: " + err.Error())
	}
	return PNGWith(buf.Bytes(), o)
}

var (
	dropped   = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<!--.*?-->`)
	breaks    = regexp.MustCompile(`(?i)<br\s*/?>|</(p|div|tr|li|h[1-6]|table|caption|ul|ol|details|summary|pre)>`)
	cells     = regexp.MustCompile(`(?i)</t[dh]>`)
	imgAlt    = regexp.MustCompile(`(?is)<img\b[^>]*?\balt="([^"]*)"[^>]*>`)
	tags      = regexp.MustCompile(`(?s)<[^>]*>`)
	blankRuns = regexp.MustCompile(`\n\s*\n\s*`)
)

// stripTags makes readable text of HTML: alternative texts for pictures, lines
// for blocks, tabs between the cells of a table.
func stripTags(s string) string {
	s = dropped.ReplaceAllString(s, "")
	s = imgAlt.ReplaceAllString(s, "$1")
	s = breaks.ReplaceAllString(s, "\n")
	s = cells.ReplaceAllString(s, "\t")
	s = tags.ReplaceAllString(s, "")
	s = html.UnescapeString(s)
	var lines []string
	for line := range strings.Lines(s) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.TrimSpace(blankRuns.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
}
