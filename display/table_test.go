package display

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestTableText(t *testing.T) {
	tab := NewTable("Layers", []string{"layer", "params"}, [][]any{{"fc1", 100480}, {"fc2", 1290}})
	tab.Footer = [][]any{{"total", 101770}}
	tab.Note = "all trainable"
	want := `Layers
layer  params
─────────────
fc1    100480
fc2      1290
─────────────
total  101770
all trainable`
	if got := tab.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTableWithLines(t *testing.T) {
	tab := NewTable("", []string{"a", "b"}, [][]any{{"x", "one\ntwo"}, {"y", 3}})
	want := "a  b\n──────\nx  one\n   two\ny  3"
	if got := tab.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if h := tab.HTML(); !strings.Contains(h, "one<br>two") {
		t.Error(h)
	}
}

func TestTableWrapsText(t *testing.T) {
	long := strings.Repeat("word ", 40) + strings.Repeat("x", 100)
	s := NewTable("", []string{"a", "b"}, [][]any{{"k", long}}).String()
	for line := range strings.SplitSeq(s, "\n") {
		if n := len([]rune(line)); n > textWidth+4 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if strings.Count(s, "word") != 40 || strings.Count(s, "x") != 100 {
		t.Errorf("something is lost in\n%s", s)
	}
}

func TestTableHTML(t *testing.T) {
	tab := NewTable("a < b", []string{"name", "x"}, [][]any{{"<i>", 1.25}, {"b", 3}})
	tab.RowHeader = true
	h := tab.HTML()
	for _, want := range []string{"<caption", "a &lt; b", `<th scope="col"`, `<th scope="row"`, "&lt;i&gt;", "text-align:right", "1.25"} {
		if !strings.Contains(h, want) {
			t.Errorf("no %s in %s", want, h)
		}
	}
	// What JupyterLab's sanitizer drops, and colours for one theme only, must not be there.
	if bad := regexp.MustCompile(`<script|<style|var\(|calc\(|currentColor|color:|background|aria-|role=`).FindString(h); bad != "" {
		t.Errorf("%q in %s", bad, h)
	}
}

func TestTableCaps(t *testing.T) {
	var rows [][]any
	for i := range 500 {
		rows = append(rows, []any{i, i * i})
	}
	tab := NewTable("", []string{"i", "square"}, rows)
	s := tab.String()
	if n := strings.Count(s, "\n"); n > 60 || !strings.Contains(s, "… 450 rows left out …") || !strings.Contains(s, "500 rows × 2 columns") || !strings.Contains(s, "249001") {
		t.Errorf("%d lines: %s", n, s)
	}
	wide := make([]any, 40)
	for i := range wide {
		wide[i] = i
	}
	if s := NewTable("", nil, [][]any{wide}).String(); !strings.Contains(s, "1 rows × 40 columns") || strings.Contains(s, "39") {
		t.Errorf("wide: %s", s)
	}
}

func TestTableOfValues(t *testing.T) {
	type person struct {
		Name string
		Age  int
	}
	people := make([]person, 120)
	for i := range people {
		people[i] = person{fmt.Sprint("p", i), i}
	}
	b := Render(people)
	h := b.Data[MIMEHTML].(string)
	if !strings.Contains(h, "[]display.person, 120 rows") || !strings.Contains(h, ">Name<") || !strings.Contains(h, "… 70 rows left out …") || !strings.Contains(h, "p119") {
		t.Errorf("%s", h)
	}
	if !strings.Contains(b.Text(), "p0") || !strings.Contains(b.Text(), "120 rows") {
		t.Errorf("%s", b.Text())
	}
	b = Render(map[string]float64{"accuracy": 0.967, "loss": 0.1})
	if h, _ := b.Data[MIMEHTML].(string); !strings.Contains(h, "accuracy") || !strings.Contains(h, "<table") {
		t.Errorf("map: %s", h)
	}
	b = Render([][]float64{{1, 2}, {3, 4.5}})
	if h, _ := b.Data[MIMEHTML].(string); !strings.Contains(h, "4.5") || b.Text() != "[][]float64{{1, 2}, {3, 4.5}}" {
		t.Errorf("matrix: %s\n%s", b.Text(), h)
	}
	if _, ok := Render([]int{1, 2}).Data[MIMEHTML]; ok {
		t.Error("a short list needs no table")
	}
}
