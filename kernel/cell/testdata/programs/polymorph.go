package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

type Shape interface {
	Area() float64
	Kind() string
}
type Circle struct {
	R float64 `json:"r" unit:"m"`
}
type Rect struct {
	W, H  float64
	label string
}
type Poly struct {
	Pts [][2]float64 `json:"pts"`
	*Meta
}
type Meta struct {
	ID   int               `json:"id"`
	Tags map[string]string `json:"tags,omitempty"`
}

func (c Circle) Area() float64 { return 3 * c.R * c.R }
func (c Circle) Kind() string  { return "circle" }
func (r *Rect) Area() float64  { return r.W * r.H }
func (r *Rect) Kind() string   { return "rect" }
func (p Poly) Area() (a float64) {
	for i := range p.Pts {
		q := p.Pts[(i+1)%len(p.Pts)]
		a += p.Pts[i][0]*q[1] - q[0]*p.Pts[i][1]
	}
	return a / 2
}
func (p Poly) Kind() string { return "poly" }

var registry = map[string]func() Shape{
	"circle": func() Shape { return new(Circle) },
	"rect":   func() Shape { return &Rect{label: "new"} },
	"poly":   func() Shape { return &Poly{} },
}

type Envelope struct{ Shape }

func (e Envelope) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(e.Shape)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, `{"kind":%q,"data":%s}`, e.Kind(), b), nil
}

func (e *Envelope) UnmarshalJSON(b []byte) error {
	var raw struct {
		Kind string
		Data json.RawMessage
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	mk, ok := registry[raw.Kind]
	if !ok {
		return fmt.Errorf("unknown kind %q", raw.Kind)
	}
	e.Shape = mk()
	return json.Unmarshal(raw.Data, e.Shape)
}

func describe(v any) string {
	rv := reflect.ValueOf(v)
	for rv.Kind() == reflect.Pointer {
		rv = rv.Elem()
	}
	t := rv.Type()
	var parts []string
	for i := range t.NumField() {
		f := t.Field(i)
		val := "?"
		if f.IsExported() {
			val = fmt.Sprint(rv.Field(i).Interface())
		}
		parts = append(parts, fmt.Sprintf("%s %v=%s unit=%q emb=%v", f.Name, f.Type, val, f.Tag.Get("unit"), f.Anonymous))
	}
	return t.String() + "{" + strings.Join(parts, "; ") + "}"
}

func main() {
	shapes := []Envelope{{Circle{2}}, {&Rect{2, 3, "x"}}, {Poly{[][2]float64{{0, 0}, {4, 0}, {0, 3}}, &Meta{7, map[string]string{"a": "b"}}}}}
	b, err := json.Marshal(shapes)
	fmt.Println(string(b), err)
	var back []Envelope
	fmt.Println(json.Unmarshal(b, &back))
	total := 0.0
	for i, e := range back {
		total += e.Area()
		fmt.Printf("%T %v %v %v\n", e.Shape, e.Kind(), e.Area() == shapes[i].Area(), reflect.DeepEqual(e.Shape, shapes[i].Shape))
	}
	fmt.Println(total)
	err = json.Unmarshal([]byte(`[{"kind":"hex"}]`), &back)
	fmt.Println(err, json.Unmarshal([]byte(`[{"kind":"circle","data":{"r":"x"}}]`), &back) != nil)
	fmt.Println(describe(Circle{1}))
	fmt.Println(describe(&Rect{1, 2, "hid"}))
	r := &Rect{1, 2, "q"}
	rv := reflect.ValueOf(r).Elem()
	rv.FieldByName("W").SetFloat(9)
	m := reflect.ValueOf(r).MethodByName("Area")
	fmt.Println(r.W, m.Call(nil)[0].Float(), reflect.TypeOf(r).NumMethod(), reflect.TypeOf(*r).NumMethod(), rv.FieldByName("label").CanSet())
	st := reflect.TypeOf((*Shape)(nil)).Elem()
	fmt.Println(st.Kind(), st.NumMethod(), reflect.TypeOf(Circle{}).Implements(st), reflect.TypeOf(Rect{}).Implements(st), st)
	fn := reflect.ValueOf(func(a int, b string) (string, error) { return strings.Repeat(b, a), errors.New("e") })
	out := fn.Call([]reflect.Value{reflect.ValueOf(2), reflect.ValueOf("xy")})
	fmt.Println(out[0], out[1], fn.Type(), fn.Type().In(1))
	nv := reflect.New(reflect.TypeOf(Meta{})).Interface().(*Meta)
	nv.ID = 5
	ms := reflect.MakeSlice(reflect.TypeOf([]Meta{}), 0, 2)
	ms = reflect.Append(ms, reflect.ValueOf(*nv))
	fmt.Printf("%+v %v %T\n", ms.Interface(), ms.Len(), ms.Interface())
	var buf bytes.Buffer
	json.Indent(&buf, []byte(`{"a":[1,{"b":null}]}`), "", "\t")
	fmt.Println(buf.String())
	fmt.Println(reflect.TypeOf(registry), reflect.ValueOf(shapes[0]).Field(0).Elem().Type(), reflect.Zero(reflect.TypeOf(Meta{})).Interface())
}
