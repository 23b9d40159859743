package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"sync"
	"text/tabwriter"
	"text/template"
)

type Animal interface {
	Name() string
	Legs() int
}

type Base struct {
	name string
	legs int
}

func (b Base) Name() string     { return b.name }
func (b *Base) Rename(n string) { b.name = n }
func (b Base) Legs() int        { return b.legs }
func (b Base) Describe() string { return fmt.Sprintf("%s has %d legs", b.Name(), b.Legs()) }

type Dog struct {
	Base
	*Tag
	Friends []Animal
}

func (d Dog) Name() string { return "dog " + d.Base.Name() }

type Tag struct{ Number int }

func (t *Tag) Label() string {
	if t == nil {
		return "untagged"
	}
	return fmt.Sprint("tag ", t.Number)
}

type Logger struct {
	mu  sync.Mutex
	buf bytes.Buffer
	io.Writer
}

func (l *Logger) Logf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(&l.buf, format+"\n", args...)
	if l.Writer != nil {
		fmt.Fprintf(l, format+"\n", args...)
	}
}

type Service struct {
	*Logger
	sync.RWMutex
	data map[string]int
}

func (s *Service) Set(k string, v int) {
	s.Lock()
	defer s.Unlock()
	s.data[k] = v
	s.Logf("set %s=%d", k, v)
}

type upper struct{ w io.Writer }

func (u upper) Write(p []byte) (int, error) { return u.w.Write(bytes.ToUpper(p)) }

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (n int, err error) {
	n, err = r.r.Read(p)
	for i := range p[:n] {
		switch c := p[i]; {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return
}

type byName []Animal

func (a byName) Len() int           { return len(a) }
func (a byName) Less(i, j int) bool { return a[i].Name() < a[j].Name() }
func (a byName) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }

type Weekday int

func (d Weekday) String() string { return [...]string{"Mon", "Tue"}[d] }

type notFound struct{ what string }

func (e *notFound) Error() string        { return e.what + " not found" }
func (e *notFound) Is(target error) bool { return target == os.ErrNotExist }

type reverse struct{ sort.Interface }

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

func main() {
	d := Dog{Base: Base{"Rex", 4}, Tag: &Tag{7}}
	d.Rename("Max")
	fmt.Println(d.Name(), d.Base.Name(), d.Legs(), d.Describe(), d.Label(), d.Number)
	d.Tag = nil
	fmt.Println(d.Label())
	var a Animal = d
	fmt.Println(a.Name(), a.Legs())
	a = &d
	d.Rename("Bo")
	fmt.Println(a.Name())
	list := []Animal{d, Base{"Zed", 2}, &Base{"Al", 0}}
	sort.Sort(byName(list))
	for _, x := range list {
		fmt.Print(x.Name(), "; ")
	}
	fmt.Println()
	sort.Sort(reverse{byName(list)})
	fmt.Println(list[0].Name(), len(list))
	f := d.Describe
	g := Base.Describe
	h := (*Base).Rename
	h(&d.Base, "Q")
	fmt.Println(f(), "|", g(d.Base), "|", Animal.Legs(a))

	s := &Service{Logger: &Logger{Writer: upper{os.Stdout}}, data: map[string]int{}}
	s.Set("a", 1)
	s.Set("b", 2)
	fmt.Printf("%q %d\n", s.buf.String(), len(s.data))
	io.Copy(os.Stdout, rot13{strings.NewReader("Uryyb, Jbeyq!\n")})

	tmpl := template.Must(template.New("t").Funcs(template.FuncMap{"shout": strings.ToUpper}).Parse(
		"{{.Name | shout}}:{{range $i, $f := .Friends}} {{$i}}={{$f.Name}}({{.Legs}}){{else}} none{{end}} {{.Describe}} {{with .Tag}}{{.Label}}{{end}}\n"))
	if err := tmpl.Execute(os.Stdout, d); err != nil {
		fmt.Println(err)
	}
	d.Friends = list[:2]
	d.Tag = &Tag{9}
	if err := tmpl.Execute(os.Stdout, &d); err != nil {
		fmt.Println(err)
	}
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "a\tb\tc")
	fmt.Fprintln(tw, "aaa\tbbbb\tc")
	tw.Flush()
	var err error = fmt.Errorf("ctx: %w", &notFound{"key"})
	var nf *notFound
	fmt.Println(errors.Is(err, os.ErrNotExist), errors.As(err, &nf), nf.what, errors.Unwrap(err) == nf)
	err = errors.Join(err, io.EOF)
	fmt.Println(err, errors.Is(err, io.EOF))
	days := map[Weekday][]Weekday{0: {1, 0}}
	fmt.Println(days, Weekday(1), []any{Weekday(0), &d == nil, nil})
	fmt.Printf("%v %+v %s %d %x\n", days, days, Weekday(1), Weekday(1), Weekday(1))
	type local struct {
		Weekday
		n *int
	}
	fmt.Printf("%v %+v\n", local{1, nil}, local{})
	fmt.Printf("%v %d %s\n", struct{ d Weekday }{1}, struct{ D Weekday }{1}, []Weekday{0, 1})
}
