package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

type Value interface{ write(*strings.Builder) }
type (
	Null   struct{}
	Bool   bool
	Number float64
	String string
	Array  []Value
	Object map[string]Value
)

func (Null) write(b *strings.Builder)   { b.WriteString("null") }
func (v Bool) write(b *strings.Builder) { b.WriteString(strconv.FormatBool(bool(v))) }
func (n Number) write(b *strings.Builder) {
	b.WriteString(strconv.FormatFloat(float64(n), 'g', -1, 64))
}
func (s String) write(b *strings.Builder) { b.WriteString(strconv.Quote(string(s))) }
func (a Array) write(b *strings.Builder) {
	b.WriteByte('[')
	for i, v := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		v.write(b)
	}
	b.WriteByte(']')
}
func (o Object) write(b *strings.Builder) {
	keys := make([]string, 0, len(o))
	for k := range o {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	sep := "{"
	for _, k := range keys {
		b.WriteString(sep)
		String(k).write(b)
		b.WriteByte(':')
		o[k].write(b)
		sep = ","
	}
	if sep == "{" {
		b.WriteString(sep)
	}
	b.WriteByte('}')
}

func Encode(v Value) string {
	var b strings.Builder
	v.write(&b)
	return b.String()
}

type SyntaxError struct {
	Off int
	Msg string
}

func (e SyntaxError) Error() string { return e.Msg + " at " + strconv.Itoa(e.Off) }

type decoder struct {
	s     string
	i     int
	depth int
}

func (d *decoder) fail(f string, a ...any) { panic(SyntaxError{d.i, fmt.Sprintf(f, a...)}) }
func (d *decoder) ws() byte {
	for d.i < len(d.s) && strings.IndexByte(" \t\r\n", d.s[d.i]) >= 0 {
		d.i++
	}
	if d.i == len(d.s) {
		return 0
	}
	return d.s[d.i]
}
func (d *decoder) lit(s string, v Value) Value {
	if !strings.HasPrefix(d.s[d.i:], s) {
		d.fail("want %s", s)
	}
	d.i += len(s)
	return v
}
func (d *decoder) value() (v Value) {
	if d.depth++; d.depth > 20 {
		d.fail("too deep")
	}
	defer func() { d.depth-- }()
	switch c := d.ws(); {
	case c == 'n':
		return d.lit("null", Null{})
	case c == 't':
		return d.lit("true", Bool(true))
	case c == 'f':
		return d.lit("false", Bool(false))
	case c == '"':
		return String(d.str())
	case c == '[':
		a := Array{}
		d.list(']', func() { a = append(a, d.value()) })
		return a
	case c == '{':
		o := Object{}
		d.list('}', func() {
			if d.ws() != '"' {
				d.fail("want key")
			}
			k := d.str()
			if d.ws() != ':' {
				d.fail("want :")
			}
			d.i++
			o[k] = d.value()
		})
		return o
	case c == '-' || c >= '0' && c <= '9':
		j := d.i
		for j < len(d.s) && strings.ContainsRune("+-.eE0123456789", rune(d.s[j])) {
			j++
		}
		x, err := strconv.ParseFloat(d.s[d.i:j], 64)
		if err != nil {
			d.fail("number %q", d.s[d.i:j])
		}
		d.i = j
		return Number(x)
	case c == 0:
		d.fail("unexpected end")
	default:
		r, _ := utf8.DecodeRuneInString(d.s[d.i:])
		d.fail("unexpected %q", r)
	}
	return
}
func (d *decoder) list(end byte, item func()) {
	d.i++
	for first := true; ; first = false {
		switch d.ws() {
		case end:
			d.i++
			return
		case ',':
			if first {
				d.fail("unexpected ,")
			}
			d.i++
		default:
			if !first {
				d.fail("want , or %c", end)
			}
		}
		item()
	}
}
func (d *decoder) str() string {
	var b []byte
	for d.i++; d.i < len(d.s); d.i++ {
		switch c := d.s[d.i]; c {
		case '"':
			d.i++
			return string(b)
		case '\\':
			d.i++
			switch e := d.s[d.i]; e {
			case 'n':
				b = append(b, '\n')
			case 'u':
				n, err := strconv.ParseUint(d.s[d.i+1:d.i+5], 16, 32)
				if err != nil {
					d.fail("escape")
				}
				b = utf8.AppendRune(b, rune(n))
				d.i += 4
			default:
				b = append(b, e)
			}
		default:
			b = append(b, c)
		}
	}
	d.fail("unterminated string")
	return ""
}

func Decode(s string) (v Value, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case SyntaxError:
			err = r
		case error:
			err = fmt.Errorf("internal: %w", r)
		}
	}()
	d := &decoder{s: s}
	v = d.value()
	if d.ws() != 0 {
		d.fail("trailing data")
	}
	return
}

func plain(v Value) any {
	switch v := v.(type) {
	case Array:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plain(v[i])
		}
		return out
	case Object:
		out := map[string]any{}
		for k, x := range v {
			out[k] = plain(x)
		}
		return out
	case Number:
		return float64(v)
	case String:
		return string(v)
	case Bool:
		return bool(v)
	}
	return nil
}

func main() {
	for _, s := range []string{`{"b":[1,2.5e3,-0.5],"a":{"x":null,"y":true},"é":"\u00e9\n\"q\""}`, ` [ ] `, `{}`, `[1,]`, `{"a" 1}`, `{1:2}`, `"abc`, `tru`, `1 2`, ``, `[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]`, `-`, `"\u12"`, `"\uzzzz"`, `☃`} {
		v, err := Decode(s)
		if err != nil {
			var se SyntaxError
			fmt.Println("error:", err, errors.As(err, &se), v == nil)
			continue
		}
		var std any
		e2 := json.Unmarshal([]byte(s), &std)
		fmt.Println(Encode(v), e2, reflect.DeepEqual(plain(v), std))
	}
	v, _ := Decode(`{"k":[{"n":1},2]}`)
	o := v.(Object)
	o["k"].(Array)[0].(Object)["n"] = Array{Null{}, Bool(false)}
	fmt.Printf("%s %v %T\n", Encode(v), o, o["k"])
}
