package main

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type Color struct{ R, G, B uint8 }

func (c Color) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "#%02x%02x%02x", c.R, c.G, c.B), nil
}
func (c *Color) UnmarshalText(b []byte) error {
	n, err := fmt.Sscanf(string(b), "#%02x%02x%02x", &c.R, &c.G, &c.B)
	if err != nil {
		return fmt.Errorf("color %q: %d: %w", b, n, err)
	}
	return nil
}

var _ encoding.TextMarshaler = Color{}
var _ encoding.TextUnmarshaler = (*Color)(nil)

type Address struct {
	City  string `xml:"city" json:"city"`
	State string `xml:"state,attr" json:"-"`
}

type Person struct {
	XMLName xml.Name `xml:"person" json:"-"`
	ID      int      `xml:"id,attr" json:"id,string"`
	First   string   `xml:"name>first" json:"first"`
	Last    string   `xml:"name>last" json:"last,omitempty"`
	Fav     Color    `xml:"fav" json:"fav"`
	Emails  []Email  `xml:"email" json:"emails"`
	Note    string   `xml:",comment" json:"note"`
	*Address
	Extra   *int `xml:"extra,omitempty" json:"extra"`
	Raw     any  `xml:"-" json:"raw,omitempty"`
	private string
}

type Email struct {
	Where string `xml:"where,attr"`
	Addr  string `xml:",chardata"`
}

type Temp float64

func (t Temp) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"%.1f°"`, float64(t)), nil }
func (t *Temp) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	_, err := fmt.Sscanf(s, "%f°", (*float64)(t))
	return err
}

func (t Temp) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "unit"}, Value: "C"})
	return e.EncodeElement(float64(t), start)
}

type Shape interface{ Sides() int }
type Sq struct{ W int }
type Tri struct{ A, B, C int }

func (Sq) Sides() int   { return 4 }
func (*Tri) Sides() int { return 3 }

type Envelope struct {
	Kind string
	Body json.RawMessage
}

func decodeShape(b []byte) (Shape, error) {
	var e Envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return nil, err
	}
	mk := map[string]func() Shape{"sq": func() Shape { return &struct{ Sq }{} }, "tri": func() Shape { return new(Tri) }}
	f, ok := mk[e.Kind]
	if !ok {
		return nil, fmt.Errorf("unknown kind %q", e.Kind)
	}
	s := f()
	return s, json.Unmarshal(e.Body, s)
}

func main() {
	p := Person{ID: 7, First: "Ann", Last: "Lee", Fav: Color{255, 0, 16}, Emails: []Email{{"home", "a@b"}, {"work", "c&d"}}, Note: " hi ", Address: &Address{"Rome", "IT"}, private: "p"}
	b, err := xml.MarshalIndent(p, "", "  ")
	fmt.Println(string(b), err)
	var q Person
	err = xml.Unmarshal(b, &q)
	fmt.Println(err, q.ID, q.First, q.Fav, q.Emails, q.Note, q.Address.City, q.State, q.Extra == nil)
	j, err := json.MarshalIndent(p, ">", "\t")
	fmt.Println(string(j), err)
	var r Person
	fmt.Println(json.Unmarshal([]byte(`{"id":"12","first":"Bo","fav":"#010203","emails":[{"where":"x","ADDR":"y"}],"city":"Oslo","raw":{"a":[1,2.5,null,true]},"private":"no"}`), &r), r.ID, r.Fav, r.Emails, r.City, r.Raw, r.private == "")
	for _, bad := range []string{`{"id":12}`, `{"fav":"red"}`, `{"emails":{}}`, `{"first":1}`, `{`, `{"first":"a"}x`, `[1]`} {
		err := json.Unmarshal([]byte(bad), &r)
		var te *json.UnmarshalTypeError
		var se *json.SyntaxError
		fmt.Println(err, errors.As(err, &te), errors.As(err, &se))
	}
	for _, bad := range []string{"<person", "<person id='x'></person>", "<other/>", "<person><fav>blue</fav></person>"} {
		fmt.Println(xml.Unmarshal([]byte(bad), &q))
	}
	type Log struct {
		T  Temp            `json:"t" xml:"t"`
		Ts map[string]Temp `json:"ts" xml:"-"`
		P  *Temp           `json:"p"`
	}
	tt := Temp(3)
	lg := Log{21.5, map[string]Temp{"b": 1, "a": 2}, &tt}
	j, err = json.Marshal(lg)
	fmt.Println(string(j), err)
	x, err := xml.Marshal(lg)
	fmt.Println(string(x), err)
	var back Log
	fmt.Println(json.Unmarshal(j, &back), back.T, back.Ts, *back.P)

	for _, s := range []string{`{"Kind":"sq","Body":{"W":3}}`, `{"Kind":"tri","Body":{"A":1,"b":2}}`, `{"Kind":"hex"}`, `{"Kind":"tri","Body":[]}`} {
		sh, err := decodeShape([]byte(s))
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Println(sh.Sides(), sh)
	}
	d := xml.NewDecoder(strings.NewReader(`<?xml version="1.0"?><a x="1"><!-- c --><b>t</b><c/></a>`))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		switch t := tok.(type) {
		case xml.StartElement:
			fmt.Print("<", t.Name.Local, t.Attr, "> ")
		case xml.EndElement:
			fmt.Print("</", t.Name.Local, "> ")
		case xml.CharData:
			fmt.Printf("%q ", string(t))
		case xml.Comment, xml.ProcInst:
			fmt.Printf("%T ", t)
		}
	}
	fmt.Println()
	dec := json.NewDecoder(strings.NewReader(`{"a":1} {"a":2} [3,"x"]`))
	dec.UseNumber()
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Printf("%v %T\n", v, v)
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	enc.Encode(map[string]any{"h": "<&>", "n": nil, "s": struct {
		A int `json:",omitempty"`
		B []byte
		C [2]bool `json:"c"`
		D float64
		E map[Color]int
	}{B: []byte("hi"), D: 1e21, E: map[Color]int{{1, 2, 3}: 4}}})
	_, err = json.Marshal(map[string]any{"c": make(chan int)})
	fmt.Println(err)
	_, err = json.Marshal(func() {})
	fmt.Println(err)
}
