package plot

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"html"
	"image/color"
	"io"
	"math"
	"regexp"
	"strings"
	"sync"
	"testing"

	"descent/display"
)

// TestBundles checks, for a figure of every kind, what a notebook needs of it.
func TestBundles(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			f := s.fig()
			b := display.Render(f)
			if got := strings.Join(b.Types(), " "); got != "image/png text/html text/plain" {
				t.Errorf("types %s", got)
			}
			if n := b.Size(); n > 180<<10 {
				t.Errorf("%d bytes in the notebook, SVG %d, PNG %d", n, len(f.SVG()), len(f.PNG()))
			}

			// The text stands alone: it has numbers, and is not a Go pointer.
			if text := b.Text(); !regexp.MustCompile(`\d`).MatchString(text) || strings.Contains(text, "0x") || len(text) < 20 {
				t.Errorf("text/plain %q", text)
			}

			// The alternative text states what is seen, with a number.
			page := b.Data[display.MIMEHTML].(string)
			m := regexp.MustCompile(`^<img alt="([^"]+)" width="(\d+)" height="(\d+)" style="max-width:100%;height:auto" src="data:image/svg\+xml;base64,([^"]+)">`).FindStringSubmatch(page)
			if m == nil {
				t.Fatalf("html %.200s", page)
			}
			if alt := html.UnescapeString(m[1]); !regexp.MustCompile(`\d`).MatchString(alt) || !strings.HasSuffix(alt, ".") || alt != f.Alt() {
				t.Errorf("alt %q", alt)
			}

			// Two pixels of the PNG for each of the page, said in the metadata.
			w, h := pngSize(b.Data[display.MIMEPNG].([]byte))
			meta := b.Metadata[display.MIMEPNG].(map[string]any)
			fw, fh := f.Size()
			if w != 2*fw || h != 2*fh || meta["width"] != fw || meta["height"] != fh || meta["alt"] != f.Alt() {
				t.Errorf("png %d × %d, metadata %v, figure %d × %d", w, h, meta, fw, fh)
			}

			svg, err := base64.StdEncoding.DecodeString(m[4])
			if err != nil {
				t.Fatal(err)
			}
			checkSVG(t, string(svg))
			checkHTML(t, page)

			// The same figure is the same bytes.
			again := s.fig()
			if again.SVG() != string(svg) {
				t.Error("the SVG is not deterministic")
			}
			if !strings.Contains(string(svg), "<title>"+html.EscapeString(f.Alt())+"</title>") {
				t.Error("the SVG has no title")
			}
		})
	}
	if first, second := samples()[1].fig().PNG(), samples()[1].fig().PNG(); !bytes.Equal(first, second) {
		t.Error("the PNG is not deterministic")
	}
}

// TestConcurrentFigures draws on several goroutines at once: fonts are shared.
func TestConcurrentFigures(t *testing.T) {
	want := samples()[1].fig().SVG()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			f := samples()[1].fig()
			if f.SVG() != want || len(f.PNG()) == 0 {
				t.Error("a figure depends on others drawn at the same time")
			}
		})
	}
	wg.Wait()
}

// checkSVG checks that a drawing needs nothing from outside and brings both themes.
func checkSVG(t *testing.T, s string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(s))
	for {
		_, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
	bare := strings.ReplaceAll(s, `xmlns="http://www.w3.org/2000/svg"`, "")
	if bad := regexp.MustCompile(`(?i)<script|\bon\w+="|https?:|currentColor|var\(|@import|url\(|NaN,|="NaN|Inf"`).FindString(bare); bad != "" {
		t.Errorf("the SVG has %q", bad)
	}
	if !strings.Contains(s, "@media(prefers-color-scheme:dark)") {
		t.Error("the SVG has one theme only")
	}
	// The first thing drawn is a background over everything.
	size := regexp.MustCompile(`width="([\d.]+)" height="([\d.]+)"`).FindStringSubmatch(s)
	body := s[strings.Index(s, "</style>"):]
	first := regexp.MustCompile(`<rect class="c0" x="0" y="0" width="([\d.]+)" height="([\d.]+)"/>`).FindStringSubmatch(body)
	if first == nil || strings.Index(body, first[0]) > 12 || first[1] != size[1] || first[2] != size[2] {
		t.Errorf("no background of its own: %v", first)
	}
	if !strings.Contains(s, ".c0{fill:#ffffff") || !strings.Contains(s, ".c0{fill:#111111") {
		t.Error("the background is not that of the theme")
	}
}

// checkHTML checks what JupyterLab's sanitizer would drop, and colours.
func checkHTML(t *testing.T, s string) {
	t.Helper()
	s = regexp.MustCompile(`alt="[^"]*"|data:[^"]*`).ReplaceAllString(s, "")
	if bad := regexp.MustCompile(`(?i)<script|<style|<svg|<iframe|aria-|role=|var\(|calc\(|currentColor|src="http|[^-]color:`).FindString(s); bad != "" {
		t.Errorf("the HTML has %q", bad)
	}
}

func TestContrast(t *testing.T) {
	check := func(what string, k, on ink, least float64) {
		t.Helper()
		if c := contrast(k.light, on.light); c < least {
			t.Errorf("%s: contrast %.2f in the light theme, want %.1f", what, c, least)
		}
		if c := contrast(k.dark, on.dark); c < least {
			t.Errorf("%s: contrast %.2f in the dark theme, want %.1f", what, c, least)
		}
	}
	for name, k := range map[string]ink{"text": fore, "labels": muted, "right": right, "wrong": wrong} {
		check(name, k, paper, 4.5)
	}
	for i := range seriesInks {
		check("series", seriesInk(i), paper, 3)
	}
	for name, k := range map[string]ink{"axis": rule, "positive": posInk, "negative": negInk} {
		check(name, k, paper, 3)
	}
	// Numbers in coloured cells are readable on every colour that a cell can have.
	m := newConfusion(digitCounts(), nil, Options{})
	for i := range 41 {
		v := float64(i) / 40
		c := viridis(v)
		for _, k := range []ink{sequential(v), diverging(v), diverging(-v), {c, c}} {
			check("number in a cell", readable(k), k, 4.5)
		}
	}
	for i := range 10 {
		for j := range 10 {
			check("count", readable(m.ink(i, j)), m.ink(i, j), 4.5)
		}
	}
	if got := contrast(color.White, color.Black); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white is %v", got)
	}
}

// TestSeriesDifferWithoutColour checks that no two of the first eight series
// have the same dash and the same marker.
func TestSeriesDifferWithoutColour(t *testing.T) {
	for i := range 8 {
		for j := range i {
			a, b := curve{index: i}, curve{index: j}
			if len(a.style().Dashes) == len(b.style().Dashes) && shape(i)%shapes == shape(j)%shapes {
				t.Errorf("series %d and %d have dash and marker in common", i, j)
			}
			if seriesInk(i) == seriesInk(j) {
				t.Errorf("series %d and %d have one colour", i, j)
			}
		}
	}
}

func TestDivergingIsCentred(t *testing.T) {
	if diverging(0) != inks(0xf7f7f7, 0x1b1f24) || overlay(0).A != 0 {
		t.Error("zero has a colour")
	}
	h := newHeatmap([][]float64{{-1, 0, 4}}, HeatmapOptions{Diverging: true})
	if h.lo != -4 || h.hi != 4 {
		t.Errorf("scale from %v to %v", h.lo, h.hi)
	}
	if p, n := overlay(1), overlay(-1); p.R <= p.B || n.B <= n.R || p.A != 255 || n.A != 255 {
		t.Errorf("ends %v %v", p, n)
	}
}

func TestFormats(t *testing.T) {
	f := Line([]float64{1, 2}, Options{})
	for _, tt := range []struct{ format, types string }{
		{FormatText, "text/plain"},
		{FormatPNG, "image/png text/plain"},
		{FormatSVG, "text/html text/plain"},
		{FormatAuto, "image/png text/html text/plain"},
	} {
		if err := SetFormat(tt.format); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(f.MIMEBundle().Types(), " "); got != tt.types {
			t.Errorf("%s: %s", tt.format, got)
		}
	}
	if SetFormat("gif") == nil {
		t.Error("gif is a format")
	}
	format.Store("")
	t.Setenv("DESCENT_FIGURES", "png")
	if currentFormat() != FormatPNG {
		t.Errorf("format %q, the environment says png", currentFormat())
	}
}
