package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"strings"
	"time"
)

type Money struct {
	Cents int64
	Cur   string
}

func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(fmt.Sprintf("%d.%02d %s", m.Cents/100, m.Cents%100, m.Cur))
}

func (m *Money) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("money: %w", err)
	}
	var w, c int64
	if _, err := fmt.Sscanf(s, "%d.%d %s", &w, &c, &m.Cur); err != nil {
		return err
	}
	m.Cents = w*100 + c
	return nil
}

type Animal interface{ Sound() string }
type Dog struct{ Name string }
type Cat struct{ Lives int }

func (d Dog) Sound() string  { return d.Name + " woof" }
func (c *Cat) Sound() string { return fmt.Sprint("meow", c.Lives) }

type Embed struct {
	A int `json:"a"`
	B int `json:"b,omitempty"`
}
type Outer struct {
	Embed
	*Ptr
	B     string          `json:"b"`
	Price Money           `json:"price"`
	Ps    []*Money        `json:"ps,omitempty"`
	Raw   json.RawMessage `json:"raw"`
	M     map[int]Money   `json:"m"`
	When  time.Time       `json:"when"`
	Big   *big.Int        `json:"big"`
	Any   any             `json:"any"`
	Str   int             `json:"str,string"`
	Z     Zero            `json:"z,omitzero"`
	Bs    []byte          `json:"bs"`
	F     float32         `json:"f"`
	unexp int
	X     map[string]Animal `json:"x,omitempty"`
}
type Ptr struct{ P string }
type Zero struct{ n int }

func (z Zero) IsZero() bool { return z.n == 5 }

type Item struct {
	XMLName xml.Name `xml:"item"`
	ID      int      `xml:"id,attr"`
	Name    string   `xml:"name"`
	Tags    []string `xml:"tags>tag"`
	Note    string   `xml:",comment"`
	Lv      Lvl      `xml:"lv,attr"`
}
type Lvl int

func (l Lvl) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: strings.Repeat("*", int(l))}, nil
}
func (l *Lvl) UnmarshalXMLAttr(a xml.Attr) error { *l = Lvl(len(a.Value)); return nil }

type Header struct {
	Magic [4]byte
	Ver   uint16
	Flags uint8
	_     uint8
	Size  int32
	Pts   [2]struct{ X, Y float32 }
}

func main() {
	o := Outer{Embed: Embed{1, 2}, B: "bee", Price: Money{1234, "EUR"}, Ps: []*Money{{5, "USD"}, nil}, Raw: json.RawMessage(`{"r":[1,2]}`), M: map[int]Money{2: {1, "A"}, 1: {2, "B"}}, When: time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC), Big: big.NewInt(99), Any: []any{1, "x", nil, Embed{3, 0}}, Str: 7, Bs: []byte("bytes"), F: 0.1, Z: Zero{5}}
	b, err := json.MarshalIndent(o, "", " ")
	fmt.Println(string(b), err)
	var p Outer
	err = json.Unmarshal(b, &p)
	fmt.Println(err, p.Price, p.A, p.B, *p.Ps[0], p.Ps[1], string(p.Raw), p.M, p.When, p.Big, p.Any, p.Str, string(p.Bs), p.F, p.Ptr)
	for _, s := range []string{`{"price":5}`, `{"a":"x"}`, `{"a":1`, `[1]`, `{"m":{"x":"1.0 A"}}`, `{"str":"zz"}`, `{"x":{"d":{}}}`, `{"a":1e99}`} {
		var q Outer
		err := json.Unmarshal([]byte(s), &q)
		var te *json.UnmarshalTypeError
		var se *json.SyntaxError
		fmt.Println(err, errors.As(err, &te), errors.As(err, &se))
	}
	dec := json.NewDecoder(strings.NewReader(`{"a":1,"zz":2} {"a":3}`))
	dec.DisallowUnknownFields()
	var e Embed
	fmt.Println(dec.Decode(&e), e)
	dec = json.NewDecoder(strings.NewReader(`{"a":1} {"a":3} `))
	for {
		var e Embed
		if err := dec.Decode(&e); err == io.EOF {
			break
		} else if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Print(e, " ")
	}
	fmt.Println()
	_, err = json.Marshal(struct{ C chan int }{})
	fmt.Println(err)
	it := Item{ID: 3, Name: "n<&>", Tags: []string{"a", "b"}, Note: " hi ", Lv: 3}
	xb, err := xml.MarshalIndent(it, "", "  ")
	fmt.Println(string(xb), err)
	var it2 Item
	fmt.Println(xml.Unmarshal(xb, &it2), it2)
	gob.Register(Dog{})
	gob.Register(&Cat{})
	var buf bytes.Buffer
	type Zoo struct {
		As []Animal
		M  map[string]Dog
		P  *Cat
	}
	err = gob.NewEncoder(&buf).Encode(Zoo{[]Animal{Dog{"rex"}, &Cat{9}}, map[string]Dog{"x": {"y"}}, &Cat{1}})
	fmt.Println(err)
	var z Zoo
	err = gob.NewDecoder(&buf).Decode(&z)
	fmt.Println(err, len(z.As), z.M, z.P.Lives)
	for _, a := range z.As {
		fmt.Printf("%T %s\n", a, a.Sound())
	}
	h := Header{Magic: [4]byte{'D', 'S', 'C', 'T'}, Ver: 2, Flags: 0x81, Size: -5, Pts: [2]struct{ X, Y float32 }{{1, 2}, {3, 4}}}
	var hb bytes.Buffer
	fmt.Println(binary.Write(&hb, binary.BigEndian, h), binary.Size(h), hex.EncodeToString(hb.Bytes()))
	var h2 Header
	fmt.Println(binary.Read(&hb, binary.BigEndian, &h2), h2 == h, h2.Pts[1].Y)
	r := csv.NewReader(strings.NewReader("a,b\n\"q,\"\"x\",2\n# c\n"))
	r.Comment = '#'
	recs, err := r.ReadAll()
	fmt.Printf("%q %v\n", recs, err)
	cw := csv.NewWriter(os.Stdout)
	cw.Write([]string{"x y", "a,b", "q\"q", ""})
	cw.Flush()
	fmt.Println(base64.StdEncoding.EncodeToString([]byte("hello?>")), base64.RawURLEncoding.EncodeToString([]byte{0xfb, 0xff}))
	fmt.Print(hex.Dump([]byte("0123456789abcdefXYZ")))
	_, err = hex.DecodeString("zz")
	fmt.Println(err)
	fmt.Println(binary.AppendUvarint(nil, 300), binary.LittleEndian.Uint32([]byte{1, 2, 3, 4}))
}
