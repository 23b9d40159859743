package main

import (
	"bufio"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

type Section map[string]string
type File struct {
	sections map[string]Section
	order    []string
}

type ParseError struct {
	Line int
	Text string
	Err  error
}

func (p *ParseError) Error() string { return fmt.Sprintf("line %d: %v: %q", p.Line, p.Err, p.Text) }
func (p *ParseError) Unwrap() error { return p.Err }

var (
	errSyntax = errors.New("syntax")
	errDup    = errors.New("duplicate key")
)

func Parse(src string) (f *File, err error) {
	f = &File{sections: map[string]Section{}}
	cur := f.section("")
	sc := bufio.NewScanner(strings.NewReader(src))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if i := strings.IndexAny(line, "#;"); i >= 0 {
			line = strings.TrimSpace(line[:i])
		}
		fail := func(e error) { err = errors.Join(err, &ParseError{n, line, e}) }
		if line == "" {
			continue
		}
		if name, ok := strings.CutPrefix(line, "["); ok {
			if name, ok = strings.CutSuffix(name, "]"); !ok {
				fail(errSyntax)
				continue
			}
			cur = f.section(name)
			continue
		}
		k, v, ok := strings.Cut(line, "=")
		k, v = strings.TrimSpace(k), strings.TrimSpace(v)
		if !ok || k == "" {
			fail(errSyntax)
			continue
		}
		if _, dup := cur[k]; dup {
			fail(fmt.Errorf("%w %s", errDup, k))
		}
		if u, e := strconv.Unquote(v); e == nil {
			v = u
		}
		cur[k] = v
	}
	return f, err
}

func (f *File) section(name string) Section {
	s, ok := f.sections[name]
	if !ok {
		s = Section{}
		f.sections[name] = s
		f.order = append(f.order, name)
	}
	return s
}

type Level int

func (l *Level) UnmarshalText(b []byte) error {
	for i, n := range []string{"debug", "info", "error"} {
		if strings.EqualFold(n, string(b)) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("no level %q", b)
}

type Config struct {
	Name   string
	Server struct {
		Host    string `ini:"host"`
		Port    uint16 `ini:"port"`
		Timeout time.Duration
		Debug   bool
	}
	Log struct {
		Level Level
		Files []string
		Rate  float64
	}
	hidden int
}

func Decode(f *File, dst any) (err error) {
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("decode into %T", dst)
	}
	return decode(f.section(""), v.Elem(), f)
}

func decode(s Section, v reflect.Value, f *File) (err error) {
	t := v.Type()
	for i := 0; i < t.NumField(); i++ {
		sf, fv := t.Field(i), v.Field(i)
		if !sf.IsExported() {
			continue
		}
		key := sf.Tag.Get("ini")
		if key == "" {
			key = strings.ToLower(sf.Name)
		}
		if u, ok := fv.Addr().Interface().(encoding.TextUnmarshaler); ok {
			if txt, has := s[key]; has {
				err = errors.Join(err, u.UnmarshalText([]byte(txt)))
			}
			continue
		}
		if fv.Kind() == reflect.Struct && f != nil {
			err = errors.Join(err, decode(f.section(key), fv, nil))
			continue
		}
		txt, has := s[key]
		if !has {
			continue
		}
		if e := set(fv, txt); e != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", sf.Name, e))
		}
	}
	return
}

func set(v reflect.Value, s string) error {
	switch v.Interface().(type) {
	case time.Duration:
		d, err := time.ParseDuration(s)
		v.SetInt(int64(d))
		return err
	case []string:
		v.Set(reflect.ValueOf(strings.Split(s, ",")))
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Bool:
		b, err := strconv.ParseBool(s)
		if err != nil {
			return err
		}
		v.SetBool(b)
	case reflect.Uint16:
		n, err := strconv.ParseUint(s, 10, 16)
		if err != nil {
			return err
		}
		v.SetUint(n)
	case reflect.Float64:
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return err
		}
		v.SetFloat(x)
	default:
		return fmt.Errorf("cannot set %v", v.Type())
	}
	return nil
}

func main() {
	f, err := Parse("name = \"my \\\"app\\\"\"\n; comment\n[server]\nhost=localhost # here\nport = 8080\ntimeout = 1m5s\ndebug=true\n\n[log]\nlevel = INFO\nfiles = a.log,b.log\nrate=0.25\n")
	fmt.Println(err, f.order, len(f.sections["log"]))
	var c Config
	fmt.Println(Decode(f, &c))
	fmt.Printf("%+v\n", c)
	_, err = Parse("a=1\na=2\nnonsense\n[x\n=3")
	fmt.Println(err)
	var pe *ParseError
	fmt.Println(errors.As(err, &pe), pe.Line, errors.Is(err, errDup), errors.Is(err, errSyntax))
	bad, _ := Parse("[server]\nport=99999\ndebug=maybe\n[log]\nlevel=loud\nrate=x")
	fmt.Println(Decode(bad, &c))
	fmt.Println(Decode(bad, c), Decode(bad, new(int)), c.Server.Port)
}
