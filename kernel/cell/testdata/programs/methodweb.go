package main

import (
	"bytes"
	"fmt"
	htmpl "html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
	"text/template"
)

type Animal interface {
	Name() string
	Speak() string
}
type Walker interface{ Walk() string }
type Both interface {
	Animal
	Walker
}
type Base struct{ name string }

func (b Base) Name() string     { return b.name }
func (b *Base) Rename(n string) { b.name = n }
func (b Base) Speak() string    { return "..." }
func (b Base) Walk() string     { return b.name + " walks" }
func (b Base) String() string   { return "Base(" + b.name + ")" }

type Dog struct {
	Base
	Age int
}

func (d Dog) Speak() string { return d.Base.Speak() + "woof" }

type Puppy struct {
	*Dog
	name string
}

func (p Puppy) Walk() string { return "hop " + p.Dog.Walk() + p.name }

type Logger struct {
	io.Writer
	n int
}

func (l *Logger) Write(p []byte) (int, error) {
	l.n += len(p)
	return l.Writer.Write(bytes.ToUpper(p))
}

type F func(string) string

func (f F) Speak() string { return f("f") }
func (f F) Name() string  { return "F" }

type M map[string]int

func (m M) Inc(k string) M { m[k]++; return m }

type I int

func (i I) Add(j I) I { return i + j }
func (i *I) Set(j I)  { *i = j }

type A struct{ B }
type B struct{ *C }
type C struct{ v int }

func (c *C) Get() int  { return c.v }
func (c *C) Put(v int) { c.v = v }

type Cyc struct {
	next  *Cyc
	iface interface{ Val() int }
	v     int
}

func (c *Cyc) Val() int {
	if c.iface != nil {
		return c.v + c.iface.Val()
	}
	return c.v
}

type Page struct {
	Title string
	Items []Item
	M     map[string]Item
	fn    func() string
}
type Item struct {
	N     int
	Label string
}

func (i Item) Double() int { return i.N * 2 }
func (i Item) Add(a, b int) (int, error) {
	if a < 0 {
		return 0, fmt.Errorf("neg %d", a)
	}
	return i.N + a + b, nil
}
func (p *Page) Total() (t int) {
	for _, i := range p.Items {
		t += i.N
	}
	return
}
func (i Item) String() string { return fmt.Sprintf("<%s>", i.Label) }

type Mux struct{ hits map[string]int }

func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.hits[r.URL.Path]++
	switch r.URL.Path {
	case "/panic":
		http.Error(w, "bad", 418)
	default:
		w.Header().Set("X-Y", r.URL.Query().Get("q"))
		fmt.Fprintf(w, "%s %s", r.Method, r.URL.Path)
	}
}

func mw(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("X-MW", "1")
		next.ServeHTTP(w, r)
	})
}

func main() {
	d := Dog{Base{"rex"}, 3}
	p := Puppy{&d, "!"}
	var as = []Animal{d, &d, p, &p, F(strings.ToUpper), Base{"b"}}
	for _, a := range as {
		_, w := a.(Walker)
		_, b := a.(Both)
		_, s := a.(fmt.Stringer)
		fmt.Printf("%T %s %s %v %v %v\n", a, a.Name(), a.Speak(), w, b, s)
	}
	speak := d.Speak
	rename := d.Rename
	name := d.Name
	rename("max")
	fmt.Println(speak(), name(), d.Name(), p.Name(), p.Walk(), d, p.Dog)
	fs := []func(Dog) string{Dog.Speak, Dog.Name, Dog.Walk}
	for _, f := range fs {
		fmt.Print(f(d), ";")
	}
	(*Dog).Rename(&d, "z")
	fmt.Println((*Dog).Speak(&d), Animal.Name(d), interface{ Walk() string }.Walk(p))
	lg := &Logger{Writer: os.Stdout}
	fmt.Fprintf(lg, "hello %d\n", 5)
	fmt.Println(lg.n)
	fmt.Println(M{}.Inc("a").Inc("a"), I(3).Add(4), func() I { var i I; i.Set(9); return i }())
	a := A{B{&C{1}}}
	put := a.Put
	put(8)
	get := A.Get
	fmt.Println(a.Get(), get(a), a.v, a.B.C.v)
	c := &Cyc{v: 1, iface: &Cyc{v: 10, iface: &Cyc{v: 100}}}
	c.next = c
	fmt.Println(c.Val(), c.next.next.v)
	var anon interface {
		Get() int
		Put(int)
	} = a
	anon.Put(77)
	fmt.Println(a.v)
	t := template.Must(template.New("x").Funcs(template.FuncMap{"join": strings.Join, "inc": func(i int) int { return i + 1 }, "item": func(n int) Item { return Item{n, "mk"} }}).Parse(`{{define "row"}}[{{.N}}:{{.Label | printf "%-4s"}}:{{.Double}}:{{.Add 1 2}}]{{end -}}
{{.Title}} {{.Total}} {{range $i, $e := .Items}}{{if $i}}, {{end}}{{inc $i}}{{template "row" $e}}{{$e}}{{else}}none{{end}}
{{with index .M "k"}}{{.Label}}{{end}} {{len .Items}} {{(item 4).Double}} {{eq .Title "T" "U"}} {{and 1 0}} {{or "" "x"}} {{printf "%v %T" .Items .M}} {{range $k, $v := .M}}{{$k}}={{$v.N}} {{end}}{{range 3}}{{.}}{{end}}
`))
	pg := &Page{Title: "T", Items: []Item{{1, "a"}, {2, "<b>"}}, M: map[string]Item{"k": {5, "five"}, "a": {}}}
	fmt.Println(t.Execute(os.Stdout, pg))
	for _, src := range []string{"{{.Nope}}", "{{.fn}}", "{{(index .Items 9).N}}", "{{(index .Items 0).Add -1 2}}", "{{template \"zz\"}}", "{{.Title.X}}"} {
		tt, err := template.New("e").Parse(src)
		if err == nil {
			err = tt.Execute(io.Discard, pg)
		}
		fmt.Println(err)
	}
	ht := htmpl.Must(htmpl.New("h").Parse(`<a href="/?q={{.Title}}" onclick='f({{.Items}})'>{{(index .Items 1).Label}} {{index .Items 1}}</a>` + "\n"))
	pg.Title = "a b&<"
	fmt.Println(ht.Execute(os.Stdout, pg))
	mux := &Mux{map[string]int{}}
	srv := httptest.NewServer(mw(mux))
	defer srv.Close()
	for _, path := range []string{"/a?q=z", "/panic", "/a"} {
		resp, err := http.Get(srv.URL + path)
		if err != nil {
			fmt.Println(err)
			continue
		}
		b, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(resp.StatusCode, strings.TrimSpace(string(b)), resp.Header.Get("X-Y"), resp.Header.Get("X-Mw"))
	}
	rec := httptest.NewRecorder()
	mw(mux).ServeHTTP(rec, httptest.NewRequest("POST", "/rec", nil))
	fmt.Println(rec.Code, rec.Body)
	var ks []string
	for k := range mux.hits {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	fmt.Println(ks, mux.hits)
}
