package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type Lang string

func (l Lang) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: strings.ToUpper(string(l))}, nil
}

type Person struct {
	Name  string `xml:"name"`
	Email string `xml:"email,omitempty"`
}

type Entry struct {
	XMLName xml.Name `xml:"entry"`
	ID      int      `xml:"id,attr"`
	Lang    Lang     `xml:"lang,attr"`
	Title   string   `xml:"title"`
	Author  *Person  `xml:"author"`
	Tags    []string `xml:"tags>tag"`
	Note    string   `xml:",comment"`
	Skip    string   `xml:"-"`
	Body    string   `xml:",chardata"`
}

type Feed struct {
	XMLName xml.Name `xml:"feed"`
	Version float64  `xml:"version,attr"`
	Person
	Entries []Entry `xml:"entry"`
	Rest    []Any   `xml:",any"`
}

type Any struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Content string     `xml:",innerxml"`
}

type Temp float64

func (t Temp) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%.1fC", float64(t)), nil }
func (t *Temp) UnmarshalText(b []byte) error {
	var f float64
	if _, err := fmt.Sscanf(string(b), "%fC", &f); err != nil {
		return err
	}
	*t = Temp(f)
	return nil
}

func main() {
	f := Feed{Version: 1.5, Person: Person{Name: "me"}, Entries: []Entry{
		{ID: 1, Lang: "en", Title: "A & B", Author: &Person{"x<y", "x@y"}, Tags: []string{"go", "xml"}, Note: " hi ", Skip: "s"},
		{ID: 2, Title: "é", Body: "text"},
	}}
	b, err := xml.MarshalIndent(f, "", " ")
	fmt.Println(string(b), err)
	src := `<?xml version="1.0"?><feed version="2"><name>bob</name><entry id="7" lang="de"><title>T</title><tags><tag>a</tag><tag>b</tag></tags>body</entry><extra k="v"><b>bold</b></extra></feed>`
	var g Feed
	err = xml.Unmarshal([]byte(src), &g)
	fmt.Println(err, g.Version, g.Name, len(g.Entries), g.Entries[0].ID, g.Entries[0].Lang, g.Entries[0].Tags, g.Entries[0].Body, g.Entries[0].Author == nil)
	fmt.Println(g.Rest[0].XMLName.Local, g.Rest[0].Attrs[0].Value, g.Rest[0].Content)
	var w struct {
		XMLName xml.Name `xml:"w"`
		T       Temp     `xml:"t"`
		U       []Temp   `xml:"u"`
	}
	fmt.Println(xml.Unmarshal([]byte("<w><t>21.5C</t><u>1C</u><u>-2.5C</u></w>"), &w), w.T, w.U)
	b, err = xml.Marshal(&w)
	fmt.Println(string(b), err)
	err = xml.Unmarshal([]byte("<feed version='x'></feed>"), &g)
	fmt.Println(err)
	var se *xml.SyntaxError
	err = xml.Unmarshal([]byte("<feed><a></b></feed>"), &g)
	fmt.Println(errors.As(err, &se), se.Line, se.Msg)
	d := xml.NewDecoder(strings.NewReader(src))
	depth := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		switch t := tok.(type) {
		case xml.StartElement:
			fmt.Print(strings.Repeat(" ", depth), t.Name.Local, len(t.Attr), "\n")
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" && depth < 3 {
				fmt.Printf("%*s%q\n", depth, "", s)
			}
		case xml.ProcInst:
			fmt.Println(t.Target, string(t.Inst))
		}
	}
	xml.EscapeText(os.Stdout, []byte("<a href=\"x\">&</a>\n"))
	fmt.Println()
}
