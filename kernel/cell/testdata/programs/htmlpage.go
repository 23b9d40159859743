package main

import (
	"bytes"
	"errors"
	"expvar"
	"flag"
	"fmt"
	"html"
	"html/template"
	"io"
	"os"
	"strings"
	ttemplate "text/template"
)

type Status int

const (
	Draft Status = iota
	Live
)

func (s Status) String() string { return [...]string{"draft", "live"}[s] }

type Author struct {
	First, Last string
	links       []string
}

func (a Author) Full() string { return a.First + " " + a.Last }
func (a *Author) Link(i int) (string, error) {
	if i >= len(a.links) {
		return "", fmt.Errorf("no link %d", i)
	}
	return a.links[i], nil
}

type Post struct {
	Title  string
	Body   template.HTML
	Status Status
	Author *Author
	Tags   []string
	Meta   map[string]any
	Price  func() float64
}

func (p Post) Upper(sep string, more ...string) string {
	return strings.ToUpper(p.Title + sep + strings.Join(more, sep))
}

const page = `{{define "tag"}}<b>{{.}}</b>{{end -}}
{{define "list"}}{{range $i, $t := .}}{{if $i}}, {{end}}{{template "tag" $t}}{{else}}none{{end}}{{end -}}
<h1 title="{{.Title}}">{{.Title}}</h1>
{{with .Author}}by {{.Full}} {{.Link 0}}{{end}}
{{.Body}} {{.Status}} {{printf "%05.2f" (call .Price)}}
{{template "list" .Tags}}
{{- range $k, $v := .Meta}} {{$k}}={{$v}}{{end}}
<a href="/q?x={{.Title}}" onclick="f({{.Meta}})">{{.Upper "-" "a" "b"}}</a>
<script>var t = {{.Tags}}; var s = {{.Title}};</script>
{{if and (gt (len .Tags) 1) (eq .Status 1)}}many{{else if not .Tags}}no{{else}}few{{end}}
{{index .Tags 1 | shout | printf "%q"}} {{slice .Title 0 3}} {{len .Meta}} {{$x := 3}}{{$x = add $x 4}}{{$x}}
{{range 3}}{{.}}{{end}}{{range $.Tags}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{if eq . "c"}}{{break}}{{end}}{{end}}
`

type level struct{ n int }

func (l *level) String() string { return fmt.Sprint(l.n) }
func (l *level) Set(s string) error {
	_, err := fmt.Sscanf(s, "L%d", &l.n)
	if err != nil {
		return errors.New("want L<n>")
	}
	return nil
}

func main() {
	fm := template.FuncMap{"shout": func(s string) string { return s + "!" }, "add": func(a, b int) int { return a + b }}
	t := template.Must(template.New("page").Funcs(fm).Parse(page))
	p := Post{"Hi <there> & 'you'", "<i>ok</i>", Live, &Author{"Ann", "Lee", []string{"http://x/?a=b&c"}}, []string{"a", "b", "<c>"}, map[string]any{"z": 1, "k": []int{1, 2}}, func() float64 { return 2.5 }}
	if err := t.Execute(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	p.Author.links = nil
	err := t.Execute(io.Discard, &p)
	var ee ttemplate.ExecError
	fmt.Println(err, errors.As(err, &ee))
	_, err = template.New("bad").Parse("{{if}}")
	fmt.Println(err)
	_, err = template.New("bad").Parse("{{.X | nofunc}}")
	fmt.Println(err)
	for _, src := range []string{"{{.Nope}}", "{{.links}}", "{{.Last.X}}", "{{index .First 99}}", "{{template \"gone\"}}", "{{.Full 1}}", "{{1 | .Full}}"} {
		tt, err := ttemplate.New("x").Parse(src)
		if err == nil {
			err = tt.Execute(io.Discard, Author{First: "A"})
		}
		fmt.Println(err)
	}
	var buf bytes.Buffer
	base := ttemplate.Must(ttemplate.New("base").Parse(`<{{block "body" .}}default {{.}}{{end}}>`))
	over := ttemplate.Must(ttemplate.Must(base.Clone()).Parse(`{{define "body"}}over {{. | len}}{{end}}`))
	base.Execute(&buf, "abc")
	over.Execute(&buf, "abc")
	fmt.Println(buf.String(), over.DefinedTemplates() != "", over.Lookup("body") != nil)
	fmt.Println(html.EscapeString("<a href='x'>&</a>"), html.UnescapeString("&lt;&eacute;&#x4e16;&amp"))
	fmt.Println(ttemplate.JSEscapeString("'\"</script>"), ttemplate.URLQueryEscaper("a b", 1))

	fs := flag.NewFlagSet("tool", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	n := fs.Int("n", 5, "number of `things`")
	v := fs.Bool("v", false, "be loud")
	lv := &level{1}
	fs.Var(lv, "level", "the level")
	name := ""
	fs.StringVar(&name, "name", "bob", "who")
	fs.Func("add", "add one", func(s string) error { name += "+" + s; return nil })
	fmt.Println(fs.Parse([]string{"-n", "7", "-v", "--level=L4", "-add", "q", "rest", "-x"}), *n, *v, lv, name, fs.Args(), fs.NArg())
	fmt.Println(fs.Parse([]string{"-level", "x"}))
	fmt.Println(errors.Is(fs.Parse([]string{"-h"}), flag.ErrHelp))
	fs.VisitAll(func(f *flag.Flag) { fmt.Print(f.Name, "=", f.Value, "(", f.DefValue, ") ") })
	fmt.Println(fs.Lookup("zz") == nil)
	ev := new(expvar.Map).Init()
	ev.Add("hits", 3)
	ev.AddFloat("avg", 1.5)
	fmt.Println(ev.String())
}
