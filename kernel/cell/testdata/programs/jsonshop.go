package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

type Cents int64

func (c Cents) MarshalJSON() ([]byte, error) {
	return []byte(fmt.Sprintf(`"%d.%02d"`, c/100, c%100)), nil
}

func (c *Cents) UnmarshalJSON(b []byte) error {
	var e, k int64
	if _, err := fmt.Sscanf(string(b), `"%d.%d"`, &e, &k); err != nil {
		return fmt.Errorf("cents %s: %w", b, err)
	}
	*c = Cents(e*100 + k)
	return nil
}

type Color int

const (
	Red Color = iota + 1
	Green
)

func (c Color) MarshalText() ([]byte, error) { return []byte([]string{"red", "green"}[c-1]), nil }
func (c *Color) UnmarshalText(b []byte) error {
	switch string(b) {
	case "red":
		*c = Red
	case "green":
		*c = Green
	default:
		return errors.New("no color " + string(b))
	}
	return nil
}

type Meta struct {
	Created time.Time `json:"created"`
	Note    *string   `json:"note,omitempty"`
	secret  int
}

type Item struct {
	Meta
	SKU   string             `json:"sku"`
	Price Cents              `json:"price"`
	Color Color              `json:"color,omitempty"`
	Tags  []string           `json:"tags"`
	Attrs map[string]any     `json:"attrs,omitempty"`
	Stock map[Color]int      `json:"stock,omitempty"`
	Dim   [2]float32         `json:"dim"`
	Skip  int                `json:"-"`
	N     int                `json:",string"`
	Extra json.RawMessage    `json:"extra,omitempty"`
	Inner struct{ A, B int } `json:"inner"`
}

func main() {
	note := "a \"q\" <b>"
	it := Item{Meta: Meta{time.Date(2020, 1, 2, 3, 4, 5, 6000, time.UTC), &note, 1}, SKU: "x1", Price: 1999, Color: Green,
		Attrs: map[string]any{"z": 1.5, "a": nil, "l": []int{1}}, Stock: map[Color]int{Green: 2, Red: 1}, Dim: [2]float32{1.5, 1e9}, Skip: 3, N: 42}
	b, err := json.Marshal(it)
	fmt.Println(string(b), err)
	var back Item
	err = json.Unmarshal(b, &back)
	fmt.Println(err, back.Price, *back.Note, back.Color, back.Stock, back.Attrs, back.Created.Equal(it.Created), back.Tags == nil)
	ind, _ := json.MarshalIndent([]any{Red, map[string]Cents{"b": 5, "a": 120}, struct {
		X int `json:"x"`
		y int
	}{1, 2}}, ">", "  ")
	fmt.Println(string(ind))
	for _, s := range []string{`{"price":"x"}`, `{"sku":3}`, `{"color":"blue"}`, `{"sku":"a"`, `[1]`, `{"N":"7","extra":{"k":[1,2]}}`} {
		var it Item
		err := json.Unmarshal([]byte(s), &it)
		var te *json.UnmarshalTypeError
		var se *json.SyntaxError
		switch {
		case errors.As(err, &te):
			fmt.Println("type:", te.Field, te.Value, te.Type, te.Offset)
		case errors.As(err, &se):
			fmt.Println("syntax:", se, se.Offset)
		default:
			fmt.Println(err, it.N, string(it.Extra))
		}
	}
	dec := json.NewDecoder(strings.NewReader(`{"a":1} {"a":2.5,"b":[true,null,"s"]} 7`))
	dec.UseNumber()
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			fmt.Println(err)
			break
		}
		switch v := v.(type) {
		case map[string]any:
			fmt.Printf("%d %T %v\n", len(v), v["a"], v)
		case json.Number:
			n, _ := v.Int64()
			fmt.Println("number", n)
		}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.Encode(map[int]*Item{3: nil})
	enc.Encode(it.Inner)
	fmt.Print(buf.String())
	d := json.NewDecoder(strings.NewReader(`{"A":1,"C":2}`))
	d.DisallowUnknownFields()
	fmt.Println(d.Decode(&it.Inner), it.Inner)
}
