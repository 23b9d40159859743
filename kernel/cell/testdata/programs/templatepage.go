package main

import (
	"fmt"
	"os"
	"strings"
	"text/template"
)

type Money float64

func (m Money) String() string { return fmt.Sprintf("€%.2f", float64(m)) }

type Line struct {
	Name  string
	Qty   int
	Price Money
}

func (l Line) Total() Money { return Money(l.Qty) * l.Price }
func (l *Line) Discount(p float64) (Money, error) {
	if p > 1 {
		return 0, fmt.Errorf("discount %v too large", p)
	}
	return Money(float64(l.Total()) * (1 - p)), nil
}

type Invoice struct {
	Customer *Customer
	Lines    []*Line
	Notes    map[string]string
	paid     bool
}

type Customer struct{ First, Last string }

func (c Customer) Full() string { return c.First + " " + c.Last }
func (i Invoice) Sum() (s Money) {
	for _, l := range i.Lines {
		s += l.Total()
	}
	return
}
func (i Invoice) Paid() bool { return i.paid }

const page = `{{define "line"}}{{printf "%-8s" .Name}}{{.Qty}} x {{.Price}} = {{.Total}}{{end -}}
Invoice for {{.Customer.Full | upper}}{{with .Customer}} ({{.Last}}){{end}}
{{range $i, $l := .Lines}}{{inc $i}}. {{template "line" $l}}{{if gt $l.Qty 2}} *{{end}}
{{else}}nothing
{{end}}{{range $k, $v := .Notes}}{{$k}}={{$v | printf "%q"}};{{end}}
{{$d := index .Lines 0}}{{$d.Discount 0.5}} {{len .Lines}} {{eq .Sum 31.0}} {{if .Paid}}paid{{else}}open{{end}} {{and 1 0}} {{or "" "x"}} {{not .Paid}} {{slice "abcdef" 1 3}} {{html "<b>"}}
`

func main() {
	t, err := template.New("page").Funcs(template.FuncMap{
		"upper": strings.ToUpper,
		"inc":   func(i int) int { return i + 1 },
	}).Parse(page)
	if err != nil {
		fmt.Println(err)
		return
	}
	inv := Invoice{&Customer{"Ada", "L."}, []*Line{{"tea", 2, 3.5}, {"cake", 4, 6}}, map[string]string{"b": "x", "a": "y"}, false}
	if err := t.Execute(os.Stdout, inv); err != nil {
		fmt.Println(err)
	}
	t2 := template.Must(template.New("e").Parse("{{.Missing}}"))
	fmt.Println(t2.Execute(os.Stdout, inv))
	t3 := template.Must(template.New("d").Parse("{{(index .Lines 1).Discount 2.0}}\n"))
	fmt.Println(t3.Execute(os.Stdout, inv))
	_, err = template.New("bad").Parse("{{if}}")
	fmt.Println(err)
	var sb strings.Builder
	t4 := template.Must(template.New("m").Option("missingkey=error").Parse("{{.a}} {{.b}}"))
	err = t4.Execute(&sb, map[string]any{"a": Money(1)})
	fmt.Println(sb.String(), err)
}
