package display

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

type point struct{ X, Y int }

type scored struct {
	Name  string
	score float64
}

type stringer struct{ s string }

func (s stringer) String() string { return "<" + s.s + ">" }

type badStringer struct{ N int }

func (badStringer) String() string { panic("no words") }

type badBundler struct{ N int }

func (badBundler) MIMEBundle() Bundle { panic(errors.New("no bundle")) }

type worst struct{ N int }

func (worst) MIMEBundle() Bundle { panic(worst{}) }
func (worst) String() string     { panic(worst{}) }
func (worst) Error() string      { panic(worst{}) }

type onlyHTML struct{}

func (onlyHTML) MIMEBundle() Bundle {
	return Bundle{Data: map[string]any{MIMEHTML: "<p>one &amp; <b>two</b></p><script>x()</script><p>three</p>"}}
}

type jsonAndMore struct{}

func (jsonAndMore) MIMEBundle() Bundle {
	return Bundle{Data: map[string]any{MIMEHTML: "<p>x</p>", MIMEJSON: map[string]int{"a": 1}, MIMEText: "t"}}
}

type cycle struct {
	Next *cycle
	Val  int
}

// wrapper has the shape of what the interpreter makes of a cell's value.
type wrapper struct {
	IValue  any
	WString func() string
}

func TestRenderText(t *testing.T) {
	loop := &cycle{Val: 1}
	loop.Next = loop
	var nilPoint *point
	var nilStringer *stringer
	self := []any{1, nil}
	self[1] = self
	long := make([]int, 1000)
	for i := range long {
		long[i] = i
	}
	tests := []struct {
		name string
		v    any
		want string
	}{
		{"nil", nil, "nil"},
		{"int", 5, "5"},
		{"named int", time.Month(0) + 3, "March"},
		{"bool", true, "true"},
		{"rune", 'a', "97"},
		{"float", 0.25, "0.25"},
		{"float32", float32(0.1), "0.1"},
		{"small", 1.5e-9, "1.5e-09"},
		{"million", 1e6, "1000000"},
		{"nan", math.NaN(), "NaN"},
		{"inf", math.Inf(-1), "-Inf"},
		{"string", "a\"b\n", `"a\"b\n"`},
		{"complex", 1 + 2i, "(1+2i)"},
		{"ints", []int{1, 2, 3}, "[]int{1, 2, 3}"},
		{"nil slice", []int(nil), "[]int(nil)"},
		{"empty slice", []int{}, "[]int{}"},
		{"array", [2]string{"a", "b"}, `[2]string{"a", "b"}`},
		{"any slice", []any{1, "a", nil, []int{2}}, `[]any{1, "a", nil, []int{2}}`},
		{"map", map[string]int{"b": 2, "a": 1}, `map[string]int{"a": 1, "b": 2}`},
		{"int map", map[int]bool{10: true, 9: false}, `map[int]bool{9: false, 10: true}`},
		{"nil map", map[string]int(nil), "map[string]int(nil)"},
		{"struct", point{1, 2}, "display.point{X: 1, Y: 2}"},
		{"pointer", &point{1, 2}, "&display.point{X: 1, Y: 2}"},
		{"nil pointer", nilPoint, "(*display.point)(nil)"},
		{"nil stringer", nilStringer, "(*display.stringer)(nil)"},
		{"unexported field", scored{"a", 1.5}, `display.scored{Name: "a", score: 1.5}`},
		{"stringer", stringer{"x"}, "<x>"},
		{"stringer inside", []stringer{{"x"}, {"y"}}, "[]display.stringer{<x>, <y>}"},
		{"duration", 1500 * time.Millisecond, "1.5s"},
		{"error", fmt.Errorf("open: %w", errors.New("gone")), "open: gone"},
		{"func", func(int) string { return "" }, "func(int) string"},
		{"chan", make(chan int, 3), "chan int (0 of 3 buffered)"},
		{"cycle", loop, "&display.cycle{Next: &display.cycle{↺}, Val: 1}"},
		{"cyclic slice", self, "[]any{1, []any{↺}}"},
		{"anonymous struct of a cell", struct {
			Xname string
			Xage  int
			XY    bool
		}{"a", 3, true}, `struct{name: "a", age: 3, XY: true}`},
		{"wrapped value of a cell", wrapper{IValue: 7}, "7"},
		{"panicking String", badStringer{3}, "display.badStringer{N: 3}\n(String panicked: no words)"},
		{"panicking MIMEBundle", badBundler{3}, "display.badBundler{N: 3}\n(MIMEBundle panicked: no bundle)"},
		{"html without text", onlyHTML{}, "one & two\nthree"},
		{"pointer to int", func() any { i := 3; return &i }(), "&int(3)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Render(tt.v).Text(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	if got := GoSyntax(long); !strings.Contains(got, "… 977 more …") || !strings.Contains(got, "999") || len(got) > 400 {
		t.Errorf("long slice: %s", got)
	}
	if got := Render(worst{1}).Text(); !strings.Contains(got, "display.worst") {
		t.Errorf("worst: %q", got)
	}
	if got := Render(strings.Repeat("ä", 100_000)).Text(); len(got) > 2*maxText+100 || !strings.Contains(got, "more bytes") {
		t.Errorf("long string is %d bytes", len(got))
	}
}

func TestRenderNeverPanics(t *testing.T) {
	Register(func(v any) (Bundle, bool) {
		if v == "explode" {
			panic("renderer")
		}
		return Bundle{}, false
	})
	var nilImage *image.Gray
	var nilBundler *badBundler
	deep := any(1)
	for range 1000 {
		deep = []any{deep, &deep}
	}
	for _, v := range []any{worst{}, &worst{}, nilImage, nilBundler, deep, "explode", []worst{{}, {}}, map[any]any{1: 2, "a": worst{}, 2.5: nil},
		[]any{worst{}}, struct{ W worst }{}, image.NewGray(image.Rect(0, 0, 0, 0)), [][]float64{nil, {1}, {1, 2}}, reflect.ValueOf(3), errors.Join(worst{}),
		Table{}, &Table{Rows: [][]any{{worst{}}, {1, 2, 3}, nil}}, Bundle{}, func() {}, make(chan int), []func(){nil}} {
		if Render(v).Text() == "" {
			t.Errorf("%T has no text", v)
		}
	}
}

func TestJSONStandsAlone(t *testing.T) {
	if got := Render(jsonAndMore{}).Types(); !reflect.DeepEqual(got, []string{MIMEJSON, MIMEText}) {
		t.Errorf("types %v", got)
	}
	b := JSON(map[string]any{"b": []int{1}, "a": 2})
	if b.Text() != "{\n  \"a\": 2,\n  \"b\": [\n    1\n  ]\n}" || !json.Valid(b.Data[MIMEJSON].(json.RawMessage)) {
		t.Errorf("%v", b)
	}
	if got := JSON(math.NaN()).Text(); !strings.Contains(got, "display.JSON") {
		t.Errorf("not marshalable: %s", got)
	}
}

func TestLargeOutputIsNamed(t *testing.T) {
	b := Render(HTML("<p>a</p>" + strings.Repeat("<b></b>", 200_000)))
	const note = "(this output takes 1.4 MB of the notebook)"
	if b.Text() != "a\n"+note || !strings.HasSuffix(b.Data[MIMEHTML].(string), "<div>"+note+"</div>") {
		t.Errorf("%q", b.Text())
	}
	if long := Render(HTML(strings.Repeat("word ", 100_000))); len(long.Text()) > 65<<10 || !strings.Contains(long.Text(), "more bytes") || len(long.Data[MIMEHTML].(string)) != 500_000 {
		t.Errorf("the text of a long page has %d bytes", len(long.Text()))
	}
	if small := Render(HTML("<p>a</p>")); small.Text() != "a" {
		t.Errorf("%q", small.Text())
	}
}

func TestValues(t *testing.T) {
	if got := LaTeX(`x^2`).Data[MIMELaTeX]; got != "$$x^2$$" {
		t.Errorf("latex %v", got)
	}
	if got := LaTeX(`$x$`).Data[MIMELaTeX]; got != "$x$" {
		t.Errorf("latex %v", got)
	}
	b := SVG(`<svg xmlns="http://www.w3.org/2000/svg"><title>a &lt; b "c"</title></svg>`)
	if html := b.Data[MIMEHTML].(string); !strings.Contains(html, `alt="a &lt; b &#34;c&#34;"`) || strings.Contains(html, "<svg") {
		t.Errorf("svg %s", html)
	}
	img := image.NewGray(image.Rect(0, 0, 28, 28))
	img.SetGray(3, 4, color.Gray{200})
	b = Render(img)
	meta := b.Metadata[MIMEPNG].(map[string]any)
	if meta["width"] != 140 || meta["height"] != 140 || meta["alt"] != "picture, 28 × 28 pixels" {
		t.Errorf("metadata %v", meta)
	}
	if html := b.Data[MIMEHTML].(string); !strings.Contains(html, "pixelated") || !strings.Contains(html, `alt="picture, 28`) {
		t.Errorf("html %s", html)
	}
	if b := PNG([]byte("no picture")); !strings.Contains(b.Text(), "display.PNG") || len(b.Data) != 1 {
		t.Errorf("bad PNG: %v", b)
	}
	if got := HTML("<table><tr><td>a</td><td>b</td></tr></table>").Text(); got != "a\tb" {
		t.Errorf("html text %q", got)
	}
}

func TestTypeNames(t *testing.T) {
	type cellType = struct{ Xfc1, Xfc2 int }
	SetTypeNames(func(rt reflect.Type) (string, []string, bool) {
		if rt == reflect.TypeFor[cellType]() {
			return "Net", []string{"fc1", "fc2"}, true
		}
		return "", nil, false
	})
	defer SetTypeNames(nil)
	if got := GoSyntax([]*cellType{{1, 2}}); got != "[]*Net{&Net{fc1: 1, fc2: 2}}" {
		t.Error(got)
	}
	if got := Render([]cellType{{1, 2}}).Text(); !strings.Contains(got, "[]Net, 1 rows") || !strings.Contains(got, "fc1") {
		t.Error(got)
	}
}

type recorder struct {
	mu  sync.Mutex
	log []string
}

func (r *recorder) add(s string) { r.mu.Lock(); r.log = append(r.log, s); r.mu.Unlock() }
func (r *recorder) Display(b Bundle, id string) {
	r.add("display " + b.Text() + " " + strings.TrimRight(id, "0123456789"))
}
func (r *recorder) Update(b Bundle, id string) {
	r.add("update " + b.Text() + " " + strings.TrimRight(id, "0123456789"))
}
func (r *recorder) Clear(wait bool) { r.add(fmt.Sprint("clear ", wait)) }

func TestSink(t *testing.T) {
	r := &recorder{}
	SetSink(r)
	defer SetSink(nil)
	Show("a", 1)
	h := NewHandle("b")
	h.Update("c")
	h.Final("d")
	ShowAs("mine", "e")
	Update("mine", "f")
	Clear(true)
	want := []string{"display a ", "display 1 ", "display b descent-", "update c descent-", "update d descent-", "display e mine", "update f mine", "clear true"}
	if !reflect.DeepEqual(r.log, want) {
		t.Errorf("got %q", r.log)
	}
	if h.ID() == NewHandle("x").ID() {
		t.Error("two handles with one id")
	}
}

func TestTextSink(t *testing.T) {
	var buf bytes.Buffer
	SetSink(NewTextSink(&buf))
	defer SetSink(nil)
	h := NewHandle("start")
	h.Update("middle")
	h.Final("end\n")
	Show(1)
	if got := buf.String(); got != "start\nend\n1\n" {
		t.Errorf("%q", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	SetSink(&recorder{})
	defer SetSink(nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			Register(func(v any) (Bundle, bool) { return Bundle{}, false })
			h := NewHandle(i)
			h.Update(i)
			SetTypeNames(nil)
			Show(i)
		})
	}
	wg.Wait()
}
