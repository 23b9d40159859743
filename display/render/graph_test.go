package render_test

import (
	"encoding/base64"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"descent/display"
	"descent/display/render"
	"descent/dl"
)

func traced() *dl.Graph {
	w := dl.NewParameter(dl.New([]float64{2}))
	return dl.TraceGraph(func() *dl.Tensor {
		loss := w.MulScalar(3).Exp().Add(w.Square()).Sum()
		loss.Backward()
		return loss
	})
}

func TestGraphPicture(t *testing.T) {
	b := display.Render(traced())
	for _, want := range []string{"graph of", "parameter [1] → ", "square", ": 2; grad 4"} {
		if !strings.Contains(b.Text(), want) {
			t.Errorf("no %q in the text\n%s", want, b.Text())
		}
	}
	page, _ := b.Data[display.MIMEHTML].(string)
	m := regexp.MustCompile(`base64,([^"]+)`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no picture: %.200s", page)
	}
	svg, err := base64.StdEncoding.DecodeString(m[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(svg, new(struct{ XMLName xml.Name })); err != nil {
		t.Errorf("the picture is no XML: %v", err)
	}
	for _, want := range []string{"<title>computation of", ">exp<", ">parameter [1]<", ">403.4<", ">grad 4<", "<ellipse"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("no %q in the picture\n%s", want, svg)
		}
	}
}

// TestLargeGraph: what no picture can show is text, with an end.
func TestLargeGraph(t *testing.T) {
	x := dl.New([]float64{1}).SetRequiresGrad(true)
	y := x
	for range 100 {
		y = y.MulScalar(1.1)
	}
	b := render.Graph(dl.NewGraph(y))
	if b.Data[display.MIMEHTML] != nil || !strings.Contains(b.Text(), "… and 60 more") {
		t.Errorf("%v\n%s", b.Types(), b.Text())
	}
}
